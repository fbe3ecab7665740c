"""The line that a chat walks: which answers an upgrade waits for, and what tasks know of their chat."""

from __future__ import annotations

import asyncio
import gc
import time
from types import SimpleNamespace
from typing import Any

import pytest

from smart_router.classify import classify
from smart_router.delivery.sentences import INTERNAL
from smart_router.health import Health
from smart_router.policy import Decision, Previous
from smart_router.ports import LiveModel
from smart_router.records.types import Record
from smart_router.registry import build_catalog, default_registry
from smart_router.registry.types import Catalog
from smart_router.request import ChatRequest
from smart_router.runtime.chat import ChatLine
from smart_router.runtime.conversations import Conversations
from smart_router.runtime.parse import FILTER_ID, parse_request
from smart_router.runtime.settings import Settings
from smart_router.runtime.under_way import STOPPED
from smart_router.signals import read_signals
from smart_router.state import MemoryState

USER = {"id": "u1", "role": "user", "name": "Someone"}


class Line(ChatLine):
    """Decides what it is told, when it is told."""

    decision: Decision | Exception
    deciding: asyncio.Event
    written: list[Record]

    async def decide(self, chat: ChatRequest, settings: Settings, now: float) -> Any:
        await self.deciding.wait()
        if isinstance(self.decision, Exception):
            raise self.decision
        return chat, classify(read_signals(chat)), Catalog(), None, self.decision


def line(decision: Decision | Exception) -> Line:
    written: list[Record] = []

    async def write(record: Record) -> None:
        written.append(record)

    host = SimpleNamespace(seam=None, user_from=lambda user: user)
    parts: Any = dict.fromkeys(("access", "keeper", "health", "conversations"))
    made = Line(host=host, store=SimpleNamespace(write=write), **parts)  # type: ignore[arg-type]
    made.decision, made.deciding, made.written = decision, asyncio.Event(), written
    return made


async def ask(line: Line, *, stream: bool = False, **more: Any) -> Any:
    body = {"messages": [{"role": "user", "content": "hello"}], "stream": stream, **more}
    metadata = {"chat_id": "chat-1", "message_id": "message-1"}
    settings = Settings(store_prompts=True, max_input_characters=1000)
    return await line.chat(body, USER, None, metadata, None, None, settings)


def of_someone(record: Record) -> bool:
    return (record.user_id, record.chat_id, record.message_id, record.turn_id, record.task) == (
        "u1", "chat-1", "message-1", "message-1", None,
    )  # fmt: skip


async def test_an_answer_is_under_way_while_it_is_still_being_decided() -> None:
    tried = line(Decision(chosen=None, refusal="no_backend", sentence="No model."))
    answer = asyncio.create_task(ask(tried))
    await asyncio.sleep(0)
    assert tried.running == 1
    tried.deciding.set()
    await answer
    assert tried.running == 0
    await tried.answers.idle(0.0)


async def test_a_server_that_stops_tells_whoever_waits_for_an_answer() -> None:
    tried = line(Decision(chosen=None))
    answer = asyncio.create_task(ask(tried))
    await asyncio.sleep(0)
    await tried.answers.stop(1.0)
    said = await answer
    assert said.status_code == 503
    assert STOPPED in said.body.decode()
    assert tried.running == 0


async def test_one_that_is_stopped_before_a_model_was_called_is_on_record_as_stopped() -> None:
    by_the_user, by_the_server = line(Decision(chosen=None)), line(Decision(chosen=None))
    for tried in (by_the_user, by_the_server):
        answer = asyncio.create_task(ask(tried))
        await asyncio.sleep(0)
        if tried is by_the_user:
            answer.cancel()
            with pytest.raises(asyncio.CancelledError):
                await answer
        else:
            await tried.answers.stop(1.0)
            await answer
        (record,) = tried.written
        assert of_someone(record)
        assert (record.outcome, record.prompt, record.backend) == ("stopped", None, None)
        assert tried.running == 0


