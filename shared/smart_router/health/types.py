"""What policy and page may know of a backend's health."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

BreakerState = Literal["closed", "open", "half_open"]


@dataclass(frozen=True, slots=True)
class BreakerStatus:
    """One circuit breaker, as in the interface's `breaker` shape. Times are epoch seconds."""

    id: str
    kind: Literal["backend", "connection"] = "backend"
    state: BreakerState = "closed"
    consecutive_failures: int = 0
    error_rate: float | None = None
    opened_at: float | None = None
    retry_at: float | None = None
    reason: str | None = None
    trips: int = 0

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
        }


@dataclass(frozen=True, slots=True)
class BackendHealth:
    """One backend now. `blocked` means a call would be turned away by its breaker."""

    state: BreakerState = "closed"
    blocked: bool = False
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
