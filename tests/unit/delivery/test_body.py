"""What a backend is sent."""

from __future__ import annotations

from typing import Any

from smart_router.delivery import deliver_plain, deliver_stream
from smart_router.delivery.body import build_body
from smart_router.policy.types import Decision
from smart_router.registry.types import Backend
from smart_router.request import ChatRequest, User

from .fakes import Bench, answer, listen, says


def request(*messages: dict[str, Any], stream: bool = False, **parameters: Any) -> ChatRequest:
    return ChatRequest(
        messages or ({"role": "user", "content": "Hi"},), parameters, User("u"), "t", stream=stream
    )


def test_the_caller_comes_before_the_route() -> None:
    decision = Decision("a", parameters={"temperature": 0.1, "top_p": 0.5})
    body = build_body(request(temperature=0.9, tools=[1]), decision, Backend("a", "A"))
    assert (body["temperature"], body["top_p"], body["tools"]) == (0.9, 0.5, [1])


def test_the_administrators_parameters_come_before_the_routes() -> None:
    backend = Backend("a", "A", administrator_parameters=frozenset({"temperature"}))
    body = build_body(request(top_p=1), Decision("a", parameters={"temperature": 0.1}), backend)
    assert "temperature" not in body
    assert body["top_p"] == 1


def test_what_a_model_refuses_is_left_out_whoever_set_it() -> None:
    backend = Backend("a", "A", refuses=frozenset({"temperature", "top_p"}))
    body = build_body(request(temperature=1, seed=3), Decision("a", parameters={"top_p": 0.5}), backend)
    assert body.keys() == {"messages", "stream", "seed"}


def test_ollama_finds_every_parameter_among_its_options() -> None:
    asked = request(
        temperature=0.3,
        seed=7,
        max_completion_tokens=9,
        think=True,
        stop=["x"],
        options={"num_ctx": 1, "seed": 8},
    )
    decision = Decision("a", parameters={"top_k": 5, "temperature": 1})
    body = build_body(asked, decision, Backend("a", "A", provider="ollama"))
    assert body["options"] == {
        "temperature": 0.3, "seed": 8, "num_predict": 9, "think": True, "num_ctx": 1, "top_k": 5,
    }  # fmt: skip
    assert body["stop"] == ["x"]
    assert "temperature" not in body
    hosted = build_body(request(temperature=0.3), Decision("a"), Backend("a", "A", provider="openai"))
    assert "options" not in hosted


def test_json_mode_has_a_name_of_its_own_at_ollama() -> None:
    backend = Backend("a", "A", provider="ollama")
    plain = build_body(request(response_format={"type": "json_object"}), Decision("a"), backend)
    assert plain["options"] == {"format": "json"}
    schema = {"type": "json_schema", "json_schema": {"schema": {"type": "object"}}}
    assert "options" not in build_body(request(response_format=schema), Decision("a"), backend)


def test_usage_is_asked_for_only_in_streams() -> None:
    asked = request(stream_options={"include_usage": True})
    assert "stream_options" not in build_body(asked, Decision("a"), None)
    streamed = build_body(request(stream=True), Decision("a"), None)
    assert streamed["stream_options"] == {"include_usage": True}
    old = Backend("a", "A", refuses=frozenset({"stream_options"}))
    assert "stream_options" not in build_body(request(stream=True), Decision("a"), old)


def test_the_routes_prompt_stands_before_the_chats_own() -> None:
    decision = Decision("a", system_prompt="Be brief.")
    user = {"role": "user", "content": "Hi"}
    for system, expected in [
        ([], [{"role": "system", "content": "Be brief."}]),
        (
            [{"role": "system", "content": "Be kind."}],
            [{"role": "system", "content": "Be brief.\n\nBe kind."}],
        ),
        ([{"role": "system", "content": ""}], [{"role": "system", "content": "Be brief."}]),
        (
            [{"role": "system", "content": [{"type": "text", "text": "x"}]}],
            [
                {
                    "role": "system",
                    "content": [{"type": "text", "text": "Be brief."}, {"type": "text", "text": "x"}],
                }
            ],
        ),
    ]:
        asked = request(*system, user)
        assert build_body(asked, decision, None)["messages"] == [*expected, user]
        assert asked.messages == (*system, user)


