"""Concurrency limits: who gets in, who waits, and that no place is lost."""

from __future__ import annotations

import asyncio

import pytest

from smart_router.health.slots import Slots


async def test_a_limit_holds_and_a_place_is_handed_over() -> None:
    slots = Slots()
    assert await slots.take("ada", 2, 0)
    assert await slots.take("ada", 2, 0)
    assert not await slots.take("ada", 2, 0)
    waiting = asyncio.create_task(slots.take("ada", 2, 60))
    await asyncio.sleep(0)
    slots.give_back("ada")
    assert await waiting
    assert slots.taken("ada") == 2


async def test_without_a_limit_calls_are_only_counted() -> None:
    slots = Slots()
    for _ in range(50):
        assert await slots.take("ada", None, 0)
    assert slots.taken("ada") == 50


async def test_first_come_first_served() -> None:
    slots = Slots()
    await slots.take("ada", 1, 0)
    order: list[int] = []

    async def wait(number: int) -> None:
        await slots.take("ada", 1, 60)
        order.append(number)
        slots.give_back("ada")

    tasks = [asyncio.create_task(wait(n)) for n in range(5)]
    await asyncio.sleep(0)
    slots.give_back("ada")
    await asyncio.gather(*tasks)
    assert order == [0, 1, 2, 3, 4]
    assert slots.taken("ada") == 0


async def test_who_stops_waiting_keeps_no_place() -> None:
    slots = Slots()
    await slots.take("ada", 1, 0)
    waiting = asyncio.create_task(slots.take("ada", 1, 60))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    slots.give_back("ada")
    assert slots.taken("ada") == 0
    assert await slots.take("ada", 1, 0)


async def test_a_place_handed_to_someone_who_was_just_cancelled_goes_on_to_the_next() -> None:
    slots = Slots()
    await slots.take("ada", 1, 0)
    first = asyncio.create_task(slots.take("ada", 1, 60))
    second = asyncio.create_task(slots.take("ada", 1, 60))
    await asyncio.sleep(0)
    slots.give_back("ada")
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    assert await second
    slots.give_back("ada")
    assert slots.taken("ada") == 0


async def test_waiting_too_long_is_giving_up() -> None:
    slots = Slots()
    await slots.take("ada", 1, 0)
    assert not await slots.take("ada", 1, 0.001)
    slots.give_back("ada")
    assert slots.taken("ada") == 0
