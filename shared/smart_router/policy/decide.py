"""`decide`: the policy's one entry. Pure; the same inputs give the same decision."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..classify.types import Classification
from ..health.types import HealthView
from ..registry.schema import Registry
from ..registry.types import Catalog
from . import explain
from .constraints import RELAXED_IN_ORDER, Constraint, constraints, named_backend, reply_tokens
from .parameters import parameters_for
from .plan import Plan, make_plan
from .score import Scores, score
from .stickiness import Stay, stay
from .table import Bools, Floats, Table, table_for
from .tasks import ON_THE_CHATS_BACKEND, is_background, task_order
from .types import Adjustments, Candidate, Context, Decision, Limits

Rows = NDArray[np.intp]

#: So many of the ranking get a sentence of their own; their factors say the same of all.
DESCRIBED = 3
#: So many candidates a Decision names, of those that may answer and of those that may not: it is
#: stored with every request, and nobody reads a thousand.
NAMED = 100


def decide(
    classification: Classification,
    context: Context,
    catalog: Catalog,
    registry: Registry,
    health: HealthView,
    adjustments: Adjustments,
    limits: Limits,
    now: float,
    rng: random.Random,
) -> Decision:
    """Rank all backends for one request.

    Nothing is read but the arguments (`now` is epoch seconds). Refuses by a Decision without
    `chosen`, never by an exception. `limits` and `rng` are for what later takes candidates away
    and for experiments; nothing uses them yet.
    """
    table = table_for(catalog, registry)
    plan = make_plan(classification, context, registry, now)
    if not len(table):
        return _refused("no_backend", explain.NO_BACKEND, (), plan)
    if is_background(context.task):
        # A title is written in the background; what the chat itself asks for does not matter to it.
        plan = replace(plan, complexity="simple", p_hard=0.5, route_name="general", latency_limit_s=None,
                       minimum_size_b=0.0, expected_output_tokens=60, model=None, preferred=())  # fmt: skip

    signals = classification.signals
    weighed = stay(table, classification, context, now)
    scores = score(
        table, plan, weighed, signals.input_tokens, signals.language, health, adjustments, registry.weights
    )
    found = constraints(table, plan, classification, context, health, scores.first_token_s, now)
    pin = _pin(table, plan, context, signals.tool_round)
    if plan.model and plan.model_asked_by == "request":
        if pin is None:
            return _refused(
                "unknown_model", f"The model {plan.model!r} that was asked for is not known.", (), plan
            )
        found = _only(table, found, pin)

    if pin is not None and pin.reason != "requested":
        found = [_spare(c, pin.row) if c.code in RELAXED_IN_ORDER else c for c in found]
    relaxed: tuple[str, ...] = ()
    if plan.sensitive == "prefer_local":
        found, relaxed = _rather_local(table, found, plan, signals.input_tokens)
    excluded = _excluded(table, found)
    eligible = (excluded == 0).nonzero()[0]
    if not len(eligible):
        found, relaxed = _relax(table, found, plan, signals.input_tokens)
        excluded = _excluded(table, found)
        eligible = (excluded == 0).nonzero()[0]
    if not len(eligible):
        candidates = _candidates(table, scores, eligible, excluded, found)
        if plan.model and plan.model_asked_by == "request" and pin is not None:
            why = found[excluded[pin.row] - 1].sentence(table.backends[pin.row])
            return _refused(
                "model_unusable", f"{table.ids[pin.row]} was asked for, but {why}.", candidates, plan
            )
        code, sentence = explain.refusal(found, candidates, plan, classification)
        return _refused(code, sentence, candidates, plan)

    ranked = _rank(table, plan, context, scores, eligible, relaxed, pin)
    chosen = table.backends[ranked[0]]
    candidates = _candidates(table, scores, ranked, excluded, found)
    reason = _reason(table, plan, context, weighed, scores, ranked, pin)
    left_local = plan.sensitive == "prefer_local" and not chosen.local
    background = is_background(context.task)
    wanted = {} if background else dict(plan.route.parameters)
    return Decision(
        chosen=chosen.id,
        candidates=candidates,
        strategy=plan.strategy,
        route=plan.route_name,
        parameters=parameters_for(wanted, chosen, context.parameters),
        wanted_parameters=wanted,
        system_prompt=None if background else plan.route.system_prompt,
        baseline=catalog.baseline,
        relaxed=relaxed,
        reason=reason,
        sentence=explain.sentence(
            reason,
            plan,
            classification,
            chosen,
            candidates,
            relaxed,
            [
                *_remarks(plan, chosen.local, left_local),
                *_leaving(table, context, weighed, excluded, found, int(ranked[0])),
            ],
        ),
        note=explain.note(reason, plan),
        intent=plan.intent,
        complexity=plan.complexity,
        rule=plan.rule.name if plan.rule else None,
        left_local=left_local,
        more=len(table) - len(candidates),
    )


@dataclass(frozen=True, slots=True)
class _Pin:
    """A backend that comes first whatever the scores say, and the code of why."""

    row: int
    reason: str


def _pin(table: Table, plan: Plan, context: Context, tool_round: bool) -> _Pin | None:
    if plan.model and plan.model_asked_by == "request":
        named = named_backend(table, plan.model)
        return _Pin(table.row[named], "requested") if named else None
    previous = context.previous
    if previous is not None and previous.backend in table.row:
        if tool_round or previous.tool_round:
            return _Pin(table.row[previous.backend], "tool_round")
        if context.task in ON_THE_CHATS_BACKEND:
            return _Pin(table.row[previous.backend], "chat_backend")
    if plan.model and (named := named_backend(table, plan.model)):
        return _Pin(table.row[named], "rule" if plan.model_asked_by == "rule" else "requested")
    if plan.strategy == "control" and table.catalog.baseline in table.row:
        return _Pin(table.row[table.catalog.baseline], "control")
    return None


#: Wishes that a person who names a model sets aside.
_WISHES = frozenset({*RELAXED_IN_ORDER, "preset", "not_in_route", "excluded"})


def _only(table: Table, found: list[Constraint], pin: _Pin) -> list[Constraint]:
    others = table.everywhere.copy()
    others[pin.row] = False
    return [
        *(c for c in found if c.code not in _WISHES),
        Constraint("not_requested", others, lambda b: "another model was asked for by name"),
    ]


def _relax(
    table: Table, found: list[Constraint], plan: Plan, input_tokens: int
) -> tuple[list[Constraint], tuple[str, ...]]:
    """Nobody is left: let size, language and latency give way, in that order, until somebody is."""
    dropped: list[str] = []
    left = found
    for code in RELAXED_IN_ORDER:
        if any(c.code == code for c in left):
            left = [c for c in left if c.code != code]
            dropped.append(code)
            if _somebody(table, left):
                return _restore(table, found, dropped)
    # Nobody told us what this Ollama model reads: its default is a guess, and a guess is better
    # than no answer. What is known to be too small stays out.
    if table.context_guessed.any():
        needed = input_tokens + reply_tokens(plan)
        roomy = [
            replace(c, broken=c.broken & ~(table.context_guessed & (table.maximum_context >= needed)))
            if c.code == "context"
            else c
            for c in found
        ]
        if _somebody(table, roomy):
            return roomy, ("context_guess",)
        roomy_left = [c for c in roomy if c.code not in RELAXED_IN_ORDER]
        if _somebody(table, roomy_left):
            kept, codes = _restore(table, roomy, dropped)
            return kept, (*codes, "context_guess")
    return found, ()


def _rather_local(
    table: Table, found: list[Constraint], plan: Plan, input_tokens: int
) -> tuple[list[Constraint], tuple[str, ...]]:
    """A local backend that meets fewer wishes comes before one that is not local."""
    at_home = [*found, Constraint("sensitive", ~table.local, lambda b: "it is not local")]
    if _somebody(table, at_home):
        return found, ()
    kept, relaxed = _relax(table, at_home, plan, input_tokens)
    if not relaxed:
        return found, ()
    left = {c.code: c.broken for c in kept}
    spared = []
    for constraint in found:
        broken = left.get(constraint.code, table.nowhere)
        spared.append(replace(constraint, broken=np.where(table.local, broken, constraint.broken)))
    return spared, relaxed


def _restore(
    table: Table, found: list[Constraint], dropped: Sequence[str]
) -> tuple[list[Constraint], tuple[str, ...]]:
    """Bring back what was dropped on the way and turned out not to matter."""
    gone = list(dropped)
    for code in dropped[:-1]:
        rest = [d for d in gone if d != code]
        if _somebody(table, [c for c in found if c.code not in rest]):
            gone = rest
    return [c for c in found if c.code not in gone], tuple(gone)


def _spare(constraint: Constraint, row: int) -> Constraint:
    broken = constraint.broken.copy()
    broken[row] = False
    return replace(constraint, broken=broken)


def _somebody(table: Table, found: Sequence[Constraint]) -> bool:
    broken = table.nowhere
    for constraint in found:
        broken = broken | constraint.broken
    return not broken.all()


def _excluded(table: Table, found: Sequence[Constraint]) -> NDArray[np.int8]:
    """Per row 0, or the 1-based place in `found` of the first constraint that it breaks."""
    codes = np.zeros(len(table), dtype=np.int8)
    for n in range(len(found), 0, -1):
        codes[found[n - 1].broken] = n
    return codes


def _rank(
    table: Table,
    plan: Plan,
    context: Context,
    scores: Scores,
    rows: Rows,
    relaxed: tuple[str, ...],
    pin: _Pin | None,
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


def _candidates(
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
            cost_usd, latency_s = float(scores.cost_usd[row]), float(scores.latency_s[row])
            text = _description(place, cost_usd, latency_s, factors[place][0])
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


def _description(place: int, cost_usd: float, latency_s: float, good: float) -> str:
    return (
        f"place {place + 1}: a good answer with probability {good:.0%}, "
        f"about ${cost_usd:.5f} and {latency_s:.1f} s"
    )


def _reason(
    table: Table,
    plan: Plan,
    context: Context,
    weighed: Stay,
    scores: Scores,
    ranked: Rows,
    pin: _Pin | None,
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
    if scores.cost_usd[chosen] <= scores.cost_usd[ranked].min():
        return "cheapest"
    if scores.latency_s[chosen] <= scores.latency_s[ranked].min():
        return "fastest"
    return "best_balance"


def _remarks(plan: Plan, local: bool, left_local: bool) -> list[str]:
    remarks = []
    if left_local:
        remarks.append(
            "It holds sensitive data, but no local model could take it, so it left this installation."
        )
    elif plan.sensitive == "prefer_local" and local:
        remarks.append("It holds sensitive data, so local models come first.")
    elif plan.local_only and local:
        remarks.append("Only local models may answer now.")
    return remarks


def _leaving(
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


def _refused(code: str, sentence: str, candidates: tuple[Candidate, ...], plan: Plan) -> Decision:
    return Decision(
        chosen=None,
        candidates=candidates,
        strategy=plan.strategy,
        route=plan.route_name,
        refusal=code,
        reason=f"refused_{code}",
        sentence=sentence,
        note="no model can take this",
        intent=plan.intent,
        complexity=plan.complexity,
        rule=plan.rule.name if plan.rule else None,
    )
