"""The sentence for a user whom no backend can answer: what stands in the way, and what they can do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ..classify.types import Classification
from .constraints import RELAXED_IN_ORDER, Constraint
from .plan import Plan
from .table import Bools
from .types import Candidate
from .words import listed

NO_BACKEND = "No model is connected yet; an administrator adds one under Settings → Connections."

#: The constraints that keep a request on local backends. They stand in the way together.
_PLACE = ("not_local", "sensitive")
#: The constraints that follow from what was sent, or from the moment; all others are an administrator's.
_NEEDS = ("no_vision", "no_tools", "context")
_ACTED_ON = (*_NEEDS, "breaker_open")

#: What the user reads when one constraint stands in the way of all: what it is, and what to ask
#: an administrator for.
REFUSALS = {
    "no_access": ("You have no access to a model that could answer this", "for access to one"),
    "unavailable": ("None of the models that could answer this is available now", "about them"),
    "breaker_open": ("All models that could answer this failed just now", "to look into it"),
    "no_vision": ("None of the models available to you can see images", "for one that can"),
    "no_tools": ("None of the models available to you can call tools", "for one that can"),
    "context": (
        "This is too long for every model available to you: about {tokens} tokens, and an answer must fit in "
        "as well",
        "for one that reads more",
    ),
    "denied": ("The registry allows no model that could answer this", "to allow one"),
    "group": ("The registry allows your group no model that could answer this", "to allow one"),
    "excluded": (
        "Every model that could answer this is excluded, by the request or by the registry",
        "to allow one",
    ),
    "not_in_route": ("None of the models that the registry lists for this can take it", "to list another"),
}


def refusal(
    found: Sequence[Constraint], candidates: Sequence[Candidate], plan: Plan, classification: Classification
) -> tuple[str, str]:
    """Code and sentence for the user when nothing is left, whatever gave way."""
    standing = [c for c in found if c.code not in RELAXED_IN_ORDER]
    code = _culprit(standing)
    tokens = f"{classification.signals.input_tokens:,}"
    if code in _PLACE:
        place = next(c.broken for c in standing if c.code == code)
        cause = _cause(plan, classification)
        lack, needs = _local_lack(standing, ~place, tokens)
        ways = [*_way_out(plan), *_ways(needs, plan, classification)]
        sentence = f"{cause}, and {lack}. {_can(ways, 'for a local model that can take this')}"
        return "no_local" if plan.local_only else "sensitive", sentence
    if code == "preset":
        return code, NO_BACKEND
    if code in REFUSALS:
        what, request = REFUSALS[code]
        ways = _ways([code], plan, classification)
        return code, f"{what.format(tokens=tokens)}. {_can(ways, request)}"
    counts = Counter(c.sentence for c in candidates if c.excluded)
    why = "; ".join(f"{text} ({n})" for text, n in counts.most_common(3))
    ways = _ways([c.code for c in standing if c.broken.any()], plan, classification)
    return "nothing_left", f"No model can take this: {why}. {_can(ways, 'for a model that can take this')}"


def _cause(plan: Plan, classification: Classification) -> str:
    """What demands local models, all of it."""
    causes = [_DEMANDED_BY[kind].format(name=name) for kind, name in plan.local_only_by]
    if plan.sensitive == "require_local":
        kinds = listed(classification.signals.sensitive_kinds or ("personal data",)).replace("_", " ")
        causes.append(
            f"this seems to hold sensitive data ({kinds}), which by the administrator's setting "
            "only local models may read"
        )
    said = listed(causes)
    return said[0].upper() + said[1:]


_DEMANDED_BY = {
    "switch": "the switch “Local only” under the chat input is on",
    "alias": "the alias at the start of the message asks for local models only",
    "variant": "{name} uses local models only",
    "group": "the registry allows your group local models only",
    "rule": "the registry's rule {name!r} allows local models only",
}
_UNDONE_BY = {
    "switch": "switch “Local only” off",
    "alias": "leave the alias out",
    "variant": "choose Smart instead",
}


def _way_out(plan: Plan) -> list[str]:
    """How the user lets other models read this; nothing where an administrator must."""
    kinds = [kind for kind, _ in plan.local_only_by]
    if any(kind not in _UNDONE_BY for kind in kinds):
        return []
    steps = [_UNDONE_BY[kind] for kind in kinds]
    if plan.sensitive == "require_local":
        steps.append("take the sensitive data out")
    return [listed(steps)]


def _local_lack(standing: Sequence[Constraint], local: Bools, tokens: str) -> tuple[str, list[str]]:
    """What keeps the local backends from answering, and the codes of it that the user can act on."""
    if not local.any():
        return "no local model is connected", []
    usable = local
    for constraint in standing:
        if constraint.code not in (*_PLACE, *_ACTED_ON):
            usable = usable & ~constraint.broken
    if not usable.any():
        return "no local model is available to you", []
    for constraint in standing:
        if constraint.code == "breaker_open":
            if not (usable & ~constraint.broken).any():
                return "every local model failed just now", ["breaker_open"]
            usable = usable & ~constraint.broken
    needs = [c for c in standing if c.code in _NEEDS and (usable & c.broken).any()]
    # What no local backend can do at all says more than what only some cannot.
    needs = [c for c in needs if not (usable & ~c.broken).any()] or needs
    abilities = {
        "no_vision": "see images",
        "no_tools": "call tools",
        "context": f"read something this long (about {tokens} tokens)",
    }
    able = listed([abilities[c.code] for c in needs])
    return f"no local model that can {able} is available", [c.code for c in needs]


def _ways(codes: Iterable[str], plan: Plan, classification: Classification) -> list[str]:
    """What the user can do about these constraints."""
    image = "the image" if classification.signals.images == 1 else "the images"
    ways = {
        "no_vision": f"send this without {image}",
        "no_tools": "switch the tools off",
        "context": "shorten it",
        "breaker_open": "try again in a moment",
        "unavailable": "try again in a moment",
        "excluded": "exclude fewer",
    }
    return [ways[code] for code in codes if code in ways]


def _can(ways: Sequence[str], request: str) -> str:
    return f"You can {listed([*dict.fromkeys(ways), f'ask an administrator {request}'], 'or')}."


def _culprit(standing: Sequence[Constraint]) -> str | None:
    """The constraint without which somebody would be left; of several, the one a user can act on."""
    alone = [c.code for c in standing if c.broken.any() and _somebody_without(c.code, standing)]
    for code in (*_PLACE, "context", "no_vision", "no_tools", "breaker_open", "no_access"):
        if code in alone:
            return code
    if alone:
        return alone[-1]
    return next((c.code for c in standing if c.broken.all()), None)


def _somebody_without(code: str, standing: Sequence[Constraint]) -> bool:
    left_out = _PLACE if code in _PLACE else (code,)
    broken = None
    for constraint in standing:
        if constraint.code not in left_out:
            broken = constraint.broken if broken is None else broken | constraint.broken
    return broken is None or not broken.all()
