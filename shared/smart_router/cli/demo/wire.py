"""One response on one connection, with everything that can go wrong on it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal

from starlette.types import Receive, Scope, Send

#: Ends the connection of a client address: `close` after what was written, `abort` at once.
Hangup = Callable[[tuple[str, int] | None, Literal["close", "abort"]], bool]


class ClientGone(Exception):
    """The client left before the response was over."""


class Dropped(Exception):
    """We closed the socket ourselves, as the fault demanded."""


class Wire:
    """Sends a response bit by bit and notices at once when nobody listens any more."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, hangup: Hangup | None) -> None:
        self._client = scope.get("client")
        self._receive = receive
        self._send = send
        self._hangup = hangup
        self._gone = asyncio.Event()
        self._started = False

    async def watch(self) -> None:
        """Wait for the client's leaving. The request body has been read before this."""
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._gone.set()

    async def head(self, status: int, media_type: str, headers: Mapping[str, str] | None = None) -> None:
        """The status line and the headers, once."""
        pairs = {"content-type": media_type, **(headers or {})}
        raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in pairs.items()]
        await self._send({"type": "http.response.start", "status": status, "headers": raw})
        self._started = True

    async def write(self, data: bytes, *, more: bool = True) -> None:
        """A part of the body. Raises ClientGone when there is nobody to read it."""
        if self._gone.is_set():
            raise ClientGone
        await self._send({"type": "http.response.body", "body": data, "more_body": more})

    async def pause(self, seconds: float | None) -> None:
        """Wait that long (None: for ever). Raises ClientGone as soon as the client leaves."""
        if seconds is not None and seconds <= 0:
            await asyncio.sleep(0)
        else:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._gone.wait(), seconds)
        if self._gone.is_set():
            raise ClientGone

    async def drop(self) -> None:
        """Close the socket under the client: after what was sent, or at once when nothing was."""
        if self._hangup is None or not self._hangup(self._client, "close" if self._started else "abort"):
            raise ConnectionResetError("no socket to close")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._gone.wait(), 5)
        raise Dropped


class Scripted:
    """A response that is played rather than built: the ASGI side of a script written on a Wire."""

    def __init__(self, script: Callable[[Wire], Awaitable[Any]], hangup: Hangup | None) -> None:
        self._script = script
        self._hangup = hangup

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wire = Wire(scope, receive, send, self._hangup)
        watcher = asyncio.create_task(wire.watch())
        try:
            await self._script(wire)
        except (ClientGone, Dropped):
            pass
        finally:
            watcher.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watcher
