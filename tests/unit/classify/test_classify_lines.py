"""classify_lines: one line in, one answer out, whatever the line holds."""

from __future__ import annotations

import json
from collections.abc import Iterator

from smart_router.cli.classify import classify_lines

KEYS = {
    "id",
    "intent",
    "intents",
    "complexity",
    "p_hard",
    "confidence",
    "language",
    "sensitive",
    "kinds",
    "micros",
}


def line(identity: str, text: str, **more: object) -> str:
    return json.dumps({"id": identity, "messages": [{"role": "user", "content": text}], **more})


def test_every_line_gets_its_answer_in_order_with_the_agreed_keys() -> None:
    answers = list(classify_lines([line("a", "hello there"), "", line("b", "what is 2 + 2?")]))
    assert [answer["id"] for answer in answers] == ["a", "b"]
    assert all(set(answer) >= KEYS for answer in answers)


def test_lines_are_answered_one_by_one_and_not_collected_first() -> None:
    read = []

    def source() -> Iterator[str]:
        for name in "abc":
            read.append(name)
            yield line(name, "hi")

    answers = classify_lines(source())
    next(answers)
    assert read == ["a"]


def test_a_line_that_cannot_be_read_says_so_and_the_rest_goes_on() -> None:
    answers = list(classify_lines(["{broken", json.dumps({"id": "x"}), "[1]", line("ok", "hi")]))
    assert [("error" in answer) for answer in answers] == [True, True, True, False]
    assert answers[0]["line"] == 1


def test_files_tools_and_sensitive_content_reach_the_answer() -> None:
    (answer,) = classify_lines([line("a", "my password is Hunter2!", files=["a.pdf"], tools=[{}])])
    assert answer["sensitive"]
    assert answer["kinds"] == ["credentials"]
