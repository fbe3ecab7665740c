"""Why the first of the ranking is the first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .constraints import Constraint
from .plan import Plan
from .rank import Pin, Rows
from .score import Scores
from .stickiness import Stay
from .table import Table
from .tasks import is_background
from .types import Context


def reason_of(
    table: Table,
    plan: Plan,
    context: Context,
    weighed: Stay,
    scores: Scores,
    ranked: Rows,
    pin: Pin | None,
) -> str:
    chosen = int(ranked[0])
    if pin is not None and pin.row == chosen:
        return pin.reason
    if is_background(context.task):
        return "task"
    if len(ranked) == 1:
        return "only_one"
    if weighed.rejected is not None and not weighed.rejected[chosen]:
        return "regenerated"
    if (
        plan.strategy == "task_type_optimized"
        and plan.preferred
        and table.order(plan.preferred)[chosen] < np.inf
    ):
        return "route_order"
    previous = context.previous
    if previous is not None and weighed.backend is not None:
        if table.ids[chosen] == weighed.backend:
            return "stayed"
        if table.ids[chosen] == previous.home:
            return "returned"
    known = table.quality(plan.route_name)
    if known[chosen] >= known[ranked].max():
        return "best_quality"
    # By what is charged: of several that are free, being free is no reason.
    price, prices = scores.price_usd[chosen], scores.price_usd[ranked]
    if price <= prices.min() and price < prices.max():
        return "cheapest"
    if scores.latency_s[chosen] <= scores.latency_s[ranked].min():
        return "fastest"
    return "best_balance"


def remarks(plan: Plan, local: bool, left_local: bool, pinned: bool) -> list[str]:
    said = []
    if left_local and pinned:
        said.append("It holds sensitive data and leaves this installation all the same.")
    elif left_local:
        said.append(
            "It holds sensitive data, but no local model could take it, so it left this installation."
        )
    elif plan.sensitive == "prefer_local" and local:
        said.append("It holds sensitive data, so local models come first.")
    elif plan.local_only and local:
        said.append("Only local models may answer now.")
    return said


def leaving(
    table: Table,
    context: Context,
    weighed: Stay,
    excluded: NDArray[np.int8],
    found: Sequence[Constraint],
    chosen: int,
) -> list[str]:
    """Why a conversation changes its backend."""
    previous = context.previous
    if previous is None or weighed.backend is None or is_background(context.task):
        return []
    before = table.row.get(weighed.backend)
    if before is None or before == chosen:
        return []
    if excluded[before]:
        why = found[excluded[before] - 1].sentence(table.backends[before])
        return [f"This conversation was on {weighed.backend}; it leaves, because {why}."]
    if table.ids[chosen] == previous.home:
        return [f"This conversation was on {weighed.backend} for one message only."]
    tokens = previous.input_tokens
    price = f"although {tokens:,} tokens are read again" if tokens else "which costs little so early"
    return [f"This conversation was on {weighed.backend}; another suits this message better, {price}."]
