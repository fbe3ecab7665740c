"""Whatever a backend does, the next one answers, whole and once; the record says what happened."""

from __future__ import annotations

from typing import Any

import pytest

from smart_router.cli.demo import KINDS
from tests.support.installation import Installation, content_of

HOSTED, LOCAL = "gpt-4o-mini", "mistral:7b"
TOOL = {
    "type": "function",
    "function": {"name": "weather", "description": "", "parameters": {"type": "object", "properties": {}}},
}

#: Fault → error kind of the plain and of the streamed attempt. Where the two protocols differ it is
#: Open WebUI that passes Ollama's errors on in other words, or not at all.
HOSTED_KINDS = {
    "rate_limited": ("rate_limited", "rate_limited"),
    "auth": ("auth", "auth"),
    "not_found": ("not_found", "not_found"),
    "no_tools": ("bad_parameter", "bad_parameter"),
    "overloaded": ("overloaded", "overloaded"),
    "server_error_text": ("server_error", "server_error"),
    "server_error_json": ("server_error", "server_error"),
    "error_200": ("server_error", "server_error"),
    "refuse": ("connection", "connection"),
    "hang": ("timeout_first_token", "timeout_first_token"),
    "stall": ("timeout_first_token", "timeout_idle"),
    "drop": ("connection", "mid_stream"),
    "error_mid_stream": ("server_error", "mid_stream"),
    "empty": ("empty_answer", "empty_answer"),
}
LOCAL_KINDS = HOSTED_KINDS | {
    "content_filter": ("bad_request", "bad_request"),
    "server_error_text": ("connection", "connection"),
    "drop": ("connection", "mid_stream"),
    "empty": ("server_error", "empty_answer"),
}
#: After these some text is out already, and the next backend goes on where it stopped.
MID_STREAM = {"stall", "drop", "error_mid_stream"}
#: These end with an answer of their own, and are tried below.
OTHER = {"slow_tokens", "content_filter"}

CASES = [
    pytest.param(first, kind, streamed, id=f"{first}-{kind}-{'streamed' if streamed else 'plain'}")
    for first, kinds in ((HOSTED, HOSTED_KINDS), (LOCAL, LOCAL_KINDS))
    for kind in kinds
    for streamed in (False, True)
]


def text_from(backend: str, question: str = "hello there") -> str:
    return (
        f"**Simulated answer from `{backend}`.** This is a demo backend; no model has thought about it.\n\n"
        f"You asked: “{question}”"
    )


def attempts(record: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(attempt["backend"], attempt["error_kind"]) for attempt in record["attempts"]]


def seen(smart: Installation) -> list[str]:
    return [request.model for request in smart.backends.requests]


def test_every_fault_is_tried() -> None:
    assert set(HOSTED_KINDS) | OTHER == set(LOCAL_KINDS) | OTHER == set(KINDS)


@pytest.mark.parametrize(("first", "kind", "streamed"), CASES)
def test_the_next_backend_answers(smart: Installation, first: str, kind: str, streamed: bool) -> None:
    second = "qwen2.5:3b" if first == HOSTED else "gpt-4o"
    smart.in_order(first, second)
    if kind in ("hang", "stall"):
        smart.valves(first_token_timeout_s=1.5, idle_timeout_s=0.75)
    smart.backends.fault(first, kind)
    tools = {"tools": [TOOL]} if kind == "no_tools" else {}
    if streamed:
        events = smart.stream("hello there", smart.user, **tools)
        assert [event for event in events if "error" in event] == []
        text = content_of(events)
        calls = [
            c["delta"]["tool_calls"] for e in events for c in e["choices"] if c["delta"].get("tool_calls")
        ]
    else:
        answer = smart.chat("hello there", smart.user, **tools)
        message = answer["choices"][0]["message"]
        text, calls = message["content"] or "", message.get("tool_calls")
    if tools:
        assert calls
    else:
        assert text.startswith(text_from(second))
        assert text.count("Simulated") == 1
    record = smart.last_record()
    expected = (HOSTED_KINDS if first == HOSTED else LOCAL_KINDS)[kind][streamed]
    assert attempts(record) == [(first, expected), (second, None)]
    continued = streamed and kind in MID_STREAM
    assert record["outcome"] == ("continued" if continued else "fallback")
    assert [a["purpose"] for a in record["attempts"]] == [
        "answer",
        "continuation" if continued else "fallback",
    ]
    assert record["backend"] == second
    assert smart.backends.wait_idle(5)
    assert seen(smart) == [first, second]


@pytest.mark.parametrize("streamed", [False, True])
def test_when_all_fail_there_is_one_clear_error_and_never_an_empty_answer(
    smart: Installation, streamed: bool
) -> None:
    smart.in_order(HOSTED, LOCAL, "gpt-4o")
    smart.backends.fault(HOSTED, "server_error_text")
    smart.backends.fault(LOCAL, "empty")
    smart.backends.fault("gpt-4o", "overloaded")
    if streamed:
        (event,) = smart.stream("hello there", smart.user)
        error = event["error"]
    else:
        answer = smart.chat("hello there", smart.user)
        assert "choices" not in answer
        error = answer["error"]
    assert error["message"].startswith(
        "No model could answer: gpt-4o-mini had an internal error, mistral:7b "
    )
    assert error["message"].endswith("and gpt-4o is overloaded. Please try again in a moment.")
    record = smart.last_record()
    assert (record["outcome"], record["error_kind"] is None) == ("failed", False)
    assert [backend for backend, _ in attempts(record)] == seen(smart)
    assert set(seen(smart)) == {HOSTED, LOCAL, "gpt-4o"}
    assert all(kind for _, kind in attempts(record))


