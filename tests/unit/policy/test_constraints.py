"""What takes candidates away, what gives way, and what never does."""

from __future__ import annotations

import pytest

from smart_router.health.types import BackendHealth, HealthView
from smart_router.policy import Context
from smart_router.registry import parse_registry
from smart_router.request import Overrides

from .world import HOSTED, LOCAL, NOW, asked, backend, catalog_of, choose, excluded, hosted, local, world

NOTHING = frozenset[str]()


def test_without_any_model_the_user_is_told_who_can_help() -> None:
    decision = choose(asked(), world())
    assert decision.chosen is None
    assert decision.refusal == "no_backend"
    assert decision.sentence == (
        "No model is connected yet; an administrator adds one under Settings → Connections."
    )


def test_a_backend_without_access_is_never_chosen() -> None:
    catalog = catalog_of(HOSTED)
    decision = choose(asked(), catalog, context=Context(accessible=frozenset({"gpt-4o"})))
    assert decision.chosen == "gpt-4o"
    assert set(excluded(decision).values()) == {"no_access"}


def test_users_with_different_grants_get_different_candidates() -> None:
    catalog = catalog_of(HOSTED)
    one = choose(asked(), catalog, context=Context(accessible=frozenset({"gpt-4o", "o3-mini"})))
    other = choose(asked(), catalog, context=Context(accessible=frozenset({"gpt-4.1-nano"})))
    assert set(one.eligible) == {"gpt-4o", "o3-mini"}
    assert other.eligible == ("gpt-4.1-nano",)


def test_no_access_at_all_is_said_as_such() -> None:
    decision = choose(asked(), catalog_of(HOSTED), context=Context(accessible=NOTHING))
    assert decision.refusal == "no_access"
    assert "access" in decision.sentence


def test_an_image_goes_only_to_a_model_that_sees() -> None:
    decision = choose(asked("qa", "simple", images=1), catalog_of((*LOCAL, *HOSTED)))
    assert decision.chosen in ("gpt-4o", "gpt-4o-mini", "gpt-4.1-nano")
    assert excluded(decision)["mistral:7b"] == "no_vision"
    assert excluded(decision)["o3-mini"] == "no_vision"


def test_an_image_with_no_seeing_model_is_refused_with_a_sentence() -> None:
    decision = choose(asked("qa", images=1), catalog_of(LOCAL))
    assert decision.refusal == "no_vision"
    assert "see images" in decision.sentence


def test_tools_go_only_to_a_model_that_calls_them() -> None:
    decision = choose(asked("qa", "simple", tools=3), catalog_of(LOCAL))
    assert excluded(decision)["gemma:2b"] == "no_tools"
    assert decision.chosen in ("qwen2.5:3b", "mistral:7b")


def test_context_must_hold_the_input_and_the_reply() -> None:
    small = backend("small", effective_context_tokens=4_000, context_tokens=4_000)
    large = backend("large", output_usd_per_mtok=50.0)
    catalog = world(small, large)
    assert choose(asked("qa", "simple", input_tokens=1_000), catalog).chosen == "small"
    decision = choose(asked("qa", "simple", input_tokens=3_990), catalog)
    assert decision.chosen == "large"
    assert excluded(decision) == {"small": "context"}


def test_a_callers_longer_reply_needs_more_context_only_up_to_what_is_expected() -> None:
    catalog = world(backend("small", effective_context_tokens=2_000, context_tokens=2_000))
    told = Context(parameters={"max_tokens": 20})
    assert choose(asked("coding", "hard", input_tokens=1_900), catalog, context=told).chosen == "small"
    assert choose(asked("coding", "hard", input_tokens=1_900), catalog).refusal == "context"


def test_what_is_too_long_for_all_is_refused_and_never_cut() -> None:
    decision = choose(asked("summarize", input_tokens=500_000), catalog_of((*LOCAL, hosted("gpt-4o"))))
    assert decision.refusal == "context"
    assert "500,000" in decision.sentence


def test_where_no_num_ctx_is_known_the_guess_gives_way_to_an_answer_and_is_said() -> None:
    unknown = local("qwen2.5:7b")
    decision = choose(
        asked("chat", "simple", input_tokens=9_000),
        catalog_of([unknown, local("phi3:3.8b", context_tokens=4096)]),
    )
    assert decision.chosen == "qwen2.5:7b"
    assert decision.relaxed == ("context_guess",)
    assert excluded(decision) == {"phi3:3.8b": "context"}


