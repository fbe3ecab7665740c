"""Fifty thousand simulated records: every figure equals one that plain SQL counts over the rows,
and no question looks through the rows. A million of them, with times, under the mark `soak`."""

from __future__ import annotations

import asyncio
import math
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from smart_router.cli.simulate import MARK, simulated
from smart_router.records import Store
from smart_router.records.log import Filter, requests_page
from smart_router.records.ranges import NAMED, Range
from smart_router.records.search import MOST_LOOKED_THROUGH
from smart_router.records.summary import figures_by, summary
from smart_router.records.timeseries import METRICS, timeseries
from smart_router.records.turns import GROUPS
from tests.contract.records.test_figures import close, exactness, nearest_rank
from tests.support.records import DAY, Clock, roll_up, sqlite_engine

#: When the simulated traffic ends; no full hour, and no full minute.
NOW = DAY.end + 1234.5
SPAN_DAYS = 8

#: Records that came in after the cells were last derived.
NEW = 150


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """By its path: records of eight days, nearly all of them in the cells."""
    path = tmp_path_factory.mktemp("scale") / "webui.db"
    asyncio.run(_fill(path, 50_000, SPAN_DAYS))
    return path


async def _fill(path: Path, number: int, days: float) -> None:
    engine = sqlite_engine(path)
    store = Store(engine, now=Clock(NOW))
    records = simulated(number, NOW - days * 86400, NOW, seed=5)
    newest = []
    await store.write_many(_all_but(records, number - NEW, newest))
    await store.rollups.request_rebuild()
    await roll_up(store)
    await store.write_many(newest)
    await store.close()
    await engine.dispose()


def _all_but(records: Iterator[Any], number: int, rest: list[Any]) -> Iterator[Any]:
    for _, record in zip(range(number), records, strict=False):
        yield record
    rest.extend(records)


@pytest.fixture
async def large(database: Path) -> AsyncIterator[Store]:
    engine = sqlite_engine(database)
    store = Store(engine, now=Clock(NOW))
    await store.open()
    yield store
    await store.close()
    await engine.dispose()


def ranges() -> dict[str, Range]:
    named = {name: Range(NOW - width, NOW, name) for name, width in NAMED.items()}
    return {**named, "own": Range(NOW - 5 * 86400 - 77.7, NOW - 2 * 86400 + 3.3)}


# What plain SQL says.

_KEYS = {
    "intent": "min(CASE WHEN round = 0 THEN intent END)",
    "complexity": "min(CASE WHEN round = 0 THEN complexity END)",
    "arm": "min(CASE WHEN round = 0 THEN arm END)",
    "strategy": "min(CASE WHEN round = 0 THEN strategy END)",
    "user": "min(CASE WHEN round = 0 THEN user_id END)",
    "outcome": """CASE max(CASE outcome WHEN 'failed' THEN 7 WHEN 'stopped' THEN 6 WHEN 'refused' THEN 5
        WHEN 'escalated' THEN 4 WHEN 'continued' THEN 3 WHEN 'fallback' THEN 2 WHEN 'cached' THEN 1
        ELSE 0 END)
        WHEN 7 THEN 'failed' WHEN 6 THEN 'stopped' WHEN 5 THEN 'refused' WHEN 4 THEN 'escalated'
        WHEN 3 THEN 'continued' WHEN 2 THEN 'fallback' WHEN 1 THEN 'cached' ELSE 'ok' END""",
    # Simulated turns end with the first call that has one.
    "error_kind": "max(error_kind)",
}

_TURNS = """
WITH turns AS (
  SELECT turn_id, min(created_at) AS began, {key} AS key, max(outcome = 'failed') AS failed,
    max(outcome = 'fallback') AS fell, max(outcome = 'escalated') AS escalated, sum(cost_usd) AS cost,
    sum(baseline_cost_usd) AS baseline,
    sum(CASE WHEN cost_usd IS NOT NULL AND baseline_cost_usd IS NOT NULL
        THEN baseline_cost_usd - cost_usd END) AS saved,
    sum(CASE WHEN cost_usd IS NOT NULL AND baseline_cost_usd IS NOT NULL
        THEN baseline_cost_usd END) AS saved_from,
    max(usage_estimated) AS guessed, sum(CASE WHEN usage_estimated THEN cost_usd END) AS guessed_cost,
    sum(input_tokens) AS input, sum(cached_tokens) AS cached, sum(output_tokens) AS output,
    CASE WHEN min(outcome IN ('ok', 'fallback', 'escalated', 'continued', 'cached'))
        THEN sum(latency_ms) END AS latency,
    min(CASE WHEN round = 0 THEN first_token_ms END) AS first, avg(confidence) AS confidence,
    max(rating) AS rating
  FROM smart_router_records WHERE task IS NULL AND source = 'smart' GROUP BY turn_id
)
"""

