"""One call to one backend: opened, read under its deadlines, closed, and accounted for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any

from ..errors import ErrorKind, UpstreamError
from ..health import Admission
from ..ports import Answer, Channel, Stream
from ..records.types import Attempt, Purpose
from ..registry.types import Backend
from .answer import as_chunks, check_answer, choices_in, is_limited
from .errors import classify_exception
from .reading import Reading
from .sse import Lines
from .types import DeliverySettings
from .usage import Usage, price
from .watch import Watch, has_come

log = logging.getLogger(__name__)


class Call:
    """An attempt under way. Times ending in `_at` are the event loop's, except `started_at`."""

    def __init__(
        self,
        backend: str,
        info: Backend | None,
        purpose: Purpose,
        admission: Admission,
        settings: DeliverySettings,
        *,
        started_at: float,
        deadline: float,
    ) -> None:
        self.backend = backend
        self.info = info
        self.purpose = purpose
        self.admission = admission
        self.started_at = started_at
        self.reading = Reading(info.provider if info else "openai", hold_tools=settings.hold_tool_calls_s > 0)
        self.first_token_ms: float | None = None
        self._settings = settings
        self._loop = asyncio.get_running_loop()
        self._began_at = self._loop.time()
        self._deadline = deadline
        self._watch = Watch(min(self._began_at + settings.first_token_timeout_s, deadline))
        self._tools_until: float | None = None
        self._lines = Lines()
        self._stream: Stream | None = None
        self._chunks: AsyncIterator[bytes | str] | None = None
        self._ready: list[bytes] | None = None
        self._pending: asyncio.Task[bytes | str] | None = None
        #: Nothing of this call's answer has gone out, whatever was read of it.
        self.kept_back = False
        #: How much text of its own a failed call leaves with the user.
        self.added_chars = 0

    async def open(self, channel: Channel, body: Mapping[str, Any]) -> None:
        """Start a stream. Raises UpstreamError."""
        answer = await self._complete(channel, body, self._watch.until, ErrorKind.TIMEOUT_FIRST_TOKEN)
        if isinstance(answer, Stream):
            self._stream = answer
            self._chunks = answer.chunks.__aiter__()
        else:
            check_answer(answer, self.reading.provider, limited=self.reading.limited)
            self._ready = as_chunks(answer.body)

    async def read(self, until: float | None = None) -> list[bytes] | None:
        """The next payloads of the stream; None when it is over. Raises UpstreamError.

        Waits for them no longer than `until`; the stream does not notice, and there are none then.
        """
        if self.reading.done:
            # Some servers keep the connection open after the end that they have announced.
            return None
        if self._chunks is None:
            ready, self._ready = self._ready, None
            return ready
        reading = self.reading
        if reading.said_all:
            self._watch.until = min(self._watch.until, self._loop.time() + self._settings.tail_wait_s)
        try:
            if until is None and self._pending is None:
                piece = await self._watch.read(self._chunks.__anext__)
            else:
                waited = await self._read_beside(self._chunks, until)
                if waited is None:
                    return []
                piece = waited
        except StopAsyncIteration:
            self._chunks = None
            return self._lines.flush()
        except Exception as error:
            if reading.said_all:
                return None
            if isinstance(error, TimeoutError) and has_come(self._watch.until, self._loop.time()):
                raise self._timeout() from None
            raise classify_exception(error) from error
        payloads = self._lines.feed(piece)
        if payloads and reading.started:
            self._watch.until = self._loop.time() + self._settings.idle_timeout_s
        return payloads

    async def _read_beside(
        self, chunks: AsyncIterator[bytes | str], until: float | None
    ) -> bytes | str | None:
        """The next piece, read by a task of its own, so that giving up the wait leaves it alone."""
        task = self._pending
        if task is None:
            task = self._pending = asyncio.ensure_future(self._watch.read(chunks.__anext__))
        timeout = None if until is None else max(0.0, until - self._loop.time())
        await asyncio.wait({task}, timeout=timeout)
        if not task.done():
            return None
        self._pending = None
        return task.result()

    def took(self) -> bool:
        """To be told after each payload was read. True when this was the first token."""
        if self.first_token_ms is not None or not self.reading.started:
            return False
        now = self._loop.time()
        self.first_token_ms = (now - self._began_at) * 1000
        self._watch.until = now + self._settings.idle_timeout_s
        return True

    def keeps_tools_too_long(self) -> bool:
        """Tool calls have been kept back for as long as they may be."""
        reading = self.reading
        if not (reading.tool_calls and reading.hold_tools):
            return False
        now = self._loop.time()
        if self._tools_until is None:
            self._tools_until = now + self._settings.hold_tool_calls_s
        return now >= self._tools_until

    async def answer(self, channel: Channel, body: Mapping[str, Any]) -> Answer | Stream:
        """One unstreamed answer, checked; or a stream all the same. Raises UpstreamError."""
        until = min(self._began_at + self._settings.whole_answer_s, self._deadline)
        self._watch.until = until
        answer = await self._complete(channel, body, until, ErrorKind.TIMEOUT_FIRST_TOKEN)
        if isinstance(answer, Stream):
            self._stream = answer
            self._chunks = answer.chunks.__aiter__()
        else:
            check_answer(answer, self.reading.provider, limited=self.reading.limited)
        return answer

    async def _complete(
        self, channel: Channel, body: Mapping[str, Any], until: float, late: ErrorKind
    ) -> Answer | Stream:
        self.reading.limited = is_limited(body)
        self.reading.choices = choices_in(body)
        try:
            async with asyncio.timeout_at(until) as limit:
                answer = await channel.complete(self.backend, body)
        except UpstreamError:
            raise
        except Exception as error:
            if isinstance(error, TimeoutError) and limit.expired():
                raise UpstreamError(late, "no answer within the time allowed") from None
            raise classify_exception(error) from error
        if isinstance(answer, Answer):
            # Paid, whatever becomes of it.
            self.reading.raw_usage = answer.body.get("usage") or None
        return answer

    def _timeout(self) -> UpstreamError:
        if self.reading.started:
            return UpstreamError(ErrorKind.TIMEOUT_IDLE, "the stream stood still for too long")
        return UpstreamError(ErrorKind.TIMEOUT_FIRST_TOKEN, "no first token within the time allowed")

    async def close(self) -> None:
        """Let go of the upstream, at once and whatever state it is in."""
        self._watch.stop()
        if self._pending is not None:
            self._pending.cancel()
            await asyncio.wait({self._pending})
            self._pending = None
        stream, self._stream, self._chunks = self._stream, None, None
        if stream is None:
            return
        try:
            async with asyncio.timeout(self._settings.close_timeout_s):
                await stream.aclose()
        except Exception as error:
            log.warning("closing the stream of %s failed: %r", self.backend, error)

    @property
    def duration_ms(self) -> float:
        return (self._loop.time() - self._began_at) * 1000

    def tokens_per_second(self, usage: Usage | None) -> float | None:
        """Output speed once tokens were flowing; None when it cannot be told."""
        if usage is None or not usage.output_tokens or self.first_token_ms is None:
            return None
        seconds = (self.duration_ms - self.first_token_ms) / 1000
        return usage.output_tokens / seconds if seconds > 0.05 else None

    def attempt(
        self, usage: Usage | None, error: UpstreamError | None = None, told: str | None = None
    ) -> Attempt:
        """For the journal; `told` is what may be kept of the error's message."""
        connections = self.info.connections if self.info else ()
        cost = None
        if usage is not None:
            cost = usage.cost_usd if usage.cost_usd is not None else price(self.info, usage)
        return Attempt(
            backend=self.backend,
            purpose=self.purpose,
            started_at=self.started_at,
            connection=connections[0] if len(connections) == 1 else None,
            first_token_ms=self.first_token_ms,
            duration_ms=self.duration_ms,
            status=error.status if error else 200,
            error_kind=error.kind.value if error else None,
            error=told,
            input_tokens=usage.input_tokens if usage else None,
            cached_tokens=usage.cached_tokens if usage else None,
            output_tokens=usage.output_tokens if usage else None,
            cost_usd=cost,
        )
