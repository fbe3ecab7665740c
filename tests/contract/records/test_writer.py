"""Writing while the database does not: chats go on, records wait, nothing that fits is lost."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from smart_router.errors import StoreError
from smart_router.records import Patience, Record, Store
from smart_router.records.log import every_record
from tests.support.records import DAY, record, sqlite_engine

QUICK = Patience(retry_s=0.001, retry_most_s=0.01)


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    # A locked database is told at once, not after Open WebUI's five seconds.
    engine = sqlite_engine(tmp_path / "webui.db", busy_timeout_ms=0)
    yield engine
    await engine.dispose()


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Somebody else's transaction: while it is open, nobody can write."""
    connection = sqlite3.connect(tmp_path / "webui.db", isolation_level=None, check_same_thread=False)
    yield connection
    connection.close()


async def opened(engine: AsyncEngine, patience: Patience = QUICK) -> Store:
    store = Store(engine, patience=patience)
    await store.open()
    return store


async def ids(store: Store) -> list[str]:
    return sorted([found.id async for found in every_record(store.database, DAY)])


async def test_a_record_that_cannot_be_written_now_is_written_later(
    engine: AsyncEngine, lock: sqlite3.Connection
) -> None:
    store = await opened(engine)
    lock.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked"):
        await store.write(record("a"))
    assert not store.ok
    assert store.error is not None
    assert store.waiting == 1
    lock.execute("COMMIT")
    await store.flush()
    assert store.ok
    assert await ids(store) == ["a"]
    await store.close()


async def test_while_the_database_fails_no_chat_waits_for_it(
    engine: AsyncEngine, lock: sqlite3.Connection
) -> None:
    store = await opened(engine, replace(QUICK, retry_s=3600.0))
    lock.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError):
        await store.write(record("a"))
    # The next attempt is an hour away; these return all the same.
    for id in "bc":
        with pytest.raises(StoreError, match="waits in memory"):
            await store.write(record(id))
    assert store.waiting == 3
    assert store.lag_ms > 0
    await store.close(timeout_s=0)


async def test_a_chat_waits_only_so_long_for_a_slow_database(
    tmp_path: Path, lock: sqlite3.Connection
) -> None:
    slow = sqlite_engine(tmp_path / "webui.db", busy_timeout_ms=60_000)
    store = await opened(slow, replace(QUICK, answer_s=0.001))
    lock.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="slow"):
        await store.write(record("a"))
    lock.execute("COMMIT")
    await store.flush()
    assert await ids(store) == ["a"]
    await store.close()
    await slow.dispose()


async def test_memory_is_bounded_and_the_oldest_are_lost_first(
    engine: AsyncEngine, lock: sqlite3.Connection
) -> None:
    store = await opened(engine, replace(QUICK, capacity=3))
    lock.execute("BEGIN IMMEDIATE")
    for id in "abcde":
        with pytest.raises(StoreError):
            await store.write(record(id))
    assert store.waiting <= 3
    lock.execute("COMMIT")
    await store.flush()
    assert await ids(store) == ["c", "d", "e"]
    assert store.dropped == 2
    await store.close()


async def test_a_record_that_the_database_refuses_keeps_no_other_from_being_written(
    engine: AsyncEngine,
) -> None:
    store = await opened(engine)
    bad = Record(id="bad", turn_id="t", created_at=float("nan"), outcome="ok")
    results = await asyncio.gather(
        *(store.write(one) for one in (record("a"), record("b"), bad, record("c"))), return_exceptions=True
    )
    assert [isinstance(result, StoreError) for result in results] == [False, False, True, False]
    assert "refuses" in str(results[2])
    assert await ids(store) == ["a", "b", "c"]
    assert store.ok
    assert store.dropped == 1
    await store.close()


async def test_a_cancelled_chats_record_is_written_all_the_same(engine: AsyncEngine) -> None:
    store = await opened(engine)
    chat = asyncio.ensure_future(store.write(record("a")))
    await asyncio.sleep(0)
    chat.cancel()
    await store.flush()
    assert await ids(store) == ["a"]
    await store.close()


async def test_closing_writes_what_is_waiting(engine: AsyncEngine, lock: sqlite3.Connection) -> None:
    store = await opened(engine)
    lock.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError):
        await store.write(record("a"))
    lock.execute("COMMIT")
    await store.close()
    assert await ids(store) == ["a"]


async def test_closing_does_not_wait_for_ever(engine: AsyncEngine, lock: sqlite3.Connection) -> None:
    store = await opened(engine)
    lock.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError):
        await store.write(record("a"))
    await store.close(timeout_s=0)
    lock.execute("COMMIT")
    assert await ids(store) == []
    with pytest.raises(StoreError, match="closed"):
        await store.write(record("b"))


async def test_a_store_that_could_not_be_opened_opens_itself_when_it_can(tmp_path: Path) -> None:
    engine = sqlite_engine(tmp_path / "later" / "webui.db")
    store = Store(engine, patience=QUICK)
    with pytest.raises(StoreError, match="unable to open"):
        await store.open()
    assert not store.ok
    with pytest.raises(StoreError):
        await store.write(record("a"))
    (tmp_path / "later").mkdir()
    await store.flush()
    assert store.ok
    assert await ids(store) == ["a"]
    await store.close()
    await engine.dispose()


async def test_a_deleted_user_is_taken_out_of_records_that_still_wait(
    engine: AsyncEngine, lock: sqlite3.Connection
) -> None:
    store = await opened(engine)
    lock.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError):
        await store.write(record("a"))
    with pytest.raises(StoreError):
        await store.anonymise_user("ann")
    lock.execute("COMMIT")
    await store.flush()
    assert [found.user_id async for found in every_record(store.database, DAY)] == [None]
    await store.close()


async def test_a_connection_that_was_closed_under_it_costs_no_record(engine: AsyncEngine) -> None:
    opened_ones: list[Any] = []
    event.listen(engine.sync_engine, "connect", lambda dbapi, _: opened_ones.append(dbapi.driver_connection))
    store = await opened(engine)
    await store.write(record("a"))
    for connection in opened_ones:
        await connection.close()
    await store.write(record("b"))
    await store.write(record("c"))
    assert (store.dropped, await ids(store)) == (0, ["a", "b", "c"])
    await store.close()


async def test_an_idle_writer_gives_its_connection_back(engine: AsyncEngine) -> None:
    store = await opened(engine, replace(QUICK, linger_s=0.0))
    given_back = asyncio.Event()
    event.listen(engine.sync_engine, "checkin", lambda *_: given_back.set())
    await store.write(record("a"))
    async with asyncio.timeout(10):
        await given_back.wait()
    await store.write(record("b"))
    assert await ids(store) == ["a", "b"]
    await store.close()


async def test_a_busy_writer_keeps_its_connection(engine: AsyncEngine) -> None:
    store = await opened(engine, replace(QUICK, linger_s=3600.0))
    await store.write(record("a"))
    assert engine.pool.checkedout() == 1  # type: ignore[attr-defined]
    await store.close()
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]


async def test_only_sqlite_and_postgresql_are_supported(engine: AsyncEngine) -> None:
    engine.dialect.name = "mysql"
    with pytest.raises(StoreError, match="mysql is not supported"):
        await Store(engine).open()
