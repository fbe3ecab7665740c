"""Who wants work done in another language wants that work; who gives a text wants its translation."""

from __future__ import annotations

import pytest

from smart_router.classify import classify
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


@pytest.mark.parametrize("text", TRANSLATIONS)
def test_a_text_that_is_given_is_translated(text: str) -> None:
    assert taken_for(text) == "translate"
