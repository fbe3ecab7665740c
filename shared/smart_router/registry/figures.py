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
import re
import zlib
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
            # Answers of the interface show it: half a character could not be sent.
            "".join(self.provenance.values()).encode()
            self.intents: tuple[str, ...] = tuple(map(str, table["intents"]))
            capabilities = tuple(table["capabilities"])
            self._facts = {key: _facts(row, capabilities) for key, row in table["facts"].items()}
            self._ratings: dict[str, tuple[float, ...]] = {
                k: tuple(map(_number, v)) for k, v in table["ratings"].items()
            }
            self._by_size: tuple[tuple[float, float], ...] = tuple(
                (_number(a), _number(b)) for a, b in table["by_size"]
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise FiguresError(f"a damaged table of figures: {error!r}") from error
        rows = [self._by_size, *self._ratings.values()]
        if any(len(row) != len(self.intents) for row in rows):
            raise FiguresError("a damaged table of figures: ratings and intents do not fit")
        self._fact_keys = _index(self._facts)
        self._rating_keys = _index(self._ratings)
        self._relatives: dict[str, list[tuple[float, str]]] = {}
        self._versions: dict[str, list[tuple[tuple[int, ...], str]]] = {}
        self._families: dict[str, list[tuple[tuple[int, ...], str]]] = {}
        for key in self._ratings:
            relative = identify(key)
            if relative.size_b and not _special(relative.key):
                self._relatives.setdefault(relative.family, []).append((relative.size_b, key))
            else:
                series, version = _series(relative.key)
                if version and not relative.size_b:
                    self._versions.setdefault(series, []).append((version, key))
        for family in self._relatives:
            name, version = _series(family)
            self._families.setdefault(name, []).append((version, family))

    @property
    def date(self) -> str:
        return self.provenance.get("date", "")

    def match_facts(self, identity: Identity) -> str | None:
        """The table's key for a model, or None."""
        return _match(identity, self._fact_keys)

    def match_ratings(self, identity: Identity) -> str | None:
        if identity.key in _RATED_AS and not identity.date:
            identity = identify(_RATED_AS[identity.key])
        return _match(identity, self._rating_keys)

    def facts(self, identity: Identity) -> Facts | None:
        key = self.match_facts(identity)
        return None if key is None else self._facts[key]

    def rated(self, identity: Identity, size_b: float | None = None) -> Rated:
        """Quality by intent: of this model, else of its family at its size, else of its size alone."""
        if (key := self.match_ratings(identity)) is not None:
            return Rated(self._quality(self._ratings[key]), "rated")
        size = size_b or identity.size_b
        if size and (rated := self._from_relatives(identity, size)):
            return rated
        if not size and (rated := self._from_predecessor(identity)):
            return rated
        if size:
            row = [base + slope * math.log2(size) for base, slope in self._by_size]
            return Rated(self._quality(row), "estimated from its size")
        rating = _UNKNOWN_RATING[_tier(identity.key, self.facts(identity))]
        return Rated(self._quality([rating] * len(self.intents)), "guessed")

    def _from_relatives(self, identity: Identity, size: float) -> Rated | None:
        """A model of the same family and version, at another size: so many points per doubling."""
        if _special(identity.key):
            return None
        name, version = _series(identity.family)
        # Its own version, else the latest earlier one.
        relatives = self._relatives.get(identity.family) or next(
            (
                self._relatives[family]
                for v, family in sorted(self._families.get(name, ()), reverse=True)
                if v <= version
            ),
            None,
        )
        if not relatives:
            return None
        near_size, near = min(relatives, key=lambda r: (abs(math.log2(size / r[0])), -r[0], r[1]))
        doublings = math.log2(size / near_size)
        slopes = (slope for _, slope in self._by_size)
        row = [r + s * doublings for r, s in zip(self._ratings[near], slopes, strict=True)]
        return Rated(self._quality(row), f"estimated from {near}")

    def _from_predecessor(self, identity: Identity) -> Rated | None:
        """The latest earlier version under the same name; a successor is taken to be no worse."""
        series, version = _series(identity.key)
        earlier = [(v, key) for v, key in self._versions.get(series, ()) if v <= version]
        if not version or not earlier:
            return None
        _, key = max(earlier)
        return Rated(self._quality(self._ratings[key]), f"estimated from {key}")

    def _quality(self, row: Any) -> dict[str, float]:
        values = (min(max((r - RATING_FLOOR) / RATING_SPAN, 0.02), 1.0) for r in row)
        return dict(zip(self.intents, values, strict=True))


#: Names by which an API offers whatever is its newest, as of the table's date.
_RATED_AS = {
    "deepseek-chat": "deepseek-v3.2",
    "deepseek-reasoner": "deepseek-v3.2-thinking",
    "gpt-3-5-turbo": "gpt-3.5-turbo-0125",
}

#: For a hosted model that nobody has rated, by what its price and its name promise. It is most
#: often one that came after the table. Judgement: price alone explains little of a rating.
_UNKNOWN_RATING = {"small": 1280, "plain": 1340, "large": 1400}
_LARGE_USD, _SMALL_USD = 8.0, 1.0


def _tier(key: str, facts: Facts | None) -> str:
    if facts and facts.exact and facts.output_usd_per_mtok:
        price = facts.output_usd_per_mtok
        return "large" if price >= _LARGE_USD else "small" if price <= _SMALL_USD else "plain"
    words = set(key.split("-"))
    if words & {"nano", "mini", "lite", "tiny", "micro", "small", "flash", "haiku", "instant"}:
        return "small"
    return "large" if words & {"max", "ultra", "large", "opus", "pro", "heavy"} else "plain"


def _series(key: str) -> tuple[str, tuple[int, ...]]:
    """`claude-opus-4-5` → ("claude-opus", (4, 5)): what it is called, and which version of that."""
    words = _names(key)[-1].split("-")
    version = tuple(int(w) for w in words if w.isdigit())
    return "-".join(w for w in words if not w.isdigit()), version


def _special(key: str) -> bool:
    """Tuned for something narrow: its relatives say little about it."""
    return any(word in key for word in ("coder", "code", "math", "vl", "vision", "guard", "distill", "omni"))


def _facts(row: list[Any], names: tuple[str, ...]) -> Facts:
    into, out, cached, context, reply, bits, exact = row
    return Facts(
        input_usd_per_mtok=_price(into),
        output_usd_per_mtok=_price(out),
        cached_input_usd_per_mtok=_price(cached),
        context_tokens=_count(context),
        max_output_tokens=_count(reply),
        capabilities=frozenset(name for i, name in enumerate(names) if bits >> i & 1),
        exact=bool(exact),
    )


def _number(value: Any) -> float:
    """Raises ValueError: every backend's price and quality would be computed with what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 2**63:
        raise ValueError(f"expected a number, not {value!r:.50}")
    return value


def _price(value: Any) -> float | None:
    price = None if value is None else _number(value)
    if price is not None and price < 0:
        raise ValueError(f"expected a price, not {value!r}")
    return price


def _count(value: Any) -> int | None:
    return None if value is None else int(_number(value))


def _index(keys: Mapping[str, Any]) -> dict[str, str]:
    """Every spelling under which a row is found. For an undated name the newest dated row stands in."""
    index: dict[str, str] = {}
    ordered = sorted(keys, key=lambda k: ("@" in k, _newest_first(k), k))
    for key in ordered:
        plain, _, date = key.partition("@")
        for spelling in (key, plain, untuned(plain)):
            index.setdefault(spelling, key)
        if date:
            index.setdefault(f"{untuned(plain)}@{date}", key)
            index.setdefault(f"{plain}@latest", key)
            index.setdefault(f"{untuned(plain)}@latest", key)
    for key in sorted(ordered, key=lambda k: "think" in k or "reason" in k):
        # Last of all, models of which only a preview or a manner of thinking was rated.
        plain, _, date = key.partition("@")
        for spelling in _names(plain)[2:]:
            if date:
                index.setdefault(f"{spelling}@{date}", key)
            index.setdefault(spelling, key)
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
_MANNER = re.compile(
    r"-(?:preview|exp|experimental|thinking|think|reasoning|non-reasoning|no-thinking|high|medium|low|minimal|"
    r"xhigh|tools|customtools|terminus|v1-0|\d+k)$"
)


def _match(identity: Identity, index: Mapping[str, str]) -> str | None:
    key, date = identity.key, identity.date
    for name in _names(key):
        if identity.latest and (found := index.get(f"{name}@latest")):
            return found
        if date and (found := index.get(f"{name}@{date}")):
            return found
        if date and len(date) == 8 and (found := index.get(f"{name}@{date[4:]}")):
            return found
        if found := index.get(name):
            return found
    return None


def _names(key: str) -> list[str]:
    """The key, then ever barer forms of it."""
    bare = untuned(key)
    names = [key, bare]
    while (shorter := _MANNER.sub("", bare)) != bare:
        bare = shorter
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
    except (OSError, EOFError, ValueError, RecursionError, zlib.error) as error:
        raise FiguresError(f"not a table of figures: {error}") from error
