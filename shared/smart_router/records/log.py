"""The request log: pages, one record, and everything in order for an export."""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_
from sqlalchemy.sql.selectable import FromClause

from .database import Database
from .encoding import clean_text, to_json_text
from .ranges import Range
from .rows import record_to_json, row_to_record
from .types import Record

#: What a brief list leaves out: read one record to see it.
LONG_FIELDS = ("signals", "evidence", "ranking", "attempts")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records. Several values of one field are alternatives, several fields all hold.

    `backend` gave the answer; `attempted` was called, whether it answered or not. `task` takes
    names of tasks, and `none` for chats, `any` for tasks of every kind. `q` is looked for in
    sentence, prompt and backend, and among the ids.
    """

    backend: Sequence[str] = ()
    attempted: Sequence[str] = ()
    intent: Sequence[str] = ()
    complexity: Sequence[str] = ()
    outcome: Sequence[str] = ()
    error_kind: Sequence[str] = ()
    user_id: Sequence[str] = ()
    chat_id: Sequence[str] = ()
    turn_id: Sequence[str] = ()
    reason: Sequence[str] = ()
    source: Sequence[str] = ()
    task: Sequence[str] = ()
    q: str | None = None

    def conditions(self, database: Database) -> list[ColumnElement[bool]]:
        """What SQL makes of it."""
        t = database.tables.records
        found: list[ColumnElement[bool]] = []
        for name in _EQUAL:
            values = [clean_text(value) for value in getattr(self, name)]
            if values:
                found.append(t.c[name].in_(values) if len(values) > 1 else t.c[name] == values[0])
        if self.attempted:
            found.append(
                or_(
                    *(
                        contains(database, t.c.attempts, f'"backend":{to_json_text(b)},')
                        for b in self.attempted
                    )
                )
            )
        if self.task:
            found.append(or_(*(_task(t.c.task, clean_text(value)) for value in self.task)))
        if self.q:
            found.append(_search(database, clean_text(self.q)))
        return found


_EQUAL = tuple(f.name for f in fields(Filter) if f.name not in ("attempted", "task", "q"))


@dataclass(frozen=True, slots=True)
class Page:
    """Items, newest first, in the interface's `request` shape. `next_cursor` is None on the last page."""

    items: list[dict[str, Any]] = field(default_factory=list)
    next_cursor: str | None = None


async def requests_page(
    database: Database,
    wanted: Range,
    filter_: Filter | None = None,
    cursor: str | None = None,
    limit: int = 50,
    brief: bool = False,
) -> Page:
    """One page of the log, newest first, without temporary chats.

    `cursor` is a page's `next_cursor`: the page goes on from there, however many records came in
    since. `brief` leaves out LONG_FIELDS. Raises ValueError for a cursor that is none of ours.
    """
    t = database.tables.records
    query = _visible(database, wanted, filter_ or Filter())
    if cursor is not None:
        query = query.where(tuple_(t.c.created_at, t.c.seq) < _position(cursor))
    query = query.order_by(t.c.created_at.desc(), t.c.seq.desc()).limit(limit + 1)
    if brief:
        query = query.with_only_columns(*_brief_columns(t))
    async with database.reading() as connection:
        rows = (await connection.execute(query)).mappings().all()
    more = len(rows) > limit
    rows = rows[:limit]
    return Page(
        items=[_brief(row) if brief else record_to_json(row_to_record(row)) for row in rows],
        next_cursor=_cursor(rows[-1]["created_at"], rows[-1]["seq"]) if more else None,
    )


async def one_record(database: Database, record_id: str) -> Record | None:
    """A record with everything in it; None when there is none of that id, or its chat was temporary."""
    t = database.tables.records
    query = select(t).where(t.c.id == clean_text(record_id), t.c.temporary.is_(False))
    async with database.reading() as connection:
        row = (await connection.execute(query)).mappings().first()
    return None if row is None else row_to_record(row)


async def every_record(
    database: Database, wanted: Range, filter_: Filter | None = None, batch: int = 500
) -> AsyncIterator[Record]:
    """All records of a range, oldest first, without temporary chats.

    Read in batches, with no connection held in between: a slow reader keeps nothing busy.
    """
    t = database.tables.records
    query = _visible(database, wanted, filter_ or Filter()).order_by(t.c.created_at, t.c.seq).limit(batch)
    after: tuple[float, int] = (-math.inf, 0)
    while True:
        part = query
        if math.isfinite(after[0]):
            part = query.where(tuple_(t.c.created_at, t.c.seq) > after)
        async with database.reading() as connection:
            rows = (await connection.execute(part)).mappings().all()
        for row in rows:
            yield row_to_record(row)
        if len(rows) < batch:
            return
        after = (rows[-1]["created_at"], rows[-1]["seq"])


def contains(database: Database, column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    """Whether a text column holds `text`, letter for letter. Not LIKE: Open WebUI replaces
    SQLite's by a slower one of its own, and wildcards would have to be escaped."""
    position = func.instr(column, text) if database.is_sqlite else func.strpos(column, text)
    return position > 0


def _visible(database: Database, wanted: Range, filter_: Filter) -> Select[Any]:
    t = database.tables.records
    return select(t).where(
        t.c.created_at >= wanted.start,
        t.c.created_at < wanted.end,
        t.c.temporary.is_(False),
        *filter_.conditions(database),
    )


def _task(column: ColumnElement[Any], value: str) -> ColumnElement[bool]:
    if value == "none":
        return column.is_(None)
    if value == "any":
        return column.is_not(None)
    return column == value


def _search(database: Database, q: str) -> ColumnElement[bool]:
    t = database.tables.records
    ids = [t.c[name] == q for name in ("id", "turn_id", "user_id", "chat_id", "message_id")]
    texts = [
        contains(database, func.lower(t.c[name]), q.lower()) for name in ("sentence", "prompt", "backend")
    ]
    return or_(*ids, *texts)


def _brief_columns(table: FromClause) -> list[ColumnElement[Any]]:
    return [column for column in table.c if column.name not in (*LONG_FIELDS, "prompt")]


def _brief(row: Any) -> dict[str, Any]:
    empty = {"signals": None, "evidence": None, "ranking": None, "attempts": None, "prompt": None}
    item = record_to_json(row_to_record({**row, **empty}))
    for name in LONG_FIELDS:
        del item[name]
    item["attempt_count"] = row["attempt_count"]
    return item


def _cursor(created_at: float, seq: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([created_at, seq]).encode()).decode().rstrip("=")


def _position(cursor: str) -> tuple[float, int]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        created_at, seq = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        if not isinstance(seq, int) or isinstance(seq, bool) or not math.isfinite(created_at):
            raise ValueError
        if not 0 <= seq < 2**63:
            raise ValueError
        return float(created_at), seq
    except (ValueError, TypeError, binascii.Error, RecursionError, OverflowError):
        raise ValueError("cursor: not one of ours; leave it out to begin at the newest") from None
