"""Circuit breakers, observed latency and errors."""

from .admission import Admission
from .monitor import Health
from .types import BackendHealth, BreakerEvent, BreakerStatus, HealthSettings, HealthView

__all__ = [
    "Admission",
    "BackendHealth",
    "BreakerEvent",
    "BreakerStatus",
    "Health",
    "HealthSettings",
    "HealthView",
]
