"""Circuit breakers and the rest of the world: other traffic, connections, workers, clocks, callers."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest

from smart_router.errors import ErrorKind
from smart_router.health import Health, HealthSettings
from smart_router.health.breaker import Breaker
from smart_router.registry.types import Backend
from smart_router.state import MemoryState

from .acts import Time, fail, state_of, succeed


async def test_failures_of_other_traffic_count_beside_ours(health: Health) -> None:
    admission = await health.admit("ada")
    for _ in range(5):
        await health.passive_failure("ada", ErrorKind.SERVER_ERROR, "seen elsewhere")
    (status,) = health.statuses()
    assert (status.state, status.error_rate) == ("open", None)
    assert status.reason == "5 failures within 120 s of each other, server_error: seen elsewhere"
    assert admission is not None
    await health.release(admission)


async def test_a_failure_that_may_be_our_own_calls_is_left_to_that_call(health: Health) -> None:
    admission = await health.admit("bob")
    assert admission is not None
    await health.passive_failure("bob", ErrorKind.AUTH, maybe_ours=True)
    assert state_of(health, "bob") == "closed"
    await health.failure("bob", ErrorKind.SERVER_ERROR, admission=admission)
    assert next(s for s in health.statuses() if s.id == "bob").consecutive_failures == 1
    await health.passive_failure("bob", ErrorKind.AUTH, maybe_ours=True)
    assert state_of(health, "bob") == "open"


async def test_other_traffic_that_fails_once_a_day_opens_nothing(health: Health, time: Time) -> None:
    for _ in range(20):
        await health.passive_failure("ada", ErrorKind.SERVER_ERROR)
        time.now += 86_400
    assert (state_of(health), health.statuses()[0].consecutive_failures) == ("closed", 1)
    # Nor does it help a failure of ours to make up a row.
    await fail(health, 4)
    assert (state_of(health), health.statuses()[0].consecutive_failures) == ("closed", 4)
    await fail(health)
    assert state_of(health) == "open"


async def test_our_own_failures_are_a_row_however_far_apart(health: Health, time: Time) -> None:
    for _ in range(5):
        await fail(health)
        time.now += 600
    assert health.statuses()[0].trips == 1


async def test_a_connection_that_fails_shuts_all_its_backends(health: Health, time: Time) -> None:
    for backend in ("a", "b", "c", "d", "e"):
        admission = await health.admit(backend, "conn")
        assert admission is not None
        await health.failure(backend, ErrorKind.CONNECTION, "refused", admission=admission)
    status = next(s for s in health.statuses() if s.kind == "connection")
    assert (status.id, status.state) == ("conn", "open")
    assert await health.admit("f", "conn") is None
    view = health.view(
        [Backend("f", "F", connections=("conn",)), Backend("g", "G", connections=("conn", "other"))]
    )
    assert (view.of("f").blocked, view.of("f").blocked_by) == (True, "connection")
    assert view.of("f").retry_at == time.now + 60
    assert not view.of("g").blocked
    time.now += 60
    probe = await health.admit("f", "conn")
    assert probe is not None
    assert await health.admit("e", "conn") is None
    await health.success("f", admission=probe)
    assert await health.admit("e", "conn") is not None
    assert await health.reset("conn")


async def test_a_connection_that_fails_now_and_then_keeps_being_used(health: Health, time: Time) -> None:
    for _ in range(30):
        for failing in (False, False, True):
            admission = await health.admit("a", "conn")
            assert admission is not None, "a third of its calls is not half of them"
            if failing:
                await health.failure("a", ErrorKind.CONNECTION, admission=admission)
            else:
                await health.success("a", admission=admission)
        time.now += 1
    connection = next(s for s in health.statuses() if s.kind == "connection")
    assert (connection.state, connection.trips) == ("closed", 0)
    assert connection.error_rate == pytest.approx(1 / 3)


async def test_a_server_error_of_one_model_says_nothing_about_its_connection(health: Health) -> None:
    for _ in range(5):
        admission = await health.admit("a", "conn")
        assert admission is not None
        await health.failure("a", ErrorKind.SERVER_ERROR, admission=admission)
    assert {s.id: s.state for s in health.statuses()} == {"a": "open"}


async def test_an_admission_counts_once(health: Health) -> None:
    admission = await health.admit("ada")
    assert admission is not None
    await health.failure("ada", ErrorKind.SERVER_ERROR, admission=admission)
    await health.failure("ada", ErrorKind.SERVER_ERROR, admission=admission)
    await health.release(admission)
    assert health.statuses()[0].consecutive_failures == 1
    assert health.view([Backend("ada", "Ada")]).of("ada").in_flight == 0


async def test_latency_is_a_mean_that_forgets(health: Health, time: Time) -> None:
    await succeed(health, first_token_ms=100, tokens_per_second=50)
    time.now += 600
    await succeed(health, first_token_ms=400, tokens_per_second=20)
    seen = health.view([Backend("ada", "Ada")]).of("ada")
    assert seen.first_token_ms == pytest.approx((0.5 * 100 + 400) / 1.5)
    assert seen.tokens_per_second == pytest.approx((0.5 * 50 + 20) / 1.5)
    time.now += 86400
    assert health.view([Backend("ada", "Ada")]).of("ada").first_token_ms is None


async def test_a_healthy_call_neither_reads_nor_writes_the_shared_state(time: Time) -> None:
    class Untouchable(MemoryState):
        async def get(self, key: str) -> bytes | None:
            raise AssertionError(key)

    health = Health(Untouchable(time), time)
    for _ in range(3):
        await succeed(health)
    assert health.shared


async def test_two_workers_agree(state: MemoryState, time: Time) -> None:
    one, two = Health(state, time), Health(state, time)
    await fail(one, 3)
    await fail(two, 2)
    assert state_of(two) == "open"
    await one.refresh()
    assert state_of(one) == "open"
    assert await one.admit("ada") is None
    time.now += 60
    first, second = await asyncio.gather(one.admit("ada"), two.admit("ada"))
    assert (first is None) != (second is None)
    assert await two.reset("ada")
    assert await one.admit("ada") is not None


async def test_a_worker_whose_view_is_old_asks_before_it_turns_a_call_away(
    state: MemoryState, time: Time
) -> None:
    one, two = Health(state, time), Health(state, time)
    await fail(one, 5)
    await two.reset("ada")
    assert await one.admit("ada") is not None


class Fickle(MemoryState):
    """Cannot be reached while `down`, by the worker whose this is; others share what it keeps."""

    down = False

    def sharing(self) -> Fickle:
        other = Fickle(self._clock)
        other._values = self._values
        return other

    def _reach(self) -> None:
        if self.down:
            raise ConnectionError("no redis")

    async def get(self, key: str) -> bytes | None:
        self._reach()
        return await super().get(key)

    async def compare_and_set(self, *args: Any, **more: Any) -> bool:
        self._reach()
        return await super().compare_and_set(*args, **more)

    async def scan(self, prefix: str) -> dict[str, bytes]:
        self._reach()
        return await super().scan(prefix)


async def test_without_the_shared_state_a_worker_decides_alone(time: Time) -> None:
    state = Fickle(time)
    state.down = True
    health = Health(state, time)
    await fail(health, 5)
    await health.refresh()
    assert not health.shared
    assert state_of(health) == "open"
    assert await health.admit("ada") is None
    time.now += 60
    await succeed(health)
    assert state_of(health) == "closed"


async def test_what_a_worker_changed_alone_holds_for_all_when_the_shared_state_is_back(time: Time) -> None:
    state = Fickle(time)
    one, two = Health(state, time), Health(state.sharing(), time)
    await fail(two, 2)
    await one.refresh()
    state.down = True
    await fail(one, 3)
    assert state_of(one) == "open"
    state.down = False
    await one.refresh()
    await two.refresh()
    assert (state_of(one), state_of(two)) == ("open", "open")
    # And the other way round.
    state.down = True
    assert await one.reset("ada")
    state.down = False
    await one.refresh()
    await two.refresh()
    assert (state_of(one), state_of(two)) == ("closed", "closed")
    assert one.shared


async def test_the_first_change_after_an_outage_goes_on_from_what_was_changed_alone(time: Time) -> None:
    state = Fickle(time)
    health = Health(state, time)
    state.down = True
    await fail(health, 4)
    state.down = False
    await fail(health, 1)
    assert state_of(health) == "open"
    assert state_of(await looking_at(state, time)) == "open"


async def test_what_others_changed_meanwhile_is_not_overruled_by_who_was_alone(time: Time) -> None:
    state = Fickle(time)
    alone, other = Health(state, time), Health(state.sharing(), time)
    await fail(other, 5)
    await alone.refresh()
    state.down = True
    assert await alone.reset("ada")
    time.now += 60
    await fail(other)
    state.down = False
    await alone.refresh()
    assert state_of(alone) == "open"
    assert state_of(await looking_at(state, time)) == "open"


async def test_a_shared_state_that_comes_back_empty_takes_what_was_changed_alone(time: Time) -> None:
    state = Fickle(time)
    health = Health(state, time)
    await fail(health, 1)
    state.down = True
    await fail(health, 4)
    state._values.clear()
    state.down = False
    await health.refresh()
    assert state_of(await looking_at(state, time)) == "open"


async def test_what_changed_during_a_look_at_all_is_not_taken_for_a_change_by_others(time: Time) -> None:
    class Late(Fickle):
        """What the first look finds is as of before a failure."""

        first = True

        async def scan(self, prefix: str) -> dict[str, bytes]:
            found, first, self.first = await super().scan(prefix), self.first, False
            if first:
                await fail(health)
            return found

    state = Late(time)
    health = Health(state, time)
    await fail(health, 3)
    await health.refresh()
    state.down = True
    await fail(health)
    state.down = False
    await health.refresh()
    assert state_of(health) == "open"
    assert state_of(await looking_at(state, time)) == "open"


async def looking_at(state: Fickle, time: Time) -> Health:
    """Another worker, which has just looked."""
    other = Health(state.sharing(), time)
    await other.refresh()
    return other


async def test_a_stored_breaker_that_cannot_be_read_is_replaced(state: MemoryState, time: Time) -> None:
    await state.compare_and_set("breaker:backend:ada", None, b"from another version")
    health = Health(state, time)
    await health.refresh()
    assert health.statuses() == ()
    await fail(health, 5)
    assert state_of(health) == "open"


def test_a_breaker_survives_being_stored() -> None:
    opened = Breaker("ä/b:c").after_failure(1.0, ErrorKind.AUTH, "ключ", HealthSettings(), probe=False)
    assert Breaker.decode(opened.encode()) == opened
    older = {k: v for k, v in json.loads(opened.encode()).items() if k not in ("failed_at", "heard")}
    assert Breaker.decode(json.dumps(older).encode()) == replace(opened, failed_at=None)


async def test_the_status_has_the_shape_of_the_interface(health: Health) -> None:
    await fail(health, 5)
    body = health.statuses()[0].to_json()
    assert {"id", "kind", "state", "consecutive_failures", "error_rate", "opened_at", "retry_at", "reason",
            "trips"} <= body.keys()  # fmt: skip
    assert body["history"][0]["state"] == "open"


async def test_a_clock_that_is_set_back_shuts_nobody_out_for_the_day(health: Health, time: Time) -> None:
    await fail(health, 5)
    paused = await health.admit("bob")
    await health.failure("bob", ErrorKind.RATE_LIMITED, retry_after_s=3000, admission=paused)
    time.now -= 86_400
    assert state_of(health) == "half_open"
    assert await health.admit("ada") is not None
    assert await health.admit("ada") is None, "the others wait for the probe as ever"
    assert not health.view([Backend("bob", "Bob")]).of("bob").blocked
    again = await health.admit("bob")
    assert again is not None
    await health.failure("bob", ErrorKind.RATE_LIMITED, retry_after_s=30, admission=again)
    assert next(s for s in health.statuses() if s.id == "bob").retry_at == time.now + 30
    time.now -= 86_400
    assert await health.admit("ada") is not None, "a probe from tomorrow is nobody's"
    assert next(s for s in health.statuses() if s.id == "ada").error_rate is None


class SlowState(MemoryState):
    """Answers after a while, as one behind a network does; what was asked is done all the same."""

    async def compare_and_set(self, *args: Any, **more: Any) -> bool:
        done = await super().compare_and_set(*args, **more)
        await asyncio.sleep(0.01)
        return done


@pytest.mark.parametrize("connection", [None, "conn"])
async def test_whoever_stops_while_the_probe_is_written_leaves_it_to_the_next(
    time: Time, connection: str | None
) -> None:
    health = Health(SlowState(time), time)
    for backend in ("ada", "bob", "eve", "ada", "bob", "eve", "ada", "ada", "ada", "ada"):
        kind = ErrorKind.CONNECTION if connection else ErrorKind.SERVER_ERROR
        if (admission := await health.admit(backend, connection)) is not None:
            await health.failure(backend, kind, admission=admission)
    time.now += 60
    for tenth_ms in range(0, 300, 25):
        asking = asyncio.create_task(health.admit("ada", connection))
        await asyncio.sleep(tenth_ms / 10_000)
        asking.cancel()
        await asyncio.wait({asking})
        if not asking.cancelled() and (admission := asking.result()) is not None:
            await health.release(admission)
        while health._ending:
            await asyncio.wait(health._ending)
        admission = await health.admit("ada", connection)
        assert admission is not None, tenth_ms
        await health.release(admission)
    assert health.view([Backend("ada", "Ada")]).of("ada").in_flight == 0


async def test_a_probe_lets_the_others_in_with_its_first_token(health: Health, time: Time) -> None:
    for backend in ("a", "b", "c", "d", "e"):
        admission = await health.admit(backend, "conn")
        await health.failure(backend, ErrorKind.CONNECTION, admission=admission)
    time.now += 60
    probe = await health.admit("a", "conn")
    assert probe is not None
    assert await health.admit("b", "conn") is None
    health.first_token(probe)
    # Even when it breaks in the very next moment, it counts as any other call.
    await health.failure("a", ErrorKind.MID_STREAM, admission=probe)
    assert state_of(health, "conn") == "closed"
    assert await health.admit("b", "conn") is not None
    await fail(health, 5)
    time.now += 60
    own = await health.admit("ada")
    assert own is not None
    health.first_token(own)
    health.first_token(own)
    await health.failure("ada", ErrorKind.MID_STREAM, admission=own)
    ada = next(s for s in health.statuses() if s.id == "ada")
    assert (ada.state, ada.consecutive_failures) == ("closed", 1)


async def test_what_was_seen_before_the_clock_was_set_back_fades_like_all_else(
    health: Health, time: Time
) -> None:
    ada = Backend("ada", "Ada")
    await succeed(health, first_token_ms=9_000.0)
    time.now -= 86_400
    await succeed(health, first_token_ms=100.0)
    time.now += 3_600
    await succeed(health, first_token_ms=100.0)
    now = health.view([ada]).of("ada").first_token_ms
    assert now is not None
    assert now < 300.0
    time.now -= 86_400
    assert health.view([ada]).of("ada").first_token_ms is not None
    time.now += 7_200
    assert health.view([ada]).of("ada").first_token_ms is None


async def test_a_breaker_that_opens_while_the_others_are_being_read_stays_open(time: Time) -> None:
    class Slow(MemoryState):
        may: asyncio.Event | None = None

        async def scan(self, prefix: str) -> dict[str, bytes]:
            found = await super().scan(prefix)
            if self.may is not None:
                await self.may.wait()
            return found

    state = Slow(time)
    health, elsewhere = Health(state, time), Health(state, time)
    await elsewhere.passive_failure("bob", ErrorKind.AUTH)
    state.may = asyncio.Event()
    reading = asyncio.create_task(health.refresh())
    await asyncio.sleep(0)
    await fail(health, 5)
    state.may.set()
    await reading
    assert (state_of(health), state_of(health, "bob")) == ("open", "open")
    await elsewhere.reset_all()
    await health.refresh()
    assert (state_of(health), state_of(health, "bob")) == ("closed", "closed")
