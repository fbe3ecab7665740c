"""Concepts: the words for translating, proving, greeting … in the languages of the data.

`lexicon.txt` maps stems of 24 languages to some forty concepts, so that what is learnt from
English about "translate + a language's name" holds for all of them. Look-ups are dictionary
look-ups of words, their beginnings, and pairs to quadruples of words: linear in the text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from ..assets import read_asset
from ..lazily import lazily

# Latin words and numbers; runs of unspaced scripts; words of all other scripts, with the vowel signs
# that Python's \w leaves out. A Latin word inside Chinese text ("用Python写") is a word of its own.
_WIDE = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_LATIN = "0-9a-z\u00aa-\u024f\u1e00-\u1eff"
_SIGNS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u200c"
_OTHER = f"(?:[^\\W_{_LATIN}{_WIDE}]|[{_SIGNS}])"
_TOKEN = lazily(
    f"c\\+\\+|c#|tl;dr|[{_LATIN}]+(?:['.-][{_LATIN}]+)*+|[{_WIDE}]+|{_OTHER}+(?:['-]{_OTHER}+)*+|[/][a-z]\\w+"
)
_UNSPACED = lazily("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")
_GLUED_FROM = "\u0590"
_PREFIX = (3, 24)
_PHRASE = 4


def _fold_table() -> dict[int, str]:
    import unicodedata

    table = {
        ord("ł"): "l",
        ord("ß"): "ss",
        ord("ø"): "o",
        ord("đ"): "d",
        ord("ı"): "i",
        ord("æ"): "ae",
        ord("œ"): "oe",
        ord("’"): "'",
    }
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00), *range(0x370, 0x400)):
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0]
        if base != char and code not in table:
            table[code] = base.lower()
    return table


_FOLD = _fold_table()


def fold(text: str) -> str:
    """Small letters without Latin and Greek accents, so that a missing accent changes nothing."""
    lowered = text.lower()
    return lowered if lowered.isascii() else lowered.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    names: tuple[str, ...]
    words: dict[str, tuple[int, ...]]
    beginnings: dict[str, tuple[int, ...]]
    phrases: dict[str, tuple[int, ...]]
    glued: dict[str, tuple[int, ...]]
    #: The first three letters of the beginnings, and all of shorter ones.
    stems: frozenset[str]
    #: The first words of the phrases.
    begins_phrase: frozenset[str]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    names: list[str] = []
    tables: tuple[dict[str, tuple[int, ...]], ...] = ({}, {}, {}, {})
    words, beginnings, phrases, glued = tables
    for line in read_asset("classify/lexicon.txt").decode("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, entries = line.split(":", 1)
        number = len(names)
        names.append(name)
        for entry in entries.split():
            key = fold(entry.rstrip("*"))
            if _UNSPACED.fullmatch(key):
                table = glued
            elif "_" in key.strip("_") or key.endswith("_"):
                key = key.replace("_", " ").strip()
                table = phrases if " " in key else words
            else:
                table = beginnings if entry.endswith("*") or key[0] >= _GLUED_FROM else words
            if number not in table.get(key, ()):
                table[key] = (*table.get(key, ()), number)
    begins = frozenset(tokenize(phrase)[0] for phrase in phrases)
    stems = frozenset(key[:3] for key in beginnings)
    return _Lexicon(tuple(names), words, beginnings, phrases, glued, stems, begins)


def concept_names() -> tuple[str, ...]:
    """All concepts, in the lexicon's order."""
    return _lexicon().names


@lru_cache(maxsize=16384)
def _of_word(word: str) -> tuple[int, ...]:
    lexicon = _lexicon()
    found = list(lexicon.words.get(word, ()))
    variants = [word]
    if word[0] >= _GLUED_FROM and word[0] < "\u0700":
        # Arabic and Hebrew write and, the, in, to, for … as letters before the word.
        variants += [word[i:] for i in (1, 2, 3) if len(word) - i >= 3]
    for variant in variants:
        if variant[:3] not in lexicon.stems and variant[:2] not in lexicon.stems:
            continue
        for size in range(2 if variant[0] >= _GLUED_FROM else _PREFIX[0], min(len(variant), _PREFIX[1]) + 1):
            found += lexicon.beginnings.get(variant[:size], ())
    return tuple(dict.fromkeys(found))


def tokenize(text: str) -> list[str]:
    """The words of folded text, with c++, c#, hyphens and apostrophes kept."""
    return _TOKEN.findall(text)


def concepts_in(folded: str, tokens: list[str]) -> Counter[int]:
    """How often each concept (by number) is named in the text."""
    lexicon = _lexicon()
    found: list[int] = []
    phrases, begins = lexicon.phrases, lexicon.begins_phrase
    last = len(tokens)
    for i, token in enumerate(tokens):
        found += _of_word(token)
        if token not in begins:
            continue
        phrase = token
        for j in range(i + 1, min(i + _PHRASE, last)):
            phrase = f"{phrase} {tokens[j]}"
            found += phrases.get(phrase, ())
    if not folded.isascii():
        glued = lexicon.glued
        for run in _UNSPACED.findall(folded):
            for i in range(len(run)):
                for size in range(1, 7):
                    found += glued.get(run[i : i + size], ())
    return Counter(found)
