"""Counters of this process since it started, for Prometheus. What lasts is in the tables."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from .types import Record

#: Upper bounds in seconds; Prometheus adds up the buckets itself. From a cached reply to a long thought.
LATENCY_BOUNDS_S = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0)
FIRST_TOKEN_BOUNDS_S = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)

#: Beyond this many, backends are counted together: each name is a series for ever.
MOST_BACKENDS = 200
OTHER = "other"


@dataclass(slots=True)
class Histogram:
    """How many values fell under each bound; the last count is for those above all."""

    bounds: tuple[float, ...]
    counts: list[int] = field(default_factory=list)
    total: float = 0.0

    def add(self, value: float) -> None:
        if not self.counts:
            self.counts = [0] * (len(self.bounds) + 1)
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


@dataclass(slots=True)
class Tally:
    """Counts by label values.

    `requests` by (backend, intent, outcome, task or not); `attempts` by (backend, purpose, error
    kind); `tokens` by (backend, direction); `cost_usd` and `savings_usd` by backend,
    where they are known; histograms by backend, of answered requests.
    """

    requests: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    attempts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    tokens: Counter[tuple[str, str]] = field(default_factory=Counter)
    cost_usd: dict[str, float] = field(default_factory=dict)
    savings_usd: dict[str, float] = field(default_factory=dict)
    latency_s: dict[str, Histogram] = field(default_factory=dict)
    first_token_s: dict[str, Histogram] = field(default_factory=dict)
    _backends: set[str] = field(default_factory=set)

    def add(self, record: Record) -> None:
        """Count one record."""
        backend = self._name(record.backend)
        kind = "chat" if record.task is None else "task"
        self.requests[backend, record.intent or "", record.outcome, kind] += 1
        for attempt in record.attempts:
            self.attempts[self._name(attempt.backend), attempt.purpose, attempt.error_kind or ""] += 1
        for direction, tokens in (("input", record.input_tokens), ("output", record.output_tokens)):
            if tokens is not None:
                self.tokens[backend, direction] += tokens
        if record.cost_usd is not None:
            self.cost_usd[backend] = self.cost_usd.get(backend, 0.0) + record.cost_usd
            if record.baseline_cost_usd is not None:
                saved = record.baseline_cost_usd - record.cost_usd
                self.savings_usd[backend] = self.savings_usd.get(backend, 0.0) + saved
        if record.outcome not in ("failed", "stopped", "refused"):
            _observe(self.latency_s, backend, LATENCY_BOUNDS_S, record.latency_ms)
            _observe(self.first_token_s, backend, FIRST_TOKEN_BOUNDS_S, record.first_token_ms)

    def _name(self, backend: str | None) -> str:
        if not backend:
            return ""
        if backend not in self._backends:
            if len(self._backends) >= MOST_BACKENDS:
                return OTHER
            self._backends.add(backend)
        return backend


def _observe(into: dict[str, Histogram], backend: str, bounds: tuple[float, ...], ms: float | None) -> None:
    if ms is not None:
        into.setdefault(backend, Histogram(bounds)).add(ms / 1000)