_ATTEMPTS = """
WITH attempts AS (
  SELECT turn_id, json_extract(value, '$.backend') AS key,
    (SELECT min(created_at) FROM smart_router_records AS other
        WHERE other.turn_id = records.turn_id AND coalesce(task, '') = '') AS began,
    json_extract(value, '$.cost_usd') AS cost, json_extract(value, '$.output_tokens') AS output,
    coalesce(json_extract(value, '$.error_kind') <> 'cancelled', 0) AS failed
  FROM smart_router_records AS records, json_each(records.attempts)
  WHERE task IS NULL AND source = 'smart'
)
SELECT key, count(DISTINCT turn_id) AS requests, sum(cost) AS cost_usd, sum(output) AS output_tokens,
  count(DISTINCT CASE WHEN failed THEN turn_id END) AS errors
FROM attempts WHERE began >= ? AND began < ? GROUP BY key
"""


def ask(path: Path, sql: str, *values: Any) -> list[dict[str, Any]]:
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in connection.execute(sql, values)]
    finally:
        connection.close()


@cache
def by_sql(path: Path, wanted: Range, key: str = "NULL", bucket: str = "0") -> dict[Any, dict[str, Any]]:
    """Figures by (bucket, key), counted over the rows."""
    turns = _TURNS.format(key=key)
    sums = f"""{turns} SELECT {bucket} AS bucket, key, count(*) AS requests, sum(failed) AS errors,
        sum(fell) AS fallbacks, sum(escalated) AS escalations, sum(cost) AS cost_usd,
        sum(cost IS NULL) AS unpriced_requests, sum(guessed) AS estimated_requests,
        sum(guessed_cost) AS estimated_cost_usd, sum(baseline) AS baseline_cost_usd,
        sum(saved) AS savings_usd, sum(saved) / sum(saved_from) AS savings_rate,
        1.0 * sum(failed) / count(*) AS error_rate, sum(input) AS input_tokens,
        sum(cached) AS cached_tokens, sum(output) AS output_tokens, avg(confidence) AS confidence_mean,
        sum(rating > 0) AS up, sum(rating < 0) AS down
        FROM turns WHERE began >= ? AND began < ? GROUP BY 1, 2"""
    times = (
        f"{turns} SELECT {bucket} AS bucket, key, latency, first FROM turns WHERE began >= ? AND began < ?"
    )
    found = {}
    for row in ask(path, sums, wanted.start, wanted.end):
        place = (row.pop("bucket"), row.pop("key"))
        row["ratings"] = {"up": row.pop("up") or 0, "down": row.pop("down") or 0}
        found[place] = {**row, "latency_ms": [], "first_token_ms": []}
    for row in ask(path, times, wanted.start, wanted.end):
        place = found[row["bucket"], row["key"]]
        place["latency_ms"].append(row["latency"])
        place["first_token_ms"].append(row["first"])
    for figures in found.values():
        for name in ("latency_ms", "first_token_ms"):
            figures[name] = {f"p{p}": nearest_rank(figures[name], p) for p in (50, 95, 99)}
    return found


