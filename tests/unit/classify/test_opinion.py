"""A second opinion: what is asked, which answers are one, and what follows from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smart_router.classify import Classification
from smart_router.classify.decide import bucket, p_hard_within
from smart_router.classify.opinion import opinion_body, read_opinion, with_opinion, without_opinion
from smart_router.classify.types import COMPLEXITIES, INTENTS
from smart_router.cli.demo.ask import Ask, Message
from smart_router.cli.demo.models import MODELS
from smart_router.cli.demo.reply import compose
from smart_router.signals import Signals

FIRST = Classification(Signals(), "chat", "simple", 0.1, 0.3, {"chat": 0.3, "qa": 0.2}, ("wording",))


def prompt(signals: Signals) -> str:
    return str(opinion_body(signals)["messages"][0]["content"])


def test_the_question_names_every_word_that_may_be_answered_and_marks_the_request() -> None:
    asked = prompt(Signals(ask="Fix {this} thing"))
    assert all(word in asked for word in (*INTENTS, *COMPLEXITIES))
    assert "<request>\nFix {this} thing\n</request>" in asked
    assert "<earlier>" not in asked
    assert "It came with" not in asked


def test_of_a_follow_up_it_says_what_came_before_and_of_attachments_that_there_are_some() -> None:
    follow_up = Signals(ask="now shorter", follow_up=True, history=("A sonnet", "An ode"), images=1, files=2)
    asked = prompt(follow_up)
    assert "<earlier>\nAn ode\n" in asked
    assert "A sonnet" not in asked
    assert "It came with documents and pictures." in asked


def test_of_a_long_paste_only_its_ends_are_sent() -> None:
    asked = prompt(Signals(ask="a" * 100_000 + "z" * 100_000, history=("b" * 9000,), follow_up=True))
    assert len(asked) < 6000
    assert "aaa" in asked
    assert "zzz" in asked


@pytest.mark.parametrize(
    "text",
    [
        "coding, hard",
        " Coding, Hard.\n",
        "**coding**, hard",
        "coding hard",
        "`coding, hard`",
        "<think>\nIs it math? No.\n</think>\n\ncoding, hard",
    ],
)
def test_one_line_of_two_words_is_an_opinion(text: str) -> None:
    assert read_opinion(text) == ("coding", "hard")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "coding",
        "hard, coding",
        "coding, very hard",
        "programming, hard",
        "coding, hard, because of the loop",
        "I think it is coding, hard",
        "coding, hard\nmath, simple",
        "coding,\nhard",
        "codinghard",
        "coding_hard",
        "<think>coding, hard",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert read_opinion(text) is None


@given(st.text())
def test_whatever_a_model_says_can_be_read(text: str) -> None:
    assert read_opinion(text) in {None, *((i, c) for i in INTENTS for c in COMPLEXITIES)}


def test_it_counts_in_place_of_the_classifiers_and_says_so() -> None:
    found = with_opinion(FIRST, "gemma:2b", "coding", "hard")
    assert (found.intent, found.complexity, bucket(found.p_hard)) == ("coding", "hard", "hard")
    assert found.evidence == ("a second opinion by gemma:2b: Coding, hard",)
    assert found.seconded
    assert (found.confidence, found.intents) == (FIRST.confidence, FIRST.intents)
    assert found.second_opinion is not None
    assert found.second_opinion.to_json() == {
        "model": "gemma:2b",
        "result": "differs",
        "sentence": "gemma:2b says Coding, hard; the classifier said Chat, simple.",
        "intent": "coding",
        "complexity": "hard",
        "first_intent": "chat",
        "first_complexity": "simple",
    }


def test_where_it_is_the_same_the_evidence_stays_and_so_does_the_difficulty() -> None:
    found = with_opinion(FIRST, "gemma:2b", "chat", "simple")
    assert found.evidence == ("a second opinion by gemma:2b: Chat, simple", "wording")
    assert found.p_hard == FIRST.p_hard
    assert found.second_opinion is not None
    assert found.second_opinion.result == "agrees"


def test_without_one_the_classifiers_word_stays_and_the_reason_is_kept() -> None:
    found = without_opinion(FIRST, "gemma:2b", "late", "gemma:2b did not answer within 5 ms")
    assert not found.seconded
    assert found.second_opinion is not None
    assert found.second_opinion.sentence == "No second opinion: gemma:2b did not answer within 5 ms."
    for name in ("intent", "complexity", "p_hard", "confidence", "evidence"):
        assert getattr(found, name) == getattr(FIRST, name)


@given(st.floats(0, 1), st.sampled_from(COMPLEXITIES))
def test_difficulty_moves_into_the_bucket_and_no_further(p_hard: float, complexity: str) -> None:
    moved = p_hard_within(complexity, p_hard)  # type: ignore[arg-type]
    assert bucket(moved) == complexity
    assert 0 <= moved <= 1
    assert (moved == p_hard) == (bucket(p_hard) == complexity)


def test_a_simulated_model_answers_the_question_in_its_form() -> None:
    model = next(model for model in MODELS if model.id == "gemma:2b")
    answers = {
        text: compose(Ask(model, (Message("user", prompt(Signals(ask=text))),))).text
        for text in ("hello there", "Write a compiler", "Translate this")
    }
    assert [read_opinion(text) for text in answers.values()] == [
        ("chat", "simple"),
        ("coding", "hard"),
        ("translate", "simple"),
    ]
