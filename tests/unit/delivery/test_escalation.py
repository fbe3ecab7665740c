"""A weak answer is replaced by a stronger backend's before the user sees any of it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from smart_router.delivery import DeliverySettings, deliver_plain, deliver_stream
from smart_router.delivery.judge import read_verdict
from smart_router.errors import ErrorKind
from smart_router.policy.types import Candidate

from .fakes import Bench, Hang, Heard, Piece, Wait, answer, begins, chunk, fails, listen, says, tool_chunk

REFUSAL = "I'm sorry, but I can't help with that request, as I am only a small model. "
CHECKS = DeliverySettings(escalation="checks", escalation_hold_chars=60)
FULL = DeliverySettings(escalation="checks", verify_full=True)
PRICES = {"input_usd_per_mtok": 1.0, "output_usd_per_mtok": 1.0}
QUALITY = {"cheap": 0.4, "other": 0.3, "strong": 0.9}


def bench(settings: DeliverySettings = CHECKS, **facts: Any) -> Bench:
    names = [name for name in QUALITY if name in facts]
    candidates = tuple(Candidate(name, factors={"quality": QUALITY[name]}) for name in names)
    decision = {"chosen": names[0], "candidates": candidates}
    return Bench(dict.fromkeys(names, PRICES), settings=settings, decision=decision, **facts)


async def test_a_weak_beginning_is_replaced_and_never_seen() -> None:
    one = bench(cheap=[says(REFUSAL, "More.")], other=[says("no")], strong=[says("Here it is.")])
    heard = await listen(deliver_stream(one.plan))
    assert heard.text == "Here it is."
    assert heard.selected == ["strong"]
    assert heard.errors == []
    assert len(heard.usages) == 1
    assert one.attempts == [("cheap", "answer", None), ("strong", "escalation", None)]
    delivery = one.delivery
    assert (delivery.outcome, delivery.backend, delivery.answer_score) == ("escalated", "strong", 0.2)
    assert all(attempt.cost_usd for attempt in delivery.attempts)
    assert delivery.cost_usd == pytest.approx(sum(a.cost_usd or 0 for a in delivery.attempts))
    assert one.channel.closed == ["cheap", "strong"]


async def test_a_good_beginning_goes_out_and_is_scored() -> None:
    words = ["This is a perfectly good answer. ", "It goes on for a while, ", "and then it ends."]
    one = bench(cheap=[says(*words)], strong=[says("no")])
    heard = await listen(deliver_stream(one.plan))
    assert heard.text == "".join(words)
    assert one.channel.called == ["cheap"]
    assert (one.delivery.outcome, one.delivery.answer_score) == ("ok", 1.0)


async def test_escalation_is_off_unless_asked_for() -> None:
    one = bench(DeliverySettings(), cheap=[says(REFUSAL)], strong=[says("no")])
    assert (await listen(deliver_stream(one.plan))).text == REFUSAL
    assert one.delivery.answer_score is None


async def test_the_strongest_answers_for_itself() -> None:
    one = bench(strong=[says(REFUSAL)])
    assert (await listen(deliver_stream(one.plan))).text == REFUSAL
    assert one.delivery.answer_score == 0.2
    weaker = bench(cheap=[says(REFUSAL)], other=[says("no")])
    assert (await listen(deliver_stream(weaker.plan))).text == REFUSAL


async def test_the_beginning_is_held_no_longer_than_allowed_even_from_a_slow_backend() -> None:
    settings = DeliverySettings(escalation="checks", escalation_hold_s=0.5)
    script: list[Piece] = [Wait(2), *begins("Slow"), Wait(3), *says(" but good")[2:]]
    one = bench(settings, cheap=[script], strong=[says("no")])
    loop = asyncio.get_running_loop()
    began = loop.time()
    arrived = {event: loop.time() - began async for event in deliver_stream(one.plan)}
    assert [at for event, at in arrived.items() if b"Slow" in event] == [pytest.approx(2.5)]
    assert one.delivery.text_chars == len("Slow but good")


async def test_with_full_verification_the_whole_answer_is_judged() -> None:
    cut = says("A long beginning that is fine", finish="length")
    one = bench(FULL, cheap=[cut], strong=[says("Complete.")])
    assert (await listen(deliver_stream(one.plan))).text == "Complete."
    assert one.delivery.answer_score == 0.5
    broken = {"response_format": {"type": "json_object"}}
    json_wanted = bench(FULL, parameters=broken, cheap=[says('{"a": ')], strong=[says('{"a": 1}')])
    assert (await listen(deliver_stream(json_wanted.plan))).text == '{"a": 1}'


async def test_when_nobody_better_answers_the_weak_answer_goes_out() -> None:
    one = bench(FULL, cheap=[says(REFUSAL)], strong=[fails(ErrorKind.AUTH)])
    heard = await listen(deliver_stream(one.plan))
    assert heard.text == REFUSAL
    assert heard.finishes == ["stop"]
    assert heard.selected == ["cheap"]
    assert len(heard.usages) == 1
    assert one.delivery.backend == "cheap"
    assert one.delivery.outcome == "fallback"
    again = bench(cheap=[says(REFUSAL, "x")], strong=[fails(ErrorKind.AUTH)])
    assert (await listen(deliver_stream(again.plan))).text == REFUSAL + "x"
    assert again.channel.called == ["cheap", "strong", "cheap"]


async def test_a_stronger_answer_that_breaks_off_is_not_followed_by_the_weak_one() -> None:
    settings = DeliverySettings(escalation="checks", verify_full=True, mid_stream="error")
    one = bench(settings, cheap=[says(REFUSAL)], strong=[[*begins("Here it"), ConnectionResetError()]])
    heard = await listen(deliver_stream(one.plan))
    assert heard.text == "Here it"
    assert len(heard.errors) == 1


async def test_a_break_while_the_beginning_is_held_is_a_plain_fallback() -> None:
    one = bench(cheap=[[*begins("Short"), ConnectionResetError()]], strong=[says("Fresh.")])
    assert (await listen(deliver_stream(one.plan))).text == "Fresh."
    assert one.attempts == [("cheap", "answer", "connection"), ("strong", "fallback", None)]
    assert len(one.channel.calls[1][1]["messages"]) == 1


async def test_tool_calls_are_not_judged() -> None:
    script = [tool_chunk('{"a": 1}', "f"), chunk({}, "tool_calls"), b"data: [DONE]\n"]
    one = bench(FULL, cheap=[script], strong=[says("no")])
    heard = await listen(deliver_stream(one.plan))
    assert heard.arguments == '{"a": 1}'
    assert one.delivery.answer_score is None


async def test_stopping_while_the_beginning_is_held_delivers_nothing() -> None:
    settings = DeliverySettings(escalation="checks", escalation_hold_s=30)
    one = bench(settings, cheap=[[*begins("Short"), Wait(20)]], strong=[says("no")])

    async def drain() -> None:
        async for _ in deliver_stream(one.plan):
            pass

    task = asyncio.create_task(drain())
    await asyncio.sleep(5)
    task.cancel()
    await asyncio.wait({task})
    assert (one.delivery.outcome, one.delivery.text_chars) == ("stopped", 0)
    assert one.channel.closed == ["cheap"]
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == {asyncio.current_task()}


def thinks(*thoughts: str) -> list[Piece]:
    return [piece for one in thoughts for piece in (chunk({"reasoning_content": one}), Wait(0.4))]


async def test_a_model_that_thinks_for_long_is_judged_by_its_first_words() -> None:
    settings = DeliverySettings(escalation="checks", escalation_hold_s=0.5)
    refuses = [*thinks("hm ", "hm ", "no. "), *says(REFUSAL)]
    one = bench(settings, cheap=[refuses], strong=[[*thinks("Aha. "), *says("Here it is.")]])
    loop = asyncio.get_running_loop()
    began = loop.time()
    arrived = [(event, loop.time() - began) async for event in deliver_stream(one.plan)]
    heard = Heard([event for event, _ in arrived])
    assert heard.text == "Here it is."
    assert one.delivery.outcome == "escalated"
    thoughts = [at for event, at in arrived if b"reasoning_content" in event]
    assert thoughts == pytest.approx([0.0, 0.4, 0.8])
    assert not any(b"Aha" in event for event in heard.events)


@pytest.mark.parametrize("settings", [CHECKS, FULL])
async def test_thoughts_that_were_shown_do_not_come_again_with_the_weak_answer(settings: Any) -> None:
    refuses = [*thinks("hm. "), *says(REFUSAL)]
    one = bench(settings, cheap=[refuses], strong=[fails(ErrorKind.AUTH)])
    heard = await listen(deliver_stream(one.plan))
    assert heard.text == REFUSAL
    assert sum(b"reasoning_content" in event for event in heard.events) == 1


@pytest.mark.parametrize("stream", [True, False])
async def test_without_fallback_a_weak_answer_is_still_replaced_but_no_failure_is(stream: bool) -> None:
    settings = DeliverySettings(escalation="checks", verify_full=True, fallback=False)
    said, deliver = (says, deliver_stream) if stream else (answer, deliver_plain)
    one = bench(settings, stream=stream, cheap=[said(REFUSAL)], strong=[said("Here it is.")])
    await (listen(deliver(one.plan)) if stream else deliver(one.plan))  # type: ignore[arg-type,misc]
    assert (one.channel.called, one.delivery.outcome) == (["cheap", "strong"], "escalated")
    down = bench(settings, stream=stream, cheap=[fails(ErrorKind.AUTH)], strong=[said("no")])
    await (listen(deliver(down.plan)) if stream else deliver(down.plan))  # type: ignore[arg-type,misc]
    assert (down.channel.called, down.delivery.outcome) == (["cheap"], "failed")


async def test_unstreamed_answers_escalate_too() -> None:
    one = bench(stream=False, cheap=[answer(REFUSAL)], strong=[answer("Here it is.")])
    body = await deliver_plain(one.plan)
    assert body["choices"][0]["message"]["content"] == "Here it is."
    assert body["selected_model_id"] == "strong"
    assert (one.delivery.outcome, one.delivery.answer_score) == ("escalated", 0.2)
    alone = bench(stream=False, cheap=[answer(REFUSAL)], strong=[fails(ErrorKind.AUTH)])
    body = await deliver_plain(alone.plan)
    assert body["choices"][0]["message"]["content"] == REFUSAL
    assert body["selected_model_id"] == "cheap"


async def test_background_tasks_do_not_escalate() -> None:
    one = bench(stream=False, task="title_generation", cheap=[answer(REFUSAL)], strong=[answer("no")])
    await deliver_plain(one.plan)
    assert one.channel.called == ["cheap"]


JUDGE = DeliverySettings(escalation="judge", verify_full=True, judge="judge")


@pytest.mark.parametrize("stream", [True, False])
async def test_a_judge_sends_an_answer_up_that_passes_the_checks(stream: bool) -> None:
    said = says if stream else answer
    one = bench(JUDGE, stream=stream, cheap=[said("Looks fine.")], strong=[said("Is fine.")],
                judge=[answer("<think>is it a 9?</think>\n3")])  # fmt: skip
    result = (await listen(deliver_stream(one.plan))).text if stream else str(await deliver_plain(one.plan))
    assert "Is fine." in result
    assert one.attempts == [
        ("judge", "judge", None),
        ("cheap", "answer", None),
        ("strong", "escalation", None),
    ]
    assert (one.delivery.outcome, one.delivery.answer_score) == ("escalated", 0.3)
    assert one.delivery.input_tokens == 30
    question = one.channel.calls[1][1]["messages"][0]["content"]
    assert "<question>\nHello\n</question>" in question
    assert "Looks fine." in question


@pytest.mark.parametrize("verdict", [answer("9"), answer("no idea"), fails(ErrorKind.SERVER_ERROR), Hang()])
async def test_a_judge_that_is_content_or_absent_changes_nothing(verdict: Any) -> None:
    one = bench(JUDGE, cheap=[says("Looks fine.")], strong=[says("no")], judge=[verdict])
    heard = await listen(deliver_stream(one.plan))
    assert heard.text == "Looks fine."
    assert one.delivery.outcome == "ok"
    assert one.delivery.backend == "cheap"
    assert one.channel.statuses == ["cheap after 0"]
    view = one.health.view(one.plan.catalog.backends.values())
    assert all(view.of(name).in_flight == 0 for name in ("cheap", "judge"))


BEGINNING = DeliverySettings(escalation="judge", escalation_hold_chars=20, judge="judge")
WORDS = ["A beginning that passes. ", "And the rest."]


async def test_a_judge_grades_a_beginning_while_it_is_kept_back() -> None:
    one = bench(BEGINNING, cheap=[says(*WORDS)], strong=[says("Better.")], judge=[answer("2")])
    heard = await listen(deliver_stream(one.plan))
    assert heard.text == "Better."
    assert one.attempts == [
        ("judge", "judge", None),
        ("cheap", "answer", None),
        ("strong", "escalation", None),
    ]
    assert (one.delivery.outcome, one.delivery.answer_score) == ("escalated", 0.2)
    question = one.channel.calls[1][1]["messages"][0]["content"]
    assert "still being written" in question
    assert "A beginning that passes." in question
    assert "And the rest." not in question


async def test_a_judge_that_is_late_for_a_beginning_costs_the_hold_and_nothing_else() -> None:
    one = bench(BEGINNING, cheap=[says(*WORDS)], strong=[says("no")], judge=[Hang()])
    loop = asyncio.get_running_loop()
    began = loop.time()
    arrived = {event: loop.time() - began async for event in deliver_stream(one.plan)}
    assert [at for event, at in arrived.items() if b"A beginning" in event] == [pytest.approx(0.5)]
    assert one.delivery.text_chars == sum(map(len, WORDS))
    assert one.attempts == [("judge", "judge", "cancelled"), ("cheap", "answer", None)]
    view = one.health.view(one.plan.catalog.backends.values())
    assert (view.of("judge").in_flight, view.of("judge").state) == (0, "closed")


async def test_no_judge_is_asked_when_the_hold_is_over() -> None:
    settings = DeliverySettings(escalation="judge", escalation_hold_s=0.5, judge="judge")
    script: list[Piece] = [*begins("Slow"), Wait(3), *says(" but good")[2:]]
    one = bench(settings, cheap=[script], strong=[says("no")], judge=[answer("0")])
    assert (await listen(deliver_stream(one.plan))).text == "Slow but good"
    assert one.channel.called == ["cheap"]


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("7", 0.7),
        ("10", 1.0),
        ("Grade: 8/10", 0.8),
        ("0", 0.0),
        ("great", None),
        ("100", None),
        ("7.5", None),
    ],
)
def test_a_verdict_is_one_number(text: str, grade: float | None) -> None:
    assert read_verdict(text) == grade
