"""Decision: the ranked result of choosing, with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..request import Overrides, Preferences


@dataclass(frozen=True, slots=True)
class Previous:
    """Where this conversation was answered before. `regenerated`: the user asked this message again.

    `home` is where it was before a detour that one message forced (an image), None when there was
    none. `rejected` are further backends whose answer to this message the user had made again.
    `local_only`: the switch was on for the last message. `mixed`: since the user's last question more
    than one backend answered, so that none of them takes what all of them signed.
    """

    backend: str
    at: float
    input_tokens: int = 0
    complexity: str | None = None
    tool_round: bool = False
    regenerated: bool = False
    home: str | None = None
    rejected: tuple[str, ...] = ()
    local_only: bool = False
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What policy must know beside the text: who may use what, and who wishes what.

    `accessible` are the backends the user may call; None means all of them. `parameters` are the
    caller's own, which always win over a route's. `local_only_by_alias`: `local_only` is set because
    an alias in the message says so, not the switch. `default_strategy` and `sensitive`
    (prefer_local, require_local, off) are the administrator's valves.
    """

    variant: str = "auto"
    task: str | None = None
    accessible: frozenset[str] | None = None
    local_only: bool = False
    local_only_by_alias: bool = False
    overrides: Overrides = field(default_factory=Overrides)
    preferences: Preferences = field(default_factory=Preferences)
    group_ids: frozenset[str] = frozenset()
    previous: Previous | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    default_strategy: str = "balanced"
    sensitive: str = "prefer_local"


@dataclass(frozen=True, slots=True)
class Adjustments:
    """What learning has found out (ratings, experiments). Empty until it has.

    `ratings` are users' ratings by backend, 0…1; 0.5 where there are none.
    """

    ratings: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets and resources that take candidates away. Empty until there are any."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A backend under consideration. `excluded` is None, or the code of what removed it.

    `factors` are quality, cost, latency, feedback, diversity, stickiness, each 0…1, higher better.
    `sentence` says in words why it was removed or where it stands.
    """

    backend: str
    score: float = 0.0
    factors: Mapping[str, float] = field(default_factory=dict)
    excluded: str | None = None
    sentence: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "backend": self.backend,
            "score": round(self.score, 4),
            "factors": {k: round(v, 4) for k, v in self.factors.items()},
            "excluded": self.excluded,
            "sentence": self.sentence,
        }


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do. `candidates` are ranked, the eligible ones first, then the excluded ones.

    `chosen` is None when nothing may be used; then `refusal` is a code and `sentence` is for the
    user. `parameters` and `system_prompt` are what the route adds to the body; for a fallback to
    another backend, `parameters_for(decision.wanted_parameters, backend, caller's)` says what is
    added there. `verify_full`: the route wants whole answers checked. `content_filter_fallback`: what
    one backend's content rules decline is for the next one. `relaxed` names the constraints that had
    to give way. `reason` is a short code for the log's filter, `sentence` the whole story for a
    person. `intent` and `complexity` are what was decided upon, after rules and overrides.
    `left_local`: sensitive, and yet not local. `more` counts the candidates that are too many to be
    named. `unsure`: the confidence was too low for the intent's own route. `private`: local backends
    are demanded or preferred for it.
    """

    chosen: str | None
    candidates: tuple[Candidate, ...] = ()
    strategy: str = "balanced"
    route: str = "general"
    arm: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    system_prompt: str | None = None
    verify_full: bool = False
    content_filter_fallback: bool = False
    baseline: str | None = None
    relaxed: tuple[str, ...] = ()
    refusal: str | None = None
    reason: str = ""
    sentence: str = ""
    note: str = ""
    wanted_parameters: Mapping[str, Any] = field(default_factory=dict)
    intent: str | None = None
    complexity: str | None = None
    rule: str | None = None
    left_local: bool = False
    more: int = 0
    unsure: bool = False
    private: bool = False

    @property
    def eligible(self) -> tuple[str, ...]:
        """The backends to try, best first."""
        return tuple(c.backend for c in self.candidates if c.excluded is None)
