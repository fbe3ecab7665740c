"""How many calls a backend serves at once, in this worker."""

from __future__ import annotations

import asyncio
from collections import deque


class Slots:
    """Counts calls per backend and lets one in when another leaves. First come, first served."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    def taken(self, backend: str) -> int:
        return self._taken.get(backend, 0)

    async def take(self, backend: str, limit: int | None, wait_s: float) -> bool:
        """True when a slot is ours. Waits at most `wait_s` seconds for one; None is no limit."""
        if limit is None or (self.taken(backend) < limit and not self._waiting.get(backend)):
            self._taken[backend] = self.taken(backend) + 1
            return True
        if wait_s <= 0:
            return False
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(backend, deque()).append(turn)
        try:
            async with asyncio.timeout(wait_s):
                await turn
            return True
        except BaseException as error:
            if turn.done() and not turn.cancelled():
                # Handed over in the very moment that we gave up: pass it on.
                self.give_back(backend)
            else:
                self._leave(backend, turn)
            if isinstance(error, TimeoutError):
                return False
            raise

    def give_back(self, backend: str) -> None:
        queue = self._waiting.get(backend)
        while queue:
            turn = queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._waiting.pop(backend, None)
        left = self.taken(backend) - 1
        if left > 0:
            self._taken[backend] = left
        else:
            self._taken.pop(backend, None)

    def _leave(self, backend: str, turn: asyncio.Future[None]) -> None:
        queue = self._waiting.get(backend)
        if queue is None:
            return
        if turn in queue:
            queue.remove(turn)
        if not queue:
            self._waiting.pop(backend, None)
