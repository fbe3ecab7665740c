"""Figures: every one worked out a second time from the records themselves. Same on both databases.

Most tests run three times: read from the rows alone, from cells and newer rows, from cells alone.
"""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from smart_router.records import Record, Store
from smart_router.records.histogram import RELATIVE_ERROR
from smart_router.records.ranges import Range
from smart_router.records.summary import figures_by, summary
from smart_router.records.timeseries import METRICS, MOST_GROUPS, timeseries
from smart_router.records.turns import GROUPS
from tests.support.records import AT, DAY, Clock, attempt, record, roll_up

ANSWERED = {"ok", "fallback", "escalated", "continued", "cached"}


def traffic(count: int, seed: int) -> list[Record]:
    """Turns of one to three rounds, with tasks, failures, fallbacks, gaps in what is known."""
    dice = random.Random(seed)
    made: list[Record] = []
    for turn in range(count):
        at = DAY.start + dice.random() * 80_000
        intent, complexity = dice.choice(["coding", "chat"]), dice.choice(["simple", "hard"])
        for round_ in range(dice.choice([1, 1, 1, 2, 3])):
            made.append(
                call(dice, f"{turn}-{round_}", f"turn{turn}", at + round_, round_, intent, complexity)
            )
            if made[-1].outcome not in ANSWERED:
                break
        if dice.random() < 0.3:
            made.append(record(f"{turn}-task", turn_id=f"turn{turn}", created_at=at, task="tags_generation"))
    return made


def call(dice: random.Random, id: str, turn: str, at: float, round_: int, intent: str, size: str) -> Record:
    outcome = dice.choice(["ok", "ok", "ok", "fallback", "failed", "stopped", "refused", "escalated"])
    winner = dice.choice(["big", "small"])
    tries = []
    if outcome in ("fallback", "failed"):
        tries.append(attempt("broken", error_kind="overloaded", cost_usd=dice.choice([None, 0.25])))
    if outcome == "escalated":
        tries.append(attempt("tiny", cost_usd=0.125))
    if outcome == "stopped":
        tries.append(attempt(winner, error_kind="cancelled", cost_usd=None))
    if outcome in ANSWERED:
        purpose = {"fallback": "fallback", "escalated": "escalation"}.get(outcome, "answer")
        tries.append(attempt(winner, purpose=purpose, duration_ms=dice.random() * 900, cost_usd=0.5))
    known = [t.cost_usd for t in tries if t.cost_usd is not None]
    return record(
        id,
        turn_id=turn,
        created_at=at,
        round=round_,
        intent=intent,
        complexity=size,
        outcome=outcome,
        arm=dice.choice([None, "a"]),
        backend=winner if outcome in (*ANSWERED, "stopped") else None,
        error_kind={"failed": "overloaded", "stopped": "cancelled"}.get(outcome),
        attempts=tuple(tries),
        latency_ms=dice.choice([None, dice.random() * 5000]),
        first_token_ms=dice.choice([None, dice.random() * 500]),
        confidence=dice.choice([None, dice.random()]),
        input_tokens=dice.choice([None, dice.randrange(100)]),
        cost_usd=sum(known) if known else None,
        baseline_cost_usd=dice.choice([None, 1.0]),
        rating=dice.choice([None, None, 1, -1]),
    )


def by_turn(records: Iterable[Record], wanted: Range) -> list[list[Record]]:
    turns: dict[str, list[Record]] = {}
    for one in records:
        if one.task is None and wanted.start <= one.created_at < wanted.end:
            turns.setdefault(one.turn_id, []).append(one)
    return list(turns.values())


