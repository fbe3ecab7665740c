"""Which workers are alive: each leaves a sign in shared state that fades by itself."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from ..ports import SharedState

log = logging.getLogger("smart_router")

#: Seconds between two signs, and how long one lasts: a worker that misses two is gone.
BEAT_S = 10.0
LASTS_S = 25.0

_PREFIX = "worker:"


class Workers:
    """`alive` is how many shared their state at the last look, this one included: 1 without Redis,
    where workers do not know of each other; None while Redis is down."""

    def __init__(self, state: SharedState, id: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.id = id
        self.alive: int | None = None
        self._state = state
        self._clock = clock
        self._next_at = float("-inf")

    async def beat(self) -> None:
        """Leave a sign and count the others', when it is time to. Never raises: a Redis that is down
        is told of elsewhere."""
        if self._clock() < self._next_at:
            return
        self._next_at = self._clock() + BEAT_S
        try:
            await self._state.increment(_PREFIX + self.id, ttl_s=LASTS_S)
            self.alive = len(await self._state.scan(_PREFIX))
        except Exception:
            log.debug("workers could not be counted", exc_info=True)
            self.alive = None

    async def leave(self) -> None:
        """This worker stops: the others need not wait until its sign has faded."""
        sign = await self._state.get(_PREFIX + self.id)
        await self._state.compare_and_set(_PREFIX + self.id, sign, None)
