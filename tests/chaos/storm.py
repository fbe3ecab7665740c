"""Many chats at once while the backends fail: what was asked, what came back, what was seen and recorded."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from smart_router.cli.demo import KINDS
from smart_router.cli.demo.log import Seen
from tests.openwebui.test_faults import HOSTED_KINDS, LOCAL_KINDS
from tests.support.installation import Installation, content_of

AT_ONCE = 16
#: Share of the calls to a faulty backend that go wrong.
FAILING = 0.3
FAULTY = ("gpt-4o-mini", "qwen2.5:3b", "gpt-4o")
HEALTHY = "mistral:7b"
TOOL = {
    "type": "function",
    "function": {"name": "weather", "description": "", "parameters": {"type": "object", "properties": {}}},
}
_NUMBER = re.compile(r"number (\d+)\b")
#: Seconds; a hang costs one of them, an unstreamed one three.
TIMEOUT_S = 2.5
#: Before the first word, in the middle of the first sentences, and further on.
_BREAKS_AFTER = (1, 20, 40)


@dataclass
class Chat:
    """One question and everything that is known of it. `number` is unique and part of the question."""

    number: int
    streamed: bool
    tools: bool
    text: str = ""
    calls: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    after_error: int = 0
    finishes: int = 0
    seen: list[Seen] = field(default_factory=list, repr=False)
    record: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def question(self) -> str:
        what = "What is the weather" if self.tools else f"Please count to {5 + self.number % 30}"
        return f"{what} for number {self.number}"

    def __str__(self) -> str:
        seen = [(s.model, s.fault, s.outcome) for s in self.seen]
        tried = [
            (a["backend"], a["purpose"], a["error_kind"], a["error"]) for a in self.record.get("attempts", [])
        ]
        return f"{self!r}\nseen: {seen}\ntried: {tried}\nended: {self.record.get('outcome')}"

    @property
    def declined(self) -> bool:
        """A provider declined the content, which ends it without asking around."""
        return self.record.get("error_kind") == "content_filter"

    def is_whole(self) -> bool:
        """The complete answer, each part of it once. Backends differ in their name alone."""
        if self.tools:
            return self.text == "" and [call["name"] for call in self.calls] == ["weather"]
        numbers = ", ".join(str(n) for n in range(1, 6 + self.number % 30))
        return bool(
            re.fullmatch(
                r"\*\*Simulated answer from `[^`]+`\.\*\* This is a demo backend; no model has thought about "
                rf"it\.\n\nYou asked: “{re.escape(self.question)}”\n\n{numbers}\.\n\n"
                r"- parameters: [^\n]+\n- system prompt: none",
                self.text,
            )
        )


def chats(count: int, first: int) -> list[Chat]:
    """Plain and streamed in turn, every fifth with a tool."""
    return [Chat(number, number % 2 == 0, number % 5 == 0) for number in range(first, first + count)]


def fail(smart: Installation, backends: Iterable[str], share: float, *, each_once: bool = True) -> None:
    """Each way of failing strikes with the same chance, together `share` of the calls."""
    backends = list(backends)
    each = 1 - (1 - share) ** (1 / len(KINDS))
    for position, kind in enumerate(KINDS):
        for number, backend in enumerate(backends):
            options = _options(kind, position + number)
            smart.backends.fault(backend, kind, rate=each, **options)
    if each_once:
        # Whatever chance brings, no way is left out.
        for position, kind in enumerate(KINDS):
            backend = backends[position % len(backends)]
            smart.backends.fault(backend, kind, times=1, **_options(kind, position))


def _options(kind: str, number: int) -> dict[str, Any]:
    if kind == "slow_tokens":
        return {"delay_s": 0.01}
    if kind == "rate_limited":
        return {"retry_after_s": 1}
    return {"after_tokens": _BREAKS_AFTER[number % len(_BREAKS_AFTER)]}


def run(smart: Installation, asked: Sequence[Chat]) -> None:
    """Ask all of them, so many at once, and collect what backends saw and records say."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda chat: _ask(smart, chat), asked))
    assert smart.backends.wait_idle(10)
    seen: dict[int, list[Seen]] = defaultdict(list)
    for request in smart.backends.requests:
        seen[_number(json.dumps(request.body["messages"]))].append(request)
    records = {_number(str(record["prompt"])): record for record in _records(smart, len(asked))}
    for chat in asked:
        chat.seen, chat.record = seen[chat.number], records[chat.number]


def _number(text: str) -> int:
    found = _NUMBER.search(text)
    assert found is not None, text
    return int(found.group(1))


def _records(smart: Installation, count: int) -> list[dict[str, Any]]:
    """The newest `count` records, with their attempts."""
    found: list[dict[str, Any]] = []
    cursor: dict[str, Any] = {}
    while len(found) < count:
        page = smart.get("/requests", limit=200, **cursor)
        found += page["items"]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    return found[:count]


def _ask(smart: Installation, chat: Chat) -> None:
    tools = {"tools": [TOOL]} if chat.tools else {}
    if chat.streamed:
        _read_events(chat, smart.stream(chat.question, smart.user, **tools))
        return
    answer = smart.chat(chat.question, smart.user, **tools)
    if "error" in answer:
        chat.errors.append(answer["error"])
    for choice in answer.get("choices", []):
        chat.text += choice["message"].get("content") or ""
        chat.calls += [call["function"] for call in choice["message"].get("tool_calls") or []]
        chat.finishes += choice["finish_reason"] is not None


def _read_events(chat: Chat, events: list[dict[str, Any]]) -> None:
    chat.text = content_of(events)
    for event in events:
        chat.after_error += bool(chat.errors)
        if "error" in event:
            chat.errors.append(event["error"])
        for choice in event.get("choices", []):
            chat.finishes += choice.get("finish_reason") is not None
            for call in choice["delta"].get("tool_calls") or []:
                function = call.get("function") or {}
                if function.get("name"):
                    chat.calls.append({"name": function["name"], "arguments": ""})
                chat.calls[-1]["arguments"] += function.get("arguments") or ""


def check_attempts(chat: Chat) -> None:
    """The record tells, attempt by attempt, what the backends saw of this chat."""
    attempts = chat.record["attempts"]
    assert [a["backend"] for a in attempts] == [s.model for s in chat.seen], str(chat)
    for attempt, seen in zip(attempts, chat.seen, strict=True):
        if attempt["error_kind"] is None:
            assert seen.outcome == "answered", str(chat)
            assert seen.fault in (None, "slow_tokens"), str(chat)
            assert attempt["output_tokens"] in seen.usage.values(), str(chat)
        else:
            assert seen.fault is not None, str(chat)
            assert attempt["error_kind"] in _error_kinds(seen, chat), str(chat)


def _error_kinds(seen: Seen, chat: Chat) -> set[str]:
    fault = seen.fault or ""
    if fault == "content_filter" and seen.server == "openai":
        return {"content_filter"}
    kinds = set((HOSTED_KINDS if seen.server == "openai" else LOCAL_KINDS)[fault])
    if chat.tools and "mid_stream" in kinds:
        # Nothing of a tool call went out before it was whole: then no answer broke off.
        kinds |= {"connection", "server_error", "empty_answer"}
    return kinds
