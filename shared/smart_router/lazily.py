"""Regular expressions that are compiled when they are first used.

Understanding has some two hundred; compiling them took two fifths of the time in which it is imported, and
most commands need none. A server compiles them when it starts (`compile_all`), beside its work.
"""

from __future__ import annotations

import re
import time
from typing import Any, cast

_made: list[_Lazy] = []

#: Between two patterns whoever waits gets a turn.
_PAUSE_S = 0.0005


class _Lazy:
    """Stands for a pattern. What it is asked for first, and every method after that, is the pattern's own."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        # Asked only for what is not there yet.
        compiled = re.compile(self.pattern, self.flags)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazily(pattern: str, flags: int | re.RegexFlag = 0) -> re.Pattern[str]:
    """As `re.compile`, but later. For patterns of a module, since each is kept; a pattern that is wrong
    says so when it is used, which a test does with all of them."""
    made = _Lazy(pattern, int(flags))
    _made.append(made)
    return cast("re.Pattern[str]", made)


def compile_all() -> int:
    """Compile what was not used yet, for instance in a thread; how many patterns there are."""
    for one in _made:
        if "search" not in vars(one):
            _ = one.search
            time.sleep(_PAUSE_S)
    return len(_made)
