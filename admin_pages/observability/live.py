"""The route that tells a page of new records while it is open: server-sent events."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from sqlalchemy import func, select
from starlette.responses import Response, StreamingResponse

from smart_router.errors import StoreError
from smart_router.records.database import Database

from .dependencies import Dependencies

View = Callable[..., Any]

#: How often the database is asked, in seconds. All streams of a worker share the answer.
LOOK_S = 1.0

#: A stream ends after so many seconds and the browser opens another: a server that is told to stop
#: waits for every answer that is under way, and not every server can be asked whether it was.
LONGEST_S = 10.0

#: How often it is asked.
_STOPPING_S = 0.2

#: The last word of a stream that ends because of that; browsers pass over it.
STOPPING = b": the server stops\n\n"


class Newest:
    """The number (`seq`) of the newest record, looked up at most once a second."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._asked_at = float("-inf")
        self._seq = 0
        self._database: Database | None = None
        self._lock = asyncio.Lock()

    async def of(self, database: Database) -> int:
        async with self._lock:
            # After an upgrade the routes are the same and the database's handle is another.
            if database is not self._database or self._clock() - self._asked_at >= LOOK_S:
                async with database.reading() as connection:
                    newest = await connection.scalar(select(func.max(database.tables.records.c.seq)))
                self._seq, self._asked_at, self._database = newest or 0, self._clock(), database
            return self._seq


async def events(
    database: Database, newest: Newest, seconds: float, stopping: Callable[[], bool] = lambda: False
) -> AsyncIterator[bytes]:
    """`event: records` with the newest record's number, at first and whenever there is a newer one;
    until `seconds` are over, or the server is `stopping`."""
    next_look = time.monotonic()
    ends_at = next_look + seconds
    told: int | None = None
    yield b"retry: 1000\n\n"
    while True:
        if stopping():
            yield STOPPING
            return
        now = time.monotonic()
        if now >= min(next_look, ends_at):
            next_look = now + LOOK_S
            try:
                seq = await newest.of(database)
            except StoreError:
                # The page hears of it from the health route; the next stream tries again.
                return
            if seq != told:
                told = seq
                yield f'event: records\nid: {seq}\ndata: {{"newest": {seq}}}\n\n'.encode()
        if now >= ends_at:
            return
        await asyncio.sleep(min(_STOPPING_S, ends_at - now))


def add_live(router: APIRouter, dependencies: Dependencies, view: View) -> None:
    """One route; it looks at the database once a second while somebody listens."""
    newest = Newest()

    @router.get("/events", response_class=StreamingResponse)
    async def get_events(
        seconds: Annotated[float, Query(ge=0, le=LONGEST_S)] = LONGEST_S,
        _: Any = Depends(dependencies.admin),
        runtime: Any = Depends(view),
    ) -> Response:
        """Says `records` when there are new ones, and ends after `seconds`; a browser comes back by
        itself."""
        return StreamingResponse(
            events(runtime.store.database, newest, seconds, dependencies.stopping),
            media_type="text/event-stream",
            # A proxy would hold back what is to arrive at once.
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
