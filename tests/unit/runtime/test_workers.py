"""Workers count each other by signs that fade."""

from __future__ import annotations

from typing import Any

from smart_router.runtime.workers import BEAT_S, LASTS_S, Workers
from smart_router.state import MemoryState
from tests.support.records import Clock


class BrokenState(MemoryState):
    async def increment(self, key: str, by: int = 1, ttl_s: float | None = None) -> int:
        raise ConnectionError("Redis is away")


async def test_workers_that_share_their_state_count_each_other() -> None:
    clock = Clock(0.0)
    state = MemoryState(clock)
    first, second = Workers(state, "a", clock), Workers(state, "b", clock)
    assert first.alive is None
    await first.beat()
    assert first.alive == 1
    await second.beat()
    assert second.alive == 2
    clock.at += BEAT_S
    await first.beat()
    assert first.alive == 2


async def test_one_that_fell_silent_is_not_counted_for_long() -> None:
    clock = Clock(0.0)
    state = MemoryState(clock)
    living, dead = Workers(state, "a", clock), Workers(state, "b", clock)
    await dead.beat()
    while clock.at <= LASTS_S:
        await living.beat()
        clock.at += BEAT_S
    await living.beat()
    assert living.alive == 1


async def test_one_that_stops_is_gone_at_once() -> None:
    clock = Clock(0.0)
    state = MemoryState(clock)
    staying, leaving = Workers(state, "a", clock), Workers(state, "b", clock)
    await leaving.beat()
    await leaving.leave()
    await leaving.leave()
    await staying.beat()
    assert staying.alive == 1


async def test_the_state_is_asked_no_more_often_than_needed() -> None:
    clock = Clock(0.0)
    state = MemoryState(clock)
    worker = Workers(state, "a", clock)
    for _ in range(5):
        await worker.beat()
        clock.at += BEAT_S / 5
    assert (await state.scan("worker:"))["worker:a"] == b"1"


async def test_while_redis_is_down_nobody_knows_how_many_there_are() -> None:
    clock = Clock(0.0)
    state: Any = MemoryState(clock)
    worker = Workers(state, "a", clock)
    await worker.beat()
    worker._state = BrokenState(clock)
    clock.at += BEAT_S
    await worker.beat()
    assert worker.alive is None
