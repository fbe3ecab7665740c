"""Ranges: what can be asked for, and how wide a chart's buckets are."""

from __future__ import annotations

import pytest

from smart_router.records.ranges import NAMED, Range, parse_range

NOW = 1_700_000_000.0


def test_a_named_range_ends_now_and_24h_is_the_default() -> None:
    assert parse_range("7d", None, None, NOW) == Range(NOW - 7 * 86400, NOW, "7d")
    assert parse_range(None, None, None, NOW) == Range(NOW - 86400, NOW, "24h")


def test_from_and_to_make_a_range_and_to_defaults_to_now() -> None:
    assert parse_range(None, 5.0, 10.0, NOW) == Range(5.0, 10.0)
    assert parse_range(None, 5.0, None, NOW) == Range(5.0, NOW)


@pytest.mark.parametrize(
    ("name", "start", "end", "said"),
    [
        ("3d", None, None, "'3d' is unknown; use 1h"),
        ("1h", 1.0, None, "not both"),
        (None, None, 5.0, "from: missing"),
        (None, 10.0, 5.0, "from before to"),
        (None, 5.0, 5.0, "from before to"),
        (None, -1.0, 5.0, "epoch seconds"),
        (None, float("nan"), 5.0, "epoch seconds"),
        (None, 0.0, 1e15, "epoch seconds"),
    ],
)
def test_what_is_no_range_is_refused_with_what_was_expected(
    name: str | None, start: float | None, end: float | None, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        parse_range(name, start, end, NOW)


def test_the_previous_period_is_as_long_and_ends_where_this_one_begins() -> None:
    assert Range(100.0, 130.0).previous == Range(70.0, 100.0)


@pytest.mark.parametrize(
    ("name", "step"), [("1h", 60), ("24h", 900), ("7d", 7200), ("30d", 21600), ("90d", 86400)]
)
def test_a_chart_has_at_most_120_points_for_every_range(name: str, step: int) -> None:
    wanted = parse_range(name, None, None, NOW)
    assert wanted.step_s == step
    assert NAMED[name] / step <= 120


def test_a_range_of_many_years_is_still_a_chart() -> None:
    wanted = Range(0.0, NOW)
    assert NOW / wanted.step_s <= 120
    assert wanted.step_s % 86400 == 0
