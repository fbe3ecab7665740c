"""Cells: figures that add up, of one stretch of time and one group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .histogram import Histogram, bucket_of, pack, percentiles, unpack

#: Counts, 0 where there was nothing.
COUNTS = (
    "requests", "errors", "fallbacks", "escalations", "priced", "estimated", "rated_up", "rated_down",
    "confidence_count",
)  # fmt: skip
#: Sums of what is known, None where nothing is.
AMOUNTS = (
    "cost_usd", "estimated_cost_usd", "baseline_cost_usd", "saved_usd", "saved_from_usd",
    "input_tokens", "cached_tokens", "output_tokens", "confidence",
)  # fmt: skip
SUMS = (*COUNTS, *AMOUNTS)
TIMES = ("latency_ms", "first_token_ms")

PERCENTILES = (50, 95, 99)

_FIRST_AMOUNT = len(COUNTS)
_TOKENS = frozenset(index for index, name in enumerate(SUMS) if name.endswith("_tokens"))


class Line:
    """What one turn (or task) adds to a cell: `sums` in the order of SUMS, and its two durations."""

    __slots__ = ("first_token", "latency", "sums")

    def __init__(self, sums: Sequence[Any], latency_ms: float | None, first_token_ms: float | None) -> None:
        self.sums = sums
        self.latency = None if latency_ms is None else bucket_of(latency_ms)
        self.first_token = None if first_token_ms is None else bucket_of(first_token_ms)


class Cell:
    """Sums in the order of SUMS, and how long things took."""

    __slots__ = ("first_token", "latency", "packed", "sums")

    def __init__(self) -> None:
        self.sums: list[Any] = [0] * len(COUNTS) + [None] * len(AMOUNTS)
        self.latency: Histogram = {}
        self.first_token: Histogram = {}
        #: Histograms as they are stored, not yet added up, in the order of TIMES.
        self.packed: tuple[list[bytes], list[bytes]] = ([], [])

    def add(self, line: Line) -> None:
        """One turn more."""
        self.add_sums(line.sums)
        if line.latency is not None:
            self.latency[line.latency] = self.latency.get(line.latency, 0) + 1
        if line.first_token is not None:
            self.first_token[line.first_token] = self.first_token.get(line.first_token, 0) + 1

    def add_sums(self, more: Sequence[Any]) -> None:
        """Sums in the order of SUMS."""
        sums = self.sums
        for index in range(_FIRST_AMOUNT):
            # PostgreSQL's sums of whole numbers are decimals.
            sums[index] += int(more[index])
        for index in range(_FIRST_AMOUNT, len(SUMS)):
            value = more[index]
            if value is not None:
                value = int(value) if index in _TOKENS else value
                sums[index] = value if sums[index] is None else sums[index] + value

    def merge(self, other: Cell) -> None:
        """All that the other one counted."""
        self.add_sums(other.sums)
        for mine, theirs in ((self.latency, other.latency), (self.first_token, other.first_token)):
            for bucket, count in theirs.items():
                mine[bucket] = mine.get(bucket, 0) + count
        for kept, more in zip(self.packed, other.packed, strict=True):
            kept.extend(more)

    def to_row(self) -> dict[str, Any]:
        """The columns of a stored cell, all but where it belongs."""
        times = map(self._all_packed, range(len(TIMES)))
        return {
            **dict(zip(SUMS, self.sums, strict=True)),
            **{
                name: packed[0] if len(packed) == 1 else pack(unpack(packed))
                for name, packed in zip(TIMES, times, strict=True)
            },
        }

    @property
    def requests(self) -> int:
        """How many turns, or tasks, there were."""
        return int(self.sums[0])

    def figures(self, timed: bool = True) -> dict[str, Any]:
        """In the words of the interface's `summary`. What nobody told is None. Not `timed`: without
        durations, which take most of the time."""
        said = dict(zip(SUMS, self.sums, strict=True))
        requests, priced, rated = said["requests"], said["priced"], said["confidence_count"]
        saved, saved_from = said["saved_usd"], said["saved_from_usd"]
        times = [(name, self._all_packed(number)) for number, name in enumerate(TIMES)] if timed else []
        return {
            "requests": requests,
            "errors": said["errors"],
            "error_rate": said["errors"] / requests if requests else None,
            "fallbacks": said["fallbacks"],
            "escalations": said["escalations"],
            "cost_usd": said["cost_usd"] if priced else None if requests else 0.0,
            "unpriced_requests": requests - priced,
            "estimated_requests": said["estimated"],
            "estimated_cost_usd": said["estimated_cost_usd"],
            "baseline_cost_usd": said["baseline_cost_usd"],
            "savings_usd": saved,
            "savings_rate": saved / saved_from if saved is not None and saved_from else None,
            **{name: _tokens(said[name], requests) for name in ("input_tokens", "cached_tokens")},
            "output_tokens": _tokens(said["output_tokens"], requests),
            **{name: _percentiles(packed) for name, packed in times},
            "confidence_mean": said["confidence"] / rated if rated else None,
            "ratings": {"up": said["rated_up"], "down": said["rated_down"]},
        }

    def percentile(self, name: str, percent: int) -> float | None:
        """One percentile of `latency_ms` or `first_token_ms`."""
        return percentiles(self._all_packed(TIMES.index(name)), (percent,))[0]

    def _all_packed(self, number: int) -> list[bytes]:
        """All histograms of that one of TIMES."""
        own = (self.latency, self.first_token)[number]
        return [*self.packed[number], pack(own)] if own else self.packed[number]


def _tokens(value: int | None, requests: int) -> int | None:
    return value if value is not None else None if requests else 0


def _percentiles(packed: Iterable[bytes]) -> dict[str, float | None]:
    values = percentiles(packed, PERCENTILES)
    return {f"p{percent}": value for percent, value in zip(PERCENTILES, values, strict=True)}
