"""The counters of one process."""

from __future__ import annotations

from smart_router.records.tally import MOST_BACKENDS, OTHER, Tally
from tests.support.records import attempt, record


def test_a_record_is_counted_by_what_it_was() -> None:
    tally = Tally()
    tally.add(record())
    tally.add(record(outcome="fallback", attempts=(attempt("small", error_kind="auth"), attempt())))
    tally.add(record(task="tags_generation"))
    assert tally.requests[("big", "coding", "ok", "chat")] == 1
    assert tally.requests[("big", "coding", "ok", "task")] == 1
    assert tally.requests[("big", "coding", "fallback", "chat")] == 1
    assert tally.attempts == {("big", "answer", ""): 3, ("small", "answer", "auth"): 1}
    assert tally.tokens == {("big", "input"): 30, ("big", "output"): 60}


def test_a_value_on_a_bound_falls_under_it() -> None:
    tally = Tally()
    for ms in (50.0, 100.0, 101.0, 1e9):
        tally.add(record(latency_ms=ms))
    counts = tally.latency_s["big"].counts
    assert (counts[0], counts[1], counts[-1], sum(counts)) == (2, 1, 1, 4)


def test_failures_have_no_latency() -> None:
    tally = Tally()
    tally.add(record(outcome="failed"))
    tally.add(record(outcome="stopped"))
    assert tally.latency_s == {}


def test_unknown_costs_are_not_counted_as_zero() -> None:
    tally = Tally()
    tally.add(record(cost_usd=None))
    assert (tally.cost_usd, tally.savings_usd) == ({}, {})
    tally.add(record(baseline_cost_usd=None))
    assert (tally.cost_usd, tally.savings_usd) == ({"big": 0.003}, {})


def test_names_are_bounded() -> None:
    tally = Tally()
    for i in range(MOST_BACKENDS + 50):
        tally.add(record(backend=f"b{i}", attempts=()))
    names = {backend for backend, *_ in tally.requests}
    assert len(names) == MOST_BACKENDS + 1
    assert tally.requests[(OTHER, "coding", "ok", "chat")] == 50
