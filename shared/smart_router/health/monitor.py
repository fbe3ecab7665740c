"""Health: what this worker knows of every backend, kept in agreement with the other workers."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from dataclasses import replace
from typing import Any

from ..errors import ErrorKind
from ..ports import Clock, SharedState
from ..registry.types import Backend
from .admission import Admission
from .breaker import NEUTRAL, OF_CONNECTION, Breaker
from .observed import Observed
from .shared import TRIES, Shared, blank
from .slots import Slots
from .types import BackendHealth, BlockedBy, BreakerStatus, HealthSettings, HealthView


class Health:
    """Circuit breakers, recent errors and observed latency of all backends.

    Breakers live in SharedState and in a local copy: reading never waits, and a healthy call
    writes nothing. Latency, error rates and calls in flight are this worker's own. Losing the
    shared state costs the agreement between workers, never a chat.
    """

    def __init__(self, state: SharedState, clock: Clock, settings: HealthSettings | None = None) -> None:
        self._clock = clock
        self._settings = settings or HealthSettings()
        self._cap_s = self._settings.recovery_cap_s
        self._breakers = Shared(state)
        self._observed = Observed()
        self._slots = Slots()
        #: Strong references to what goes on when the chat that began it is gone.
        self._ending: set[asyncio.Task[None]] = set()

    @property
    def settings(self) -> HealthSettings:
        return self._settings

    @property
    def shared(self) -> bool:
        """False while the shared state cannot be reached and this worker decides alone."""
        return self._breakers.agrees

    def configure(self, *, threshold: int | None = None, recovery_s: float | None = None) -> None:
        """New limits from the valves; breakers that are open keep the time they were given, where it is
        none that nobody waits for any more."""
        changed = self._settings
        if threshold is not None:
            changed = replace(changed, threshold=max(1, threshold))
        if recovery_s is not None:
            cap_s = max(self._cap_s, recovery_s)
            changed = replace(changed, recovery_s=max(0.0, recovery_s), recovery_cap_s=cap_s)
        self._settings = changed

    def view(self, backends: Iterable[Backend]) -> HealthView:
        """A snapshot for one decision, from the local copy; never waits."""
        now = self._clock()
        return HealthView({backend.id: self._health(backend, now) for backend in backends})

    def statuses(self) -> tuple[BreakerStatus, ...]:
        """Every breaker that has seen a call or a failure, by id."""
        now = self._clock()
        known = {**{key: blank(key) for key in self._observed.keys}, **self._breakers.local}
        return tuple(self._status(known[key], now) for key in sorted(known))

    async def admit(
        self,
        backend: str,
        connection: str | None = None,
        *,
        limit: int | None = None,
        wait_s: float = 0.0,
    ) -> Admission | None:
        """Leave for one call, or None when a breaker is open or `limit` calls are already running.

        In the half-open state exactly one caller among all workers gets it, as the probe.
        `wait_s` is how long to wait for a slot.
        """
        if not await self._slots.take(backend, limit, wait_s):
            return None
        keys = [_backend_key(backend), *([_connection_key(connection)] if connection is not None else [])]
        if all(self._lets_all_pass(key) for key in keys):
            return Admission(backend, connection)
        # Whether a probe was written cannot be told once the writing was interrupted: it goes on, and
        # nobody is kept out for the sake of a caller who has left.
        admitting = asyncio.create_task(self._admitted(backend, connection))
        try:
            return await asyncio.shield(admitting)
        except asyncio.CancelledError:
            self._keep(self._take_back(admitting))
            raise

    async def _admitted(self, backend: str, connection: str | None) -> Admission | None:
        """As `admit`, for whoever has a slot; it is given back with None."""
        admission = Admission(backend, connection)
        passed = await self._pass(_backend_key(backend))
        admission.probe = passed is True
        if passed is not None and connection is not None:
            passed = await self._pass(_connection_key(connection))
            admission.connection_probe = passed is True
        if passed is not None:
            return admission
        await self.release(admission)
        return None

    async def _take_back(self, admitting: asyncio.Task[Admission | None]) -> None:
        admission = await admitting
        if admission is not None:
            await self.release(admission)

    def first_token(self, admission: Admission) -> None:
        """The backend answers: a probe has done its work, however long the answer gets. Never waits."""
        probes = admission.probe or admission.connection_probe
        if probes and not admission.ended and admission.answering is None:
            admission.answering = self._keep(self._close(admission))

    async def _close(self, admission: Admission) -> None:
        now, settings = self._clock(), self._settings
        if admission.probe:
            key = _backend_key(admission.backend)
            await self._breakers.change(key, lambda b: b.after_success(now, settings, probe=True))
        if admission.connection is not None and admission.connection_probe:
            key = _connection_key(admission.connection)
            await self._breakers.change(key, lambda b: b.after_success(now, settings, probe=True))
        admission.probe = admission.connection_probe = False

    def _keep(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
        return task

    async def success(
        self,
        backend: str,
        first_token_ms: float | None = None,
        tokens_per_second: float | None = None,
        *,
        admission: Admission | None = None,
    ) -> None:
        """A complete answer. Without an admission it is taken for the probe's, if there is one."""
        if not await self._ends(admission):
            return
        now, settings = self._clock(), self._settings
        key = _backend_key(backend)
        slow = _exceeds(first_token_ms, settings.slow_first_token_ms)
        slowness = self._observed.succeeded(key, now, settings, slow=slow)
        self._observed.answered(backend, now, settings, first_token_ms, tokens_per_second)
        probe = admission is None or admission.probe
        await self._breakers.change(key, lambda b: b.after_success(now, settings, probe=probe))
        if admission is not None and admission.connection is not None:
            connection = _connection_key(admission.connection)
            self._observed.succeeded(connection, now, settings)
            await self._breakers.change(
                connection, lambda b: b.after_success(now, settings, probe=admission.connection_probe)
            )
        if slowness is not None:
            await self._breakers.change(key, lambda b: b.after_slowness(now, slowness, settings))

    async def failure(
        self,
        backend: str,
        kind: ErrorKind,
        message: str = "",
        *,
        retry_after_s: float | None = None,
        admission: Admission | None = None,
    ) -> None:
        """A failed call. The caller's own errors only give a probe back."""
        if not await self._ends(admission):
            return
        connection = admission.connection if admission else None
        probe = admission is None or admission.probe
        await self._count(_backend_key(backend), kind, message, retry_after_s, probe)
        if connection is None or admission is None:
            return
        if kind in OF_CONNECTION:
            await self._count(
                _connection_key(connection), kind, message, retry_after_s, admission.connection_probe
            )
        elif admission.connection_probe:
            await self._breakers.change(_connection_key(connection), lambda b: b.without_probe())

    async def passive_failure(
        self,
        backend: str,
        kind: ErrorKind,
        message: str = "",
        *,
        retry_after_s: float | None = None,
        maybe_ours: bool = False,
    ) -> None:
        """A failure of other traffic, as Open WebUI publishes it.

        It publishes our own calls' failures too, before they return to us. Where it does not say whose
        it was (`maybe_ours`) nothing is counted while a call of ours runs there: it reports itself.
        """
        if not (maybe_ours and self._slots.taken(backend)):
            await self._count(_backend_key(backend), kind, message, retry_after_s, probe=False, heard=True)

    async def release(self, admission: Admission) -> None:
        """The call ended without a verdict on the backend: stopped, or the caller's error."""
        if not await self._ends(admission):
            return
        if admission.probe:
            await self._breakers.change(_backend_key(admission.backend), lambda b: b.without_probe())
        if admission.connection is not None and admission.connection_probe:
            await self._breakers.change(_connection_key(admission.connection), lambda b: b.without_probe())

    async def reset(self, breaker_id: str) -> bool:
        """Close the breaker with this id (a backend's or a connection's). False when unknown."""
        found = False
        for key in (_backend_key(breaker_id), _connection_key(breaker_id)):
            if (await self._breakers.read(key))[0] is None and key not in self._observed.keys:
                continue
            found = True
            await self._reset(key)
        return found

    async def reset_all(self) -> int:
        """Close every breaker that counts something; how many that were."""
        await self.refresh()
        marked = [key for key, breaker in self._breakers.local.items() if not breaker.clean]
        for key in marked:
            await self._reset(key)
        return len(marked)

    async def refresh(self) -> None:
        """Take over what other workers have changed."""
        await self._breakers.refresh()

    def _lets_all_pass(self, key: str) -> bool:
        local = self._breakers.local.get(key)
        return local is None or (local.state == "closed" and not local.blocked(self._clock(), self._settings))

    async def _pass(self, key: str) -> bool | None:
        """None: turned away. True: as the probe. False: as any other call."""
        if self._lets_all_pass(key):
            return False
        for _ in range(TRIES):
            breaker, stored = await self._breakers.read(key)
            now = self._clock()
            if breaker is None:
                return False
            if breaker.blocked(now, self._settings):
                return None
            if breaker.state == "closed":
                return False
            if await self._breakers.swap(key, stored, breaker.with_probe(now, self._settings)):
                return True
        return None

    async def _count(
        self,
        key: str,
        kind: ErrorKind,
        message: str,
        retry_after_s: float | None,
        probe: bool,
        heard: bool = False,
    ) -> None:
        now, settings = self._clock(), self._settings
        # Of other traffic we hear the failures alone: a share of them would always be all.
        counted = kind not in NEUTRAL and not heard
        reason = self._observed.failed(key, now, settings) if counted else None
        await self._breakers.change(
            key,
            lambda b: b.after_failure(
                now,
                kind,
                message[:200],
                settings,
                probe=probe,
                retry_after_s=retry_after_s,
                window=reason,
                heard=heard,
            ),
        )

    async def _reset(self, key: str) -> None:
        now = self._clock()
        self._observed.clear(key)
        await self._breakers.change(key, lambda b: b.after_reset(now))

    async def _ends(self, admission: Admission | None) -> bool:
        """False when this admission has ended before: a call is counted once."""
        if admission is None:
            return True
        if admission.ended:
            return False
        admission.ended = True
        self._slots.give_back(admission.backend)
        if admission.answering is not None:
            await asyncio.wait({admission.answering})
        return True

    def _health(self, backend: Backend, now: float) -> BackendHealth:
        own = self._breakers.local.get(_backend_key(backend.id))
        blocked = own is not None and own.blocked(now, self._settings)
        retry_at = own.retry_at if own is not None and blocked else None
        by: BlockedBy = "provider" if own is not None and own.state == "closed" else "failures"
        if not blocked and backend.connections:
            shut = [self._breakers.local.get(_connection_key(c)) for c in backend.connections]
            closed = [b for b in shut if b is not None and b.blocked(now, self._settings)]
            if len(closed) == len(backend.connections):
                blocked, retry_at, by = True, min(b.retry_at or now for b in closed), "connection"
        first_token_ms, tokens_per_second = self._observed.latency(backend.id, now)
        return BackendHealth(
            state=own.state_at(now, self._settings) if own is not None else "closed",
            blocked=blocked,
            blocked_by=by,
            retry_at=retry_at,
            first_token_ms=first_token_ms,
            tokens_per_second=tokens_per_second,
            in_flight=self._slots.taken(backend.id),
        )

    def _status(self, breaker: Breaker, now: float) -> BreakerStatus:
        paused = breaker.state != "closed" or breaker.blocked(now, self._settings)
        return BreakerStatus(
            id=breaker.id,
            kind=breaker.kind,
            state=breaker.state_at(now, self._settings),
            consecutive_failures=breaker.consecutive_failures,
            error_rate=self._observed.error_rate(_key(breaker), now, self._settings),
            opened_at=breaker.opened_at,
            retry_at=breaker.retry_at if paused else None,
            reason=breaker.reason,
            trips=breaker.trips,
            history=breaker.history,
        )


def _backend_key(backend: str) -> str:
    return f"backend:{backend}"


def _connection_key(connection: str) -> str:
    return f"connection:{connection}"


def _key(breaker: Breaker) -> str:
    return f"{breaker.kind}:{breaker.id}"


def _exceeds(value: float | None, limit: float | None) -> bool:
    return value is not None and limit is not None and value > limit
