"""Answers to Open WebUI's background prompts (title, tags, …): they must be the JSON it parses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from .ask import Ask
from .schema import example_of

_HISTORY = re.compile(r"<chat_history>\s*(.*?)\s*</chat_history>", re.DOTALL)
_SAID = re.compile(r"^USER: (.*?)(?=^(?:USER|ASSISTANT): |\Z)", re.DOTALL | re.MULTILINE)
_WORD = re.compile(r"[^\W_][\w'’-]*")
_REQUEST = re.compile(r"<request>\s*(.*?)\s*</request>", re.DOTALL)
_KINDS = {
    "coding, hard": frozenset({"compiler", "scheduler", "concurrency"}),
    "coding, medium": frozenset({"code", "function", "python", "script", "class"}),
    "math, medium": frozenset({"prove", "integral", "equation"}),
    "translate, simple": frozenset({"translate"}),
    "qa, simple": frozenset({"who", "when", "where", "what"}),
}


def task_answer(ask: Ask) -> str | None:
    """The answer to a background prompt, None when this is an ordinary question."""
    question = ask.question
    if ask.system.startswith("Available Tools:"):
        return _legacy_tool_calls(ask)
    if question.startswith("Your task is to reflect the speaker's likely facial expression"):
        return "🙂"
    if question.startswith("You sort requests for a router."):
        return _kind_of(question)
    if not question.lstrip().startswith("### Task:"):
        return None
    found = _HISTORY.search(question)
    history = found.group(1) if found else ""
    said = [text.strip() for text in _SAID.findall(history)]
    instructions = _HISTORY.sub("", question)
    for key, answer in _ANSWERS.items():
        if f'"{key}"' in instructions:
            return json.dumps({key: answer(said)}, ensure_ascii=False)
    return None


def _kind_of(question: str) -> str:
    """Smart's question for a second opinion, answered by a handful of words: no model stands behind it."""
    found = _REQUEST.search(question)
    words = {word.lower() for word in _WORD.findall(found.group(1) if found else "")}
    return next((line for line, telling in _KINDS.items() if words & telling), "chat, simple")


def _words(said: list[str]) -> list[str]:
    return _WORD.findall(said[0]) if said else []


def _title(said: list[str]) -> str:
    words = _words(said)[:4]
    return " ".join(words).capitalize() if words else "Demo chat"


def _tags(said: list[str]) -> list[str]:
    longest = sorted(
        {word.capitalize() for word in _words(said) if len(word) > 4}, key=lambda w: (-len(w), w)
    )
    return ["General", *longest[:2]]


def _follow_ups(said: list[str]) -> list[str]:
    topic = " ".join(_words(said[-1:])[:6]) or "this"
    return [f"Tell me more about “{topic}”.", "Give me an example.", "Say it shorter."]


def _queries(said: list[str]) -> list[str]:
    return [" ".join(_WORD.findall(said[-1])[:8])] if said else []


_ANSWERS: dict[str, Callable[[list[str]], object]] = {
    "follow_ups": _follow_ups,
    "queries": _queries,
    "tags": _tags,
    "title": _title,
    "prompt": lambda said: (
        "A simulated picture of " + (" ".join(_words(said)[:8]) or "nothing in particular")
    ),
    "text": lambda said: " and so on (simulated).",
}


def _legacy_tool_calls(ask: Ask) -> str:
    """For tools by prompt: call those whose name the question says, else none."""
    listing = ask.system.removeprefix("Available Tools:").split("\n\nYour task is", 1)[0]
    try:
        tools = json.loads(listing)
    except ValueError:
        tools = []
    calls = [
        {"name": tool["name"], "parameters": example_of({**(tool.get("parameters") or {}), "type": "object"})}
        for tool in tools
        if isinstance(tool, dict) and str(tool.get("name", "\0")) in ask.question
    ]
    return json.dumps({"tool_calls": calls})
