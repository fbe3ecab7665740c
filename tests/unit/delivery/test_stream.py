"""Streams: what leaves, in which order, and when another backend takes over."""

from __future__ import annotations

import asyncio

import pytest

from smart_router.delivery import DeliverySettings, deliver, deliver_stream
from smart_router.errors import ErrorKind

from .fakes import Bench, Hang, Heard, Wait, begins, chunk, fails, listen, says, tool_chunk


async def test_an_answer_passes_through_and_is_recorded() -> None:
    bench = Bench("ada", ada=[says("Hel", "lo")])
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "Hello"
    assert heard.finishes == ["stop"]
    assert heard.errors == []
    assert bench.attempts == [("ada", "answer", None)]
    assert bench.delivery.outcome == "ok"
    assert bench.delivery.backend == "ada"
    assert bench.delivery.text_chars == 5
    assert (bench.delivery.input_tokens, bench.delivery.output_tokens) == (10, 2)
    assert not bench.delivery.usage_estimated
    assert bench.channel.statuses == ["ada after 0"]
    assert bench.channel.closed == ["ada"]


async def test_deliver_streams_when_asked_to() -> None:
    bench = Bench("ada", ada=[says("Hi")])
    stream = await deliver(bench.plan)
    assert not isinstance(stream, dict)
    assert (await listen(stream)).text == "Hi"


async def test_pieces_cut_anywhere_become_whole_events() -> None:
    whole = b"".join(piece for piece in says("Grüße ", "aus Köln") if isinstance(piece, bytes))
    for size in (1, 7, 50, len(whole)):
        bench = Bench("ada", ada=[[whole[i : i + size] for i in range(0, len(whole), size)]])
        heard = await listen(deliver_stream(bench.plan))
        assert heard.text == "Grüße aus Köln"
        assert heard.finishes == ["stop"]


async def test_text_pieces_and_windows_line_ends_are_understood() -> None:
    script = [p.decode().replace("\n", "\r\n") if isinstance(p, bytes) else p for p in says("a", "b")]
    heard = await listen(deliver_stream(Bench("ada", ada=[script]).plan))
    assert heard.text == "ab"


async def test_blank_lines_and_comments_never_become_text() -> None:
    script = [b": keepalive\n", b"\n", b"event: x\n", *says("Hi")[:4], b": keepalive\n", *says("Hi")[4:]]
    heard = await listen(deliver_stream(Bench("ada", ada=[script]).plan))
    assert heard.text == "Hi"


async def test_chunks_are_forwarded_byte_for_byte() -> None:
    odd = b'{"choices": [ {"delta": {"content": "x",  "new_field": 1}, "index":0}], "service_tier":"y" }'
    script = [b"data: " + odd + b"\n", *says("z")[2:]]
    heard = await listen(deliver_stream(Bench("ada", ada=[script]).plan))
    assert b"data: " + odd + b"\n\n" in heard.events


async def test_usage_is_asked_for_and_passed_on_exactly_once() -> None:
    bench = Bench("ada", ada=[says("Hi")], parameters={"stream_options": {"other": 1}})
    heard = await listen(deliver_stream(bench.plan))
    assert bench.channel.calls[0][1]["stream_options"] == {"other": 1, "include_usage": True}
    assert heard.usages == [{"prompt_tokens": 10, "completion_tokens": 1}]


async def test_usage_counted_up_on_every_chunk_is_passed_on_once_and_in_the_end() -> None:
    script = [
        chunk({"content": "a"}, usage={"prompt_tokens": 3, "completion_tokens": 1}),
        chunk({"content": "b"}, usage={"prompt_tokens": 3, "completion_tokens": 2}),
        chunk({}, "stop", usage={"prompt_tokens": 3, "completion_tokens": 2, "cost": 0.5}),
        b"data: [DONE]\n",
    ]
    bench = Bench("ada", ada=[script])
    heard = await listen(deliver_stream(bench.plan))
    assert heard.usages == [{"prompt_tokens": 3, "completion_tokens": 2, "cost": 0.5}]
    assert heard.text == "ab"
    assert bench.delivery.cost_usd == 0.5
    assert bench.delivery.cost_source == "reported"


