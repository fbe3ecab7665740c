"""Every kind of chat through Smart: what goes in reaches the backend, what comes out reaches the user."""

from __future__ import annotations

import json
import uuid
from base64 import b64decode
from typing import Any

import pytest

from tests.openwebui.test_tool_rounds import text_of
from tests.support.connections import model_row
from tests.support.installation import SMART, Installation, content_of, eventually
from tests.support.window import WindowChat

DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQ"
    "AAAABJRU5ErkJggg=="
)
SCHEMA = {
    "type": "json_schema",
    "json_schema": {
        "name": "harbour",
        "schema": {
            "type": "object",
            "properties": {"name": {"type": "string"}, "depth_m": {"type": "number"}},
            "required": ["name", "depth_m"],
        },
    },
}
PARAMETERS = {
    "temperature": 0.3,
    "top_p": 0.9,
    "n": 2,
    "seed": 7,
    "stop": ["END"],
    "logprobs": True,
    "top_logprobs": 3,
    "presence_penalty": 0.1,
    "frequency_penalty": 0.2,
    "logit_bias": {"50256": -100},
    "max_tokens": 400,
    "user": "someone",
    "metadata": None,
    "reasoning_effort": "low",
    "service_tier": "flex",
    "parallel_tool_calls": False,
    "provider_of_tomorrow": {"nested": [1, "two", None]},
}


def sent(smart: Installation, number: int = -1) -> dict[str, Any]:
    """The body of a request as the backend saw it."""
    return smart.backends.requests[number].body


def asking(smart: Installation, streamed: bool, text: str, **body: Any) -> str:
    """The answer's text, either way."""
    if streamed:
        return content_of(smart.stream(text, smart.user, **body))
    return str(smart.chat(text, smart.user, **body)["choices"][0]["message"]["content"])


def picture(text: str) -> list[dict[str, Any]]:
    content = [{"type": "text", "text": text}, {"type": "image_url", "image_url": {"url": DOT}}]
    return [{"role": "user", "content": content}]


@pytest.mark.parametrize("streamed", [False, True])
def test_a_picture_goes_to_a_backend_that_sees(smart: Installation, streamed: bool) -> None:
    smart.in_order("mistral:7b", "gpt-4o-mini")
    text = asking(smart, streamed, "", messages=picture("what is on it"))
    assert "- images: 1" in text
    assert [seen.model for seen in smart.backends.requests] == ["gpt-4o-mini"]
    assert sent(smart)["messages"] == picture("what is on it")


def test_a_picture_in_the_window_is_understood_by_what_is_asked_of_it(smart: Installation) -> None:
    """The window puts a list of what is attached before the text, which looks like code."""
    smart.in_order("mistral:7b", "gpt-4o-mini")
    with smart.api(smart.user) as client:
        stored = client.post("/api/v1/files/", files={"file": ("dot.png", b64decode(DOT[22:]), "image/png")})
    attached = {"type": "image", "name": "dot.png", "content_type": "image/png", "url": stored.json()["id"]}
    WindowChat(smart, smart.user).send("What is in this picture?", attached=[attached])
    assert "<attached_files>" in str(sent(smart)["messages"])
    assert smart.backends.requests[-1].model == "gpt-4o-mini"
    assert smart.last_record()["intent"] == "explain"


def test_a_later_message_may_go_to_a_backend_that_does_not_see(smart: Installation) -> None:
    smart.in_order("mistral:7b", "gpt-4o-mini")
    talk = [*picture("what is on it"), {"role": "assistant", "content": "a dot"}]
    asking(smart, False, "", messages=[*talk, {"role": "user", "content": "thank you"}])
    assert smart.backends.requests[0].model == "mistral:7b"
    assert "[image]" in str(sent(smart)["messages"])


@pytest.mark.parametrize("backend", ["gpt-4o-mini", "mistral:7b"])
@pytest.mark.parametrize("streamed", [False, True])
def test_a_schema_reaches_the_backend_and_its_json_the_caller(
    smart: Installation, backend: str, streamed: bool
) -> None:
    smart.in_order(backend)
    said = json.loads(asking(smart, streamed, "describe a harbour", response_format=SCHEMA))
    assert set(said) == {"name", "depth_m"}
    wanted = SCHEMA["json_schema"]["schema"] if backend == "mistral:7b" else SCHEMA  # type: ignore[index]
    assert wanted in (sent(smart).get("format"), sent(smart).get("response_format"))


def test_json_mode_is_known_to_ollama_under_another_name(smart: Installation) -> None:
    smart.in_order("mistral:7b")
    asking(smart, False, "describe a harbour", response_format={"type": "json_object"})
    assert sent(smart)["format"] == "json"


