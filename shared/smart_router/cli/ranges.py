"""Which stretch of time a command asks about."""

from __future__ import annotations

import math
import time
from datetime import datetime
from typing import TYPE_CHECKING

from .errors import UsageError

if TYPE_CHECKING:
    from .client import Params

RANGES = ("1h", "24h", "7d", "30d", "90d")
DEFAULT = "24h"


def range_params(name: str | None, start: str | None, end: str | None) -> Params:
    """`range`, or `from` and `to` in epoch seconds, as our API takes them. Raises UsageError."""
    if start is None and end is None:
        chosen = name or DEFAULT
        if chosen not in RANGES:
            raise UsageError(f"--range takes {', '.join(RANGES)}, not {chosen!r}; or pass --from and --to")
        return {"range": chosen}
    if name is not None:
        raise UsageError("pass either --range, or --from and --to")
    if start is None:
        raise UsageError("--to needs --from")
    found: Params = {"from": repr(_time("--from", start))}
    if end is not None:
        found["to"] = repr(_time("--to", end))
        if _time("--to", end) <= _time("--from", start):
            raise UsageError("--from must be before --to")
    elif _time("--from", start) >= time.time():
        raise UsageError(f"--from {start} has not come yet")
    return found


def _time(option: str, text: str) -> float:
    """Epoch seconds of a date, a date with a time (local unless it says its zone), or epoch seconds."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if math.isfinite(number):
        return number
    try:
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError):
        raise UsageError(
            f"{option} takes a date like 2026-01-31, a time like 2026-01-31T08:00, or epoch seconds, "
            f"not {text!r}"
        ) from None
