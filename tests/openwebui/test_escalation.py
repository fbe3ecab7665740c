"""Weak answers are replaced before anybody reads them, and a judge may find them weak."""

from __future__ import annotations

from typing import Any

import pytest

from tests.openwebui.test_open_backends import OPENED, PRIVATE
from tests.support.installation import Installation, content_of
from tests.support.window import WindowChat

SMALL, BIG = "mistral:7b", "gpt-4o"
#: Whatever it is asked, its name is all that it says with a number: two of ten.
JUDGE = "gemma:2b"
#: Longer than the beginning of a stream that is kept back, and without repetition.
MANNERS = """Greet whoever writes, then come to the point. Say what you know, and what you only suppose.
Numbers get their unit, quotations their source. Where two readings are possible, name both and answer the
likelier. Avoid jargon that a newcomer would have to look up; an example helps more than a definition. Lists
are for steps, prose is for reasons. If something cannot be done, offer what comes closest. Never promise a
delivery date. Complaints are forwarded to the shop in Leeds, praise may be kept. Close without flourish."""


def tried(smart: Installation) -> list[tuple[str, str]]:
    return [(a["backend"], a["purpose"]) for a in smart.last_record()["attempts"]]


def answers(smart: Installation, streamed: bool, **body: Any) -> str:
    if streamed:
        return content_of(smart.stream("hello there", smart.user, **body))
    return str(smart.chat("hello there", smart.user, **body)["choices"][0]["message"]["content"])


@pytest.mark.parametrize("streamed", [False, True])
def test_half_a_document_is_replaced_and_both_are_paid(smart: Installation, streamed: bool) -> None:
    smart.in_order(SMALL, BIG)
    smart.valves(escalation="checks")
    text = answers(smart, streamed, response_format={"type": "json_object"}, max_tokens=3)
    record = smart.last_record()
    assert tried(smart) == [(SMALL, "answer"), (BIG, "escalation")]
    assert [seen.model for seen in smart.backends.requests] == [SMALL, BIG]
    assert (record["outcome"], record["backend"]) == ("escalated", BIG)
    assert record["answer_score"] < 0.7
    assert record["output_tokens"] == sum(a["output_tokens"] for a in record["attempts"])
    assert text
    assert text.count("{") == 1


def test_the_judges_grade_replaces_an_answer(smart: Installation) -> None:
    smart.in_order(SMALL, BIG, only=False)
    smart.valves(escalation="judge", judge_backend=JUDGE)
    assert "answer from `gpt-4o`" in answers(smart, False)
    assert tried(smart) == [(SMALL, "answer"), (JUDGE, "judge"), (BIG, "escalation")]
    assert smart.last_record()["answer_score"] == 0.2
    asked = str(smart.backends.requests[1].body["messages"])
    assert "<answer>" in asked
    assert "hello there" in asked


def test_the_judge_grades_the_beginning_of_a_stream(smart: Installation) -> None:
    smart.in_order(SMALL, BIG, only=False)
    smart.valves(escalation="judge", judge_backend=JUDGE, escalation_hold_ms=10_000)
    # The simulated answer repeats its system prompt, so there is more of it than is kept back.
    long = [{"role": "system", "content": MANNERS}, {"role": "user", "content": "hello there"}]
    text = content_of(smart.stream("", smart.user, messages=long))
    assert "answer from `gpt-4o`" in text
    assert "mistral" not in text
    assert tried(smart) == [(SMALL, "answer"), (JUDGE, "judge"), (BIG, "escalation")]
    assert "still being written" in str(smart.backends.requests[1].body["messages"])


def test_a_judge_that_fails_or_may_not_read_the_chat_holds_nothing_up(smart: Installation) -> None:
    smart.in_order(SMALL, BIG, only=False)
    smart.valves(escalation="judge", judge_backend=JUDGE)
    smart.backends.fault(JUDGE, "server_error_json")
    assert "answer from `mistral:7b`" in answers(smart, False)
    assert tried(smart) == [(SMALL, "answer"), (JUDGE, "judge")]
    for private in PRIVATE:
        smart.valves(escalation="judge", judge_backend=private)
        answers(smart, False)
        assert tried(smart) == [(SMALL, "answer")]
    smart.valves(escalation="judge", judge_backend=OPENED[0], open_backends=OPENED[0])
    answers(smart, False)
    assert tried(smart)[1] == (OPENED[0], "judge")


def test_without_it_nothing_is_scored_and_nobody_asked(smart: Installation) -> None:
    smart.in_order(SMALL, BIG)
    answers(smart, False, response_format={"type": "json_object"}, max_tokens=3)
    assert tried(smart) == [(SMALL, "answer")]
    assert smart.last_record()["answer_score"] is None


def test_the_status_line_says_that_an_answer_was_weak_and_not_that_there_was_none(
    smart: Installation,
) -> None:
    smart.in_order("gpt-4o-mini", BIG, only=False)
    smart.valves(escalation="judge", judge_backend=JUDGE, escalation_hold_ms=10_000)
    answer = WindowChat(smart, smart.user).send("hello there")
    said = [status["description"] for status in answer["statusHistory"]]
    assert answer["selectedModelId"] == BIG
    assert said[-1].startswith("gpt-4o · the answer of gpt-4o-mini was weak · ")


@pytest.mark.parametrize(("verify", "backends"), [("head", [SMALL]), ("full", [SMALL, BIG])])
def test_a_route_can_have_streams_checked_to_their_end(
    smart: Installation, verify: str, backends: list[str]
) -> None:
    smart.registry(
        "version: 1\nstrategy: task_type_optimized\nsensitive: 'off'\nconfidence_threshold: 1.0\n"
        "minimum_size_b: {general: {simple: 0, medium: 0, hard: 0}}\n"
        f"routes: {{general: {{models: ['{SMALL}', '{BIG}'], only: true, verify: {verify}}}}}\n"
    )
    smart.valves(escalation="checks", escalation_hold_ms=0)
    # Half a document, which only the end of the stream tells.
    answers(smart, True, response_format={"type": "json_object"}, max_tokens=3)
    assert [backend for backend, _ in tried(smart)] == backends
