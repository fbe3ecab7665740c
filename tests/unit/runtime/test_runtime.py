"""What one process keeps, when its server stops."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest

from smart_router.records.log import one_record
from smart_router.runtime import runtime as module
from smart_router.runtime.runtime import Runtime
from tests.support.records import record, sqlite_engine


async def test_a_server_that_stops_writes_what_waits_and_gives_its_leases_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = sqlite_engine(tmp_path / "webui.db")
    seam = SimpleNamespace(async_engine=engine, database_schema=None)
    monkeypatch.setattr(module, "open_seam", lambda: seam)
    stopping = Runtime(SimpleNamespace(state=SimpleNamespace()))
    await stopping.store.open()
    await stopping.workers.beat()
    for name in ("roll_up", "clean_up"):
        assert await stopping.state.lease(name, stopping.id, 600.0)
        assert not await stopping.state.lease(name, "another", 600.0)
    waiting = asyncio.create_task(stopping.store.write(record("r1")))
    await asyncio.sleep(0)
    assert stopping.store.waiting == 1

    await stopping.on_event("system.shutdown.started", {}, None)

    assert waiting.done()
    for name in ("roll_up", "clean_up"):
        assert await stopping.state.lease(name, "another", 600.0)
    assert not await stopping.state.scan("worker")
    assert await one_record(stopping.store.database, "r1") is not None
    await stopping.store.close()
    await engine.dispose()