@pytest.mark.parametrize("streamed", [False, True])
def test_json_mode_survives_a_fallback(smart: Installation, streamed: bool) -> None:
    smart.in_order("gpt-4o-mini", "gpt-4o")
    smart.backends.fault("gpt-4o-mini", "overloaded")
    text = asking(smart, streamed, "describe a harbour", response_format={"type": "json_object"})
    assert json.loads(text)["simulated"] is True
    assert [body["response_format"] for body in (sent(smart, 0), sent(smart, 1))] == [
        {"type": "json_object"}
    ] * 2


@pytest.mark.parametrize("streamed", [False, True])
def test_every_parameter_is_passed_on(smart: Installation, streamed: bool) -> None:
    smart.in_order("gpt-4o-mini")
    asking(smart, streamed, "hello there", **PARAMETERS)
    got = {k: v for k, v in sent(smart).items() if k not in ("model", "messages", "stream", "stream_options")}
    assert got == {key: value for key, value in PARAMETERS.items() if value is not None}


def test_ollama_gets_what_it_knows_by_its_own_names(smart: Installation) -> None:
    smart.in_order("mistral:7b")
    asking(smart, True, "hello there", temperature=0.3, seed=7, stop=["END"], max_tokens=400)
    assert sent(smart)["options"] == {"temperature": 0.3, "seed": 7, "stop": ["END"], "num_predict": 400}


@pytest.mark.parametrize("streamed", [False, True])
def test_an_answer_that_was_cut_by_its_limit_says_so(smart: Installation, streamed: bool) -> None:
    smart.in_order("gpt-4o-mini")
    if streamed:
        events = smart.stream("hello there", smart.user, max_tokens=5)
        reasons = [c["finish_reason"] for event in events for c in event["choices"] if c["finish_reason"]]
    else:
        reasons = [smart.chat("hello there", smart.user, max_tokens=5)["choices"][0]["finish_reason"]]
    assert reasons == ["length"]
    assert smart.last_record()["outcome"] == "ok"


def test_thoughts_arrive_apart_from_the_answer(smart: Installation) -> None:
    smart.in_order("o3-mini")
    plain = smart.chat("hello there")["choices"][0]["message"]
    assert "I am simulated" in plain["reasoning_content"]
    events = smart.stream("hello there")
    thoughts = "".join(
        choice["delta"].get("reasoning_content") or "" for event in events for choice in event["choices"]
    )
    assert thoughts == plain["reasoning_content"]
    assert content_of(events) == plain["content"]
    answer = WindowChat(smart, smart.admin).send("hello there")
    kinds = [item["type"] for item in answer["output"]]
    assert kinds == ["reasoning", "message"]
    assert smart.last_record()["output_tokens"] > 0


@pytest.mark.parametrize("streamed", [False, True])
def test_what_one_provider_signed_is_not_replayed_to_another(smart: Installation, streamed: bool) -> None:
    smart.in_order("gpt-4o")
    signed = {"reasoning_details": [{"type": "reasoning.encrypted", "data": "c2lnbmVk"}], "signature": "s"}
    talk = [
        {"role": "user", "content": "hello there"},
        {"role": "assistant", "content": "hello", **signed},
        {"role": "user", "content": "how are you"},
    ]
    asking(smart, streamed, "", messages=talk)
    assert sent(smart)["messages"] == [talk[0], {"role": "assistant", "content": "hello"}, talk[2]]


