"""Our tables, in Open WebUI's database, under names of our own and in a metadata of our own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

from .cells import AMOUNTS, COUNTS, TIMES

PREFIX = "smart_router_"

#: A number that counts itself up. SQLite does so only for the type INTEGER.
SEQUENCE = BigInteger().with_variant(Integer(), "sqlite")

#: Longest text in an indexed column: PostgreSQL refuses index entries of some 2,700 bytes and more.
INDEXED_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables as they are after the newest migration.

    `records`: one row per pipe call; attempts, ranking and signals are JSON inside it, so that a
    call is one statement, written whole or not at all. `registry`: every version that was saved.
    `migrations`: the names of those applied. `rollups`: cells, figures that add up (rollups.py);
    the same cell may be in several rows, which are added. `rollup_state`: one row, how far they
    are. `rollup_marks`: records of which something changed that figures count. `model_figures`: every
    table of public figures that took the place of the one that we carry.
    """

    metadata: MetaData
    records: Table
    registry: Table
    migrations: Table
    rollups: Table
    rollup_state: Table
    rollup_marks: Table
    model_figures: Table


@cache
def tables(schema: str | None = None) -> Tables:
    """The tables under `schema`, None being the connection's own."""
    metadata = MetaData(schema=schema)
    return Tables(
        metadata,
        _records(metadata),
        _registry(metadata),
        _migrations(metadata),
        _rollups(metadata),
        _rollup_state(metadata),
        _rollup_marks(metadata),
        _model_figures(metadata),
    )


def _records(metadata: MetaData) -> Table:
    table = Table(
        f"{PREFIX}records",
        metadata,
        # In the order of writing, for whoever reads new rows in batches; `created_at` is not.
        Column("seq", SEQUENCE, primary_key=True),
        Column("id", Text, nullable=False),
        Column("turn_id", Text, nullable=False),
        Column("round", Integer, nullable=False),
        Column("created_at", Double, nullable=False),
        Column("written_at", Double, nullable=False),
        Column("user_id", Text),
        Column("chat_id", Text),
        Column("message_id", Text),
        Column("task", Text),
        Column("source", Text, nullable=False),
        Column("served_by", Text, nullable=False),
        Column("temporary", Boolean, nullable=False),
        Column("intent", Text),
        Column("complexity", Text),
        Column("p_hard", Double),
        Column("confidence", Double),
        Column("language", Text),
        Column("sensitive", Boolean, nullable=False),
        Column("strategy", Text),
        Column("route", Text),
        Column("arm", Text),
        Column("backend", Text),
        Column("outcome", Text, nullable=False),
        Column("error_kind", Text),
        Column("reason", Text, nullable=False),
        Column("attempt_count", Integer, nullable=False),
        Column("latency_ms", Double),
        Column("first_token_ms", Double),
        Column("input_tokens", BigInteger),
        Column("cached_tokens", BigInteger),
        Column("output_tokens", BigInteger),
        Column("usage_estimated", Boolean, nullable=False),
        Column("cost_usd", Double),
        # The part of it that went to attempts which did not give the answer.
        Column("extra_cost_usd", Double),
        Column("cost_source", Text),
        Column("baseline", Text),
        Column("baseline_cost_usd", Double),
        Column("answer_score", Double),
        Column("rating", Integer),
        Column("rating_reason", Text),
        Column("rated_at", Double),
        Column("library_version", Text, nullable=False),
        Column("classifier_version", Text, nullable=False),
        Column("registry_version", Integer, nullable=False),
        Column("schema_version", Integer, nullable=False),
        # What is long comes last: SQLite then reads the figures without following a row's overflow.
        Column("sentence", Text, nullable=False),
        Column("evidence", Text, nullable=False),
        Column("signals", Text, nullable=False),
        Column("attempts", Text, nullable=False),
        Column("ranking", Text, nullable=False),
        Column("prompt", Text),
        # Open WebUI's id of the rating: all that is told when one is taken back.
        Column("feedback_id", Text),
        implicit_returning=False,
    )
    c = table.c
    Index(f"{PREFIX}records_id", c.id, unique=True)
    Index(f"{PREFIX}records_created", c.created_at)
    Index(f"{PREFIX}records_message", c.message_id)
    Index(f"{PREFIX}records_user", c.user_id, c.created_at)
    Index(f"{PREFIX}records_backend", c.backend, c.created_at)
    Index(f"{PREFIX}records_outcome", c.outcome, c.created_at)
    Index(f"{PREFIX}records_error", c.error_kind, c.created_at)
    Index(f"{PREFIX}records_reason", c.reason, c.created_at)
    Index(f"{PREFIX}records_turn", c.turn_id)
    Index(f"{PREFIX}records_intent", c.intent, c.created_at)
    Index(f"{PREFIX}records_task", c.task, c.created_at)
    Index(f"{PREFIX}records_source", c.source, c.created_at)
    Index(f"{PREFIX}records_chat", c.chat_id, c.created_at)
    rated = c.feedback_id.is_not(None)
    Index(f"{PREFIX}records_feedback", c.feedback_id, sqlite_where=rated, postgresql_where=rated)
    return table


