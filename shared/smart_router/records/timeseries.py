"""Points for charts."""

from __future__ import annotations

import math
from typing import Any, Literal, get_args

from .cells import Cell
from .cover import DAY, HOUR
from .database import Database
from .ranges import Range
from .reading import Cells, Reader
from .turns import ALL, Group

Metric = Literal[
    "requests", "errors", "error_rate", "fallbacks", "escalations",
    "cost_usd", "baseline_cost_usd", "savings_usd", "input_tokens", "output_tokens",
    "latency_ms_p50", "latency_ms_p95", "latency_ms_p99",
    "first_token_ms_p50", "first_token_ms_p95", "first_token_ms_p99", "confidence_mean",
]  # fmt: skip
METRICS: tuple[Metric, ...] = get_args(Metric)

#: What of a cell a metric is made of, where that is not the column of its name; and how much there was.
_MADE_OF: dict[str, tuple[str, ...]] = {
    "error_rate": ("errors",),
    "cost_usd": ("cost_usd", "priced"),
    "savings_usd": ("saved_usd",),
    "confidence_mean": ("confidence", "confidence_count"),
}

#: What is 0, not unknown, where nothing happened.
_COUNTS = frozenset({"requests", "errors", "fallbacks", "escalations"})

#: Widths of buckets, in seconds → widths where there is a line per user, of which there may be many.
_BY_USER = ((300, 300), (HOUR, HOUR))

#: More lines than this cannot be told apart in a chart; the groups with the most requests are kept.
MOST_GROUPS = 20


async def timeseries(
    database: Database, wanted: Range, metric: Metric, group: Group | None = None
) -> dict[str, Any]:
    """`{metric, group_by, range, step_s, items: [{group, points: [{at, value}]}], left_out}`.

    `at` is where a bucket begins. Counts are 0 and everything else None where nothing happened.
    `left_out` is how many groups there are beyond the 20 with the most requests. Buckets are an
    hour wide at least where minutes are not kept any more, and wider for lines by user.
    """
    name, percentile = _parts(metric)
    dimension = ALL if group is None else group
    async with database.reading() as connection:
        reader = await Reader.of(connection, database.tables)
        step = wanted.step_s
        if wanted.start < reader.stock.minutes_from:
            step = max(step, HOUR)
        if group == "user":
            step = next((wide for most, wide in _BY_USER if step <= most), max(step, DAY))
        most: list[str | None] | None = None
        if group == "user":
            # First who there is: of many, most are left out.
            most = _most_first(await reader.requests_of(wanted, dimension))
        kept = None if most is None else most[:MOST_GROUPS]
        found = await reader.cells(
            wanted, (dimension,), step, ("requests", *_MADE_OF.get(name, (name,))), kept
        )
    keys = [None] if group is None else _largest(found) if most is None else most
    buckets = range(math.floor(wanted.start / step), math.ceil(wanted.end / step))
    empty = 0 if metric in _COUNTS else None

    def value_of(cell: Cell | None) -> Any:
        if cell is None:
            return empty
        return cell.figures(timed=False)[name] if percentile is None else cell.percentile(name, percentile)

    return {
        "metric": metric,
        "group_by": group,
        "range": wanted.to_json(),
        "step_s": step,
        "items": [
            {
                "group": key,
                "points": [
                    {"at": bucket * step, "value": value_of(found.get((bucket, dimension, key)))}
                    for bucket in buckets
                ],
            }
            for key in keys[:MOST_GROUPS]
        ],
        "left_out": max(0, len(keys) - MOST_GROUPS),
    }


def _largest(cells: Cells) -> list[str | None]:
    """The groups, those with the most requests first."""
    requests: dict[str | None, int] = {}
    for (_, _, key), cell in cells.items():
        requests[key] = requests.get(key, 0) + cell.requests
    return _most_first(requests)


def _most_first(requests: dict[str | None, int]) -> list[str | None]:
    return sorted(requests, key=lambda key: (-requests[key], str(key)))


def _parts(metric: Metric) -> tuple[str, int | None]:
    """`latency_ms_p95` is the 95th percentile of `latency_ms`; other names stand for themselves."""
    name, _, percentile = metric.rpartition("_")
    if percentile.startswith("p") and percentile[1:].isdigit():
        return name, int(percentile[1:])
    return metric, None
