"""Figures, words, ranges, sparklines."""

from __future__ import annotations

from datetime import datetime

import pytest

from smart_router.cli.errors import UsageError
from smart_router.cli.form import clock, figure, lines, sparkline, word
from smart_router.cli.ranges import range_params


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (None, "count", "—"),
        (float("nan"), "usd", "—"),
        (1234567, "count", "1,234,567"),
        (0.00125, "usd", "$0.0013"),
        (-0.5, "usd", "-$0.5000"),
        (1234.5, "usd", "$1,234.50"),
        (810.4, "ms", "810 ms"),
        (61_500.0, "ms", "61.5 s"),
        (0.256, "share", "25.6%"),
    ],
)
def test_a_figure_has_its_unit_and_unknown_is_a_dash(value: object, form: str, shown: str) -> None:
    assert figure(value, form) == shown


def test_text_from_elsewhere_cannot_steer_the_terminal() -> None:
    assert word("\x1b[31mred\x9b2J\r\n") == "�[31mred�2J��"
    assert word("gpt\u202e4") == "gpt�4"
    assert word("") == word(None) == "—"
    assert lines("one\ntwo\x1b") == "one\ntwo�"


def test_a_time_of_today_has_no_date() -> None:
    now = datetime(2026, 3, 4, 12, 0, 0).timestamp()
    assert clock(now - 60, now) == "11:59:00"
    assert clock(now - 90_000, now) == "2026-03-03 11:00"
    assert clock(None, now) == "—"


def test_a_sparkline_shows_proportions() -> None:
    assert sparkline([0, 1, 2, 4, 7], 10) == "▁▂▃▅█"
    assert sparkline([0, 0], 10) == "▁▁"
    assert sparkline([None, 5], 10) == " █"
    assert sparkline([], 10) == sparkline([1], 0) == ""


def test_a_sparkline_never_shows_something_as_nothing() -> None:
    assert sparkline([1, 10_000], 10) == "▂█"


def test_a_sparkline_adds_up_what_does_not_fit() -> None:
    assert sparkline([1, 1, 0, 0, 2, 2], 3) == "▅▁█"
    assert sparkline([None, None, 1, 1], 2) == " █"


def test_a_sparkline_can_share_a_scale() -> None:
    assert sparkline([1, 2], 10, top=14) == "▂▂"


def test_a_range_is_a_name_or_two_times() -> None:
    assert range_params(None, None, None) == {"range": "24h"}
    assert range_params("7d", None, None) == {"range": "7d"}
    assert range_params(None, "1767225600", "1767225601.5") == {"from": "1767225600.0", "to": "1767225601.5"}
    assert range_params(None, "2026-01-01T00:00:00Z", None) == {"from": "1767225600.0"}
    local = datetime(2026, 1, 31).timestamp()
    assert range_params(None, "2026-01-31", None) == {"from": repr(local)}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("1y", None, None), "--range takes 1h, 24h"),
        (("1h", "2026-01-01", None), "either --range"),
        ((None, None, "2026-01-01"), "--to needs --from"),
        ((None, "yesterday", None), "--from takes a date"),
        ((None, "2026-01-02", "2026-01-01"), "--from must be before --to"),
        ((None, "2999-01-01", None), "has not come yet"),
        ((None, "inf", None), "--from takes a date"),
        ((None, "0", "nan"), "--to takes a date"),
    ],
)
def test_what_is_no_range_is_refused_with_what_would_be(arguments: tuple[str | None, ...], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        range_params(*arguments)
