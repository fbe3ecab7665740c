"""Circuit breakers: opening, probing, closing, and what does not count."""

from __future__ import annotations

import asyncio

import pytest

from smart_router.errors import ErrorKind
from smart_router.health import Health, HealthSettings
from smart_router.registry.types import Backend
from smart_router.state import MemoryState

from .acts import Time, fail, state_of, succeed


async def test_it_opens_after_the_threshold_of_failures_in_a_row(health: Health, time: Time) -> None:
    await fail(health, 4)
    assert state_of(health) == "closed"
    await fail(health)
    (status,) = health.statuses()
    assert (status.state, status.consecutive_failures, status.trips) == ("open", 5, 1)
    assert (status.opened_at, status.retry_at) == (time.now, time.now + 60)
    assert status.reason == "5 failures in a row, server_error: boom"
    assert await health.admit("ada") is None


async def test_a_success_in_between_starts_the_count_anew(health: Health) -> None:
    await fail(health, 4)
    await succeed(health)
    await fail(health, 4)
    assert state_of(health) == "closed"


async def test_after_the_recovery_time_exactly_one_probe_passes(health: Health, time: Time) -> None:
    await fail(health, 5)
    time.now += 59
    assert await health.admit("ada") is None
    time.now += 1
    assert state_of(health) == "half_open"
    admissions = await asyncio.gather(*(health.admit("ada") for _ in range(10)))
    assert sum(admission is not None for admission in admissions) == 1
    assert health.view([Backend("ada", "Ada")]).of("ada").blocked


async def test_a_probe_that_succeeds_closes_it(health: Health, time: Time) -> None:
    await fail(health, 5)
    time.now += 60
    await succeed(health)
    (status,) = health.statuses()
    assert (status.state, status.consecutive_failures, status.retry_at, status.reason) == (
        "closed",
        0,
        None,
        None,
    )
    assert [event.state for event in status.history] == ["open", "half_open", "closed"]
    assert await health.admit("ada") is not None


async def test_a_probe_that_fails_opens_it_for_twice_as_long_up_to_a_cap(health: Health, time: Time) -> None:
    await fail(health, 5)
    waits = []
    for _ in range(6):
        (status,) = health.statuses()
        assert status.retry_at is not None
        waits.append(status.retry_at - time.now)
        time.now = status.retry_at
        await fail(health)
    assert waits == [60, 120, 240, 480, 900, 900]
    assert health.statuses()[0].trips == 7


async def test_the_wait_is_short_again_after_it_was_closed(health: Health, time: Time) -> None:
    await fail(health, 5)
    time.now += 60
    await fail(health)
    time.now += 120
    await succeed(health)
    await fail(health, 5)
    assert health.statuses()[0].retry_at == time.now + 60


async def test_a_probe_that_never_reports_is_given_up(health: Health, time: Time) -> None:
    await fail(health, 5)
    time.now += 60
    assert await health.admit("ada") is not None
    time.now += 119
    assert await health.admit("ada") is None
    time.now += 1
    assert await health.admit("ada") is not None


async def test_a_probe_that_is_released_lets_the_next_one_probe(health: Health, time: Time) -> None:
    await fail(health, 5)
    time.now += 60
    admission = await health.admit("ada")
    assert admission is not None
    await health.release(admission)
    assert await health.admit("ada") is not None


async def test_a_call_from_before_the_opening_decides_nothing(health: Health, time: Time) -> None:
    early = [await health.admit("ada") for _ in range(2)]
    await fail(health, 5)
    time.now += 60
    probe = await health.admit("ada")
    assert probe is not None
    await health.failure("ada", ErrorKind.SERVER_ERROR, admission=early[0])
    await health.success("ada", admission=early[1])
    assert state_of(health) == "half_open"
    await health.success("ada", admission=probe)
    assert state_of(health) == "closed"


@pytest.mark.parametrize(
    "kind",
    [
        ErrorKind.BAD_REQUEST,
        ErrorKind.BAD_PARAMETER,
        ErrorKind.CONTEXT_TOO_LONG,
        ErrorKind.CONTENT_FILTER,
        ErrorKind.CANCELLED,
    ],
)
async def test_the_callers_errors_do_not_count(health: Health, time: Time, kind: ErrorKind) -> None:
    await fail(health, 20, kind)
    assert health.statuses() == ()
    await fail(health, 5)
    time.now += 60
    await fail(health, 1, kind)
    assert state_of(health) == "half_open"
    assert await health.admit("ada") is not None


