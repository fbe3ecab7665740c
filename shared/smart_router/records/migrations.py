"""Migrations: small functions, each applied once, in this order, and recorded by its name.

A migration is frozen once released: it says what it did then, not what tables.py says now.
A new one is a function `mNNN_what_it_does` at the end of MIGRATIONS.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Double,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    inspect,
    literal,
    null,
    select,
    text,
)

from ..errors import StoreError
from .database import SUPPORTED, Database, store_errors
from .tables import SEQUENCE

Migration = Callable[[Connection, str | None], None]

#: PostgreSQL's advisory locks are numbers; this one is ours, from the letters "SmartRtr".
_LOCK = int.from_bytes(b"SmartRtr", "big") >> 1


def m001_initial(connection: Connection, schema: str | None) -> None:
    """Records and registry versions."""
    metadata = MetaData(schema=schema)
    records = Table(
        "smart_router_records",
        metadata,
        Column("seq", SEQUENCE, primary_key=True),
        *[Column(name, Text, nullable=False) for name in ("id", "turn_id")],
        Column("round", Integer, nullable=False),
        *[Column(name, Double, nullable=False) for name in ("created_at", "written_at")],
        *[Column(name, Text) for name in ("user_id", "chat_id", "message_id", "task")],
        *[Column(name, Text, nullable=False) for name in ("source", "served_by")],
        Column("temporary", Boolean, nullable=False),
        *[Column(name, Text) for name in ("intent", "complexity")],
        *[Column(name, Double) for name in ("p_hard", "confidence")],
        Column("language", Text),
        Column("sensitive", Boolean, nullable=False),
        *[Column(name, Text) for name in ("strategy", "route", "arm", "backend")],
        Column("outcome", Text, nullable=False),
        Column("error_kind", Text),
        Column("reason", Text, nullable=False),
        Column("attempt_count", Integer, nullable=False),
        *[Column(name, Double) for name in ("latency_ms", "first_token_ms")],
        *[Column(name, BigInteger) for name in ("input_tokens", "cached_tokens", "output_tokens")],
        Column("usage_estimated", Boolean, nullable=False),
        *[Column(name, Double) for name in ("cost_usd", "extra_cost_usd")],
        *[Column(name, Text) for name in ("cost_source", "baseline")],
        *[Column(name, Double) for name in ("baseline_cost_usd", "answer_score")],
        Column("rating", Integer),
        Column("rating_reason", Text),
        Column("rated_at", Double),
        *[Column(name, Text, nullable=False) for name in ("library_version", "classifier_version")],
        *[Column(name, Integer, nullable=False) for name in ("registry_version", "schema_version")],
        *[
            Column(name, Text, nullable=False)
            for name in ("sentence", "evidence", "signals", "attempts", "ranking")
        ],
        Column("prompt", Text),
    )
    c = records.c
    Index("smart_router_records_id", c.id, unique=True)
    Index("smart_router_records_created", c.created_at)
    Index("smart_router_records_message", c.message_id)
    Index("smart_router_records_user", c.user_id, c.created_at)
    Index("smart_router_records_backend", c.backend, c.created_at)
    Index("smart_router_records_outcome", c.outcome, c.created_at)
    Index("smart_router_records_error", c.error_kind, c.created_at)
    Index("smart_router_records_reason", c.reason, c.created_at)
    Table(
        "smart_router_registry",
        metadata,
        Column("version", Integer, primary_key=True, autoincrement=False),
        *[Column(name, Text, nullable=False) for name in ("text", "comment")],
        Column("saved_at", Double, nullable=False),
        Column("saved_by", Text),
    )
    metadata.create_all(connection, checkfirst=False)


def m002_rollups(connection: Connection, schema: str | None) -> None:
    """Cells of figures that add up, how far they are, and indexes for the log and for turns."""
    metadata = MetaData(schema=schema)
    records = Table("smart_router_records", metadata, autoload_with=connection)
    rollups = Table(
        "smart_router_rollups",
        metadata,
        Column("seq", SEQUENCE, primary_key=True),
        Column("grain", Integer, nullable=False),
        Column("start", BigInteger, nullable=False),
        Column("dimension", Text, nullable=False),
        Column("key", Text),
        *[
            Column(name, BigInteger, nullable=False)
            for name in (
                *("requests", "errors", "fallbacks", "escalations", "priced", "estimated"),
                *("rated_up", "rated_down", "confidence_count"),
            )
        ],
        *[
            Column(name, Double)
            for name in (
                "cost_usd", "estimated_cost_usd", "baseline_cost_usd", "saved_usd", "saved_from_usd",
            )
        ],
        *[Column(name, BigInteger) for name in ("input_tokens", "cached_tokens", "output_tokens")],
        Column("confidence", Double),
        *[Column(name, LargeBinary, nullable=False) for name in ("latency_ms", "first_token_ms")],
    )  # fmt: skip
    state = Table(
        "smart_router_rollup_state",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=False),
        *[
            Column(name, BigInteger, nullable=False)
            for name in ("version", "watermark", "minutes_from", "frozen_before")
        ],
        Column("rebuild_from", BigInteger),
        Column("rebuild_upto", BigInteger, nullable=False),
        Column("changed_at", Double, nullable=False),
    )
    marks = Table(
        "smart_router_rollup_marks",
        metadata,
        Column("seq", SEQUENCE, primary_key=True),
        Column("record", BigInteger, nullable=False),
    )
    for table in (rollups, state, marks):
        table.create(connection)
    connection.execute(
        state.insert(),
        {
            "id": 1,
            "version": 0,
            "watermark": 0,
            "minutes_from": 0,
            "frozen_before": 0,
            "rebuild_upto": 0,
            "changed_at": 0.0,
        },
    )
    c, r = rollups.c, records.c
    for index in (
        Index("smart_router_rollups_cell", c.grain, c.dimension, c.start),
        Index("smart_router_rollups_key", c.key),
        Index("smart_router_records_turn", r.turn_id),
        Index("smart_router_records_intent", r.intent, r.created_at),
        Index("smart_router_records_task", r.task, r.created_at),
        Index("smart_router_records_source", r.source, r.created_at),
        Index("smart_router_records_chat", r.chat_id, r.created_at),
    ):
        index.create(connection)


def m003_model_figures(connection: Connection, schema: str | None) -> None:
    """Tables of public figures that an administrator loaded."""
    Table(
        "smart_router_model_figures",
        MetaData(schema=schema),
        Column("version", Integer, primary_key=True, autoincrement=False),
        Column("saved_at", Double, nullable=False),
        Column("saved_by", Text),
        Column("source", Text, nullable=False),
        Column("content", LargeBinary),
    ).create(connection)


def m004_feedback(connection: Connection, schema: str | None) -> None:
    """Which of Open WebUI's ratings a record's is, so that it goes when that one is deleted."""
    records = Table("smart_router_records", MetaData(schema=schema), autoload_with=connection)
    name = connection.dialect.identifier_preparer.format_table(records)
    connection.execute(text(f"ALTER TABLE {name} ADD COLUMN feedback_id TEXT"))
    records = Table("smart_router_records", MetaData(schema=schema), autoload_with=connection)
    rated = records.c.feedback_id.is_not(None)
    Index(
        "smart_router_records_feedback",
        records.c.feedback_id,
        sqlite_where=rated,
        postgresql_where=rated,
    ).create(connection)


def m005_baselines(connection: Connection, schema: str | None) -> None:
    """Cells by baseline. Which one the cells that are there were computed with was not kept: their
    baseline cost goes under none, until a rebuild finds it in the rows."""
    rollups = Table("smart_router_rollups", MetaData(schema=schema), autoload_with=connection)
    c = rollups.c
    same = [column for column in c if column.name not in ("seq", "dimension", "key")]
    known = select(*same, literal("baseline"), null()).where(
        c.grain.in_((60, 3600, 86400)), c.dimension == "all", c.baseline_cost_usd.is_not(None)
    )
    connection.execute(
        rollups.insert().from_select([*(column.name for column in same), "dimension", "key"], known)
    )


MIGRATIONS: tuple[Migration, ...] = (
    m001_initial,
    m002_rollups,
    m003_model_figures,
    m004_feedback,
    m005_baselines,
)


async def migrate(database: Database, migrations: Sequence[Migration] = MIGRATIONS) -> list[str]:
    """Apply what has not been applied; the names of those that were. Raises StoreError.

    Two workers may do this at once: whoever is second waits, and then finds nothing left to do.
    """
    if database.dialect not in SUPPORTED:
        raise StoreError(
            f"{database.dialect} is not supported; Smart Router keeps its tables in SQLite or PostgreSQL"
        )
    with store_errors("created"):
        async with database.engine.connect() as connection:
            if not await connection.run_sync(_pending, database, migrations):
                return []
        async with database.engine.connect() as connection:
            # Python's SQLite driver commits by itself before some statements; with AUTOCOMMIT it
            # leaves transactions to us, and tables come to be together with the name of their migration.
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.exec_driver_sql("BEGIN IMMEDIATE" if database.is_sqlite else "BEGIN")
            try:
                applied = await connection.run_sync(_apply, database, migrations)
            except BaseException:
                await connection.exec_driver_sql("ROLLBACK")
                raise
            await connection.exec_driver_sql("COMMIT")
            return applied


def _pending(connection: Connection, database: Database, migrations: Sequence[Migration]) -> list[Migration]:
    table = database.tables.migrations
    if not inspect(connection).has_table(table.name, schema=table.schema):
        return list(migrations)
    applied = set(connection.scalars(select(table.c.name)))
    return [migration for migration in migrations if migration.__name__ not in applied]


def _apply(connection: Connection, database: Database, migrations: Sequence[Migration]) -> list[str]:
    table = database.tables.migrations
    if not database.is_sqlite:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    table.create(connection, checkfirst=True)
    pending = _pending(connection, database, migrations)
    for migration in pending:
        migration(connection, table.schema)
        connection.execute(table.insert(), {"name": migration.__name__, "applied_at": time.time()})
    return [migration.__name__ for migration in pending]
