"""Open WebUI's database, opened by the command line itself: for work on all records at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import event, func, select
from sqlalchemy.ext.asyncio import create_async_engine

from ..records import Record, Store
from .errors import UsageError
from .output import Output
from .simulate import MARK, simulated

_DRIVERS = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "sqlite": "sqlite+aiosqlite",
}


def run_simulate(
    number: int,
    days: float,
    seed: int,
    mix: bool,
    database: str | None,
    data_dir: Path | None,
    schema: str | None,
    output: Output,
) -> None:
    """Write simulated records and derive their figures. Raises UsageError where real ones are."""
    asyncio.run(_simulate(number, days, seed, mix, _address(database, data_dir), schema, output))


def run_rebuild(database: str | None, data_dir: Path | None, schema: str | None, output: Output) -> None:
    """Derive all figures anew; chats and the page may go on meanwhile."""
    address = _address(database, data_dir)
    if data_dir is not None and not (data_dir / "webui.db").exists():
        raise UsageError(f"there is no webui.db in {data_dir}; is it Open WebUI's data folder?")
    asyncio.run(_rebuild(address, schema, output))


async def _simulate(
    number: int, days: float, seed: int, mix: bool, address: str, schema: str | None, output: Output
) -> None:
    end = time.time()
    async with _store(address, schema) as store:
        if not mix and await _has_real_records(store):
            raise UsageError(
                "this database has records of real chats, and figures would count both; "
                "pass --mix to do it anyway"
            )
        with _progress(output) as progress:
            task = progress.add_task("records", total=number)

            def counted() -> Iterator[Record]:
                for record in simulated(number, end - days * 86400.0, end, seed):
                    yield record
                    progress.advance(task)

            written = await store.write_many(counted())
        hours = await _derive(store, output)
    output.line(f"{written:,} simulated records written; their ids begin with {MARK}")
    output.result({"written": written, "hours": hours, "simulated": True})


async def _rebuild(address: str, schema: str | None, output: Output) -> None:
    async with _store(address, schema) as store:
        hours = await _derive(store, output)
    output.line(f"figures derived anew, {hours:,} hours")
    output.result({"hours": hours})


async def _derive(store: Store, output: Output) -> int:
    """How many hours there are figures of."""
    await store.rollups.request_rebuild()
    first: int | None = None
    with _progress(output) as progress:
        task = progress.add_task("hours", total=None)
        while True:
            more = await store.rollups.step()
            now = await store.rollups.progress()
            if now.rebuild_from is not None:
                first = now.rebuild_from if first is None else first
                progress.update(
                    task, total=(now.until - first) // 3600, completed=(now.rebuild_from - first) // 3600
                )
            elif now.done:
                break
            if not more:
                # A running server was faster with this part.
                await asyncio.sleep(0.2)
    c = store.database.tables.rollups.c
    hours = select(func.count(c.start.distinct())).where(c.grain == 3600)
    async with store.database.reading() as connection:
        return (await connection.scalar(hours)) or 0


async def _has_real_records(store: Store) -> bool:
    t = store.database.tables.records
    real = select(t.c.seq).where(func.substr(t.c.id, 1, len(MARK)) != MARK).limit(1)
    async with store.database.reading() as connection:
        return (await connection.execute(real)).first() is not None


def _progress(output: Output) -> Progress:
    return output.progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    )


@asynccontextmanager
async def _store(address: str, schema: str | None) -> AsyncIterator[Store]:
    try:
        engine = create_async_engine(address)
    except ImportError as error:
        raise UsageError(f"this database needs the Python package {error.name}") from None
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine.sync_engine, "connect")
        def configure(connection: Any, _: Any) -> None:
            # A running server writes too; we wait for it, and it for us, a batch at a time.
            connection.execute("PRAGMA busy_timeout=30000")
            connection.execute("PRAGMA journal_mode=WAL")

    store = Store(engine, schema)
    try:
        await store.open()
        yield store
    finally:
        await store.close()
        await engine.dispose()


def _address(database: str | None, data_dir: Path | None) -> str:
    """What SQLAlchemy takes. Raises UsageError."""
    if database is None and data_dir is None:
        raise UsageError("say where the records are: --data-dir DIR (Open WebUI's) or --database URL")
    if database is not None and data_dir is not None:
        raise UsageError(
            "--data-dir and --database name two places, pass one; DATABASE_URL in the environment counts as "
            "--database"
        )
    if data_dir is not None:
        if not data_dir.is_dir():
            raise UsageError(f"there is no folder {data_dir}")
        return f"sqlite+aiosqlite:///{data_dir / 'webui.db'}"
    assert database is not None
    scheme, separator, rest = database.partition("://")
    driver = _DRIVERS.get(scheme.partition("+")[0])
    if not separator or driver is None:
        raise UsageError("--database: expected postgresql://… or sqlite:///path")
    return f"{driver}://{rest}"
