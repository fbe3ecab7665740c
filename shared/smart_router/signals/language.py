"""Language identification: 24 languages, from the script and hashed character n-grams.

Most scripts name their language. Latin, Cyrillic, Arabic and Han are shared, and there a naive
Bayes model over the n-grams of `ngrams.word_features` decides. Its table, `data/language.bin`, is
made by scripts/training/language.py from the Lingua test sentences (Apache-2.0) and our own prompts.
"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..arrays import np
from ..assets import read_asset
from ..lazily import lazily
from .excerpt import head_and_tail
from .ngrams import MAX_WORD, split_words, word_features
from .scripts import LETTERS, count_scripts

#: What is not prose: fenced code, inline code, links, addresses, placeholders.
_NOT_PROSE = lazily(r"```[\s\S]*?(?:```|\Z)|`[^`\n]{0,200}`|\bhttps?://\S{1,300}|\S{1,64}@\S{1,64}")

#: One of these stands in whatever that finds.
_SIGNS_OF_OTHER = ("`", "://", "@")

#: Languages that own their script.
_OWNERS = {"greek": "el", "hebrew": "he", "devanagari": "hi", "bengali": "bn", "thai": "th", "hangul": "ko"}

#: Enough to tell; more does not make it more certain.
_SAMPLE = 600
_WORDS = 60

#: Two or three words that several languages share ("stop", "test") are most often English.
_ENGLISH_FIRST = 0.6

#: How strongly the evidence of n-grams, which overlap, is discounted before it is called a probability.
_TEMPERATURE = 0.25


@dataclass(frozen=True, slots=True)
class _Table:
    """Log-probabilities, quantised: `rows[bucket * width + column]`, in units of `scale`."""

    languages: tuple[str, ...]
    bits: int
    scale: float
    rows: Any

    def totals(self, words: list[str]) -> list[int]:
        """The summed rows of the words: per language, how surprising their n-grams are. Lower is likelier."""
        features = array("I")
        for word in words:
            features += word_features(word[:MAX_WORD])
        width, mask = len(self.languages), (1 << self.bits) - 1
        if np is not None:
            places = np.array(features, dtype=np.uint32) & mask
            summed: list[int] = self.rows.take(places, axis=0).sum(axis=0, dtype=np.int64).tolist()
            return summed
        totals = [0] * width
        for feature in features:
            start = (feature & mask) * width
            for column, value in enumerate(self.rows[start : start + width]):
                totals[column] += value
        return totals


def read_table(data: bytes) -> _Table:
    """Layout: one header line `bits scale lang lang …`, then the rows, one byte per language."""
    header, rows = data.split(b"\n", 1)
    bits, scale, *languages = header.decode().split()
    if np is not None:
        return _Table(
            tuple(languages),
            int(bits),
            float(scale),
            np.frombuffer(rows, dtype=np.uint8).reshape(-1, len(languages)),
        )
    return _Table(tuple(languages), int(bits), float(scale), rows)


@lru_cache(maxsize=1)
def _table() -> _Table:
    return read_table(read_asset("signals/data/language.bin"))


#: The languages that share each script.
_SHARED = {
    "latin": ("de", "en", "es", "fr", "id", "it", "nl", "pl", "pt", "sv", "tr", "vi"),
    "cyrillic": ("ru", "uk"),
    "arabic": ("ar", "fa"),
}

#: Letters that one language of a script uses and its neighbours do not.
_ONLY = {
    "cyrillic": (("uk", "іїєґ"), ("ru", "ыэёъ")),
    "arabic": (("fa", "پچژگکی"), ("ar", "ةىيكإأؤئ")),
    "latin": (
        ("vi", "ơưđăạảấầẩẫậắằẳẵặẹẻẽếềểễệịỏọốồổỗộớờởỡợụủứừửữựỳỵỷỹ"),
        ("tr", "ğış"),
        ("pl", "ąęłńśźż"),
        ("de", "ß"),
    ),
}


def identify_language(text: str) -> tuple[str | None, float]:
    """The ISO 639-1 code and a confidence in 0…1; (None, 0) when no letters are there to tell from."""
    prose = head_and_tail(text, 3 * _SAMPLE, _SAMPLE)
    if any(sign in prose for sign in _SIGNS_OF_OTHER):
        prose = _NOT_PROSE.sub(" ", prose)
    if not prose.strip():
        prose = head_and_tail(text, _SAMPLE, 0)
    sample = head_and_tail(prose.strip(), _SAMPLE, _SAMPLE // 2).lower()
    counts = count_scripts(sample)
    letters = {name: n for name, n in counts.items() if name in LETTERS}
    total = sum(letters.values())
    if not total:
        return None, 0.0
    latin = letters.pop("latin", 0) + letters.pop("latin_marked", 0)
    # One character of an ideographic or alphabetic script says about as much as two Latin ones, and
    # Latin words inside other scripts are mostly names and terms.
    weighted = {name: 2.0 * n for name, n in letters.items()}
    weighted["latin"] = float(latin)
    han = weighted.pop("han", 0.0)
    kana = weighted.pop("kana", 0.0)
    if han or kana:
        weighted["han"] = 1.5 * (han + kana)
    script = max(weighted, key=lambda name: weighted[name])
    share = weighted[script] / sum(weighted.values())
    if script == "han":
        return ("ja", share) if kana * 12 >= han + kana else ("zh", share)
    if script in _OWNERS:
        return _OWNERS[script], share
    code, sure = _identify_shared(sample, script)
    return code, sure * share


def _identify_shared(sample: str, script: str) -> tuple[str, float]:
    table = _table()
    columns = [table.languages.index(code) for code in _SHARED[script]]
    totals = table.totals(split_words(sample)[:_WORDS])
    scores = [-totals[c] * table.scale * _TEMPERATURE for c in columns]
    if script == "latin":
        scores[_SHARED["latin"].index("en")] += _ENGLISH_FIRST
    for code, marks in _ONLY[script] if not sample.isascii() else ():
        seen = sum(sample.count(mark) for mark in marks)
        if seen:
            scores[_SHARED[script].index(code)] += 1.5 * min(seen, 4)
    top = max(scores)
    weights = [math.exp(max(s - top, -50.0)) for s in scores]
    best = max(range(len(scores)), key=lambda i: scores[i])
    return _SHARED[script][best], weights[best] / sum(weights)
