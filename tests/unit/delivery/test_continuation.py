"""A stream that breaks after words went out: another backend goes on, nothing is said twice."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_router.delivery import DeliverySettings, deliver_stream
from smart_router.delivery.continuation import INSTRUCTION, Seam, continuation_messages
from smart_router.errors import ErrorKind, UpstreamError

from .fakes import Bench, Hang, Wait, begins, chunk, fails, listen, says, tool_chunk

ANSWER = (
    "The quick brown fox jumps over the lazy dog. It was late, and nobody saw: the moon had gone.\n\n"
    "1. First, look around.\n2. Then run; 300 metres are enough.\n\n```python\nprint('done')\n```\nThe end."
)


def joined(sent: str, continuation: str, size: int = 3) -> str:
    seam = Seam(sent)
    pieces = [continuation[i : i + size] for i in range(0, len(continuation), size)]
    return sent + "".join(map(seam.feed, pieces)) + seam.flush()


def test_a_model_that_goes_on_from_the_last_whole_word_is_joined_without_a_trace() -> None:
    for cut in range(1, len(ANSWER)):
        sent = ANSWER[:cut]
        messages = continuation_messages([], sent)
        shown = messages[0]["content"] if messages else ""
        assert sent.startswith(shown)
        assert joined(sent, ANSWER[len(shown) :]) == ANSWER


def test_a_model_that_begins_again_is_heard_only_from_where_the_first_stopped() -> None:
    for cut in range(1, len(ANSWER)):
        assert joined(ANSWER[:cut], ANSWER) == ANSWER


def test_a_repeated_end_is_taken_out_however_it_is_cut_into_pieces() -> None:
    for cut in range(30, len(ANSWER), 3):
        for back, size in ((16, 1), (23, 4), (30, 9)):
            again = ANSWER[cut - back :]
            assert joined(ANSWER[:cut], again, size) == ANSWER
            assert joined(ANSWER[:cut], "... " + again.lstrip(" \n.…"), size) == ANSWER


@pytest.mark.parametrize(
    ("sent", "continuation", "whole"),
    [
        ("Well, Hel", "lo there", "Well, Hel lo there"),
        ("The quick", "brown fox", "The quick brown fox"),
        ("The quick ", " brown fox", "The quick brown fox"),
        ("It ended.", "Then more", "It ended. Then more"),
        ("x = foo.", "bar()", "x = foo.bar()"),
        ("今日は天気が", "いいですね", "今日は天気がいいですね"),
        ("a b c", "c d", "a b c d"),
        ("", "Hello", "Hello"),
    ],
)
def test_two_texts_meet_with_the_space_they_need(sent: str, continuation: str, whole: str) -> None:
    assert joined(sent, continuation) == whole


def test_an_answer_begun_again_that_goes_another_way_is_not_joined() -> None:
    with pytest.raises(UpstreamError):
        joined(ANSWER[:80], ANSWER[:40] + "something else entirely and more of it")


@given(sent=st.text(max_size=60), continuation=st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_text_breaks_the_seam_and_only_a_repetition_is_lost(sent: str, continuation: str) -> None:
    try:
        result = joined(sent, continuation, 1)
    except UpstreamError:
        return
    assert result.startswith(sent)
    assert continuation.rstrip().endswith(result[len(sent) :].strip())


def test_scripts_without_spaces_are_not_cut_back() -> None:
    assert continuation_messages([], "今日は天気が")[0]["content"] == "今日は天気が"
    assert continuation_messages([], "x" * 41)[0]["content"] == "x" * 41


def test_of_half_a_first_word_nothing_is_shown() -> None:
    assert continuation_messages([{"role": "user"}], "Absolut") == [{"role": "user"}]


async def test_another_backend_goes_on_and_the_message_ends_complete() -> None:
    bench = Bench("ada bob", ada=[[*begins("One two", " three"), ConnectionResetError()]],
                  bob=[says("three", " four", " five")])  # fmt: skip
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "One two three four five"
    assert heard.finishes == ["stop"]
    assert heard.errors == []
    assert heard.selected == ["bob"]
    assert len(heard.usages) == 1
    assert len({body["id"] for body in heard.bodies if "id" in body}) == 1
    assert sum("role" in choice["delta"] for choice in heard.choices) == 1
    assert bench.delivery.outcome == "continued"
    assert bench.delivery.text_chars == len("One two three four five")
    assert bench.attempts == [("ada", "answer", "mid_stream"), ("bob", "continuation", None)]
    assert bench.delivery.attempts[0].output_tokens == 4


async def test_a_continuation_that_never_begins_failed_for_its_own_reason() -> None:
    """Its Retry-After and its breaker need to know; only the one that broke off did so."""
    bench = Bench("ada bob eve", ada=[[*begins("One two "), ConnectionResetError()]],
                  bob=[fails(ErrorKind.RATE_LIMITED, retry_after_s=30)], eve=[says("three")])  # fmt: skip
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "One two three"
    assert bench.attempts == [
        ("ada", "answer", "mid_stream"),
        ("bob", "continuation", "rate_limited"),
        ("eve", "continuation", None),
    ]
    bob = next(status for status in bench.plan.health.statuses() if status.id == "bob")
    assert bob.retry_at is not None


async def test_the_next_backend_is_shown_what_was_said_and_asked_to_go_on() -> None:
    parameters = {"response_format": {"type": "json_object"}, "temperature": 1}
    bench = Bench("ada bob", ada=[[*begins("One two thr"), ConnectionResetError()]], bob=[says("three")],
                  parameters=parameters)  # fmt: skip
    await listen(deliver_stream(bench.plan))
    body = bench.channel.calls[1][1]
    assert body["messages"] == [
        {"role": "user", "content": "Hello"},
        {"role": "assistant", "content": "One two"},
        {"role": "user", "content": INSTRUCTION},
    ]
    assert "response_format" not in body
    assert body["temperature"] == 1
    assert bench.plan.request.messages == ({"role": "user", "content": "Hello"},)


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        ([*begins("One two "), Hang()], "timeout_idle"),
        ([*begins("One two "), b'data: {"error": {"message": "overloaded"}}\n'], "mid_stream"),
        ([*begins("One two "), chunk({}, "error")], "mid_stream"),
        ([*begins("One two ")], "mid_stream"),
        ([*begins("One two "), fails(ErrorKind.SERVER_ERROR)], "mid_stream"),
        ([*begins("One two "), b'data: {"choices": [{"delta": {"cont'], "mid_stream"),
    ],
)
async def test_every_way_to_break_is_continued(script: list, kind: str) -> None:
    bench = Bench("ada bob", ada=[script], bob=[says("three")])
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "One two three"
    assert bench.attempts[0] == ("ada", "answer", kind)


async def test_ollamas_swallowed_error_after_words_is_continued() -> None:
    script = [*begins("One two "), chunk({}, "stop"), "data: [DONE]\n\n"]
    backends = {"ada": {"provider": "ollama"}, "bob": {"provider": "ollama"}}
    usage = {"prompt_tokens": 1, "completion_tokens": 1}
    good = [chunk({}, "stop"), chunk({"content": "two three"}), chunk({}, "stop", usage=usage)]
    bench = Bench(backends, ada=[script], bob=[[*good, "data: [DONE]\n\n"]])
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "One two three"
    assert heard.finishes == ["stop"]


async def test_the_same_backend_goes_on_when_there_is_no_other() -> None:
    bench = Bench("ada", ada=[[*begins("One "), ConnectionResetError()], says("two")])
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "One two"
    assert bench.attempts[-1] == ("ada", "continuation", None)


async def test_a_continuation_that_breaks_is_continued_too() -> None:
    bench = Bench("ada bob eve", ada=[[*begins("One "), ConnectionResetError()]],
                  bob=[[*begins("two thr"), ConnectionResetError()]],
                  eve=[says("three", " four")])  # fmt: skip
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "One two three four"
    assert bench.channel.calls[2][1]["messages"][1]["content"] == "One two"


async def test_who_goes_on_has_room_for_the_question_and_what_was_answered() -> None:
    large, small = {"effective_context_tokens": 100_000}, {"effective_context_tokens": 600}
    broken = [*begins("word " * 2000), ConnectionResetError()]
    backends = {"ada": large, "bob": small, "eve": large}
    bench = Bench(backends, ada=[broken], bob=[says("no")], eve=[says("end")])
    await listen(deliver_stream(bench.plan))
    assert bench.channel.called == ["ada", "eve"]
    alone = Bench({"ada": large, "bob": small}, ada=[broken, says("end")], bob=[says("no")])
    await listen(deliver_stream(alone.plan))
    assert alone.channel.called == ["ada", "ada"]
    last = Bench({"ada": large, "bob": small}, ada=[broken, fails(ErrorKind.AUTH)], bob=[says("end")])
    await listen(deliver_stream(last.plan))
    assert last.channel.called == ["ada", "ada", "bob"]
    short = Bench(backends, ada=[[*begins("word "), ConnectionResetError()]], bob=[says("end")])
    await listen(deliver_stream(short.plan))
    assert short.channel.called == ["ada", "bob"]


async def test_everyone_is_asked_to_go_on_however_many_are_down() -> None:
    down = {name: [fails(ErrorKind.CONNECTION)] for name in ("bob", "cyd", "dan", "eli")}
    bench = Bench("ada bob cyd dan eli eve", ada=[[*begins("One "), ConnectionResetError()]],
                  eve=[says("two")], **down)  # fmt: skip
    heard = await listen(deliver_stream(bench.plan))
    assert (heard.text, heard.errors) == ("One two", [])
    assert bench.channel.called == ["ada", "bob", "cyd", "dan", "eli", "eve"]
    assert bench.delivery.outcome == "continued"


async def test_when_nobody_goes_on_the_user_reads_that_it_is_incomplete() -> None:
    bench = Bench("ada bob", ada=[[*begins("One "), ConnectionResetError()]], bob=[fails(ErrorKind.AUTH)])
    bench.channel.scripts["ada"].append(fails(ErrorKind.CONNECTION))
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "One "
    assert len(heard.errors) == 1
    assert "incomplete" in heard.errors[0]
    assert bench.delivery.outcome == "failed"
    assert bench.delivery.text_chars == 4


async def test_the_valve_turns_continuation_off() -> None:
    bench = Bench("ada bob", ada=[[*begins("One "), ConnectionResetError()]], bob=[says("two")],
                  settings=DeliverySettings(mid_stream="error"))  # fmt: skip
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "One "
    assert heard.errors == [
        "The answer broke off: Ada broke off in the middle of its answer. "
        "What you see is incomplete; regenerate it to try again."
    ]
    assert bench.channel.called == ["ada"]


async def test_thoughts_that_were_shown_do_not_stand_in_the_way_of_a_fresh_answer() -> None:
    bench = Bench("ada bob", ada=[[chunk({"reasoning_content": "hm"}), ConnectionResetError()]],
                  bob=[says("Hi")])  # fmt: skip
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "Hi"
    assert bench.attempts == [("ada", "answer", "connection"), ("bob", "fallback", None)]
    assert len(bench.channel.calls[1][1]["messages"]) == 1


async def test_only_one_backends_thoughts_are_shown() -> None:
    both = chunk(
        {"role": "assistant", "content": "Well, ", "reasoning": "B too. "}, usage={"completion_tokens": 1}
    )
    other = [chunk({"role": "assistant", "content": "", "reasoning_content": "B thinks. "}), both]
    bench = Bench("ada bob", ada=[[chunk({"reasoning_content": "A thinks. "}), ConnectionResetError()]],
                  bob=[[*other, *says("Hi")]])  # fmt: skip
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "Well, Hi"
    thoughts = [c["delta"][key] for c in heard.choices for key in ("reasoning_content", "reasoning")
                if key in c["delta"]]  # fmt: skip
    assert thoughts == ["A thinks. "]
    assert len(heard.usages) == 1
    silent = Bench("ada bob", ada=[ConnectionResetError()], bob=[[*other, *says("Hi")]])
    assert b"B thinks" in b"".join((await listen(deliver_stream(silent.plan))).events)


async def test_thoughts_that_are_not_shown_keep_a_backend_alive() -> None:
    thinking = [piece for _ in range(9) for piece in (chunk({"reasoning_content": "hm"}), Wait(8))]
    bench = Bench("ada bob", ada=[[chunk({"reasoning_content": "hm"}), ConnectionResetError()]],
                  bob=[[*thinking, *says("Hi")]],
                  settings=DeliverySettings(first_token_timeout_s=9, idle_timeout_s=9))  # fmt: skip
    assert (await listen(deliver_stream(bench.plan))).text == "Hi"
    assert bench.channel.called == ["ada", "bob"]


async def test_tool_calls_cut_before_they_were_sent_are_made_by_another_backend() -> None:
    good = [tool_chunk('{"a"', "f"), tool_chunk(": 1}"), chunk({}, "tool_calls"), b"data: [DONE]\n"]
    bench = Bench("ada bob", ada=[[tool_chunk('{"b": ', "f"), ConnectionResetError()]], bob=[good])
    heard = await listen(deliver_stream(bench.plan))
    assert heard.arguments == '{"a": 1}'
    assert heard.errors == []
    assert heard.finishes == ["tool_calls"]


async def test_words_before_a_cut_tool_call_are_kept_and_the_call_is_made_by_another_backend() -> None:
    good = [tool_chunk('{"a": 1}', "f"), chunk({}, "tool_calls"), b"data: [DONE]\n"]
    bench = Bench("ada bob", ada=[[*begins("Let me look. "), tool_chunk('{"b', "f"), ConnectionResetError()]],
                  bob=[good])  # fmt: skip
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "Let me look. "
    assert heard.arguments == '{"a": 1}'
    assert heard.selected == []


async def test_after_tool_calls_went_out_there_is_one_clear_error() -> None:
    bench = Bench("ada bob", ada=[[tool_chunk('{"b": ', "f"), ConnectionResetError()]], bob=[says("no")],
                  settings=DeliverySettings(hold_tool_calls_s=0))  # fmt: skip
    heard = await listen(deliver_stream(bench.plan))
    assert heard.arguments == '{"b": '
    assert len(heard.errors) == 1
    assert bench.channel.called == ["ada"]


async def test_long_tool_calls_are_let_through_before_they_are_complete() -> None:
    bench = Bench("ada", ada=[[tool_chunk('{"text": "', "f"), tool_chunk("long"), Hang()]],
                  settings=DeliverySettings(hold_tool_calls_s=0.5))  # fmt: skip
    slow = bench.channel._chunks

    async def slowly(script: list) -> object:
        async for piece in slow(script):
            yield piece
            await asyncio.sleep(1)

    bench.channel._chunks = slowly  # type: ignore[method-assign]
    stream = deliver_stream(bench.plan)
    first = await anext(stream)
    assert b"tool_calls" in first
    await stream.aclose()


async def test_several_choices_are_not_continued_even_while_only_the_first_has_words() -> None:
    bench = Bench("ada bob", ada=[[*begins("One "), ConnectionResetError()]], bob=[says("two")],
                  parameters={"n": 2})  # fmt: skip
    heard = await listen(deliver_stream(bench.plan))
    assert heard.text == "One "
    assert len(heard.errors) == 1
    assert bench.channel.called == ["ada"]


async def test_several_choices_are_not_continued() -> None:
    second = chunk({"content": "x"}).replace(b'"index": 0', b'"index": 1')
    bench = Bench("ada bob", ada=[[*begins("One "), second, ConnectionResetError()]], bob=[says("two")])
    heard = await listen(deliver_stream(bench.plan))
    assert len(heard.errors) == 1
    assert bench.channel.called == ["ada"]
