"""Chats through Smart, of every kind that the page tells apart, made once for all tests of a server."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from tests.support.installation import Installation, eventually
from tests.support.window import WindowChat

PROMPTS = (
    "Write a Python function to reverse a string",
    "Translate into French: good morning",
    "What is the capital of Norway?",
    "Solve x^2 - 5x + 6 = 0 step by step",
    "Write a short poem about rain",
)

#: What the page must have to tell apart.
OUTCOMES = {"ok", "fallback", "failed"}

#: gpt-4o is what savings are counted against: it answers none of these chats first.
REGISTRY = "version: 1\nbaseline: gpt-4o\n"


@dataclass(frozen=True, slots=True)
class Traffic:
    """Epoch seconds between which all of it lies, and a chat of a plain user and one of the administrator."""

    start: float
    end: float
    users_chat: str
    admins_chat: str

    @property
    def query(self) -> str:
        return f"from={self.start:.0f}&to={self.end:.0f}"


_made: dict[str, Traffic] = {}


def traffic_of(smart: Installation) -> Traffic:
    """Successes, ratings, a fallback, and chats that nobody could answer; the registry stays as it was."""
    if smart.url not in _made:
        _made[smart.url] = _make(smart)
    return _made[smart.url]


def _make(smart: Installation) -> Traffic:
    start = float(int(time.time()) - 1)
    smart.registry(REGISTRY)
    before = len(_chats(smart))
    for text in PROMPTS:
        smart.chat(text, smart.user)
    smart.chat("Hello", smart.admin)
    good, bad, own = (WindowChat(smart, who) for who in (smart.user, smart.user, smart.admin))
    good.rate(good.send("Name three rivers"), 1)
    bad.rate(bad.send("Explain how rain forms"), -1)
    own.send("What is a monad?")
    # Whatever Smart has come to prefer by now: this one is tried first, and fails.
    smart.in_order("gpt-4o-mini", "gpt-4o")
    smart.backends.fault("gpt-4o-mini", "server_error_json")
    smart.chat("Write a Python function to sort a list", smart.user)
    smart.backends.clear()
    smart.post("/circuit-breakers/reset")
    smart.backends.fault("*", "overloaded")
    smart.chat("What is the capital of Peru?", smart.user)
    smart.settle()

    def all_there() -> bool:
        chats = _chats(smart)
        told_apart = {c["rating"] for c in chats} >= {1, -1} and {c["outcome"] for c in chats} >= OUTCOMES
        return len(chats) >= before + len(PROMPTS) + 6 and told_apart

    assert eventually(all_there)
    assert good.chat_id
    assert own.chat_id
    return Traffic(start, float(int(time.time()) + 1), good.chat_id, own.chat_id)


def _chats(smart: Installation) -> list[dict[str, Any]]:
    return smart.records(task="none", source="smart", limit=200)
