"""What holds whatever the backends are.

Each case is made from a seed, so that hypothesis can run many of them in little time and name the
one that fails.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from smart_router.classify.types import COMPLEXITIES, INTENTS, Classification
from smart_router.health.types import BackendHealth, HealthView
from smart_router.policy import Context, Previous
from smart_router.registry import Backend
from smart_router.request import Overrides

from .world import NOW, asked, backend, choose, world

MANY = settings(max_examples=int(os.environ.get("PROPERTY_EXAMPLES", "50")), deadline=None)
seeds = st.integers(0, 2**40)
IDS = [f"b{n}" for n in range(6)]


@dataclass(frozen=True)
class Case:
    """Backends, and a request to them."""

    models: list[Backend]
    request: Classification
    context: Context
    health: HealthView
    dice: random.Random


def case(seed: int) -> Case:
    dice = random.Random(seed)
    models = [a_backend(name, dice) for name in IDS[: dice.randint(1, 6)]]
    return Case(models, a_request(dice), a_context(dice), a_health(dice), dice)


def some(dice: random.Random, words: list[str]) -> frozenset[str]:
    return frozenset(w for w in words if dice.random() < 0.6)


def a_backend(name: str, dice: random.Random) -> Backend:
    context = dice.choice([2_000, 8_000, 32_000, 200_000])
    price = dice.choice([0.0, dice.uniform(0, 1), dice.uniform(0, 30)])
    return backend(
        name,
        local=dice.random() < 0.5,
        size_b=dice.choice([None, dice.uniform(0.5, 10), dice.uniform(10, 400)]),
        effective_context_tokens=context,
        context_tokens=context,
        guessed=dice.choice([(), ("effective_context_tokens",)]),
        input_usd_per_mtok=price,
        cached_input_usd_per_mtok=price * dice.random(),
        output_usd_per_mtok=price * dice.uniform(1, 5),
        capabilities=some(dice, ["vision", "tools", "reasoning"]),
        languages=dice.choice([frozenset(), frozenset({"en"}), frozenset({"en", "de"})]),
        quality={"general": dice.uniform(0.02, 1), "coding": dice.uniform(0.02, 1)},
        first_token_ms=dice.uniform(20, 5_000),
        tokens_per_second=dice.uniform(2, 300),
        available=dice.random() < 0.9,
    )


def a_request(dice: random.Random) -> Classification:
    return asked(
        dice.choice(INTENTS),
        dice.choice(COMPLEXITIES),
        dice.random(),
        input_tokens=dice.choice([dice.randint(1, 500), dice.randint(1, 40_000)]),
        images=int(dice.random() < 0.2),
        tools=int(dice.random() < 0.2),
        language=dice.choice([None, "en", "en", "de", "ja"]),
        sensitive=dice.random() < 0.3,
    )


def a_context(dice: random.Random) -> Context:
    previous = Previous(
        backend=dice.choice(IDS),
        at=NOW - 60,
        input_tokens=dice.randint(0, 20_000),
        complexity=dice.choice(COMPLEXITIES),
        regenerated=dice.random() < 0.3,
        tool_round=dice.random() < 0.2,
        home=dice.choice([None, None, *IDS]),
    )
    return Context(
        accessible=None if dice.random() < 0.5 else some(dice, IDS),
        local_only=dice.random() < 0.2,
        sensitive=dice.choice(["prefer_local", "require_local", "off"]),
        previous=previous if dice.random() < 0.6 else None,
        task=dice.choice([None, None, None, "title_generation", "query_generation"]),
        overrides=Overrides(
            strategy=dice.choice([None, None, "cost_aggressive", "latency_first", "quality_first"]),
            latency_target=dice.choice([None, None, "low", "ultra_low"]),
        ),
    )


def a_health(dice: random.Random) -> HealthView:
    return HealthView(
        {
            name: BackendHealth(
                blocked=dice.random() < 0.3,
                in_flight=dice.randint(0, 9),
                first_token_ms=dice.uniform(10, 9_000),
            )
            for name in IDS
            if dice.random() < 0.3
        }
    )


@MANY
@given(seeds)
def test_no_backend_is_ever_tried_without_what_the_request_needs(seed: int) -> None:
    c = case(seed)
    catalog = world(*c.models)
    decision = choose(c.request, catalog, context=c.context, health=c.health)
    signals = c.request.signals
    assert (decision.chosen is None) == (not decision.eligible)
    assert decision.chosen is None or decision.chosen == decision.eligible[0]
    assert decision.sentence
    assert {one.backend for one in decision.candidates} == set(catalog.backends)
    for one in (catalog.backends[i] for i in decision.eligible):
        assert one.available
        assert c.context.accessible is None or one.id in c.context.accessible
        assert not signals.images or "vision" in one.capabilities
        assert not signals.tools or "tools" in one.capabilities
        assert (one.effective_context_tokens or 0) > signals.input_tokens
        assert not c.health.of(one.id).blocked
        assert not c.context.local_only or one.local
        assert not (signals.sensitive and c.context.sensitive == "require_local") or one.local


@MANY
@given(seeds)
def test_a_refusal_means_that_every_backend_really_lacks_something(seed: int) -> None:
    c = case(seed)
    decision = choose(c.request, world(*c.models), context=c.context, health=c.health)
    soft = {"size", "language", "too_slow"}
    if decision.chosen is None:
        assert decision.refusal
        assert all(one.excluded and one.excluded not in soft for one in decision.candidates)
    else:
        assert decision.refusal is None


@MANY
@given(seeds, st.floats(0, 1), st.floats(0, 1))
def test_a_higher_quality_preference_never_lowers_the_chosen_quality(
    seed: int, one: float, other: float
) -> None:
    c = case(seed)
    catalog = world(*c.models)
    context = replace(c.context, task=None)
    low, high = (
        choose(c.request, catalog, context=replace(context, overrides=Overrides(quality_preference=p)))
        for p in sorted((one, other))
    )
    assert (low.chosen is None) == (high.chosen is None)
    if low.chosen and high.chosen:
        quality = {one.backend: one.factors["quality"] for one in low.candidates}
        # Scores are compared to nine decimals; quality as far as those can tell it.
        assert quality[high.chosen] >= quality[low.chosen] - 1e-6


@MANY
@given(seeds)
def test_a_higher_price_never_makes_a_backend_more_chosen(seed: int) -> None:
    c = case(seed)
    dearer = c.dice.choice(c.models)
    before = choose(c.request, world(*c.models), context=c.context)
    more = c.dice.uniform(0, 50)
    raised = replace(
        dearer,
        input_usd_per_mtok=(dearer.input_usd_per_mtok or 0) + more,
        cached_input_usd_per_mtok=(dearer.cached_input_usd_per_mtok or 0) + more,
        output_usd_per_mtok=(dearer.output_usd_per_mtok or 0) + c.dice.uniform(0, 50),
    )
    after = choose(c.request, world(*(raised if m is dearer else m for m in c.models)), context=c.context)
    if dearer.id in before.eligible:
        assert after.eligible.index(dearer.id) >= before.eligible.index(dearer.id)
    else:
        assert dearer.id not in after.eligible


@MANY
@given(seeds)
def test_a_candidate_that_is_worse_in_everything_changes_nothing(seed: int) -> None:
    c = case(seed)
    # A vote against the better one would be a reason to try even the worse one.
    previous = replace(c.context.previous, regenerated=False) if c.context.previous else None
    context = replace(c.context, previous=previous)
    better = c.dice.choice(c.models)
    worse = replace(
        better,
        id="zz",
        quality={intent: q * 0.5 for intent, q in better.quality.items()},
        input_usd_per_mtok=(better.input_usd_per_mtok or 0) + 1,
        cached_input_usd_per_mtok=(better.cached_input_usd_per_mtok or 0) + 1,
        output_usd_per_mtok=(better.output_usd_per_mtok or 0) + 1,
        first_token_ms=(better.first_token_ms or 0) + 100,
        tokens_per_second=(better.tokens_per_second or 1) / 2,
    )
    if context.accessible is not None and better.id in context.accessible:
        context = replace(context, accessible=context.accessible | {"zz"})
    before = choose(c.request, world(*c.models), context=context)
    after = choose(c.request, world(*c.models, worse), context=context)
    assert after.chosen == before.chosen
    assert tuple(i for i in after.eligible if i != "zz") == before.eligible


@MANY
@given(seeds)
def test_the_order_of_candidates_does_not_matter(seed: int) -> None:
    c = case(seed)
    shuffled = list(c.models)
    c.dice.shuffle(shuffled)
    one = choose(c.request, world(*c.models), context=c.context, health=c.health)
    other = choose(c.request, world(*shuffled), context=c.context, health=c.health)
    assert one == other


@MANY
@given(seeds)
@example(0)
def test_the_same_inputs_give_the_same_decision(seed: int) -> None:
    c = case(seed)
    catalog = world(*c.models)
    decide_once = choose(c.request, catalog, context=c.context, health=c.health)
    assert decide_once == choose(c.request, catalog, context=c.context, health=c.health)
    assert decide_once == choose(c.request, world(*c.models), context=c.context, health=c.health)
