"""A provider's error without what it quotes of the conversation: records and logs hold no text of chats."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..signals.excerpt import head_and_tail

#: So many letters and digits in a row that the conversation has as well are a quotation.
_QUOTED = 20
#: What is looked through, at the beginning and at the end of each message: errors quote from there.
_LOOKED_AT = 20_000
_MARK = "[…]"
_LETTER = re.compile(r"\w")
_OTHERS = re.compile(r"\W+")


def without_prompt(message: str, messages: Sequence[Mapping[str, Any]]) -> str:
    """`message` with a mark in place of everything that it has in common with the conversation."""
    positions = [found.start() for found in _LETTER.finditer(message)]
    if len(positions) < _QUOTED:
        return message
    letters = "".join(message[position] for position in positions)
    said = [_OTHERS.sub("", text) for one in messages for text in _texts(one.get("content"))]
    quoted = [False] * len(letters)
    for start in range(len(letters) - _QUOTED + 1):
        window = letters[start : start + _QUOTED]
        if any(window in text for text in said):
            quoted[start : start + _QUOTED] = [True] * _QUOTED
    return _marked(message, positions, quoted) if any(quoted) else message


def _texts(content: Any) -> list[str]:
    parts = content if isinstance(content, list) else [{"text": content}]
    texts = [part.get("text") for part in parts if isinstance(part, Mapping)]
    return [head_and_tail(text, _LOOKED_AT, _LOOKED_AT) for text in texts if isinstance(text, str)]


def _marked(message: str, positions: list[int], quoted: list[bool]) -> str:
    out, shown = [], 0
    for number, (position, hide) in enumerate(zip(positions, quoted, strict=True)):
        if hide and not (number and quoted[number - 1]):
            out.append(message[shown:position] + _MARK)
        if hide:
            shown = position + 1
    return "".join(out) + message[shown:]
