"""The request log: pages, one record, and everything in order for an export."""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_, union_all
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

    def alternatives(self) -> Iterator[dict[str, list[str]]]:
        """The same filter as several that exclude each other and each ask a field for one value, so
        that each walks an index in the order of the log. Very many are left together."""
        said = {name: list(dict.fromkeys(map(clean_text, getattr(self, name)))) for name in _EQUAL}
        said = {name: values for name, values in said.items() if values}
        if said.get("source") == ["smart"]:
            # Nearly all are: no index to walk (`conditions` asks for it).
            del said["source"]
        if math.prod(len(values) for values in said.values()) > _MOST_ALTERNATIVES:
            yield said
            return
        for combination in product(*said.values()):
            yield {name: [value] for name, value in zip(said, combination, strict=True)}

    def conditions(self, database: Database, equal: Mapping[str, Sequence[str]]) -> list[ColumnElement[bool]]:
        """What SQL makes of it, with one of the alternatives for the fields that are compared."""
        t = database.tables.records
        found: list[ColumnElement[bool]] = []
        for name, values in equal.items():
            found.append(t.c[name].in_(values) if len(values) > 1 else t.c[name] == values[0])
        if list(self.source) == ["smart"]:
            found.append(t.c.source != "direct")
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

#: More combinations of values than this are one condition, and the whole range is looked through.
_MOST_ALTERNATIVES = 32


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
    found = _found(
        database,
        wanted,
        filter_ or Filter(),
        _before(t, *_position(cursor)) if cursor is not None else (),
        (t.c.created_at.desc(), t.c.seq.desc()),
        limit + 1,
    )
    columns = _brief_columns(t) if brief else list(t.c)
    query = select(*columns).where(t.c.seq.in_(found)).order_by(t.c.created_at.desc(), t.c.seq.desc())
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
    order = (t.c.created_at, t.c.seq)
    after: tuple[ColumnElement[bool], ...] = ()
    while True:
        found = _found(database, wanted, filter_ or Filter(), after, order, batch)
        part = select(t).where(t.c.seq.in_(found)).order_by(*order)
        async with database.reading() as connection:
            rows = (await connection.execute(part)).mappings().all()
        for row in rows:
            yield row_to_record(row)
        if len(rows) < batch:
            return
        after = _after(t, rows[-1]["created_at"], rows[-1]["seq"])


def contains(database: Database, column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    """Whether a text column holds `text`, letter for letter. Not LIKE: Open WebUI replaces
    SQLite's by a slower one of its own, and wildcards would have to be escaped."""
    position = func.instr(column, text) if database.is_sqlite else func.strpos(column, text)
    return position > 0


def _found(
    database: Database,
    wanted: Range,
    filter_: Filter,
    position: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
    limit: int,
) -> Select[Any]:
    """The numbers (`seq`) of the next `limit` records that a filter shows. Long columns are not
    looked at, and no more than `limit` records for each alternative of the filter."""
    c = database.tables.records.c
    within = (c.created_at >= wanted.start, c.created_at < wanted.end, c.temporary.is_(False))
    parts = [
        select(c.created_at, c.seq)
        .where(*within, *position, *filter_.conditions(database, equal))
        .order_by(*order)
        .limit(limit)
        .subquery()
        for equal in filter_.alternatives()
    ]
    if len(parts) == 1:
        return select(parts[0].c.seq)
    every = union_all(*(select(part) for part in parts)).subquery()
    descending = order[0] is not c.created_at
    keys = (every.c.created_at, every.c.seq)
    return select(every.c.seq).order_by(*(key.desc() if descending else key for key in keys)).limit(limit)


def _before(t: FromClause, created_at: float, seq: int) -> tuple[ColumnElement[bool], ...]:
    # Said twice: the first is for the index, which does not hold `seq` in PostgreSQL.
    return t.c.created_at <= created_at, tuple_(t.c.created_at, t.c.seq) < (created_at, seq)


def _after(t: FromClause, created_at: float, seq: int) -> tuple[ColumnElement[bool], ...]:
    return t.c.created_at >= created_at, tuple_(t.c.created_at, t.c.seq) > (created_at, seq)


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
    return [column for column in table.c if column.name not in (*LONG_FIELDS, "prompt", "feedback_id")]


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
