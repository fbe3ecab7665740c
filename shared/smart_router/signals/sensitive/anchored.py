"""Patterns that begin with one of many words, tried only where a text has such a word.

Python's `re` compares hundreds of alternatives at every place of a text. Here the first letters that a match
can begin with are read off the pattern once, and the words of a text are kept by theirs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from importlib import import_module
from itertools import chain
from typing import Any

from ...lazily import lazily

#: So many letters of a word are told apart; a shorter word has _END behind it.
_SIZE = 4
_END = "\0"

#: More beginnings than that say nothing, and neither do more repetitions.
_MOST = 3000

_RUN = lazily(r"[^\W\d_]+")

#: Small letters that `re` takes for one another where case is ignored.
_SAME = str.maketrans("\u0131ſςϐϑϕϖϰϱϵẛ\u1fd3\u1fe3\u1fbeµ", "isσβθφπκρεṡ\u0390\u03b0ιμ")


class Window(str):
    """A piece of text, with its words by their first letters."""

    @cached_property
    def lowered(self) -> str:
        """Small letters, at the same positions."""
        # "İ" is the one letter that grows when it is made small.
        return self.replace("İ", "I").lower()

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where words begin, by their first four letters."""
        text = self.lowered if self.isascii() else self.lowered.translate(_SAME)
        places = defaultdict[str, list[int]](list)
        for found in _RUN.finditer(text):
            places[(found[0] + _END)[:_SIZE]].append(found.start())
        return places

    @cached_property
    def capitals(self) -> list[int]:
        """Where words begin with a capital, in order."""
        return sorted(place for places in self._places.values() for place in places if self[place].isupper())

    @cached_property
    def _keys(self) -> tuple[frozenset[str], ...]:
        """The first letters of the words: one, two, three, and four of them."""
        places = self._places
        shorter = (frozenset(key[:size] for key in places) for size in range(1, _SIZE))
        return (*shorter, frozenset(places))

    def starts(self, beginnings: Sequence[frozenset[str]]) -> list[int]:
        """Where words begin in one of these ways, in order; a set for each number of letters."""
        *shorter, whole = map(frozenset.__and__, self._keys, beginnings)
        keys = set(whole)
        if any(shorter):
            there = tuple(chain.from_iterable(shorter))
            keys.update(key for key in self._places if key.startswith(there))
        return sorted(chain.from_iterable(self._places[key] for key in keys)) if keys else []


class Anchored:
    """A pattern each match of which begins at the beginning of a word; with `elsewhere`, or matches that.

    Where the beginnings cannot be read off it, it is searched for as any other.
    """

    def __init__(self, pattern: str, flags: int | re.RegexFlag = 0, elsewhere: str = "") -> None:
        self._source, self._flags = pattern, int(flags)
        self._words = lazily(pattern, flags)
        self._elsewhere = lazily(elsewhere, flags) if elsewhere else None

    @cached_property
    def _beginnings(self) -> tuple[frozenset[str], ...] | None:
        return beginnings(self._source, self._flags)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As the pattern's own, without what is `elsewhere`."""
        if not isinstance(text, Window) or self._beginnings is None:
            return self._words.finditer(text)
        return matches(self._words, text, text.starts(self._beginnings))

    def finditer_small(self, window: Window) -> Iterator[re.Match[str]]:
        """The same in the window's small letters."""
        if self._beginnings is None:
            return self._words.finditer(window.lowered)
        return matches(self._words, window.lowered, window.starts(self._beginnings))

    def occurs(self, text: str) -> bool:
        """Whether it is found."""
        if any(True for _ in self.finditer(text)):
            return True
        return self._elsewhere is not None and self._elsewhere.search(text) is not None

    def occurs_in(self, text: str, first: int, last: int) -> bool:
        """Whether it is found from `first` to `last`."""
        if self._words.search(text, first, last) is not None:
            return True
        return self._elsewhere is not None and self._elsewhere.search(text, first, last) is not None


