"""The Decision in words: for the chat's status line, for the log's filter, for a person who asks why."""

from __future__ import annotations

from collections.abc import Sequence

from ..classify.types import Classification
from ..registry.types import Backend
from .plan import Plan
from .types import Candidate
from .words import FOR, NAMES, listed

#: By reason code: the note's few words and the sentence's clause.
REASONS = {
    "requested": ("as asked", "it was asked for by name"),
    "rule": ("by a rule", "the registry's rule {rule!r} names it"),
    "tool_round": ("same model for the tools", "it called the tools whose results have come"),
    "chat_backend": ("the chat's own model", "this task prepares the chat's own answer"),
    "task": ("background task", "it is capable and costs least, a local machine's time counted"),
    "control": ("the baseline", "the strategy is control, which is always the baseline"),
    "only_one": ("the only one that can", "no other model can take this"),
    "regenerated": ("another try", "the last answer was not liked, and this is the best of the others"),
    "route_order": ("set for {good_for}", "it is the first of the route's order that can take this"),
    "stayed": ("stays with this chat", "it has answered this conversation so far and is adequate"),
    "returned": ("back to this chat's model", "it answered this conversation before the detour"),
    "best_quality": ("best for {good_for}", "it is the best for {good_for} of those that can take this"),
    "cheapest": ("cheapest that does it", "it is the cheapest of those that do this well"),
    "fastest": ("fastest that does it", "it is the fastest of those that do this well"),
    "best_balance": ("best balance for {good_for}", "it has the best balance of quality, cost and speed"),
}

RELAXED = {
    "size": "the least size",
    "language": "the language",
    "too_slow": "the latency target",
    "context_guess": "the guessed context",
}


def note(reason: str, plan: Plan) -> str:
    """A few words for the status line: "Coding · medium · best for code"."""
    words = REASONS[reason][0].format(good_for=FOR[plan.route_name], rule=plan.rule.name if plan.rule else "")
    kind = NAMES["general"] if plan.unsure else NAMES[plan.intent]
    return f"{kind} · {plan.complexity} · {words}"


def sentence(
    reason: str,
    plan: Plan,
    classification: Classification,
    chosen: Backend,
    candidates: Sequence[Candidate],
    relaxed: Sequence[str],
    remarks: Sequence[str],
) -> str:
    """The whole story for a person."""
    if plan.unsure:
        sure = f"{classification.confidence:.0%}"
        story = f"What is asked is not clear (confidence {sure}), so it is served as {NAMES['general']}"
        if classification.second_opinion is not None:
            remarks = [classification.second_opinion.sentence, *remarks]
    else:
        story = f"Understood as {NAMES[plan.intent]}, {plan.complexity}"
        if classification.evidence and plan.intent == classification.intent:
            story += f" ({', '.join(classification.evidence[:3])})"
    clause = REASONS[reason][1].format(
        good_for=FOR[plan.route_name], rule=plan.rule.name if plan.rule else ""
    )
    story += f". {chosen.id} answers: {clause}."
    if relaxed:
        story += f" None met every wish, so {listed([RELAXED[r] for r in relaxed])} had to give way."
    for remark in remarks:
        story += f" {remark}"
    eligible = [c for c in candidates if c.excluded is None]
    if len(eligible) > 1:
        story += f" Next would be {eligible[1].backend}."
    return story + _ruled_out([c for c in candidates if c.excluded is not None])


def _ruled_out(excluded: Sequence[Candidate]) -> str:
    shown = [c for c in excluded if c.excluded not in ("not_requested", "unavailable")]
    if not shown:
        return ""
    named = "; ".join(f"{c.backend}, because {c.sentence}" for c in shown[:3])
    more = f"; and {len(shown) - 3} more" if len(shown) > 3 else ""
    return f" Ruled out: {named}{more}."
