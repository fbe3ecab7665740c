"""Which baselines the savings of a range were computed with. The same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine

from smart_router.records import Store
from smart_router.records.cover import DAY, HOUR
from smart_router.records.migrations import m005_baselines, migrate
from smart_router.records.ranges import Range
from smart_router.records.summary import summary
from tests.support.records import AT, Clock, record, roll_up

#: A full day after the last record of these tests.
END = AT // DAY * DAY + 20 * DAY
WANTED = Range(END - 20 * DAY, END)


@pytest.fixture
def later() -> Clock:
    return Clock(END)


@pytest.fixture
async def settled(store: Store, engine: AsyncEngine, later: Clock) -> AsyncIterator[Store]:
    """A store whose clock the test moves, on the tables of `store`."""
    settled = Store(engine, now=later)
    await settled.open()
    yield settled
    await settled.close()


async def baselines(store: Store, wanted: Range = WANTED) -> list[Any]:
    found = await summary(store.database, wanted)
    return [(one["baseline"], one["from"], one["to"]) for one in found["baselines"]]


async def test_a_range_names_every_baseline_that_was_used_in_it_and_when(
    settled: Store, later: Clock
) -> None:
    start = WANTED.start
    await settled.write_many(
        [
            record("a", baseline="gpt-5", created_at=start + 10, baseline_cost_usd=1.0),
            record("b", baseline="gpt-5", created_at=start + 3 * DAY, baseline_cost_usd=2.0),
            record("c", baseline="gpt-4o", created_at=start + 3 * DAY + HOUR, baseline_cost_usd=4.0),
            # Nothing was compared here.
            record("d", baseline="huge", baseline_cost_usd=None, created_at=start + 4 * DAY),
            record("e", baseline="gpt-4o", task="title_generation", created_at=start + 9 * DAY),
        ]
    )
    used = [
        ("gpt-4o", start + 3 * DAY + HOUR, start + 3 * DAY + 2 * HOUR),
        ("gpt-5", start, start + 3 * DAY + HOUR),
    ]
    # From the rows, and then from the cells.
    for _ in range(2):
        found = await summary(settled.database, WANTED)
        assert await baselines(settled) == used
        assert [one["baseline_cost_usd"] for one in found["baselines"]] == [4.0, 3.0]
        assert found["baseline_cost_usd"] == 7.0
        await roll_up(settled, later)


async def test_one_baseline_alone_counts_for_the_whole_range(settled: Store) -> None:
    await settled.write(record(baseline="gpt-5"))
    assert await baselines(settled) == [("gpt-5", WANTED.start, WANTED.end)]


async def test_where_nothing_was_compared_no_baseline_is_named(settled: Store) -> None:
    await settled.write(record(baseline="gpt-5", baseline_cost_usd=None))
    assert await baselines(settled) == []


async def test_rounds_of_a_turn_that_were_compared_with_two_count_under_each(settled: Store) -> None:
    await settled.write_many(
        record(str(n), turn_id="t", round=n, baseline=name, baseline_cost_usd=float(n + 1))
        for n, name in enumerate(("gpt-5", "gpt-4o"))
    )
    found = (await summary(settled.database, WANTED))["baselines"]
    assert {one["baseline"]: one["baseline_cost_usd"] for one in found} == {"gpt-5": 1.0, "gpt-4o": 2.0}


async def test_cells_of_an_older_release_are_of_an_unknown_baseline_until_a_rebuild(
    settled: Store, later: Clock
) -> None:
    await settled.write_many([record("a", baseline="gpt-5"), record("b", baseline_cost_usd=None)])
    await roll_up(settled, later)
    # As they were before cells were counted by baseline.
    cells, applied = settled.database.tables.rollups, settled.database.tables.migrations
    async with settled.database.writing() as connection:
        await connection.execute(delete(cells).where(cells.c.dimension == "baseline"))
        await connection.execute(delete(applied).where(applied.c.name == m005_baselines.__name__))
    before = (await summary(settled.database, WANTED))["baseline_cost_usd"]
    assert await migrate(settled.database) == [m005_baselines.__name__]
    (unknown,) = (await summary(settled.database, WANTED))["baselines"]
    assert (unknown["baseline"], unknown["baseline_cost_usd"]) == (None, before)
    await settled.rollups.request_rebuild()
    await roll_up(settled, later)
    (known,) = (await summary(settled.database, WANTED))["baselines"]
    assert (known["baseline"], known["baseline_cost_usd"]) == ("gpt-5", before)
