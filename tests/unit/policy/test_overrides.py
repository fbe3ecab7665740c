"""What an API caller may demand in the body."""

from __future__ import annotations

from typing import Any

import pytest

from smart_router.errors import InvalidRequest
from smart_router.policy import Context, parse_overrides
from smart_router.request import Overrides

from .world import (
    LOCAL,
    TASK,
    THREE,
    asked,
    catalog_of,
    choose,
    excluded,
    hosted,
)


def test_a_request_may_name_its_model_and_gets_no_other() -> None:
    decision = choose(
        asked("coding", "hard"), catalog_of(LOCAL), context=Context(overrides=Overrides(model="gemma:2b"))
    )
    assert decision.eligible == ("gemma:2b",)
    assert decision.reason == "requested"


@pytest.mark.parametrize("name", ["GPT-4o", "gpt-4o", "openai.gpt-4o"])
def test_a_named_model_is_found_by_what_people_call_it(name: str) -> None:
    models = [hosted("openai.gpt-4o"), hosted("gpt-4o-mini")]
    assert (
        choose(asked(), catalog_of(models), context=Context(overrides=Overrides(model=name))).chosen
        == "openai.gpt-4o"
    )


def test_an_unknown_named_model_is_refused_by_its_name() -> None:
    decision = choose(asked(), THREE, context=Context(overrides=Overrides(model="nonesuch")))
    assert decision.refusal == "unknown_model"
    assert "nonesuch" in decision.sentence


def test_a_named_model_that_cannot_is_refused_with_the_reason() -> None:
    decision = choose(
        asked(images=1), catalog_of(LOCAL), context=Context(overrides=Overrides(model="mistral:7b"))
    )
    assert decision.refusal == "model_unusable"
    assert "cannot see images" in decision.sentence


def test_naming_a_model_gives_no_access_to_it() -> None:
    context = Context(overrides=Overrides(model="best"), accessible=frozenset({"cheap"}))
    assert choose(TASK, THREE, context=context).refusal == "model_unusable"


def test_a_pattern_does_not_tell_the_names_of_models_that_the_user_may_not_use() -> None:
    hidden, absent = (
        choose(TASK, THREE, context=Context(overrides=Overrides(model=name), accessible=frozenset({"cheap"})))
        for name in ("be*", "no*")
    )
    assert hidden.sentence.replace("be*", "no*") == absent.sentence
    assert "best" not in hidden.sentence
    assert hidden.candidates == absent.candidates == ()


def test_a_request_may_exclude_models() -> None:
    decision = choose(TASK, THREE, context=Context(overrides=Overrides(exclude=("b*", "quick"))))
    assert decision.eligible == ("cheap",)
    assert excluded(decision) == {"best": "excluded", "quick": "excluded"}


def test_a_request_may_say_what_it_is() -> None:
    decision = choose(
        asked("chat", "simple"),
        THREE,
        context=Context(overrides=Overrides(intent="coding", complexity="hard")),
    )
    assert (decision.intent, decision.complexity, decision.route) == ("coding", "hard", "coding")
    assert decision.parameters == {"temperature": 0.0}


def test_cost_priority_is_the_strategy_cost_aggressive() -> None:
    assert choose(TASK, THREE, context=Context(overrides=Overrides(cost_priority=True))).chosen == "cheap"


def test_valid_overrides_are_read() -> None:
    value = {
        "intent": "coding",
        "complexity": "hard",
        "latency_target": "low",
        "cost_priority": True,
        "quality_preference": 1,
        "strategy": "balanced",
        "model": "m",
        "exclude": ["a", "b*"],
    }
    assert parse_overrides(value) == Overrides(
        "coding", "hard", "low", True, 1.0, "balanced", "m", ("a", "b*")
    )
    assert parse_overrides(None) == Overrides()
    assert parse_overrides({}) == Overrides()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "smart_router: expected an object"),
        ("fast", "smart_router: expected an object"),
        ({"intnet": "coding"}, "smart_router.intnet: unknown key; expected one of intent,"),
        ({"intent": "cooking"}, "smart_router.intent: expected one of 'coding'"),
        ({"quality_preference": 2}, "smart_router.quality_preference: "),
        ({"quality_preference": "high"}, "smart_router.quality_preference: "),
        ({"cost_priority": "yes"}, "smart_router.cost_priority: "),
        ({"exclude": "a"}, "smart_router.exclude: "),
        ({"exclude": [1]}, "smart_router.exclude.0: "),
        ({"model": ""}, "smart_router.model: "),
        ({"latency_target": "now"}, "smart_router.latency_target: expected one of 'ultra_low'"),
    ],
)
def test_a_wrong_override_is_refused_by_its_key(value: Any, said: str) -> None:
    with pytest.raises(InvalidRequest, match="smart_router") as caught:
        parse_overrides(value)
    assert said in str(caught.value)
