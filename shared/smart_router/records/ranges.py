"""Range: which stretch of time a question is about."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

#: The named ranges, in seconds.
NAMED: dict[str, float] = {"1h": 3600, "24h": 86400, "7d": 7 * 86400, "30d": 30 * 86400, "90d": 90 * 86400}
DEFAULT = "24h"

#: Widths of a chart's buckets, in seconds. All divide the next day, so buckets begin at round times (UTC).
_STEPS = (60, 300, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400)
_MOST_POINTS = 120


@dataclass(frozen=True, slots=True)
class Range:
    """From `start` up to, not including, `end`, in epoch seconds. `name` is None for a range of one's own."""

    start: float
    end: float
    name: str | None = None

    @property
    def previous(self) -> Range:
        """The stretch of the same length just before."""
        return Range(self.start - (self.end - self.start), self.start)

    @property
    def step_s(self) -> int:
        """How wide a chart's buckets are: the narrowest width that gives no more than 120 of them."""
        span = self.end - self.start
        for step in _STEPS:
            if span / step <= _MOST_POINTS:
                return step
        return _STEPS[-1] * math.ceil(span / _STEPS[-1] / _MOST_POINTS)

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "from": self.start, "to": self.end}


def parse_range(name: str | None, start: float | None, end: float | None, now: float) -> Range:
    """A named range that ends now, or one from `start` to `end` (now, when not given).

    Raises ValueError with what was expected.
    """
    if start is None and end is None:
        chosen = name or DEFAULT
        if chosen not in NAMED:
            raise ValueError(f"range: {chosen!r} is unknown; use {', '.join(NAMED)}, or from and to")
        return Range(now - NAMED[chosen], now, chosen)
    if name is not None:
        raise ValueError("range: send either range, or from and to, not both")
    if start is None:
        raise ValueError("from: missing; to alone does not make a range")
    end = now if end is None else end
    if not (math.isfinite(start) and math.isfinite(end)) or not 0 <= start < end <= 1e11:
        raise ValueError("from, to: expected epoch seconds, from before to")
    return Range(start, end)
