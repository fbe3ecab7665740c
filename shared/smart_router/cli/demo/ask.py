"""Ask: what a client wants of a model, the same for every protocol."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .models import DemoModel
from .tokens import IMAGE_TOKENS, count


@dataclass(frozen=True, slots=True)
class Message:
    """One message: who, the text of it, and how many images came with it."""

    role: str
    text: str = ""
    images: int = 0

    @property
    def tokens(self) -> int:
        """With the four that OpenAI adds to each message for its frame."""
        return 4 + count(self.text) + self.images * IMAGE_TOKENS


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that the model may call; `parameters` is a JSON schema."""

    name: str
    description: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """One request to a model.

    `tool_choice` is auto, none, required, or a tool's name. `schema` is None for free text, `{}` for
    any JSON, else the JSON schema to keep to. `parameters` are echoed in the answer.
    """

    model: DemoModel
    messages: tuple[Message, ...]
    tools: tuple[Tool, ...] = ()
    tool_choice: str = "auto"
    schema: Mapping[str, Any] | None = None
    max_tokens: int | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def question(self) -> str:
        """The last thing that the user said."""
        return next((m.text for m in reversed(self.messages) if m.role == "user"), "")

    @property
    def system(self) -> str:
        """The system prompts, also where they are called developer messages."""
        return "\n".join(m.text for m in self.messages if m.role in ("system", "developer"))

    @property
    def images(self) -> int:
        return sum(m.images for m in self.messages)

    @property
    def tool_results(self) -> tuple[str, ...]:
        """What the tools said, when the conversation ends with their results."""
        results: list[str] = []
        for message in reversed(self.messages):
            if message.role != "tool":
                break
            results.append(message.text)
        return tuple(reversed(results))

    @property
    def input_tokens(self) -> int:
        """Everything that is read: messages and, where the model knows tools, their descriptions."""
        offered = sum(count(f"{t.name} {t.description} {dict(t.parameters)}") for t in self.tools)
        return 3 + sum(m.tokens for m in self.messages) + (offered if self.model.tools else 0)


def text_of(content: Any) -> tuple[str, int]:
    """The text and the number of images in a message's content, however it is written."""
    if isinstance(content, str):
        return content, 0
    if not isinstance(content, Iterable) or isinstance(content, Mapping):
        return ("" if content is None else str(content)), 0
    texts, images = [], 0
    for part in content:
        kind = part.get("type", "") if isinstance(part, Mapping) else ""
        if kind in ("text", "input_text", "output_text"):
            texts.append(str(part.get("text", "")))
        elif kind in ("image_url", "input_image", "image"):
            images += 1
    return "\n".join(texts), images


def tools_of(tools: Any) -> tuple[Tool, ...]:
    """Tools in the form of chat completions and Ollama (nested) or of responses (flat)."""
    found = []
    for tool in tools if isinstance(tools, list) else []:
        spec = tool.get("function") if isinstance(tool, Mapping) and "function" in tool else tool
        if isinstance(spec, Mapping) and spec.get("name"):
            parameters = spec.get("parameters")
            found.append(
                Tool(
                    str(spec["name"]),
                    str(spec.get("description") or ""),
                    parameters if isinstance(parameters, Mapping) else {},
                )
            )
    return tuple(found)


def choice_of(tool_choice: Any) -> str:
    """`tool_choice` as one word: auto, none, required, or the name of the tool demanded."""
    if isinstance(tool_choice, Mapping):
        function = tool_choice.get("function")
        name = function.get("name") if isinstance(function, Mapping) else tool_choice.get("name")
        return str(name or "required")
    return tool_choice if isinstance(tool_choice, str) else "auto"
