"""Unstreamed answers."""

from __future__ import annotations

from typing import Any

import pytest

from smart_router.delivery import DeliverySettings, deliver
from smart_router.errors import ErrorKind

from .fakes import Bench, Hang, answer, chunk, fails, says, tool_chunk


async def ask(bench: Bench) -> dict[str, Any]:
    result = await deliver(bench.plan)
    assert isinstance(result, dict)
    return result


async def test_an_answer_is_returned_as_it_came_with_who_gave_it() -> None:
    bench = Bench("ada", ada=[answer("Hi", reasoning_content="hm")], stream=False)
    assert await ask(bench) == {**answer("Hi", reasoning_content="hm"), "selected_model_id": "ada"}
    assert bench.channel.calls[0][1]["stream"] is False
    assert bench.delivery.outcome == "ok"
    assert bench.delivery.finish_reason == "stop"
    assert (bench.delivery.input_tokens, bench.delivery.output_tokens) == (10, 5)
    assert bench.delivery.text_chars == 2


async def test_tool_calls_are_an_answer_and_are_not_attributed() -> None:
    bench = Bench("ada", ada=[answer(None, tool_calls=[{"id": "1"}])], stream=False)
    assert "selected_model_id" not in await ask(bench)
    assert bench.delivery.tool_calls


@pytest.mark.parametrize(
    ("body", "kind", "provider"),
    [
        ({"error": {"message": "boom"}}, "server_error", "openai"),
        ({"error": "boom"}, "server_error", "openai"),
        ({"detail": "Model not found"}, "not_found", "openai"),
        ({}, "empty_answer", "openai"),
        ({"choices": [{"error": {"code": 502, "message": "bad gateway"}}]}, "server_error", "openai"),
        (answer("  "), "empty_answer", "openai"),
        ({**answer(""), "usage": {"prompt_tokens": 0, "completion_tokens": 0}}, "server_error", "ollama"),
        (fails(ErrorKind.OVERLOADED), "overloaded", "openai"),
        (RuntimeError("socket closed"), "connection", "openai"),
    ],
)
async def test_what_is_no_answer_moves_to_the_next_candidate(body: Any, kind: str, provider: str) -> None:
    bench = Bench({"ada": {"provider": provider}, "bob": {}}, ada=[body], bob=[answer("Hi")], stream=False)
    assert (await ask(bench))["selected_model_id"] == "bob"
    assert bench.attempts == [("ada", "answer", kind), ("bob", "fallback", None)]


async def test_a_filtered_answer_is_said_to_be_one() -> None:
    filtered = answer("")
    filtered["choices"][0]["finish_reason"] = "content_filter"
    bench = Bench("ada bob", ada=[filtered], stream=False)
    assert "content rules" in (await ask(bench))["error"]["message"]


async def test_when_all_fail_there_is_an_error_and_no_choices() -> None:
    bench = Bench("ada", ada=[fails(ErrorKind.BAD_REQUEST, status=400)], stream=False)
    body = await ask(bench)
    assert "choices" not in body
    assert body["error"]["message"] == body["error"]["detail"] == bench.delivery.user_message
    assert body["error"]["code"] == "bad_request"
    assert bench.delivery.status == 400


async def test_an_answer_that_does_not_come_is_given_up() -> None:
    settings = DeliverySettings(first_token_timeout_s=5, idle_timeout_s=10)
    bench = Bench("ada bob", ada=[Hang()], bob=[answer("Hi")], stream=False, settings=settings)
    assert (await ask(bench))["selected_model_id"] == "bob"
    assert bench.delivery.latency_ms == pytest.approx(25_000, abs=1)
    assert bench.attempts[0] == ("ada", "answer", "timeout_first_token")


async def test_a_stream_that_nobody_asked_for_is_put_together() -> None:
    bench = Bench("ada", ada=[says("Hel", "lo")], stream=False)
    body = await ask(bench)
    assert body["choices"][0]["message"]["content"] == "Hello"
    assert body["usage"] == {"prompt_tokens": 10, "completion_tokens": 2}
    assert bench.channel.closed == ["ada"]
    tools = [tool_chunk('{"a"', "f"), tool_chunk(": 1}"), chunk({}, "tool_calls"), b"data: [DONE]\n"]
    bench = Bench("ada", ada=[tools], stream=False)
    choice = (await ask(bench))["choices"][0]
    assert choice["finish_reason"] == "tool_calls"
    assert choice["message"]["tool_calls"] == [
        {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": '{"a": 1}'}}
    ]


async def test_a_task_is_recorded_as_one() -> None:
    bench = Bench("ada", ada=[answer("Title")], stream=False, task="title_generation")
    await ask(bench)
    assert bench.attempts == [("ada", "task", None)]


@pytest.mark.parametrize("choice", [None, "x", 5])
async def test_an_answer_without_the_form_of_one_is_the_backends_failure(choice: object) -> None:
    bench = Bench("ada bob", ada=[{"choices": [choice]}], bob=[answer("Hi")], stream=False)
    assert (await ask(bench))["selected_model_id"] == "bob"
    assert bench.attempts[0] == ("ada", "answer", ErrorKind.SERVER_ERROR)


@pytest.mark.parametrize("odd", [float("inf"), float("nan"), -1, 2**62])
async def test_counts_that_are_none_are_unknown_and_keep_no_answer_back(odd: Any) -> None:
    body = {**answer("Hi"), "usage": {"prompt_tokens": odd, "completion_tokens": 5, "cost": odd}}
    bench = Bench("ada", ada=[body], stream=False)
    assert (await ask(bench))["selected_model_id"] == "ada"
    assert (bench.delivery.outcome, bench.delivery.input_tokens, bench.delivery.output_tokens) == (
        "ok",
        None,
        5,
    )
    assert bench.delivery.cost_source != "reported"
