"""The ranking: tiers first, then score; and the candidates as a Decision names them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .constraints import Constraint
from .plan import Plan
from .score import Scores
from .table import Bools, Floats, Table
from .tasks import is_background, task_order
from .types import Candidate, Context

Rows = NDArray[np.intp]

#: So many of the ranking get a sentence of their own; their factors say the same of all.
DESCRIBED = 3
#: So many candidates a Decision names, of those that may answer and of those that may not: it is
#: stored with every request (some 250 bytes each), and whatever could have been chosen instead is among
#: the first.
NAMED = 40
#: Smaller prices than this are said to be less than it.
LEAST_SHOWN_USD = 0.00001


@dataclass(frozen=True, slots=True)
class Pin:
    """A backend that comes first whatever the scores say, and the code of why."""

    row: int
    reason: str


def rank(
    table: Table,
    plan: Plan,
    context: Context,
    scores: Scores,
    rows: Rows,
    relaxed: tuple[str, ...],
    pin: Pin | None,
) -> Rows:
    """The eligible rows, best first. Ties go to quality, then to the id."""
    tier = np.zeros(len(table))
    if pin is not None:
        tier += 8.0
        tier[pin.row] = 0.0
    if plan.sensitive == "prefer_local":
        tier += np.where(table.local, 0.0, 4.0)
    if plan.preferred:
        tier += np.where(table.fitting(plan.preferred), 0.0, 2.0)
    keys: list[Floats | Bools] = [-scores.factors[0], -scores.total]
    if is_background(context.task):
        state, cost = task_order(table, scores, context.previous)
        keys += [cost, state]
    elif plan.strategy == "task_type_optimized" and plan.preferred:
        keys.append(table.order(plan.preferred))
    if "size" in relaxed:
        # None is large enough: the nearest to it first.
        keys.append(-np.minimum(table.size, plan.minimum_size_b))
    keys.append(tier)
    order = np.lexsort([np.asarray(key)[rows] for key in keys])
    return np.asarray(rows[order])


def candidates_of(
    table: Table,
    scores: Scores,
    ranked: Rows,
    excluded: NDArray[np.int8],
    found: Sequence[Constraint],
) -> tuple[Candidate, ...]:
    """The first of the ranking, then the first of those that were ruled out, in the order of their ids."""
    shown = ranked[:NAMED]
    ruled_out = excluded.nonzero()[0][:NAMED]
    rows = np.concatenate((shown, ruled_out))
    totals: list[float] = scores.total[rows].tolist()
    factors: list[list[float]] = scores.factors[:, rows].T.tolist()
    codes: list[int] = excluded[ruled_out].tolist()
    result: list[Candidate] = []
    for place, row in enumerate(shown.tolist()):
        text = ""
        if place < DESCRIBED:
            price_usd, latency_s = float(scores.price_usd[row]), float(scores.latency_s[row])
            text = _description(place, price_usd, latency_s, factors[place][0])
        result.append(Candidate(table.ids[row], totals[place], _named(factors[place]), None, text))
    for n, row in enumerate(ruled_out.tolist()):
        broken = found[codes[n] - 1]
        place = len(shown) + n
        why = broken.sentence(table.backends[row])
        result.append(Candidate(table.ids[row], totals[place], _named(factors[place]), broken.code, why))
    return tuple(result)


def _named(row: list[float]) -> dict[str, float]:
    quality, cost, latency, feedback, diversity, stickiness = row
    return {
        "quality": quality,
        "cost": cost,
        "latency": latency,
        "feedback": feedback,
        "diversity": diversity,
        "stickiness": stickiness,
    }


def _description(place: int, price_usd: float, latency_s: float, good: float) -> str:
    return (
        f"place {place + 1}: a good answer with probability {good:.0%}, "
        f"{_price(price_usd)}, about {latency_s:.1f} s"
    )


def _price(usd: float) -> str:
    if math.isinf(usd):
        return "price unknown"
    if usd == 0:
        return "free"
    return f"about ${usd:.5f}" if usd >= LEAST_SHOWN_USD else f"less than ${LEAST_SHOWN_USD:.5f}"
