"""The table of public figures that we carry: prices, contexts, capabilities, and ratings by intent.

`scripts/model_figures.py` makes it; its `provenance` says from what and when. A newer table of the
same form can be loaded from a file or an address in its place. What the table says of a model is
a fact where the maker's own price list says it, and a guess where it is a median over resellers or
an estimate from the model's size.
"""

from __future__ import annotations

import functools
import gzip
import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..assets import read_asset
from ..errors import SmartRouterError
from .names import Identity, identify, untuned

FORMAT = 1
#: Arena ratings become quality in 0…1 on a line from this rating to …
RATING_FLOOR = 900
#: … this many points above it, which is a little more than the best model has.
RATING_SPAN = 600
#: A packed table larger than this is not ours (ours is about 30 kB).
MAX_BYTES = 4_000_000


class FiguresError(SmartRouterError):
    """A table of figures that cannot be used; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What price lists say of a model. `exact`: the maker's own list, not a median over resellers."""

    input_usd_per_mtok: float | None
    output_usd_per_mtok: float | None
    cached_input_usd_per_mtok: float | None
    context_tokens: int | None
    max_output_tokens: int | None
    capabilities: frozenset[str]
    exact: bool


@dataclass(frozen=True, slots=True)
class Rated:
    """Quality 0…1 by intent. `how`: what it was read from, "rated" being this very model."""

    quality: Mapping[str, float]
    how: str


