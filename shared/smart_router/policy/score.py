"""The score: one number per candidate, higher is better. docs/choosing.md gives the reasons.

    score = p * quality + (1 - p) * (weighted mean of cost, latency, feedback, diversity, stickiness)

p is the quality preference. Every factor is in 0…1, higher better, and depends on its own backend
alone, never on the other candidates. From that follow the properties that the tests hold: the
order of candidates and worse additions change nothing; a higher price never makes a backend more
chosen; a higher p never lowers the chosen quality.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..health.types import HealthView
from ..registry.schema import Weights
from .plan import Plan
from .stickiness import Stay
from .table import Floats, Table
from .types import Adjustments

#: The quality at which half of the answers to such a request are good, for p_hard in the middle.
#: On the scale of registry/figures.py, so that (taxonomy.md) a 1–4B model manages simple requests,
#: a good 7–14B medium ones, a frontier model hard ones.
NEEDED_QUALITY = {"simple": 0.20, "medium": 0.42, "hard": 0.66}
#: How far p_hard moves that, from 0 to 1.
P_HARD_SPAN = 0.15
#: How sharply quality decides.
SHARPNESS = 0.06

#: The cost (USD) and the wait (s) at which the factor is one half: what a good answer of this kind
#: is worth to somebody. Judgement, not measurement.
WORTH_USD = {"simple": 0.003, "medium": 0.01, "hard": 0.05}
WORTH_S = {"simple": 4.0, "medium": 10.0, "hard": 30.0}
#: A tighter latency target shortens the wait that is worth it.
TARGET_S = {"ultra_low": 0.1, "low": 0.25, "medium": 0.7, "high": 2.0}
#: A hosted backend whose price nobody knows is taken to be expensive: USD per million tokens.
UNKNOWN_USD_PER_MTOK = (5.0, 15.0)

#: How a strategy tilts the weights of cost and latency.
TILT = {"cost_aggressive": (4.0, 1.0), "latency_first": (1.0, 5.0)}
#: And what a dollar or a second counts with it.
URGENCY = {"cost_aggressive": (0.02, 1.0), "latency_first": (1.0, 0.5)}


@dataclass(frozen=True, slots=True)
class Scores:
    """One row per backend of the table. `factors` is (6, n): quality, cost, latency, feedback,
    diversity, stickiness. `price_usd` is what the request is expected to be charged, 0 where it is
    free and infinite where nobody knows; `cost_usd` is what is weighed: the same, with assumptions where
    there is no price."""

    total: Floats
    factors: Floats
    price_usd: Floats
    cost_usd: Floats
    latency_s: Floats
    first_token_s: Floats


def needed_quality(complexity: str, p_hard: float) -> float:
    return NEEDED_QUALITY[complexity] + P_HARD_SPAN * (p_hard - 0.5)


def score(
    table: Table,
    plan: Plan,
    stay: Stay,
    input_tokens: int,
    language: str | None,
    health: HealthView,
    adjustments: Adjustments,
    weights: Weights,
) -> Scores:
    """Score every backend of the table, eligible or not."""
    first_token_s, latency_s = expected_latency(table, plan, stay, input_tokens, health)
    price_usd, cost_usd = expected_cost(table, plan, stay, input_tokens, latency_s)
    usd_urgency, s_urgency = URGENCY.get(plan.strategy, (1.0, 1.0))

    factors = np.empty((6, len(table)), dtype=np.float64)
    factors[0] = quality(table, plan, stay, language)
    factors[1] = 1 / (1 + cost_usd / (WORTH_USD[plan.complexity] * usd_urgency))
    worth_s = WORTH_S[plan.complexity] * s_urgency * TARGET_S.get(plan.latency_target or "", 1.0)
    factors[2] = 1 / (1 + latency_s / worth_s)
    factors[3] = _feedback(table, adjustments)
    factors[4] = _diversity(table, health)
    factors[5] = stay.factor
    w = table.remember(("weights", weights, plan.strategy), lambda: _weights(weights, plan.strategy))
    p = plan.quality_preference
    rest = w @ factors[1:]
    # Rounded, so that the last bit of a sum cannot decide.
    total = (p * factors[0] + (1 - p) * rest).round(9)
    return Scores(total, factors, price_usd, cost_usd, latency_s, first_token_s)


def _weights(weights: Weights, strategy: str) -> Floats:
    """The five weights beside quality's, tilted by the strategy, with a sum of 1."""
    cost_tilt, latency_tilt = TILT.get(strategy, (1.0, 1.0))
    tilted = np.array(
        [
            weights.cost * cost_tilt,
            weights.latency * latency_tilt,
            weights.feedback,
            weights.diversity,
            weights.stickiness,
        ]
    )
    return np.asarray(tilted / tilted.sum())