def test_a_known_num_ctx_never_gives_way() -> None:
    decision = choose(
        asked("chat", "simple", input_tokens=9_000), catalog_of([local("qwen2.5:7b", context_tokens=8192)])
    )
    assert decision.refusal == "context"


def test_an_open_breaker_takes_a_backend_away_and_says_until_when() -> None:
    health = HealthView({"gpt-4.1-nano": BackendHealth("open", blocked=True, retry_at=NOW + 42)})
    decision = choose(asked("chat", "simple"), catalog_of(HOSTED), health=health)
    assert decision.chosen != "gpt-4.1-nano"
    gone = next(c for c in decision.candidates if c.backend == "gpt-4.1-nano")
    assert gone.excluded == "breaker_open"
    assert gone.sentence.startswith("it failed several times in a row")
    assert "42 s" in gone.sentence


def test_one_whose_provider_asked_to_wait_is_not_said_to_have_failed() -> None:
    waits = BackendHealth("closed", blocked=True, blocked_by="provider", retry_at=NOW + 20)
    decision = choose(asked("chat", "simple"), catalog_of(HOSTED), health=HealthView({"gpt-4.1-nano": waits}))
    gone = next(c for c in decision.candidates if c.backend == "gpt-4.1-nano")
    assert gone.sentence == "its provider asked to wait; it is tried again in 20 s"


def test_when_every_breaker_is_open_the_user_is_told_to_try_again() -> None:
    health = HealthView({m.id: BackendHealth("open", blocked=True) for m in HOSTED})
    assert choose(asked(), catalog_of(HOSTED), health=health).refusal == "breaker_open"


def test_a_model_that_is_not_listed_now_is_unavailable() -> None:
    registry = parse_registry("models: [{id: gone, local: true}]")
    decision = choose(asked(), catalog_of(HOSTED, registry), registry)
    assert excluded(decision)["gone"] == "unavailable"


def test_the_registry_can_deny_and_allow() -> None:
    denied = parse_registry("deny: ['gpt-4*']")
    assert choose(asked(), catalog_of(HOSTED, denied), denied).chosen == "o3-mini"
    allowed = parse_registry("allow: [gpt-4o]")
    decision = choose(asked(), catalog_of(HOSTED, allowed), allowed)
    assert decision.eligible == ("gpt-4o",)
    disabled = parse_registry("models: [{id: o3-mini, enabled: false}]")
    assert excluded(choose(asked(), catalog_of(HOSTED, disabled), disabled)) == {"o3-mini": "denied"}


@pytest.mark.parametrize(
    ("intent", "complexity", "least"),
    [
        ("coding", "medium", 4),
        ("coding", "hard", 8),
        ("chat", "medium", 1),
        ("chat", "hard", 4),
        ("chat", "simple", 0),
    ],
)
def test_hard_work_asks_for_a_least_size(intent: str, complexity: str, least: float) -> None:
    sizes = [0.5, 2.0, 5.0, 9.0]
    catalog = world(*(backend(f"m{size}", size_b=size) for size in sizes))
    decision = choose(asked(intent, complexity), catalog)  # type: ignore[arg-type]
    assert set(decision.eligible) == {f"m{size}" for size in sizes if size >= least}


def test_a_model_of_unknown_size_is_not_taken_for_a_small_one() -> None:
    assert choose(asked("coding", "hard"), world(backend("unknown", size_b=None))).relaxed == ()


def test_the_least_size_gives_way_to_the_nearest_when_none_is_large_enough() -> None:
    decision = choose(asked("coding", "hard"), catalog_of(LOCAL))
    assert decision.chosen == "mistral:7b"
    assert decision.relaxed == ("size",)
    assert "least size" in decision.sentence


def test_the_registry_sets_the_least_sizes() -> None:
    registry = parse_registry("minimum_size_b: {chat: {simple: 3.5}}")
    decision = choose(asked("chat", "simple"), catalog_of(LOCAL, registry), registry)
    assert excluded(decision) == {"gemma:2b": "size", "qwen2.5:3b": "size"}


