"""Simulated traffic: plausible records, marked as simulated, for trying the page and measuring it."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .. import __version__
from ..classify.types import COMPLEXITIES, INTENTS
from ..records import Attempt, Record

#: What ids, users, chats and backends of simulated records begin with.
MARK = "simulated-"

HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Backend:
    """A backend that does not exist: prices in USD per million tokens (None: nobody knows), speed,
    and how often it fails."""

    name: str
    input_usd: float | None
    cached_usd: float | None
    output_usd: float | None
    first_token_ms: float
    tokens_per_second: float
    failing: float
    weight: float


BACKENDS = (
    Backend(f"{MARK}large", 2.5, 0.25, 15.0, 900.0, 60.0, 0.012, 1.0),
    Backend(f"{MARK}medium", 0.6, 0.06, 2.4, 600.0, 90.0, 0.008, 3.0),
    Backend(f"{MARK}small", 0.1, 0.025, 0.4, 350.0, 140.0, 0.006, 5.0),
    Backend(f"{MARK}local", 0.0, 0.0, 0.0, 700.0, 35.0, 0.03, 3.0),
    Backend(f"{MARK}thinker", 5.0, 0.5, 25.0, 4000.0, 70.0, 0.02, 0.4),
    Backend(f"{MARK}unpriced", None, None, None, 800.0, 50.0, 0.05, 0.3),
)
BASELINE = BACKENDS[0]
_WEIGHTS = [backend.weight for backend in BACKENDS]

#: How much of a day's traffic comes in which hour (UTC).
_DAY = (1, 1, 1, 1, 1, 2, 4, 8, 14, 18, 19, 17, 13, 16, 18, 17, 15, 12, 9, 7, 6, 4, 3, 2)
_WEEKEND = 0.3
_INTENT_WEIGHTS = (22, 3, 5, 6, 12, 18, 8, 6, 4, 7, 1, 8)
_COMPLEXITY_WEIGHTS = (45, 35, 20)
_STRATEGIES = ("balanced", "cost_aggressive", "quality_first", "latency_first")
_STRATEGY_WEIGHTS = (80, 8, 7, 5)
_REASONS = ("best_balance", "stayed", "best_quality", "cheapest", "fastest", "only_one")
_REASON_WEIGHTS = (50, 20, 15, 9, 5, 1)
_ERRORS = ("overloaded", "rate_limited", "timeout_first_token", "connection", "auth")
_ERROR_WEIGHTS = (40, 30, 15, 10, 5)
_TASKS = ("title_generation", "tags_generation", "follow_up_generation")


def simulated(number: int, start: float, end: float, seed: int = 1) -> Iterator[Record]:
    """`number` records between two times (epoch seconds), about in the order in which they came."""
    dice = random.Random(seed)
    made = 0
    for at, until, upto in _plan(number, start, end):
        already = made
        while made < upto:
            # Spread over the hour, a little unevenly.
            share = (made - already + dice.random()) / (upto - already)
            for record in _turn(dice, f"{seed}-{made}", at + (until - at) * min(share, 0.999)):
                if made == number:
                    return
                yield record
                made += 1


def _plan(number: int, start: float, end: float) -> Iterator[tuple[float, float, int]]:
    """(from, until, records made by then) of each hour: busy by day, quiet at night and at the weekend."""
    hours = [hour * HOUR_S for hour in range(math.floor(start / HOUR_S), math.ceil(end / HOUR_S))]
    spans = [(max(start, hour), min(end, hour + HOUR_S)) for hour in hours]
    weights = [_weight(at) * (until - at) for at, until in spans]
    whole, so_far = sum(weights), 0.0
    for (at, until), weight in zip(spans, weights, strict=True):
        so_far += weight
        yield at, until, round(number * so_far / whole)


def _weight(at: float) -> float:
    hour = int(at // HOUR_S)
    return _DAY[hour % 24] * (_WEEKEND if (hour // 24 + 3) % 7 >= 5 else 1.0)


def _turn(dice: random.Random, id: str, at: float) -> Iterator[Record]:
    """A turn's calls: mostly one, sometimes tool rounds, and now and then a task."""
    user = min(int(dice.paretovariate(0.9)), 200)
    said: dict[str, Any] = {
        "user_id": f"{MARK}user-{user:03}",
        "chat_id": f"{MARK}chat-{user:03}-{int(at // HOUR_S)}",
        "message_id": f"{MARK}message-{id}",
        "intent": dice.choices(INTENTS, _INTENT_WEIGHTS)[0],
        "complexity": dice.choices(COMPLEXITIES, _COMPLEXITY_WEIGHTS)[0],
        "strategy": dice.choices(_STRATEGIES, _STRATEGY_WEIGHTS)[0],
        "confidence": round(dice.betavariate(6, 2), 4),
        "language": dice.choices(("en", "de", "zh"), (80, 15, 5))[0],
        "sensitive": dice.random() < 0.02,
    }
    rounds = dice.choices((1, 2, 3, 4), (86, 8, 4, 2))[0]
    for round_ in range(rounds):
        record = _call(dice, f"{id}-{round_}", f"{MARK}turn-{id}", at, round_, said)
        yield record
        if record.outcome in ("failed", "refused", "stopped"):
            return
        at += (record.latency_ms or 0.0) / 1000 + dice.random() * 3
    if dice.random() < 0.25:
        yield _task(dice, id, at)