async def test_a_refused_key_opens_at_once(health: Health) -> None:
    await fail(health, 1, ErrorKind.AUTH)
    assert state_of(health) == "open"


async def test_retry_after_pauses_without_opening(health: Health, time: Time) -> None:
    await fail(health, 1, ErrorKind.RATE_LIMITED, retry_after_s=20)
    (status,) = health.statuses()
    assert (status.state, status.retry_at) == ("closed", time.now + 20)
    assert await health.admit("ada") is None
    ada = health.view([Backend("ada", "Ada")]).of("ada")
    assert (ada.blocked, ada.blocked_by) == (True, "provider")
    time.now += 20
    admissions = [await health.admit("ada") for _ in range(3)]
    assert all(admissions)
    assert health.statuses()[0].retry_at is None


async def test_retry_after_outlives_answers_that_were_on_their_way(health: Health, time: Time) -> None:
    early = await health.admit("ada")
    await fail(health, 1, ErrorKind.RATE_LIMITED, retry_after_s=20)
    await health.success("ada", admission=early)
    assert await health.admit("ada") is None


async def test_an_open_breaker_waits_as_long_as_the_provider_asked(health: Health, time: Time) -> None:
    early = [await health.admit("ada") for _ in range(5)]
    for admission in early:
        await health.failure("ada", ErrorKind.RATE_LIMITED, retry_after_s=300, admission=admission)
    (status,) = health.statuses()
    assert (status.state, status.retry_at) == ("open", time.now + 300)


async def test_an_absurd_retry_after_is_capped(health: Health, time: Time) -> None:
    await fail(health, 1, ErrorKind.RATE_LIMITED, retry_after_s=1e9)
    assert health.statuses()[0].retry_at == time.now + 3600


async def test_a_high_error_rate_opens_it_though_some_succeed(health: Health) -> None:
    for _ in range(9):
        await succeed(health)
        await fail(health)
    assert state_of(health) == "closed"
    await succeed(health)
    await fail(health)
    (status,) = health.statuses()
    assert status.state == "open"
    assert status.error_rate == 0.5
    assert "50% of the last 20 calls failed" in (status.reason or "")


async def test_failures_outside_the_window_are_forgotten(health: Health, time: Time) -> None:
    for _ in range(9):
        await succeed(health)
        await fail(health)
    time.now += 121
    await succeed(health)
    await fail(health)
    (status,) = health.statuses()
    assert (status.state, status.error_rate) == ("closed", 0.5)


async def test_slow_calls_open_it_when_that_is_asked_for(state: MemoryState, time: Time) -> None:
    slow = Health(state, time, HealthSettings(slow_first_token_ms=5000, window_calls=10))
    for _ in range(9):
        await succeed(slow, first_token_ms=9000)
    assert state_of(slow) == "closed"
    await succeed(slow, first_token_ms=9000)
    (status,) = slow.statuses()
    assert (status.state, status.reason) == ("open", "100% of the last 10 calls were slow")


async def test_reset_closes_it_and_says_who(health: Health) -> None:
    await fail(health, 5)
    assert await health.reset("ada")
    (status,) = health.statuses()
    assert (status.state, status.consecutive_failures, status.trips) == ("closed", 0, 1)
    assert status.history[-1].reason == "reset by an administrator"
    assert await health.admit("ada") is not None
    assert not await health.reset("nobody")


async def test_reset_all_counts_what_it_reset(health: Health) -> None:
    await fail(health, 5)
    await health.failure("bob", ErrorKind.SERVER_ERROR)
    await succeed(health, "eve")
    assert await health.reset_all() == 2
    assert await health.reset_all() == 0
    assert {s.id: s.state for s in health.statuses()} == {"ada": "closed", "bob": "closed", "eve": "closed"}


async def test_new_limits_hold_at_once(health: Health, time: Time) -> None:
    health.configure(threshold=2, recovery_s=10)
    await fail(health, 2)
    assert health.statuses()[0].retry_at == time.now + 10


async def test_the_longest_wait_does_not_stay_that_of_a_recovery_time_that_was_set_once(
    health: Health, time: Time
) -> None:
    health.configure(recovery_s=3600.0)
    health.configure(recovery_s=60.0)
    for _ in range(8):
        await fail(health, 5)
        (status,) = health.statuses()
        assert status.retry_at is not None
        time.now = status.retry_at
    assert status.opened_at is not None
    assert status.retry_at - status.opened_at == 900.0
