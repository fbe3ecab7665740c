"""Who is tried next, when that ends, and what the user reads then."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from smart_router.delivery import DeliverySettings, deliver_plain, deliver_stream
from smart_router.errors import ErrorKind

from .fakes import Bench, Hang, Script, Wait, chunk, fails, listen, says


async def test_when_all_fail_the_user_reads_one_clear_sentence() -> None:
    bench = Bench("ada bob", ada=[fails(ErrorKind.AUTH, status=401)], bob=[fails(ErrorKind.NOT_FOUND)])
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == ""
    assert heard.errors == [
        "No model could answer: Ada refused our key, and Bob is not available. Please ask an administrator."
    ]
    assert json.loads(heard.events[0][6:])["error"]["detail"] == heard.errors[0]
    assert bench.delivery.outcome == "failed"
    assert bench.delivery.user_message == heard.errors[0]
    assert bench.delivery.error_kind == "not_found"
    assert [a.status for a in bench.delivery.attempts] == [401, None]


async def test_a_refusal_of_the_policy_reaches_the_user_and_the_record() -> None:
    refusal = {
        "chosen": None,
        "candidates": (),
        "refusal": "no_local",
        "sentence": "There is no local model.",
    }
    bench = Bench("", decision=refusal)
    heard = await listen(deliver_stream(bench.plan))
    assert heard.errors == ["There is no local model."]
    assert bench.delivery.outcome == "refused"


async def test_without_fallback_only_the_chosen_backend_is_tried() -> None:
    bench = Bench(
        "ada bob", ada=[fails(ErrorKind.AUTH)], bob=[says("Hi")], settings=DeliverySettings(fallback=False)
    )
    heard = await listen(deliver_stream(bench.plan))
    assert len(heard.errors) == 1
    assert bench.channel.called == ["ada"]


async def test_a_content_filter_is_not_shopped_around_unless_allowed() -> None:
    scripts = {"ada": [fails(ErrorKind.CONTENT_FILTER)], "bob": [says("Hi")]}
    bench = Bench("ada bob", **scripts)
    heard = await listen(deliver_stream(bench.plan))
    assert heard.errors == ["Ada declined this request because of its content rules."]
    assert bench.channel.called == ["ada"]
    allowed = Bench("ada bob", settings=DeliverySettings(content_filter_fallback=True), **scripts)
    assert (await listen(deliver_stream(allowed.plan))).text == "Hi"


async def test_a_conversation_too_long_goes_to_a_backend_that_reads_more() -> None:
    backends = {
        "ada": {"effective_context_tokens": 8000},
        "bob": {"context_tokens": 128000, "effective_context_tokens": 4000},
        "eve": {"effective_context_tokens": 32000},
    }
    too_long = fails(ErrorKind.CONTEXT_TOO_LONG)
    bench = Bench(backends, ada=[too_long], bob=[says("no")], eve=[says("yes")])
    assert (await listen(deliver_stream(bench.plan))).text == "yes"
    assert bench.channel.called == ["ada", "eve"]
    hopeless = Bench(backends, ada=[too_long], eve=[too_long])
    assert "too long" in (await listen(deliver_stream(hopeless.plan))).errors[0]


async def test_a_refused_parameter_is_left_out_once() -> None:
    refusal = fails(ErrorKind.BAD_PARAMETER, parameter="temperature", status=400)
    bench = Bench("ada bob", ada=[refusal, says("Hi")], parameters={"temperature": 0.2, "top_p": 1})
    assert (await listen(deliver_stream(bench.plan))).text == "Hi"
    first, second = (body for _, body in bench.channel.calls)
    assert first["temperature"] == 0.2
    assert "temperature" not in second
    assert second["top_p"] == 1
    stubborn = Bench("ada bob", ada=[refusal], bob=[says("Hi")], parameters={"temperature": 0.2})
    await listen(deliver_stream(stubborn.plan))
    assert stubborn.channel.called == ["ada", "ada", "bob"]


async def test_tools_are_never_left_out_silently() -> None:
    refusal = fails(ErrorKind.BAD_PARAMETER, parameter="tools", status=400)
    bench = Bench("ada bob", ada=[refusal], bob=[says("Hi")], parameters={"tools": [{}]})
    await listen(deliver_stream(bench.plan))
    assert bench.channel.called == ["ada", "bob"]


async def test_when_everyone_has_failed_a_passing_failure_gets_a_second_chance() -> None:
    bench = Bench(
        "ada bob", ada=[fails(ErrorKind.SERVER_ERROR), says("Hi")], bob=[fails(ErrorKind.TIMEOUT_FIRST_TOKEN)]
    )
    assert (await listen(deliver_stream(bench.plan))).text == "Hi"
    assert bench.channel.called == ["ada", "bob", "ada"]
    assert 200 <= bench.delivery.latency_ms <= 800


async def test_retry_after_is_waited_for_when_it_is_short_and_obeyed_when_it_is_long() -> None:
    soon = fails(ErrorKind.RATE_LIMITED, retry_after_s=12.0)
    bench = Bench("ada", ada=[soon, says("Hi")])
    assert (await listen(deliver_stream(bench.plan))).text == "Hi"
    assert bench.delivery.latency_ms >= 12_000
    late = Bench("ada", ada=[fails(ErrorKind.RATE_LIMITED, retry_after_s=100.0), says("Hi")])
    assert (await listen(deliver_stream(late.plan))).errors == [
        "No model could answer: Ada is over its rate limit. Please try again in a moment."
    ]
    assert late.channel.called == ["ada"]


async def test_no_attempt_begins_after_the_total_time() -> None:
    settings = DeliverySettings(first_token_timeout_s=10, total_timeout_s=15)
    bench = Bench("ada bob eve", ada=[Hang()], bob=[Hang()], eve=[says("Hi")], settings=settings)
    heard = await listen(deliver_stream(bench.plan))
    assert bench.channel.called == ["ada", "bob"]
    assert len(heard.errors) == 1
    assert bench.delivery.latency_ms == pytest.approx(15_000, abs=1)


async def test_an_open_breaker_is_passed_over_without_a_call() -> None:
    bench = Bench("ada bob", ada=[says("no")], bob=[says("Hi")])
    await bench.health.failure("ada", ErrorKind.AUTH, "bad key")
    assert (await listen(deliver_stream(bench.plan))).text == "Hi"
    assert bench.channel.called == ["bob"]


async def test_when_every_breaker_is_open_the_user_reads_so() -> None:
    bench = Bench("ada", ada=[says("no")])
    await bench.health.failure("ada", ErrorKind.AUTH, "bad key")
    heard = await listen(deliver_stream(bench.plan))
    assert heard.errors == [
        "No model can take this request right now: each has just failed or is busy. Try again soon."
    ]
    assert bench.delivery.outcome == "failed"


async def test_a_busy_backend_is_waited_for_briefly_and_then_passed_over() -> None:
    backends = {"ada": {"max_concurrency": 1}, "bob": {}}
    bench = Bench(backends, ada=[[Wait(1), *says("slow")]], bob=[says("quick")])
    busy = await bench.health.admit("ada")
    assert busy is not None
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "quick"
    assert bench.delivery.latency_ms == pytest.approx(2000, abs=1)
    await bench.health.release(busy)
    again = Bench(backends, ada=[says("now")])
    assert (await listen(deliver_stream(again.plan))).text == "now"


async def test_a_missing_grant_does_not_count_against_the_backend() -> None:
    own = fails(ErrorKind.NOT_FOUND)
    own.message = "Model 'ada' was not found"
    bench = Bench("ada bob", ada=[own], bob=[says("Hi")])
    await listen(deliver_stream(bench.plan))
    assert bench.health.view(bench.plan.catalog.backends.values()).of("ada").state == "closed"
    assert all(s.consecutive_failures == 0 for s in bench.health.statuses())


def _nothing_left(finish: str, stream: bool) -> Script:
    usage = {"prompt_tokens": 5, "completion_tokens": 1}
    if stream:
        return [chunk({"role": "assistant"}), chunk({}, finish, usage=usage), b"data: [DONE]\n"]
    choice = {"index": 0, "message": {"role": "assistant", "content": ""}, "finish_reason": finish}
    return {"choices": [choice], "usage": usage}


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize(
    ("limits", "finish"),
    [({"stop": ["I"]}, "stop"), ({"max_tokens": 1}, "length"), ({"max_completion_tokens": 1}, "length")],
)
async def test_a_limit_of_the_caller_that_leaves_nothing_is_nobodys_failure(
    limits: Mapping[str, object], finish: str, stream: bool
) -> None:
    empty = _nothing_left(finish, stream)
    bench = Bench("ada bob", ada=[empty], bob=[empty], parameters=limits, stream=stream)
    for _ in range(6):
        await (listen(deliver_stream(bench.plan)) if stream else deliver_plain(bench.plan))
    assert bench.channel.called == ["ada", "bob"] * 6
    assert all(status.consecutive_failures == 0 for status in bench.health.statuses())
    assert {a.error_kind for d in bench.deliveries for a in d.attempts} == {"empty_answer"}


@pytest.mark.parametrize("parameters", [{}, {"stop": None}, {"temperature": 1}])
async def test_an_emptiness_that_nobody_asked_for_counts(parameters: Mapping[str, object]) -> None:
    bench = Bench("ada", ada=[_nothing_left("stop", True), says("Hi")], parameters=parameters)
    assert (await listen(deliver_stream(bench.plan))).text == "Hi"
    assert bench.channel.called == ["ada", "ada"]


async def test_latency_and_failures_are_told_to_health() -> None:
    bench = Bench("ada bob", ada=[fails(ErrorKind.SERVER_ERROR)], bob=[[Wait(2), *says("Hi")]])
    await listen(deliver_stream(bench.plan))
    view = bench.health.view(bench.plan.catalog.backends.values())
    assert view.of("bob").first_token_ms == pytest.approx(2000, abs=1)
    assert [s.consecutive_failures for s in bench.health.statuses()] == [1, 0]
    assert view.of("bob").in_flight == 0


async def test_a_description_or_record_that_fails_does_not_cost_the_answer() -> None:
    async def broken(delivery: object) -> None:
        raise RuntimeError("no disk")

    bench = Bench("ada", ada=[says("Hi")], on_finish=broken)
    assert (await listen(deliver_stream(bench.plan))).text == "Hi"


@pytest.mark.parametrize(
    "nonsense",
    [
        {"choices": [None]},
        {"choices": {"a": 1}},
        {"choices": [{"delta": "x"}]},
        {"type": "response.completed", "response": "x"},
        {"type": "response.output_item.done", "item": {"type": "message", "content": 5}},
    ],
)
async def test_what_has_not_the_form_of_a_chat_is_the_backends_failure_and_another_answers(
    nonsense: object,
) -> None:
    wire = b"data: " + json.dumps(nonsense).encode() + b"\n\n"
    bench = Bench("ada bob", ada=[[wire]], bob=[says("Hi")])
    heard = await listen(deliver_stream(bench.plan))
    assert (heard.text, heard.errors) == ("Hi", [])
    assert bench.attempts[0] == ("ada", "answer", ErrorKind.SERVER_ERROR)