class Figures:
    """The table, looked up by any spelling of a model's id."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Raises FiguresError when the table is not of the form that we know."""
        if not isinstance(table, Mapping) or table.get("format") != FORMAT:
            raise FiguresError(f"not a table of figures of format {FORMAT}")
        try:
            self.provenance: dict[str, str] = {str(k): str(v) for k, v in table["provenance"].items()}
            self.intents: tuple[str, ...] = tuple(table["intents"])
            capabilities = tuple(table["capabilities"])
            self._facts = {key: _facts(row, capabilities) for key, row in table["facts"].items()}
            self._ratings: dict[str, tuple[int, ...]] = {k: tuple(v) for k, v in table["ratings"].items()}
            self._by_size: tuple[tuple[float, float], ...] = tuple((a, b) for a, b in table["by_size"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise FiguresError(f"a damaged table of figures: {error!r}") from error
        if len(self._by_size) != len(self.intents) or any(
            len(row) != len(self.intents) for row in self._ratings.values()
        ):
            raise FiguresError("a damaged table of figures: ratings and intents do not fit")
        self._fact_keys = _index(self._facts)
        self._rating_keys = _index(self._ratings)
        self._relatives: dict[str, list[tuple[float, str]]] = {}
        for key in self._ratings:
            relative = identify(key)
            if relative.size_b and not _special(relative.key):
                self._relatives.setdefault(relative.family, []).append((relative.size_b, key))

    @property
    def date(self) -> str:
        return self.provenance.get("date", "")

    def match_facts(self, identity: Identity) -> str | None:
        """The table's key for a model, or None."""
        return _match(identity, self._fact_keys)

    def match_ratings(self, identity: Identity) -> str | None:
        return _match(identity, self._rating_keys)

    def facts(self, identity: Identity) -> Facts | None:
        key = self.match_facts(identity)
        return None if key is None else self._facts[key]

    def rated(self, identity: Identity, size_b: float | None = None) -> Rated:
        """Quality by intent: of this model, else of its family at its size, else of its size alone."""
        if (key := self.match_ratings(identity)) is not None:
            return Rated(self._quality(self._ratings[key]), "rated")
        size = size_b or identity.size_b
        if size:
            relatives = self._relatives.get(identity.family)
            if relatives and not _special(identity.key):
                near_size, near = min(relatives, key=lambda r: (abs(math.log2(size / r[0])), -r[0], r[1]))
                doublings = math.log2(size / near_size)
                slopes = (slope for _, slope in self._by_size)
                row = [r + s * doublings for r, s in zip(self._ratings[near], slopes, strict=True)]
                return Rated(self._quality(row), f"estimated from {near}")
            row = [base + slope * math.log2(size) for base, slope in self._by_size]
            return Rated(self._quality(row), "estimated from size")
        return Rated(self._quality([_UNKNOWN_RATING[_tier(identity.key)]] * len(self.intents)), "guessed")

    def _quality(self, row: Any) -> dict[str, float]:
        values = (min(max((r - RATING_FLOOR) / RATING_SPAN, 0.02), 1.0) for r in row)
        return dict(zip(self.intents, values, strict=True))


#: For a hosted model that nobody has rated, by what its name promises.
_UNKNOWN_RATING = {"small": 1260, "plain": 1320, "large": 1380}


def _tier(key: str) -> str:
    words = set(key.split("-"))
    if words & {"nano", "mini", "lite", "tiny", "micro", "small", "flash", "haiku", "instant"}:
        return "small"
    return "large" if words & {"max", "ultra", "large", "opus", "pro", "heavy"} else "plain"


def _special(key: str) -> bool:
    """Tuned for something narrow: its relatives say little about it."""
    return any(word in key for word in ("coder", "code", "math", "vl", "vision", "guard", "distill", "omni"))


def _facts(row: list[Any], names: tuple[str, ...]) -> Facts:
    into, out, cached, context, reply, bits, exact = row
    return Facts(
        input_usd_per_mtok=into,
        output_usd_per_mtok=out,
        cached_input_usd_per_mtok=cached,
        context_tokens=context,
        max_output_tokens=reply,
        capabilities=frozenset(name for i, name in enumerate(names) if bits >> i & 1),
        exact=bool(exact),
    )


def _index(keys: Mapping[str, Any]) -> dict[str, str]:
    """Every spelling under which a row is found. For an undated name the newest dated row stands in."""
    index: dict[str, str] = {}
    for key in sorted(keys, key=lambda k: ("@" in k, _newest_first(k)), reverse=False):
        plain = key.partition("@")[0]
        for spelling in (key, plain, untuned(plain)):
            index.setdefault(spelling, key)
        if "@" in key:
            index.setdefault(f"{untuned(plain)}@{key.partition('@')[2]}", key)
    return index


def _newest_first(key: str) -> str:
    date = key.partition("@")[2]
    return "".join(chr(0x10FFF - ord(c)) for c in _comparable(date))


def _comparable(date: str) -> str:
    """`0613`, `2507`, `202503` and `20241022` on one scale, as far as they tell."""
    if len(date) == 4 and "2301" <= date <= "2912":
        return f"20{date}00"
    return date.ljust(8, "0") if len(date) >= 6 else date.rjust(8, "0")


#: Words at the end of an id that say how, not what: tried without when nothing else fits.
_MANNERS = ("preview", "exp", "experimental", "thinking", "reasoning", "non-reasoning", "no-thinking", "high",
            "medium", "low", "minimal", "xhigh", "tools", "vision", "customtools", "latest")  # fmt: skip


def _match(identity: Identity, index: Mapping[str, str]) -> str | None:
    key, date = identity.key, identity.date
    for name in _names(key):
        if date and (found := index.get(f"{name}@{date}")):
            return found
        if date and len(date) == 8 and (found := index.get(f"{name}@{date[4:]}")):
            return found
        if found := index.get(name):
            return found
    return None


def _names(key: str) -> list[str]:
    """The key, then ever barer forms of it."""
    names = [key, untuned(key)]
    bare = untuned(key)
    for _ in range(2):
        for word in _MANNERS:
            if bare.endswith(f"-{word}"):
                bare = bare.removesuffix(f"-{word}")
                names.append(bare)
    return names


@functools.lru_cache(maxsize=1)
def default_figures() -> Figures:
    """The table that travels with the library."""
    return read_figures(read_asset("registry/figures.json.gz"))


def read_figures(content: bytes) -> Figures:
    """A table from a file's or an answer's bytes, packed with gzip or not. Raises FiguresError."""
    if len(content) > MAX_BYTES:
        raise FiguresError(f"a table of more than {MAX_BYTES:,} bytes")
    try:
        if content[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
                content = packed.read(MAX_BYTES * 4 + 1)
        return Figures(json.loads(content))
    except (OSError, EOFError, ValueError) as error:
        raise FiguresError(f"not a table of figures: {error}") from error