async def test_a_program_that_did_not_ask_for_usage_gets_none_but_sees_who_answered() -> None:
    heard = await listen(deliver_stream(Bench("ada", ada=[says("Hi")], ui=False).plan))
    assert heard.usages == []
    assert all(body["choices"] for body in heard.bodies)
    assert heard.selected == ["ada"]
    asked = Bench("ada", ada=[says("Hi")], ui=False, parameters={"stream_options": {"include_usage": True}})
    assert len((await listen(deliver_stream(asked.plan))).usages) == 1


async def test_usage_that_nobody_reports_is_estimated_and_priced() -> None:
    script = [chunk({"content": "x" * 40}), chunk({}, "stop"), b"data: [DONE]\n"]
    prices = {"input_usd_per_mtok": 1.0, "output_usd_per_mtok": 2.0}
    bench = Bench({"ada": prices}, ada=[script])
    await listen(deliver_stream(bench.plan))
    assert (bench.delivery.input_tokens, bench.delivery.output_tokens) == (7, 10)
    assert bench.delivery.usage_estimated
    assert bench.delivery.cost_usd == pytest.approx(27e-6)
    assert bench.delivery.cost_source == "estimated"


async def test_the_record_is_written_before_the_last_chunk_leaves() -> None:
    bench = Bench("ada", ada=[says("Hi")])
    heard = []
    async for event in deliver_stream(bench.plan):
        heard.append(bool(bench.deliveries))
        if b'"finish_reason": "stop"' in event or b"DONE" in event or b"usage" in event:
            assert bench.deliveries
    assert heard[0] is False


async def test_the_message_is_attributed_when_no_tool_was_called() -> None:
    heard = await listen(deliver_stream(Bench("ada", ada=[says("Hi")]).plan))
    assert heard.selected == ["ada"]
    finish = next(i for i, body in enumerate(heard.bodies) if body.get("choices", [{}])[0:1] and _ends(body))
    attribution = next(i for i, body in enumerate(heard.bodies) if "selected_model_id" in body)
    assert attribution == finish - 1


def _ends(body: dict) -> bool:
    return any(choice.get("finish_reason") for choice in body.get("choices", ()))


async def test_a_round_with_tool_calls_is_not_attributed_even_after_text() -> None:
    for ui in (True, False):
        script = [
            *begins("Let me look. "),
            tool_chunk('{"city": ', "weather"),
            tool_chunk('"Rome"}'),
            chunk({}, "tool_calls"),
            b"data: [DONE]\n",
        ]
        bench = Bench("ada", ada=[script], ui=ui)
        heard = await listen(deliver_stream(bench.plan))
        assert heard.selected == []
        assert heard.arguments == '{"city": "Rome"}'
        assert heard.finishes == ["tool_calls"]
        assert bench.delivery.tool_calls


async def test_a_round_that_runs_code_is_not_attributed() -> None:
    script = says("<code_inter", "preter type='code'>1+1")
    heard = await listen(deliver_stream(Bench("ada", ada=[script]).plan))
    assert heard.selected == []


async def test_an_upstream_attribution_is_not_passed_on() -> None:
    script = [b'data: {"selected_model_id": "other"}\n', *says("Hi")]
    heard = await listen(deliver_stream(Bench("ada", ada=[script]).plan))
    assert heard.selected == ["ada"]