def _call(dice: random.Random, id: str, turn: str, at: float, round_: int, said: dict[str, Any]) -> Record:
    tokens = _Tokens.thrown(dice)
    chosen = dice.choices(BACKENDS, _WEIGHTS)[0]
    common = {**said, "id": f"{MARK}{id}", "turn_id": turn, "round": round_, "created_at": at}
    if dice.random() < 0.003:
        return _record(common, outcome="refused", reason="refused")
    attempts: list[Attempt] = []
    outcome, error, waited = "ok", None, 0.0
    if dice.random() < chosen.failing:
        error = dice.choices(_ERRORS, _ERROR_WEIGHTS)[0]
        waited = 20_000.0 if error.startswith("timeout") else dice.expovariate(1 / 400)
        attempts.append(_attempt(chosen, at, duration_ms=waited, error_kind=error))
        chosen = dice.choices(BACKENDS, _WEIGHTS)[0]
        outcome = "failed" if dice.random() < 0.08 else "fallback"
    elif dice.random() < 0.02:
        attempts.append(_answer(dice, chosen, at, tokens, "answer"))
        waited = attempts[-1].duration_ms or 0.0
        chosen, outcome = BASELINE, "escalated"
    if outcome == "failed":
        return _record(
            common, outcome=outcome, error_kind=error, attempts=tuple(attempts), latency_ms=waited,
            reason="best_balance",
        )  # fmt: skip
    purpose = {"fallback": "fallback", "escalated": "escalation"}.get(outcome, "answer")
    attempts.append(_answer(dice, chosen, at + waited / 1000, tokens, purpose))
    answer = attempts[-1]
    if outcome == "ok" and dice.random() < 0.015:
        outcome = "stopped"
    costs = [attempt.cost_usd for attempt in attempts if attempt.cost_usd is not None]
    return _record(
        common,
        outcome=outcome,
        backend=chosen.name,
        attempts=tuple(attempts),
        latency_ms=waited + (answer.duration_ms or 0.0),
        first_token_ms=waited + (answer.first_token_ms or 0.0),
        input_tokens=tokens.input,
        cached_tokens=tokens.cached,
        output_tokens=tokens.output,
        usage_estimated=dice.random() < 0.05,
        cost_usd=sum(costs) if costs else None,
        cost_source="estimated" if costs else None,
        baseline=BASELINE.name,
        baseline_cost_usd=_price(BASELINE, _Tokens(tokens.input, 0, tokens.output)),
        rating=dice.choices((None, 1, -1), (960, 30, 10))[0],
        reason=dice.choices(_REASONS, _REASON_WEIGHTS)[0],
    )


def _task(dice: random.Random, id: str, at: float) -> Record:
    small, tokens = BACKENDS[2], _Tokens(dice.randrange(100, 900), 0, dice.randrange(4, 40))
    common = {"id": f"{MARK}{id}-task", "turn_id": f"{MARK}turn-{id}", "created_at": at}
    return _record(
        common,
        outcome="ok",
        task=dice.choice(_TASKS),
        backend=small.name,
        latency_ms=dice.lognormvariate(6.5, 0.4),
        input_tokens=tokens.input,
        output_tokens=tokens.output,
        cost_usd=_price(small, tokens),
        cost_source="estimated",
        reason="task",
    )


@dataclass(frozen=True, slots=True)
class _Tokens:
    input: int
    cached: int
    output: int

    @classmethod
    def thrown(cls, dice: random.Random) -> _Tokens:
        sent = min(int(dice.lognormvariate(6.6, 1.2)) + 20, 120_000)
        cached = int(sent * dice.random()) if dice.random() < 0.4 else 0
        return cls(sent, cached, min(int(dice.lognormvariate(5.4, 1.0)) + 1, 8000))


def _answer(dice: random.Random, backend: Backend, at: float, tokens: _Tokens, purpose: Any) -> Attempt:
    first = backend.first_token_ms * dice.lognormvariate(0.0, 0.45)
    speed = backend.tokens_per_second * dice.lognormvariate(0.0, 0.2)
    return _attempt(
        backend,
        at,
        purpose=purpose,
        first_token_ms=first,
        duration_ms=first + tokens.output / speed * 1000,
        status=200,
        input_tokens=tokens.input,
        cached_tokens=tokens.cached,
        output_tokens=tokens.output,
        cost_usd=_price(backend, tokens),
    )


def _attempt(backend: Backend, at: float, purpose: Any = "answer", **said: Any) -> Attempt:
    return Attempt(
        backend=backend.name, purpose=purpose, started_at=at, connection=f"{MARK}connection", **said
    )


def _price(backend: Backend, tokens: _Tokens) -> float | None:
    if backend.input_usd is None or backend.cached_usd is None or backend.output_usd is None:
        return None
    fresh = (tokens.input - tokens.cached) * backend.input_usd
    return (fresh + tokens.cached * backend.cached_usd + tokens.output * backend.output_usd) / 1e6


def _record(common: dict[str, Any], **said: Any) -> Record:
    return Record(
        **common,
        **said,
        sentence="Simulated: nobody asked, and nothing was sent.",
        signals={"simulated": True},
        library_version=__version__,
        classifier_version="simulated",
    )