def differences(found: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    return {
        name: (found[name], value)
        for name, value in wanted.items()
        if not close(found[name], value, exactness(name))
    }


@pytest.mark.parametrize("name", ranges())
async def test_headlines_equal_plain_sql(large: Store, database: Path, name: str) -> None:
    wanted = ranges()[name]
    found = await summary(large.database, wanted)
    assert found["behind"] == 0
    assert differences(found, by_sql(database, wanted)[0, None]) == {}
    previous = by_sql(database, wanted.previous)
    if previous:
        assert differences(found["previous"], previous[0, None]) == {}
    else:
        assert found["previous"]["requests"] == 0
    (tasks,) = ask(
        database,
        """SELECT count(*) AS requests, sum(cost_usd) AS cost_usd, sum(input_tokens) AS input_tokens,
        sum(output_tokens) AS output_tokens FROM smart_router_records
        WHERE task IS NOT NULL AND created_at >= ? AND created_at < ?""",
        wanted.start,
        wanted.end,
    )
    assert differences(found["tasks"], tasks) == {}


@pytest.mark.parametrize("group", [group for group in GROUPS if group != "backend"])
async def test_groups_equal_plain_sql(large: Store, database: Path, group: Any) -> None:
    for name in ("24h", "7d", "own"):
        wanted = ranges()[name]
        found = {item[group]: item for item in await figures_by(large.database, wanted, group)}
        plain = {key: figures for (_, key), figures in by_sql(database, wanted, _KEYS[group]).items()}
        assert found.keys() == plain.keys()
        for key, figures in plain.items():
            assert differences(found[key], figures) == {}, (name, key)


async def test_backends_equal_plain_sql(large: Store, database: Path) -> None:
    for name in ("24h", "7d", "own"):
        wanted = ranges()[name]
        found = {item["backend"]: item for item in await figures_by(large.database, wanted, "backend")}
        plain = {row.pop("key"): row for row in ask(database, _ATTEMPTS, wanted.start, wanted.end)}
        assert found.keys() == plain.keys()
        for key, figures in plain.items():
            assert differences(found[key], figures) == {}, (name, key)


@pytest.mark.parametrize("metric", METRICS)
async def test_charts_equal_plain_sql(large: Store, database: Path, metric: Any) -> None:
    for name, group in (("24h", None), ("7d", "intent"), ("own", "strategy")):
        wanted = ranges()[name]
        found = await timeseries(large.database, wanted, metric, group)  # type: ignore[arg-type]
        step = found["step_s"]
        key = "NULL" if group is None else _KEYS[group]
        plain = by_sql(database, wanted, key, f"CAST(began / {step} AS INTEGER)")
        figure, _, percentile = metric.rpartition("_")
        for item in found["items"]:
            for point in item["points"]:
                figures = plain.get((int(point["at"] // step), item["group"]))
                value: Any = 0 if metric in ("requests", "errors", "fallbacks", "escalations") else None
                if figures is not None:
                    timed = percentile in ("p50", "p95", "p99")
                    value = figures[figure][percentile] if timed else figures[metric]
                assert close(point["value"], value, exactness(metric)), (name, item["group"], point)


async def test_the_log_equals_plain_sql_at_any_depth(large: Store, database: Path) -> None:
    wanted = ranges()["7d"]
    plain = ask(
        database,
        """SELECT id FROM smart_router_records WHERE created_at >= ? AND created_at < ?
        AND reason IN ('cheapest', 'fastest') AND outcome = 'ok' ORDER BY created_at DESC, seq DESC""",
        wanted.start,
        wanted.end,
    )
    filter_ = Filter(reason=("cheapest", "fastest"), outcome=("ok",))
    found: list[str] = []
    cursor = None
    while True:
        page = await requests_page(large.database, wanted, filter_, cursor, limit=200, brief=True)
        found += [item["id"] for item in page.items]
        if (cursor := page.next_cursor) is None:
            break
    assert found == [row["id"] for row in plain]
    assert len(found) > 1000


# What is asked of the database.


@contextmanager
def statements(engine: AsyncEngine) -> Iterator[list[tuple[str, Any]]]:
    """What is sent to the database meanwhile."""
    sent: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, sql: str, values: Any, *___: Any) -> None:
        sent.append((sql, values))

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine.sync_engine, "before_cursor_execute", note)


def looked_through(path: Path, sent: list[tuple[str, Any]]) -> list[str]:
    """Steps of their plans that go through a whole table of ours."""
    tables = {"smart_router_records", "smart_router_rollups", "other", "late"}
    return [step for step in plan(path, sent) if step.startswith("SCAN") and step.split()[1] in tables]


def plan(path: Path, sent: list[tuple[str, Any]]) -> list[str]:
    """The steps in which SQLite answers these statements."""
    connection = sqlite3.connect(path)
    try:
        return [
            row[3] for sql, values in sent for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        ]
    finally:
        connection.close()


def records_read(path: Path, sent: list[tuple[str, Any]]) -> int:
    """How many rows of the records these statements come back with."""
    connection = sqlite3.connect(path)
    found = sum(
        len(connection.execute(sql, values).fetchall())
        for sql, values in sent
        if "FROM smart_router_records" in sql
    )
    connection.close()
    return found


Question = Callable[[Store], Awaitable[Any]]


def questions() -> dict[str, Question]:
    """What the page asks, by name: every endpoint that reads figures, in every range."""
    found: dict[str, Question] = {}
    for name, wanted in ranges().items():
        found[f"summary {name}"] = lambda store, wanted=wanted: summary(store.database, wanted)
        for group in (None, *GROUPS):
            for metric in ("requests", "latency_ms_p95"):
                found[f"timeseries {name} {group} {metric}"] = (
                    lambda store, wanted=wanted, group=group, metric=metric: timeseries(
                        store.database, wanted, metric, group
                    )
                )
        found[f"models {name}"] = lambda store, wanted=wanted: figures_by(store.database, wanted, "backend")
    return found


def pages() -> dict[str, tuple[Filter, str]]:
    """Filters of the log that an index serves at any depth, and what that index is searched for."""
    newest_first = "created_at>? AND created_at<?"
    return {
        "no filter": (Filter(), f"({newest_first})"),
        "reason": (Filter(reason=("fastest",)), f"(reason=? AND {newest_first})"),
        "reasons": (Filter(reason=("fastest", "stayed")), f"(reason=? AND {newest_first})"),
        "a reason that never was": (Filter(reason=("pinned",)), f"(reason=? AND {newest_first})"),
        "backend": (Filter(backend=(f"{MARK}unpriced",)), f"(backend=? AND {newest_first})"),
        "outcomes": (Filter(outcome=("ok", "failed")), f"(outcome=? AND {newest_first})"),
        "intents, outcomes": (
            Filter(intent=("coding", "math"), outcome=("ok", "fallback")),
            f"(intent=? AND {newest_first})",
        ),
        "error kind": (Filter(error_kind=("auth",)), f"(error_kind=? AND {newest_first})"),
        "user": (Filter(user_id=(f"{MARK}user-007",)), f"(user_id=? AND {newest_first})"),
        "chat": (Filter(chat_id=(f"{MARK}chat-none",)), f"(chat_id=? AND {newest_first})"),
        "source": (Filter(source=("direct",)), f"(source=? AND {newest_first})"),
        "task": (Filter(task=("title_generation",)), f"(task=? AND {newest_first})"),
        "no task": (Filter(task=("none",)), f"(task=? AND {newest_first})"),
    }


async def test_no_figure_looks_through_the_rows(large: Store, database: Path) -> None:
    hourly = 50_000 / SPAN_DAYS / 24
    for name, question in questions().items():
        with statements(large.database.engine) as sent:
            await question(large)
        assert looked_through(database, sent) == [], name
        # The ends of the range, hours at most, and what is new.
        assert records_read(database, sent) < 2 * NEW + 12 * hourly, name


async def test_no_page_of_the_log_looks_through_the_rows(large: Store, database: Path) -> None:
    wanted = ranges()["90d"]
    for name, (filter_, search) in pages().items():
        first = await requests_page(large.database, wanted, filter_, limit=50)
        with statements(large.database.engine) as sent:
            await requests_page(large.database, wanted, filter_, first.next_cursor, limit=50)
        assert looked_through(database, sent) == [], name
        steps = plan(database, sent)
        walks = [s for s in steps if "USING" in s and "records" in s and "INTEGER PRIMARY KEY" not in s]
        assert walks, name
        assert all(step.endswith(search) for step in walks), (name, walks)
        # Sorted are only pages: the one that is shown, and before it those of several values together.
        assert len([s for s in steps if "B-TREE" in s]) == 1 + (len(walks) > 1), (name, steps)


async def test_a_search_through_the_log_ends_after_so_many_and_goes_on_from_there(
    large: Store, database: Path
) -> None:
    wanted = ranges()["90d"]
    looked = "SELECT count(*) AS n FROM smart_router_records WHERE created_at >= ? AND created_at < ?"
    for filter_ in (Filter(q="nowhere to be found"), Filter(attempted=("nowhere",))):
        page, before, pages = await requests_page(large.database, wanted, filter_), wanted.end, 1
        while page.searched_to is not None:
            assert page.items == []
            (counted,) = ask(database, looked, page.searched_to, before)
            assert counted["n"] == pytest.approx(MOST_LOOKED_THROUGH, abs=2)
            before, pages = page.searched_to, pages + 1
            page = await requests_page(large.database, wanted, filter_, page.next_cursor)
        assert (page.items, page.next_cursor) == ([], None)
        assert pages == 1 + 50_000 // MOST_LOOKED_THROUGH


@pytest.mark.soak
def test_a_million_records(tmp_path: Path) -> None:
    """Prints how long each question takes, 95th percentile of 20, and how long the cells took to derive."""
    path = tmp_path / "webui.db"
    began = time.perf_counter()
    asyncio.run(_fill(path, 1_000_000, 90))
    print(f"\na million records and their cells: {time.perf_counter() - began:.0f} s")
    assert asyncio.run(_asked(path)) == []


async def _asked(path: Path) -> list[str]:
    """The questions that look through the rows."""
    engine = sqlite_engine(path)
    store = Store(engine, now=Clock(NOW))
    await store.open()
    asked = questions()
    wanted = ranges()["90d"]
    for name, (filter_, _) in pages().items():
        asked[f"log, {name}"] = lambda store, filter_=filter_: requests_page(
            store.database, wanted, filter_, brief=True
        )
    deep = Range(wanted.start, wanted.start + 86400 * 2)
    asked["log, deep"] = lambda store: requests_page(store.database, deep, Filter(), brief=True)
    scanning = []
    for name, question in asked.items():
        times = []
        with statements(engine) as sent:
            for _ in range(20):
                began = time.perf_counter()
                await question(store)
                times.append((time.perf_counter() - began) * 1000)
        print(f"{name:45} {sorted(times)[math.ceil(len(times) * 0.95) - 1]:8.1f} ms")
        if looked_through(path, sent[: len(sent) // 20]):
            scanning.append(name)
    await store.close()
    await engine.dispose()
    return scanning
