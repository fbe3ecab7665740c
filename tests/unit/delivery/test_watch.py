"""One timer for all reads of a stream."""

from __future__ import annotations

import asyncio

import pytest

from smart_router.delivery.watch import Watch, has_come


def now() -> float:
    return asyncio.get_running_loop().time()


async def after(seconds: float) -> str:
    await asyncio.sleep(seconds)
    return "piece"


async def test_a_read_that_waits_too_long_ends_in_time() -> None:
    began = now()
    with pytest.raises(TimeoutError):
        await Watch(began + 5).read(lambda: after(9))
    assert now() - began == pytest.approx(5)


async def test_a_deadline_that_moves_on_is_followed() -> None:
    began = now()
    watch = Watch(began + 5)
    for _ in range(5):
        assert await watch.read(lambda: after(4)) == "piece"
        watch.until = now() + 5
    with pytest.raises(TimeoutError):
        await watch.read(lambda: after(9))
    assert now() - began == pytest.approx(25)


async def test_a_deadline_that_moves_closer_is_kept() -> None:
    began = now()
    watch = Watch(began + 60)
    await watch.read(lambda: after(1))
    watch.until = now() + 2
    with pytest.raises(TimeoutError):
        await watch.read(lambda: after(9))
    assert now() - began == pytest.approx(3)


async def test_time_between_reads_is_the_readers_own() -> None:
    watch = Watch(now() + 5)
    await watch.read(lambda: after(1))
    await asyncio.sleep(100)
    assert await watch.read(lambda: after(3)) == "piece"
    await asyncio.sleep(100)
    with pytest.raises(TimeoutError):
        await watch.read(lambda: after(2))


async def test_a_cancellation_from_outside_stays_one() -> None:
    task = asyncio.create_task(Watch(now() + 5).read(lambda: after(9)))
    await asyncio.sleep(1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_timeout_leaves_the_task_usable_and_cancellable() -> None:
    async def twice() -> str:
        with pytest.raises(TimeoutError):
            await Watch(now() + 1).read(lambda: after(9))
        task = asyncio.current_task()
        assert task is not None
        assert task.cancelling() == 0
        async with asyncio.timeout(50):
            return await after(20)

    assert await asyncio.create_task(twice()) == "piece"


async def test_an_upstream_that_swallows_the_timeout_does_not_leave_the_task_cancelled() -> None:
    async def stubborn() -> str:
        try:
            await asyncio.sleep(9)
        except asyncio.CancelledError:
            return "all the same"
        return "never"

    assert await Watch(now() + 1).read(stubborn) == "all the same"
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


async def test_what_the_read_raises_passes() -> None:
    async def broken() -> str:
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await Watch(now() + 1).read(broken)


def test_a_moment_has_come_when_its_timer_may_have_rung() -> None:
    # Set at 0.1 for 0.2 later: that is a hair more than the 0.3 at which a loop of milliseconds rings.
    assert 0.3 < 0.1 + 0.2
    assert has_come(0.1 + 0.2, 0.3)
    assert has_come(100.301, 100.3005)
    assert not has_come(100.301, 100.299)
