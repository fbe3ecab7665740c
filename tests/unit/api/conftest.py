"""The routes over a real store on SQLite, asked without a network."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from smart_router.records import Store
from tests.support.records import migrated_database, sqlite_engine

from .fakes import ADMIN, FakeRuntime, application


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return migrated_database(tmp_path_factory.mktemp("migrated"))


@pytest.fixture
async def store(tmp_path: Path, migrated: Path) -> AsyncIterator[Store]:
    shutil.copy(migrated, tmp_path / "webui.db")
    engine = sqlite_engine(tmp_path / "webui.db")
    store = Store(engine)
    await store.open()
    yield store
    await store.close()
    await engine.dispose()


@pytest.fixture
def runtime(store: Store) -> FakeRuntime:
    return FakeRuntime(store)


@pytest.fixture
async def client(runtime: FakeRuntime) -> AsyncIterator[httpx.AsyncClient]:
    """An administrator, with the Authorization header."""
    transport = httpx.ASGITransport(application(runtime))
    async with httpx.AsyncClient(transport=transport, base_url="http://webui", headers=ADMIN) as client:
        yield client
