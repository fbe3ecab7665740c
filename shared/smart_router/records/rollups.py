"""Rollups: cells derived from committed rows, a watermark behind, by whoever holds the lease.

A row that came in dirties the minutes of its turn. Those minutes are counted anew from their rows,
their hours and days from what lies below them, and the watermark moves on. Counting anew instead
of adding makes every step repeatable: a round that comes in late, a rating, a step that broke off
half-way all end in the same cells. Readers count what is past the watermark from the rows, so that
an answer never waits for a step.

The watermark is a `seq`. SQLite commits rows in that order. PostgreSQL does not: a transaction may
take its number first and commit last. There, rows count as settled SETTLED_S after they were sent,
longer than the writer lets a commit take; until then every reader takes them from the rows.

Whoever changes cells raises `version` in the same transaction, and only from the one that was read
before counting. Two who work at once, although there is a lease, thus never mix.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import delete, func, insert, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from ..ports import Clock
from .cells import Cell
from .cover import DAY, GRAINS, HOUR, MINUTE, joined
from .database import Database
from .reading import Cells, State, add_rows, read_state, stale_minutes, stored_cells
from .tables import Tables
from .turns import ALL, DIMENSIONS, DIRECT, TASK

#: Minutes are kept for this long: the ranges that are drawn by the minute, and their previous periods.
MINUTES_KEPT_S = 3 * DAY

#: The writer gives a commit up after 30 s; workers' clocks may differ a little.
SETTLED_S = 35.0

_ROWS_AT_ONCE = 1000
_HOURS_AT_ONCE = 24
#: Old cells that are deleted in one transaction.
_PRUNED_AT_ONCE = 2000


class Overtaken(Exception):
    """Somebody else changed the cells since we read."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the cells are. `behind` counts rows that are not in them yet; `rebuild_from` is where
    a rebuild is, epoch seconds, None when there is none; `until` is where it ends."""

    behind: int
    rebuild_from: int | None
    until: int

    @property
    def done(self) -> bool:
        return self.behind == 0 and self.rebuild_from is None


class Rollups:
    """Derives the cells. Every method raises StoreError when the database does not do what it should."""

    def __init__(self, database: Database, now: Clock) -> None:
        self._database = database
        self._tables = database.tables
        self._now = now

    async def step(self) -> bool:
        """One small part of what is to be done; True when there is more.

        Also False when somebody else was faster: they do the rest.
        """
        try:
            async with self._database.reading() as connection:
                state = await read_state(connection, self._tables)
            state = await self._forget_minutes(state)
            if state.rebuild_from is not None:
                return await self._rebuild(state)
            return await self._take_new_rows(state)
        except Overtaken:
            return False

    async def request_rebuild(self) -> None:
        """Have the next steps count everything anew, as far back as there are rows."""
        s, c = self._tables.rollup_state, self._tables.records.c
        newest = select(c.seq).where(c.written_at <= self._settled_at()).order_by(c.seq.desc()).limit(1)
        async with self._database.writing() as connection:
            upto = (await connection.scalar(newest)) or 0
            await connection.execute(
                update(s)
                .where(s.c.id == 1)
                .values(rebuild_from=s.c.frozen_before, rebuild_upto=upto, version=s.c.version + 1)
            )

    async def progress(self) -> Progress:
        """How far the cells are, counted without reading rows."""
        c = self._tables.records.c
        async with self._database.reading() as connection:
            state = await read_state(connection, self._tables)
            settled, _ = await self._settled(connection, state, 1)
            newest = (await connection.scalar(select(func.max(c.seq)))) or 0
        return Progress(newest - state.watermark if settled else 0, state.rebuild_from, self._this_hour())

    def _this_hour(self) -> int:
        return int(self._now() // HOUR) * HOUR

    def _settled_at(self) -> float:
        """Rows that were sent until then are committed, or never will be."""
        return 1e11 if self._database.is_sqlite else self._now() - SETTLED_S

    async def _settled(self, connection: AsyncConnection, state: State, most: int) -> tuple[int | None, bool]:
        """The last of the next `most` rows that are settled, None when there is none; and whether it
        is as many as that."""
        c = self._tables.records.c
        query = select(c.seq, c.written_at).where(c.seq > state.watermark).order_by(c.seq).limit(most)
        upto: int | None = None
        latest = self._settled_at()
        count = 0
        for seq, written_at in await connection.execute(query):
            if written_at > latest:
                break
            upto, count = seq, count + 1
        return upto, count == most

    async def _take_new_rows(self, state: State) -> bool:
        marks = self._tables.rollup_marks.c
        async with self._database.reading() as connection:
            upto, full = await self._settled(connection, state, _ROWS_AT_ONCE)
            marked = list(
                await connection.scalars(select(marks.seq).order_by(marks.seq).limit(_ROWS_AT_ONCE))
            )
            if upto is None and not marked:
                return False
            upto = state.watermark if upto is None else upto
            minutes = await stale_minutes(connection, self._tables, state, state.watermark, upto, marked)
        hours: dict[int, set[int]] = {}
        for minute in minutes:
            hours.setdefault(minute - minute % HOUR, set()).add(minute)
        for hour in sorted(hours):
            state = await self._count_hour(state, hour, hours[hour])
        for day in sorted({hour - hour % DAY for hour in hours}):
            state = await self._add_up_day(state, day)
        async with self._database.writing() as connection:
            await self._claim(connection, state, watermark=upto)
            await connection.execute(delete(self._tables.rollup_marks).where(marks.seq.in_(marked)))
        return full or len(marked) == _ROWS_AT_ONCE

    async def _rebuild(self, state: State) -> bool:
        """Count the next hours anew, those without rows included: there may be cells all the same."""
        hour = await self._next_hour(max(state.rebuild_from or 0, state.frozen_before))
        for _ in range(_HOURS_AT_ONCE):
            if hour is None:
                async with self._database.writing() as connection:
                    # What was committed before all hours were counted is in them.
                    upto = max(state.watermark, state.rebuild_upto)
                    await self._claim(connection, state, rebuild_from=None, rebuild_upto=0, watermark=upto)
                break
            state = await self._count_hour(state, hour, None)
            following = await self._next_hour(hour + HOUR)
            day = hour - hour % DAY
            if following is None or following >= day + DAY:
                state = await self._add_up_day(state, day, rebuild_from=hour + HOUR)
            hour = following
        return True

    async def _next_hour(self, at: int) -> int | None:
        """The first hour from `at` on of which there are rows or cells."""
        r, c = self._tables.records.c, self._tables.rollups.c
        starts = [
            select(func.min(c.start)).where(c.grain == grain, c.dimension == dimension, c.start >= at)
            for grain in GRAINS
            for dimension in (ALL, TASK, DIRECT)
        ]
        async with self._database.reading() as connection:
            row = await connection.scalar(select(func.min(r.created_at)).where(r.created_at >= at))
            found = list(await connection.scalars(union_all(*starts)))
        times = [time for time in (row, *found) if time is not None]
        return int(min(times) // HOUR) * HOUR if times else None

    async def _count_hour(self, state: State, hour: int, minutes: set[int] | None) -> State:
        """Count an hour anew from its rows; only those `minutes` of it, where minutes are kept."""
        fresh: Cells = {}
        whole: Cells = {}
        by_minute = hour >= state.minutes_from
        if not by_minute or minutes is None:
            minutes = set(range(hour, hour + HOUR, MINUTE))
        kept = joined((at, at + MINUTE) for at in range(hour, hour + HOUR, MINUTE) if at not in minutes)
        rows = joined((at, at + MINUTE) for at in minutes)
        async with self._database.reading() as connection:
            if kept:
                spans = {MINUTE: [(int(start), int(end)) for start, end in kept]}
                whole = await stored_cells(connection, self._tables, spans, DIMENSIONS, HOUR)
            await add_rows(fresh, connection, self._tables, rows, DIMENSIONS, MINUTE if by_minute else HOUR)
        for (_, dimension, key), cell in fresh.items():
            whole.setdefault((hour // HOUR, dimension, key), Cell()).merge(cell)
        async with self._database.writing() as connection:
            state = await self._claim(connection, state)
            if by_minute:
                await self._replace(connection, MINUTE, minutes, fresh)
            await self._replace(connection, HOUR, [hour], whole)
        return state

    async def _add_up_day(self, state: State, day: int, **changes: Any) -> State:
        """A day's cells from its hours, which outlive the rows."""
        async with self._database.reading() as connection:
            spans = {HOUR: [(day, day + DAY)]}
            cells = await stored_cells(connection, self._tables, spans, DIMENSIONS, DAY)
        async with self._database.writing() as connection:
            state = await self._claim(connection, state, **changes)
            await self._replace(connection, DAY, [day], cells)
        return state

    async def _replace(
        self, connection: AsyncConnection, grain: int, starts: Iterable[int], cells: Cells
    ) -> None:
        table = self._tables.rollups
        c = table.c
        await connection.execute(
            delete(table).where(c.grain == grain, c.dimension.in_(DIMENSIONS), c.start.in_(sorted(starts)))
        )
        rows = [
            {"grain": grain, "start": bucket * grain, "dimension": dimension, "key": key, **cell.to_row()}
            for (bucket, dimension, key), cell in cells.items()
        ]
        if rows:
            await connection.execute(insert(table), rows)

    async def _claim(self, connection: AsyncConnection, state: State, **changes: Any) -> State:
        """Begin to change cells, computed from what `state` said. Raises Overtaken."""
        s = self._tables.rollup_state
        values = {"version": state.version + 1, "changed_at": self._now(), **changes}
        claim = update(s).where(s.c.id == 1, s.c.version == state.version).values(values)
        if (await connection.execute(claim)).rowcount != 1:
            raise Overtaken
        return replace(state, **values)

    async def _forget_minutes(self, state: State) -> State:
        """Let minutes go that are too old. Deleted is only what was already out of use since the
        last time: whoever is reading now may have looked before."""
        wanted = int((self._now() - MINUTES_KEPT_S) // HOUR) * HOUR
        if wanted <= state.minutes_from:
            return state
        c = self._tables.rollups.c
        old = (
            select(c.seq)
            .where(c.grain == MINUTE, c.dimension.in_(DIMENSIONS), c.start < state.minutes_from)
            .limit(_PRUNED_AT_ONCE)
        )
        pruned = _PRUNED_AT_ONCE
        while pruned == _PRUNED_AT_ONCE:
            async with self._database.writing() as connection:
                result = await connection.execute(delete(self._tables.rollups).where(c.seq.in_(old)))
            pruned = result.rowcount
        async with self._database.writing() as connection:
            return await self._claim(connection, state, minutes_from=wanted)


async def mark(connection: AsyncConnection, tables: Tables, *records: int) -> None:
    """Something of these records (by `seq`) changed that figures count: their cells are counted anew."""
    await connection.execute(insert(tables.rollup_marks), [{"record": record} for record in records])


async def freeze(connection: AsyncConnection, tables: Tables, before: float) -> None:
    """Rows of before a time are about to be deleted: the cells of their hours stay as they are."""
    s = tables.rollup_state
    hour = math.ceil(before / HOUR) * HOUR
    await connection.execute(
        update(s)
        .where(s.c.id == 1, s.c.frozen_before < hour)
        .values(frozen_before=hour, version=s.c.version + 1)
    )


async def lower_watermark(connection: AsyncConnection, tables: Tables) -> None:
    """After rows were deleted: SQLite gives the number of a deleted last row to the next one."""
    s = tables.rollup_state
    newest = select(func.coalesce(func.max(tables.records.c.seq), 0)).scalar_subquery()
    await connection.execute(
        update(s).where(s.c.id == 1, s.c.watermark > newest).values(watermark=newest, version=s.c.version + 1)
    )


async def forget_user(connection: AsyncConnection, tables: Tables, user_id: str) -> None:
    """What a person did stays counted, under nobody. Cells that were being computed meanwhile are
    thrown away."""
    s, c = tables.rollup_state, tables.rollups.c
    await connection.execute(update(s).where(s.c.id == 1).values(version=s.c.version + 1))
    await connection.execute(
        update(tables.rollups).where(c.dimension == "user", c.key == user_id).values(key=None)
    )
