"""Figures per turn: what one user message set off counts once, however many calls it took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, get_args

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Double,
    Select,
    and_,
    bindparam,
    case,
    cast,
    func,
    null,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.selectable import CTE, Subquery

from .database import Database
from .lines import backend_lines, call_lines
from .ranges import Range
from .tables import Tables

Group = Literal["backend", "intent", "complexity", "outcome", "arm", "strategy"]
GROUPS: tuple[Group, ...] = get_args(Group)

#: A turn of several calls has the outcome that stands out most; later here stands out more.
_OUTCOMES = ("ok", "cached", "fallback", "continued", "escalated", "refused", "stopped", "failed")

PERCENTILES = (50, 95, 99)

_ADDED = ("cost_usd", "baseline_cost_usd", "input_tokens", "cached_tokens", "output_tokens")


async def figures_rows(
    connection: AsyncConnection,
    database: Database,
    wanted: Range,
    group: Group | None = None,
    step_s: int | None = None,
    percentiles: bool = True,
) -> list[dict[str, Any]]:
    """Every figure of a range in one statement; a row per group, and per bucket of `step_s` seconds.

    `percentiles` False leaves those out, which take most of the time (every latency is ranked).
    Grouped by backend, a turn counts under every backend that it went to, with what happened
    there; otherwise under what its first call was understood as. A turn is in the range with
    those of its calls that came in within it.
    """
    query = _figures_query(database.tables, database.is_sqlite, group, step_s is not None, percentiles)
    values = {"start": wanted.start, "end": wanted.end, **({"step_s": float(step_s)} if step_s else {})}
    return [dict(row) for row in (await connection.execute(query, values)).mappings()]


@lru_cache(maxsize=64)
def _figures_query(
    tables: Tables, sqlite: bool, group: Group | None, bucketed: bool, percentiles: bool
) -> Select[Any]:
    """Kept, because making it takes some milliseconds, in which no chat could go on."""
    lines = backend_lines(tables, sqlite) if group == "backend" else call_lines(tables)
    turns = _turns(lines, group)
    buckets = [_bucket(sqlite, turns.c.began_at).label("bucket")] if bucketed else []
    keys = [*buckets, *([] if group is None else [turns.c.key])]
    timed = ("latency_ms", "first_token_ms") if percentiles else ()
    ranked = select(
        turns,
        *buckets,
        *(_rank(turns.c[name], keys).label(f"{name}_rank") for name in timed),
        *(func.count(turns.c[name]).over(partition_by=keys or None).label(f"{name}_count") for name in timed),
    ).subquery("ranked")
    c = ranked.c
    grouping: list[ColumnElement[Any]] = [c.bucket] if buckets else []
    if group is not None:
        grouping.append(c.key)
    query = select(
        *grouping,
        func.count().label("requests"),
        *(func.sum(c[name]).label(name) for name in ("errors", "fallbacks", "escalations")),
        *(func.sum(c[name]).label(name) for name in _ADDED),
        func.sum(c.saved_usd).label("saved_usd"),
        func.sum(c.saved_from_usd).label("saved_from_usd"),
        func.count(c.cost_usd).label("priced"),
        func.avg(c.confidence).label("confidence_mean"),
        func.sum(case((c.rating > 0, 1), else_=0)).label("rated_up"),
        func.sum(case((c.rating < 0, 1), else_=0)).label("rated_down"),
        *(
            func.max(_at_percentile(ranked, name, percent)).label(f"{name}_p{percent}")
            for name in timed
            for percent in PERCENTILES
        ),
    )
    return query.group_by(*grouping) if grouping else query


def _turns(lines: Subquery, group: Group | None) -> CTE:
    c = lines.c
    both = and_(c.cost_usd.is_not(None), c.baseline_cost_usd.is_not(None))
    grouping: list[ColumnElement[Any]] = [c.turn_id]
    key: ColumnElement[Any] = null()
    if group == "backend":
        key = c.backend
        grouping.append(c.backend)
    elif group == "outcome":
        key = _standing_out(c.outcome)
    elif group is not None:
        key = func.coalesce(func.min(case((c.round == 0, c[group]))), func.min(c[group]))
    latency: ColumnElement[Any] = func.sum(c.latency_ms)
    if group != "backend":
        # A turn that failed or was stopped has no latency: it would mix time-outs with answers.
        latency = case((func.min(c.answered) == 1, latency))
    return (
        select(
            func.min(c.created_at).label("began_at"),
            key.label("key"),
            func.max(c.failed).label("errors"),
            func.max(c.fallback).label("fallbacks"),
            func.max(c.escalated).label("escalations"),
            *(func.sum(c[name]).label(name) for name in _ADDED),
            func.sum(case((both, c.baseline_cost_usd - c.cost_usd))).label("saved_usd"),
            func.sum(case((both, c.baseline_cost_usd))).label("saved_from_usd"),
            func.avg(c.confidence).label("confidence"),
            func.max(c.rating).label("rating"),
            latency.label("latency_ms"),
            func.min(case((c.round == 0, c.first_token_ms))).label("first_token_ms"),
        )
        .group_by(*grouping)
        .cte("turns")
    )


def _standing_out(outcome: ColumnElement[str]) -> ColumnElement[str]:
    rank = func.max(case({name: index for index, name in enumerate(_OUTCOMES)}, value=outcome, else_=0))
    return case(dict(enumerate(_OUTCOMES)), value=rank)


def _rank(column: ColumnElement[Any], keys: Sequence[ColumnElement[Any]]) -> ColumnElement[int]:
    return func.row_number().over(partition_by=keys or None, order_by=column.asc().nulls_last())


def _at_percentile(ranked: Subquery, name: str, percent: int) -> ColumnElement[Any]:
    """The value at the nearest rank, ceil(n·p/100): one that was really measured, also of few."""
    rank = (ranked.c[f"{name}_count"] * percent + 99) // 100
    return case((ranked.c[f"{name}_rank"] == rank, ranked.c[name]))


def _bucket(sqlite: bool, at: ColumnElement[float]) -> ColumnElement[int]:
    """The number of the bucket of `:step_s` seconds. Casting cuts in SQLite and rounds in PostgreSQL."""
    number = at / bindparam("step_s", type_=Double)
    return cast(number if sqlite else func.floor(number, type_=Double), BigInteger)


def figures_json(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `figures_rows` in the words of the interface's `summary`. What nobody told is None."""
    requests = int(row["requests"])
    priced = int(row["priced"])
    saved_from = _money(row["saved_from_usd"])
    saved = _money(row["saved_usd"])
    return {
        "requests": requests,
        "errors": int(row["errors"] or 0),
        "error_rate": int(row["errors"] or 0) / requests if requests else None,
        "fallbacks": int(row["fallbacks"] or 0),
        "escalations": int(row["escalations"] or 0),
        "cost_usd": _money(row["cost_usd"]) if priced else None if requests else 0.0,
        "unpriced_requests": requests - priced,
        "baseline_cost_usd": _money(row["baseline_cost_usd"]),
        "savings_usd": saved,
        "savings_rate": saved / saved_from if saved is not None and saved_from else None,
        **{
            name: int(row[name]) if row[name] is not None else None if requests else 0
            for name in ("input_tokens", "cached_tokens", "output_tokens")
        },
        "latency_ms": {f"p{p}": row.get(f"latency_ms_p{p}") for p in PERCENTILES},
        "first_token_ms": {f"p{p}": row.get(f"first_token_ms_p{p}") for p in PERCENTILES},
        "confidence_mean": row["confidence_mean"],
        "ratings": {"up": int(row["rated_up"] or 0), "down": int(row["rated_down"] or 0)},
    }


def _money(value: Any) -> float | None:
    return None if value is None else float(value)
