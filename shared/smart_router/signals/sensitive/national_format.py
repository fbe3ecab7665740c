"""What announces a national id, how long it is, and the test that it must pass."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .shapes import compact

Test = Callable[[str], bool]


@dataclass(frozen=True)
class Format:
    """Numbers that one of `words` stands near.

    Words in capitals must stand in capitals, and are ambiguous, as those behind "~" are: only a
    number that passes `test` is believed. Other words are labels: what follows at once and has the
    right length is believed even if it was mistyped. `digits` are the lengths of numbers that are
    digits alone; `letters` is the pattern of the others, without separators.
    """

    words: str
    digits: tuple[int, ...]
    test: Test
    letters: str = ""

    def spelled(self) -> tuple[str, ...]:
        return tuple(self.words.split(", "))

    def accepts(self, value: str) -> bool:
        """Whether `value`, without separators, is such a number."""
        if value.isdigit():
            return len(value) in self.digits and self.test(value)
        if self.digits and value[:6].isdigit() and value[7:].isdigit() and value[6:7] in ("-", "+"):
            return len(value) - 1 in self.digits and self.test(compact(value))
        return bool(self.letters) and re.fullmatch(self.letters, value) is not None and self.test(value)

    def has_shape(self, value: str) -> bool:
        """The same without the test."""
        if value.isdigit():
            return len(value) in self.digits
        if self.digits and value[:6].isdigit() and value[7:].isdigit() and value[6:7] in ("-", "+"):
            return len(value) - 1 in self.digits
        return bool(self.letters) and re.fullmatch(self.letters, value) is not None


def unlike(value: str) -> bool:
    """Not all of the same signs: all that can be asked of a number without a check digit."""
    return len(set(value)) > 2


def value_of(text: str) -> str:
    """A number as it is tested: capitals and digits, and Finland's sign."""
    return text.upper() if re.fullmatch(r"[0-9]{6}[-+][0-9]{3}[0-9A-Za-z]", text) else compact(text).upper()
