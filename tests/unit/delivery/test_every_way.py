"""Backends that fail in every way there is, many chats over: each ends whole, or with one error."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from random import Random
from typing import Any

import pytest

from smart_router.delivery import DeliverySettings, deliver_plain, deliver_stream
from smart_router.delivery.continuation import INSTRUCTION
from smart_router.errors import ErrorKind
from smart_router.ports import Answer, Stream

from .fakes import Bench, FakeChannel, Hang, Piece, answer, chunk, fails, listen, says

WORDS = [f"word{n} " for n in range(12)]
ANSWER = "".join(WORDS)
BEFORE = [
    fails(ErrorKind.RATE_LIMITED, retry_after_s=1),
    fails(ErrorKind.RATE_LIMITED),
    fails(ErrorKind.AUTH),
    fails(ErrorKind.SERVER_ERROR),
    fails(ErrorKind.CONNECTION),
    RuntimeError("anything"),
    {"error": {"message": "in a success"}},
    {"choices": []},
    Hang(),
]
BREAKS: list[list[Piece]] = [
    [ConnectionResetError()],
    [b'data: {"error": "mid-stream"}\n'],
    [Hang()],
    [],
    [b'data: {"choices": [{"del'],
    [chunk({}, "error")],
]


class Troubled(FakeChannel):
    """Answers ANSWER, or goes on with it when asked to; fails at `rate`, except the healthy ones."""

    def __init__(self, random: Random, rate: float, healthy: str | None) -> None:
        super().__init__()
        self._random = random
        self._rate = rate
        self._healthy = healthy

    async def complete(self, backend: str, body: Mapping[str, Any]) -> Answer | Stream:
        fails_now = backend != self._healthy and self._random.random() < self._rate
        script: Any = self._script(body) if body["stream"] else answer(ANSWER)
        if fails_now:
            broken = self._random.random() < 0.5 and body["stream"]
            script = self._broken(script) if broken else self._random.choice(BEFORE)
        self.scripts = {backend: [script]}
        return await super().complete(backend, body)

    def _script(self, body: Mapping[str, Any]) -> list[Piece]:
        messages = body["messages"]
        words = WORDS
        if messages[-1]["content"] == INSTRUCTION:
            said = len(messages[-2]["content"].split())
            style = self._random.randrange(3)
            words = WORDS[said if style == 0 else max(0, said - 2) if style == 1 else 0 :]
        return says(*(piece for word in words for piece in (word[:2], word[2:])))

    def _broken(self, script: list[Piece]) -> list[Piece]:
        cut = self._random.randrange(len(script) - 8)
        return [*script[:cut], *self._random.choice(BREAKS)]


def bench_with(channel: Troubled, *, stream: bool) -> Bench:
    settings = DeliverySettings(first_token_timeout_s=5, idle_timeout_s=5)
    bench = Bench("ada bob eve", stream=stream, settings=settings)
    object.__setattr__(bench.plan, "channel", channel)
    return bench


@pytest.mark.parametrize("seed", range(3))
async def test_with_one_healthy_backend_every_chat_gets_its_whole_answer_once(seed: int) -> None:
    random = Random(seed)
    for _ in range(25):
        channel = Troubled(random, 0.7, "eve")
        bench = bench_with(channel, stream=True)
        heard = await listen(deliver_stream(bench.plan))
        assert heard.text.strip() == ANSWER.strip()
        assert heard.errors == []
        assert heard.finishes == ["stop"]
        assert len(heard.usages) == 1
        assert [a.backend for a in bench.delivery.attempts] == channel.called
        assert sum(s.consecutive_failures > 0 for s in bench.health.statuses()) <= 2
        await no_task_is_left()


async def test_without_a_healthy_backend_every_chat_gets_one_clear_error() -> None:
    random = Random(7)
    for _ in range(25):
        channel = Troubled(random, 1.0, None)
        bench = bench_with(channel, stream=True)
        heard = await listen(deliver_stream(bench.plan))
        assert len(heard.errors) == 1
        assert ANSWER.startswith(heard.text)
        assert bench.delivery.outcome == "failed"
        assert bench.delivery.user_message == heard.errors[0]
        assert [a.backend for a in bench.delivery.attempts] == channel.called
        await no_task_is_left()


async def test_unstreamed_answers_come_whole_or_as_one_error() -> None:
    random = Random(11)
    for healthy in ("eve", None):
        for _ in range(25):
            bench = bench_with(Troubled(random, 0.8 if healthy else 1.0, healthy), stream=False)
            body = await deliver_plain(bench.plan)
            if healthy:
                assert body["choices"][0]["message"]["content"] == ANSWER
            else:
                assert body["error"]["message"] == bench.delivery.user_message


async def test_chats_stopped_at_any_moment_are_recorded_once_and_leave_nothing_behind() -> None:
    random = Random(13)
    outcomes = set()
    for _ in range(40):
        channel = Troubled(random, 0.6, "eve")
        bench = bench_with(channel, stream=True)
        task = asyncio.create_task(slowly(bench))
        await asyncio.sleep(random.random() * 6)
        task.cancel()
        await asyncio.wait({task})
        await asyncio.sleep(2)
        outcomes.add(bench.delivery.outcome)
        assert [a.backend for a in bench.delivery.attempts] == channel.called
        view = bench.health.view(bench.plan.catalog.backends.values())
        assert all(view.of(b).in_flight == 0 for b in bench.plan.catalog.backends)
        await no_task_is_left()
    assert "stopped" in outcomes


async def slowly(bench: Bench) -> None:
    async for _ in deliver_stream(bench.plan):
        await asyncio.sleep(0.1)


async def no_task_is_left() -> None:
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == {asyncio.current_task()}
