"""What a user reads when nothing is left: the cause, what is lacking, and what they can do."""

from __future__ import annotations

import pytest

from smart_router.health.types import BackendHealth, HealthView
from smart_router.policy import Context, Decision
from smart_router.registry import parse_registry
from smart_router.registry.schema import Registry
from smart_router.request import Overrides

from .world import HOSTED, LOCAL, TASK, THREE, asked, backend, catalog_of, choose, local, world

SWITCH = Context(local_only=True)
STRICT = Context(sensitive="require_local")
SECRET = {"sensitive": True, "sensitive_kinds": ("iban", "api_key")}
EVERYTHING = catalog_of((*LOCAL, *HOSTED))
BROKEN = HealthView({m.id: BackendHealth(blocked=True) for m in LOCAL})


def test_the_switch_is_named_and_what_no_local_model_can_do() -> None:
    decision = choose(asked("qa", images=1), EVERYTHING, context=SWITCH)
    assert decision.refusal == "no_local"
    assert decision.sentence == (
        "The switch “Local only” under the chat input is on, and no local model that can see images is "
        "available. You can switch “Local only” off, send this without the image or ask an administrator "
        "for a local model that can take this."
    )


def test_the_sensitive_kinds_are_named_and_that_an_administrator_wants_it_so() -> None:
    decision = choose(asked("qa", images=2, **SECRET), EVERYTHING, context=STRICT)
    assert decision.refusal == "sensitive"
    assert decision.sentence == (
        "This seems to hold sensitive data (iban and api key), which by the administrator's setting only "
        "local models may read, and no local model that can see images is available. You can take the "
        "sensitive data out, send this without the images or ask an administrator for a local model that "
        "can take this."
    )


def test_both_causes_are_named_and_both_must_be_undone() -> None:
    both = Context(local_only=True, sensitive="require_local")
    decision = choose(asked("qa", images=1, **SECRET), EVERYTHING, context=both)
    assert decision.refusal == "no_local"
    assert "is on and this seems to hold sensitive data (iban and api key)" in decision.sentence
    assert "You can switch “Local only” off and take the sensitive data out, send this" in decision.sentence


@pytest.mark.parametrize(
    ("text", "context", "cause", "way"),
    [
        ("", Context(local_only=True, local_only_by_alias=True), "The alias at the start", "leave the alias"),
        ("", Context(variant="local"), "Smart (local) uses local models only", "choose Smart instead"),
        (
            "groups: {staff: {local_only: true}}",
            Context(group_ids=frozenset({"staff"})),
            "The registry allows your group local models only",
            "You can send this without the image or ask an administrator",
        ),
        (
            "rules: [{name: pictures, when: {images: true}, then: {local_only: true}}]",
            Context(),
            "The registry's rule 'pictures' allows local models only",
            "You can send this without the image or ask an administrator",
        ),
    ],
)
def test_whatever_demands_local_models_is_named(text: str, context: Context, cause: str, way: str) -> None:
    registry = parse_registry(text) if text else Registry()
    catalog = catalog_of((*LOCAL, *HOSTED), registry)
    decision = choose(asked("qa", images=1), catalog, registry, context)
    assert decision.sentence.startswith(cause)
    assert way in decision.sentence


def lack(decision: Decision) -> str:
    return decision.sentence.partition(" is on, and ")[2]


def test_what_is_lacking_is_said_as_it_is() -> None:
    tools = catalog_of((LOCAL[0], *HOSTED))
    assert lack(choose(asked(tools=1), tools, context=SWITCH)).startswith(
        "no local model that can call tools is available. "
        "You can switch “Local only” off, switch the tools off"
    )
    assert lack(choose(asked(input_tokens=60_000), EVERYTHING, context=SWITCH)).startswith(
        "no local model that can read something this long (about 60,000 tokens) is available. "
        "You can switch “Local only” off, shorten it"
    )
    assert lack(choose(asked(), catalog_of(HOSTED), context=SWITCH)).startswith(
        "no local model is connected."
    )
    assert lack(choose(asked(), EVERYTHING, context=SWITCH, health=BROKEN)).startswith(
        "every local model failed just now. You can switch “Local only” off, try again in a moment"
    )
    mine = Context(local_only=True, accessible=frozenset({"gpt-4o"}))
    assert lack(choose(asked(), EVERYTHING, context=mine)).startswith("no local model is available to you.")


