"""The breakers as all workers share them, and this worker's copy of them."""

from __future__ import annotations

import logging
from collections.abc import Callable

from ..ports import SharedState
from .breaker import Breaker

log = logging.getLogger(__name__)

_PREFIX = "breaker:"
#: A breaker that nobody has touched for this long is forgotten.
_TTL_S = 7 * 24 * 3600.0
#: How often a change is tried when other workers change the same breaker meanwhile.
TRIES = 8


class Shared:
    """`local` are the breakers by key, as this worker last saw them. `agrees` is False while the shared
    state cannot be reached; changes are this worker's own then, and are told to the others when it is back,
    but for breakers that somebody else has changed by then."""

    def __init__(self, state: SharedState) -> None:
        self._state = state
        self.local: dict[str, Breaker] = {}
        self.agrees = True
        #: How often any was looked at or changed, and which at which of these times.
        self._looks = 0
        self._looked_at: dict[str, int] = {}
        #: What is stored, as far as was seen; and which breakers were changed since by this worker alone.
        self._seen: dict[str, bytes | None] = {}
        self._owed: set[str] = set()

    async def refresh(self) -> None:
        """Take over what other workers have changed."""
        began = self._looks
        try:
            found = await self._state.scan(_PREFIX)
        except Exception as error:
            self._alone(error)
            return
        self.agrees = True
        stored = {key.removeprefix(_PREFIX): data for key, data in found.items()}
        # Of what was looked at one by one meanwhile, this is old news.
        newer = {key for key, look in self._looked_at.items() if look > began}
        breakers = {key: self.local[key] for key in newer & self.local.keys()}
        for key in {*stored, *self._owed} - newer:
            breaker = self._newest(key, stored.get(key))
            if breaker is not None:
                breakers[key] = breaker
        self.local = breakers
        for key in self._owed & breakers.keys():
            await self.swap(key, stored.get(key), breakers[key])

    async def change(self, key: str, change: Callable[[Breaker], Breaker]) -> None:
        """Apply a transition to the newest state. Nothing is read or written when it changes nothing."""
        local = self.local.get(key)
        current = local or blank(key)
        if change(current) == current:
            return
        for _ in range(TRIES):
            breaker, stored = await self.read(key)
            current = breaker or blank(key)
            changed = change(current)
            if changed == current or await self.swap(key, stored, changed):
                return
        log.warning("circuit breaker %s: too many workers change it at once, this change is lost", key)

    async def read(self, key: str) -> tuple[Breaker | None, bytes | None]:
        """The newest state, and the bytes that a change must find unchanged."""
        try:
            data = await self._state.get(_PREFIX + key)
        except Exception as error:
            self._alone(error)
            return self.local.get(key), None
        self.agrees = True
        self._note(key)
        breaker = self._newest(key, data)
        if breaker is None:
            self.local.pop(key, None)
        else:
            self.local[key] = breaker
        return breaker, data

    async def swap(self, key: str, stored: bytes | None, new: Breaker) -> bool:
        """Whether `new` was put in the place of `stored`: nobody else had changed it."""
        before, data = self.local.get(key), new.encode()
        try:
            done = await self._state.compare_and_set(_PREFIX + key, stored, data, _TTL_S)
        except Exception as error:
            self._alone(error)
            self._owed.add(key)
            done = True
        else:
            if done:
                self._owed.discard(key)
                self._seen[key] = data
        if done:
            self._note(key)
            self.local[key] = new
            if new.state != (before.state if before else "closed"):
                log.warning("circuit breaker %s is now %s: %s", new.id, new.state, new.history[-1].reason)
        return done

    def _newest(self, key: str, stored: bytes | None) -> Breaker | None:
        """What this worker changed alone, where nobody else has changed it since; else what is stored."""
        if key in self._owed and stored in (None, self._seen.get(key)):
            return self.local.get(key)
        self._owed.discard(key)
        self._seen[key] = stored
        return None if stored is None else _decode(key, stored)

    def _note(self, key: str) -> None:
        self._looks += 1
        self._looked_at[key] = self._looks

    def _alone(self, error: Exception) -> None:
        if self.agrees:
            log.warning("the shared state cannot be reached, breakers are this worker's own: %s", error)
        self.agrees = False


def blank(key: str) -> Breaker:
    kind, _, name = key.partition(":")
    return Breaker(name, "connection" if kind == "connection" else "backend")


def _decode(key: str, data: bytes) -> Breaker | None:
    try:
        return Breaker.decode(data)
    except (ValueError, KeyError, TypeError) as error:
        log.warning("circuit breaker %s: what is stored cannot be read and is ignored: %s", key, error)
        return None
