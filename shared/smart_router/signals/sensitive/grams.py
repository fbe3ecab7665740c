"""Where listed words stand in a long text, found together.

Searching a megabyte for one word takes half a millisecond, and the lists have two thousand words. A
word can only stand where all its runs of four bytes do. One pass tells which runs there are, a second
one where the middle runs of the words that are still possible stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from ...arrays import np

#: Texts of fewer bytes are searched as quickly word by word.
LEAST = 20_000

_SIZE = 4
_BITS = 22

#: So many places are compared with a word one by one as quickly as all at once.
_FEW = 64

#: Knuth's multiplicative hash (The Art of Computer Programming 3, 6.4).
_FACTOR = 2654435761


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a word looks in a text whose signs and digits are spaces, and how far from there it begins."""

    letters: bytes
    shift: int


def usable(data: bytes) -> bool:
    """Whether the text is long enough, and numpy there."""
    return np is not None and len(data) >= LEAST


def _runs(data: bytes) -> Any:
    """Every run of four bytes of `data`, which has at least four, as a number."""
    return np.ndarray((len(data) - _SIZE + 1,), dtype="<u4", buffer=data, strides=(1,))


def _hashes(data: bytes) -> Any:
    """A number below 2**_BITS for every run of four bytes of `data`."""
    return (_runs(data) * np.uint32(_FACTOR)) >> np.uint32(32 - _BITS)


#: Lead byte, second bytes and third bytes of signs outside ASCII: Latin-1, general and ideographic
#: punctuation, full-width signs.
_WIDE_SIGNS = (
    (0xC2, range(0x80, 0xC0), None),
    (0xE2, (0x80, 0x81), range(0x80, 0xC0)),
    (0xE3, (0x80,), range(0x80, 0xC0)),
    (0xEF, (0xBC,), (*range(0x80, 0x90), *range(0x9A, 0xA1))),
)


def _without_wide_signs(letters: bytes) -> bytes:
    """The text with spaces for its signs outside ASCII; it ends with a space."""
    raw = np.frombuffer(letters, dtype=np.uint8).copy()
    for lead, seconds, thirds in _WIDE_SIGNS:
        at = np.flatnonzero(raw == lead)
        at = at[_one_of(seconds)[raw[at + 1]]]
        if thirds is not None:
            at = at[_one_of(thirds)[raw[at + 2]]]
            raw[at + 2] = 32
        raw[at] = raw[at + 1] = 32
    return raw.tobytes()


def _one_of(values: Iterable[int]) -> Any:
    found = np.zeros(256, dtype=bool)
    found[list(values)] = True
    return found


class Patterns:
    """The patterns of many words, prepared. Those of fewer than four bytes are left out."""

    def __init__(self, patterns: Mapping[str, Pattern]) -> None:
        self.words = [word for word, pattern in patterns.items() if len(pattern.letters) >= _SIZE]
        hashed = [_hashes(patterns[word].letters) for word in self.words]
        self.hashes = np.concatenate(hashed)
        self.firsts = np.cumsum([0, *map(len, hashed[:-1])])
        #: Word → the hash of its middle run, and where the word begins from there.
        self.anchors = {
            word: (int(runs[len(runs) // 2]), patterns[word].shift - len(runs) // 2)
            for word, runs in zip(self.words, hashed, strict=True)
        }


class Index:
    """The places of words in one text: `encoded` is searched, `letters` is it with spaces for signs."""

    def __init__(self, encoded: bytes, letters: bytes, patterns: Patterns) -> None:
        self._encoded = encoded
        self._raw = np.frombuffer(encoded, dtype=np.uint8)
        self._ascii = encoded.isascii()
        self._anchors = patterns.anchors
        self._letters = letters if self._ascii else _without_wide_signs(letters)
        hashes = _hashes(self._letters)
        present = np.zeros(1 << _BITS, dtype=bool)
        present[hashes] = True
        found = np.logical_and.reduceat(present[patterns.hashes], patterns.firsts)
        #: Words that may occur; the other patterns certainly do not.
        self.possible = {patterns.words[n] for n in np.flatnonzero(found)}
        present[:] = False
        present[[self._anchors[word][0] for word in self.possible]] = True
        at = np.flatnonzero(present[hashes])
        hit = hashes[at]
        # Sorted once, since there may be as many hits as bytes and a thousand words to ask for.
        order = np.argsort(hit)
        self._at, hit = at[order], hit[order]
        firsts = np.flatnonzero(np.diff(hit, prepend=hit[:1] + 1)) if len(hit) else hit
        self._ends = dict(zip(hit[firsts].tolist(), pairwise([*firsts.tolist(), len(hit)]), strict=True))

    def ending(self, endings: tuple[bytes, ...]) -> set[bytes]:
        """The words that end in one of `endings`, of at least four bytes each."""
        letters = self._letters
        raw = np.frombuffer(letters, dtype=np.uint8)
        last = np.flatnonzero((raw[_SIZE - 1 : -1] != 32) & (raw[_SIZE:] == 32))
        wanted = [int.from_bytes(ending[-_SIZE:], "little") for ending in endings]
        ends = last[np.isin(_runs(letters)[last], wanted)] + _SIZE
        words = {letters[letters.rfind(b" ", 0, end) + 1 : end] for end in ends.tolist()}
        return {word for word in words if word.endswith(endings)}

    @cached_property
    def _characters(self) -> Any:
        """How many characters begin before each byte's end."""
        return np.cumsum((self._raw & 0xC0) != 0x80, dtype=np.int32)

    def places(self, word: str) -> Iterator[int]:
        """Where a word of the patterns begins, in characters."""
        if word not in self.possible:
            return
        anchor, shift = self._anchors[word]
        begin, end = self._ends.get(anchor, (0, 0))
        places = self._at[begin:end] + shift
        data = word.encode()
        if len(places) <= _FEW:
            holds = self._encoded.startswith
            found = [place for place in sorted(places.tolist()) if place >= 0 and holds(data, place)]
        else:
            places = np.sort(places[(places >= 0) & (places <= len(self._raw) - len(data))])
            for offset, byte in enumerate(data):
                if not len(places):
                    return
                places = places[self._raw[places + offset] == byte]
            found = places.tolist()
        if found:
            yield from found if self._ascii else (self._characters[found] - 1).tolist()
