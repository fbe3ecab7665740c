"""Which answers are under way: what an upgrade waits for before it closes the store."""

from __future__ import annotations

import asyncio
import gc
from types import SimpleNamespace
from typing import Any

import pytest

from smart_router.classify import classify
from smart_router.policy import Decision
from smart_router.registry.types import Catalog
from smart_router.request import ChatRequest
from smart_router.runtime.chat import ChatLine
from smart_router.runtime.settings import Settings
from smart_router.signals import read_signals

USER = {"id": "u1", "role": "user", "name": "Someone"}


class Line(ChatLine):
    """Decides what it is told, when it is told."""

    decision: Decision | Exception
    deciding: asyncio.Event

    async def decide(self, chat: ChatRequest, settings: Settings, now: float) -> Any:
        await self.deciding.wait()
        if isinstance(self.decision, Exception):
            raise self.decision
        return chat, classify(read_signals(chat)), Catalog(), None, self.decision


def line(decision: Decision | Exception) -> Line:
    written: list[Any] = []

    async def write(record: Any) -> None:
        written.append(record)

    host = SimpleNamespace(seam=None, user_from=lambda user: user)
    parts: Any = dict.fromkeys(("access", "keeper", "health", "conversations"))
    made = Line(host=host, store=SimpleNamespace(write=write), **parts)  # type: ignore[arg-type]
    made.decision, made.deciding = decision, asyncio.Event()
    return made


async def ask(line: Line, *, stream: bool = False) -> Any:
    body = {"messages": [{"role": "user", "content": "hello"}], "stream": stream}
    return await line.chat(body, USER, None, {}, None, None, Settings())


async def test_an_answer_is_under_way_while_it_is_still_being_decided() -> None:
    tried = line(Decision(chosen=None, refusal="no_backend", sentence="No model."))
    answer = asyncio.create_task(ask(tried))
    await asyncio.sleep(0)
    assert tried.running == 1
    tried.deciding.set()
    await answer
    assert tried.running == 0
    await tried.idle(0.0)


async def test_one_that_fails_in_our_own_code_is_over() -> None:
    tried = line(RuntimeError("a fault of ours"))
    tried.deciding.set()
    with pytest.raises(RuntimeError):
        await ask(tried)
    assert tried.running == 0


async def test_a_stream_that_nobody_ever_reads_is_over_when_it_is_dropped() -> None:
    tried = line(Decision(chosen="big"))
    tried.deciding.set()
    answer = await ask(tried, stream=True)
    assert tried.running == 1
    del answer
    gc.collect()
    assert tried.running == 0
