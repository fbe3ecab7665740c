"""Answers under way in one process: counted, waited for, and stopped when the server is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import weakref
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from contextlib import aclosing
from typing import Any

from ..delivery import error_body
from ..delivery.sse import DONE_EVENT, json_event
from ..delivery.status_line import keep

STOPPED = "The server is being stopped, and this answer with it. Please ask again in a moment."


class AnswersUnderWay:
    """All of them."""

    def __init__(self) -> None:
        self._all: set[UnderWay] = set()
        self._none = asyncio.Event()

    def __len__(self) -> int:
        return len(self._all)

    def begin(self) -> UnderWay:
        """Another one, by the present task."""
        one = UnderWay(self)
        self._all.add(one)
        return one

    def over(self, one: UnderWay) -> None:
        self._all.discard(one)
        if not self._all:
            self._none.set()

    async def idle(self, timeout_s: float) -> None:
        """Returns when none is under way any more, or after `timeout_s`."""
        if self._all:
            self._none.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._none.wait(), timeout_s)

    async def stop(self, timeout_s: float) -> None:
        """Stop every one as its user would, and wait until they are recorded, or for `timeout_s`."""
        for one in tuple(self._all):
            one.stop()
        await self.idle(timeout_s)


class UnderWay:
    """One answer, until `end`, which counts once."""

    def __init__(self, answers: AnswersUnderWay) -> None:
        self._answers = answers
        self._task = asyncio.current_task()
        self._streaming = False
        self._read = False
        #: The server stopped it; nobody else did.
        self.stopped = False
        #: How it ends will be on record, even when it is stopped.
        self.accounted_for = False

    def stop(self) -> None:
        """Cancel whoever waits for it now; a stream that nobody reads yet ends when it is read."""
        self.stopped = True
        if self._task is not None:
            self._task.cancel()

    def was_stopped(self) -> bool:
        """Whether the cancellation that has just arrived is ours: then it is taken back."""
        if not self.stopped:
            return False
        task = asyncio.current_task()
        if task is not None:
            task.uncancel()
        return True

    def streaming(
        self, events: AsyncIterator[bytes], unread: Callable[[], Coroutine[Any, Any, None]]
    ) -> AsyncGenerator[bytes, None]:
        """The events, which go on after the pipe has returned; read by another task, as may be. A stream
        that nobody ever reads is over when it is dropped. `unread` is called when it did not begin."""
        self._streaming, self._task = True, None
        stoppable = self._stoppable(events, unread)
        loop = asyncio.get_running_loop()
        weakref.finalize(stoppable, self._dropped, loop, unread).atexit = False
        return stoppable

    def _dropped(
        self, loop: asyncio.AbstractEventLoop, unread: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        if not self._read:
            # Whoever collects what was dropped may be any thread, and the loop may be gone.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(lambda: keep(loop.create_task(unread())))
        self.end()

    async def _stoppable(
        self, events: AsyncIterator[bytes], unread: Callable[[], Coroutine[Any, Any, None]]
    ) -> AsyncGenerator[bytes, None]:
        self._task, self._read = asyncio.current_task(), True
        if self.stopped:
            await unread()
        try:
            async with aclosing(events):  # type: ignore[type-var]
                if not self.stopped:
                    async for event in events:
                        yield event
                    return
        except asyncio.CancelledError:
            if not self.was_stopped():
                raise
        self.end()
        yield json_event(error_body(STOPPED, None))
        yield DONE_EVENT

    def end_unless_streaming(self) -> None:
        if not self._streaming:
            self.end()

    def end(self) -> None:
        self._answers.over(self)
