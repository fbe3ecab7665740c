"""Background work: several pieces in turn, round after round, none in the way of another."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

log = logging.getLogger("smart_router")

Work = Callable[[], Awaitable[None]]


class Rounds:
    """Pieces of work by the names under which they are logged; `every_s` is how often there is a round.

    A piece that fails is tried again in the next round, and the others go on. What fails for long
    is logged when it begins and when it is over. One that takes longer than `most_s` has failed: a
    connection whose other end is gone may wait for hours.
    """

    def __init__(self, works: Mapping[str, Work], every_s: float, most_s: float = 300.0) -> None:
        self._works = works
        self._every_s = every_s
        self._most_s = most_s
        self._failing: set[str] = set()

    async def once(self) -> None:
        """One round."""
        for name, work in self._works.items():
            try:
                async with asyncio.timeout(self._most_s):
                    await work()
            except Exception:
                if name not in self._failing:
                    log.exception(
                        "Smart Router's background work failed: %s; it is tried again every %g s",
                        name,
                        self._every_s,
                    )
                self._failing.add(name)
            else:
                if name in self._failing:
                    log.warning("Smart Router's background work goes on: %s", name)
                self._failing.discard(name)
