"""Histograms: percentiles as near as they are said to be, whatever the durations."""

from __future__ import annotations

import math
import random

import pytest

from smart_router.records.histogram import (
    RELATIVE_ERROR,
    SMALLEST_MS,
    Histogram,
    bucket_of,
    pack,
    percentiles,
    unpack,
)


def histogram(values: list[float]) -> Histogram:
    found: Histogram = {}
    for value in values:
        found[bucket_of(value)] = found.get(bucket_of(value), 0) + 1
    return found


@pytest.mark.parametrize("seed", range(5))
def test_a_percentile_is_within_its_error(seed: int) -> None:
    dice = random.Random(seed)
    values = sorted(dice.lognormvariate(seed * 2.5, 2.0) + SMALLEST_MS for _ in range(997))
    wanted = [values[math.ceil(len(values) * percent / 100) - 1] for percent in (1, 50, 95, 99, 100)]
    found = percentiles([pack(histogram(values))], (1, 50, 95, 99, 100))
    assert found == [pytest.approx(value, rel=RELATIVE_ERROR * 1.0001) for value in wanted]


def test_the_error_is_small() -> None:
    assert RELATIVE_ERROR < 0.025


def test_parts_add_up_to_the_whole() -> None:
    dice = random.Random(6)
    values = [dice.expovariate(1 / 500) for _ in range(1000)]
    parts = [pack(histogram(values[first::7])) for first in range(7)]
    assert unpack(parts) == histogram(values)
    assert percentiles(parts, (50, 95)) == percentiles([pack(histogram(values))], (50, 95))


def test_nothing_has_no_percentiles_and_extremes_have_buckets() -> None:
    assert percentiles([pack({})], (50, 99)) == [None, None]
    assert percentiles([pack(histogram([0.0, -5.0]))], (50,)) == [0.0]
    assert bucket_of(1e300) == bucket_of(1e200)
    assert unpack([pack(histogram([1e300]))]) == {bucket_of(1e300): 1}
