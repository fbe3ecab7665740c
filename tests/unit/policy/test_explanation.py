"""What a Decision tells."""

from __future__ import annotations

from typing import Any

from smart_router.health.types import BackendHealth, HealthView
from smart_router.policy import Adjustments, Context, Decision
from smart_router.registry import parse_registry
from smart_router.request import Overrides

from .world import (
    HOSTED,
    LOCAL,
    TASK,
    THREE,
    asked,
    backend,
    catalog_of,
    choose,
    local,
    world,
)


def test_ratings_of_users_move_the_choice_between_equals() -> None:
    one, two = backend("one"), backend("two")
    for liked in ("one", "two"):
        assert choose(TASK, world(one, two), adjustments=Adjustments({liked: 0.9})).chosen == liked


def test_the_idle_one_of_two_equals_is_chosen() -> None:
    health = HealthView({"one": BackendHealth(in_flight=8)})
    assert choose(TASK, world(backend("one"), backend("two")), health=health).chosen == "two"


def test_a_hosted_model_of_unknown_price_is_not_taken_for_a_free_one() -> None:
    unknown = backend(
        "a-unknown", input_usd_per_mtok=None, cached_input_usd_per_mtok=None, output_usd_per_mtok=None
    )
    assert choose(TASK, world(unknown, backend("known"))).chosen == "known"


def test_the_note_is_a_few_words_for_the_status_line() -> None:
    assert choose(TASK, THREE, context=Context(overrides=Overrides(strategy="quality_first"))).note == (
        "Explain · medium · best for explaining"
    )


def test_the_sentence_names_the_choice_the_next_one_and_who_was_ruled_out() -> None:
    decision = choose(asked("qa", "simple", images=1), catalog_of((*LOCAL[:1], *HOSTED)))
    assert decision.chosen is not None
    assert decision.chosen in decision.sentence
    assert "Next would be" in decision.sentence
    assert "gemma:2b, because it cannot see images" in decision.sentence


def test_a_candidate_tells_its_factors_in_json() -> None:
    decision = choose(TASK, THREE)
    shown = decision.candidates[0].to_json()
    assert set(shown) >= {"backend", "score", "factors", "excluded"}
    assert set(shown["factors"]) == {"quality", "cost", "latency", "feedback", "diversity", "stickiness"}
    assert all(0 <= value <= 1 for value in shown["factors"].values())
    ranked = [c.score for c in decision.candidates]
    assert ranked == sorted(ranked, reverse=True)


def said_of(decision: Decision) -> dict[str, str]:
    """Backend → the sentence of its place in the ranking."""
    return {c.backend: c.sentence for c in decision.candidates}


def test_a_local_backend_without_a_price_is_free_and_has_no_dollar_figure() -> None:
    said = said_of(choose(TASK, catalog_of(LOCAL)))
    described = [text for text in said.values() if text]
    assert len(described) == 3
    assert all(", free, about " in text and "$" not in text for text in described)


def test_a_local_backend_costs_what_the_registry_says() -> None:
    for text in ("local_usd_per_hour: 0.5", "models: [{id: 'mistral:7b', usd_per_hour: 0.5}]"):
        registry = parse_registry(text)
        said = said_of(choose(TASK, catalog_of((local("mistral:7b"),), registry), registry))
        assert ", about $0.0" in said["mistral:7b"]


def test_a_price_that_nobody_knows_is_said_to_be_unknown() -> None:
    unknown: dict[str, Any] = {"input_usd_per_mtok": None, "cached_input_usd_per_mtok": None}
    for half in ({"output_usd_per_mtok": None}, {"output_usd_per_mtok": 3.0}):
        said = said_of(choose(TASK, world(backend("one", **unknown, **half))))["one"]
        assert ", price unknown, about " in said
        assert "$" not in said


def test_a_hosted_backend_that_charges_nothing_is_free_and_a_tiny_price_is_no_zero() -> None:
    free = backend("one", input_usd_per_mtok=0.0, cached_input_usd_per_mtok=0.0, output_usd_per_mtok=0.0)
    assert ", free, about " in said_of(choose(TASK, world(free)))["one"]
    tiny = backend(
        "one", input_usd_per_mtok=0.001, cached_input_usd_per_mtok=0.001, output_usd_per_mtok=0.001
    )
    assert ", less than $0.00001, about " in said_of(choose(TASK, world(tiny)))["one"]


def test_what_is_charged_for_is_not_called_the_cheapest_beside_a_free_one() -> None:
    tiny = backend("tiny", input_usd_per_mtok=0.01, cached_input_usd_per_mtok=0.01, output_usd_per_mtok=0.01)
    free = backend("free", local=True, input_usd_per_mtok=0.0, output_usd_per_mtok=0.0, tokens_per_second=5.0)
    better = backend("better", quality={"general": 0.9}, output_usd_per_mtok=60.0, tokens_per_second=9.0)
    decision = choose(TASK, world(tiny, free, better))
    assert decision.chosen == "tiny"
    assert decision.reason == "fastest"
    quick = backend(
        "free", local=True, input_usd_per_mtok=0.0, output_usd_per_mtok=0.0, tokens_per_second=500.0
    )
    decision = choose(TASK, world(tiny, quick, better))
    assert (decision.chosen, decision.reason) == ("free", "cheapest")


def test_among_free_ones_being_free_is_no_reason() -> None:
    free = [
        backend(
            name, local=True, input_usd_per_mtok=0.0, output_usd_per_mtok=0.0, quality={"general": q}, **speed
        )
        for name, q, speed in (
            ("a", 0.6, {"tokens_per_second": 300.0}),
            ("b", 0.61, {"tokens_per_second": 3.0}),
        )
    ]
    decision = choose(TASK, world(*free))
    assert (decision.chosen, decision.reason) == ("a", "fastest")


def test_of_very_many_candidates_forty_are_named_and_the_others_counted() -> None:
    decision = choose(TASK, world(*(backend(f"b{n:03}") for n in range(300))))
    assert len(decision.candidates) == 40
    assert decision.more == 260
