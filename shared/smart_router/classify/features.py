"""What the model sees of a request: hashed features in four blocks, and a few measures.

`words` are words and pairs of words, `chars` their character n-grams (which survive typos and
inflection), `facts` are concepts, marks and lengths (which hold across languages), `pairs` are
what occurs together. The features of the first two share a weight of one by 1/√n, so that a page
does not shout down a line; facts and pairs weigh one each. `numbers` are the measures.
"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass
from zlib import crc32

from ..signals.ngrams import MAX_WORD, word_features
from ..signals.types import Signals
from .look import Look


@dataclass(frozen=True, slots=True)
class Features:
    """Hashes of 32 bits per block."""

    words: array[int]
    chars: array[int]
    facts: array[int]
    pairs: array[int]
    numbers: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """What the conversation was about before a short message, as far as the classifier could tell."""

    intent: str
    p_hard: float


def features_of(look: Look, signals: Signals, before: Before | None = None) -> Features:
    """The features of one request; `before` where it is a follow-up."""
    words, chars = array("I"), array("I")
    previous = "^"
    for token in look.tokens:
        if token[0] >= "\u0e00" and _is_unspaced(token[0]):
            grams = array("I", _unspaced(token))
            words += grams
            chars += grams
            previous = "^"
            continue
        short = token[:MAX_WORD]
        features = word_features(short)
        words.append(features[0])
        # Without the word's pairs of characters and the word itself.
        chars += features[len(short) + 2 :]
        words.append(crc32(f"2{previous} {token}".encode("utf-8", "replace")))
        previous = token
    return Features(
        words,
        chars,
        _hashed(fact_names(look, signals)),
        _hashed(pair_names(look, signals) + (before_names(look, signals, before) if before else [])),
        (*numbers_of(look, signals), before.p_hard * 2 if before else 0.0),
    )


#: How many numbers a request has: those of `numbers_of`, and how hard the conversation was before.
NUMBERS = 10


def numbers_of(look: Look, signals: Signals) -> tuple[float, ...]:
    """Measures that grow with difficulty more often than not, each about 0…2."""
    plain = [token for token in look.tokens if token[0] < "\u0590" and token.isalpha()]
    long_share = sum(len(token) >= 9 for token in plain) / len(plain) if plain else 0.0
    numerals = sum(token[0].isdigit() for token in look.tokens)
    return (
        math.log1p(look.words) / 3,
        math.log1p(look.characters) / 5,
        long_share * 2,
        numerals / len(look.tokens) * 2 if look.tokens else 0.0,
        min(look.concepts.get("hardcue", 0), 4) / 2,
        signals.code_share,
        math.log1p(numerals) / 2,
        math.log1p(look.folded.count(". ") + look.folded.count("? ") + look.folded.count("\n")) / 2,
        sum(map(len, plain)) / len(plain) / 6 if plain else 0.0,
    )


def _is_unspaced(char: str) -> bool:
    return "\u0e00" <= char <= "\u0e7f" or "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff"


def _unspaced(run: str) -> list[int]:
    """Single characters, pairs and triples of a run in a script without spaces."""
    run = run[:400]
    return [
        crc32(b"u" + run[i : i + size].encode("utf-8", "replace"))
        for size in (1, 2, 3)
        for i in range(len(run) - size + 1)
    ]


#: The hash of what all names of facts begin with.
_FACT = crc32(b"f")

_LENGTHS = (1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45, 70, 110, 180, 300, 600, 1500)


def length_bucket(words: int) -> int:
    """Which of some twenty lengths this is."""
    return sum(words > limit for limit in _LENGTHS)


def fact_names(look: Look, signals: Signals) -> list[str]:
    """The facts by name; a person can read what the model was told."""
    bucket = length_bucket(look.words)
    facts = [f"len {bucket}", f"len/3 {bucket // 3}"]
    facts += [f"c {name}" for name in look.concepts]
    facts += [f"cc {name}" for name, times in look.concepts.items() if times > 2]
    facts += [f"m {mark}" for mark in look.marks]
    if not look.concepts:
        facts.append("no concept")
    if signals.retrieved:
        facts.append("docs")
    if signals.files:
        facts.append("files")
    if signals.images:
        facts.append("image")
    if signals.tools:
        facts.append("tools")
    if signals.json_mode:
        facts.append("json mode")
    if signals.code_share > 0.6:
        facts.append("mostly code")
    long_words = [len(token) for token in look.tokens if token[0] < "\u0590" and token.isalpha()]
    if long_words:
        share = sum(size >= 9 for size in long_words) / len(long_words)
        facts.append(f"long words {min(5, int(share * 12))}")
    return facts


#: Marks and signals whose meaning depends on what else is asked.
_CONTEXT = ("signature", "fence", "code", "paste", "quoted", "formula", "question")


#: Asks of more words than the first have a beginning and an end of their own, so many words each.
_LONG, _EDGE = 14, 8


def pair_names(look: Look, signals: Signals) -> list[str]:
    """What occurs together, and how the ask begins and ends."""
    names = sorted(look.concepts)[:9]
    pairs = [f"p {a} {b}" for i, a in enumerate(names) for b in names[i + 1 :]]
    if length_bucket(look.words) < 9:
        pairs += [f"short {name}" for name in names]
    settings = [mark for mark in _CONTEXT if mark in look.marks]
    settings += ["docs"] * signals.retrieved + ["files"] * bool(signals.files)
    pairs += [f"with {setting} {name}" for setting in settings for name in names]
    if look.tokens:
        pairs += [f"first {look.tokens[0][:12]}", f"last {look.tokens[-1][:12]}"]
        pairs.append("first two " + " ".join(look.tokens[:2])[:24])
    if len(look.tokens) > _LONG:
        # What is asked stands before what was pasted, or after it.
        pairs += [f"begins {token[:12]}" for token in look.tokens[:_EDGE]]
        pairs += [f"ends {token[:12]}" for token in look.tokens[-_EDGE:]]
    return pairs


def before_names(look: Look, signals: Signals, before: Before) -> list[str]:
    """What a short message means depends on what the conversation was about."""
    answer = signals.previous_answer
    names = [
        f"len {min(length_bucket(look.words), 8)}",
        *(f"m {mark}" for mark in look.marks),
        *(f"c {name}" for name in look.concepts),
        *(f"w {token[:12]}" for token in look.tokens[:6]),
    ]
    names += ["answer asks"] * answer.rstrip().endswith(("?", "？", "؟"))
    names += ["answer has code"] * ("```" in answer)
    return ["follow-up", f"b {before.intent}", *(f"b {before.intent} {name}" for name in names),
            *(f"b {name}" for name in names)]  # fmt: skip


def _hashed(names: list[str]) -> array[int]:
    return array("I", [crc32(name.encode("utf-8", "replace"), _FACT) for name in names])
