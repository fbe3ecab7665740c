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

from sqlalchemy import ColumnElement, Select, or_, select, tuple_, union, union_all
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.selectable import FromClause

from .database import Database
from .encoding import clean_text
from .ranges import Range
from .rows import record_to_json, row_to_record
from .search import MOST_LOOKED_THROUGH, has_attempted, has_text, ids_that_are
from .types import Record

#: What a brief list leaves out: read one record to see it.
LONG_FIELDS = ("signals", "evidence", "ranking", "attempts")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records. Several values of one field are alternatives, several fields all hold.

    `backend` gave the answer; `attempted` was called, whether it answered or not. `task` takes
    names of tasks, and `none` for chats, `any` for tasks of every kind. `q` is an id where some
    record has it as one; else it is looked for in sentence, prompt and backend.
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
        if self.task:
            found.append(or_(*(_task(t.c.task, clean_text(value)) for value in self.task)))
        return found

    def looked_for(self, database: Database, ids: Sequence[str]) -> list[ColumnElement[bool]]:
        """What no index serves. `ids`: columns that have `q` as an id; it is no text then."""
        found = [has_attempted(database, self.attempted)] if self.attempted else []
        return [*found, has_text(database, self.q)] if self.q and not ids else found


_EQUAL = tuple(f.name for f in fields(Filter) if f.name not in ("attempted", "task", "q"))

#: More combinations of values than this are one condition, and the whole range is looked through.
_MOST_ALTERNATIVES = 32


@dataclass(frozen=True, slots=True)
class Page:
    """Items, newest first, in the interface's `request` shape. `next_cursor` is None on the last page.

    `searched_to`, epoch seconds: older records were not looked through yet, because there are too
    many for one answer; the next page goes on from there. None: nothing was left out.
    """

    items: list[dict[str, Any]] = field(default_factory=list)
    next_cursor: str | None = None
    searched_to: float | None = None


async def requests_page(
    database: Database,
    wanted: Range,
    filter_: Filter | None = None,
    cursor: str | None = None,
    limit: int = 50,
    brief: bool = False,
    most: int = MOST_LOOKED_THROUGH,
) -> Page:
    """One page of the log, newest first, without temporary chats.

    `cursor` is a page's `next_cursor`: the page goes on from there, however many records came in
    since. `brief` leaves out LONG_FIELDS. Where a filter looks for text, `most` records are looked
    through. Raises ValueError for a cursor that is none of ours.
    """
    t = database.tables.records
    position = _before(t, *_position(cursor)) if cursor is not None else ()
    columns = _brief_columns(t) if brief else list(t.c)
    async with database.reading() as connection:
        part = await _Part.of(connection, database, wanted, filter_ or Filter(), descending=True)
        end = await part.end_of_search(connection, position, most)
        within = position if end is None else (*position, *_not_before(t, *end))
        found = select(*columns).where(t.c.seq.in_(part.found(within, limit + 1)))
        rows = (await connection.execute(found.order_by(*part.order))).mappings().all()
    more = len(rows) > limit
    rows = rows[:limit]
    items = [_brief(row) if brief else record_to_json(row_to_record(row)) for row in rows]
    if more:
        return Page(items, _cursor(rows[-1]["created_at"], rows[-1]["seq"]))
    return Page(items) if end is None else Page(items, _cursor(*end), end[0])


async def one_record(database: Database, record_id: str) -> Record | None:
    """A record with everything in it; None when there is none of that id, or its chat was temporary."""
    t = database.tables.records
    query = select(t).where(t.c.id == clean_text(record_id), t.c.temporary.is_(False))
    async with database.reading() as connection:
        row = (await connection.execute(query)).mappings().first()
    return None if row is None else row_to_record(row)


async def every_record(
    database: Database,
    wanted: Range,
    filter_: Filter | None = None,
    batch: int = 500,
    most: int = MOST_LOOKED_THROUGH,
) -> AsyncIterator[Record]:
    """All records of a range, oldest first, without temporary chats.

    Read in batches, with no connection held in between: a slow reader keeps nothing busy. Where a
    filter looks for text, a batch looks through `most` records.
    """
    t = database.tables.records
    after: tuple[ColumnElement[bool], ...] = ()
    while True:
        async with database.reading() as connection:
            part = await _Part.of(connection, database, wanted, filter_ or Filter(), descending=False)
            end = await part.end_of_search(connection, after, most)
            within = after if end is None else (*after, *_not_after(t, *end))
            found = select(t).where(t.c.seq.in_(part.found(within, batch)))
            rows = (await connection.execute(found.order_by(*part.order))).mappings().all()
        for row in rows:
            yield row_to_record(row)
        if len(rows) == batch:
            after = _after(t, rows[-1]["created_at"], rows[-1]["seq"])
        elif end is not None:
            after = _after(t, *end)
        else:
            return


