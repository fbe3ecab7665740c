"""Going on where a broken stream stopped: what the next backend is asked, and the seam in the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import ErrorKind, UpstreamError

INSTRUCTION = (
    "Your last message was cut off by a technical fault. Continue it from exactly the point where it "
    "stops. Do not repeat what is already there, do not start again, do not comment on this; reply "
    "with the missing rest only."
)
#: How far back a repetition is looked for, and how much of a word is taken back to cut between words.
_BACK = 2000
_WORD = 40
#: From here on Unicode has the scripts that put no space between words (Thai, Chinese, …).
_SPACELESS = "\u0e00"
#: A repetition this long is no coincidence, wherever it begins.
_SURE = 12
#: An answer that begins like the first one, for this long, has been started again.
_AGAIN = 20


def continuation_messages(messages: Sequence[Mapping[str, Any]], sent: str) -> list[Mapping[str, Any]]:
    """The conversation with what has been sent, cut back to a whole word, and the request to go on.

    Of a first word alone nothing is shown: whoever answers begins it anyway.
    """
    shown = _whole_words(sent)
    if not shown:
        return list(messages)
    return [
        *messages,
        {"role": "assistant", "content": shown},
        {"role": "user", "content": INSTRUCTION},
    ]


def _whole_words(text: str) -> str:
    """Without the last word, which may be half: models go on between words, not within one."""
    if not text[-1].isalnum() or text[-1] >= _SPACELESS:
        return text.rstrip()
    for position in range(len(text) - 1, max(len(text) - _WORD, 0) - 1, -1):
        if text[position].isspace():
            return text[:position].rstrip()
    return text if len(text) > _WORD else ""


class Seam:
    """Takes a continuation piece by piece and gives back what is new in it.

    Pieces are held only as long as they may still be a repetition of `sent`: of its end, or of
    the whole when the backend began again. Raises UpstreamError when it began again and then went
    another way: the two cannot be joined.
    """

    def __init__(self, sent: str) -> None:
        self._sent = sent
        self._tail = sent[-_BACK:]
        self._held = ""
        self._joined = False

    def feed(self, piece: str) -> str:
        if self._joined:
            return piece
        self._held += piece
        return "" if self._undecided() else self._join()

    def flush(self) -> str:
        """The continuation is over: what of the held part is new."""
        return "" if self._joined else self._join()

    def _undecided(self) -> bool:
        text = _bare(self._held)
        if not text:
            return True
        again = len(text) < len(self._sent) and self._sent.startswith(text)
        return again or (len(text) < len(self._tail) and text in self._tail[:-1])

    def _join(self) -> str:
        self._joined = True
        held, self._held = self._held, ""
        text = _bare(held)
        if not text:
            return held
        overlap = self._overlap(text)
        if overlap:
            return text[overlap:]
        if len(self._sent) > _AGAIN and text[:_AGAIN] == self._sent[:_AGAIN]:
            raise UpstreamError(ErrorKind.MID_STREAM, "the continuation began the answer again")
        return self._spaced(held)

    def _overlap(self, text: str) -> int:
        """How much of the beginning of `text` repeats the end of what was sent."""
        for length in range(min(len(text), len(self._sent)), 0, -1):
            part = text[:length]
            if self._sent.endswith(part) and (length >= _SURE or self._is_word(part)):
                return length
        return 0

    def _is_word(self, part: str) -> bool:
        """A short repetition counts when it begins where a word began, and says something."""
        before = len(self._sent) - len(part) - 1
        begins = before < 0 or not self._sent[before].isalnum()
        return begins and any(map(str.isalnum, part))

    def _spaced(self, text: str) -> str:
        """Models begin without a space and end without one: put one where two words would meet."""
        space = self._sent[len(self._sent.rstrip()) :]
        if space or not self._sent:
            rest = text.lstrip()
            leading = text[: len(text) - len(rest)]
            return (leading[len(space) :] if leading.startswith(space) else "") + rest
        return f" {text}" if _needs_space(self._sent, text[0]) else text


def _needs_space(before: str, first: str) -> bool:
    """Between two words, and after a mark that ends one; not in a script without spaces, nor in a.b."""
    if " " not in before[-200:] or not first.isalnum():
        return False
    last = before[-1]
    return last.isalnum() or last in ",;:!?" or (last == "." and first.isupper())


def _bare(text: str) -> str:
    """Without the ellipsis and the space that some models lead in with."""
    return text.lstrip(" \n\t….")