def test_what_two_providers_signed_in_one_turn_is_replayed_to_neither(smart: Installation) -> None:
    smart.in_order("gpt-4o", "gpt-4o-mini")
    tools = [{"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}]
    signed = {"reasoning_details": [{"type": "reasoning.encrypted", "data": "c2lnbmVk"}]}
    talk: list[dict[str, Any]] = [{"role": "user", "content": "what is the weather"}]
    answered: list[tuple[str, int]] = []
    for failing in (False, False, True, False):
        if failing:
            smart.backends.fault("gpt-4o", "overloaded")
        said = smart.chat("", tools=tools, tool_choice="required", messages=talk)["choices"][0]["message"]
        request = smart.backends.requests[-1]
        signatures = sum("reasoning_details" in message for message in request.body["messages"])
        answered.append((request.model, signatures))
        talk += [said | signed, {"role": "tool", "tool_call_id": said["tool_calls"][0]["id"], "content": "?"}]
    # The second round may replay the first's; after a change of backend nobody's are any more.
    assert answered == [("gpt-4o", 0), ("gpt-4o", 1), ("gpt-4o-mini", 0), ("gpt-4o-mini", 0)]


def shown(chat: WindowChat, message: dict[str, Any]) -> str:
    """All text of a message's parts, as it is stored now."""
    return text_of({"output": chat.stored(message["id"])["output"]})


def test_continue_shows_the_backend_what_was_said_and_keeps_both_parts(smart: Installation) -> None:
    smart.in_order("gpt-4o-mini", "gpt-4o")
    chat = WindowChat(smart, smart.user)
    first = chat.send("hello there")
    with smart.api(smart.user) as client:
        client.post(
            "/api/chat/completions",
            json={
                "model": SMART,
                "messages": chat._messages,
                "stream": True,
                "session_id": chat.session_id,
                "chat_id": chat.chat_id,
                "assistant_message_id": first["id"],
                "parent_id": chat._asked["id"],
                "user_message": chat._asked,
                "message_ids": [{"model_id": SMART, "message_id": first["id"]}],
            },
        ).raise_for_status()
    assert smart.backends.wait_idle(5)
    assert smart.backends.wait_idle(5)
    # The demo answers the same question again; both answers stand in the one message.
    twice = eventually(lambda: said.count(text_of(first)) == 2 if (said := shown(chat, first)) else False)
    assert twice, chat.stored(first["id"])
    assert [seen.model for seen in smart.backends.requests] == ["gpt-4o-mini", "gpt-4o-mini"]
    assert [message["role"] for message in sent(smart)["messages"]] == ["user", "assistant"]


def test_an_edited_question_is_a_new_one_and_stays_with_its_backend(smart: Installation) -> None:
    chat = WindowChat(smart, smart.user)
    first = chat.send("hello there")
    chat._last = None
    chat._messages.clear()
    edited = chat.send("hello there, old friend")
    assert edited["selectedModelId"] == first["selectedModelId"]
    assert [message["content"] for message in sent(smart)["messages"]] == ["hello there, old friend"]
    record = next(r for r in smart.records() if r["message_id"] == edited["id"])
    assert record["reason"] != "regenerated"


@pytest.mark.parametrize("models", [(SMART, "gpt-4o"), (SMART, SMART), (SMART, "smart_router.fast")])
def test_two_models_side_by_side_answer_each_once(smart: Installation, models: tuple[str, str]) -> None:
    smart.registry("version: 1\nvariants: {fast: {}}")
    with smart.api(smart.admin) as client:
        client.get("/api/models", params={"refresh": True}).raise_for_status()
    chat = WindowChat(smart, smart.user)
    ids = [str(uuid.uuid4()) for _ in models]
    columns = [
        {"model_id": model, "message_id": id, "modelIdx": n}
        for n, (model, id) in enumerate(zip(models, ids, strict=True))
    ]
    chat.send("hello there", wait=False, message_ids=columns)
    answers = [chat.answer(id) for id in ids]
    for answer in answers:
        assert text_of(answer).count("**Simulated answer from") == 1
        assert text_of(answer).count("You asked: “hello there”") == 1
    assert smart.backends.wait_idle(5)
    assert len(smart.backends.requests) == 2
    records = smart.records(chat_id=chat.chat_id)
    ours = [id for model, id in zip(models, ids, strict=True) if model.startswith("smart_router.")]
    assert {record["turn_id"] for record in records} == set(ours)
    assert len(records) == len(ours)
    for id, answer in zip(ids, answers, strict=True):
        if id in ours:
            backend = next(record["backend"] for record in records if record["message_id"] == id)
            assert answer["selectedModelId"] == backend
            assert f"answer from `{backend}`" in text_of(answer)


def test_a_preset_on_smart_answers_in_the_window_under_its_own_name(smart: Installation) -> None:
    with model_row(smart, "pirate", base_model_id=SMART, params={"system": "Talk like a pirate."}):
        smart.in_order("gpt-4o-mini", "gpt-4o")
        chat = WindowChat(smart, smart.user, model="pirate")
        first = chat.send("hello there")
        smart.backends.fault("gpt-4o-mini", "drop", after_tokens=20)
        second = chat.send("hello again")
    for answer in (first, second):
        assert text_of(answer).count("system prompt: “Talk like a pirate.”") == 1
    assert first["model"] == "pirate"
    assert first["selectedModelId"] == "gpt-4o-mini"
    assert second["selectedModelId"] == "gpt-4o"
    prompts = [m["content"] for m in sent(smart)["messages"] if m["role"] == "system"]
    assert prompts == ["Talk like a pirate."]


def test_a_temporary_chat_falls_back_like_any_other(smart: Installation) -> None:
    smart.in_order("gpt-4o-mini", "gpt-4o")
    smart.backends.fault("gpt-4o-mini", "overloaded")
    before = [record["id"] for record in smart.records()]
    session = str(uuid.uuid4())
    text = asking(smart, True, "hello there", chat_id=f"temporary:{session}")
    assert text.startswith("**Simulated answer from `gpt-4o`.**")
    assert [record["id"] for record in smart.records()] == before
