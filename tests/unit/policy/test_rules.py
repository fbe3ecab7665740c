"""Rules, groups and variants of the registry."""

from __future__ import annotations

from typing import Any

import pytest

from smart_router.policy import Context
from smart_router.registry import default_registry, offered_variants, parse_registry
from smart_router.request import Overrides

from .world import (
    NOW,
    TASK,
    THREE,
    asked,
    choose,
    excluded,
)


@pytest.mark.parametrize(
    ("when", "fitting", "other"),
    [
        ("regex: '\\bselect\\b.+\\bfrom\\b'", {"ask": "SELECT a FROM b"}, {"ask": "a selection"}),
        ("contains: [invoice, Rechnung]", {"ask": "my INVOICE"}, {"ask": "my bill"}),
        ("has_code: true", {"code_share": 0.4}, {}),
        ("language: [de, fr]", {"language": "fr"}, {"language": "es"}),
        ("tokens: {min: 100, max: 200}", {"input_tokens": 200}, {"input_tokens": 201}),
        ("turns: {min: 3}", {"turns": 3}, {"turns": 2}),
        ("tools: true", {"tools": 1}, {}),
        ("images: false", {}, {"images": 1}),
        ("files: true", {"files": 2}, {}),
        ("sensitive: true", {"sensitive": True}, {}),
        ("json_mode: true", {"json_mode": True}, {}),
        ("intent: [explain]\n    has_code: true", {"code_share": 0.1}, {"code_share": 0.0}),
    ],
)
def test_a_rule_wins_over_the_classifier_when_all_its_conditions_hold(
    when: str, fitting: dict[str, Any], other: dict[str, Any]
) -> None:
    registry = parse_registry(
        f"rules:\n- name: mine\n  when:\n    {when}\n  then: {{intent: creative, model: quick}}"
    )
    decision = choose(asked("explain", "medium", **fitting), THREE, registry)
    assert (decision.rule, decision.intent, decision.chosen, decision.reason) == (
        "mine",
        "creative",
        "quick",
        "rule",
    )
    decision = choose(asked("explain", "medium", **other), THREE, registry)
    assert (decision.rule, decision.intent) == (None, "explain")


def test_rules_know_the_hour_in_the_registrys_time_zone_and_the_group() -> None:
    # NOW is 2026-09-21 14:13:20 UTC, 16:13 in Berlin.
    text = (
        "timezone: Europe/Berlin\n"
        "rules: [{name: late, when: {hour: {from: %d, to: %d}, group: [staff]}, then: {model: quick}}]"
    )
    staff = Context(group_ids=frozenset({"staff"}))
    assert choose(TASK, THREE, parse_registry(text % (16, 17)), staff, now=NOW).rule == "late"
    assert choose(TASK, THREE, parse_registry(text % (14, 15)), staff, now=NOW).rule is None
    assert choose(TASK, THREE, parse_registry(text % (16, 17)), now=NOW).rule is None
    assert choose(TASK, THREE, parse_registry(text % (22, 17)), staff, now=NOW).rule == "late"


def test_the_first_fitting_rule_decides() -> None:
    registry = parse_registry(
        "rules:\n"
        "- {name: a, when: {images: false}, then: {model: quick}}\n"
        "- {name: b, when: {images: false}, then: {model: best}}"
    )
    assert choose(TASK, THREE, registry).chosen == "quick"


def test_a_rules_model_is_a_wish_and_not_a_way_around_access() -> None:
    registry = parse_registry("rules: [{name: a, when: {images: false}, then: {model: best}}]")
    decision = choose(TASK, THREE, registry, Context(accessible=frozenset({"cheap", "quick"})))
    assert decision.chosen in ("cheap", "quick")


def test_a_request_that_says_what_it_is_wins_over_a_rule() -> None:
    registry = parse_registry(
        "rules: [{name: a, when: {images: false}, then: {intent: creative, complexity: hard}}]"
    )
    decision = choose(TASK, THREE, registry, Context(overrides=Overrides(intent="math", complexity="simple")))
    assert (decision.intent, decision.complexity) == ("math", "simple")


def test_groups_may_be_allowed_or_denied_models() -> None:
    registry = parse_registry("groups: {interns: {deny: [best]}, lab: {allow: [best]}}")
    interns = choose(TASK, THREE, registry, Context(group_ids=frozenset({"interns"})))
    assert excluded(interns) == {"best": "group"}
    lab = choose(TASK, THREE, registry, Context(group_ids=frozenset({"lab"})))
    assert lab.eligible == ("best",)
    assert excluded(choose(TASK, THREE, registry)) == {}


def test_variants_have_their_own_character() -> None:
    assert choose(TASK, THREE, context=Context(variant="fast")).chosen == "quick"
    assert choose(TASK, THREE, context=Context(variant="quality")).chosen == "best"


def test_only_variants_that_the_registry_turns_on_are_offered() -> None:
    assert offered_variants(default_registry()) == {}
    registry = parse_registry("variants: {fast: {}, local: {name: At home}, quality: {enabled: false}}")
    assert offered_variants(registry) == {"fast": "Smart (fast)", "local": "At home"}
