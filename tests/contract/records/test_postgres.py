"""The record tests once more, on a real PostgreSQL, through psycopg as Open WebUI uses it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pgserver
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from smart_router.records import Store
from smart_router.records.log import one_record
from smart_router.records.summary import summary
from tests.contract.records.test_baselines import *  # noqa: F403
from tests.contract.records.test_figures import *  # noqa: F403
from tests.contract.records.test_log import *  # noqa: F403
from tests.contract.records.test_registry_versions import *  # noqa: F403
from tests.contract.records.test_rollups import *  # noqa: F403
from tests.contract.records.test_store import *  # noqa: F403
from tests.support.records import DAY, record


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL of our own, by its address."""
    running = pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    yield running.get_uri().replace("postgresql://", "postgresql+psycopg://")
    running.cleanup()


@pytest.fixture
async def engine(server: str) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(server, pool_pre_ping=True)
    yield engine
    async with engine.begin() as connection:
        for schema in ("public", "elsewhere"):
            await connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await engine.dispose()


@pytest.fixture
async def store(engine: AsyncEngine) -> AsyncIterator[Store]:
    store = Store(engine)
    await store.open()
    yield store
    await store.close()


async def test_it_is_postgresql(store: Store) -> None:
    assert store.dialect == "postgresql"


async def test_a_connection_that_the_server_cut_is_replaced_unnoticed(
    store: Store, engine: AsyncEngine
) -> None:
    await store.write(record("a"))
    async with engine.connect() as other:
        cut = await other.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        )
        assert len(cut.all()) >= 1
    await store.write(record("b"))
    assert await one_record(store.database, "b") is not None
    assert store.ok


async def test_tables_go_where_open_webui_keeps_its_own(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("CREATE SCHEMA elsewhere"))
    store = Store(engine, schema="elsewhere")
    await store.open()
    await store.write(record())
    await store.registry_save("a: 1")
    assert (await summary(store.database, DAY))["requests"] == 1
    async with engine.connect() as connection:
        schemas = await connection.scalars(
            text("SELECT DISTINCT schemaname FROM pg_tables WHERE tablename LIKE 'smart_router%'")
        )
        assert list(schemas) == ["elsewhere"]
    await store.purge()