async def test_a_task_that_the_browser_asks_for_obeys_the_chats_switch() -> None:
    models = [LiveModel(id="hosted", name="Hosted"), LiveModel(id="small", name="Small", local=True)]
    catalog = build_catalog(models, default_registry(), 0.0, 0)

    async def ready() -> Catalog:
        return catalog

    async def everything(user: Any, ids: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
        return ids, frozenset()

    state = MemoryState(time.time)
    parts: Any = {
        "host": None,
        "store": None,
        "access": SimpleNamespace(of=everything),
        "keeper": SimpleNamespace(ready=ready, registry=default_registry()),
        "health": Health(state, time.time),
        "conversations": Conversations(state),
    }
    tried = ChatLine(**parts)
    body = {"messages": [{"role": "user", "content": "hello"}]}
    switch = {"filter_ids": [FILTER_ID]}

    async def eligible(switches: dict[str, Any], task: str | None) -> set[str]:
        chat = parse_request(body, USER, {"chat_id": "c", "message_id": "m", **switches}, task)
        chat, *_, previous, decision = await tried.decide(chat, Settings(), time.time())
        if task is None:
            await tried.conversations.keep(chat, previous, Previous("small", time.time()))
        return set(decision.eligible)

    for switches, may in ((switch, {"small"}), ({}, {"small", "hosted"})):
        assert await eligible(switches, None) == may
        assert await eligible({}, "title_generation") == may


@pytest.mark.parametrize("stream", [False, True])
async def test_one_that_fails_in_our_own_code_is_over_and_the_user_reads_one_sentence(stream: bool) -> None:
    tried = line(RuntimeError("a fault of ours"))
    tried.deciding.set()
    answer = await ask(tried, stream=stream)
    said = b"".join([part async for part in answer.body_iterator])
    assert INTERNAL.encode() in said
    assert b"a fault of ours" not in said
    assert answer.status_code == (200 if stream else 503)
    assert tried.running == 0
    (record,) = tried.written
    assert of_someone(record)
    assert (record.outcome, record.error_kind, record.sentence) == ("failed", "server_error", INTERNAL)
    assert (record.prompt, record.backend) == (None, None)


async def test_a_fault_in_what_writes_records_still_gives_the_user_the_sentence() -> None:
    async def broken(record: Record) -> None:
        raise RuntimeError("a fault of ours")

    tried = line(Decision(chosen=None, refusal="no_backend", sentence="No model."))
    tried.store = SimpleNamespace(write=broken)  # type: ignore[assignment]
    tried.deciding.set()
    answer = await ask(tried)
    assert (answer.status_code, INTERNAL.encode() in answer.body) == (503, True)
    assert tried.running == 0


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"messages": "hello"}, "messages: expected a list"),
        ({"messages": [{"role": "user", "content": "zebra " * 200}]}, "1,200 characters"),
        ({"smart_router": {"strategy": 7}}, "smart_router.strategy"),
    ],
)
async def test_a_request_that_cannot_be_used_is_on_record_without_what_was_said(
    body: dict[str, Any], says: str
) -> None:
    tried = line(RuntimeError("never asked to decide"))
    answer = await ask(tried, **body)
    assert answer.status_code == 400
    (record,) = tried.written
    assert of_someone(record)
    assert (record.outcome, record.reason) == ("refused", "refused_invalid_request")
    assert says in record.sentence
    assert record.prompt is None
    assert "zebra" not in str(record)
    assert tried.running == 0


async def test_a_stream_that_nobody_ever_reads_is_over_when_it_is_dropped() -> None:
    tried = line(Decision(chosen="big"))
    tried.deciding.set()
    answer = await ask(tried, stream=True)
    assert tried.running == 1
    del answer
    gc.collect()
    assert tried.running == 0
    await asyncio.sleep(0.01)
    assert [(of_someone(record), record.outcome) for record in tried.written] == [(True, "stopped")]


async def test_a_stream_that_the_server_stops_before_it_is_read_is_on_record_once() -> None:
    tried = line(Decision(chosen="big"))
    tried.deciding.set()
    answer = await ask(tried, stream=True)
    await tried.answers.stop(0.0)
    assert STOPPED.encode() in b"".join([part async for part in answer.body_iterator])
    del answer
    gc.collect()
    await asyncio.sleep(0.01)
    assert [(of_someone(record), record.outcome) for record in tried.written] == [(True, "stopped")]