def total(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def nearest_rank(values: Iterable[float | None], percent: int) -> float | None:
    known = sorted(value for value in values if value is not None)
    return known[math.ceil(len(known) * percent / 100) - 1] if known else None


def latency_of(turn: list[Record]) -> float | None:
    if any(one.outcome not in ANSWERED for one in turn):
        return None
    return total(one.latency_ms for one in turn)


def mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def expected(turns: Sequence[list[Record]]) -> dict[str, Any]:
    calls = [one for turn in turns for one in turn]
    both = [one for one in calls if one.cost_usd is not None and one.baseline_cost_usd is not None]
    errors = sum(any(one.outcome == "failed" for one in turn) for turn in turns)
    saved = total(one.baseline_cost_usd - one.cost_usd for one in both)  # type: ignore[operator]
    ratings = [max((one.rating for one in turn if one.rating is not None), default=0) for turn in turns]
    first = [total(one.first_token_ms for one in turn if one.round == 0) for turn in turns]
    return {
        "requests": len(turns),
        "errors": errors,
        "error_rate": errors / len(turns),
        "fallbacks": sum(any(one.outcome == "fallback" for one in turn) for turn in turns),
        "escalations": sum(any(one.outcome == "escalated" for one in turn) for turn in turns),
        "cost_usd": total(one.cost_usd for one in calls),
        "unpriced_requests": sum(all(one.cost_usd is None for one in turn) for turn in turns),
        "baseline_cost_usd": total(one.baseline_cost_usd for one in calls),
        "savings_usd": saved,
        "savings_rate": None if saved is None else saved / len(both),
        "input_tokens": total(one.input_tokens for one in calls),
        "cached_tokens": total(one.cached_tokens for one in calls),
        "output_tokens": total(one.output_tokens for one in calls),
        "latency_ms": {f"p{p}": nearest_rank(map(latency_of, turns), p) for p in (50, 95, 99)},
        "first_token_ms": {f"p{p}": nearest_rank(first, p) for p in (50, 95, 99)},
        "confidence_mean": mean(mean(one.confidence for one in turn) for turn in turns),
        "ratings": {"up": sum(r > 0 for r in ratings), "down": sum(r < 0 for r in ratings)},
    }


def close(found: Any, wanted: Any, rel: float = 1e-9) -> bool:
    if isinstance(wanted, dict):
        return found.keys() == wanted.keys() and all(close(found[key], wanted[key], rel) for key in wanted)
    if isinstance(wanted, float):
        return found == pytest.approx(wanted, rel=rel)
    return bool(found == wanted)


def exactness(name: str) -> float:
    """Percentiles are read from histograms; everything else adds up to the last digit."""
    return RELATIVE_ERROR * 1.0001 if "latency_ms" in name or "first_token_ms" in name else 1e-9


def differences(found: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    return {
        key: (found.get(key), value)
        for key, value in wanted.items()
        if not close(found.get(key), value, exactness(key))
    }


async def write_all(store: Store, records: Iterable[Record]) -> None:
    await asyncio.gather(*(store.write(one) for one in records))


Fill = Callable[[Iterable[Record]], Awaitable[Store]]


@pytest.fixture(params=["rows", "both", "cells"])
async def fill(request: pytest.FixtureRequest, store: Store, engine: AsyncEngine) -> AsyncIterator[Fill]:
    """Writes records, of which none, some or all are then in the cells."""
    clock = Clock(DAY.end)
    own = Store(engine, now=clock)
    await own.open()

    async def write(records: Iterable[Record]) -> Store:
        records = list(records)
        # Not in the order of time, as answers that take long are not.
        random.Random(len(records)).shuffle(records)
        first = {"rows": 0, "both": len(records) // 2, "cells": len(records)}[request.param]
        await write_all(own, records[:first])
        if first:
            await roll_up(own, clock)
        await write_all(own, records[first:])
        return own

    yield write
    await own.close()


async def test_headline_figures_are_those_of_the_turns(fill: Fill) -> None:
    records = traffic(80, seed=1)
    store = await fill(records)
    found = await summary(store.database, DAY)
    assert differences(found, expected(by_turn(records, DAY))) == {}
    for name, field in (("by_intent", "intent"), ("by_complexity", "complexity")):
        for item in found[name]:
            turns = [t for t in by_turn(records, DAY) if getattr(t[0], field) == item[field]]
            assert differences(item, expected(turns)) == {}
        assert sum(item["requests"] for item in found[name]) == found["requests"]


async def test_the_previous_period_is_counted_the_same_way(fill: Fill) -> None:
    records = traffic(60, seed=2)
    store = await fill(records)
    after = Range(DAY.end, DAY.end + (DAY.end - DAY.start))
    found = await summary(store.database, after)
    assert found["requests"] == 0
    assert differences(found["previous"], expected(by_turn(records, DAY))) == {}


async def test_a_backends_figures_are_those_of_its_own_attempts(fill: Fill) -> None:
    records = traffic(60, seed=3)
    store = await fill(records)
    found = {item["backend"]: item for item in await figures_by(store.database, DAY, "backend")}
    calls = [one for turn in by_turn(records, DAY) for one in turn]
    assert set(found) == {tried.backend for one in calls for tried in one.attempts}
    for backend, item in found.items():
        mine = [(one, tried) for one in calls for tried in one.attempts if tried.backend == backend]
        failed = {one.turn_id for one, tried in mine if tried.error_kind not in (None, "cancelled")}
        assert item["requests"] == len({one.turn_id for one, _ in mine})
        assert item["errors"] == len(failed)
        assert close(item["cost_usd"], total(tried.cost_usd for _, tried in mine))
    assert close(
        total(item["cost_usd"] for item in found.values()), (await summary(store.database, DAY))["cost_usd"]
    )


async def test_a_backends_latency_is_that_of_its_own_answer_not_of_what_failed_before(store: Store) -> None:
    await store.write(
        record(
            outcome="fallback",
            latency_ms=9000.0,
            attempts=(
                attempt("broken", duration_ms=8000.0, error_kind="timeout_first_token"),
                attempt("big", purpose="fallback", duration_ms=900.0),
            ),
        )
    )
    found = {item["backend"]: item for item in await figures_by(store.database, DAY, "backend")}
    assert close(found["big"]["latency_ms"]["p50"], 900.0, RELATIVE_ERROR)
    assert found["big"]["fallbacks"] == 1
    assert found["broken"]["latency_ms"]["p50"] is None
    assert found["broken"]["errors"] == 1


async def test_what_the_provider_reports_goes_to_the_backend_that_answered(store: Store) -> None:
    tries = (attempt("weak", cost_usd=0.25), attempt("big", purpose="escalation", cost_usd=0.5))
    await store.write(record(outcome="escalated", attempts=tries, cost_usd=2.0, cost_source="reported"))
    found = {item["backend"]: item for item in await figures_by(store.database, DAY, "backend")}
    assert found["weak"]["cost_usd"] == 0.25
    assert found["big"]["cost_usd"] == 1.75


async def test_every_group_holds_the_figures_of_its_turns(fill: Fill) -> None:
    records = traffic(60, seed=6)
    store = await fill(records)
    turns = by_turn(records, DAY)
    for group in GROUPS:
        if group == "backend":
            continue
        found = {item[group]: item for item in await figures_by(store.database, DAY, group)}
        mine: dict[Any, list[list[Record]]] = {}
        for turn in turns:
            mine.setdefault(group_of(turn, group), []).append(turn)
        assert found.keys() == mine.keys()
        for key, item in found.items():
            assert differences(item, expected(mine[key])) == {}, (group, key)


def group_of(turn: list[Record], group: str) -> Any:
    turn = sorted(turn, key=lambda one: one.round)
    if group == "outcome":
        order = ("ok", "cached", "fallback", "continued", "escalated", "refused", "stopped", "failed")
        return max((one.outcome for one in turn), key=order.index)
    if group == "error_kind":
        return next((one.error_kind for one in reversed(turn) if one.error_kind), None)
    field = {"user": "user_id"}.get(group, group)
    values = [getattr(one, field) for one in turn]
    return values[0] if values[0] is not None else min((v for v in values if v is not None), default=None)


async def test_a_turn_counts_where_it_began_with_all_of_its_calls(fill: Fill) -> None:
    store = await fill(
        [record("a", turn_id="t", created_at=AT - 1), record("b", turn_id="t", created_at=AT + 1, round=1)]
    )
    before, after = Range(AT - 100, AT), Range(AT, AT + 100)
    assert (await summary(store.database, before))["output_tokens"] == 40
    assert (await summary(store.database, after))["requests"] == 0


async def test_guessed_usage_is_told_apart(fill: Fill) -> None:
    store = await fill(
        [record("a", cost_usd=0.5, usage_estimated=True), record("b", cost_usd=0.25), record("c")]
    )
    found = await summary(store.database, DAY)
    assert (found["estimated_requests"], found["estimated_cost_usd"]) == (1, 0.5)


async def test_tasks_are_counted_apart(fill: Fill) -> None:
    title = record("title", turn_id="turn-chat", task="title_generation", cost_usd=0.5)
    store = await fill([record("chat"), title])
    found = await summary(store.database, DAY)
    assert found["requests"] == 1
    assert found["cost_usd"] == 0.003
    assert found["tasks"] == {"requests": 1, "cost_usd": 0.5, "input_tokens": 10, "output_tokens": 20}


async def test_temporary_chats_count(store: Store) -> None:
    await store.write(record("a", temporary=True))
    assert (await summary(store.database, DAY))["requests"] == 1


async def test_other_models_traffic_is_not_in_the_headlines(fill: Fill) -> None:
    store = await fill([record("a", source="direct", cost_usd=0.5)])
    found = await summary(store.database, DAY)
    assert found["requests"] == 0
    assert found["direct"] == {"requests": 1, "cost_usd": 0.5, "input_tokens": 10, "output_tokens": 20}


async def test_what_nobody_knows_is_null_and_nothing_is_zero(store: Store) -> None:
    nothing = await summary(store.database, DAY)
    assert (nothing["requests"], nothing["cost_usd"], nothing["input_tokens"]) == (0, 0.0, 0)
    assert (nothing["error_rate"], nothing["savings_usd"], nothing["latency_ms"]["p50"]) == (None,) * 3
    await store.write(
        record(cost_usd=None, baseline_cost_usd=None, input_tokens=None, confidence=None, attempts=())
    )
    unknown = await summary(store.database, DAY)
    assert (unknown["cost_usd"], unknown["input_tokens"], unknown["savings_rate"]) == (None, None, None)
    assert (unknown["confidence_mean"], unknown["unpriced_requests"]) == (None, 1)


async def test_the_points_of_a_chart_add_up_to_the_headline(fill: Fill) -> None:
    records = traffic(40, seed=4)
    store = await fill(records)
    headline = expected(by_turn(records, DAY))
    backends = await figures_by(store.database, DAY, "backend")
    for group in (None, *GROUPS):
        for metric in ("errors", "cost_usd"):
            chart = await timeseries(store.database, DAY, metric, group)
            found = total(p["value"] for item in chart["items"] for p in item["points"])
            wanted = total(i[metric] for i in backends) if group == "backend" else headline[metric]
            assert close(found, wanted), (group, metric)


async def test_a_point_stands_for_the_turns_that_began_in_its_bucket(fill: Fill) -> None:
    records = traffic(40, seed=5)
    store = await fill(records)
    turns = by_turn(records, DAY)
    for metric in METRICS:
        chart = await timeseries(store.database, DAY, metric)
        (item,) = chart["items"]
        assert len(item["points"]) == math.ceil(DAY.end / 900) - DAY.start // 900
        for point in item["points"]:
            mine = [t for t in turns if point["at"] <= min(r.created_at for r in t) < point["at"] + 900]
            assert close(point["value"], _metric(mine, metric), exactness(metric)), (metric, point)


def _metric(turns: list[list[Record]], metric: str) -> Any:
    if not turns:
        return 0 if metric in ("requests", "errors", "fallbacks", "escalations") else None
    figures = expected(turns)
    name, _, percentile = metric.rpartition("_")
    return figures[name][percentile] if percentile in ("p50", "p95", "p99") else figures[metric]


async def test_a_turn_stands_under_the_outcome_that_stands_out_most(store: Store) -> None:
    await store.write(record("a", turn_id="t", outcome="fallback"))
    await store.write(record("b", turn_id="t", outcome="failed", round=1))
    found = await figures_by(store.database, DAY, "outcome")
    assert [(item["outcome"], item["requests"]) for item in found] == [("failed", 1)]


@pytest.mark.parametrize(("group", "field"), [("intent", "intent"), ("user", "user_id")])
async def test_a_chart_keeps_the_groups_with_the_most_requests(fill: Fill, group: Any, field: str) -> None:
    store = await fill(
        record(f"{n}-{i}", **{field: f"name{n:02}"}) for n in range(MOST_GROUPS + 3) for i in range(1 + n % 5)
    )
    chart = await timeseries(store.database, DAY, "requests", group)
    sums = [sum(p["value"] for p in item["points"]) for item in chart["items"]]
    assert len(sums) == MOST_GROUPS
    assert sums == sorted(sums, reverse=True)
    assert chart["left_out"] == 3


async def test_percentiles_of_few_are_those_that_were_measured(store: Store) -> None:
    for i, latency in enumerate((10.0, 20.0, 30.0)):
        await store.write(record(f"r{i}", latency_ms=latency))
    found = (await summary(store.database, Range(AT, AT + 1)))["latency_ms"]
    assert close(found, {"p50": 20.0, "p95": 30.0, "p99": 30.0}, RELATIVE_ERROR)
