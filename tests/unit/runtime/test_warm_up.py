"""What is made ready before the first chat."""

from __future__ import annotations

import re

import pytest

from smart_router.classify import classify
from smart_router.request import ChatRequest, User
from smart_router.runtime.warm_up import warm_up
from smart_router.signals import read_signals


def test_after_it_a_chat_compiles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    warm_up()
    monkeypatch.setattr(re, "compile", None)
    text = "My brother Jonas Weber was told he has epilepsy. Write him a letter, and a haiku."
    request = ChatRequest(
        messages=({"role": "user", "content": text},), parameters={}, user=User("u"), turn_id="t"
    )
    found = classify(read_signals(request))
    assert found.intent == "creative"
    assert found.signals.sensitive_kinds == ("medical",)
