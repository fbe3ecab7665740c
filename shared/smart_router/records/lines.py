"""What figures are counted from: one line per call, or one per backend that a call went to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Double,
    Integer,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    not_,
    null,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.selectable import Subquery

from .tables import Tables

ANSWERED = ("ok", "fallback", "escalated", "continued", "cached")


def call_lines(tables: Tables) -> Subquery:
    """One line per call from `:start` to `:end`: chats through Smart, no tasks."""
    t = tables.records
    query = select(
        t.c.turn_id, t.c.round, t.c.created_at, t.c.intent, t.c.complexity, t.c.strategy, t.c.arm,
        t.c.outcome,
        _flag(t.c.outcome.in_(ANSWERED)).label("answered"),
        _flag(t.c.outcome == "failed").label("failed"),
        _flag(t.c.outcome == "fallback").label("fallback"),
        _flag(t.c.outcome == "escalated").label("escalated"),
        t.c.cost_usd, t.c.baseline_cost_usd, t.c.latency_ms, t.c.first_token_ms,
        t.c.input_tokens, t.c.cached_tokens, t.c.output_tokens, t.c.confidence, t.c.rating,
    )  # fmt: skip
    return query.where(*_counted(tables)).subquery("lines")


def backend_lines(tables: Tables, sqlite: bool) -> Subquery:
    """One line per attempt of those calls, under the backend that it went to.

    Most calls are a single attempt that worked, and say all of it in their own columns. Only the
    others are taken apart. The attempt that gave the answer has the call's cost less what the
    others cost, so that the backends' costs add up to the whole.
    """
    t = tables.records
    simple = and_(t.c.backend.is_not(None), t.c.error_kind.is_(None), t.c.attempt_count <= 1)
    counted = _counted(tables)
    whole = select(
        t.c.turn_id, t.c.round, t.c.created_at, t.c.backend,
        literal_column("0", Integer).label("failed"),
        literal_column("0", Integer).label("fallback"),
        literal_column("0", Integer).label("escalated"),
        t.c.cost_usd, t.c.baseline_cost_usd,
        case((t.c.outcome.in_(ANSWERED), t.c.latency_ms)).label("latency_ms"),
        t.c.first_token_ms,
        t.c.input_tokens, t.c.cached_tokens, t.c.output_tokens, t.c.confidence, t.c.rating,
    )  # fmt: skip
    whole = whole.where(*counted, simple)
    return union_all(whole, _taken_apart(tables, sqlite).where(*counted, not_(simple))).subquery("lines")


def _taken_apart(tables: Tables, sqlite: bool) -> Select[Any]:
    t = tables.records
    if sqlite:
        each = func.json_each(t.c.attempts).table_valued("key", "value", name="attempt")
        last = cast(each.c.key, Integer) == t.c.attempt_count - 1
    else:
        each = (
            func.jsonb_array_elements(cast(t.c.attempts, JSONB))
            .table_valued("value", with_ordinality="key", name="attempt")
            .render_derived()
        )
        last = cast(each.c.key, Integer) == t.c.attempt_count

    def value(name: str) -> SQLColumnExpression[Any]:
        if sqlite:
            return func.json_extract(each.c.value, f"$.{name}")
        return each.c.value.op("->>")(name)

    worked = and_(last, value("error_kind").is_(None))

    def answers(found: Any) -> ColumnElement[Any]:
        return case((worked, found), else_=null())

    query = select(
        t.c.turn_id, t.c.round, t.c.created_at, value("backend").label("backend"),
        # A user who stops an answer is no fault of the backend's.
        _flag(and_(value("error_kind").is_not(None), value("error_kind") != "cancelled")).label("failed"),
        _flag(value("purpose") == "fallback").label("fallback"),
        _flag(value("purpose") == "escalation").label("escalated"),
        case(
            (worked, t.c.cost_usd - func.coalesce(t.c.extra_cost_usd, 0.0)),
            else_=cast(value("cost_usd"), Double),
        ).label("cost_usd"),
        answers(t.c.baseline_cost_usd).label("baseline_cost_usd"),
        answers(cast(value("duration_ms"), Double)).label("latency_ms"),
        answers(cast(value("first_token_ms"), Double)).label("first_token_ms"),
        cast(value("input_tokens"), BigInteger).label("input_tokens"),
        cast(value("cached_tokens"), BigInteger).label("cached_tokens"),
        cast(value("output_tokens"), BigInteger).label("output_tokens"),
        answers(t.c.confidence).label("confidence"),
        answers(t.c.rating).label("rating"),
    )  # fmt: skip
    return query.select_from(t.join(each, true()))


def _counted(tables: Tables) -> tuple[ColumnElement[bool], ...]:
    c = tables.records.c
    return (
        c.created_at >= bindparam("start", type_=Double),
        c.created_at < bindparam("end", type_=Double),
        c.task.is_(None),
        c.source == "smart",
    )


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)
