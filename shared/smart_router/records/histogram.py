"""Histograms of durations that can be added up: what percentiles of any range are read from.

Bucket i > 0 holds what lies from 0.1·1.05^(i-1) up to 0.1·1.05^i ms and stands for the geometric
middle of that, so that a percentile is off by 2.5 % at most (√1.05 - 1). Bucket 0 is "under 0.1 ms".
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

GROWTH = 1.05
SMALLEST_MS = 0.1

#: How far a percentile may be from the value that was measured, as a share of it.
RELATIVE_ERROR = math.sqrt(GROWTH) - 1

_LOG_GROWTH = math.log(GROWTH)
#: Holds some 4,000 years: enough for whatever a clock says.
_LAST = 720
_PAIR = np.dtype([("bucket", "<u2"), ("count", "<u4")])

#: How many values are in which bucket.
Histogram = dict[int, int]


def bucket_of(ms: float) -> int:
    """The bucket that a duration falls into."""
    if ms < SMALLEST_MS:
        return 0
    return min(1 + int(math.log(ms / SMALLEST_MS) / _LOG_GROWTH), _LAST)


def pack(histogram: Histogram) -> bytes:
    """Six bytes per bucket in use: number and count, little-endian. Packed texts may be joined."""
    numbers = [number for pair in sorted(histogram.items()) for number in pair]
    return struct.pack("<" + "HI" * len(histogram), *numbers)


def unpack(packed: Iterable[bytes]) -> Histogram:
    """What several packed histograms hold together."""
    counts = _counts(packed)
    return {int(bucket): int(counts[bucket]) for bucket in np.flatnonzero(counts)}


def percentiles(packed: Iterable[bytes], percents: Sequence[int]) -> list[float | None]:
    """The values at the nearest ranks, ceil(n·p/100), within RELATIVE_ERROR; None of nothing."""
    counts = _counts(packed)
    total = int(counts.sum())
    if not total:
        return [None] * len(percents)
    ranks = [(total * percent + 99) // 100 for percent in percents]
    buckets = np.searchsorted(np.cumsum(counts), ranks)
    return [_value(int(bucket)) for bucket in buckets]


def _counts(packed: Iterable[bytes]) -> np.ndarray[Any, Any]:
    pairs = np.frombuffer(b"".join(packed), dtype=_PAIR)
    # Weights are floats, which count exactly up to 2^53.
    return np.bincount(np.minimum(pairs["bucket"], _LAST), weights=pairs["count"])


def _value(bucket: int) -> float:
    return 0.0 if bucket == 0 else SMALLEST_MS * GROWTH ** (bucket - 0.5)
