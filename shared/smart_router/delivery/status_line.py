"""The status line over an answer, written beside the calls so that nobody waits for it."""

from __future__ import annotations

import asyncio
import logging

from ..records.types import Attempt
from .types import Plan

log = logging.getLogger(__name__)

#: Strong references to what must end even when the chat that began it is gone.
_ending: set[asyncio.Task[None]] = set()
#: The longest that the end of an answer waits for it.
_WAIT_S = 1.0


def keep(task: asyncio.Task[None]) -> None:
    _ending.add(task)
    task.add_done_callback(_ending.discard)


class StatusLine:
    """Says which backend is being tried, in the order in which they are."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._last: asyncio.Task[None] | None = None

    def show(self, backend: str, failed: tuple[Attempt, ...]) -> None:
        try:
            text = self._plan.describe(backend, failed)
        except Exception:
            log.exception("the status line could not be worded")
            return
        if text is not None:
            self._last = asyncio.create_task(self._write(text, self._last))
            keep(self._last)

    async def written(self) -> None:
        """Returns when the last line is out, or has taken too long."""
        if self._last is not None:
            await asyncio.wait({self._last}, timeout=_WAIT_S)

    async def _write(self, text: str, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait({before})
        try:
            await self._plan.channel.status(text, done=True)
        except Exception:
            log.exception("the status line could not be shown")
