"""A route's parameters, and who wins over them."""

from __future__ import annotations

from smart_router.policy import Context, parameters_for
from smart_router.registry import parse_registry

from .world import (
    TASK,
    THREE,
    asked,
    backend,
    choose,
)


def test_what_the_caller_sets_always_wins() -> None:
    context = Context(parameters={"temperature": 1.3})
    assert choose(asked("coding"), THREE, context=context).parameters == {}
    context = Context(parameters={"max_completion_tokens": 9})
    assert choose(asked("status", "simple"), THREE, context=context).parameters == {}


def test_what_the_administrator_sets_on_the_model_wins_over_the_route() -> None:
    one = backend("one", administrator_parameters=frozenset({"temperature"}))
    assert parameters_for({"temperature": 0.0, "top_p": 0.9}, one, {}) == {"top_p": 0.9}


def test_a_model_is_not_sent_what_it_refuses() -> None:
    one = backend("one", refuses=frozenset({"temperature"}))
    assert parameters_for({"temperature": 0.0, "seed": 1}, one, {}) == {"seed": 1}


def test_a_reply_is_not_asked_to_be_longer_than_the_model_can_write() -> None:
    assert parameters_for({"max_tokens": 9_000}, backend("one", max_output_tokens=4_096), {}) == {
        "max_tokens": 4_096
    }


def test_a_route_brings_its_system_prompt_and_parameters() -> None:
    registry = parse_registry("routes: {explain: {system_prompt: Be brief., parameters: {top_p: 0.5}}}")
    decision = choose(TASK, THREE, registry)
    assert decision.system_prompt == "Be brief."
    assert decision.parameters == {"top_p": 0.5}


def test_whether_content_rules_end_it_is_the_registrys_word() -> None:
    assert not choose(TASK, THREE).content_filter_fallback
    assert choose(TASK, THREE, parse_registry("content_filter_fallback: true")).content_filter_fallback
