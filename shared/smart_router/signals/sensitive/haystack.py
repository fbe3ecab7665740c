"""A text prepared for many look-ups, and word lists that ask it cheaply.

Searching a long text for hundreds of words one by one costs a pass each. So the text's distinct
words are taken once, and of a list only the words whose first four bytes begin one of them are
searched for at all. Scripts that put no spaces between words, or glue articles to them, are
searched directly; their words are few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

#: UTF-8 bytes that stay: small letters and everything outside ASCII.
_LETTERS = bytes(b if 97 <= b <= 122 or b >= 128 else 32 for b in range(256))

#: From here on (Hebrew, Arabic, Indic, Thai, Han, kana, hangul) words are searched directly.
_GLUED = "\u0590"

#: In UTF-8 such characters begin with 0xD6 or more, and no other byte is that high.
_BELOW_GLUED = bytes(range(0xD6))
_ASCII = bytes(range(128))


class Haystack:
    """One text, its small letters at the same positions, and the beginnings of its words."""

    def __init__(self, text: str) -> None:
        self.text = text
        # "İ" is the one letter that grows when it is made small; positions must stay comparable.
        self.lowered = (text.replace("İ", "I") if "İ" in text else text).lower()

        self._encoded = self.lowered.encode("utf-8", "replace")

    @cached_property
    def words(self) -> set[bytes]:
        """The distinct words, as UTF-8."""
        return set(self._encoded.translate(_LETTERS).split())

    @cached_property
    def starts(self) -> set[bytes]:
        """The first four bytes of every word."""
        return {word[:4] for word in self.words}

    @cached_property
    def glued(self) -> frozenset[str]:
        """The characters of a text with scripts whose words cannot be told by the spaces around them;
        ASCII is left out. Empty for all other texts."""
        if not self._encoded.translate(None, _BELOW_GLUED):
            return frozenset()
        return frozenset(self._encoded.translate(None, _ASCII).decode("utf-8", "replace"))

    def places(self, word: str, limit: int) -> Iterator[int]:
        """Where `word` (small letters) occurs, at most `limit` times."""
        # Bytes are searched several times as fast as a string of wide characters.
        if not self.lowered.isascii() and word.encode() not in self._encoded:
            return
        position = self.lowered.find(word)
        while position >= 0 and limit:
            yield position
            limit -= 1
            position = self.lowered.find(word, position + len(word))


class WordList:
    """Words (small letters, may hold spaces and signs) that are looked for together.

    `anywhere` are searched inside of words too (compounds, camelCase).
    """

    def __init__(self, words: Iterable[str], anywhere: Iterable[str] = ()) -> None:
        self._by_start: dict[bytes, list[str]] = {}
        self._by_word: dict[bytes, list[str]] = {}
        self._glued: list[tuple[frozenset[str], str]] = []
        self._anywhere = tuple(anywhere)
        for word in words:
            first = word.encode().translate(_LETTERS).split()
            if word[0] >= _GLUED or not first:
                self._glued.append((frozenset(c for c in word if not c.isascii()), word))
            elif len(first[0]) >= 4:
                self._by_start.setdefault(first[0][:4], []).append(word)
            else:
                self._by_word.setdefault(first[0], []).append(word)
        self._starts = frozenset(self._by_start)
        self._words = frozenset(self._by_word)

    def possible(self, hay: Haystack) -> list[str]:
        """The words that may occur in the text; the others certainly do not."""
        found = [word for start in self._starts & hay.starts for word in self._by_start[start]]
        found += [word for start in self._words & hay.words for word in self._by_word[start]]
        if hay.glued:
            found += [word for letters, word in self._glued if letters <= hay.glued and word in hay.lowered]
        found += [word for word in self._anywhere if word in hay.lowered]
        return found
