"""The one task of a process that writes records: alone at once, many together."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection

from ..errors import StoreError
from ..ports import Clock
from .database import DATABASE_ERRORS, Database, summary_of

log = logging.getLogger("smart_router")


@dataclass(frozen=True, slots=True)
class Patience:
    """How the writer behaves when the database does not.

    `capacity` records wait in memory at most; after that the oldest are lost. A chat waits
    `answer_s` seconds for its record at most. Between attempts to reach a failing database lie
    `retry_s` seconds at first and `retry_most_s` at last. `commit_s` ends a commit that hangs.
    A connection that has nothing to write for `linger_s` seconds goes back to Open WebUI's pool.
    """

    capacity: int = 10_000
    answer_s: float = 2.0
    retry_s: float = 1.0
    retry_most_s: float = 30.0
    commit_s: float = 30.0
    linger_s: float = 5.0


@dataclass(slots=True)
class _Waiting:
    row: dict[str, Any]
    since: float
    done: asyncio.Future[StoreError | None]
    finished: bool = False

    def finish(self, error: StoreError | None = None) -> None:
        """Committed, or refused for good."""
        self.finished = True
        self.tell(error)

    def tell(self, error: StoreError | None) -> None:
        """Let the chat go on; the row itself may still be waiting."""
        if not self.done.done():
            self.done.set_result(error)


class Writer:
    """Commits rows of the records table in the order in which they came.

    A lone row is one statement on a connection that commits by itself, the fewest steps that
    there are. Rows that arrive while another is being committed share the next transaction.
    Writing one twice is harmless (its id is unique), so what is in doubt is simply tried again.
    """

    _MOST = 200

    def __init__(
        self,
        database: Database,
        ready: Callable[[], Awaitable[None]],
        patience: Patience,
        now: Clock = time.time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._now = now
        self._database = database
        self._ready = ready
        self._patience = patience
        self._clock = clock
        self._insert = _Insert.of(database)
        self._queue: deque[_Waiting] = deque()
        self._task: asyncio.Task[None] | None = None
        self._connection: AsyncConnection | None = None
        self._linger: asyncio.TimerHandle | None = None
        self._committing: list[_Waiting] = []
        self._committing_since = 0.0
        self._commit_ms = 0.0
        self._closed = False
        self.error: StoreError | None = None
        self.dropped = 0

    @property
    def ok(self) -> bool:
        """False while the last commit failed, or one has been hanging for longer than a chat may wait."""
        if self.error is not None:
            return False
        return not self._committing or self._clock() - self._committing_since <= self._patience.answer_s

    @property
    def lag_ms(self) -> float:
        """How long the oldest uncommitted row has waited; with none waiting, what the last commit took."""
        if self._committing:
            return (self._clock() - self._committing[0].since) * 1000
        if self._queue:
            return (self._clock() - self._queue[0].since) * 1000
        return self._commit_ms

    @property
    def waiting(self) -> int:
        """Rows that are in memory only."""
        return len(self._queue) + len(self._committing)

    async def write(self, row: dict[str, Any]) -> None:
        """Returns when the row is committed. Raises StoreError when that cannot be had within
        `answer_s`; the row then stays in memory and is written when the database answers again."""
        if self._closed:
            raise StoreError("Smart Router's store is closed; this request is not recorded")
        waiting = _Waiting(row, self._clock(), asyncio.get_running_loop().create_future())
        healthy = self.ok
        self._enqueue(waiting)
        if not healthy:
            raise self._kept()
        try:
            async with asyncio.timeout(self._patience.answer_s):
                error = await waiting.done
        except TimeoutError:
            raise self._kept() from None
        if error is not None:
            raise error

    def amend(self, change: Callable[[dict[str, Any]], None]) -> None:
        """Change the rows that are not written yet."""
        for waiting in self._queue:
            change(waiting.row)

    async def flush(self) -> None:
        """Returns when nothing is waiting any more; a failing database makes this take for ever."""
        while self._task is not None:
            await asyncio.wait([self._task])

    async def close(self, timeout_s: float) -> None:
        """Write what is waiting, for `timeout_s` at most, and let the connection go."""
        try:
            async with asyncio.timeout(timeout_s):
                await self.flush()
        except TimeoutError:
            log.error("Smart Router's store closes with %d records not written: %s", self.waiting, self.error)
        self._closed = True
        if (task := self._task) is not None:
            task.cancel()
            await asyncio.wait([task])
        while self._queue:
            self._queue.popleft().finish(
                StoreError("Smart Router's store was closed before this was written")
            )
        await self._release()

    def _enqueue(self, waiting: _Waiting) -> None:
        self._queue.append(waiting)
        self._keep_to_capacity()
        if self._task is None:
            self._start(self._drain())

    def _keep_to_capacity(self) -> None:
        while len(self._queue) > self._patience.capacity:
            self.dropped += 1
            self._queue.popleft().finish(StoreError("this record is lost: too many wait for the database"))

    def _kept(self) -> StoreError:
        return StoreError(f"this record waits in memory: {self.error or 'the database is slow'}")

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        if self._linger is not None:
            self._linger.cancel()
            self._linger = None
        self._task = asyncio.get_running_loop().create_task(self._run(work))

    async def _run(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        finally:
            # Nothing is awaited between the last look at the queue and this: no row slips through.
            self._task = None
            if self._connection is not None and not self._closed:
                loop = asyncio.get_running_loop()
                self._linger = loop.call_later(self._patience.linger_s, self._let_go)

    def _let_go(self) -> None:
        if self._task is None:
            self._start(self._release_then_drain())

    async def _release_then_drain(self) -> None:
        await self._release()
        await self._drain()

    async def _drain(self) -> None:
        pause_s = self._patience.retry_s
        while self._queue:
            batch = [self._queue.popleft() for _ in range(min(len(self._queue), self._MOST))]
            if await self._commit(batch):
                pause_s = self._patience.retry_s
                continue
            self._queue.extendleft(waiting for waiting in reversed(batch) if not waiting.finished)
            self._keep_to_capacity()
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, self._patience.retry_most_s)

    async def _commit(self, batch: list[_Waiting]) -> bool:
        """True when every row is committed, or refused for its own fault."""
        began = self._clock()
        self._committing, self._committing_since = batch, began
        try:
            await self._send([waiting.row for waiting in batch])
        except asyncio.CancelledError:
            self._queue.extendleft(reversed(batch))
            raise
        except Exception as error:
            failure = error
        else:
            self._succeeded(batch, began)
            return True
        finally:
            self._committing = []
        if not _is_the_rows_fault(failure):
            self._failed(batch, failure)
            return False
        if len(batch) == 1:
            self._refused(batch[0], failure)
            return True
        for waiting in batch:
            if not await self._commit([waiting]):
                return False
        return True

    def _succeeded(self, batch: list[_Waiting], began: float) -> None:
        self._commit_ms = (self._clock() - began) * 1000
        if self.error is not None:
            log.warning("Smart Router's tables can be written again")
        self.error = None
        for waiting in batch:
            waiting.finish()

    def _failed(self, batch: list[_Waiting], error: Exception) -> None:
        failure = StoreError(f"Smart Router's tables cannot be written: {summary_of(error)}")
        if self.error is None:
            log.error("%s; chats go on, records wait in memory", failure)
        self.error = failure
        for waiting in (*batch, *self._queue):
            waiting.tell(failure)

    def _refused(self, waiting: _Waiting, error: Exception) -> None:
        self.dropped += 1
        refusal = StoreError(f"the database refuses this record: {summary_of(error)}")
        log.error("%s", refusal)
        waiting.finish(refusal)

    async def _send(self, rows: list[dict[str, Any]]) -> None:
        lay_idle = self._connection is not None
        try:
            await self._insert_rows(rows)
        except BaseException as error:
            # aiosqlite says of a closed connection what sqlite3 says of a value that it cannot take.
            in_doubt = lay_idle and type(error) is ValueError
            if _is_the_rows_fault(error) and not in_doubt:
                raise
            await self._discard()
            if not in_doubt and (not lay_idle or not isinstance(error, DATABASE_ERRORS)):
                raise
            # The server may have cut a connection that lay idle; a new one tells.
            try:
                await self._insert_rows(rows)
            except BaseException:
                await self._discard()
                raise

    async def _insert_rows(self, rows: list[dict[str, Any]]) -> None:
        async with asyncio.timeout(self._patience.commit_s):
            await self._ready()
            connection = self._connection
            if connection is None:
                connection = self._connection = await self._database.engine.connect()
                await connection.execution_options(isolation_level="AUTOCOMMIT")
            now = self._now()
            values = [self._insert.values({**row, "written_at": now}) for row in rows]
            if len(values) == 1:
                await self._insert_alone(connection, values[0])
                return
            try:
                await connection.exec_driver_sql("BEGIN")
                await connection.exec_driver_sql(self._insert.statement, values)
                await connection.exec_driver_sql("COMMIT")
            except BaseException:
                await _roll_back(connection)
                raise

    async def _insert_alone(self, connection: AsyncConnection, values: Any) -> None:
        if not self._database.is_sqlite:
            await connection.exec_driver_sql(self._insert.statement, values)
            return
        # aiosqlite works in a thread, and SQLAlchemy goes there three times for one statement;
        # this goes once, which halves what a record costs a chat.
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.execute_insert(self._insert.statement, values)

    async def _discard(self) -> None:
        """Throw the connection away: a transaction may be open in it, or an answer on its way."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                await connection.invalidate()
                await connection.close()
            except DATABASE_ERRORS:
                log.debug("a broken connection did not close", exc_info=True)

    async def _release(self) -> None:
        connection, self._connection = self._connection, None
        if self._linger is not None:
            self._linger.cancel()
            self._linger = None
        if connection is not None:
            try:
                await connection.close()
            except DATABASE_ERRORS:
                log.debug("a connection did not go back to its pool", exc_info=True)


