"""Who may wish for what: request, user, variant, group, rule, route, registry, valve."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from smart_router.policy import Context
from smart_router.registry import parse_registry
from smart_router.request import Overrides, Preferences

from .world import (
    HOSTED,
    LOCAL,
    TASK,
    THREE,
    asked,
    catalog_of,
    choose,
    excluded,
)


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        ("quality_first", "best"),
        ("cost_aggressive", "cheap"),
        ("latency_first", "quick"),
        ("control", "best"),
    ],
)
def test_a_strategy_picks_what_it_is_named_for(strategy: str, expected: str) -> None:
    decision = choose(TASK, THREE, context=Context(overrides=Overrides(strategy=strategy)))
    assert (decision.chosen, decision.strategy) == (expected, strategy)


def test_the_routes_order_decides_where_the_strategy_says_so() -> None:
    for order in (["quick", "best"], ["best", "quick"]):
        registry = parse_registry(f"routes: {{explain: {{models: {order}, strategy: task_type_optimized}}}}")
        decision = choose(TASK, THREE, registry)
        assert decision.eligible[:2] == tuple(order)
        assert decision.reason == "route_order"
        assert "cheap" in decision.eligible[2:], "the others serve as fallback"


def test_only_means_not_even_as_a_fallback() -> None:
    registry = parse_registry("routes: {explain: {models: [quick], only: true}}")
    decision = choose(TASK, THREE, registry)
    assert decision.eligible == ("quick",)
    assert set(excluded(decision).values()) == {"not_in_route"}


def test_a_route_may_name_other_models_for_each_complexity() -> None:
    registry = parse_registry("routes: {explain: {models: {simple: [quick], medium: [cheap], hard: [best]}}}")
    chosen = [choose(asked("explain", c), THREE, registry).chosen for c in ("simple", "medium", "hard")]
    assert chosen == ["quick", "cheap", "best"]


def test_globs_and_tags_name_models() -> None:
    registry = parse_registry(
        "models: [{id: gpt-4o, tags: [large]}]\n"
        "routes: {chat: {models: ['tag:large']}, qa: {models: ['*-mini']}}"
    )
    catalog = catalog_of(HOSTED, registry)
    assert choose(asked("chat", "simple"), catalog, registry).chosen == "gpt-4o"
    assert choose(asked("qa", "simple"), catalog, registry).chosen in ("gpt-4o-mini", "o3-mini")


LEVELS: list[tuple[str, dict[str, Any], str]] = [
    ("valve", {}, ""),
    ("registry", {}, "strategy: quality_first"),
    ("route", {}, "routes: {explain: {strategy: cost_aggressive}}"),
    ("rule", {}, "rules: [{name: r, when: {intent: [explain]}, then: {strategy: latency_first}}]"),
    ("group", {"group_ids": frozenset({"staff"})}, "groups: {staff: {strategy: quality_first}}"),
    ("variant", {"variant": "fast"}, "variants: {fast: {strategy: cost_aggressive}}"),
    ("user", {"preferences": Preferences(priority="speed")}, ""),
    ("request", {"overrides": Overrides(strategy="quality_first")}, ""),
]


def test_the_stronger_level_wins_every_time() -> None:
    winners = [
        "balanced",
        "quality_first",
        "cost_aggressive",
        "latency_first",
        "quality_first",
        "cost_aggressive",
        "latency_first",
        "quality_first",
    ]
    text, told = "", dict[str, Any]()
    for (_, context, line), winner in zip(LEVELS, winners, strict=True):
        text += line + "\n"
        told |= context
        assert choose(TASK, THREE, parse_registry(text), Context(**told)).strategy == winner


def test_a_preference_in_numbers_goes_with_the_level_that_said_it() -> None:
    registry = parse_registry("quality_preference: 1.0")
    assert choose(TASK, THREE, registry).chosen == "best"
    # A user who wants speed has said more than the registry did.
    fast = Context(preferences=Preferences(priority="speed"))
    assert choose(TASK, THREE, registry, fast).chosen == "quick"
    both = replace(fast, overrides=Overrides(quality_preference=1.0))
    assert choose(TASK, THREE, registry, both).chosen == "best"


def test_low_confidence_goes_to_the_general_route_and_not_to_the_cheapest() -> None:
    unsure = asked("status", "simple", confidence=0.1)
    catalog = catalog_of(LOCAL)
    decision = choose(unsure, catalog)
    assert decision.route == "general"
    assert decision.complexity == "medium"
    assert "max_tokens" not in decision.parameters
    weakest = min(catalog.backends.values(), key=lambda b: b.quality["general"]).id
    assert decision.chosen != weakest
    assert "not clear" in decision.sentence


def test_the_registry_says_what_is_low_confidence() -> None:
    registry = parse_registry("confidence_threshold: 0.0")
    assert (
        choose(asked("status", "simple", confidence=0.1), catalog_of(LOCAL, registry), registry).route
        == "status"
    )
