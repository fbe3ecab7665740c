"""Sensitive requests, and the switch that keeps everything local."""

from __future__ import annotations

from smart_router.policy import Context
from smart_router.registry import parse_registry
from smart_router.request import Overrides

from .world import HOSTED, LOCAL, asked, catalog_of, choose, excluded

SECRET = asked("reasoning", "hard", sensitive=True, sensitive_kinds=("iban", "credentials"))
EVERYTHING = (*LOCAL, *HOSTED)


def test_a_sensitive_request_prefers_local_models_by_default() -> None:
    catalog = catalog_of(EVERYTHING)
    assert choose(asked("reasoning", "hard"), catalog).chosen in ("o3-mini", "gpt-4o")
    decision = choose(SECRET, catalog)
    assert decision.chosen == "mistral:7b"
    assert decision.relaxed == ("size",)
    assert set(decision.eligible[4:]) <= {m.id for m in HOSTED}
    assert "sensitive" in decision.sentence
    assert not decision.left_local


def test_it_says_so_when_it_had_to_leave() -> None:
    decision = choose(
        asked("summarize", "medium", input_tokens=60_000, sensitive=True, sensitive_kinds=("medical",)),
        catalog_of(EVERYTHING),
    )
    assert decision.left_local
    assert "left this installation" in decision.sentence


def test_a_hosted_model_that_was_asked_for_by_name_is_no_excuse_for_silence() -> None:
    context = Context(overrides=Overrides(model="gpt-4o"))
    decision = choose(SECRET, catalog_of(EVERYTHING), context=context)
    assert (decision.chosen, decision.left_local) == ("gpt-4o", True)
    assert "leaves this installation all the same" in decision.sentence
    strict = Context(overrides=Overrides(model="gpt-4o"), sensitive="require_local")
    assert choose(SECRET, catalog_of(EVERYTHING), context=strict).refusal == "model_unusable"


def test_require_local_refuses_with_a_sentence_that_names_the_kind() -> None:
    decision = choose(SECRET, catalog_of(HOSTED), context=Context(sensitive="require_local"))
    assert decision.refusal == "sensitive"
    assert "iban" in decision.sentence
    assert "local" in decision.sentence


def test_require_local_never_gives_way() -> None:
    context = Context(sensitive="require_local")
    decision = choose(SECRET, catalog_of(EVERYTHING), context=context)
    assert set(decision.eligible) <= {m.id for m in LOCAL}


def test_the_registry_says_it_for_everybody() -> None:
    registry = parse_registry("sensitive: require_local")
    decision = choose(SECRET, catalog_of(HOSTED, registry), registry, Context(sensitive="off"))
    assert decision.refusal == "sensitive"


def test_off_is_off() -> None:
    decision = choose(SECRET, catalog_of(EVERYTHING), context=Context(sensitive="off"))
    assert decision.chosen in ("o3-mini", "gpt-4o")


def test_background_tasks_obey_it_too() -> None:
    title = asked("summarize", "simple", sensitive=True, sensitive_kinds=("card",), task="title_generation")
    strict = Context(task="title_generation", sensitive="require_local")
    assert choose(title, catalog_of(HOSTED), context=strict).refusal == "sensitive"
    decision = choose(title, catalog_of(EVERYTHING), context=Context(task="title_generation"))
    assert decision.chosen in {m.id for m in LOCAL}


def test_local_only_uses_local_backends_alone() -> None:
    decision = choose(asked("reasoning", "hard"), catalog_of(EVERYTHING), context=Context(local_only=True))
    assert set(decision.eligible) <= {m.id for m in LOCAL}
    assert {excluded(decision)[m.id] for m in HOSTED} == {"not_local"}
    assert "Only local models may answer now" in decision.sentence


def test_local_only_without_a_local_model_says_that_there_is_none() -> None:
    decision = choose(asked(), catalog_of(HOSTED), context=Context(local_only=True))
    assert decision.refusal == "no_local"
    assert "no local model" in decision.sentence


def test_the_local_variant_does_the_same() -> None:
    decision = choose(asked("reasoning", "hard"), catalog_of(EVERYTHING), context=Context(variant="local"))
    assert set(decision.eligible) <= {m.id for m in LOCAL}