@pytest.mark.parametrize(
    "kind",
    [
        ErrorKind.RATE_LIMITED,
        ErrorKind.AUTH,
        ErrorKind.NOT_FOUND,
        ErrorKind.BAD_REQUEST,
        ErrorKind.OVERLOADED,
        ErrorKind.SERVER_ERROR,
        ErrorKind.CONNECTION,
    ],
)
async def test_a_failure_before_the_first_token_moves_to_the_next_candidate(kind: ErrorKind) -> None:
    bench = Bench("ada bob", ada=[fails(kind)], bob=[says("Hi")])
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "Hi"
    assert heard.errors == []
    assert heard.selected == ["bob"]
    assert bench.attempts == [("ada", "answer", kind.value), ("bob", "fallback", None)]
    assert bench.delivery.outcome == "fallback"
    assert bench.channel.statuses == ["ada after 0", "bob after 1"]


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        ({"error": {"message": "boom"}}, "server_error"),
        ([b'data: {"error": {"message": "Rate limit reached", "code": 429}}\n'], "rate_limited"),
        ([b'{"error": "model is overloaded"}\n'], "overloaded"),
        ([chunk({"role": "assistant"}), ConnectionResetError("gone")], "connection"),
        ([chunk({"role": "assistant"}), chunk({}, "stop"), b"data: [DONE]\n"], "empty_answer"),
        ([], "empty_answer"),
        ([chunk({"content": " \n"}), chunk({}, "stop"), b"data: [DONE]\n"], "empty_answer"),
        ([chunk({}, "error")], "server_error"),
        ([chunk({"reasoning_content": "hm"}), chunk({}, "length"), b"data: [DONE]\n"], "empty_answer"),
        ({"choices": [], "usage": {}}, "empty_answer"),
    ],
)
async def test_errors_dressed_as_successes_are_recognised(script: object, kind: str) -> None:
    bench = Bench("ada bob", ada=[script], bob=[says("Hi")])  # type: ignore[list-item]
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text.strip() == "Hi"
    assert heard.errors == []
    assert bench.attempts[0] == ("ada", "answer", kind)
    assert bench.attempts[-1] == ("bob", "fallback", None)


async def test_an_error_that_ollama_reports_and_open_webui_swallows_is_recognised() -> None:
    silent_stop = chunk({}, "stop")
    bench = Bench(
        {"ada": {"provider": "ollama"}, "bob": {}}, ada=[[silent_stop, "data: [DONE]\n\n"]], bob=[says("Hi")]
    )
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "Hi"
    assert bench.attempts[0] == ("ada", "answer", "server_error")


async def test_an_empty_piece_of_ollama_is_not_the_end_of_its_answer() -> None:
    usage = {"prompt_tokens": 4, "completion_tokens": 2}
    script = [
        chunk({}, "stop"),
        chunk({"content": "a"}),
        chunk({}, "stop"),
        chunk({"content": "b"}),
        chunk({}, "stop", usage=usage),
        b"data: [DONE]\n\n",
    ]
    bench = Bench({"ada": {"provider": "ollama"}}, ada=[script])
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "ab"
    assert heard.finishes == ["stop"]
    assert heard.usages == [usage]


async def test_nothing_of_a_failed_attempt_is_sent_before_its_first_token() -> None:
    lonely = [chunk({"role": "assistant", "content": ""}), ConnectionResetError()]
    bench = Bench("ada bob", ada=[lonely], bob=[says("Hi")])
    heard = await listen(deliver_stream(bench.plan))
    assert sum("role" in c["delta"] for c in heard.choices) == 1


async def test_a_backend_that_never_begins_is_given_up_after_the_first_token_timeout() -> None:
    settings = DeliverySettings(first_token_timeout_s=5)
    keepalives = [part for _ in range(20) for part in (b": keepalive\n", Wait(1))]
    for script in (Hang(), [Hang()], [chunk({"role": "assistant"}), Hang()], keepalives):
        bench = Bench("ada bob", ada=[script], bob=[says("Hi")], settings=settings)  # type: ignore[list-item]
        heard = await listen(deliver_stream(bench.plan))
        assert heard.text == "Hi"
        assert bench.attempts[0] == ("ada", "answer", "timeout_first_token")
        assert bench.delivery.attempts[0].duration_ms == pytest.approx(5000, abs=1)
        assert bench.delivery.first_token_ms == pytest.approx(5000, abs=1)


async def test_a_slow_stream_that_keeps_flowing_is_left_alone() -> None:
    script = [piece for part in says(*"abcdefgh") for piece in (Wait(4), part)]
    settings = DeliverySettings(first_token_timeout_s=20, idle_timeout_s=9, total_timeout_s=30)
    bench = Bench("ada bob", ada=[script], settings=settings)
    assert (await listen(deliver_stream(bench.plan))).text == "abcdefgh"


