"""What policy and page may know of a backend's health, and the settings of the breakers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

BreakerState = Literal["closed", "open", "half_open"]


@dataclass(frozen=True, slots=True)
class HealthSettings:
    """When a circuit breaker opens and how it recovers. All times in seconds.

    It opens after `threshold` consecutive failures, or when at least `window_calls` calls in the
    last `window_s` failed at `window_error_rate` or more. `slow_first_token_ms` (None: off) makes
    a breaker open when at least `slow_rate` of such calls were slower. After opening it waits
    `recovery_s`, doubled with every failed probe up to `recovery_cap_s`. A probe that never
    reports is given up after `probe_s`. A provider's Retry-After is obeyed up to `pause_cap_s`.
    """

    threshold: int = 5
    recovery_s: float = 60.0
    recovery_cap_s: float = 900.0
    probe_s: float = 120.0
    pause_cap_s: float = 3600.0
    window_s: float = 120.0
    window_calls: int = 20
    window_error_rate: float = 0.5
    slow_first_token_ms: float | None = None
    slow_rate: float = 0.8
    latency_half_life_s: float = 600.0

    @property
    def longest_s(self) -> float:
        """No breaker keeps anybody out for longer than this at a time."""
        return max(self.recovery_cap_s, self.pause_cap_s)


@dataclass(frozen=True, slots=True)
class BreakerEvent:
    """One change of a breaker: when (epoch seconds), to which state, and why."""

    at: float
    state: BreakerState
    reason: str

    def to_json(self) -> dict[str, Any]:
        return {"at": self.at, "state": self.state, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class BreakerStatus:
    """One circuit breaker, as in the interface's `breaker` shape. Times are epoch seconds.

    `error_rate` is that of this worker's recent calls, None without any. `retry_at` may be set
    while closed: the provider asked to be left alone until then. `history` is oldest first.
    """

    id: str
    kind: Literal["backend", "connection"] = "backend"
    state: BreakerState = "closed"
    consecutive_failures: int = 0
    error_rate: float | None = None
    opened_at: float | None = None
    retry_at: float | None = None
    reason: str | None = None
    trips: int = 0
    history: tuple[BreakerEvent, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "state": self.state,
            "consecutive_failures": self.consecutive_failures,
            "error_rate": self.error_rate,
            "opened_at": self.opened_at,
            "retry_at": self.retry_at,
            "reason": self.reason,
            "trips": self.trips,
            "history": [event.to_json() for event in self.history],
        }


#: What a backend is turned away for: its own failures, a wait that its provider asked for, or failures of
#: every connection that leads to it.
BlockedBy = Literal["failures", "provider", "connection"]


@dataclass(frozen=True, slots=True)
class BackendHealth:
    """One backend now. `blocked` means a call would be turned away by its breaker."""

    state: BreakerState = "closed"
    blocked: bool = False
    blocked_by: BlockedBy = "failures"
    retry_at: float | None = None
    first_token_ms: float | None = None
    tokens_per_second: float | None = None
    in_flight: int = 0


@dataclass(frozen=True, slots=True)
class HealthView:
    """A consistent snapshot for one decision; a backend that is not in it is healthy."""

    backends: Mapping[str, BackendHealth] = field(default_factory=dict)

    def of(self, backend: str) -> BackendHealth:
        return self.backends.get(backend, _HEALTHY)


_HEALTHY = BackendHealth()
