"""Records for tests, and an engine that is set up as Open WebUI sets up its own."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from smart_router.records import Attempt, Record, Store
from smart_router.records.ranges import Range

#: Every sample lies in here unless it says otherwise.
AT = 1_700_000_000.0
DAY = Range(AT - 43_200, AT + 43_200)

#: Statements are compiled once for all tests, as they are once in a server.
_COMPILED: dict[Any, Any] = {}

CANDIDATE = {
    "backend": "big",
    "score": 0.8123,
    "factors": {"quality": 0.9, "cost": 0.2},
    "excluded": None,
    "sentence": "best at coding",
}


def attempt(backend: str = "big", **changes: Any) -> Attempt:
    values: dict[str, Any] = {
        "backend": backend,
        "purpose": "answer",
        "started_at": AT,
        "connection": "c1",
        "first_token_ms": 100.0,
        "duration_ms": 900.0,
        "status": 200,
        "input_tokens": 10,
        "cached_tokens": 2,
        "output_tokens": 20,
        "cost_usd": 0.003,
    }
    return Attempt(**{**values, **changes})


def record(id: str = "r1", **changes: Any) -> Record:
    values: dict[str, Any] = {
        "id": id,
        "turn_id": f"turn-{id}",
        "created_at": AT,
        "outcome": "ok",
        "user_id": "ann",
        "chat_id": "chat-1",
        "message_id": f"message-{id}",
        "intent": "coding",
        "complexity": "hard",
        "p_hard": 0.75,
        "confidence": 0.9,
        "language": "en",
        "signals": {"input_tokens": 10, "code_share": 0.5, "sensitive_kinds": ["contact"]},
        "evidence": ("fenced Python", "stack trace"),
        "strategy": "balanced",
        "route": "coding",
        "backend": "big",
        "attempts": (attempt(),),
        "ranking": (CANDIDATE,),
        "reason": "best_score",
        "sentence": "Big is best at coding.",
        "latency_ms": 1000.0,
        "first_token_ms": 120.0,
        "input_tokens": 10,
        "cached_tokens": 2,
        "output_tokens": 20,
        "cost_usd": 0.003,
        "cost_source": "estimated",
        "baseline": "best",
        "baseline_cost_usd": 0.01,
        "library_version": "0.1.0",
        "classifier_version": "rules-1",
        "registry_version": 3,
    }
    return Record(**{**values, **changes})


def sqlite_engine(path: Path, busy_timeout_ms: int = 5000) -> AsyncEngine:
    """aiosqlite in WAL mode as in Open WebUI 0.12.4's internal/db.py, but without waiting for the disk."""
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{path}", execution_options={"compiled_cache": _COMPILED}
    )

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=OFF", f"busy_timeout={busy_timeout_ms}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def migrated_database(folder: Path) -> Path:
    """A database with our tables in it, to be copied."""
    path = folder / "webui.db"

    async def make() -> None:
        engine = sqlite_engine(path)
        await Store(engine).open()
        await engine.dispose()

    asyncio.run(make())
    return path


class Clock:
    """Stands still until it is moved."""

    def __init__(self, at: float) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at


async def roll_up(store: Store, clock: Clock | None = None) -> None:
    """Everything that is committed into the cells."""
    if clock is not None:
        clock.at += 60
    while await store.rollups.step():
        pass
