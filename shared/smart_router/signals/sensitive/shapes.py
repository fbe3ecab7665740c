"""The shape of a text (digits → d, capitals → A, small letters → a), byte for character.

A number's layout is then a literal to search for, at the speed of `bytes.find`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...lazily import lazily

_SHAPE = bytes(
    ord("d") if 48 <= b <= 57 else ord("A") if 65 <= b <= 90 else ord("a") if 97 <= b <= 122 else
    ord("x") if b in b"dAa" else b
    for b in range(256)
)  # fmt: skip

#: How many places of one shape are looked at closely.
BUDGET = 1000

#: Looking for a single byte costs next to nothing, and spares most searches for a layout.
_SIGNS = (b"-", b".", b" ", b"+", b"A", b"a")
_DIGITS = lazily(r"[0-9]+")


def shape_of(text: str) -> bytes:
    """One byte for every character; those beyond Latin-1 are question marks."""
    return text.encode("latin-1", "replace").translate(_SHAPE)


def places(shape: bytes, literal: bytes, *, bounded: bool = True) -> Iterator[int]:
    """Where `literal` begins in the shape, at most BUDGET times; by default not inside a longer word."""
    if any(sign in literal and sign not in shape for sign in _SIGNS):
        return
    position = shape.find(literal)
    seen = 0
    size = len(literal)
    while position >= 0 and seen < BUDGET:
        seen += 1
        if not bounded or not (is_word(shape, position - 1) or is_word(shape, position + size)):
            yield position
        position = shape.find(literal, position + 1)


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
