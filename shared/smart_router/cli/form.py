"""Figures as a person reads them in a terminal: with their unit, unknown as a dash, never as nought."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, Literal

DASH = "—"

Form = Literal["count", "usd", "ms", "share"]

_BARS = "▁▂▃▄▅▆▇█"

#: Control characters of both sets, and what turns the direction of writing: text from elsewhere must
#: not move the cursor, colour the screen or look like another name.
_CONTROLS = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "�"
)
_BUT_LINES = {code: sign for code, sign in _CONTROLS.items() if code != 0x0A}


def figure(value: Any, form: Form = "count") -> str:
    """A number in its unit."""
    if not isinstance(value, int | float) or not math.isfinite(value):
        return DASH
    if form == "usd":
        sign, value = ("-" if value < 0 else ""), abs(value)
        return f"{sign}${value:,.4f}" if value < 1 else f"{sign}${value:,.2f}"
    if form == "ms":
        return f"{value:,.0f} ms" if value < 10_000 else f"{value / 1000:,.1f} s"
    if form == "share":
        return f"{value:.1%}"
    return f"{value:,.0f}"


def at(value: Any, *path: str) -> Any:
    """What lies in nested objects under these keys; None where one is missing."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def word(value: Any) -> str:
    """Text from elsewhere on one line, harmless to a terminal; a dash for nothing."""
    return str(value).translate(_CONTROLS) if value not in (None, "") else DASH


def lines(text: str) -> str:
    """The same for text that may have several lines."""
    return text.translate(_BUT_LINES)


def clock(epoch_s: Any, now: float) -> str:
    """A time of day in the local zone, with the date when it is not of the last 24 hours."""
    if not isinstance(epoch_s, int | float):
        return DASH
    form = "%H:%M:%S" if abs(now - epoch_s) < 86400 else "%Y-%m-%d %H:%M"
    return datetime.fromtimestamp(epoch_s).strftime(form)


def squeezed(values: Sequence[float | None], width: int) -> list[float | None]:
    """Neighbours added up until there are at most `width` of them; unknown where all of them are."""
    if not values or width < 1:
        return []
    width = min(width, len(values))
    edges = [round(n * len(values) / width) for n in range(width + 1)]
    sums: list[float | None] = []
    for start, end in pairwise(edges):
        known = [value for value in values[start:end] if value is not None]
        sums.append(sum(known) if known else None)
    return sums


def sparkline(values: Sequence[float | None], width: int, top: float | None = None) -> str:
    """Counts as bars, squeezed to the width. `top` is the value of a full bar, else the largest."""
    sums = squeezed(values, width)
    highest = top or max((value for value in sums if value is not None), default=0.0)

    def bar(value: float | None) -> str:
        if value is None:
            return " "
        if value <= 0 or highest <= 0:
            return _BARS[0]
        # One of a thousand is still something: never the bar of nought.
        return _BARS[max(1, min(len(_BARS) - 1, math.ceil(value / highest * (len(_BARS) - 1))))]

    return "".join(map(bar, sums))
