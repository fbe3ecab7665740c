"""Which local models are loaded: a small graphics card that holds some of them at a time."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .models import DemoModel

#: Room for models, in bytes; the least recently used ones go when a new one needs it.
BUDGET_BYTES = 8 * 1024**3
#: How fast models are read, in bytes per second.
LOAD_BYTES_PER_S = 2e9
#: As in Ollama, a model stays for five minutes after its last use.
KEEP_ALIVE_S = 300.0

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model in memory; `expires_at` is epoch seconds."""

    model: DemoModel
    expires_at: float
    num_ctx: int


def keep_alive_s(value: Any) -> float:
    """Ollama's `keep_alive` in seconds: a number, or text such as `5m`; negative is for ever."""
    if isinstance(value, bool) or value is None:
        return KEEP_ALIVE_S
    if isinstance(value, int | float):
        seconds = float(value)
    else:
        number = re.fullmatch(r"\s*(-?\d+(?:\.\d+)?)\s*(ms|s|m|h)?\s*", str(value))
        seconds = float(number.group(1)) * _UNITS[number.group(2) or "s"] if number else KEEP_ALIVE_S
    return 10 * 365 * 86_400.0 if seconds < 0 else seconds


class Memory:
    """Loads, keeps and evicts."""

    def __init__(self, clock: Callable[[], float], budget_bytes: int = BUDGET_BYTES) -> None:
        self._clock = clock
        self._budget = budget_bytes
        self._lock = threading.Lock()
        self._loaded: dict[str, Loaded] = {}  # least recently used first

    def use(self, model: DemoModel, *, keep_s: float, num_ctx: int) -> float:
        """Have a model in memory. Returns the milliseconds that loading takes, 0 when it was there."""
        with self._lock:
            self._expire()
            known = self._loaded.pop(model.id, None)
            while self._loaded and self._used() + model.size_bytes > self._budget:
                del self._loaded[next(iter(self._loaded))]
            if keep_s > 0:
                self._loaded[model.id] = Loaded(model, self._clock() + keep_s, num_ctx)
        return 0.0 if known else model.size_bytes / LOAD_BYTES_PER_S * 1000

    def unload(self, model: DemoModel) -> None:
        with self._lock:
            self._loaded.pop(model.id, None)

    def listed(self) -> list[Loaded]:
        with self._lock:
            self._expire()
            return list(self._loaded.values())

    def _used(self) -> int:
        return sum(loaded.model.size_bytes for loaded in self._loaded.values())

    def _expire(self) -> None:
        now = self._clock()
        for name in [name for name, loaded in self._loaded.items() if loaded.expires_at <= now]:
            del self._loaded[name]
