"""Aliases at the start of a message: "@fast what is …" asks for what the registry calls `fast`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..registry.schema import Registry
from ..request import Overrides

_ALIAS = re.compile(r"^\s*@([A-Za-z0-9][A-Za-z0-9_-]*)(?=\s|$)[^\S\n]*\n?")

Messages = Sequence[Mapping[str, Any]]


def take_alias(
    messages: Messages, overrides: Overrides, registry: Registry
) -> tuple[tuple[Mapping[str, Any], ...], Overrides, bool]:
    """Strip an alias from the start of the last user message, and turn it into overrides.

    Returns the messages to send on, the overrides (what the caller set in the body wins), and
    whether the alias demands local backends. Aliases in earlier messages are stripped too, so that
    no backend ever reads them; only the last one counts. An unknown @word is left alone.
    """
    if not registry.aliases:
        return tuple(messages), overrides, False
    last = max((i for i, m in enumerate(messages) if m.get("role") == "user"), default=-1)
    result: list[Mapping[str, Any]] = []
    local_only = False
    for i, message in enumerate(messages):
        if message.get("role") != "user":
            result.append(message)
            continue
        stripped, name = _strip(message, registry)
        result.append(stripped)
        if i == last and name is not None:
            wish = registry.aliases[name]
            local_only = wish.local_only
            overrides = replace(
                overrides,
                strategy=overrides.strategy or wish.strategy,
                model=overrides.model or wish.model,
                latency_target=overrides.latency_target or wish.latency_target,
                quality_preference=(
                    wish.quality_preference
                    if overrides.quality_preference is None
                    else overrides.quality_preference
                ),
                exclude=(*overrides.exclude, *wish.exclude),
            )
    return tuple(result), overrides, local_only


def _strip(message: Mapping[str, Any], registry: Registry) -> tuple[Mapping[str, Any], str | None]:
    content = message.get("content")
    if isinstance(content, str):
        text, name = _split(content, registry)
        return ({**message, "content": text}, name) if name else (message, None)
    if isinstance(content, list):
        for n, part in enumerate(content):
            if isinstance(part, Mapping) and part.get("type") == "text":
                text, name = _split(str(part.get("text", "")), registry)
                if name is None:
                    return message, None
                parts = [*content[:n], {**part, "text": text}, *content[n + 1 :]]
                return {**message, "content": parts}, name
    return message, None


def _split(text: str, registry: Registry) -> tuple[str, str | None]:
    match = _ALIAS.match(text)
    name = match[1].lower() if match else None
    if match is None or name not in registry.aliases:
        return text, None
    return text[match.end() :], name
