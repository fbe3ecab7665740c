"""Limits how long the reads of one stream may wait, with one timer for all of them.

`asyncio.timeout` around every read costs more than everything else that is done with a chunk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

#: Loops that count in whole milliseconds (uvloop) round: a timer may ring so much before its time.
_TICK_S = 0.001


def has_come(moment: float, now: float) -> bool:
    """Whether a timer set for `moment` may have rung; both in the event loop's time."""
    return now >= moment - _TICK_S


class Watch:
    """`until` is the event loop's time by which the next piece must have come.

    Time that passes between two reads is the reader's own and is added to it.
    """

    __slots__ = ("_armed_for", "_fired", "_left_at", "_loop", "_task", "_timer", "until")

    def __init__(self, until: float) -> None:
        self.until = until
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._armed_for = 0.0
        self._left_at: float | None = None
        self._task: asyncio.Task[object] | None = None
        self._fired = False

    async def read(self, next_piece: Callable[[], Awaitable[T]]) -> T:
        """Await the next piece. Raises TimeoutError when `until` has passed; else what the read raises."""
        if self._left_at is not None:
            self.until += self._loop.time() - self._left_at
        if self._timer is None or self.until < self._armed_for:
            self._arm()
        task = self._task = asyncio.current_task()
        assert task is not None
        cancelling = task.cancelling()
        try:
            return await next_piece()
        except asyncio.CancelledError:
            if self._fired:
                self._fired = False
                if task.uncancel() <= cancelling:
                    raise TimeoutError from None
            raise
        finally:
            self._task = None
            self._left_at = self._loop.time()
            if self._fired:
                # Somebody below has swallowed our cancellation, or finished all the same.
                self._fired = False
                task.uncancel()

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _arm(self) -> None:
        self.stop()
        self._armed_for = self.until
        self._timer = self._loop.call_at(self._armed_for, self._look)

    def _look(self) -> None:
        self._timer = None
        if self._task is None:
            # Nobody is reading; the next read arms again.
            return
        if has_come(self.until, self._loop.time()):
            self._fired = True
            self._task.cancel()
        else:
            self._arm()
