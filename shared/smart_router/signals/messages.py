"""What is in an OpenAI chat message: text, images, calls and their results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..request import Message


def text_of(message: Message) -> str:
    """The message's text; the text parts joined when the content is a list. Never raises."""
    content = message.get("content") if isinstance(message, Mapping) else None
    if isinstance(content, str):
        return content
    if not isinstance(content, list | tuple):
        return ""
    parts = []
    for part in content:
        if isinstance(part, str):
            parts.append(part)
        elif isinstance(part, Mapping):
            text = part.get("text")
            if isinstance(text, str):
                parts.append(text)
    return "\n".join(parts)


def role_of(message: Message) -> str:
    """The message's role in lower case, or an empty string."""
    role = message.get("role") if isinstance(message, Mapping) else None
    return role.lower() if isinstance(role, str) else ""


def count_images(message: Message) -> int:
    """Images in the content parts, and in Ollama's `images` list."""
    if not isinstance(message, Mapping):
        return 0
    count = 0
    content = message.get("content")
    if isinstance(content, list | tuple):
        for part in content:
            if isinstance(part, Mapping):
                kind = part.get("type")
                count += isinstance(kind, str) and kind in ("image_url", "image", "input_image")
    images = message.get("images")
    if isinstance(images, list | tuple):
        count += len(images)
    return count


def count_files(messages: Iterable[Message]) -> int:
    """Files that travel as content parts."""
    count = 0
    for message in messages:
        content = message.get("content") if isinstance(message, Mapping) else None
        if isinstance(content, list | tuple):
            count += sum(
                isinstance(part, Mapping) and part.get("type") in ("file", "input_file", "document")
                for part in content
            )
    return count


def call_texts(message: Message) -> list[str]:
    """Names and arguments of the tool calls in an assistant's message: they are sent too."""
    calls: Any = message.get("tool_calls") if isinstance(message, Mapping) else None
    texts: list[str] = []
    if isinstance(calls, list | tuple):
        for call in calls:
            function = call.get("function") if isinstance(call, Mapping) else None
            if isinstance(function, Mapping):
                texts.extend(
                    v for v in (function.get("name"), function.get("arguments")) if isinstance(v, str)
                )
    return texts
