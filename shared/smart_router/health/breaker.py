"""One circuit breaker as a value: every transition is a pure function from one to the next.

         threshold failures, error rate, auth
closed ─────────────────────────────────────▶ open
  ▲                                            │ recovery time
  │ probe succeeded                            ▼
  └──────────────────────────────────────── half_open ──▶ open, for twice as long
                                                probe failed
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ..errors import ErrorKind
from .types import BreakerEvent, BreakerState, HealthSettings

#: The caller's own doing, or nobody's: says nothing about the backend.
NEUTRAL = frozenset(
    {
        ErrorKind.BAD_REQUEST,
        ErrorKind.BAD_PARAMETER,
        ErrorKind.CONTEXT_TOO_LONG,
        ErrorKind.CONTENT_FILTER,
        ErrorKind.CANCELLED,
    }
)
#: What makes a whole connection suspect, not only the one model behind it.
OF_CONNECTION = frozenset({ErrorKind.CONNECTION, ErrorKind.AUTH})
_HISTORY = 20


@dataclass(frozen=True, slots=True)
class Breaker:
    """`streak` counts openings since it last was closed; `probe_until` is when a probe is given up.

    `retry_at` is when the next call is let through: as a probe when open, as any other when closed
    (then it is a provider's Retry-After). `failed_at` is when the row last grew; `heard` says that
    failures of other traffic are in it, whose successes nobody tells us of.
    """

    id: str
    kind: Literal["backend", "connection"] = "backend"
    state: BreakerState = "closed"
    consecutive_failures: int = 0
    opened_at: float | None = None
    retry_at: float | None = None
    probe_until: float | None = None
    reason: str | None = None
    trips: int = 0
    streak: int = 0
    failed_at: float | None = None
    heard: bool = False
    history: tuple[BreakerEvent, ...] = field(default=())

    def state_at(self, now: float, settings: HealthSettings) -> BreakerState:
        """The state that a reader sees: open turns half-open by time alone."""
        return "half_open" if self.state == "open" and not self.blocked(now, settings) else self.state

    def blocked(self, now: float, settings: HealthSettings) -> bool:
        """Whether a call would be turned away now. A time further off than any wait can be is one from
        before the clock was set back: it has passed."""
        if self.state == "half_open":
            return self.probe_until is not None and 0 < self.probe_until - now <= settings.probe_s
        return self.retry_at is not None and 0 < self.retry_at - now <= settings.longest_s

    @property
    def clean(self) -> bool:
        """Closed with nothing counted: a success changes nothing."""
        return self.state == "closed" and not self.consecutive_failures and self.retry_at is None

    def with_probe(self, now: float, settings: HealthSettings) -> Breaker:
        """Half-open, with a probe under way. Only for one that is not closed and not blocked."""
        changed = replace(self, state="half_open", probe_until=now + settings.probe_s)
        if self.state == "half_open":
            return changed
        return changed._noted(now, "recovery time is over, one request probes")

    def without_probe(self) -> Breaker:
        """The probe ended without a verdict (the caller's error, a stop): the next call probes."""
        return replace(self, probe_until=None) if self.state == "half_open" else self

    def after_success(self, now: float, settings: HealthSettings, *, probe: bool) -> Breaker:
        if self.state == "closed":
            if self.clean:
                return self
            # A provider's Retry-After outlives the answers that were on their way already.
            pause = self.retry_at if self.blocked(now, settings) else None
            return replace(
                self,
                consecutive_failures=0,
                failed_at=None,
                heard=False,
                retry_at=pause,
                reason=self.reason if pause else None,
            )
        if not probe:
            # A stream that began before it opened says nothing about now.
            return self
        return self._closed(now, "the probe succeeded")

    def after_failure(
        self,
        now: float,
        kind: ErrorKind,
        message: str,
        settings: HealthSettings,
        *,
        probe: bool,
        retry_after_s: float | None = None,
        window: str | None = None,
        heard: bool = False,
    ) -> Breaker:
        """`window` is the reason why recent calls taken together open it, None when they do not. `heard`:
        of other traffic."""
        if kind in NEUTRAL:
            return self.without_probe() if probe else self
        reason = f"{kind.value}: {message}" if message else kind.value
        pause = None if retry_after_s is None else now + min(retry_after_s, settings.pause_cap_s)
        if self.state != "closed":
            return self._opened(now, reason, settings, pause) if probe else self
        row, heard = self.consecutive_failures, heard or self.heard
        if heard and self.failed_at is not None and now - self.failed_at > settings.window_s:
            # Other traffic may have had any number of answers meanwhile: this is no longer the same row.
            row = 0
        failed = replace(self, consecutive_failures=row + 1, failed_at=now, heard=heard, reason=reason)
        if kind is ErrorKind.AUTH and self.kind == "backend":
            return failed._opened(now, reason, settings, pause)
        if failed.consecutive_failures >= settings.threshold:
            row_of = f"within {settings.window_s:g} s of each other" if heard else "in a row"
            why = f"{failed.consecutive_failures} failures {row_of}, {reason}"
            return failed._opened(now, why, settings, pause)
        if window is not None:
            return failed._opened(now, f"{window}, {reason}", settings, pause)
        if pause is not None:
            held = self.retry_at if self.blocked(now, settings) else None
            return replace(failed, retry_at=max(pause, held or 0.0))
        return failed

    def after_slowness(self, now: float, reason: str, settings: HealthSettings) -> Breaker:
        return self._opened(now, reason, settings, None) if self.state == "closed" else self

    def after_reset(self, now: float) -> Breaker:
        return self._closed(now, "reset by an administrator")

    def _closed(self, now: float, reason: str) -> Breaker:
        return replace(
            self,
            state="closed",
            consecutive_failures=0,
            failed_at=None,
            heard=False,
            opened_at=None,
            retry_at=None,
            probe_until=None,
            reason=None,
            streak=0,
        )._noted(now, reason)

    def _opened(self, now: float, reason: str, settings: HealthSettings, pause: float | None) -> Breaker:
        wait_s = min(settings.recovery_s * 2.0 ** min(self.streak, 30), settings.recovery_cap_s)
        return replace(
            self,
            state="open",
            opened_at=now,
            retry_at=max(now + wait_s, pause or 0.0),
            probe_until=None,
            reason=reason,
            trips=self.trips + 1,
            streak=self.streak + 1,
        )._noted(now, reason)

    def _noted(self, now: float, reason: str) -> Breaker:
        return replace(self, history=(*self.history, BreakerEvent(now, self.state, reason))[-_HISTORY:])

    def encode(self) -> bytes:
        """As it is kept in SharedState. Equal breakers give equal bytes."""
        body = {name: getattr(self, name) for name in _PLAIN}
        body["history"] = [[e.at, e.state, e.reason] for e in self.history]
        return json.dumps(body, sort_keys=True, ensure_ascii=True).encode()

    @classmethod
    def decode(cls, data: bytes) -> Breaker:
        """Raises ValueError, KeyError or TypeError for what `encode` did not write."""
        # A worker that has not been upgraded yet writes without the newer fields.
        body: dict[str, Any] = {"failed_at": None, "heard": False, **json.loads(data)}
        history = tuple(BreakerEvent(at, state, reason) for at, state, reason in body.pop("history"))
        return cls(**{name: body[name] for name in _PLAIN}, history=history)


_PLAIN = (
    "id",
    "kind",
    "state",
    "consecutive_failures",
    "opened_at",
    "retry_at",
    "probe_until",
    "reason",
    "trips",
    "streak",
    "failed_at",
    "heard",
)
