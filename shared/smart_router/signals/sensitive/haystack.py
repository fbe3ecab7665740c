"""A text prepared for many look-ups, and word lists that ask it cheaply.

Searching a long text for hundreds of words one by one costs a pass each. So the text's distinct
words are taken once, and of a list only the words whose first four bytes begin one of them are
searched for at all. Scripts that put no spaces between words, or glue articles to them, are
searched directly, but only for words all of whose letters occur. Long texts are asked by runs of
four bytes instead, since they may hold a hundred thousand distinct words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from itertools import islice
from typing import NamedTuple, cast

from ...lazily import lazily
from .grams import Index, Pattern, Patterns, usable

#: UTF-8 bytes that stay: small letters and everything outside ASCII.
_LETTERS = bytes(b if 97 <= b <= 122 or b >= 128 else 32 for b in range(256))

#: Signs outside ASCII: those of Latin-1, general and ideographic punctuation, full-width signs.
_WIDE_SIGNS = re.compile(rb"\xc2.|\xe2[\x80\x81].|\xe3\x80.|\xef\xbc[\x80-\x8f\x9a-\xa0]", re.DOTALL)

#: From here on (Hebrew, Arabic, Indic, Thai, Han, kana, hangul) words are searched directly.
_GLUED = "\u0590"

#: In UTF-8 such characters begin with 0xD6 or more, and no other byte is that high.
_BELOW_GLUED = bytes(range(0xD6))

#: Digits of other scripts, to be read as ours. Longer texts keep them: the change costs too much there.
_ZEROS = "٠۰०০๐０"
_DIGITS = {chr(ord(zero) + n): str(n) for zero in _ZEROS for n in range(10)}
_DIGITS_LIMIT = 400_000
_OTHER_DIGIT = lazily("[" + "".join(f"{zero}-{chr(ord(zero) + 9)}" for zero in _ZEROS) + "]")

#: The letters of a word up to its first sign, as `str.isalpha` has it but for fractions and the like.
_HEAD = re.compile(r"[^\W\d_]+")

#: Texts of fewer bytes are searched for a word as quickly as their words are sorted.
_SORTED_FROM = 1500

#: Signs within words of lists (`sk-`, `github_pat_`).
_SIGNS = "-_.:/"

#: Close looks at one word at most and at least, at all words together as long as each has its least, and
#: the places of one word that are gone through for them.
_MOST = 200
_LEAST = 30
_LOOKS = 1500
_PLACES = 1000

#: What is looked at around a word, in characters.
_BEFORE = 110
_BEHIND = 260

#: All letters of words searched directly; of all other words their beginnings, or the short ones whole;
#: and every list's words as they are looked for in long texts.
_wanted: set[str] = set()
_starts: set[bytes] = set()
_short: set[bytes] = set()
_patterns: dict[str, Pattern] = {}


@cache
def _prepared(number: int) -> Patterns:
    """The patterns of all lists; `number` is how many there are."""
    return Patterns(_patterns)


class Haystack:
    """One text, its small letters at the same positions, and the beginnings of its words."""

    def __init__(self, text: str) -> None:
        self.text = text = _with_our_digits(text)
        # "İ" is the one letter that grows when it is made small; positions must stay comparable.
        self.lowered = (text.replace("İ", "I") if "İ" in text else text).lower()
        self._encoded = self.lowered.encode("utf-8", "replace")

    @cached_property
    def words(self) -> set[bytes]:
        """The distinct words, as UTF-8."""
        encoded = self._encoded if self._encoded.isascii() else _WIDE_SIGNS.sub(b" ", self._encoded)
        return set(encoded.translate(_LETTERS).split())

    def ending(self, endings: tuple[bytes, ...]) -> set[bytes]:
        """The words that end in one of `endings`, of at least four bytes each."""
        if self.index is not None:
            return self.index.ending(endings)
        last = {ending[-4:] for ending in endings}
        return {word for word in self.words if word[-4:] in last and word.endswith(endings)}

    @cached_property
    def starts(self) -> set[bytes]:
        """The first four bytes of every word, where some list has a word that begins so."""
        return {word[:4] for word in self.words} & _starts

    @cached_property
    def short(self) -> set[bytes]:
        """The words that some list has among its short ones."""
        return self.words & _short

    @cached_property
    def heads(self) -> list[bytes] | None:
        """The distinct runs of letters, sorted; None for a short text, and where signs count as letters."""
        if len(self._encoded) < _SORTED_FROM:
            return None
        if self._encoded.isascii():
            return sorted(self.words)
        runs = set(_HEAD.findall(self.lowered))
        return sorted(run.encode("utf-8", "replace") for run in runs) if "".join(runs).isalpha() else None

    @cached_property
    def absent(self) -> frozenset[str]:
        """Which of the signs that words of lists hold do not occur."""
        return frozenset(sign for sign in _SIGNS if sign not in self.lowered)

    @cached_property
    def has_digit(self) -> bool:
        """Whether there is one of our digits."""
        # Ten searches for a character are quicker than one for a class of them.
        return any(digit in self.text for digit in "0123456789")

    @property
    def _has_glued(self) -> bool:
        """Whether there are letters of scripts whose words cannot be told by the spaces around them."""
        return bool(self._encoded.translate(None, _BELOW_GLUED))

    @cached_property
    def glued(self) -> frozenset[str]:
        """Which letters that word lists ask for occur, of such scripts."""
        return frozenset(_wanted & set(self.lowered)) if self._has_glued else frozenset()

    @cached_property
    def index(self) -> Index | None:
        """The places of all lists' words; None for a short text."""
        if not usable(self._encoded):
            return None
        letters = b" " + self._encoded.translate(_LETTERS) + b" "
        return Index(self._encoded, letters, _prepared(len(_patterns)))

    def places(self, word: str, limit: int) -> Iterable[int]:
        """Where `word` (small letters) occurs, at most `limit` times."""
        # Words that were found by their endings are in no list, and the index knows listed ones alone.
        listed = _patterns.get(word)
        if self.index is not None and listed is not None and len(listed.letters) >= 4:
            return islice(self.index.places(word), limit)
        first = self.lowered.find(word)
        return self._places_from(first, word, limit) if first >= 0 else ()

    def _places_from(self, position: int, word: str, limit: int) -> Iterator[int]:
        while position >= 0 and limit:
            yield position
            limit -= 1
            position = self.lowered.find(word, position + len(word))

    def beginnings(self, word: str, limit: int) -> Iterable[int]:
        """As `places`, but only where a word begins, as far as its script shows that; short words of
        small Latin letters must end there too."""
        places = self.places(word, limit)
        return self._begun(places, word) if places else ()

    def _begun(self, places: Iterable[int], word: str) -> Iterator[int]:
        whole = len(word) <= 4 and word.isascii() and word.isalpha()
        glued = word[0] >= _GLUED
        for position in places:
            if not glued and position and self.lowered[position - 1].isalpha():
                continue
            if whole and self.lowered[position + len(word) : position + len(word) + 1].isalpha():
                continue
            yield position


