"""What goes into the store, stays in it, and leaves it. The same on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import itertools
import math
from dataclasses import replace

import pytest
from sqlalchemy import Connection, func, inspect, select
from sqlalchemy.ext.asyncio import AsyncEngine

from smart_router.errors import StoreError
from smart_router.records import Record, Store, record_to_json
from smart_router.records.log import every_record, one_record, requests_page
from smart_router.records.migrations import MIGRATIONS, migrate
from tests.support.records import AT, DAY, attempt, record


async def rows(store: Store) -> list[dict[str, object]]:
    async with store.database.reading() as connection:
        query = select(store.database.tables.records).order_by(store.database.tables.records.c.seq)
        return [dict(row) for row in (await connection.execute(query)).mappings()]


async def stored(store: Store, id: str) -> Record:
    found = await one_record(store.database, id)
    assert found is not None
    return found


async def test_a_record_comes_back_as_it_was_written(store: Store) -> None:
    told = record(
        task="title_generation",
        arm="b",
        error_kind="overloaded",
        outcome="fallback",
        served_by="cache",
        sensitive=True,
        usage_estimated=True,
        answer_score=0.4,
        rating=-1,
        rating_reason="too long",
        prompt="Was kostet das? 🙂",
        round=2,
        attempts=(attempt("small", error_kind="overloaded", error="busy", status=503), attempt()),
    )
    await store.write(told)
    assert await stored(store, "r1") == told


async def test_what_is_unknown_stays_unknown(store: Store) -> None:
    bare = Record(id="bare", turn_id="t", created_at=AT, outcome="refused")
    await store.write(bare)
    assert await stored(store, "bare") == bare
    shown = record_to_json(bare)
    assert shown["cost_usd"] is None
    assert "prompt" not in shown


async def test_writing_a_record_twice_keeps_one(store: Store) -> None:
    await store.write(record())
    await store.write(record(outcome="failed"))
    assert [row["outcome"] for row in await rows(store)] == ["ok"]


async def test_records_that_come_together_share_transactions(engine: AsyncEngine) -> None:
    ticks = itertools.count(1)
    store = Store(engine, now=lambda: float(next(ticks)))
    await store.open()
    await asyncio.gather(*(store.write(record(f"r{i}")) for i in range(100)))
    written = await rows(store)
    assert len(written) == 100
    assert [row["id"] for row in written] == [f"r{i}" for i in range(100)]
    assert len({row["written_at"] for row in written}) < 10
    await store.close()


async def test_what_no_database_can_hold_is_made_harmless(store: Store) -> None:
    await store.write(
        record(
            reason="nul\x00 and \ud800 alone",
            chat_id="x" * 5000,
            sentence="\x00",
            signals={"a\x00": [math.nan, 10**40, {"deep": "\udfff\x00"}], 7: "number as a key"},
            cost_usd=math.nan,
            latency_ms=math.inf,
            input_tokens=10**30,
            attempts=(attempt(error="<html>\x00" * 10_000, error_kind="server_error", cost_usd=math.nan),),
        )
    )
    found = await stored(store, "r1")
    assert found.reason.startswith("nul\ufffd and ")
    assert found.cost_usd is None
    assert found.latency_ms is None
    assert found.input_tokens == 2**63 - 1
    assert found.signals["a\ufffd"][:2] == [None, None]
    assert found.signals["7"] == "number as a key"
    assert found.chat_id == "x" * 500
    assert len(found.attempts[0].error or "") == 1000


async def test_a_temporary_chat_leaves_only_what_is_counted(store: Store) -> None:
    secret = record(
        "temp",
        temporary=True,
        turn_id="secret-turn",
        chat_id="local:secret",
        prompt="secret",
        sentence="secret",
        reason="secret",
        language="secret",
        signals={"secret": 1},
        evidence=("secret",),
        ranking=({"backend": "secret"},),
        attempts=(attempt(error="secret", error_kind="server_error"),),
    )
    await store.write(secret)
    (row,) = await rows(store)
    assert "secret" not in repr(row)
    assert (row["user_id"], row["chat_id"], row["message_id"], row["prompt"]) == (None, None, None, None)
    assert (row["backend"], row["intent"], row["cost_usd"]) == ("big", "coding", 0.003)
    assert await one_record(store.database, "temp") is None
    assert (await requests_page(store.database, DAY)).items == []
    assert [r async for r in every_record(store.database, DAY)] == []


async def test_the_rounds_of_a_temporary_turn_still_belong_together(store: Store) -> None:
    await store.write(record("a", temporary=True, turn_id="t"))
    await store.write(record("b", temporary=True, turn_id="t", round=1))
    await store.write(record("c", temporary=True, turn_id="other"))
    turns = [row["turn_id"] for row in await rows(store)]
    assert turns[0] == turns[1] != turns[2]
    assert "t" not in turns


async def test_a_rating_goes_to_the_newest_answer_of_its_message(store: Store) -> None:
    for id, changes in (("first", {}), ("last", {"round": 1}), ("title", {"task": "title_generation"})):
        await store.write(record(id, message_id="m", **changes))
    assert await store.rate("m", 1, reason="accurate") == "last"
    assert (await stored(store, "last")).rating == 1
    assert (await stored(store, "last")).rating_reason == "accurate"
    assert (await stored(store, "first")).rating is None
    assert (await stored(store, "title")).rating is None


async def test_the_reason_of_a_rating_is_whatever_a_browser_sent(store: Store) -> None:
    await store.write(record(message_id="m"))
    await store.rate("m", -1, reason="\x00" + "x" * 100_000)
    kept = (await stored(store, "r1")).rating_reason
    assert kept is not None
    assert len(kept) == 1000
    assert "\x00" not in kept


async def test_a_rating_can_be_taken_back(store: Store) -> None:
    await store.write(record(message_id="m"))
    await store.rate("m", -1, reason="wrong")
    await store.rate("m", None)
    assert (await stored(store, "r1")).rating is None
    assert (await rows(store))[0]["rated_at"] is None


async def test_a_rating_that_was_deleted_leaves_its_record_and_no_other(store: Store) -> None:
    for id in ("a", "b"):
        await store.write(record(id, message_id=id))
        await store.rate(id, -1, reason="wrong", feedback_id=f"feedback-{id}")
    assert await store.withdraw_rating("feedback-a")
    assert ((await stored(store, "a")).rating, (await stored(store, "b")).rating) == (None, -1)
    taken = (await rows(store))[0]
    assert (taken["rating_reason"], taken["rated_at"], taken["feedback_id"]) == (None, None, None)
    assert not await store.withdraw_rating("feedback-a")


async def test_a_newer_rating_of_the_same_answer_survives_the_older_ones_end(store: Store) -> None:
    await store.write(record(message_id="m"))
    await store.rate("m", -1, feedback_id="older")
    await store.rate("m", 1, feedback_id="newer")
    assert not await store.withdraw_rating("older")
    assert (await stored(store, "r1")).rating == 1


async def test_all_ratings_of_a_user_or_of_everybody_are_deleted_together(store: Store) -> None:
    users = ("ann", "bob")
    await store.write_many(record(f"r{i}", user_id=users[i % 2], rating=1) for i in range(1200))
    assert await store.withdraw_ratings("ann") == 600
    assert {row["user_id"] for row in await rows(store) if row["rating"]} == {"bob"}
    assert await store.withdraw_ratings() == 600
    assert await store.withdraw_ratings() == 0


async def test_a_rating_of_another_models_answer_is_nobodys(store: Store) -> None:
    await store.write(record(message_id="m"))
    assert await store.rate("unknown", 1) is None
    assert await store.rate("m", 1, chat_id="another chat") is None
    assert await store.rate("m", 1, user_id="somebody else") is None


async def test_a_deleted_user_is_taken_out_of_the_records(store: Store) -> None:
    for i in range(7):
        await store.write(record(f"ann{i}", prompt="private"))
    await store.write(record("bob", user_id="bob", prompt="his"))
    await store.registry_save("text", user_id="ann")
    assert await store.anonymise_user("ann", batch=3) == 7
    found = await stored(store, "ann3")
    assert (found.user_id, found.chat_id, found.message_id, found.prompt) == (None, None, None, None)
    assert found.cost_usd == 0.003
    assert (await stored(store, "bob")).prompt == "his"
    version = await store.registry_current()
    assert version is not None
    assert version.saved_by is None


async def test_retention_deletes_what_is_older_in_small_batches(store: Store) -> None:
    for i in range(10):
        await store.write(record(f"r{i}", created_at=AT + i))
    assert await store.delete_before(AT + 7, batch=2) == 7
    assert [row["id"] for row in await rows(store)] == ["r7", "r8", "r9"]
    assert await store.delete_before(AT + 7) == 0


async def test_purging_drops_every_table_and_ends_writing(store: Store, engine: AsyncEngine) -> None:
    await store.write(record())
    await store.purge()
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda c: inspect(c).get_table_names())
    assert [name for name in names if name.startswith("smart_router_")] == []
    with pytest.raises(StoreError):
        await store.write(record("r2"))


async def test_two_workers_that_start_at_once_migrate_once(engine: AsyncEngine) -> None:
    stores = [Store(engine) for _ in range(4)]
    await asyncio.gather(*(store.open() for store in stores))
    table = stores[0].database.tables.migrations
    async with stores[0].database.reading() as connection:
        assert list(await connection.scalars(select(table.c.name))) == [m.__name__ for m in MIGRATIONS]
    await asyncio.gather(*(store.write(record(f"r{i}")) for i, store in enumerate(stores)))
    assert len(await rows(stores[0])) == 4
    for store in stores:
        await store.close()


async def test_migrations_are_applied_once(store: Store) -> None:
    assert await migrate(store.database) == []


async def test_a_migration_that_failed_leaves_nothing_behind(
    engine: AsyncEngine,
) -> None:
    store = Store(engine)

    def m999_fails(connection: Connection, schema: str | None) -> None:
        raise OSError("disk full")

    with pytest.raises(StoreError, match="disk full"):
        await migrate(store.database, (*MIGRATIONS, m999_fails))
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda c: inspect(c).get_table_names())
    assert [name for name in names if name.startswith("smart_router_")] == []
    await store.open()
    await store.write(record())
    await store.close()


async def test_migrations_lead_to_the_tables_that_the_code_uses(store: Store) -> None:
    def look(connection: Connection) -> None:
        found = inspect(connection)
        for table in store.database.tables.metadata.sorted_tables:
            columns = found.get_columns(table.name, schema=table.schema)
            assert [c["name"] for c in columns] == [c.name for c in table.columns]
            assert [c["nullable"] for c in columns] == [bool(c.nullable) for c in table.columns]
            assert [str(c["type"].compile(connection.dialect)) for c in columns] == [
                str(c.type.compile(connection.dialect)) for c in table.columns
            ]
            indexes = found.get_indexes(table.name, schema=table.schema)
            assert {(i["name"], tuple(i["column_names"]), bool(i["unique"])) for i in indexes} == {
                (i.name, tuple(c.name for c in i.columns), bool(i.unique)) for i in table.indexes
            }

    async with store.database.reading() as connection:
        await connection.run_sync(look)


async def test_a_second_store_on_the_same_database_sees_what_the_first_wrote(
    store: Store, engine: AsyncEngine
) -> None:
    await store.write(record())
    other = Store(lambda: engine)
    await other.open()
    assert await stored(other, "r1") == record()
    assert await other.rate("message-r1", 1) == "r1"
    assert (await stored(store, "r1")) == replace(record(), rating=1)
    await other.close()


async def test_a_closed_store_takes_no_more(store: Store) -> None:
    await store.write(record())
    await store.close()
    with pytest.raises(StoreError, match="closed"):
        await store.write(record("r2"))


async def test_the_store_says_how_it_is(store: Store) -> None:
    await store.write(record())
    assert store.ok
    assert store.error is None
    assert store.lag_ms > 0
    assert (store.waiting, store.dropped) == (0, 0)
    assert store.dialect in ("sqlite", "postgresql")
    async with store.database.reading() as connection:
        assert await connection.scalar(select(func.count()).select_from(store.database.tables.records)) == 1
