"""The Decision in words: for the chat's status line, for the log's filter, for a person who asks why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..classify.types import Classification
from ..registry.types import Backend
from .constraints import Constraint
from .plan import Plan
from .types import Candidate
from .words import FOR, NAMES

#: By reason code: the note's few words and the sentence's clause.
REASONS = {
    "requested": ("as asked", "it was asked for by name"),
    "rule": ("by a rule", "the registry's rule {rule!r} names it"),
    "tool_round": ("same model for the tools", "it called the tools whose results have come"),
    "chat_backend": ("the chat's own model", "this task prepares the chat's own answer"),
    "task": ("background task", "it is the cheapest capable one for a background task"),
    "control": ("the baseline", "the strategy is control, which is always the baseline"),
    "only_one": ("the only one that can", "no other model can take this"),
    "regenerated": ("another try", "the last answer was not liked, and this is the best of the others"),
    "route_order": ("first choice for {good_for}", "it is the route's first choice that can take this"),
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

NO_BACKEND = "No model is connected yet; an administrator adds one under Settings → Connections."


def note(reason: str, plan: Plan) -> str:
    """A few words for the status line: "Coding · medium · best for code"."""
    words = REASONS[reason][0].format(good_for=FOR[plan.route_name], rule=plan.rule.name if plan.rule else "")
    kind = "not sure what" if plan.unsure else NAMES[plan.intent]
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
        story += f" None met every wish, so {_and([RELAXED[r] for r in relaxed])} had to give way."
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


def _and(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


#: What the user reads when one constraint stands in the way of all.
_REFUSALS = {
    "no_access": "You have no access to a model that could answer this; an administrator can grant it.",
    "unavailable": "None of the models that could answer this is available now.",
    "breaker_open": "All models that could answer this failed just now; please try again in a moment.",
    "no_vision": "None of the models available to you can see images.",
    "no_tools": "None of the models available to you can call tools.",
    "denied": "The administrator allows no model that could answer this.",
    "preset": NO_BACKEND,
    "group": "The administrator allows your group no model that could answer this.",
    "excluded": "The request excludes every model that could answer it.",
    "not_in_route": "None of the models that the administrator chose for this can take it.",
}


def refusal(
    found: Sequence[Constraint], candidates: Sequence[Candidate], plan: Plan, classification: Classification
) -> tuple[str, str]:
    """Code and sentence for the user when nothing is left."""
    code = _culprit(found)
    if plan.local_only and code in ("not_local", "sensitive"):
        return "no_local", "Only local models may answer now, and no local model can take this."
    if code == "sensitive":
        kinds = _and(list(classification.signals.sensitive_kinds) or ["personal data"]).replace("_", " ")
        return code, (
            f"This seems to hold sensitive data ({kinds}), which only local models may read, "
            "and no local model can take it."
        )
    if code == "context":
        needed = classification.signals.input_tokens
        return code, (
            f"This is too long for every model available to you: about {needed:,} tokens, "
            "and an answer must fit in as well."
        )
    if code in _REFUSALS:
        return code, _REFUSALS[code]
    counts = Counter(c.sentence for c in candidates if c.excluded)
    why = "; ".join(f"{text} ({n})" for text, n in counts.most_common(3))
    return "nothing_left", f"No model can take this: {why}."


def _culprit(found: Sequence[Constraint]) -> str | None:
    """The constraint without which somebody would be left; of several, the one a user can act on."""
    alone = [c for c in found if c.broken.any() and _somebody_without(c, found)]
    order = ("not_local", "sensitive", "context", "no_vision", "no_tools", "breaker_open", "no_access")
    for code in order:
        if any(c.code == code for c in alone):
            return code
    if alone:
        return alone[-1].code
    everybody = [c.code for c in found if c.broken.all()]
    return everybody[0] if everybody else None


def _somebody_without(left_out: Constraint, found: Sequence[Constraint]) -> bool:
    broken = None
    for constraint in found:
        if constraint is not left_out:
            broken = constraint.broken if broken is None else broken | constraint.broken
    return broken is None or not broken.all()