def test_what_a_provider_signed_goes_back_to_it_alone() -> None:
    said = {"role": "assistant", "content": "x", "reasoning_details": [{"signature": "s"}], "tool_calls": [1]}
    result = {"role": "tool", "content": "y"}
    asked = request({"role": "user", "content": "w"}, said, result)
    assert build_body(asked, Decision("a"), None, same_backend=True)["messages"][1] == said
    assert build_body(asked, Decision("a"), None)["messages"][1] == {
        "role": "assistant",
        "content": "x",
        "tool_calls": [1],
    }


def test_what_was_signed_before_the_last_question_goes_to_nobody() -> None:
    """Who answered those is not known here: it may have been another one."""
    said = {"role": "assistant", "content": "x", "reasoning_details": [{"signature": "s"}]}
    asked = request({"role": "user", "content": "w"}, said, {"role": "user", "content": "y"}, said)
    messages = build_body(asked, Decision("a"), None, same_backend=True)["messages"]
    assert messages[1] == {"role": "assistant", "content": "x"}
    assert messages[3] == said


def test_signatures_are_found_where_providers_hide_them() -> None:
    function = {"name": "f", "arguments": {"signature": "the letter's"}}
    call = {"id": "1", "function": function}
    text = {"type": "text", "text": "y"}
    said = {
        "role": "assistant",
        "content": [{"type": "thinking", "thinking": "x", "signature": "s"}, {**text, "signature": "s"}],
        "tool_calls": [
            {**call, "extra_content": {"google": {"thought_signature": "s"}}},
            {**call, "extra_content": {"google": {"thought_signature": "s", "other": 1}}},
        ],
    }
    question = {"role": "user", "content": [{"type": "text", "text": "z", "signature": "mine"}]}
    messages = build_body(request(said, question), Decision("a"), None)["messages"]
    assert messages[0] == {
        "role": "assistant",
        "content": [text],
        "tool_calls": [call, {**call, "extra_content": {"google": {"other": 1}}}],
    }
    assert messages[1] == question
    assert "extra_content" in said["tool_calls"][0]


async def test_a_fallback_does_not_see_what_the_first_backend_signed() -> None:
    said = {"role": "assistant", "content": "x", "reasoning_details": [1]}
    bench = Bench("ada bob", ada=[RuntimeError()], bob=[says("Hi")], messages=(said,), previous_backend="ada")
    await listen(deliver_stream(bench.plan))
    sent = [body["messages"][0] for _, body in bench.channel.calls]
    assert sent == [said, {"role": "assistant", "content": "x"}]


async def test_every_attempt_gets_a_body_of_its_own() -> None:
    bench = Bench("ada bob", ada=[{"choices": []}], bob=[answer("Hi")], stream=False)
    await deliver_plain(bench.plan)
    first, second = (body for _, body in bench.channel.calls)
    assert first is not second
    assert first["messages"] is not second["messages"]


def test_a_backend_that_cannot_see_reads_of_earlier_pictures_as_a_word() -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}
    chat = ChatRequest(
        messages=(
            {"role": "user", "content": [{"type": "text", "text": "what is this?"}, picture]},
            {"role": "assistant", "content": "a cat"},
            {"role": "user", "content": "thanks"},
        ),
        parameters={},
        user=User("u"),
        turn_id="t",
    )
    blind = build_body(chat, Decision(chosen="m"), Backend("m", "m"))["messages"]
    assert blind[0]["content"] == [
        {"type": "text", "text": "what is this?"},
        {"type": "text", "text": "[image]"},
    ]
    seeing = build_body(chat, Decision(chosen="m"), Backend("m", "m", capabilities=frozenset({"vision"})))
    assert seeing["messages"][0]["content"][1] == picture
