"""A provider's error without what it quotes of the conversation: records and logs hold no text of chats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from ..signals.excerpt import head_and_tail

#: So many letters and digits in a row that the conversation has as well are a quotation.
_QUOTED = 20
#: What is looked through, at the beginning and at the end of each message: errors quote from there.
_LOOKED_AT = 20_000
#: And of all messages together: it is done between two attempts, while every chat of this worker waits.
_LOOKED_AT_IN_ALL = 100_000
_MARK = "[…]"
_LETTER = re.compile(r"\w")
_OTHERS = re.compile(r"\W+")


class Redactor:
    """Takes out of errors what they quote of one conversation, which is read once, and only when needed."""

    def __init__(self, messages: Sequence[Mapping[str, Any]]) -> None:
        self._messages = messages
        self._done: dict[str, str] = {}

    def without_prompt(self, message: str) -> str:
        """`message` with a mark in place of everything that it has in common with the conversation."""
        if message not in self._done:
            self._done[message] = self._redacted(message)
        return self._done[message]

    def _redacted(self, message: str) -> str:
        positions = [found.start() for found in _LETTER.finditer(message)]
        if len(positions) < _QUOTED:
            return message
        letters = "".join(message[position] for position in positions)
        quoted = [False] * len(letters)
        for start in range(len(letters) - _QUOTED + 1):
            if letters[start : start + _QUOTED] in self.said:
                quoted[start : start + _QUOTED] = [True] * _QUOTED
        return _marked(message, positions, quoted) if any(quoted) else message

    @cached_property
    def said(self) -> str:
        """The letters and digits of the conversation, as far as it is looked through."""
        said, left = [], _LOOKED_AT_IN_ALL
        for message in _from_both_ends(self._messages):
            for text in _texts(message.get("content")):
                size = min(_LOOKED_AT, left // 2)
                if not size:
                    break
                part = head_and_tail(text, size, size)
                left -= len(part)
                said.append(_OTHERS.sub("", part))
        # A quotation does not reach from one text into another.
        return "\n".join(said)


def without_prompt(message: str, messages: Sequence[Mapping[str, Any]]) -> str:
    """As `Redactor.without_prompt`, for one error alone."""
    return Redactor(messages).without_prompt(message)


def _from_both_ends(messages: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The last message, the first, the last but one and so on: errors quote from the ends."""
    for number in range(len(messages)):
        yield messages[number // 2] if number % 2 else messages[-1 - number // 2]


def _texts(content: Any) -> list[str]:
    parts = content if isinstance(content, list) else [{"text": content}]
    texts = [part.get("text") for part in parts if isinstance(part, Mapping)]
    return [text for text in texts if isinstance(text, str)]


def _marked(message: str, positions: list[int], quoted: list[bool]) -> str:
    out, shown = [], 0
    for number, (position, hide) in enumerate(zip(positions, quoted, strict=True)):
        if hide and not (number and quoted[number - 1]):
            out.append(message[shown:position] + _MARK)
        if hide:
            shown = position + 1
    return "".join(out) + message[shown:]
