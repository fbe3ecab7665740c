"""Calls, as figures are counted from them: the columns of a record that figures need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.selectable import CompoundSelect, FromClause

from .tables import Tables

ANSWERED = frozenset({"ok", "fallback", "escalated", "continued", "cached"})

#: Stretches of time, each from its start up to, not including, its end, in epoch seconds.
Spans = Sequence[tuple[float, float]]

#: A statement asks for this many stretches at most: databases limit how long a condition may be.
_SPANS_AT_ONCE = 50


class Call(NamedTuple):
    """One record. `attempts` is their JSON, None where the call's own columns say all of it:
    a single attempt that worked."""

    seq: int
    turn_id: str
    round: int
    created_at: float
    source: str
    task: str | None
    user_id: str | None
    intent: str | None
    complexity: str | None
    strategy: str | None
    arm: str | None
    backend: str | None
    outcome: str
    error_kind: str | None
    latency_ms: float | None
    first_token_ms: float | None
    input_tokens: int | None
    cached_tokens: int | None
    output_tokens: int | None
    usage_estimated: bool
    cost_usd: float | None
    extra_cost_usd: float | None
    baseline: str | None
    baseline_cost_usd: float | None
    confidence: float | None
    rating: int | None
    attempts: str | None

    @property
    def in_turns(self) -> bool:
        """Whether headline figures count it: a chat through Smart, no task."""
        return self.task is None and self.source == "smart"


async def calls_of(connection: AsyncConnection, tables: Tables, spans: Spans) -> list[Call]:
    """The calls of those stretches, and the other calls of their turns, whenever they came."""
    found: list[Call] = []
    for first in range(0, len(spans), _SPANS_AT_ONCE):
        part = spans[first : first + _SPANS_AT_ONCE]
        found += [Call(*row) for row in await connection.execute(_query(tables, part))]
    if len(spans) <= _SPANS_AT_ONCE:
        return found
    # A turn may have calls in stretches that were asked for apart.
    return list(dict.fromkeys(found))


def of_turns(records: FromClause) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What makes a record one that headline figures count. Said so that SQLite, which keeps no
    statistics, does not walk the index of all that is no task instead of the one of turns."""
    return func.coalesce(records.c.task, "") == "", records.c.source != "direct"


def _query(tables: Tables, spans: Spans) -> CompoundSelect[tuple[object, ...]]:
    c = tables.records.c
    within = or_(*(and_(c.created_at >= start, c.created_at < end) for start, end in spans))
    other = tables.records.alias("other")
    turns = select(other.c.turn_id).where(
        or_(*(and_(other.c.created_at >= start, other.c.created_at < end) for start, end in spans)),
        *of_turns(other),
    )
    outside = and_(*(or_(c.created_at < start, c.created_at >= end) for start, end in spans))
    return (
        _calls(tables)
        .where(within)
        .union_all(_calls(tables).where(c.turn_id.in_(turns), outside, *of_turns(tables.records)))
    )


def _calls(tables: Tables) -> Select[tuple[object, ...]]:
    c = tables.records.c
    simple = and_(c.backend.is_not(None), c.error_kind.is_(None), c.attempt_count <= 1)
    return select(*(c[name] for name in Call._fields[:-1]), case((simple, None), else_=c.attempts))
