"""The answer score: what is objected to, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from smart_router.delivery.weakness import Judged, Score, Wanted, fits, wanted_of
from smart_router.delivery.weakness import score_answer as judge
from smart_router.request import ChatRequest, User


def score_answer(text: str, wanted: Wanted, **facts: Any) -> Score:
    return judge(Judged(text, **facts), wanted)


GERMAN = (
    "Die Hauptstadt von Frankreich ist Paris, und sie liegt an der Seine. Sie ist seit vielen "
    "Jahrhunderten das Zentrum des Landes und hat mehr als zwei Millionen Einwohner."
)


@pytest.mark.parametrize(
    ("text", "objection"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("I'm sorry, but I can't help with that request.", "refused"),
        ("As an AI language model, I cannot give an opinion.", "refused"),
        ("Es tut mir leid, aber ich kann dabei nicht helfen.", "refused"),
        ("抱歉，我无法回答这个问题。", "refused"),
        ("The answer is " + "and then again " * 20, "repeats itself"),
        ("spam and eggs " * 60, "repeats itself"),
        ("Paris is the capital of France.", None),
        ("You can't divide by zero. I am sorry if that sounds odd.", None),
        ("He said: 'I can jump', and she laughed. " + "x" * 300 + " I cannot help but wonder.", None),
        ("\n".join(f"| row {n} | {n * n} | {'yes' if n % 3 else 'no'} |" for n in range(40)), None),
        ("----------------------------\n# Title\n", None),
    ],
)
def test_a_complete_answer(text: str, objection: str | None) -> None:
    score = score_answer(text, Wanted(), complete=True, finish_reason="stop")
    assert score.objection == objection
    assert (score.value < 0.7) == (objection is not None)


def test_a_beginning_is_not_held_to_be_empty_or_cut() -> None:
    wanted = Wanted(json=True)
    assert score_answer("", wanted, complete=False).value == 1
    assert score_answer('{"a": ', wanted, complete=False, finish_reason="length").value == 1
    assert score_answer("I'm sorry, I can't do that", wanted, complete=False).value < 0.7


def test_an_answer_cut_by_its_length_is_weak_unless_the_caller_wanted_it_short() -> None:
    assert score_answer("x", Wanted(), complete=True, finish_reason="length").value == 0.5
    assert score_answer("x", Wanted(limited=True), complete=True, finish_reason="length").value == 1


def test_the_wrong_language_is_weak_where_one_was_wanted() -> None:
    assert score_answer(GERMAN, Wanted("en"), complete=True).objection == "in de instead of en"
    assert score_answer(GERMAN, Wanted("de"), complete=True).value == 1
    assert score_answer(GERMAN, Wanted(None), complete=True).value == 1
    assert score_answer("Ja.", Wanted("en"), complete=True).value == 1


def test_json_is_checked_when_it_was_asked_for() -> None:
    schema = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}
    wanted = Wanted(json=True, schema=schema)
    assert score_answer("no", wanted, complete=True).objection == "no valid JSON"
    assert score_answer('{"b": 1}', wanted, complete=True).objection == "not as the schema asks"
    assert score_answer('{"a": 1}', wanted, complete=True).value == 1


@pytest.mark.parametrize(
    ("value", "schema", "expected"),
    [
        (1, {"type": "integer"}, True),
        (1.0, {"type": "integer"}, True),
        (1.5, {"type": "integer"}, False),
        (True, {"type": "integer"}, False),
        (None, {"type": ["string", "null"]}, True),
        ("x", {"enum": ["x", "y"]}, True),
        ("z", {"enum": ["x", "y"]}, False),
        ([1, "2"], {"type": "array", "items": {"type": "integer"}}, False),
        ({"a": 1, "b": 2}, {"properties": {"a": {}}, "additionalProperties": False}, False),
        ({"a": {"b": "x"}}, {"properties": {"a": {"properties": {"b": {"type": "number"}}}}}, False),
        ("x", {"anyOf": [{"type": "number"}, {"type": "string"}]}, True),
        ("x", {"type": "something of tomorrow"}, True),
    ],
)
def test_schemas(value: Any, schema: dict[str, Any], expected: bool) -> None:
    assert fits(value, schema) is expected


def test_low_probabilities_are_weak() -> None:
    sure, unsure = [-0.05] * 40, [-1.2] * 40
    assert score_answer("x y z", Wanted(), complete=True, logprobs=sure).value == 1
    assert score_answer("x y z", Wanted(), complete=True, logprobs=unsure).value < 0.7
    assert score_answer("x y z", Wanted(), complete=True, logprobs=[-9.0] * 5).value == 1


def test_what_is_wanted_is_read_off_the_request() -> None:
    schema = {"type": "object"}
    form = {"type": "json_schema", "json_schema": {"name": "n", "schema": schema}}
    request = ChatRequest((), {"response_format": form, "max_tokens": 5}, User("u"), "t")
    assert wanted_of(request, "de") == Wanted("de", json=True, schema=schema, limited=True)
    assert wanted_of(ChatRequest((), {}, User("u"), "t"), None) == Wanted()
