"""Streams of the Responses API arrive as any other."""

from __future__ import annotations

import json
from typing import Any

from smart_router.delivery import deliver_stream

from .fakes import Bench, Piece, listen, says


def stream(*events: dict[str, Any]) -> list[Piece]:
    """As Open WebUI passes it on: event lines, data lines, blank lines."""
    pieces: list[Piece] = []
    for event in events:
        pieces += [
            f"event: {event['type']}\n".encode(),
            b"data: " + json.dumps(event).encode() + b"\n",
            b"\n",
        ]
    return pieces


CREATED = {"type": "response.created", "response": {"id": "resp_1", "created_at": 5, "model": "o9"}}
USAGE = {"input_tokens": 11, "output_tokens": 7, "total_tokens": 18,
         "input_tokens_details": {"cached_tokens": 3}}  # fmt: skip
COMPLETED = {"type": "response.completed", "response": {"usage": USAGE}}


def text(delta: str) -> dict[str, Any]:
    return {"type": "response.output_text.delta", "output_index": 1, "delta": delta}


async def test_text_thoughts_and_usage_arrive() -> None:
    script = stream(
        CREATED,
        {"type": "response.in_progress", "response": {"error": None}},
        {"type": "response.reasoning_summary_text.delta", "delta": "hm", "output_index": 0},
        {"type": "response.reasoning_summary_part.added", "summary_index": 1},
        {"type": "response.reasoning_summary_text.delta", "delta": "ah", "output_index": 0},
        text("Hel"),
        text("lo"),
        {"type": "response.output_item.done", "output_index": 1,
         "item": {"type": "message", "content": [{"type": "output_text", "text": "Hello"}]}},
        COMPLETED,
    )  # fmt: skip
    bench = Bench("ada", ada=[script])
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "Hello"
    assert "".join(c["delta"].get("reasoning_content") or "" for c in heard.choices) == "hm\n\nah"
    assert heard.finishes == ["stop"]
    assert heard.selected == ["ada"]
    assert heard.usages == [{**USAGE, "prompt_tokens": 11, "completion_tokens": 7}]
    delivery = bench.delivery
    assert (delivery.input_tokens, delivery.cached_tokens, delivery.output_tokens) == (11, 3, 7)


async def test_function_calls_become_tool_calls() -> None:
    added = {"type": "function_call", "call_id": "call_9", "name": "weather", "arguments": ""}
    second = {"type": "function_call", "call_id": "call_10", "name": "news", "arguments": '{"b": 2}'}
    script = stream(
        CREATED,
        {"type": "response.output_item.added", "output_index": 0, "item": added},
        {"type": "response.function_call_arguments.delta", "output_index": 0, "delta": '{"a"'},
        {"type": "response.function_call_arguments.delta", "output_index": 0, "delta": ": 1}"},
        {"type": "response.output_item.done", "output_index": 0, "item": {**added, "arguments": '{"a": 1}'}},
        {"type": "response.output_item.done", "output_index": 1, "item": second},
        COMPLETED,
    )
    bench = Bench("ada", ada=[script])
    heard = await listen(deliver_stream(bench.plan))
    calls: dict[int, dict[str, str]] = {}
    for choice in heard.choices:
        for call in choice["delta"].get("tool_calls", ()):
            kept = calls.setdefault(call["index"], {"arguments": ""})
            kept["arguments"] += call["function"]["arguments"]
            kept |= {"id": call["id"], "name": call["function"]["name"]} if call.get("id") else {}
    assert calls == {
        0: {"id": "call_9", "name": "weather", "arguments": '{"a": 1}'},
        1: {"id": "call_10", "name": "news", "arguments": '{"b": 2}'},
    }
    assert heard.finishes == ["tool_calls"]
    assert heard.selected == []


async def test_a_message_without_deltas_a_refusal_and_a_citation_arrive() -> None:
    whole = {"type": "message", "content": [{"type": "output_text", "text": "At once"}]}
    cited = {"type": "url_citation", "url": "https://a.example", "title": "A"}
    script = stream(
        CREATED,
        {"type": "response.output_item.done", "output_index": 0, "item": whole},
        {"type": "response.output_text.annotation.added", "annotation": cited},
        COMPLETED,
    )
    heard = await listen(deliver_stream(Bench("ada", ada=[script]).plan))
    assert heard.text == "At once"
    (annotation,) = [a for c in heard.choices for a in c["delta"].get("annotations", ())]
    assert annotation["url_citation"] == {"url": "https://a.example", "title": "A"}
    refusal = stream(CREATED, {"type": "response.refusal.delta", "delta": "I can't."}, COMPLETED)
    assert (await listen(deliver_stream(Bench("ada", ada=[refusal]).plan))).text == "I can't."


async def test_failures_move_to_the_next_candidate() -> None:
    failures = [
        ({"type": "error", "code": "rate_limit_exceeded", "message": "slow down"}, "rate_limited"),
        ({"type": "error", "error": {"type": "overloaded_error", "message": "x"}}, "overloaded"),
        ({"type": "response.failed", "response": {"error": {"code": "server_error", "message": "x"}}},
         "server_error"),
        ({"type": "response.failed", "response": {}}, "server_error"),
        (COMPLETED, "empty_answer"),
    ]  # fmt: skip
    for event, kind in failures:
        bench = Bench("ada bob", ada=[stream(CREATED, event)], bob=[says("Hi")])
        assert (await listen(deliver_stream(bench.plan))).text == "Hi"
        assert bench.attempts[0] == ("ada", "answer", kind)


async def test_an_answer_that_hit_its_limit_says_so() -> None:
    cut = {"type": "response.incomplete", "response": {"incomplete_details": {"reason": "max_output_tokens"}}}
    bench = Bench("ada", ada=[stream(CREATED, text("Hel"), cut)])
    assert (await listen(deliver_stream(bench.plan))).finishes == ["length"]


async def test_a_response_that_breaks_off_is_continued_by_a_backend_of_the_other_kind() -> None:
    bench = Bench("ada bob", ada=[[*stream(CREATED, text("One two ")), ConnectionResetError()]],
                  bob=[says("three")])  # fmt: skip
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "One two three"
    back = Bench("ada bob", ada=[[*says("One two ")[:4], ConnectionResetError()]],
                 bob=[stream(CREATED, text("two"), text(" three"), COMPLETED)])  # fmt: skip
    heard = await listen(deliver_stream(back.plan))
    assert heard.text == "One two three"
    assert {body["id"] for body in heard.bodies if body.get("choices")} == {"chatcmpl-1"}
