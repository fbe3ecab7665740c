"""Plays an answer on the wire at the model's speed, or the fault that was scripted instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from .ask import Ask
from .faults import Fault
from .log import Outcome, RequestLog, Seen
from .reply import Reply
from .wire import ClientGone, Wire

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as HTTP says it."""

    status: int
    body: bytes
    media_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a stream. Only tokens take time."""

    data: bytes
    token: bool = False


class Dialect(Protocol):
    """How one protocol writes answers and errors."""

    @property
    def stream_media_type(self) -> str: ...

    @property
    def head_first(self) -> bool:
        """Whether the response head is out before the first token is there."""
        ...

    def whole(self, reply: Reply) -> bytes:
        """The answer in one piece."""
        ...

    def stream(self, reply: Reply) -> Iterator[Part]:
        """The answer piece by piece."""
        ...

    def broken(self) -> bytes:
        """What a stream says when it fails in the middle."""
        ...

    def failure(self, kind: str, fault: Fault) -> Failure:
        """The error response for a fault kind."""
        ...

    def usage(self, reply: Reply) -> dict[str, object]:
        """What is reported of the tokens, in the protocol's words."""
        ...


@dataclass(frozen=True, slots=True)
class Performance:
    """One answer, one way of failing (or none), one client.

    `pace` stretches the model's delays: 1 is lifelike, 0 as fast as possible. `load_ms` comes on top
    of the first token, for a local model that has to be loaded.
    """

    ask: Ask
    reply: Reply
    dialect: Dialect
    streamed: bool
    fault: Fault | None
    pace: float
    log: RequestLog
    seen: Seen
    load_ms: float = 0.0

    async def play(self, wire: Wire) -> None:
        """Send it, and note in the log how it ended."""
        outcome: Outcome = "dropped"
        try:
            outcome = await self._play(wire)
        except ClientGone:
            outcome = "disconnected"
            raise
        finally:
            self.log.end(self.seen, outcome)

    async def _play(self, wire: Wire) -> Outcome:
        kind = self.fault.kind if self.fault else ""
        if self.fault and kind == "refuse":
            await wire.drop()
        if self.fault and (kind in _HTTP_FAULTS or (kind == "error_mid_stream" and not self.streamed)):
            return await self.fail(wire, self.dialect.failure(kind, self.fault))
        if self.streamed:
            return await self._stream(wire)
        return await self._whole(wire)

    async def fail(self, wire: Wire, failure: Failure) -> Outcome:
        self.seen.status = failure.status
        await wire.head(
            failure.status, failure.media_type, {**failure.headers, "content-length": str(len(failure.body))}
        )
        await wire.write(failure.body, more=False)
        return "error"

    async def _whole(self, wire: Wire) -> Outcome:
        fault, reply = self.fault, self._reply()
        await self._until_first_token(wire)
        await wire.pause(self._token_s() * reply.output_tokens)
        body = self.dialect.whole(reply)
        self.seen.status = 200
        await wire.head(200, JSON, {"content-length": str(len(body))})
        if fault and fault.kind in ("stall", "drop"):
            half = len(body) // 2
            await wire.write(body[:half])
            await self._break(wire, fault)
            body = body[half:]
        await wire.write(body, more=False)
        self._spent(reply)
        return "answered"

    async def _stream(self, wire: Wire) -> Outcome:
        fault, reply, started = self.fault, self._reply(), False
        if self._head_before_token():
            await self._head(wire)
            started = True
        await self._until_first_token(wire)
        if not started:
            await self._head(wire)
        breaks = fault if fault and fault.kind in ("stall", "drop", "error_mid_stream") else None
        for part in self.dialect.stream(reply):
            # The break comes after so many tokens, or before the end when there are fewer.
            if breaks and (
                self.seen.tokens_sent >= breaks.after_tokens or (self.seen.tokens_sent and not part.token)
            ):
                if breaks.kind == "error_mid_stream":
                    await wire.write(self.dialect.broken(), more=False)
                    return "error"
                await self._break(wire, breaks)
                breaks = None
            if part.token:
                await wire.pause(self._token_s())
                self.seen.tokens_sent += 1
            await wire.write(part.data)
        await wire.write(b"", more=False)
        self._spent(reply)
        return "answered"

    async def _head(self, wire: Wire) -> None:
        self.seen.status = 200
        await wire.head(200, self.dialect.stream_media_type, {"cache-control": "no-cache"})
        await wire.write(b"")

    async def _break(self, wire: Wire, fault: Fault) -> None:
        if fault.kind == "drop":
            await wire.drop()
        await wire.pause(fault.delay_s)

    async def _until_first_token(self, wire: Wire) -> None:
        if self.fault and self.fault.kind == "hang":
            await wire.pause(self.fault.delay_s)
        await wire.pause((self.ask.model.first_token_ms + self.load_ms) / 1000 * self.pace)

    def _head_before_token(self) -> bool:
        if self.fault and self.fault.kind == "hang" and self.fault.headers is not None:
            return self.fault.headers
        return self.dialect.head_first

    def _token_s(self) -> float:
        if self.fault and self.fault.kind == "slow_tokens":
            return 0.5 if self.fault.delay_s is None else self.fault.delay_s
        return self.pace / self.ask.model.tokens_per_second

    def _reply(self) -> Reply:
        return self.reply.emptied() if self.fault and self.fault.kind == "empty" else self.reply

    def _spent(self, reply: Reply) -> None:
        self.seen.tokens_sent = max(self.seen.tokens_sent, reply.output_tokens)
        self.seen.usage = self.dialect.usage(reply)


_HTTP_FAULTS = frozenset(
    {
        "rate_limited", "auth", "not_found", "content_filter", "no_tools", "overloaded",
        "server_error_text", "server_error_json", "error_200",
    }
)  # fmt: skip


async def refuse_request(wire: Wire, failure: Failure, log: RequestLog, seen: Seen) -> None:
    """Answer with an error that is the caller's own doing, and log it."""
    seen.status = failure.status
    try:
        await wire.head(failure.status, failure.media_type, {"content-length": str(len(failure.body))})
        await wire.write(failure.body, more=False)
    finally:
        log.end(seen, "error")
