"""Regular expressions and globs that an operator writes, on engines that cannot be made to hang."""

from __future__ import annotations

import fnmatch
import functools
import importlib
import re
from collections.abc import Callable, Sequence
from typing import Any

#: Longer texts are searched in their first part only: what a rule looks for stands early.
_SEARCHED_CHARACTERS = 20_000
#: Only the fallback engine needs a limit; a search that takes longer counts as no match.
_FALLBACK_TIMEOUT_S = 0.02
#: What RE2 does not have. Refused with the fallback too, so that a registry means the same everywhere.
_NOT_LINEAR = re.compile(r"\\[1-9]|\(\?(?:=|!|<=|<!|>|\(|P=|R|&)|[*+?}]\+")


class PatternError(ValueError):
    """The pattern cannot be used; the message says why."""


def _engine(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _linear(re2: Any, text: str) -> Callable[[str], bool]:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = 8 << 20
    try:
        compiled = re2.compile(text, options)
    except re2.error as error:
        detail = error.args[0] if error.args else error
        said = detail.decode(errors="replace") if isinstance(detail, bytes) else str(detail)
        raise PatternError(f"not a regular expression in RE2 syntax: {said}") from error
    return lambda subject: compiled.search(subject) is not None


def _bounded(regex: Any, text: str) -> Callable[[str], bool]:
    if found := _NOT_LINEAR.search(text):
        raise PatternError(f"not a regular expression in RE2 syntax: {found.group()!r} is not supported")
    try:
        compiled = regex.compile(text, regex.IGNORECASE)
    except regex.error as error:
        raise PatternError(f"not a regular expression: {error}") from error

    def search(subject: str) -> bool:
        try:
            return compiled.search(subject, timeout=_FALLBACK_TIMEOUT_S) is not None
        except TimeoutError:
            return False

    return search


class Pattern:
    """A case-insensitive search in linear time.

    google-re2 is used where it is installed. Where it is not, `regex` (which Open WebUI brings)
    runs the same syntax under a time limit. With neither, patterns are refused.
    """

    __slots__ = ("_search", "text")
    _search: Callable[[str], bool]

    def __init__(self, text: str, engines: Sequence[str] = ("re2", "regex")) -> None:
        """Compile; the first of `engines` that is installed. Raises PatternError, which says why."""
        self.text = text
        if len(text) > 1000:
            raise PatternError("longer than 1,000 characters")
        found = next(((n, e) for n in engines if (e := _engine(n)) is not None), None)
        if found is None:
            raise PatternError(
                "regular expressions need the package google-re2 or regex, and neither is here"
            )
        name, engine = found
        self._search = _linear(engine, text) if name == "re2" else _bounded(engine, text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pattern) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def found_in(self, subject: str) -> bool:
        return self._search(subject[:_SEARCHED_CHARACTERS])


@functools.lru_cache(maxsize=4096)
def _glob(pattern: str) -> re.Pattern[str]:
    # A bracket is an ordinary character in a model id; only * and ? are special here.
    return re.compile(fnmatch.translate(pattern.lower().replace("[", "[[]")))


def fits(pattern: str, backend: str) -> bool:
    """Whether a model id is what `pattern` (an id or a glob with * and ?, case ignored) means."""
    return _glob(pattern).match(backend.lower()) is not None


def is_glob(pattern: str) -> bool:
    return "*" in pattern or "?" in pattern
