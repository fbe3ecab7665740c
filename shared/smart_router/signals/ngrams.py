"""Hashed features of words: what the language and the intent models look up.

A feature is a 32-bit number; a model with 2^k rows uses its lowest k bits. CRC-32 is the hash
because it is in the standard library, runs at C speed, and gives the same number everywhere
(`hash()` of a string does not).
"""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

from ..lazily import lazily

#: Letters, and the vowel signs and accents that Python's `\w` leaves out (Indic, Arabic, Hebrew, Thai).
_LETTER = (
    "(?:[^\\W\\d_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u0e30-"
    "\u0e4e\u200c])"
)

#: Words; an apostrophe inside belongs to the word. Runs of unspaced scripts come as one word.
WORD = lazily(f"{_LETTER}+(?:['’]{_LETTER}+)*+")

#: Scripts that do not: Han, kana, Thai. Runs of these are cut into single characters and pairs.
UNSPACED = lazily("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f]+")

#: Longer "words" (base64, concatenated junk) are cut: they carry nothing and cost time.
MAX_WORD = 24


@lru_cache(maxsize=16384)
def word_features(word: str) -> tuple[int, ...]:
    """The word itself and its character 1- to 4-grams, with the word's ends marked.

    `word` is lower case. Words repeat (Zipf), so most calls are answered from the cache.
    """
    marked = f" {word[:MAX_WORD]} "
    length = len(marked)
    features = [crc32(b"w" + marked.encode("utf-8", "replace"))]
    for size in (2, 3, 4):
        if size < length:
            features += [
                crc32(marked[i : i + size].encode("utf-8", "replace")) for i in range(length - size + 1)
            ]
    return tuple(features)


def split_words(text: str) -> list[str]:
    """The words of `text`, in order; runs of unspaced scripts come as one piece."""
    return WORD.findall(text)
