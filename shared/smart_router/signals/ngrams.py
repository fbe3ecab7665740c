"""Hashed features of words: what the language and the intent models look up.

A feature is a 32-bit number; a model with 2^k rows uses its lowest k bits. CRC-32 is the hash
because it is in the standard library, runs at C speed, and gives the same number everywhere
(`hash()` of a string does not).
"""

from __future__ import annotations

from array import array
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
def word_features(word: str) -> array[int]:
    """The word itself and its character 2- to 4-grams, with the word's ends marked; not to be changed.

    `word` is lower case and at most MAX_WORD characters. Words repeat (Zipf), so most calls are answered
    from the cache, which holds single words and never a text.
    """
    marked = f" {word} "
    spelled = marked.encode("utf-8", "replace")
    last = len(marked) + 1
    sizes = [size for size in (2, 3, 4) if size < len(marked)]
    if word.isascii():
        grams = [spelled[i : i + size] for size in sizes for i in range(last - size)]
    else:
        grams = [marked[i : i + n].encode("utf-8", "replace") for n in sizes for i in range(last - n)]
    return array("I", [crc32(b"w" + spelled), *map(crc32, grams)])


def split_words(text: str) -> list[str]:
    """The words of `text`, in order; runs of unspaced scripts come as one piece."""
    return WORD.findall(text)
