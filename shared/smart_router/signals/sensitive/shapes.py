"""The shape of a text (digits → d, capitals → A, small letters → a), byte for character.

A number's layout is then a literal to search for, at the speed of `bytes.find`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from ...arrays import np
from ...lazily import lazily

_SHAPE = bytes(
    ord("d") if 48 <= b <= 57 else ord("A") if 65 <= b <= 90 else ord("a") if 97 <= b <= 122 else
    ord("x") if b in b"dAa" else b
    for b in range(256)
)  # fmt: skip

#: How many places of one shape are looked at closely.
BUDGET = 1000

#: Shapes of more characters are worth preparing.
_LONG = 20_000
#: More characters of one kind than any layout begins with.
_RADIX = 32

#: Looking for a single byte costs next to nothing, and spares most searches for a layout.
_SIGNS = (b"-", b".", b" ", b"+", b"A", b"a")
_DIGITS = lazily(r"[0-9]+")


def shape_of(text: str) -> bytes:
    """One byte for every character; those beyond Latin-1 are question marks."""
    return text.encode("latin-1", "replace").translate(_SHAPE)


@cache
def _signs_in(literal: bytes) -> tuple[bytes, ...]:
    return tuple(sign for sign in _SIGNS if sign in literal)


def places(shape: bytes, literal: bytes, *, bounded: bool = True) -> Iterator[int]:
    """Where `literal` begins in the shape, at most BUDGET times; by default not inside a longer word."""
    for sign in _signs_in(literal):
        if sign not in shape:
            return
    position = shape.find(literal)
    seen = 0
    size = len(literal)
    while position >= 0 and seen < BUDGET:
        seen += 1
        if not bounded or not (is_word(shape, position - 1) or is_word(shape, position + size)):
            yield position
        position = shape.find(literal, position + 1)


_IS_WORD: Any = None if np is None else np.isin(np.arange(256), list(b"dAa_"))


class Layouts:
    """The places of many layouts in one shape, each standing by itself.

    A long shape is gone through once: words are kept by the kind and number of their first characters of
    one kind, so that a layout is compared with the few that begin as it does.
    """

    def __init__(self, shape: bytes) -> None:
        self._shape = shape
        #: Whether looking for one that is not there costs next to nothing.
        self.prepared = np is not None and len(shape) > _LONG
        if not self.prepared:
            return
        self._raw = raw = np.frombuffer(shape, dtype=np.uint8)
        self._word = word = _IS_WORD[raw]
        runs = np.concatenate(([0], np.flatnonzero(raw[1:] != raw[:-1]) + 1))
        lengths = np.diff(runs, append=len(raw))
        begins = word[runs]
        begins[1:] &= ~word[runs[1:] - 1]
        self._starts = runs[begins]
        self._first = raw[self._starts] * np.int32(_RADIX) + np.minimum(lengths[begins], _RADIX - 1)

    def places(self, literal: bytes) -> Iterable[int]:
        """As the function `places`, bounded."""
        if not self.prepared:
            return places(self._shape, literal)
        size, same = len(literal), len(literal) - len(literal.lstrip(literal[:1]))
        at = self._starts[self._first == literal[0] * _RADIX + same]
        at = at[at <= len(self._raw) - size]
        for offset in range(same, size):
            at = at[self._raw[at + offset] == literal[offset]]
        behind = at + size
        inside = behind < len(self._raw)
        at = at[~(inside & self._word[np.where(inside, behind, 0)])]
        found: list[int] = at[:BUDGET].tolist()
        return found


def is_word(shape: bytes, index: int) -> bool:
    """Whether an ASCII letter, a digit or an underscore is there."""
    return 0 <= index < len(shape) and shape[index] in b"dAa_"


def runs(text: str, shape: bytes, literal: bytes) -> Iterator[tuple[int, str]]:
    """The maximal runs of digits that contain `literal`, with their start."""
    position = shape.find(literal)
    seen = 0
    while position >= 0 and seen < BUDGET:
        seen += 1
        found = _DIGITS.match(text, position)
        if found is None:
            return
        yield position, found[0]
        position = shape.find(literal, found.end())


def is_piece(shape: bytes, start: int, end: int) -> bool:
    """Whether a number written in groups goes on in further groups, as cards and accounts do."""
    inner = shape[start:end]
    before, after = shape[max(0, start - 5) : start], shape[end : end + 3]
    if before[-1:] in (b" ", b"-") and before[-1:] in inner and before[:4] in (b"dddd", b"AAdd", b"aadd"):
        return True
    return after[:1] in (b" ", b"-") and after[:1] in inner and after[1:3] == b"dd"


def digits_of(value: str) -> str:
    """The digits alone."""
    return "".join(c for c in value if c.isdigit())


def compact(value: str) -> str:
    """Letters and digits alone."""
    return "".join(c for c in value if c.isalnum())
