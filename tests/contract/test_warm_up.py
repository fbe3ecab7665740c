"""What is made ready before the first chat."""

from __future__ import annotations

import subprocess
import sys

_CHAT = """
import re, re._parser, sys
from smart_router.classify import classify
from smart_router.request import ChatRequest, User
from smart_router.runtime.warm_up import warm_up
from smart_router.signals import read_signals

if "warm" in sys.argv:
    warm_up()
re.compile = None
re._parser.parse = lambda *_: sys.exit("a pattern was read")
for text in (
    "My brother Jonas Weber was told he has epilepsy. Write him a letter, and a haiku.",
    "Is a keto diet good for people with epilepsy, and why does Science say so?",
):
    message = {"role": "user", "content": text}
    request = ChatRequest(messages=(message,), parameters={}, user=User("u"), turn_id="t")
    print(*classify(read_signals(request)).signals.sensitive_kinds)
"""


def _chat(*arguments: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own, where nothing was used before."""
    return subprocess.run(
        [sys.executable, "-c", _CHAT, *arguments], capture_output=True, text=True, check=False
    )


def test_after_it_a_chat_compiles_nothing() -> None:
    warm = _chat("warm")
    assert (warm.returncode, warm.stdout) == (0, "medical\n\n"), warm.stderr
    assert "'NoneType' object is not callable" in _chat().stderr