@pytest.mark.parametrize("streamed", [False, True])
def test_a_provider_that_declines_the_content_is_not_shopped_around(
    smart: Installation, streamed: bool
) -> None:
    smart.in_order(HOSTED, LOCAL)
    smart.backends.fault(HOSTED, "content_filter")
    answer = smart.stream("hello there")[0] if streamed else smart.chat("hello there")
    assert answer["error"]["message"] == "gpt-4o-mini declined this request because of its content rules."
    assert attempts(smart.last_record()) == [(HOSTED, "content_filter")]
    assert seen(smart) == [HOSTED]


@pytest.mark.parametrize("backend", [HOSTED, LOCAL])
@pytest.mark.parametrize("streamed", [False, True])
def test_slow_is_not_broken(smart: Installation, backend: str, streamed: bool) -> None:
    smart.in_order(backend, "gpt-4o")
    smart.valves(first_token_timeout_s=1.5, idle_timeout_s=1.5)
    smart.backends.fault(backend, "slow_tokens", delay_s=0.01)
    ask = smart.stream if streamed else smart.chat
    ask("hello there")
    assert attempts(smart.last_record()) == [(backend, None)]


def test_a_passing_failure_of_all_is_tried_once_more(smart: Installation) -> None:
    smart.in_order(HOSTED, LOCAL)
    smart.backends.fault(HOSTED, "overloaded", times=1)
    smart.backends.fault(LOCAL, "server_error_json")
    assert smart.chat("hello there")["selected_model_id"] == HOSTED
    record = smart.last_record()
    assert attempts(record) == [(HOSTED, "overloaded"), (LOCAL, "server_error"), (HOSTED, None)]
    assert [backend for backend, _ in attempts(record)] == seen(smart)


def test_a_connection_where_nobody_listens_costs_a_fallback_no_more(smart: Installation) -> None:
    smart.in_order(LOCAL, HOSTED)
    smart.backends.refuse_connections("ollama")
    for ask in (smart.chat, smart.stream):
        ask("hello there")
        record = smart.last_record()
        assert attempts(record) == [(LOCAL, "connection"), (HOSTED, None)]


def test_with_mid_stream_set_to_error_the_user_reads_that_it_broke_off(smart: Installation) -> None:
    smart.in_order(HOSTED, LOCAL)
    smart.valves(mid_stream="error")
    smart.backends.fault(HOSTED, "drop", after_tokens=12)
    events = smart.stream("hello there")
    assert content_of(events).startswith("**Simulated answer from")
    assert "What you see is incomplete" in events[-1]["error"]["message"]
    record = smart.last_record()
    assert (record["outcome"], attempts(record)) == ("failed", [(HOSTED, "mid_stream")])
    assert seen(smart) == [HOSTED]


@pytest.mark.parametrize("fault", ["drop", "error_mid_stream", "stall"])
@pytest.mark.parametrize("after_tokens", [1, 20, 40])
def test_a_broken_answer_is_continued_without_a_word_twice_or_missing(
    smart: Installation, fault: str, after_tokens: int
) -> None:
    """The demo's answers differ in the model's name alone, so the seam shows."""
    smart.in_order(HOSTED, "gpt-4o")
    smart.valves(first_token_timeout_s=1.5, idle_timeout_s=1.5)
    smart.backends.fault(HOSTED, fault, after_tokens=after_tokens)
    text = content_of(smart.stream("hello there"))
    assert text.count("This is a demo backend") == 1
    assert text.count("You asked: “hello there”") == 1
    assert text.rstrip().endswith("system prompt: none")
    assert smart.last_record()["outcome"] == "continued"


@pytest.mark.parametrize("fault", ["drop", "error_mid_stream"])
def test_a_tool_call_that_breaks_off_is_made_by_the_next_backend(smart: Installation, fault: str) -> None:
    smart.in_order(HOSTED, "gpt-4o")
    smart.backends.fault(HOSTED, fault, after_tokens=1)
    events = smart.stream("what is the weather", tools=[TOOL])
    assert [event for event in events if "error" in event] == []
    names = [
        call["function"]["name"]
        for event in events
        for choice in event["choices"]
        for call in choice["delta"].get("tool_calls") or []
        if call.get("function", {}).get("name")
    ]
    assert names == ["weather"]
    assert not any("selected_model_id" in event for event in events)
    assert smart.last_record()["backend"] == "gpt-4o"


def test_records_agree_with_what_the_backends_saw(smart: Installation) -> None:
    """Thirty chats while a third of all calls fail in every way that does not take long."""
    smart.in_order(HOSTED, LOCAL, "gpt-4o", "qwen2.5:3b", only=False)
    smart.valves(breaker_failures=100)
    for kind in ("server_error_json", "overloaded", "drop", "empty", "error_200", "error_mid_stream"):
        smart.backends.fault("*", kind, rate=0.07)
    newest = {record["id"] for record in smart.records(limit=200)}
    for n in range(15):
        smart.chat(f"hello number {n}", smart.user)
        smart.stream(f"hello again {n}", smart.user)
    assert smart.backends.wait_idle(5)
    records = [record for record in smart.records(limit=200) if record["id"] not in newest]
    assert len(records) == 30
    made = [a for record in reversed(records) for a in record["attempts"]]
    assert [a["backend"] for a in made] == seen(smart)
    for attempt, request in zip(made, smart.backends.requests, strict=True):
        if attempt["error_kind"] is None:
            assert request.outcome == "answered"
            assert attempt["output_tokens"] in request.usage.values()
        else:
            assert request.fault is not None
    assert any(a["error_kind"] for a in made)
