"""Points for charts."""

from __future__ import annotations

import math
from typing import Any, Literal, get_args

from .database import Database
from .figures import Group, figures_json, figures_rows
from .ranges import Range

Metric = Literal[
    "requests", "errors", "error_rate", "fallbacks", "escalations",
    "cost_usd", "baseline_cost_usd", "savings_usd", "input_tokens", "output_tokens",
    "latency_ms_p50", "latency_ms_p95", "latency_ms_p99",
    "first_token_ms_p50", "first_token_ms_p95", "first_token_ms_p99", "confidence_mean",
]  # fmt: skip
METRICS: tuple[Metric, ...] = get_args(Metric)

#: What is 0, not unknown, where nothing happened.
_COUNTS = frozenset({"requests", "errors", "fallbacks", "escalations"})

#: More lines than this cannot be told apart in a chart; the groups with the most requests are kept.
MOST_GROUPS = 20


async def timeseries(
    database: Database, wanted: Range, metric: Metric, group: Group | None = None
) -> dict[str, Any]:
    """`{metric, group_by, range, step_s, items: [{group, points: [{at, value}]}], left_out}`.

    `at` is where a bucket begins. Counts are 0 and everything else None where nothing happened.
    `left_out` is how many groups there are beyond the 20 with the most requests.
    """
    step = wanted.step_s
    name, percentile = _parts(metric)
    async with database.reading() as connection:
        rows = await figures_rows(
            connection, database, wanted, group, step, percentiles=percentile is not None
        )
    values: dict[Any, dict[int, Any]] = {}
    requests: dict[Any, int] = {}
    for row in rows:
        key = row["key"] if group is not None else None
        figures = figures_json(row)
        value = figures[name] if percentile is None else figures[name][percentile]
        values.setdefault(key, {})[int(row["bucket"])] = value
        requests[key] = requests.get(key, 0) + figures["requests"]
    if group is None:
        values.setdefault(None, {})
    largest = sorted(values, key=lambda key: (-requests.get(key, 0), str(key)))[:MOST_GROUPS]
    buckets = range(math.floor(wanted.start / step), math.ceil(wanted.end / step))
    empty = 0 if metric in _COUNTS else None
    return {
        "metric": metric,
        "group_by": group,
        "range": wanted.to_json(),
        "step_s": step,
        "items": [
            {
                "group": key,
                "points": [
                    {"at": bucket * step, "value": values[key].get(bucket, empty)} for bucket in buckets
                ],
            }
            for key in largest
        ],
        "left_out": len(values) - len(largest),
    }


def _parts(metric: Metric) -> tuple[str, str | None]:
    """`latency_ms_p95` is the 95th percentile of `latency_ms`; other names stand for themselves."""
    name, _, percentile = metric.rpartition("_")
    if percentile.startswith("p") and percentile[1:].isdigit():
        return name, percentile
    return metric, None
