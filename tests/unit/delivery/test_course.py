"""The state machine by itself."""

from __future__ import annotations

from random import Random

import pytest

from smart_router.delivery.course import RULES, Course, GiveUp, Phase, Sent, Try
from smart_router.delivery.types import DeliverySettings
from smart_router.errors import ErrorKind, UpstreamError
from smart_router.registry.types import Backend, Catalog


def course(*eligible: str, deadline: float = 100.0, settings: DeliverySettings | None = None) -> Course:
    catalog = Catalog({name: Backend(name, name) for name in eligible})
    return Course(eligible, catalog, settings or DeliverySettings(), Random(1), deadline=deadline)


def test_every_kind_of_error_has_a_rule() -> None:
    assert RULES.keys() == set(ErrorKind)


def test_nothing_eligible_is_nothing_to_try() -> None:
    assert course().start(0) == GiveUp(None)


def test_the_phases_follow_each_other() -> None:
    one = course("a", "b")
    assert one.phase is Phase.CHOSEN
    assert one.start(0) == Try("a", "answer")
    assert one.phase is Phase.ATTEMPTING
    one.streaming()
    assert one.phase is Phase.STREAMING
    one.finished()
    assert one.phase is Phase.FINISHED
    one.stopped()
    assert one.phase is Phase.FINISHED


def test_what_has_ended_cannot_go_on() -> None:
    one = course("a")
    one.start(0)
    one.finished()
    with pytest.raises(RuntimeError):
        one.streaming()


def test_a_streaming_answer_falls_back_only_as_a_continuation() -> None:
    one = course("a", "b")
    one.start(0)
    one.streaming()
    step = one.failed("a", UpstreamError(ErrorKind.MID_STREAM, ""), Sent.TEXT, 1)
    assert step == Try("b", "continuation")


@pytest.mark.parametrize("sent", [Sent.TOOL_CALLS, Sent.OTHER])
def test_what_nobody_can_go_on_with_is_not_continued(sent: Sent) -> None:
    one = course("a", "b")
    one.start(0)
    one.streaming()
    error = UpstreamError(ErrorKind.MID_STREAM, "")
    assert one.failed("a", error, sent, 1) == GiveUp(error)
    assert one.phase is Phase.FAILED


def test_a_backend_gets_at_most_one_second_chance() -> None:
    one = course("a")
    error = UpstreamError(ErrorKind.SERVER_ERROR, "")
    one.start(0)
    second = one.failed("a", error, Sent.NOTHING, 1)
    assert isinstance(second, Try)
    assert 0 < second.wait_s < 1
    assert one.failed("a", error, Sent.NOTHING, 2) == GiveUp(error)


def test_second_chances_wait_for_who_is_ready_first() -> None:
    one = course("a", "b")
    one.start(0)
    one.failed("a", UpstreamError(ErrorKind.RATE_LIMITED, "", retry_after_s=15), Sent.NOTHING, 1)
    step = one.failed("b", UpstreamError(ErrorKind.RATE_LIMITED, "", retry_after_s=5), Sent.NOTHING, 2)
    assert step == Try("b", "fallback", wait_s=5.05)
    step = one.failed("b", UpstreamError(ErrorKind.AUTH, ""), Sent.NOTHING, 8)
    assert step == Try("a", "fallback", wait_s=8.05)


@pytest.mark.parametrize("wished_s", [1.0, 20.0])
def test_a_wait_that_was_asked_for_is_a_little_longer_than_was_asked(wished_s: float) -> None:
    """The longest wait is meant for the wish itself."""
    one = course("a", settings=DeliverySettings(retry_wait_s=20.0))
    one.start(0)
    limited = UpstreamError(ErrorKind.RATE_LIMITED, "", retry_after_s=wished_s)
    step = one.failed("a", limited, Sent.NOTHING, 1)
    assert isinstance(step, Try)
    assert step.wait_s - wished_s == pytest.approx(0.05)


def test_no_wait_reaches_past_the_deadline() -> None:
    one = course("a", deadline=10)
    one.start(0)
    error = UpstreamError(ErrorKind.RATE_LIMITED, "", retry_after_s=9.5)
    assert one.failed("a", error, Sent.NOTHING, 1) == GiveUp(error)


def test_a_timer_that_rang_a_little_early_ends_it_all_the_same() -> None:
    one = course("a", "b", deadline=10)
    one.start(0)
    error = UpstreamError(ErrorKind.TIMEOUT_FIRST_TOKEN, "")
    assert one.failed("a", error, Sent.NOTHING, 10 - 0.0004) == GiveUp(error)


def test_continuations_have_an_end() -> None:
    names = [str(n) for n in range(9)]
    one = course(*names, settings=DeliverySettings(max_continuations=2))
    step = one.start(0)
    tried = 0
    while isinstance(step, Try):
        tried += 1
        one.streaming()
        step = one.failed(
            step.backend, UpstreamError(ErrorKind.MID_STREAM, ""), Sent.TEXT, tried, added_chars=9
        )
    assert tried == 3


def test_who_fails_without_a_word_of_the_rest_is_no_continuation() -> None:
    one = course("a", "b", "c", "d", settings=DeliverySettings(max_continuations=1))
    one.start(0)
    one.streaming()
    step = one.failed("a", UpstreamError(ErrorKind.MID_STREAM, ""), Sent.TEXT, 1, added_chars=9)
    for silent, after in (("b", "c"), ("c", "d")):
        assert step == Try(silent, "continuation")
        step = one.failed(silent, UpstreamError(ErrorKind.CONNECTION, ""), Sent.TEXT, 2)
        assert step == Try(after, "continuation")
