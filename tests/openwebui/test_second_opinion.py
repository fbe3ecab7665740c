"""What Open WebUI's task model is asked when the classifier is not sure. Its opinions are simulated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.openwebui.test_open_backends import OPENED, PRIVATE, set_task_models
from tests.support.installation import Installation, content_of, eventually
from tests.support.window import WindowChat

LOCAL, EXTERNAL = "gemma:2b", "gpt-4o-mini"
GENERAL, CODING = "gpt-4o", "mistral:7b"
#: The simulated models take a compiler for hard coding, and a card for small talk.
COMPILER = "the compiler, tonight"
CARD = "my card is 4111 1111 1111 1111"


def nobody_is_sure(smart: Installation, general: str = GENERAL) -> None:
    smart.registry(
        "version: 1\nstrategy: task_type_optimized\nconfidence_threshold: 1.0\n"
        f"routes: {{general: {{models: ['{general}']}}, coding: {{models: ['{CODING}']}}}}\n"
        "minimum_size_b:\n"
        "  general: {simple: 0, medium: 0, hard: 0}\n"
        "  coding: {simple: 0, medium: 0, hard: 0}\n"
    )


@pytest.fixture
def unsure(smart: Installation) -> Iterator[Installation]:
    """Nothing is certain enough, and somebody is asked."""
    set_task_models(smart, LOCAL, EXTERNAL)
    nobody_is_sure(smart)
    smart.valves(second_opinion="task_model", second_opinion_ms=10_000)
    yield smart
    set_task_models(smart, "", "")


def tried(smart: Installation) -> list[tuple[str, str]]:
    return [(a["backend"], a["purpose"]) for a in smart.last_record()["attempts"]]


@pytest.mark.parametrize("streamed", [False, True])
def test_its_word_decides_and_everything_is_recorded(unsure: Installation, streamed: bool) -> None:
    if streamed:
        assert f"answer from `{CODING}`" in content_of(unsure.stream(COMPILER, unsure.user))
    else:
        assert unsure.chat(COMPILER, unsure.user)["selected_model_id"] == CODING
    record = unsure.last_record()
    opinion, answer = record["attempts"]
    assert [seen.model for seen in unsure.backends.requests] == [EXTERNAL, CODING]
    assert (opinion["backend"], opinion["purpose"]) == (EXTERNAL, "second_opinion")
    assert (answer["backend"], answer["purpose"]) == (CODING, "answer")
    assert opinion["cost_usd"] > 0
    assert record["cost_usd"] == pytest.approx(opinion["cost_usd"] + (answer["cost_usd"] or 0))
    assert record["input_tokens"] == opinion["input_tokens"] + answer["input_tokens"]
    assert record["latency_ms"] > opinion["duration_ms"]
    assert (record["intent"], record["complexity"]) == ("coding", "hard")
    assert f"a second opinion by {EXTERNAL}: Coding, hard" in record["evidence"]
    assert f"a second opinion by {EXTERNAL}: Coding, hard" in record["sentence"]
    assert record["signals"]["second_opinion"]["result"] == "differs"
    assert record["confidence"] < 1.0


def test_off_by_default_it_makes_no_call(unsure: Installation) -> None:
    unsure.valves()
    assert unsure.chat(COMPILER, unsure.user)["selected_model_id"] == GENERAL
    assert [seen.model for seen in unsure.backends.requests] == [GENERAL]
    assert "second_opinion" not in unsure.last_record()["signals"]


def test_the_sure_are_not_asked_about(unsure: Installation) -> None:
    unsure.registry("version: 1\nconfidence_threshold: 0.0\n")
    unsure.chat(COMPILER, unsure.user)
    assert [purpose for _, purpose in tried(unsure)] == ["answer"]


@pytest.mark.parametrize(
    ("fault", "result"), [("hang", "late"), ("server_error_json", "failed"), ("refuse", "failed")]
)
def test_late_or_broken_it_leaves_all_as_it_was(unsure: Installation, fault: str, result: str) -> None:
    unsure.valves(second_opinion="task_model", second_opinion_ms=300 if result == "late" else 10_000)
    unsure.backends.fault(EXTERNAL, fault)
    assert unsure.chat(COMPILER, unsure.user)["selected_model_id"] == GENERAL
    record = unsure.last_record()
    assert tried(unsure) == [(EXTERNAL, "second_opinion"), (GENERAL, "answer")]
    assert record["attempts"][0]["error_kind"]
    assert record["outcome"] == "ok"
    assert record["signals"]["second_opinion"]["result"] == result
    assert f"No second opinion: {EXTERNAL} " in record["sentence"]
    assert not any("opinion" in phrase for phrase in record["evidence"])


def test_one_that_is_down_is_left_alone(unsure: Installation) -> None:
    unsure.valves(second_opinion="task_model", second_opinion_ms=10_000, breaker_failures=1)
    unsure.backends.fault(EXTERNAL, "server_error_json")
    for _ in range(2):
        unsure.chat(COMPILER, unsure.user)
    assert [seen.model for seen in unsure.backends.requests].count(EXTERNAL) == 1
    assert "failed several times in a row" in unsure.last_record()["signals"]["second_opinion"]["sentence"]


def test_sensitive_text_goes_to_the_local_task_model(unsure: Installation) -> None:
    unsure.chat(CARD, unsure.user)
    assert tried(unsure)[0] == (LOCAL, "second_opinion")
    assert {seen.server for seen in unsure.backends.requests} == {"ollama"}


@pytest.mark.parametrize("policy", ["prefer_local", "require_local"])
@pytest.mark.parametrize("local", ["", EXTERNAL])
def test_and_without_a_local_one_to_none(unsure: Installation, policy: str, local: str) -> None:
    set_task_models(unsure, local, EXTERNAL)
    unsure.valves(second_opinion="task_model", second_opinion_ms=10_000, sensitive=policy)
    unsure.chat(CARD, unsure.user)
    assert [purpose for _, purpose in tried(unsure)] == ["answer"]
    assert {seen.server for seen in unsure.backends.requests} == {"ollama"}
    assert unsure.last_record()["signals"]["second_opinion"]["result"] == "not_asked"


def test_the_local_switch_holds_for_it_too(unsure: Installation) -> None:
    unsure.chat(COMPILER, unsure.user, filter_ids=["smart_router_filter"])
    assert tried(unsure)[0] == (LOCAL, "second_opinion")
    assert {seen.server for seen in unsure.backends.requests} == {"ollama"}


@pytest.mark.parametrize("private", PRIVATE)
def test_nobody_is_asked_on_behalf_of_those_who_may_not(unsure: Installation, private: str) -> None:
    set_task_models(unsure, "", private)
    unsure.chat(COMPILER, unsure.user)
    assert tried(unsure) == [(GENERAL, "answer")]
    assert "no access" in unsure.last_record()["signals"]["second_opinion"]["sentence"]
    unsure.chat(COMPILER, unsure.admin)
    assert tried(unsure)[0] == (private, "second_opinion")


def test_one_that_is_opened_through_smart_is_asked(unsure: Installation) -> None:
    set_task_models(unsure, "", OPENED[0])
    unsure.valves(second_opinion="task_model", second_opinion_ms=10_000, open_backends=OPENED[0])
    unsure.chat(COMPILER, unsure.user)
    assert tried(unsure)[0] == (OPENED[0], "second_opinion")


def test_titles_are_written_without_one(unsure: Installation) -> None:
    # With an external task model Open WebUI would not ask Smart for titles.
    set_task_models(unsure, LOCAL, "")
    nobody_is_sure(unsure, general=CODING)
    chat = WindowChat(unsure, unsure.user)
    chat.send(COMPILER, background_tasks={"title_generation": True})
    assert eventually(lambda: len(unsure.records(chat_id=chat.chat_id)) == 2)
    found = {
        record["task"]: [a["purpose"] for a in unsure.get(f"/requests/{record['id']}")["attempts"]]
        for record in unsure.records(chat_id=chat.chat_id)
    }
    assert found == {None: ["second_opinion", "answer"], "title_generation": ["task"]}


def test_a_turn_with_tools_asks_once(unsure: Installation) -> None:
    question = {"role": "user", "content": COMPILER}
    call = {"id": "call_of_the_tides", "type": "function", "function": {"name": "tides", "arguments": "{}"}}
    called = {"role": "assistant", "content": None, "tool_calls": [call]}
    told = {"role": "tool", "tool_call_id": call["id"], "content": "high water at noon"}
    for messages, purposes in (
        ([question], ["second_opinion", "answer"]),
        ([question, called, told], ["answer"]),
    ):
        unsure.chat("", unsure.user, messages=messages)
        assert [purpose for _, purpose in tried(unsure)] == purposes


def test_explaining_asks_nobody(unsure: Installation) -> None:
    body: dict[str, Any] = {"messages": [{"role": "user", "content": COMPILER}]}
    assert unsure.post("/explain", body)["chosen"] == GENERAL
    assert unsure.backends.requests == []
