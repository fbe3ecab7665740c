"""`decide`: the policy's one entry. Pure; the same inputs give the same decision."""

from __future__ import annotations

import random
from dataclasses import replace

from ..classify.types import Classification
from ..health.types import HealthView
from ..registry.schema import Registry
from ..registry.types import Catalog
from . import explain, refusal
from .constraints import RELAXED_IN_ORDER, Constraint, constraints, named_backend
from .parameters import parameters_for
from .plan import Plan, make_plan
from .rank import Pin, candidates_of, rank
from .reasons import leaving, reason_of, remarks
from .relax import broken_first, rather_local, relax, spare
from .score import score
from .stickiness import stay
from .table import Table, table_for
from .tasks import ON_THE_CHATS_BACKEND, is_background
from .types import Adjustments, Candidate, Context, Decision, Limits

_NAME_ANOTHER = "Name another model, or none, and Smart chooses."


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
        return _refused("no_backend", refusal.NO_BACKEND, (), plan)
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
        if pin is None or _reveals(table, context, plan.model, pin):
            unknown = f"The model {plan.model!r} that was asked for is not known. {_NAME_ANOTHER}"
            return _refused("unknown_model", unknown, (), plan)
        found = _only(table, found, pin)

    if pin is not None and pin.reason != "requested":
        found = [spare(c, pin.row) if c.code in RELAXED_IN_ORDER else c for c in found]
    relaxed: tuple[str, ...] = ()
    if plan.sensitive == "prefer_local":
        found, relaxed = rather_local(table, found, plan, signals.input_tokens)
    excluded = broken_first(table, found)
    eligible = (excluded == 0).nonzero()[0]
    if not len(eligible):
        found, relaxed = relax(table, found, plan, signals.input_tokens)
        excluded = broken_first(table, found)
        eligible = (excluded == 0).nonzero()[0]
    if not len(eligible):
        candidates = candidates_of(table, scores, eligible, excluded, found)
        if plan.model and plan.model_asked_by == "request" and pin is not None:
            why = found[excluded[pin.row] - 1].sentence(table.backends[pin.row])
            unusable = f"{table.ids[pin.row]} was asked for, but {why}. {_NAME_ANOTHER}"
            return _refused("model_unusable", unusable, candidates, plan)
        code, sentence = refusal.refusal(found, candidates, plan, classification)
        return _refused(code, sentence, candidates, plan)

    ranked = rank(table, plan, context, scores, eligible, relaxed, pin)
    chosen = table.backends[ranked[0]]
    candidates = candidates_of(table, scores, ranked, excluded, found)
    reason = reason_of(table, plan, context, weighed, scores, ranked, pin)
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
        verify_full=plan.route.verify == "full",
        content_filter_fallback=registry.content_filter_fallback,
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
                *remarks(plan, chosen.local, left_local, pin is not None and reason == pin.reason),
                *leaving(table, context, weighed, excluded, found, int(ranked[0])),
            ],
        ),
        note=explain.note(reason, plan),
        intent=plan.intent,
        complexity=plan.complexity,
        rule=plan.rule.name if plan.rule else None,
        left_local=left_local,
        more=len(table) - len(candidates),
        unsure=plan.unsure,
        private=plan.local_only or plan.sensitive != "off",
    )


def _pin(table: Table, plan: Plan, context: Context, tool_round: bool) -> Pin | None:
    if plan.model and plan.model_asked_by == "request":
        named = named_backend(table, plan.model)
        return Pin(table.row[named], "requested") if named else None
    previous = context.previous
    if previous is not None and previous.backend in table.row:
        if tool_round or previous.tool_round:
            return Pin(table.row[previous.backend], "tool_round")
        if context.task in ON_THE_CHATS_BACKEND:
            return Pin(table.row[previous.backend], "chat_backend")
    if plan.model and (named := named_backend(table, plan.model)):
        return Pin(table.row[named], "rule" if plan.model_asked_by == "rule" else "requested")
    if plan.strategy == "control" and table.catalog.baseline in table.row:
        return Pin(table.row[table.catalog.baseline], "control")
    return None


def _reveals(table: Table, context: Context, asked: str, pin: Pin) -> bool:
    """A pattern or a part of a name found a model that this user may not use: its id is not for them."""
    backend = table.ids[pin.row]
    return backend != asked and context.accessible is not None and backend not in context.accessible


#: Wishes that a person who names a model sets aside.
_WISHES = frozenset({*RELAXED_IN_ORDER, "preset", "not_in_route", "excluded"})


def _only(table: Table, found: list[Constraint], pin: Pin) -> list[Constraint]:
    others = table.everywhere.copy()
    others[pin.row] = False
    return [
        *(c for c in found if c.code not in _WISHES),
        Constraint("not_requested", others, lambda b: "another model was asked for by name"),
    ]


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