async def _roll_back(connection: AsyncConnection) -> None:
    """An abandoned transaction would keep everybody else from writing. A dead connection cannot be asked."""
    with contextlib.suppress(*DATABASE_ERRORS):
        async with asyncio.timeout(1.0):
            await connection.exec_driver_sql("ROLLBACK")


#: Columns that are filled by the database, or when an answer is rated.
_LATER = ("seq", "rated_at", "feedback_id")


@dataclass(frozen=True, slots=True)
class _Insert:
    """The one statement of this room that runs for every chat, compiled once: SQLAlchemy would
    compile it each time, because it keeps no compiled form of ON CONFLICT (measured: 0.6 ms)."""

    statement: str
    order: tuple[str, ...] | None

    @classmethod
    def of(cls, database: Database) -> _Insert:
        table = database.tables.records
        dialect = sqlite if database.is_sqlite else postgresql
        names = [column.name for column in table.columns if column.name not in _LATER]
        insert = dialect.insert(table).values({name: bindparam(name) for name in names}).inline()
        compiled = insert.on_conflict_do_nothing(index_elements=["id"]).compile(
            dialect=database.engine.dialect
        )
        order = compiled.positiontup
        return cls(str(compiled), None if order is None else tuple(order))

    def values(self, row: dict[str, Any]) -> Any:
        """As the driver wants them: by name, or in order."""
        return row if self.order is None else tuple(row[name] for name in self.order)


_FAULTS = (
    DataError,
    IntegrityError,
    sqlite3.DataError,
    sqlite3.IntegrityError,
    ValueError,
    TypeError,
    OverflowError,
)


def _is_the_rows_fault(error: BaseException) -> bool:
    """True when another try with the same values would end the same way."""
    if isinstance(error, _FAULTS):
        return True
    # Not the database's word, but SQLAlchemy's: a value that the driver could not send at all.
    return type(error) is StatementError
