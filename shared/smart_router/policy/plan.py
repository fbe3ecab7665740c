"""What is wanted of one request, once everybody with a say has had it.

Precedence, strongest first: request override, UserValves, variant, group, rule, route, registry,
valve. A rule wins over the classifier; an override wins over the rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..classify.types import Classification
from ..registry import defaults
from ..registry.schema import ByComplexity, Group, Registry, Route, Rule, Variant, Wish
from ..registry.vocabulary import LATENCY_LIMIT_S
from .rules import groups_of, matching_rule
from .types import Context

#: How much each strategy prefers quality to everything else, 0…1.
QUALITY_PREFERENCE = {
    "balanced": 0.5,
    "cost_aggressive": 0.15,
    "quality_first": 0.9,
    "latency_first": 0.3,
    "task_type_optimized": 0.5,
    "control": 0.5,
}
#: The user's own valve, as strategies.
PRIORITY = {"quality": "quality_first", "balanced": "balanced", "speed": "latency_first"}


@dataclass(frozen=True, slots=True)
class Plan:
    """The wishes of one request, resolved. `latency_limit_s` is on the first token. `local_only_by`
    names everything that demands local backends, as (kind, name): switch, alias, variant, group, rule.
    """

    intent: str
    complexity: str
    p_hard: float
    unsure: bool
    route_name: str
    route: Route
    preferred: tuple[str, ...]
    strategy: str
    quality_preference: float
    latency_target: str | None
    latency_limit_s: float | None
    model: str | None
    model_asked_by: str
    local_only_by: tuple[tuple[str, str], ...]
    sensitive: str
    exclude: tuple[str, ...]
    groups: tuple[Group, ...]
    rule: Rule | None
    minimum_size_b: float
    expected_output_tokens: int

    @property
    def local_only(self) -> bool:
        return bool(self.local_only_by)


def make_plan(classification: Classification, context: Context, registry: Registry, now: float) -> Plan:
    """Resolve all wishes. `now` (epoch seconds) decides rules with an `hour`."""
    signals, asked = classification.signals, context.overrides
    groups = groups_of(registry, context.group_ids)
    rule = matching_rule(registry, classification, context.group_ids, now)
    then = rule.then if rule else None
    variant = defaults.variant(registry, context.variant)

    intent = asked.intent or (then.intent if then else None) or classification.intent
    complexity = asked.complexity or (then.complexity if then else None) or classification.complexity
    told = bool(asked.intent or (then and (then.intent or then.route)))
    sure = told or classification.seconded
    unsure = not sure and classification.confidence < registry.confidence_threshold
    route_name = "general" if unsure else (then.route if then and then.route and not asked.intent else intent)
    if unsure and complexity == "simple" and not asked.complexity:
        # Not knowing what is asked is no reason to take the weakest backend.
        complexity = "medium"
    # p_hard speaks of the classifier's own bucket; of another's it says nothing.
    p_hard = classification.p_hard if complexity == classification.complexity else 0.5
    route = defaults.route(registry, route_name)

    levels = _levels(context, registry, variant, groups, then, route)
    strategy, preference = _strategy(levels)
    target = asked.latency_target or _first(w.latency_target for w in (variant, *groups, then) if w)
    model, by = _model(context, variant, groups, then)
    wishes = [w for w in (variant, *groups, then) if w is not None]
    return Plan(
        intent=intent,
        complexity=complexity,
        p_hard=p_hard,
        unsure=unsure,
        route_name=route_name,
        route=route,
        preferred=_preferred(route, complexity),
        strategy=strategy,
        quality_preference=preference,
        latency_target=target,
        latency_limit_s=LATENCY_LIMIT_S[target] if target else None,
        model=model,
        model_asked_by=by,
        local_only_by=_local_only_by(context, variant, groups, rule),
        sensitive=(registry.sensitive or context.sensitive) if signals.sensitive else "off",
        exclude=tuple(asked.exclude) + tuple(e for w in wishes for e in w.exclude),
        groups=groups,
        rule=rule,
        minimum_size_b=defaults.minimum_size_b(registry, route_name, complexity),
        expected_output_tokens=_reply(classification, context, registry, route_name, complexity),
    )


def _levels(
    context: Context,
    registry: Registry,
    variant: Wish,
    groups: tuple[Group, ...],
    then: Wish | None,
    route: Route,
) -> list[tuple[str | None, float | None]]:
    asked = context.overrides
    strategy = asked.strategy or ("cost_aggressive" if asked.cost_priority else None)
    priority = context.preferences.priority
    return [
        (strategy, asked.quality_preference),
        (PRIORITY[priority] if priority else None, None),
        (variant.strategy, variant.quality_preference),
        *((group.strategy, group.quality_preference) for group in groups),
        (then.strategy, then.quality_preference) if then else (None, None),
        (route.strategy, route.quality_preference),
        (registry.strategy, registry.quality_preference),
        (context.default_strategy, None),
    ]


def _strategy(levels: list[tuple[str | None, float | None]]) -> tuple[str, float]:
    """The strongest strategy and the strongest preference; a strategy brings its own preference along."""
    strategy: str | None = None
    preference: float | None = None
    for said_strategy, said_preference in levels:
        if preference is None and said_preference is not None:
            preference = said_preference
        if strategy is None and said_strategy is not None:
            strategy = said_strategy
            if preference is None:
                preference = QUALITY_PREFERENCE[strategy]
    strategy = strategy or "balanced"
    return strategy, QUALITY_PREFERENCE[strategy] if preference is None else preference


def _first(values: Iterable[Any]) -> Any:
    return next((value for value in values if value is not None), None)


def _model(
    context: Context, variant: Wish, groups: tuple[Group, ...], then: Wish | None
) -> tuple[str | None, str]:
    if context.overrides.model:
        return context.overrides.model, "request"
    for wish, who in ((variant, "variant"), *((g, "group") for g in groups), (then, "rule")):
        if wish is not None and wish.model:
            return wish.model, who
    return None, ""


def _local_only_by(
    context: Context, variant: Variant, groups: tuple[Group, ...], rule: Rule | None
) -> tuple[tuple[str, str], ...]:
    found = []
    if context.local_only:
        found.append(("alias" if context.local_only_by_alias else "switch", ""))
    if variant.local_only:
        found.append(("variant", variant.name or f"Smart ({context.variant})"))
    if any(group.local_only for group in groups):
        found.append(("group", ""))
    if rule is not None and rule.then.local_only:
        found.append(("rule", rule.name))
    return tuple(found)


def _preferred(route: Route, complexity: str) -> tuple[str, ...]:
    if isinstance(route.models, ByComplexity):
        return tuple(getattr(route.models, complexity, ()))
    return route.models


def _reply(
    classification: Classification, context: Context, registry: Registry, route_name: str, complexity: str
) -> int:
    """Expected length of the answer in tokens: the intent's, but no more than the caller allows."""
    expected = defaults.expected_output_tokens(registry, route_name, complexity)
    if route_name == "translate":
        # A translation is about as long as what is translated.
        expected = max(expected, min(classification.signals.ask_tokens, 8_000))
    limit = context.parameters.get("max_tokens") or context.parameters.get("max_completion_tokens")
    if isinstance(limit, int) and not isinstance(limit, bool) and limit > 0:
        expected = min(expected, limit)
    return max(expected, 1)
