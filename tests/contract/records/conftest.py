"""Stores on SQLite; `test_postgres.py` runs the same tests on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from smart_router.records import Store
from tests.support.records import migrated_database, sqlite_engine


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with our tables in it, to be copied: making them takes longer than most tests."""
    return migrated_database(tmp_path_factory.mktemp("migrated"))


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = sqlite_engine(tmp_path / "webui.db")
    yield engine
    await engine.dispose()


@pytest.fixture
async def store(engine: AsyncEngine, tmp_path: Path, migrated: Path) -> AsyncIterator[Store]:
    shutil.copy(migrated, tmp_path / "webui.db")
    store = Store(engine)
    await store.open()
    yield store
    await store.close()
