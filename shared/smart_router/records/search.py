"""Looking for text in records: no index serves it, so that one answer looks through so many at most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from .database import Database
from .encoding import clean_text, to_json_text

#: Some 30 ms of a 2-core machine's time, on SQLite and on PostgreSQL, for records with short texts.
MOST_LOOKED_THROUGH = 20_000

_IDS = ("id", "turn_id", "user_id", "chat_id", "message_id")
_TEXTS = ("sentence", "prompt", "backend")


async def ids_that_are(connection: AsyncConnection, database: Database, q: str) -> tuple[str, ...]:
    """The columns in which some record has `q` as its id: each has an index."""
    table = database.tables.records
    text = clean_text(q)
    hits = [
        select(literal(name)).select_from(table).where(table.c[name] == text).limit(1).subquery()
        for name in _IDS
    ]
    return tuple(await connection.scalars(union_all(*(select(hit) for hit in hits))))


def has_text(database: Database, q: str) -> ColumnElement[bool]:
    """Whether sentence, prompt or backend hold `q`, whatever its case."""
    c = database.tables.records.c
    text = clean_text(q).lower()
    return or_(*(_contains(database, func.lower(c[name]), text) for name in _TEXTS))


def has_attempted(database: Database, backends: Sequence[str]) -> ColumnElement[bool]:
    """Whether one of these backends was called, be it in vain."""
    attempts = database.tables.records.c.attempts
    return or_(*(_contains(database, attempts, f'"backend":{to_json_text(b)},') for b in backends))


def _contains(database: Database, column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    """Whether a text column holds `text`, letter for letter. Not LIKE: Open WebUI replaces
    SQLite's by a slower one of its own, and wildcards would have to be escaped."""
    position = func.instr(column, text) if database.is_sqlite else func.strpos(column, text)
    return position > 0
