"""Rollups: the cells say what the rows say, whatever happens to the rows, and whoever derives them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from smart_router.records import Record, Store
from smart_router.records.cover import DAY, HOUR, MINUTE
from smart_router.records.ranges import Range
from smart_router.records.reading import MOST_NEW_ROWS, Cells, Reader, add_rows, read_state
from smart_router.records.rollups import MINUTES_KEPT_S, SETTLED_S, Overtaken
from smart_router.records.rows import record_to_row
from smart_router.records.summary import figures_by, summary
from smart_router.records.turns import DIMENSIONS
from tests.support.records import AT, Clock, record, roll_up
from tests.support.records import DAY as TRAFFIC

from .test_figures import close, traffic

#: A full hour after the samples' traffic.
NOW = (TRAFFIC.end // HOUR + 1) * HOUR
ALL_OF_IT = Range(NOW - 5 * DAY, NOW + DAY)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
async def timed(store: Store, engine: AsyncEngine, clock: Clock) -> AsyncIterator[Store]:
    """A store whose clock the test moves, on the tables of `store`."""
    timed = Store(engine, now=clock)
    await timed.open()
    yield timed
    await timed.close()


def figures_of(cells: Cells) -> dict[Any, Any]:
    return {place: cell.figures() for place, cell in cells.items()}


async def from_rows(store: Store, wanted: Range = ALL_OF_IT) -> dict[Any, Any]:
    found: Cells = {}
    async with store.database.reading() as connection:
        await add_rows(found, connection, store.database.tables, [(wanted.start, wanted.end)], DIMENSIONS)
    return figures_of(found)


async def from_cells(store: Store, wanted: Range = ALL_OF_IT) -> dict[Any, Any]:
    """Of cells alone: the range must begin and end where cells do, and nothing may be pending."""
    async with store.database.reading() as connection:
        reader = await Reader.of(connection, store.database.tables)
        assert reader.stock.cover(wanted.start, wanted.end).rows == []
        return figures_of(await reader.cells(wanted, DIMENSIONS))


def differences(found: dict[Any, Any], wanted: dict[Any, Any]) -> dict[Any, Any]:
    return {
        place: (found.get(place), wanted.get(place))
        for place in found.keys() | wanted.keys()
        if not (place in found and place in wanted and close(found[place], wanted[place]))
    }


async def state_of(store: Store) -> Any:
    async with store.database.reading() as connection:
        return await read_state(connection, store.database.tables)


async def count(store: Store, grain: int | None = None) -> int:
    t = store.database.tables.rollups
    query = select(func.count()).select_from(t)
    async with store.database.reading() as connection:
        return int(await connection.scalar(query if grain is None else query.where(t.c.grain == grain)) or 0)


async def test_cells_say_what_rows_say(timed: Store, clock: Clock) -> None:
    await timed.write_many([*traffic(80, seed=7), record("d", source="direct", created_at=AT)])
    await roll_up(timed, clock)
    assert differences(await from_cells(timed), await from_rows(timed)) == {}
    # By the hour and by the minute, too.
    for width in (HOUR, MINUTE):
        start = AT // width * width
        part = Range(start, start + 10 * width)
        assert differences(await from_cells(timed, part), await from_rows(timed, part)) == {}


async def test_traffic_that_comes_in_while_it_is_derived_ends_in_the_same_cells(
    timed: Store, clock: Clock
) -> None:
    records = sorted(traffic(60, seed=8), key=lambda one: one.id)
    for first in range(0, len(records), 20):
        await timed.write_many(records[first : first + 20])
        await roll_up(timed, clock)
        assert differences(await from_cells(timed), await from_rows(timed)) == {}


async def test_a_rebuild_repairs_every_cell(timed: Store, clock: Clock) -> None:
    await timed.write_many(traffic(60, seed=9))
    await roll_up(timed, clock)
    t = timed.database.tables.rollups
    async with timed.database.writing() as connection:
        await connection.execute(update(t).where(t.c.seq % 3 == 0).values(requests=1000, cost_usd=None))
        await connection.execute(delete(t).where(t.c.seq % 3 == 1))
        # An hour of which there are no rows.
        row = (await connection.execute(select(t).where(t.c.grain == HOUR, t.c.dimension == "all"))).first()
        assert row is not None
        stray = {**row._mapping, "start": row.start - 3 * DAY}
        del stray["seq"]
        await connection.execute(insert(t), [stray])
    assert differences(await from_cells(timed), await from_rows(timed)) != {}
    await timed.rollups.request_rebuild()
    assert not (await timed.rollups.progress()).done
    await roll_up(timed, clock)
    assert (await timed.rollups.progress()).done
    assert differences(await from_cells(timed), await from_rows(timed)) == {}
    for width in (HOUR, MINUTE):
        start = AT // width * width
        part = Range(start, start + 10 * width)
        assert differences(await from_cells(timed, part), await from_rows(timed, part)) == {}


async def test_a_rebuild_that_was_broken_off_goes_on(timed: Store, clock: Clock) -> None:
    await timed.write_many(traffic(60, seed=10))
    await roll_up(timed, clock)
    t = timed.database.tables.rollups
    async with timed.database.writing() as connection:
        await connection.execute(delete(t))
    await timed.rollups.request_rebuild()
    assert await timed.rollups.step()
    again = Store(timed.database.engine, now=clock)
    await roll_up(again, clock)
    assert differences(await from_cells(timed), await from_rows(timed)) == {}
    await again.close()


async def test_two_runners_at_once_count_nothing_twice(timed: Store, clock: Clock) -> None:
    records = traffic(120, seed=11)
    others = [Store(timed.database.engine, now=clock) for _ in range(2)]
    for first in range(0, len(records), 60):
        await timed.write_many(records[first : first + 60])
        clock.at += 60
        # Each goes on where another was faster, as a runner does in its next round.
        async with asyncio.timeout(30):
            while not (await timed.rollups.progress()).done:
                await asyncio.gather(*(store.rollups.step() for store in (timed, *others)))
    assert differences(await from_cells(timed), await from_rows(timed)) == {}
    for store in others:
        await store.close()


async def test_a_runner_that_was_overtaken_changes_nothing(timed: Store, clock: Clock) -> None:
    await timed.write_many([record("a", created_at=AT)])
    clock.at += 60
    overtaken = timed.rollups
    seen = await state_of(timed)
    await Store(timed.database.engine, now=clock).rollups.step()
    assert (await state_of(timed)).watermark > seen.watermark
    before = await count(timed)
    with pytest.raises(Overtaken):
        await overtaken._count_hour(seen, int(AT // HOUR) * HOUR, None)
    assert await count(timed) == before
    assert differences(await from_cells(timed), await from_rows(timed)) == {}


async def test_a_step_that_took_all_there_was_has_nothing_left_to_do(timed: Store, clock: Clock) -> None:
    """While chats come in, the present minute would be counted again and again."""
    await timed.write_many([record("a", created_at=AT)])
    clock.at += 60
    assert not await timed.rollups.step()
    assert (await timed.rollups.progress()).done


async def test_a_rating_reaches_the_cells(timed: Store, clock: Clock) -> None:
    await timed.write_many([record("a", created_at=AT), record("b", created_at=AT)])
    await roll_up(timed, clock)
    assert await timed.rate("message-a", -1) == "a"
    # At once, from the rows; and from the cells, after the next step.
    assert (await summary(timed.database, TRAFFIC))["ratings"] == {"up": 0, "down": 1}
    await roll_up(timed, clock)
    assert (await summary(timed.database, TRAFFIC))["ratings"] == {"up": 0, "down": 1}
    assert differences(await from_cells(timed), await from_rows(timed)) == {}


async def test_ratings_that_were_deleted_leave_the_cells(timed: Store, clock: Clock) -> None:
    for id in ("a", "b", "c"):
        await timed.write(record(id, created_at=AT, user_id="ann" if id == "c" else "bob"))
        await timed.rate(f"message-{id}", 1, feedback_id=id)
    await roll_up(timed, clock)
    for withdraw, left in (
        (lambda: timed.withdraw_rating("a"), 2),
        (lambda: timed.withdraw_ratings("ann"), 1),
        (timed.withdraw_ratings, 0),
    ):
        await withdraw()
        assert (await summary(timed.database, TRAFFIC))["ratings"] == {"up": left, "down": 0}
        await roll_up(timed, clock)
        assert (await summary(timed.database, TRAFFIC))["ratings"] == {"up": left, "down": 0}
        assert differences(await from_cells(timed), await from_rows(timed)) == {}


async def test_a_deleted_user_is_in_no_cell(timed: Store, clock: Clock) -> None:
    day = Range(AT // DAY * DAY, AT // DAY * DAY + DAY)
    await timed.write_many([record("a", created_at=AT), record("b", created_at=AT, user_id="bob")])
    await roll_up(timed, clock)
    await timed.delete_before(AT + DAY)
    await timed.anonymise_user("ann")
    found = {item["user"]: item["requests"] for item in await figures_by(timed.database, day, "user")}
    assert found == {None: 1, "bob": 1}


async def test_a_user_deleted_while_cells_are_computed_does_not_come_back(timed: Store, clock: Clock) -> None:
    await timed.write_many([record("a", created_at=AT)])
    clock.at += 60
    seen = await state_of(timed)
    await timed.anonymise_user("ann")
    with pytest.raises(Overtaken):
        await timed.rollups._add_up_day(seen, int(AT // DAY) * DAY)
    await roll_up(timed, clock)
    assert [i["user"] for i in await figures_by(timed.database, ALL_OF_IT, "user")] == [None]


async def test_rollups_outlive_the_rows(timed: Store, clock: Clock) -> None:
    await timed.write_many(traffic(60, seed=12))
    await roll_up(timed, clock)
    before = await from_cells(timed)
    assert await timed.delete_before(AT, batch=7) > 0
    assert differences(await from_cells(timed), before) == {}
    await timed.rollups.request_rebuild()
    await roll_up(timed, clock)
    assert differences(await from_cells(timed), before) == {}
    assert await timed.delete_before(NOW + DAY) > 0
    assert differences(await from_cells(timed), before) == {}


async def test_records_that_follow_a_deletion_of_all_are_counted(timed: Store, clock: Clock) -> None:
    """SQLite gives the numbers of deleted last rows again."""
    await timed.write_many([record(f"a{i}", created_at=AT) for i in range(5)])
    await roll_up(timed, clock)
    await timed.delete_before(AT + 1)
    later = AT + 2 * HOUR
    await timed.write_many([record(f"b{i}", created_at=later) for i in range(8)])
    await roll_up(timed, clock)
    found = await summary(timed.database, Range(AT - HOUR, NOW))
    assert found["requests"] == 13


async def test_minutes_go_and_hours_stay(timed: Store, clock: Clock) -> None:
    records = traffic(60, seed=13)
    await timed.write_many(records)
    await roll_up(timed, clock)
    before = await from_cells(timed)
    assert await count(timed, MINUTE) > 0
    clock.at += MINUTES_KEPT_S + DAY
    await roll_up(timed, clock)
    # What is out of use since this time is deleted the next time: somebody may be reading it.
    clock.at += HOUR
    await roll_up(timed, clock)
    assert await count(timed, MINUTE) == 0
    assert differences(await from_cells(timed), before) == {}


async def test_a_late_record_of_a_time_without_minutes_is_counted(timed: Store, clock: Clock) -> None:
    await timed.write_many([record("a", created_at=AT)])
    await roll_up(timed, clock)
    clock.at += MINUTES_KEPT_S + DAY
    await timed.write_many([record("b", created_at=AT + 1), record("c", turn_id="turn-a", created_at=AT - 1)])
    await roll_up(timed, clock)
    assert differences(await from_cells(timed), await from_rows(timed)) == {}
    assert (await summary(timed.database, TRAFFIC))["requests"] == 2


async def test_a_range_may_begin_anywhere(timed: Store, clock: Clock) -> None:
    records = traffic(80, seed=14)
    await timed.write_many(records[:-30])
    await roll_up(timed, clock)
    clock.at += MINUTES_KEPT_S + DAY
    await roll_up(timed, clock)
    await timed.write_many(records[-30:])
    for start, end in ((AT - 40_000.5, AT + 30_000.25), (AT - 10.75, AT + 15.5), (AT, AT + 7203)):
        wanted = Range(start, end)
        async with timed.database.reading() as connection:
            reader = await Reader.of(connection, timed.database.tables)
            found = figures_of(await reader.cells(wanted, DIMENSIONS))
        assert differences(found, await from_rows(timed, wanted)) == {}


async def test_rows_newer_than_the_cells_are_counted_without_a_step(timed: Store, clock: Clock) -> None:
    records = traffic(60, seed=15)
    await timed.write_many(records[:60])
    await roll_up(timed, clock)
    await timed.write_many(records[60:])
    async with timed.database.reading() as connection:
        reader = await Reader.of(connection, timed.database.tables)
        found = figures_of(await reader.cells(ALL_OF_IT, DIMENSIONS))
    assert differences(found, await from_rows(timed)) == {}


async def test_while_cells_are_built_for_the_first_time_the_answer_says_so(
    timed: Store, clock: Clock
) -> None:
    await timed.write_many(_many(MOST_NEW_ROWS + 10))
    found = await summary(timed.database, TRAFFIC)
    # Minutes are counted whole, so some of the older ones are in already.
    assert found["behind"] == 10
    assert MOST_NEW_ROWS <= found["requests"] < MOST_NEW_ROWS + 10
    clock.at += 60
    assert await timed.rollups.step()
    found = await summary(timed.database, TRAFFIC)
    assert (found["behind"], found["requests"]) == (0, MOST_NEW_ROWS + 10)


def _many(number: int) -> Sequence[Record]:
    one = record(created_at=TRAFFIC.start)
    return [
        replace(one, id=f"r{i}", turn_id=f"t{i}", created_at=TRAFFIC.start + i * 15.0) for i in range(number)
    ]


async def test_a_row_that_was_committed_late_is_not_passed_over(timed: Store, clock: Clock) -> None:
    """A transaction that took its number before others and ends after them. SQLite has none such:
    there, the row is simply there at once."""
    one = {**record_to_row(record("slow", created_at=AT)), "written_at": clock.at}
    async with timed.database.engine.connect() as connection:
        if timed.dialect == "postgresql":
            await connection.execute(insert(timed.database.tables.records), [one])
            await timed.write(record("quick", created_at=AT + 1))
            clock.at += SETTLED_S - 5
            while await timed.rollups.step():
                pass
            assert (await summary(timed.database, TRAFFIC))["requests"] == 1
        else:
            await timed.write(record("quick", created_at=AT + 1))
            await connection.execute(insert(timed.database.tables.records), [one])
        await connection.commit()
    assert (await summary(timed.database, TRAFFIC))["requests"] == 2
    await roll_up(timed, clock)
    assert differences(await from_cells(timed), await from_rows(timed)) == {}
