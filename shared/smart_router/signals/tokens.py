"""How many tokens a text will be, without a tokenizer.

Tokenizers cost about the same per letter within one language, so the estimate is a sum over
character classes, with the letters priced by language. `data/tokens.json` holds the prices; they
are fitted by scripts/training/tokens.py against real tokenizers, and its errors are printed there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from ..assets import read_asset
from .excerpt import spread
from .scripts import LETTERS, count_scripts

#: Longer texts are priced by a sample of this size.
_SAMPLE = 16_000
_PIECES = 32

#: What one chat message costs beside its text (role and separators), in tokens.
MESSAGE_OVERHEAD = 4

#: What providers take for one picture of middling size, in tokens.
IMAGE_TOKENS = 800


@lru_cache(maxsize=1)
def _prices() -> Mapping[str, float]:
    loaded: dict[str, float] = json.loads(read_asset("signals/data/tokens.json"))
    return loaded


def count_classes(text: str, language: str | None) -> dict[str, float]:
    """Characters per priced class. Letters are priced per language where it is known."""
    counts = count_scripts(text)
    classes: dict[str, float] = {}
    for name, number in counts.items():
        if name == "latin":
            key = f"latin.{language}" if f"latin.{language}" in _prices_known() else "latin.en"
        elif name == "latin_marked":
            key = "latin_marked"
        elif name in LETTERS:
            key = f"{name}.{language}" if f"{name}.{language}" in _prices_known() else name
        else:
            key = name
        classes[key] = classes.get(key, 0.0) + number
    classes["newline"] = float(text.count("\n"))
    classes["run"] = float(text.count("  "))
    return classes


#: Languages that are priced on their own: those that share a script.
PRICED = frozenset(
    [
        f"latin.{code}"
        for code in ("en", "de", "es", "fr", "id", "it", "nl", "pl", "pt", "sv", "tr", "vi", "code")
    ]
    + ["cyrillic.uk", "arabic.fa"]
)


def _prices_known() -> frozenset[str]:
    return PRICED


def estimate_tokens(text: str, language: str | None = None, code: float = 0.0) -> int:
    """The estimate for one text. `code` is the share of it that is code, 0…1."""
    if not text:
        return 0
    sample = text if len(text) <= _SAMPLE else spread(text, _PIECES, _SAMPLE // _PIECES)
    prices = _prices()
    total = 0.0
    for name, number in count_classes(sample, language).items():
        price = prices.get(name, prices["other"])
        if code and name.startswith("latin."):
            price = (1 - code) * price + code * prices["latin.code"]
        total += price * number
    return max(1, round(total * len(text) / len(sample)))
