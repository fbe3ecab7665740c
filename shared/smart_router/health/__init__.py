"""Circuit breakers, observed latency and errors."""

from .monitor import Admission, Health
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
