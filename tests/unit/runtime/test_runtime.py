"""What one process keeps: when its server stops, and when Smart is switched off."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi import APIRouter, FastAPI
from starlette.routing import Route

from smart_router.host.mount import mounted
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


async def test_a_round_takes_the_routes_away_where_smart_was_switched_off_and_leaves_its_tables_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    engine = sqlite_engine(tmp_path / "webui.db")
    seam = SimpleNamespace(async_engine=engine, database_schema=None)
    monkeypatch.setattr(module, "open_seam", lambda: seam)
    monkeypatch.setattr(module, "build_routes", lambda _: APIRouter(routes=[Route("/ours", lambda _: None)]))
    app = FastAPI()
    runtime = Runtime(app)
    on = True

    async def active() -> bool:
        return on

    async def valves() -> dict[str, object]:
        return {}

    monkeypatch.setattr(runtime.host, "active", active)
    monkeypatch.setattr(runtime.host, "valves", valves)

    def failed() -> int:
        return len([line for line in caplog.messages if "background work failed" in line])

    await runtime.rounds().once()
    assert mounted(app)
    # There are no tables.
    assert failed() > 0
    on = False
    caplog.clear()
    rounds = runtime.rounds()
    await rounds.once()
    assert not mounted(app)
    assert failed() == 0
    on = True
    await rounds.once()
    assert mounted(app)
    await engine.dispose()
