"""Who wants work done in another language wants that work; who gives a text wants its translation."""

from __future__ import annotations

import pytest

from smart_router.classify import classify
from smart_router.classify.in_language import wanted_in_it
from smart_router.classify.look import look_at
from smart_router.request import ChatRequest, User
from smart_router.signals import read_signals

WORK = [
    ("explain", "用中文解释量子纠缠"),
    ("explain", "请用英文介绍你自己"),
    ("explain", "explique-moi en anglais la photosynthèse"),
    ("explain", "erkläre mir auf Englisch was ein Quorum ist"),
    ("creative", "用英语写一首诗"),
    ("creative", "Schreib einen kurzen Brief auf Französisch an meine Vermieterin"),
    ("creative", "write a short poem in Spanish about rain"),
]
TRANSLATIONS = [
    "Write this letter in French",
    "write “see you at the poem reading” in German",
    "用英语写：我明天到",
    "Schreib mir die Übersetzung des Briefs auf Englisch",
    "Translate the poem into English",
    "How do you say good luck in Polish?",
]


def taken_for(text: str) -> str:
    messages = ({"role": "user", "content": text},)
    return classify(read_signals(ChatRequest(messages, {}, User("u"), "t"))).intent


@pytest.mark.parametrize(("intent", "text"), WORK)
def test_work_in_another_language_is_that_work(intent: str, text: str) -> None:
    assert taken_for(text) == intent


def test_in_a_conversation_what_was_said_is_there_to_be_translated() -> None:
    said = (
        "Schreib ein Gedicht über Regen",
        "Der Regen fällt, die Straße glänzt.",
        "write the poem in English",
    )
    roles = ("user", "assistant")
    messages = tuple({"role": roles[n % 2], "content": text} for n, text in enumerate(said))
    found = classify(read_signals(ChatRequest(messages, {}, User("u"), "t")))
    assert "in another language" not in found.evidence


def test_a_long_ask_brings_its_text_along() -> None:
    ask = "write a letter in French"
    letter = (
        "\n\nDear neighbours, the stairs will be painted from Monday to Thursday, so please use the yard." * 4
    )
    found = [wanted_in_it(text, look_at(text, 0.0)) for text in (ask, ask + letter)]
    assert found == ["creative", None]


@pytest.mark.parametrize("text", TRANSLATIONS)
def test_a_text_that_is_given_is_translated(text: str) -> None:
    assert taken_for(text) == "translate"
