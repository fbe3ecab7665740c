"""Who may answer: the chat models that are connected, and nothing that is none."""

from __future__ import annotations

import pytest

from smart_router.cli.demo import MODELS
from tests.support.connections import arena, function, model_row, without_connections
from tests.support.installation import SMART, Installation, content_of

SYSTEM = "You are the library's helper."

OTHER_PIPE = """
class Pipe:
    def pipes(self):
        return [{"id": "model", "name": "Somebody else's"}]

    async def pipe(self, body: dict):
        return "from another pipe"
"""


def ranked(smart: Installation) -> set[str]:
    return {candidate["backend"] for candidate in smart.last_record()["ranking"]}


def test_only_connected_chat_models_are_ranked(smart: Installation) -> None:
    with (
        arena(smart),
        function(smart, "another_pipe", OTHER_PIPE),
        model_row(smart, "helper", base_model_id="gpt-4o-mini", params={"system": SYSTEM}),
        model_row(smart, "smart-helper", base_model_id=SMART),
    ):
        with smart.api(smart.admin) as client:
            listed = {model["id"] for model in client.get("/api/models").json()["data"]}
        assert {"another_pipe.model", "helper", "smart-helper", "arena-model", SMART} <= listed
        assert {"text-embedding-3-small", "nomic-embed-text:latest"} <= listed
        smart.registry("version: 1")
        smart.chat("hello there")
        chat_models = {model.id for model in MODELS if not model.embedding}
        assert ranked(smart) - {"helper"} == chat_models
        by_id = {c["backend"]: c["excluded"] for c in smart.last_record()["ranking"]}
        assert by_id.get("helper", "preset") == "preset"


def test_a_preset_answers_where_the_registry_names_it(smart: Installation) -> None:
    with model_row(smart, "helper", base_model_id="gpt-4o-mini", params={"system": SYSTEM}):
        smart.in_order("helper", "gpt-4o")
        assert smart.chat("hello there", smart.user)["selected_model_id"] == "helper"
        seen = smart.backends.requests
        assert [message["content"] for message in seen[0].body["messages"]] == [SYSTEM, "hello there"]
        assert [request.model for request in seen] == ["gpt-4o-mini"]


def test_a_preset_that_leads_back_to_smart_is_never_chosen(smart: Installation) -> None:
    with model_row(smart, "smart-helper", base_model_id=SMART):
        smart.in_order("smart-helper", "gpt-4o-mini")
        assert smart.chat("hello there")["selected_model_id"] == "gpt-4o-mini"
        assert len(smart.backends.requests) == 1
        named = smart.chat("hello there", smart_router={"model": "smart-helper"})
        assert named["error"]["code"] == "unknown_model"
        assert "smart-helper" not in {item["id"] for item in smart.get("/models")["items"]}


@pytest.mark.parametrize("streamed", [False, True])
def test_a_preset_on_smart_brings_its_system_prompt_once(smart: Installation, streamed: bool) -> None:
    with model_row(smart, "smart-helper", base_model_id=SMART, params={"system": SYSTEM, "temperature": 0.2}):
        smart.in_order("gpt-4o-mini")
        if streamed:
            text = content_of(smart.stream("hello there", smart.user, model="smart-helper"))
        else:
            answer = smart.chat("hello there", smart.user, model="smart-helper")
            text = answer["choices"][0]["message"]["content"]
        assert f"system prompt: “{SYSTEM}”" in text
        sent = smart.backends.requests[0].body
        assert [message["role"] for message in sent["messages"]] == ["system", "user"]
        assert sent["temperature"] == 0.2


@pytest.mark.parametrize("streamed", [False, True])
def test_each_attempt_carries_its_own_backends_prompt_once_and_the_messages_once(
    smart: Installation, streamed: bool
) -> None:
    with (
        model_row(smart, "gpt-4o-mini", params={"system": "prompt of gpt-4o-mini"}),
        model_row(smart, "mistral:7b", params={"system": "prompt of mistral"}),
    ):
        smart.in_order("gpt-4o-mini", "mistral:7b", "gpt-4o")
        smart.backends.fault("gpt-4o-mini", "server_error_json")
        smart.backends.fault("mistral:7b", "server_error_json", times=1)
        smart.backends.fault("gpt-4o", "overloaded")
        ask = smart.stream if streamed else smart.chat
        ask("hello there", smart.user)
        sent = [(s.model, [m["content"] for m in s.body["messages"]]) for s in smart.backends.requests]
        assert ("gpt-4o-mini", ["prompt of gpt-4o-mini", "hello there"]) in sent
        assert ("gpt-4o", ["hello there"]) in sent
        tries = [messages for model, messages in sent if model == "mistral:7b"]
        assert tries == [["prompt of mistral", "hello there"]] * 2
        assert smart.last_record()["backend"] == "mistral:7b"


def test_a_variant_is_listed_where_the_registry_turns_it_on_and_does_as_its_name_says(
    smart: Installation,
) -> None:
    def listed() -> set[str]:
        with smart.api(smart.admin) as client:
            models = client.get("/api/models", params={"refresh": True}).json()["data"]
        return {model["id"] for model in models if model["id"].startswith("smart_router.")}

    assert listed() == {SMART}
    smart.registry("version: 1\nvariants: {fast: {name: Smart and quick}, local: {}}")
    assert listed() == {SMART, "smart_router.fast", "smart_router.local"}
    smart.chat("hello there", model="smart_router.fast")
    assert smart.last_record()["strategy"] == "latency_first"
    smart.chat("hello there", model="smart_router.local")
    assert {c["excluded"] for c in smart.last_record()["ranking"] if ":" not in c["backend"]} == {"not_local"}
    smart.registry("version: 1")
    assert listed() == {SMART}


def test_with_nothing_connected_one_sentence_says_what_to_do(smart: Installation) -> None:
    sentence = "No model is connected yet; an administrator adds one under Settings → Connections."
    with without_connections(smart):
        assert smart.chat("hello there")["error"]["message"] == sentence
        assert [e["error"]["message"] for e in smart.stream("hello there", smart.user)] == [sentence]
        assert smart.get("/health")["status"] == "failing"
    assert smart.chat("hello there")["selected_model_id"]
    assert smart.get("/health")["status"] == "ok"