def _registry(metadata: MetaData) -> Table:
    return Table(
        f"{PREFIX}registry",
        metadata,
        Column("version", Integer, primary_key=True, autoincrement=False),
        Column("text", Text, nullable=False),
        Column("comment", Text, nullable=False),
        Column("saved_at", Double, nullable=False),
        Column("saved_by", Text),
    )


def _migrations(metadata: MetaData) -> Table:
    return Table(
        f"{PREFIX}migrations",
        metadata,
        Column("name", Text, primary_key=True),
        Column("applied_at", Double, nullable=False),
    )


def _rollups(metadata: MetaData) -> Table:
    table = Table(
        f"{PREFIX}rollups",
        metadata,
        Column("seq", SEQUENCE, primary_key=True),
        # The cell's width in seconds, and where it begins.
        Column("grain", Integer, nullable=False),
        Column("start", BigInteger, nullable=False),
        Column("dimension", Text, nullable=False),
        Column("key", Text),
        *[Column(name, BigInteger, nullable=False) for name in COUNTS],
        *[Column(name, BigInteger if name.endswith("_tokens") else Double) for name in AMOUNTS],
        # Packed histograms (histogram.py).
        *[Column(name, LargeBinary, nullable=False) for name in TIMES],
        implicit_returning=False,
    )
    c = table.c
    Index(f"{PREFIX}rollups_cell", c.grain, c.dimension, c.start)
    Index(f"{PREFIX}rollups_key", c.key)
    return table


def _rollup_state(metadata: MetaData) -> Table:
    return Table(
        f"{PREFIX}rollup_state",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=False),
        # Goes up with every change of the cells: whoever computed from an older one starts over.
        Column("version", BigInteger, nullable=False),
        Column("watermark", BigInteger, nullable=False),
        Column("minutes_from", BigInteger, nullable=False),
        Column("frozen_before", BigInteger, nullable=False),
        Column("rebuild_from", BigInteger),
        Column("rebuild_upto", BigInteger, nullable=False),
        Column("changed_at", Double, nullable=False),
    )


def _rollup_marks(metadata: MetaData) -> Table:
    return Table(
        f"{PREFIX}rollup_marks",
        metadata,
        Column("seq", SEQUENCE, primary_key=True),
        Column("record", BigInteger, nullable=False),
        implicit_returning=False,
    )


def _model_figures(metadata: MetaData) -> Table:
    return Table(
        f"{PREFIX}model_figures",
        metadata,
        Column("version", Integer, primary_key=True, autoincrement=False),
        Column("saved_at", Double, nullable=False),
        Column("saved_by", Text),
        # An address, or a file's name.
        Column("source", Text, nullable=False),
        # None: back to the table that the library carries.
        Column("content", LargeBinary),
    )