def matches(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches that begin at one of `places`, in order, none within another."""
    last = 0
    for place in places:
        if place >= last and (found := pattern.match(text, place)) is not None:
            yield found
            last = found.end()


def beginnings(pattern: str, flags: int = 0) -> tuple[frozenset[str], ...] | None:
    """The first letters (small) that matches begin with, by their number from 1 to _SIZE.

    None where some match may begin within a word or with anything.
    """
    try:
        parsed = import_module("re._parser").parse(pattern, flags)
        # Python's own parser is no public one: should it change, nothing is known of the pattern.
        found = _texts(parsed) if _begins_word(parsed) else {("", False)}
    except (ImportError, AttributeError, TypeError, ValueError):
        return None
    texts = {text.translate(_SAME) for text, _ in found}
    if any(text in ("", _END) for text in texts) or len(texts) >= _MOST:
        return None
    # What ends with its word counts as four letters.
    sizes = {text: _SIZE if text.endswith(_END) else len(text) for text in texts}
    return tuple(frozenset(t for t, size in sizes.items() if size == n) for n in range(1, _SIZE + 1))


def _begins_word(parsed: Iterable[Any]) -> bool:
    """Whether a boundary, or no letter before, is asked for first."""
    for operation, argument in parsed:
        match str(operation):
            case "AT":
                return str(argument) == "AT_BOUNDARY"
            case "ASSERT_NOT":
                behind, excluded = argument
                return behind < 0 and len(excluded) == 1 and _are_letters(*excluded[0])
            case "ASSERT":
                return _begins_word(argument[1])
            case "SUBPATTERN":
                return _begins_word(argument[-1])
            case "BRANCH":
                return all(map(_begins_word, argument[1]))
            case _:
                return False
    return False


def _are_letters(operation: Any, members: Any) -> bool:
    """Whether these characters are all letters, and perhaps others."""
    names = [f"{kind} {value}" for kind, value in members] if str(operation) == "IN" else []
    if names[:1] == ["NEGATE None"]:
        return {"CATEGORY CATEGORY_NOT_WORD"} <= {*names[1:]} <= _NO_LETTERS
    return "CATEGORY CATEGORY_WORD" in names


_NO_LETTERS = {"CATEGORY CATEGORY_NOT_WORD", "CATEGORY CATEGORY_DIGIT", f"LITERAL {ord('_')}"}

#: A beginning, and whether what follows is known to follow at once.
_Text = tuple[str, bool]


def _texts(parsed: Iterable[Any]) -> set[_Text]:
    """The letters with which matches of these operations begin."""
    texts: set[_Text] = {("", True)}
    for operation, argument in parsed:
        if not any(goes_on for _, goes_on in texts):
            break
        texts = _joined(texts, _texts_of(str(operation), argument))
        if len(texts) >= _MOST:
            return {("", False)}
    return texts


def _joined(texts: set[_Text], behind: set[_Text]) -> set[_Text]:
    joined = set()
    for text, goes_on in texts:
        if not goes_on:
            joined.add((text, False))
            continue
        for more, further in behind:
            both = (text + more)[:_SIZE]
            joined.add((both, further and len(both) < _SIZE and not both.endswith(_END)))
    return joined


def _texts_of(operation: str, argument: Any) -> set[_Text]:
    """The letters with which matches of one operation begin; of what is not known here, any."""
    match operation:
        case "LITERAL":
            return {(_letter(argument), True)}
        case "IN":
            return _texts_in(argument)
        case "AT" | "ASSERT_NOT":
            return {("", True)}
        case "ASSERT":
            return {(text, False) for text, _ in _texts(argument[1])} if argument[0] > 0 else {("", True)}
        case "SUBPATTERN":
            return _texts(argument[-1])
        case "ATOMIC_GROUP":
            return _texts(argument)
        case "BRANCH":
            return set().union(*map(_texts, argument[1]))
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, repeated = argument
            once, texts, found = _texts(repeated), {("", True)}, set[_Text]()
            for times in range(min(most, _SIZE) + 1):
                if times >= least:
                    found |= texts
                texts = _joined(texts, once)
            return found or {("", False)}
        case _:
            return {("", False)}


def _texts_in(members: Iterable[Any]) -> set[_Text]:
    texts: set[_Text] = set()
    for kind, value in members:
        match str(kind):
            case "LITERAL":
                texts.add((_letter(value), True))
            case "RANGE" if value[1] - value[0] < 64:
                texts |= {(_letter(code), True) for code in range(value[0], value[1] + 1)}
            case "CATEGORY" if str(value) in ("CATEGORY_SPACE", "CATEGORY_DIGIT", "CATEGORY_NOT_WORD"):
                texts.add((_END, True))
            case _:
                return {("", False)}
    return texts


def _letter(code: int) -> str:
    """The small letter; _END for anything else, since no word goes on with it."""
    letter = chr(code).lower()
    return letter if len(letter) == 1 and _RUN.fullmatch(letter) else _END
