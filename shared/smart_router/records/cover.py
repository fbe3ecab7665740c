"""Which cells answer for a stretch of time, and which stretches rows must answer for."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

MINUTE, HOUR, DAY = 60, 3600, 86400

#: Widths of cells in seconds, the widest first. All divide the one before, and begin at round times (UTC).
GRAINS = (DAY, HOUR, MINUTE)


@dataclass(slots=True)
class Cover:
    """Stretches as (start, end), none overlapping: `cells` by width, `rows` for what no cell holds."""

    cells: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    rows: list[tuple[float, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stock:
    """What there is to answer with.

    No minutes are kept of before `minutes_from`. `stale` are the beginnings of minutes of which
    the cells do not hold everything yet. Of before `frozen_before` there may be no rows any more.
    """

    minutes_from: int = 0
    frozen_before: int = 0
    stale: frozenset[int] = frozenset()

    def cover(self, start: float, end: float, widest: int = DAY) -> Cover:
        """Cells of `widest` seconds at most, as wide as can be, and rows for the rest.

        Where both minutes and rows are gone, a stretch begins and ends at the nearest full hour.
        """
        start, end = self._rounded(start), self._rounded(end)
        found = Cover()
        self._split(found, start, end, [grain for grain in GRAINS if grain <= widest])
        found.rows = joined(found.rows)
        return found

    def _rounded(self, at: float) -> float:
        gone = at < min(self.frozen_before, self.minutes_from)
        return math.floor(at / HOUR + 0.5) * HOUR if gone else at

    def _split(self, found: Cover, start: float, end: float, grains: list[int]) -> None:
        if start >= end:
            return
        if not grains:
            found.rows.append((start, end))
            return
        grain, *finer = grains
        if grain == MINUTE and start < self.minutes_from:
            middle = min(end, self.minutes_from)
            found.rows.append((start, middle))
            start = middle
        first, last = math.ceil(start / grain) * grain, math.floor(end / grain) * grain
        if first >= last:
            self._split(found, start, end, finer)
            return
        self._split(found, start, first, finer)
        at = first
        for bucket in sorted({minute - minute % grain for minute in self.stale}):
            if first <= bucket < last:
                if at < bucket:
                    found.cells.setdefault(grain, []).append((at, bucket))
                self._split(found, bucket, bucket + grain, finer)
                at = bucket + grain
        if at < last:
            found.cells.setdefault(grain, []).append((at, last))
        self._split(found, last, end, finer)


def joined(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The same stretches in order, those that touch made one."""
    found: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
