"""What a simulated model answers: plainly simulated, and telling what it was asked with."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from .ask import Ask, Tool
from .schema import example_of
from .tasks import task_answer
from .tokens import count, pieces

#: Up to so many tools are taken as meant for this very question, and one of them is always called. A
#: longer list is what Open WebUI offers with every chat; of that only a tool that the question names.
_FEW_TOOLS = 3

_COUNT_TO = re.compile(r"\bcount (?:up )?to (\d{1,5})\b", re.IGNORECASE)
_CODE = re.compile(r"```|\b(?:code|function|python|javascript|sql|class|script|program)\b", re.IGNORECASE)
_GO_ON = re.compile(r"\bcut off\b.*\bcontinue\b", re.IGNORECASE | re.DOTALL)
_LONG = re.compile(r"\b(?:long|detailed|essay|story|at length)\b", re.IGNORECASE)
_GENERAL_WORDS = {
    "get",
    "set",
    "list",
    "search",
    "view",
    "the",
    "for",
    "run",
    "call",
    "tool",
    "query",
    "current",
}


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call that the model wants made."""

    id: str
    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete answer and its price in tokens. `output_tokens` includes `reasoning_tokens`."""

    text: str
    reasoning: str = ""
    calls: tuple[ToolCall, ...] = ()
    finish: Literal["stop", "length", "tool_calls"] = "stop"
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0

    def emptied(self) -> Reply:
        """The same answer with nothing in it."""
        return Reply(text="", input_tokens=self.input_tokens, cached_tokens=self.cached_tokens)


def compose(ask: Ask, *, cached_tokens: int = 0, cut_tokens: int = 0) -> Reply:
    """Answer an ask. `cut_tokens` of its beginning were not read, as with a too small num_ctx."""
    input_tokens = ask.input_tokens - cut_tokens
    calls = _calls(ask)
    reasoning = _reasoning(ask) if ask.model.reasoning else ""
    thought = count(reasoning)
    if calls:
        spent = sum(count(call.name) + count(json.dumps(call.arguments)) for call in calls)
        return Reply(
            "", reasoning, calls, "tool_calls", input_tokens, cached_tokens, thought + spent, thought
        )
    text, finish = _text(ask, cut_tokens), "stop"
    parts = pieces(text)
    if ask.max_tokens is not None and len(parts) > ask.max_tokens:
        text, parts, finish = "".join(parts[: ask.max_tokens]), parts[: ask.max_tokens], "length"
    return Reply(
        text,
        reasoning,
        (),
        "length" if finish == "length" else "stop",
        input_tokens,
        cached_tokens,
        thought + len(parts),
        thought,
    )


def _text(ask: Ask, cut_tokens: int) -> str:
    if (answer := task_answer(ask)) is not None:
        return answer
    if _GO_ON.search(ask.question) and len(ask.messages) > 2 and ask.messages[-2].role == "assistant":
        return _rest(ask, cut_tokens)
    if ask.schema is not None:
        value = (
            example_of(ask.schema)
            if ask.schema
            else {"simulated": True, "model": ask.model.id, "ask": ask.question}
        )
        return json.dumps(value, ensure_ascii=False)
    return "\n\n".join(_paragraphs(ask, cut_tokens))


def _rest(ask: Ask, cut_tokens: int) -> str:
    """The answer to the question before, from where the assistant's last message stops."""
    begun = ask.messages[-2].text
    whole = _text(replace(ask, messages=ask.messages[:-2]), cut_tokens)
    for length in range(len(begun), 0, -1):
        found = whole.find(begun[-length:])
        if found >= 0:
            return whole[found + length :]
    return whole


#: What Open WebUI's window puts before a question with pictures or files.
_ATTACHED = re.compile(r"\A\s*<attached_files>.*?</attached_files>\s*", re.DOTALL)


def _paragraphs(ask: Ask, cut_tokens: int) -> list[str]:
    said = [
        f"**Simulated answer from `{ask.model.id}`.** This is a demo backend; no model has thought about it."
    ]
    if results := ask.tool_results:
        said.append("The tools said: " + "; ".join(_short(result) for result in results))
    said.append(f"You asked: “{_short(_ATTACHED.sub('', ask.question))}”")
    if numbers := _COUNT_TO.search(ask.question):
        said.append(", ".join(str(n) for n in range(1, int(numbers.group(1)) + 1)) + ".")
    elif not ask.tool_results:
        if _CODE.search(ask.question):
            said.append(_SNIPPET)
        if _LONG.search(ask.question):
            said.extend(_FILLER.format(n=n) for n in range(1, 13))
    said.append("\n".join(_echo(ask, cut_tokens)))
    return said


def _echo(ask: Ask, cut_tokens: int) -> list[str]:
    """What came with the question, so that a reader sees what reached the backend."""
    told = ", ".join(f"{name}={_brief(value)}" for name, value in sorted(ask.parameters.items()))
    lines = [f"- parameters: {f'`{told}`' if told else 'none'}"]
    lines.append(f"- system prompt: {f'“{_short(ask.system)}”' if ask.system else 'none'}")
    if ask.images:
        lines.append(f"- images: {ask.images}")
    if ask.tools:
        names = ", ".join(tool.name for tool in ask.tools[:5])
        lines.append(f"- tools offered: {len(ask.tools)} ({names}{', …' if len(ask.tools) > 5 else ''})")
    if cut_tokens:
        lines.append(f"- not read, because the context is too small: the first {cut_tokens} tokens")
    return lines


def _short(text: str, limit: int = 240) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def _brief(value: Any) -> str:
    return _short(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str), 80)


def _reasoning(ask: Ask) -> str:
    question = _short(ask.question, 60)
    return f"The user wants an answer to “{question}”. I am simulated, so I say so and repeat it."


def _calls(ask: Ask) -> tuple[ToolCall, ...]:
    if not ask.tools or not ask.model.tools or ask.tool_choice == "none":
        return ()
    if ask.tool_results and ask.tool_choice != "required":
        return ()
    named = [tool for tool in ask.tools if tool.name == ask.tool_choice]
    meant = named or [tool for tool in ask.tools if _mentions(ask.question, tool)]
    if not meant and (ask.tool_choice == "required" or len(ask.tools) <= _FEW_TOOLS):
        meant = [ask.tools[0]]
    return tuple(
        ToolCall(f"call_{uuid.uuid4().hex[:24]}", tool.name, _arguments(ask, tool)) for tool in meant[:3]
    )


def _mentions(question: str, tool: Tool) -> bool:
    """The question says the tool's name, or every telling word of it."""
    if tool.name in question:
        return True
    words = {w.lower() for w in re.findall(r"[A-Za-z][a-z]+", tool.name)} - _GENERAL_WORDS
    return bool(words) and words <= {w.lower() for w in re.findall(r"[A-Za-z]+", question)}


def _arguments(ask: Ask, tool: Tool) -> dict[str, Any]:
    schema: Mapping[str, Any] = tool.parameters
    value = example_of({**schema, "type": "object"}, _short(ask.question, 60))
    return value if isinstance(value, dict) else {}


_SNIPPET = """Some code, to look at (simulated, and the same for every question):

```python
def greet(name: str) -> str:
    return f"Hello, {name}!"


print(greet("world"))
```"""

_FILLER = (
    "Paragraph {n} of a long answer. Nothing in it means anything; it is here so that there is something to "
    "read, to scroll and to stop. A real model would by now have come to the point, or changed the subject."
)