def test_abilities_that_no_one_local_model_has_together_are_named_together() -> None:
    seeing = local("llava:7b", context_tokens=8192)
    catalog = catalog_of((seeing, LOCAL[3], *HOSTED))
    decision = choose(asked(images=1, tools=1), catalog, context=SWITCH)
    assert lack(decision).startswith("no local model that can see images and call tools is available.")


def test_what_gave_way_and_did_not_help_is_not_the_cause() -> None:
    hurried = Context(local_only=True, overrides=Overrides(latency_target="ultra_low"))
    assert choose(asked("qa", images=1), EVERYTHING, context=hurried).refusal == "no_local"


def test_no_local_model_is_blamed_for_what_no_model_can_do() -> None:
    blind = catalog_of((*LOCAL, HOSTED[2]))
    decision = choose(asked("qa", images=1), blind, context=SWITCH)
    assert decision.refusal == "no_vision"
    assert decision.sentence == (
        "None of the models available to you can see images. You can send this without the image or ask an "
        "administrator for one that can."
    )


ONE = backend("one", capabilities=frozenset(), effective_context_tokens=4_000, context_tokens=4_000)
DENIED = "deny: ['*']"
ROUTE = "routes: {chat: {models: [nobody], only: true}}"
GROUP = "groups: {staff: {deny: ['*']}}"
STAFF = Context(group_ids=frozenset({"staff"}))


@pytest.mark.parametrize(
    ("code", "text", "signals", "context", "way"),
    [
        ("no_access", "", {}, Context(accessible=frozenset()), "You can ask an administrator for access"),
        ("no_tools", "", {"tools": 1}, Context(), "You can switch the tools off or ask an administrator"),
        ("context", "", {"input_tokens": 9_000}, Context(), "You can shorten it or ask"),
        ("denied", DENIED, {}, Context(), "You can ask an administrator to allow one"),
        ("group", GROUP, {}, STAFF, "You can ask an administrator to allow one"),
        ("not_in_route", ROUTE, {}, Context(), "You can ask an administrator to list another"),
        ("excluded", "", {}, Context(overrides=Overrides(exclude=("*",))), "You can exclude fewer or ask"),
        ("unknown_model", "", {}, Context(overrides=Overrides(model="nonesuch")), "Name another model"),
        ("model_unusable", "", {"images": 1}, Context(overrides=Overrides(model="one")), "Name another"),
    ],
)
def test_every_refusal_says_what_the_user_can_do(
    code: str, text: str, signals: dict[str, int], context: Context, way: str
) -> None:
    registry = parse_registry(text) if text else Registry()
    decision = choose(asked(**signals), world(ONE), registry, context)  # type: ignore[arg-type]
    assert decision.refusal == code
    assert way in decision.sentence


def test_where_each_model_lacks_something_else_all_ways_out_are_named() -> None:
    short = {"effective_context_tokens": 4_000, "context_tokens": 4_000}
    seeing = backend("seeing", capabilities=frozenset({"vision"}), **short)
    calling = backend("calling", capabilities=frozenset({"tools"}), **short)
    reading = backend("reading", capabilities=frozenset())
    decision = choose(asked(images=1, tools=1, input_tokens=9_000), world(seeing, calling, reading))
    assert decision.refusal == "nothing_left"
    assert decision.sentence.endswith(
        "You can send this without the image, switch the tools off, shorten it or ask an "
        "administrator for a model that can take this."
    )


def test_models_that_all_failed_or_are_gone_come_back_by_themselves() -> None:
    health = HealthView({name: BackendHealth(blocked=True) for name in THREE.backends})
    decision = choose(TASK, THREE, health=health)
    assert decision.refusal == "breaker_open"
    assert "You can try again in a moment or ask" in decision.sentence
    gone = choose(TASK, world(backend("one", available=False)))
    assert gone.refusal == "unavailable"
    assert "You can try again in a moment or ask" in gone.sentence