def test_a_language_that_a_model_does_not_know_takes_it_away() -> None:
    decision = choose(asked("chat", "simple", language="ja"), catalog_of(LOCAL))
    assert decision.chosen == "qwen2.5:3b"
    assert excluded(decision)["gemma:2b"] == "language"


def test_an_unsure_language_takes_nobody_away() -> None:
    decision = choose(asked("chat", "simple", language="ja", language_confidence=0.3), catalog_of(LOCAL))
    assert len(decision.eligible) == 4


def test_the_language_gives_way_before_a_refusal() -> None:
    decision = choose(asked("chat", "simple", language="ja"), catalog_of([LOCAL[0], LOCAL[1]]))
    assert decision.chosen is not None
    assert decision.relaxed == ("language",)


def test_only_what_must_gives_way() -> None:
    # The large one does not know Japanese; the small ones do: size has to give way, language not.
    catalog = world(backend("large", size_b=30.0, languages=frozenset({"en"})), backend("small", size_b=3.0))
    decision = choose(asked("coding", "hard", language="ja"), catalog)
    assert (decision.chosen, decision.relaxed) == ("small", ("size",))
    # Here nobody knows Japanese: the language gives way, and the size stays in force.
    catalog = world(
        backend("large", size_b=30.0, languages=frozenset({"en"})),
        backend("small", size_b=3.0, languages=frozenset({"en"})),
    )
    decision = choose(asked("coding", "hard", language="ja"), catalog)
    assert (decision.chosen, decision.relaxed) == ("large", ("language",))


def test_a_latency_target_takes_slow_models_away_and_gives_way_last() -> None:
    slow = backend("slow", first_token_ms=4_000.0, quality={"general": 0.95})
    quick = backend("quick", first_token_ms=200.0, quality={"general": 0.5})
    context = Context(overrides=Overrides(latency_target="low"))
    decision = choose(asked("reasoning", "hard"), world(slow, quick), context=context)
    assert (decision.chosen, excluded(decision)) == ("quick", {"slow": "too_slow"})
    decision = choose(asked("reasoning", "hard"), world(slow), context=context)
    assert (decision.chosen, decision.relaxed) == ("slow", ("too_slow",))


def test_what_was_observed_counts_more_than_what_was_assumed() -> None:
    catalog = world(backend("slow", first_token_ms=100.0), backend("quick", first_token_ms=5_000.0))
    health = HealthView(
        {"slow": BackendHealth(first_token_ms=9_000.0), "quick": BackendHealth(first_token_ms=90.0)}
    )
    context = Context(overrides=Overrides(latency_target="low"))
    decision = choose(asked("chat", "simple"), catalog, context=context, health=health)
    assert (decision.chosen, excluded(decision)) == ("quick", {"slow": "too_slow"})


def test_vision_tools_access_and_context_never_give_way() -> None:
    blind = world(
        backend("blind", capabilities=frozenset(), effective_context_tokens=500, context_tokens=500)
    )
    assert choose(asked(images=1, input_tokens=10), blind).refusal == "no_vision"
    assert choose(asked(tools=1, input_tokens=10), blind).refusal == "no_tools"
    assert choose(asked(input_tokens=10_000), blind).refusal == "context"
    assert choose(asked(input_tokens=10), blind, context=Context(accessible=NOTHING)).refusal == "no_access"


def test_a_preset_answers_only_where_the_registry_names_it() -> None:
    pirate = hosted("pirate", preset=True, base_model_id="gpt-4o")
    models = (*HOSTED, pirate)
    assert excluded(choose(asked(), catalog_of(models)))["pirate"] == "preset"
    registry = parse_registry("routes: {creative: {models: [pirate]}}")
    assert choose(asked("creative"), catalog_of(models, registry), registry).chosen == "pirate"


def test_every_exclusion_has_a_code_and_a_sentence() -> None:
    decision = choose(
        asked("coding", "hard", language="ja", images=1, tools=1, input_tokens=5_000),
        catalog_of((*LOCAL, *HOSTED)),
        context=Context(accessible=frozenset({"gpt-4o", "gemma:2b", "o3-mini", "qwen2.5:3b"})),
    )
    for candidate in decision.candidates:
        if candidate.excluded:
            assert candidate.sentence
            assert candidate.backend not in decision.eligible
