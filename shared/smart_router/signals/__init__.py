"""ChatRequest → Signals: facts read off a request. No I/O, no clock."""

from __future__ import annotations

from .read import read_signals
from .types import Signals

__all__ = ["Signals", "read_signals"]
