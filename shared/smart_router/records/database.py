"""An engine with our tables: connections, transactions, and one kind of error for all that fails."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from ..errors import StoreError
from .tables import Tables

#: What a database, its driver or its file system may raise.
DATABASE_ERRORS = (SQLAlchemyError, sqlite3.Error, OSError, TimeoutError)

SUPPORTED = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class Database:
    """Open WebUI's asynchronous engine and our tables in it. Never a synchronous one: it would
    stop the event loop, and with it every chat, for as long as the database is busy."""

    engine: AsyncEngine
    tables: Tables

    @property
    def dialect(self) -> str:
        return self.engine.dialect.name

    @property
    def is_sqlite(self) -> bool:
        return self.dialect == "sqlite"

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection to read from. Raises StoreError."""
        with store_errors("read"):
            async with self.engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction, committed at the end. Raises StoreError."""
        with store_errors("written"):
            async with self.engine.begin() as connection:
                yield connection


@contextmanager
def store_errors(verb: str) -> Iterator[None]:
    """Turns what the database raises into StoreError."""
    try:
        yield
    except DATABASE_ERRORS as error:
        raise StoreError(f"Smart Router's tables cannot be {verb}: {summary_of(error)}") from error


def summary_of(error: BaseException) -> str:
    """The first line of what went wrong: a driver's whole text repeats statement and values,
    and values may be what a user wrote."""
    original = getattr(error, "orig", None) or error
    lines = str(original).strip().splitlines()
    return f"{type(original).__name__}: {lines[0][:200]}" if lines else type(original).__name__