async def test_a_reader_that_is_slow_is_not_taken_for_a_stalled_backend() -> None:
    bench = Bench("ada", ada=[says("a", "b")], settings=DeliverySettings(idle_timeout_s=1))
    events = []
    async for event in deliver_stream(bench.plan):
        await asyncio.sleep(30)
        events.append(event)
    assert Heard(events).text == "ab"


async def test_a_finished_answer_does_not_wait_for_a_stream_that_stays_open() -> None:
    bench = Bench("ada", ada=[[*says("Hi")[:6], Hang()]])
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "Hi"
    assert bench.delivery.outcome == "ok"
    assert bench.delivery.latency_ms == pytest.approx(2000, abs=1)


async def test_nothing_is_waited_for_after_the_end_of_the_stream_was_announced() -> None:
    bench = Bench("ada", ada=[[*says("Hi"), Hang()]])
    heard = await listen(deliver_stream(bench.plan))
    assert (heard.text, heard.finishes, len(heard.usages)) == ("Hi", ["stop"], 1)
    assert bench.delivery.latency_ms == pytest.approx(0, abs=1)
    assert bench.channel.closed == ["ada"]


async def test_a_connection_dropped_after_the_finish_takes_nothing_away() -> None:
    bench = Bench("ada", ada=[[*says("Hi")[:6], ConnectionResetError()]])
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "Hi"
    assert heard.errors == []
    assert bench.delivery.outcome == "ok"


async def test_a_stream_without_a_finish_gets_one() -> None:
    heard = await listen(deliver_stream(Bench("ada", ada=[[*begins("Hi"), b"data: [DONE]\n"]]).plan))
    assert heard.finishes == ["stop"]


async def test_a_backend_that_does_not_stream_is_streamed_for() -> None:
    plain = {
        "id": "x",
        "model": "m",
        "choices": [{"message": {"role": "assistant", "content": "All at once"}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 2, "completion_tokens": 3},
    }
    heard = await listen(deliver_stream(Bench("ada", ada=[plain]).plan))
    assert heard.text == "All at once"
    assert heard.finishes == ["stop"]
    assert len(heard.usages) == 1


def _second(piece: bytes) -> bytes:
    return piece.replace(b'"index": 0', b'"index": 1')


async def test_of_several_choices_all_must_have_ended() -> None:
    first = [chunk({"content": "One"}), chunk({}, "stop")]
    second = [_second(chunk({"content": "Two"})), _second(chunk({}, "stop"))]
    for cut in (first, [*first, second[0]]):
        bench = Bench("ada", ada=[cut], parameters={"n": 2})
        heard = await listen(deliver_stream(bench.plan))
        assert len(heard.errors) == 1
        assert bench.attempts == [("ada", "answer", "mid_stream")]
    bench = Bench("ada", ada=[[*first, Wait(5), *second]], parameters={"n": 2})
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "OneTwo"
    assert heard.finishes == ["stop", "stop"]
    assert bench.delivery.outcome == "ok"


async def test_a_backend_that_gives_one_answer_of_several_and_says_that_it_is_done_is_believed() -> None:
    plain = {"choices": [{"message": {"role": "assistant", "content": "One"}, "finish_reason": "stop"}]}
    response = b'data: {"type": "response.completed", "response": {}}\n'
    spoken = b'data: {"type": "response.output_text.delta", "delta": "One"}\n'
    for script in (says("One"), plain, [spoken, response]):
        bench = Bench("ada", ada=[script], parameters={"n": 2})  # type: ignore[list-item]
        heard = await listen(deliver_stream(bench.plan))
        assert (heard.text, heard.errors) == ("One", [])


async def test_a_probe_lets_others_in_as_soon_as_it_speaks() -> None:
    bench = Bench("ada", ada=[[*begins("Hello"), Hang()]])
    for _ in range(5):
        await bench.health.failure("ada", ErrorKind.SERVER_ERROR, admission=await bench.health.admit("ada"))
    await asyncio.sleep(60)
    stream = deliver_stream(bench.plan)
    await anext(stream)
    await asyncio.sleep(0.1)
    assert await bench.health.admit("ada") is not None
    await stream.aclose()  # type: ignore[attr-defined]
