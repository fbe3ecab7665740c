"""Figures of a range: cells for most of it, rows for its ends and for what is newer than the cells."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.selectable import CompoundSelect

from .calls import Spans, calls_of, of_turns
from .cells import AMOUNTS, COUNTS, SUMS, TIMES, Cell
from .cover import DAY, MINUTE, Stock
from .ranges import Range
from .tables import Tables
from .turns import counted

#: Where a cell belongs: number of its bucket (0 when not bucketed), dimension, key.
Place = tuple[int, str, str | None]
Cells = dict[Place, Cell]

#: Rows newer than the cells that an answer reads at most. With more, the cells are being built
#: for the first time, and `behind` says so.
MOST_NEW_ROWS = 5000

#: What a cell consists of.
COLUMNS = (*SUMS, *TIMES)

#: What a sum that was not read says.
NOTHING = (*((name, 0) for name in COUNTS), *((name, None) for name in AMOUNTS))

#: A statement asks for this many stretches at most: databases limit how long one may be.
_STRETCHES_AT_ONCE = 100

#: After so many turns, chats get their turn.
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class State:
    """The one row of `rollup_state`. Rows up to `watermark` (a `seq`) are in the cells; hours from
    `rebuild_from` on are to be derived anew, which then holds the rows up to `rebuild_upto`."""

    version: int
    watermark: int
    minutes_from: int
    frozen_before: int
    rebuild_from: int | None
    rebuild_upto: int
    changed_at: float


@dataclass(frozen=True, slots=True)
class Reader:
    """What there was to answer from a moment ago; for one or several questions in a row.

    `behind` is how many rows neither the cells nor this reader count: 0 but while the cells are
    built for the first time.
    """

    connection: AsyncConnection
    tables: Tables
    stock: Stock
    behind: int = 0

    @classmethod
    async def of(cls, connection: AsyncConnection, tables: Tables) -> Reader:
        """Looks how far the cells are, and what is newer."""
        state = await read_state(connection, tables)
        newest = (await connection.scalar(select(func.max(tables.records.c.seq)))) or 0
        after = max(state.watermark, newest - MOST_NEW_ROWS)
        stale = await stale_minutes(connection, tables, state, after)
        stock = Stock(state.minutes_from, state.frozen_before, frozenset(stale))
        return cls(connection, tables, stock, after - state.watermark)

    async def cells(
        self,
        wanted: Range,
        dimensions: Sequence[str],
        step_s: int | None = None,
        columns: Collection[str] = COLUMNS,
        keys: Collection[str | None] | None = None,
    ) -> Cells:
        """What was counted in a range, by dimension and key, and by buckets of `step_s` seconds.

        A turn counts where it began. `columns`: only these are read, the others of a cell say nothing
        or too little. `keys`: only these.
        """
        cover = self.stock.cover(wanted.start, wanted.end, DAY if step_s is None else step_s)
        found = await stored_cells(
            self.connection, self.tables, cover.cells, dimensions, step_s, columns, keys
        )
        await add_rows(found, self.connection, self.tables, cover.rows, dimensions, step_s)
        if keys is not None:
            found = {place: cell for place, cell in found.items() if place[2] in keys}
        return found

    async def requests_of(self, wanted: Range, dimension: str) -> dict[str | None, int]:
        """How many requests each group of a range had; quicker than its cells, of which it is one number."""
        cover = self.stock.cover(wanted.start, wanted.end, DAY)
        found = await stored_requests(self.connection, self.tables, cover.cells, dimension)
        newer: Cells = {}
        await add_rows(newer, self.connection, self.tables, cover.rows, (dimension,))
        for (_, _, key), cell in newer.items():
            found[key] = found.get(key, 0) + cell.requests
        return found


async def read_state(connection: AsyncConnection, tables: Tables) -> State:
    """How far the cells are."""
    c = tables.rollup_state.c
    query = select(*(c[field.name] for field in fields(State))).where(c.id == 1)
    return State(*(await connection.execute(query)).one())


async def stale_minutes(
    connection: AsyncConnection,
    tables: Tables,
    state: State,
    after: int,
    upto: int | None = None,
    marks: Sequence[int] | None = None,
) -> set[int]:
    """Beginnings of the minutes whose cells the rows after `after` change, and those that marks
    name (all marks when None): those of every call of their turns, for a turn's beginning moves
    when an earlier call of it comes in late."""
    r = tables.records.c
    mark = tables.rollup_marks.c
    late = tables.records.alias("late")
    other = late.c
    new = [and_(column > after, *([] if upto is None else [column <= upto])) for column in (r.seq, other.seq)]
    marked = select(mark.record)
    if marks is not None:
        marked = marked.where(mark.seq.in_(marks))
    turns = (
        select(other.turn_id)
        .where(new[1], *of_turns(late))
        .union(select(other.turn_id).where(other.seq.in_(marked), *of_turns(late)))
    )
    query = (
        select(r.created_at)
        .where(new[0])
        .union(select(r.created_at).where(r.turn_id.in_(turns), *of_turns(tables.records)))
    )
    found = {int(at // MINUTE) * MINUTE for at in await connection.scalars(query)}
    return {minute for minute in found if minute >= state.frozen_before}


async def stored_cells(
    connection: AsyncConnection,
    tables: Tables,
    spans: Mapping[int, Sequence[tuple[int, int]]],
    dimensions: Sequence[str],
    step_s: int | None = None,
    columns: Collection[str] = COLUMNS,
    keys: Collection[str | None] | None = None,
) -> Cells:
    """Stored cells of those stretches, by width, added up. Of `columns` only."""
    found: Cells = {}
    sums = [name for name in SUMS if name in columns]
    times = [name for name in TIMES if name in columns]
    stretches = [(grain, *span) for grain, parts in spans.items() for span in parts]
    for first in range(0, len(stretches), _STRETCHES_AT_ONCE):
        part = stretches[first : first + _STRETCHES_AT_ONCE]
        cells = _cells(tables, part, dimensions, step_s, sums, keys).subquery()
        place = (cells.c.bucket, cells.c.dimension, cells.c.key)
        summed = select(*place, *(func.sum(cells.c[name]).label(name) for name in sums)).group_by(*place)
        for bucket, dimension, key, *stored in (await connection.execute(summed)).all():
            said = dict(zip(sums, stored, strict=True))
            more = [said.get(name, nothing) for name, nothing in NOTHING]
            _cell_at(found, (int(bucket), dimension, key)).add_sums(more)
        if times:
            await asyncio.sleep(0)
            packed = _cells(tables, part, dimensions, step_s, times, keys)
            places = [TIMES.index(name) for name in times]
            for bucket, dimension, key, *stored in (await connection.execute(packed)).all():
                kept = _cell_at(found, (int(bucket), dimension, key)).packed
                for number, histogram in zip(places, stored, strict=True):
                    kept[number].append(histogram)
    return found


async def stored_requests(
    connection: AsyncConnection,
    tables: Tables,
    spans: Mapping[int, Sequence[tuple[int, int]]],
    dimension: str,
) -> dict[str | None, int]:
    """The requests in stored cells of those stretches, by key."""
    found: dict[str | None, int] = {}
    stretches = [(grain, *span) for grain, parts in spans.items() for span in parts]
    for first in range(0, len(stretches), _STRETCHES_AT_ONCE):
        part = stretches[first : first + _STRETCHES_AT_ONCE]
        cells = _cells(tables, part, (dimension,), None, ("requests",), None).subquery()
        counts = select(cells.c.key, func.sum(cells.c.requests)).group_by(cells.c.key)
        for key, requests in await connection.execute(counts):
            found[key] = found.get(key, 0) + int(requests)
    return found


async def add_rows(
    cells: Cells,
    connection: AsyncConnection,
    tables: Tables,
    spans: Spans,
    dimensions: Sequence[str],
    step_s: int | None = None,
) -> None:
    """Count the turns that began in those stretches, from their rows."""
    if not spans:
        return
    calls = await calls_of(connection, tables, spans)
    for number, one in enumerate(counted(calls, dimensions)):
        if number % _AT_ONCE == _AT_ONCE - 1:
            await asyncio.sleep(0)
        if any(start <= one.at < end for start, end in spans):
            bucket = 0 if step_s is None else math.floor(one.at / step_s)
            place = (bucket, one.dimension, one.key)
            _cell_at(cells, place).add(one.line)


def _cell_at(cells: Cells, place: Place) -> Cell:
    cell = cells.get(place)
    if cell is None:
        cell = cells[place] = Cell()
    return cell


def _cells(
    tables: Tables,
    stretches: Sequence[tuple[int, int, int]],
    dimensions: Sequence[str],
    step_s: int | None,
    columns: Sequence[str],
    keys: Collection[str | None] | None,
) -> CompoundSelect[Any]:
    """Stored cells of (grain, start, end) stretches: one search of an index for each."""
    c = tables.rollups.c
    bucket: ColumnElement[Any] = literal(0)
    if step_s is not None:
        bucket = c.start // bindparam("step_s", step_s, type_=BigInteger)
    cells = select(bucket.label("bucket"), c.dimension, c.key, *(c[name] for name in columns))
    if keys is not None:
        named = c.key.in_([key for key in keys if key is not None])
        cells = cells.where(or_(named, c.key.is_(None)) if None in keys else named)
    return union_all(
        *(
            cells.where(c.grain == grain, c.dimension.in_(dimensions), c.start >= start, c.start < end)
            for grain, start, end in stretches
        )
    )