def quality(table: Table, plan: Plan, stay: Stay, language: str | None) -> Floats:
    """The chance that the answer is good: a logistic in how far quality exceeds what is needed."""
    need = round(needed_quality(plan.complexity, plan.p_hard), 3)
    foreign = language not in (None, "en") and plan.route_name != "translate"

    def make() -> Floats:
        known = table.quality(plan.route_name)
        if foreign:
            # What a model loses in other languages than English, from its ratings in them.
            known = known + np.minimum(table.quality("translate") - table.quality("general"), 0)
        return np.asarray(1 / (1 + np.exp((need - known) / SHARPNESS)))

    found: Floats = table.remember(("good", plan.route_name, need, foreign), make)
    if stay.rejected is not None:
        return np.where(stay.rejected, found * REJECTED_QUALITY, found)
    return found


#: The user had this backend's answer made again: so much is left of what we thought of it.
REJECTED_QUALITY = 0.5


def expected_latency(
    table: Table, plan: Plan, stay: Stay, input_tokens: int, health: HealthView
) -> tuple[Floats, Floats]:
    """Seconds to the first token, and to the last one."""
    first, per_token = table.first_token_s, table.seconds_per_token
    # What a backend has read in this conversation already, it need not read again.
    unread = np.maximum(input_tokens - stay.cached_tokens, 0)
    first = first + unread * table.seconds_per_read_token
    observed = [(table.row[i], h) for i, h in health.backends.items() if i in table.row]
    if observed:
        per_token = per_token.copy()
        for row, state in observed:
            if state.first_token_ms is not None:
                first[row] = state.first_token_ms / 1000
            if state.tokens_per_second:
                per_token[row] = 1 / state.tokens_per_second
    return first, first + plan.expected_output_tokens * table.output_factor * per_token


def expected_cost(
    table: Table, plan: Plan, stay: Stay, input_tokens: int, latency_s: Floats
) -> tuple[Floats, Floats]:
    """US dollars for this request, as charged and as weighed: what is read again in full, what is
    cached, what is written, and time."""
    cached = np.minimum(stay.cached_tokens, input_tokens)
    into, out = table.input_usd, table.output_usd
    if table.some_unpriced:
        into = np.where(table.unpriced, UNKNOWN_USD_PER_MTOK[0] / 1e6, into)
        out = np.where(table.unpriced, UNKNOWN_USD_PER_MTOK[1] / 1e6, out)
    tokens_out = plan.expected_output_tokens * table.output_factor
    paid = (input_tokens - cached) * into + cached * table.cached_usd + tokens_out * out
    paid = paid + latency_s * table.usd_per_second
    price = np.where(table.price_unknown, np.inf, paid) if table.some_price_unknown else paid
    return price, np.asarray(paid + latency_s * table.shadow_usd_per_second)


def _feedback(table: Table, adjustments: Adjustments) -> Floats:
    neutral: Floats = table.remember("neutral", lambda: np.full(len(table), 0.5))
    if not adjustments.ratings:
        return neutral
    return np.array([adjustments.ratings.get(i, 0.5) for i in table.ids], dtype=np.float64)


def _diversity(table: Table, health: HealthView) -> Floats:
    """Among equals, the one with less to do: 1 when idle, one half at its concurrency."""
    idle: Floats = table.remember("idle", lambda: np.ones(len(table)))
    busy = [(table.row[i], h.in_flight) for i, h in health.backends.items() if h.in_flight and i in table.row]
    if not busy:
        return idle
    factor = idle.copy()
    for row, in_flight in busy:
        factor[row] = 1 / (1 + in_flight / table.concurrency[row])
    return factor