@dataclass(frozen=True, slots=True)
class _Part:
    """The records of a range that a filter shows, in one order. `ids`: columns that have `q` as an id."""

    database: Database
    wanted: Range
    filter_: Filter
    ids: tuple[str, ...]
    descending: bool

    @classmethod
    async def of(
        cls, connection: AsyncConnection, database: Database, wanted: Range, filter_: Filter, descending: bool
    ) -> _Part:
        ids = await ids_that_are(connection, database, filter_.q) if filter_.q else ()
        return cls(database, wanted, filter_, ids, descending)

    @property
    def order(self) -> tuple[ColumnElement[Any], ...]:
        c = self.database.tables.records.c
        return (c.created_at.desc(), c.seq.desc()) if self.descending else (c.created_at, c.seq)

    def found(self, within: Sequence[ColumnElement[bool]], limit: int) -> Select[Any]:
        """The numbers (`seq`) of the next `limit` records. Long columns are not looked at but where
        text is looked for, and no more than `limit` records for each alternative of the filter."""
        looked_for = self.filter_.looked_for(self.database, self.ids)
        parts = [part.limit(limit).subquery() for part in self._walks((*within, *looked_for))]
        if len(parts) == 1:
            return select(parts[0].c.seq)
        # A record may have the same id in two columns.
        together = union if self.ids else union_all
        every = together(*(select(part) for part in parts)).subquery()
        keys = (every.c.created_at, every.c.seq)
        order = (key.desc() for key in keys) if self.descending else keys
        return select(every.c.seq).order_by(*order).limit(limit)

    async def end_of_search(
        self, connection: AsyncConnection, within: Sequence[ColumnElement[bool]], most: int
    ) -> tuple[float, int] | None:
        """The last record, by time and number, that may be looked through for text; None where all
        may, or nothing is looked for."""
        if not self.filter_.looked_for(self.database, self.ids):
            return None
        walks = list(self._walks(within))
        last = max(1, most // len(walks)) - 1
        ends = [select(walk.limit(1).offset(last).subquery()) for walk in walks]
        rows = await connection.execute(ends[0] if len(ends) == 1 else union_all(*ends))
        found = [(float(at), int(seq)) for at, seq in rows]
        if not found:
            return None
        return max(found) if self.descending else min(found)

    def _walks(self, conditions: Sequence[ColumnElement[bool]]) -> Iterator[Select[Any]]:
        """Each walks an index in the order of the log, over what the filter asks for by value."""
        c = self.database.tables.records.c
        in_range = (c.created_at >= self.wanted.start, c.created_at < self.wanted.end, c.temporary.is_(False))
        named = [[c[name] == clean_text(self.filter_.q or "")] for name in self.ids] or [[]]
        for equal in self.filter_.alternatives():
            said = self.filter_.conditions(self.database, equal)
            for id_is in named:
                where = (*in_range, *conditions, *said, *id_is)
                yield select(c.created_at, c.seq).where(*where).order_by(*self.order)


def _before(t: FromClause, created_at: float, seq: int) -> tuple[ColumnElement[bool], ...]:
    # Said twice: the first is for the index, which does not hold `seq` in PostgreSQL.
    return t.c.created_at <= created_at, tuple_(t.c.created_at, t.c.seq) < (created_at, seq)


def _after(t: FromClause, created_at: float, seq: int) -> tuple[ColumnElement[bool], ...]:
    return t.c.created_at >= created_at, tuple_(t.c.created_at, t.c.seq) > (created_at, seq)


def _not_before(t: FromClause, created_at: float, seq: int) -> tuple[ColumnElement[bool], ...]:
    return t.c.created_at >= created_at, tuple_(t.c.created_at, t.c.seq) >= (created_at, seq)


def _not_after(t: FromClause, created_at: float, seq: int) -> tuple[ColumnElement[bool], ...]:
    return t.c.created_at <= created_at, tuple_(t.c.created_at, t.c.seq) <= (created_at, seq)


def _task(column: ColumnElement[Any], value: str) -> ColumnElement[bool]:
    if value == "none":
        return column.is_(None)
    if value == "any":
        return column.is_not(None)
    return column == value


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
