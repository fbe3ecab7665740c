"""Valves, an administrator's and a user's own, change what the next chat does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.installation import Installation, eventually
from tests.support.window import WindowChat

CARD = "My card is 4111 1111 1111 1111, is that a Visa?"


@pytest.fixture
def own_valves(smart: Installation) -> Iterator[Any]:
    """Sets the plain user's own valves; gone after the test."""

    def save(**values: Any) -> None:
        with smart.api(smart.user) as client:
            client.post(
                "/api/v1/functions/id/smart_router/valves/user/update", json=values
            ).raise_for_status()

    yield save
    save()


def test_every_valve_is_described_and_a_choice_is_a_drop_down(smart: Installation) -> None:
    with smart.api(smart.admin) as client:
        spec = client.get("/api/v1/functions/id/smart_router/valves/spec").json()
    for name, field in spec["properties"].items():
        assert field["description"], name
        if "enum" in field:
            assert field["input"]["type"] == "select", name
            values = [o["value"] if isinstance(o, dict) else o for o in field["input"]["options"]]
            assert values == field["enum"], name


def test_without_fallback_the_first_failure_is_the_answer(smart: Installation) -> None:
    smart.in_order("gpt-4o-mini", "mistral:7b")
    smart.valves(fallback=False)
    smart.backends.fault("gpt-4o-mini", "server_error_json")
    answer = smart.chat("hello there")
    assert answer["error"]["message"] == (
        "No model could answer: gpt-4o-mini had an internal error. Please try again in a moment."
    )
    record = smart.last_record()
    assert (record["outcome"], record["error_kind"]) == ("failed", "server_error")
    assert {attempt["backend"] for attempt in record["attempts"]} == {"gpt-4o-mini"}
    assert {seen.model for seen in smart.backends.requests} == {"gpt-4o-mini"}


@pytest.mark.parametrize("strategy", ["cost_aggressive", "quality_first", "latency_first", "control"])
def test_the_default_strategy_decides(smart: Installation, strategy: str) -> None:
    smart.valves(default_strategy=strategy)
    smart.chat("Prove that there are infinitely many primes, step by step.")
    record = smart.last_record()
    assert record["strategy"] == strategy
    eligible = [c for c in record["ranking"] if c["excluded"] is None]
    best = {"cost_aggressive": "cost", "quality_first": "quality"}.get(strategy)
    if best:
        worst = min(c["factors"][best] for c in eligible)
        assert eligible[0]["factors"][best] > worst
    if strategy == "control":
        assert record["backend"] == record["baseline"]


def test_too_long_a_conversation_is_refused_with_a_sentence(smart: Installation) -> None:
    smart.valves(max_input_characters=1000)
    answer = smart.chat("word " * 300)
    assert "1,500 characters, and the limit is 1,000" in answer["error"]["message"]
    events = smart.stream("word " * 300)
    assert [event for event in events if "error" in event] == events
    assert smart.backends.requests == []
    smart.valves(store_prompts=True, max_input_characters=1000)
    before = smart.get("/summary")["requests"]
    smart.chat("zebra " * 300)
    record = smart.last_record()
    assert (record["outcome"], record["reason"]) == ("refused", "refused_invalid_request")
    assert "1,800 characters" in record["sentence"]
    assert "zebra" not in str(record)
    assert smart.get("/summary")["requests"] == before + 1


def test_sensitive_chats_prefer_local_models_and_may_be_made_to(smart: Installation) -> None:
    def local(backend: str) -> bool:
        return ":" in backend

    assert local(smart.chat(CARD)["selected_model_id"])
    record = smart.last_record()
    assert (record["sensitive"], record["signals"]["sensitive_kinds"]) == (True, ["card"])
    smart.registry('version: 1\ndeny: ["*:*"]')
    assert not local(smart.chat(CARD)["selected_model_id"])
    assert "left this installation" in smart.last_record()["sentence"]
    smart.valves(sensitive="require_local")
    answer = smart.chat(CARD)
    assert "sensitive data (card)" in answer["error"]["message"]
    assert smart.last_record()["outcome"] == "refused"


def test_a_sensitive_chat_that_must_stay_local_never_falls_back_to_a_hosted_model(
    smart: Installation,
) -> None:
    smart.valves(sensitive="require_local")
    smart.backends.fault("*", "server_error_json", server="ollama")
    assert "No model could answer" in smart.chat(CARD)["error"]["message"]
    assert {seen.server for seen in smart.backends.requests} == {"ollama"}


def test_the_text_of_a_question_is_stored_only_on_demand(smart: Installation) -> None:
    smart.chat("a question about zebras")
    assert "zebras" not in str(smart.last_record())
    smart.valves(store_prompts=True)
    smart.chat("a question about zebras")
    assert smart.last_record()["prompt"] == "a question about zebras"


def test_the_status_line_says_who_answers_and_can_be_turned_off(smart: Installation, own_valves: Any) -> None:
    smart.in_order("gpt-4o-mini")

    def lines() -> list[str]:
        message = WindowChat(smart, smart.user).send("hello there")
        return [line["description"] for line in message.get("statusHistory", [])]

    assert len(shown := lines()) == 1
    assert shown[0].startswith("gpt-4o-mini · ")
    own_valves(show_status=False)
    assert lines() == []
    own_valves(show_status=True)
    smart.valves(status_line=False)
    assert lines() == []


@pytest.mark.parametrize(
    ("prefer", "strategy"),
    [("quality", "quality_first"), ("speed", "latency_first"), ("balanced", "balanced"),
     ("default", "cost_aggressive")],
)  # fmt: skip
def test_a_users_preference_wins_over_the_administrators_default(
    smart: Installation, own_valves: Any, prefer: str, strategy: str
) -> None:
    smart.valves(default_strategy="cost_aggressive")
    own_valves(prefer=prefer)
    smart.chat("hello there", smart.user)
    assert smart.last_record()["strategy"] == strategy


def test_what_the_body_demands_wins_over_the_users_preference(smart: Installation, own_valves: Any) -> None:
    own_valves(prefer="speed")
    smart.chat("hello there", smart.user, smart_router={"strategy": "quality_first"})
    assert smart.last_record()["strategy"] == "quality_first"


def test_the_link_in_the_interface_can_be_turned_off(smart: Installation) -> None:
    def script() -> str:
        with smart.api() as client:
            answer = client.get("/static/loader.js")
        assert answer.headers["cache-control"] == "no-store"
        return answer.text

    assert "/admin/observability" in script()
    smart.valves(admin_link=False)
    assert eventually(lambda: "/admin/observability" not in script()), "as soon as the event arrives"
