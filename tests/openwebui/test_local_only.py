"""The switch "Local only" under the chat input: obeyed by everything that a chat sets off."""

from __future__ import annotations

from tests.support.installation import SMART, Installation, content_of, eventually
from tests.support.window import WindowChat

SWITCH = {"filter_ids": ["smart_router_filter"]}


def test_smart_offers_the_switch_and_no_other_model_does(smart: Installation) -> None:
    with smart.api(smart.user) as client:
        models = {m["id"]: m for m in client.get("/api/models").json()["data"]}
    assert [f["id"] for f in models[SMART]["filters"]] == ["smart_router_filter"]
    assert models[SMART]["filters"][0]["name"] == "Local only"
    assert all(not m.get("filters") for id, m in models.items() if id != SMART)


def test_chats_stay_local_plain_and_streamed(smart: Installation) -> None:
    smart.in_order("gpt-4o-mini", "mistral:7b")
    assert smart.chat("hello there", smart.user, **SWITCH)["selected_model_id"] == "mistral:7b"
    assert "mistral:7b" in content_of(smart.stream("hello there", smart.user, **SWITCH))
    record = smart.last_record()
    excluded = {c["backend"]: c["excluded"] for c in record["ranking"]}
    assert excluded["gpt-4o-mini"] == "not_local"
    assert smart.chat("hello there", smart.user)["selected_model_id"] == "gpt-4o-mini"


def test_titles_and_other_tasks_stay_local_too(smart: Installation) -> None:
    chat = WindowChat(smart, smart.user)
    answer = chat.send(
        "How do tides come about?",
        background_tasks={"title_generation": True, "tags_generation": True, "follow_up_generation": True},
        **SWITCH,
    )
    assert eventually(lambda: chat.stored(answer["id"]).get("followUps"))
    assert eventually(lambda: len(smart.records(chat_id=chat.chat_id)) == 4)
    assert len(smart.backends.requests) == 4
    assert {seen.server for seen in smart.backends.requests} == {"ollama"}


def test_a_failing_local_model_is_never_replaced_by_a_hosted_one(smart: Installation) -> None:
    smart.backends.fault("*", "server_error_json", server="ollama")
    answer = smart.chat("hello there", smart.user, **SWITCH)
    assert "No model could answer" in answer["error"]["message"]
    assert {seen.server for seen in smart.backends.requests} == {"ollama"}


def test_without_a_local_model_one_sentence_says_so(smart: Installation) -> None:
    smart.registry('version: 1\ndeny: ["*:*"]')
    sentence = (
        "The switch “Local only” under the chat input is on, and no local model is available to you. "
        "You can switch “Local only” off or ask an administrator for a local model that can take this."
    )
    assert smart.chat("hello there", smart.user, **SWITCH)["error"]["message"] == sentence
    events = smart.stream("hello there", smart.user, **SWITCH)
    assert [event["error"]["message"] for event in events] == [sentence]
    assert smart.last_record()["outcome"] == "refused"
    assert smart.backends.requests == []