def _with_our_digits(text: str) -> str:
    """The text with the digits of other scripts changed into 0…9."""
    if text.isascii() or len(text) > _DIGITS_LIMIT or _OTHER_DIGIT.search(text) is None:
        return text
    for digit in set(_OTHER_DIGIT.findall(text)):
        text = text.replace(digit, _DIGITS[digit])
    return text


class _Word(NamedTuple):
    """A listed word, its letters up to the first sign, and whether those are all of it."""

    word: str
    head: bytes
    whole: bool

    def may_begin(self, heads: list[bytes]) -> bool:
        """Whether it can stand where a word begins in a text of these `Haystack.heads`."""
        at = bisect_left(heads, self.head)
        return at < len(heads) and (heads[at].startswith(self.head) if self.whole else heads[at] == self.head)


class WordList:
    """Words (small letters, may hold spaces and signs) that are looked for together.

    `anywhere` are searched inside of words too (compounds, camelCase). All others count at the beginning
    of a word alone where `begin` says so.
    """

    def __init__(self, words: Iterable[str], anywhere: Iterable[str] = (), *, begin: bool = True) -> None:
        self._begin = begin
        self._by_start: dict[bytes, list[_Word]] = {}
        self._by_word: dict[bytes, list[str]] = {}
        self._glued: dict[str, list[tuple[frozenset[str], str]]] = {}
        self._anywhere = tuple(anywhere)
        words = tuple(dict.fromkeys(words))
        self._order = {word: place for place, word in enumerate(words)}
        for word in words:
            _patterns.setdefault(word, _pattern(word))
        for word in self._anywhere:
            _patterns[word] = Pattern(_letters_of(word), -1)
        for word in words:
            first = _letters_of(word).split()
            if word[0] >= _GLUED or not first:
                letters = frozenset(c for c in word if c >= _GLUED)
                _wanted.update(letters)
                self._glued.setdefault(word[0], []).append((letters, word))
            elif len(first[0]) >= 4:
                head = cast(re.Match[str], _HEAD.search(word))[0]
                entry = _Word(word, head.encode(), head == word)
                self._by_start.setdefault(first[0][:4], []).append(entry)
            else:
                self._by_word.setdefault(first[0], []).append(word)
        self._starts = frozenset(self._by_start)
        self._short = frozenset(self._by_word)
        _starts.update(self._starts)
        _short.update(self._short)
        self._letters = frozenset(self._glued)

    @cached_property
    def _unindexed(self) -> frozenset[str]:
        """The words that are too short for an index."""
        return frozenset(word for word in self._order if len(_patterns[word].letters) < 4)

    def possible(self, hay: Haystack) -> list[str]:
        """The words that may occur in the text; the others certainly do not."""
        if hay.index is not None:
            may = hay.index.possible
            known = (self._order.keys() & may) | self._unindexed
            found = sorted(known, key=self._order.__getitem__)
            return found + [
                word for word in self._anywhere if word in may or len(_patterns[word].letters) < 4
            ]
        text = hay.lowered
        found = []
        if starts := self._starts & hay.starts:
            words = [word for start in starts for word in self._by_start[start]]
            if self._begin and (heads := hay.heads) is not None:
                words = [word for word in words if word.may_begin(heads)]
            found = [word for word, _, _ in words if word in text]
        if short := self._short & hay.short:
            absent = hay.absent
            found += [w for start in short for w in self._by_word[start] if absent.isdisjoint(w)]
        if hay.glued:
            for first in self._letters & hay.glued:
                found += [w for letters, w in self._glued[first] if letters <= hay.glued and w in text]
        if self._anywhere:
            found += [word for word in self._anywhere if word in text]
        return found

    def spots(self, hay: Haystack, *, begins: Callable[[str], bool]) -> Iterator[tuple[str, int, int]]:
        """Word, begin and end of the places to look at closely, of each word in turn.

        Words for which `begins` holds count at the beginning of a word only. A place around which the
        same stands as around an earlier one is left out, and of each word so many are taken that all
        words together are not looked at more often than a long text allows.
        """
        words = self.possible(hay)
        budget = min(_MOST, max(_LEAST, _LOOKS // max(1, len(words))))
        text = hay.text
        for word in words:
            places = hay.beginnings(word, _PLACES) if begins(word) else hay.places(word, _PLACES)
            seen: set[tuple[int, str]] = set()
            size = len(word)
            for start in places:
                end = start + size
                first = start - _BEFORE if start > _BEFORE else 0
                around = start - first, text[first : end + _BEHIND]
                if around in seen:
                    continue
                yield word, start, end
                seen.add(around)
                if len(seen) >= budget:
                    break


def _letters_of(word: str) -> bytes:
    """The word with a space for every byte of its signs and digits."""
    return _WIDE_SIGNS.sub(lambda sign: b" " * len(sign[0]), word.encode()).translate(_LETTERS)


def _pattern(word: str) -> Pattern:
    """The word's letters with a space where only the beginning, or the end of a short one, may be."""
    letters = _letters_of(word)
    if word[0] >= _GLUED:
        return Pattern(letters, -1)
    bare = letters.lstrip()
    end = b" " if len(bare) < 3 or (len(bare) == 3 and bare.isalpha()) else b""
    return Pattern(b" " + bare + end, len(bare) - len(letters))
