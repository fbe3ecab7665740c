"""Constraints: what takes candidates away, each with a code and a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..classify.types import Classification
from ..health.types import HealthView
from ..registry.patterns import fits
from ..registry.types import Backend
from .plan import Plan
from .table import Bools, Floats, Table
from .types import Context
from .words import NAMES

Sentence = Callable[[Backend], str]

#: The constraints that give way when nothing is left, in this order. No other ever does.
RELAXED_IN_ORDER = ("size", "language", "too_slow")
#: Below this, the language is a guess that takes nobody away.
LANGUAGE_CONFIDENCE = 0.6
#: What is left for the answer in a small context, in tokens: most answers are shorter than expected.
LEAST_REPLY_TOKENS = 64


@dataclass(frozen=True, slots=True)
class Constraint:
    """`broken` marks the rows that it takes away."""

    code: str
    broken: Bools
    sentence: Sentence


_BLOCKED_BY = {
    "failures": "it failed several times in a row",
    "provider": "its provider asked to wait",
    "connection": "its connection failed several times in a row",
}


def constraints(
    table: Table,
    plan: Plan,
    classification: Classification,
    context: Context,
    health: HealthView,
    first_token_s: Floats,
    now: float,
) -> list[Constraint]:
    """All constraints that apply to this request, strongest first; the first broken one is named."""
    signals = classification.signals
    found = [
        Constraint("unavailable", table.unavailable, lambda b: "Open WebUI does not list it now"),
        Constraint("preset", table.persona, lambda b: "a preset answers only where the registry names it"),
        Constraint("denied", table.denied, lambda b: "the registry does not allow it"),
    ]
    if context.accessible is not None:
        found.append(
            Constraint(
                "no_access", ~table.accessible(context.accessible), lambda b: "this user has no access to it"
            )
        )
    found += _wishes(table, plan)
    if plan.local_only:
        found.append(
            Constraint(
                "not_local", table.not_local, lambda b: "it is not local, and only local ones may answer"
            )
        )
    if plan.sensitive == "require_local":
        kinds = ", ".join(signals.sensitive_kinds) or "personal data"
        found.append(
            Constraint(
                "sensitive", table.not_local, lambda b: f"it is not local, and the request holds {kinds}"
            )
        )
    if blocked := {i: h for i, h in health.backends.items() if h.blocked and i in table.row}:
        broken = table.nowhere.copy()
        for backend in blocked:
            broken[table.row[backend]] = True

        def until(backend: Backend) -> str:
            retry_at = blocked[backend.id].retry_at
            again = f"; it is tried again in {max(round(retry_at - now), 1)} s" if retry_at else ""
            return f"{_BLOCKED_BY[blocked[backend.id].blocked_by]}{again}"

        found.append(Constraint("breaker_open", broken, until))
    if signals.images:
        found.append(Constraint("no_vision", table.blind, lambda b: "it cannot see images"))
    if signals.tools:
        found.append(Constraint("no_tools", table.without_tools, lambda b: "it cannot call tools"))
    found.append(_context(table, plan, signals.input_tokens))
    if plan.minimum_size_b > 0:
        least = plan.minimum_size_b
        found.append(
            Constraint(
                "size",
                table.size < least,
                lambda b: (
                    f"{b.size_b:g}B parameters are few for this "
                    f"({NAMES[plan.route_name]}, {plan.complexity}: at least {least:g}B)"
                ),
            )
        )
    if signals.language and signals.language_confidence >= LANGUAGE_CONFIDENCE:
        language = signals.language
        found.append(
            Constraint(
                "language", ~table.speaks(language), lambda b: f"it is not made for the language {language!r}"
            )
        )
    if plan.latency_limit_s is not None:
        limit = plan.latency_limit_s
        found.append(
            Constraint(
                "too_slow",
                first_token_s > limit,
                lambda b: f"its first token is expected later than {limit:g} s",
            )
        )
    return found


def _wishes(table: Table, plan: Plan) -> list[Constraint]:
    found: list[Constraint] = []
    for group in plan.groups:
        if group.allow is not None:
            allowed = table.fitting(group.allow)
            found.append(
                Constraint("group", ~allowed, lambda b: "the registry keeps it from this user's group")
            )
        if group.deny:
            found.append(
                Constraint(
                    "group",
                    table.fitting(group.deny),
                    lambda b: "the registry keeps it from this user's group",
                )
            )
    if plan.exclude:
        found.append(
            Constraint("excluded", table.fitting(plan.exclude), lambda b: "the request does not want it")
        )
    if plan.route.only and plan.preferred:
        found.append(
            Constraint(
                "not_in_route",
                ~table.fitting(plan.preferred),
                lambda b: f"the route {plan.route_name} allows only the models that it lists",
            )
        )
    return found


def reply_tokens(plan: Plan) -> int:
    """What must be left for the answer."""
    return max(plan.expected_output_tokens, LEAST_REPLY_TOKENS)


def _context(table: Table, plan: Plan, input_tokens: int) -> Constraint:
    needed = input_tokens + reply_tokens(plan)

    def sentence(backend: Backend) -> str:
        reads = backend.effective_context_tokens or 0
        about = "about " if "effective_context_tokens" in backend.guessed else ""
        return f"it reads {about}{reads:,} tokens, and this takes {needed:,} with the answer"

    return Constraint("context", table.context < needed, sentence)


def named_backend(table: Table, name: str) -> str | None:
    """The backend that a person means by `name`: its id, case ignored, or the only one that it fits."""
    if name in table.row:
        return name
    same = [i for i in table.ids if i.lower() == name.lower()]
    if not same:
        same = [i for i in table.ids if fits(name, i)]
    if not same:
        tail = name.lower()
        same = [i for i in table.ids if i.lower().endswith((f"/{tail}", f".{tail}"))]
    if not same:
        same = [b.id for b in table.backends if b.name.lower() == name.lower()]
    return same[0] if len(same) == 1 else None
