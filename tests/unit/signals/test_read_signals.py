"""read_signals: every fact on a request, and no content that breaks it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_router.request import ChatRequest, User
from smart_router.signals import read_signals
from smart_router.signals.tokens import estimate_tokens


def request(*texts: Any, parameters: dict[str, Any] | None = None, **more: Any) -> ChatRequest:
    """A conversation: user, assistant, user …"""
    roles = ("user", "assistant")
    messages = tuple({"role": roles[i % 2], "content": text} for i, text in enumerate(texts))
    return ChatRequest(messages=messages, parameters=parameters or {}, user=User("u"), turn_id="t", **more)


def test_the_last_user_message_is_the_ask_and_the_earlier_ones_its_history() -> None:
    signals = read_signals(request("design a cache", "Shall I write it?", "yes please"))
    assert signals.ask == "yes please"
    assert signals.history == ("design a cache",)
    assert signals.previous_answer == "Shall I write it?"
    assert signals.follow_up
    assert signals.turns == 2


def test_a_first_message_is_never_a_follow_up_and_a_long_one_stands_alone() -> None:
    assert not read_signals(request("yes")).follow_up
    assert not read_signals(request("hi", "hello", "word " * 40)).follow_up


def test_the_thinking_of_the_assistant_is_left_out() -> None:
    signals = read_signals(request("a", '<details type="reasoning">secret thoughts</details>Done?', "b"))
    assert signals.previous_answer == "Done?"


def test_images_tools_files_and_json_mode_are_counted() -> None:
    parts = [
        {"type": "text", "text": "what is this?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
        {"type": "file", "file": {"file_id": "1"}},
    ]
    parameters = {"tools": [{"type": "function"}], "response_format": {"type": "json_object"}}
    signals = read_signals(request(parts, parameters=parameters, files=2))
    assert (signals.images, signals.tools, signals.files, signals.json_mode) == (1, 1, 2, True)
    assert signals.ask == "what is this?"
    assert signals.input_tokens > 700


def test_a_round_after_a_tool_is_marked_and_keeps_the_ask() -> None:
    base = request("weather in Oslo?")
    call = {
        "role": "assistant",
        "content": "",
        "tool_calls": [{"function": {"name": "w", "arguments": "{}"}}],
    }
    messages = (*base.messages, call, {"role": "tool", "content": "4 degrees"})
    signals = read_signals(ChatRequest(messages=messages, parameters={}, user=User("u"), turn_id="t"))
    assert signals.tool_round
    assert signals.ask == "weather in Oslo?"


@pytest.mark.parametrize("role", ["system", "assistant", "tool"])
def test_sensitive_content_counts_wherever_it_is_sent(role: str) -> None:
    messages = ({"role": role, "content": "password: Hunter2!x"}, {"role": "user", "content": "hello"})
    signals = read_signals(ChatRequest(messages=messages, parameters={}, user=User("u"), turn_id="t"))
    assert signals.sensitive
    assert signals.sensitive_kinds == ("credentials",)


def test_contact_alone_does_not_make_a_request_sensitive() -> None:
    signals = read_signals(request("write to karl.huber@gmx.de"))
    assert not signals.sensitive
    assert signals.sensitive_kinds == ("contact",)


def test_a_key_in_the_arguments_of_a_tool_call_is_seen() -> None:
    call = {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"function": {"name": "login", "arguments": '{"k": "AKIAZ4QX7J2MWPLRT3VN"}'}}],
    }
    messages = ({"role": "user", "content": "go"}, call)
    signals = read_signals(ChatRequest(messages=messages, parameters={}, user=User("u"), turn_id="t"))
    assert signals.sensitive_kinds == ("api_key",)


def test_code_is_told_from_prose() -> None:
    code = "def f(x):\n    return x + 1\n\nfor i in range(3):\n    print(f(i))\n"
    assert read_signals(request(code)).code_share > 0.6
    assert read_signals(request("fix it\n```js\n" + "a();\n" * 30 + "```")).code_share > 0.6
    assert read_signals(request("I like walking.\nThe sea is near.\nWe should go (soon).")).code_share < 0.2


@pytest.mark.parametrize(
    ("text", "language", "tokens"),
    [
        ("The quick brown fox jumps over the lazy dog near the river bank.", "en", 14),
        ("Der Zug fährt heute leider erst eine halbe Stunde später ab.", "de", 14),
        ("Мы поедем на дачу в субботу утром, если не будет дождя.", "ru", 17),
        ("我们明天早上去公园散步，然后一起吃午饭。", "zh", 15),
    ],
)
def test_the_token_estimate_is_near_what_o200k_counts(text: str, language: str, tokens: int) -> None:
    """Counts are those of o200k_base; single sentences may be off by more than the mean error."""
    assert abs(estimate_tokens(text, language) - tokens) <= 0.3 * tokens


def test_the_token_estimate_grows_with_the_text() -> None:
    sentence = "The harbour was quiet and the boats lay still. "
    assert estimate_tokens("", "en") == 0
    assert abs(estimate_tokens(sentence * 4000, "en") / estimate_tokens(sentence * 40, "en") - 100) < 10


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
MESSAGE = st.dictionaries(
    st.sampled_from(["role", "content", "images", "tool_calls", "name"]),
    JSON | st.sampled_from(["user", "assistant", "system", "tool"]),
    max_size=5,
)


@settings(max_examples=120, deadline=None)
@given(
    messages=st.lists(MESSAGE, max_size=5), parameters=st.dictionaries(st.text(max_size=12), JSON, max_size=4)
)
def test_no_body_makes_reading_raise(messages: list[dict[str, Any]], parameters: dict[str, Any]) -> None:
    signals = read_signals(
        ChatRequest(messages=tuple(messages), parameters=parameters, user=User("u"), turn_id="t")
    )
    assert 0 <= signals.code_share <= 1
    assert signals.input_tokens >= 0
