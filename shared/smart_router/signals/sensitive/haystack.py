"""A text prepared for many look-ups, and word lists that ask it cheaply.

Searching a long text for hundreds of words one by one costs a pass each. So the text's distinct
words are taken once, and of a list only the words whose first four bytes begin one of them are
searched for at all. Scripts that put no spaces between words, or glue articles to them, are
searched directly, but only for words all of whose letters occur.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

#: UTF-8 bytes that stay: small letters and everything outside ASCII.
_LETTERS = bytes(b if 97 <= b <= 122 or b >= 128 else 32 for b in range(256))

#: From here on (Hebrew, Arabic, Indic, Thai, Han, kana, hangul) words are searched directly.
_GLUED = "\u0590"

#: In UTF-8 such characters begin with 0xD6 or more, and no other byte is that high.
_BELOW_GLUED = bytes(range(0xD6))

#: Digits of other scripts, to be read as ours. Longer texts keep them: the change costs too much there.
_ZEROS = "٠۰०০๐０"
_DIGITS = {ord(zero) + n: str(n) for zero in _ZEROS for n in range(10)}
_DIGITS_LIMIT = 400_000

#: Signs within words of lists (`sk-`, `github_pat_`).
_SIGNS = "-_.:/"

#: Characters that the beginning of a text is asked for one by one; the rest is only asked for others.
_SAMPLE = 60_000

#: All letters of words searched directly, and the digits above.
_wanted: set[str] = {chr(code) for code in _DIGITS}


class Haystack:
    """One text, its small letters at the same positions, and the beginnings of its words."""

    def __init__(self, text: str) -> None:
        self.text = text
        # "İ" is the one letter that grows when it is made small; positions must stay comparable.
        self.lowered = (text.replace("İ", "I") if "İ" in text else text).lower()
        self._encoded = self.lowered.encode("utf-8", "replace")
        if len(text) <= _DIGITS_LIMIT and any(chr(code) in self.glued for code in _DIGITS):
            self.text = text.translate(_DIGITS)
            self.lowered = self.lowered.translate(_DIGITS)
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
    def signs(self) -> frozenset[str]:
        """Which of the signs that words of lists hold occur."""
        return frozenset(sign for sign in _SIGNS if sign in self.lowered)

    @cached_property
    def glued(self) -> frozenset[str]:
        """Which letters that word lists ask for occur, of scripts whose words cannot be told by the
        spaces around them. Empty for texts without such scripts."""
        if not self._encoded.translate(None, _BELOW_GLUED):
            return frozenset()
        found = _wanted & set(self.lowered[:_SAMPLE])
        missing = _wanted - found
        if missing and len(self.lowered) > _SAMPLE:
            found |= set(re.findall("[" + "".join(sorted(missing)) + "]", self.lowered[_SAMPLE:]))
        return frozenset(found)

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

    def beginnings(self, word: str, limit: int) -> Iterator[int]:
        """As `places`, but only where a word begins, as far as its script shows that; short words of
        small Latin letters must end there too."""
        whole = len(word) <= 4 and word.isascii() and word.isalpha()
        glued = word[0] >= _GLUED
        for position in self.places(word, limit):
            if not glued and position and self.lowered[position - 1].isalpha():
                continue
            if whole and self.lowered[position + len(word) : position + len(word) + 1].isalpha():
                continue
            yield position


class WordList:
    """Words (small letters, may hold spaces and signs) that are looked for together.

    `anywhere` are searched inside of words too (compounds, camelCase).
    """

    def __init__(self, words: Iterable[str], anywhere: Iterable[str] = ()) -> None:
        self._by_start: dict[bytes, list[str]] = {}
        self._by_word: dict[bytes, list[str]] = {}
        self._glued: dict[str, list[tuple[frozenset[str], str]]] = {}
        self._anywhere = tuple(anywhere)
        for word in dict.fromkeys(words):
            first = word.encode().translate(_LETTERS).split()
            if word[0] >= _GLUED or not first:
                letters = frozenset(c for c in word if c >= _GLUED)
                _wanted.update(letters)
                self._glued.setdefault(word[0], []).append((letters, word))
            elif len(first[0]) >= 4:
                self._by_start.setdefault(first[0][:4], []).append(word)
            else:
                self._by_word.setdefault(first[0], []).append(word)
        self._starts = frozenset(self._by_start)
        self._words = frozenset(self._by_word)
        self._letters = frozenset(self._glued)

    def possible(self, hay: Haystack) -> list[str]:
        """The words that may occur in the text; the others certainly do not."""
        found = [word for start in self._starts & hay.starts for word in self._by_start[start]]
        found += [word for start in self._words & hay.words for word in self._by_word[start]]
        absent = set(_SIGNS) - hay.signs
        if absent:
            found = [word for word in found if absent.isdisjoint(word)]
        if hay.glued:
            for first in self._letters & hay.glued:
                found += [w for letters, w in self._glued[first] if letters <= hay.glued and w in hay.lowered]
        found += [word for word in self._anywhere if word in hay.lowered]
        return found
