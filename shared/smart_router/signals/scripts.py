"""Which writing systems a text is made of, counted in one pass at the speed of C."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import lru_cache

#: First code point of each block that we tell apart, from the Unicode block list.
_BLOCKS: tuple[tuple[int, str], ...] = (
    (0x0000, "other"),
    (0x0009, "space"),
    (0x000E, "other"),
    (0x0020, "space"),
    (0x0021, "punct"),
    (0x0030, "digit"),
    (0x003A, "punct"),
    (0x0041, "latin"),
    (0x005B, "punct"),
    (0x0061, "latin"),
    (0x007B, "punct"),
    (0x00A0, "space"),
    (0x00A1, "punct"),
    (0x00C0, "latin_marked"),
    (0x0250, "other"),
    (0x0370, "greek"),
    (0x0400, "cyrillic"),
    (0x0530, "other"),
    (0x0590, "hebrew"),
    (0x0600, "arabic"),
    (0x0700, "other"),
    (0x0750, "arabic"),
    (0x0780, "other"),
    (0x0900, "devanagari"),
    (0x0980, "bengali"),
    (0x0A00, "other"),
    (0x0E00, "thai"),
    (0x0E80, "other"),
    (0x1100, "hangul"),
    (0x1200, "other"),
    (0x1E00, "latin_marked"),
    (0x1F00, "greek"),
    (0x2000, "punct"),
    (0x2070, "symbol"),
    (0x2E80, "han"),
    (0x3000, "punct"),
    (0x3040, "kana"),
    (0x3100, "other"),
    (0x3130, "hangul"),
    (0x3190, "other"),
    (0x31F0, "kana"),
    (0x3200, "symbol"),
    (0x3400, "han"),
    (0x4DC0, "symbol"),
    (0x4E00, "han"),
    (0xA000, "other"),
    (0xAC00, "hangul"),
    (0xD7B0, "other"),
    (0xF900, "han"),
    (0xFB00, "other"),
    (0xFB1D, "hebrew"),
    (0xFB50, "arabic"),
    (0xFE00, "other"),
    (0xFE70, "arabic"),
    (0xFF00, "punct"),
    (0xFF66, "kana"),
    (0xFFA0, "other"),
    (0x1F000, "emoji"),
    (0x1FB00, "other"),
    (0x20000, "han"),
    (0x32000, "other"),
)
_STARTS = [start for start, _ in _BLOCKS]
_NAMES = [name for _, name in _BLOCKS]

#: Scripts that letters are written in; the rest of the classes are spaces, digits and signs.
LETTERS = frozenset(
    [
        "latin",
        "latin_marked",
        "greek",
        "cyrillic",
        "hebrew",
        "arabic",
        "devanagari",
        "bengali",
        "thai",
        "hangul",
        "kana",
        "han",
    ]
)


@lru_cache(maxsize=8192)
def script_of(char: str) -> str:
    """The class of one character."""
    return _NAMES[bisect_right(_STARTS, ord(char)) - 1]


#: The classes of ASCII by their first letters, and its characters to those.
_ASCII_CLASSES = {script_of(chr(code))[0]: script_of(chr(code)) for code in range(128)}
_ASCII = {code: script_of(chr(code))[0] for code in range(128)}


def count_scripts(text: str) -> dict[str, int]:
    """Characters per class, in the order in which classes occur. Linear: C passes, and for other texts than
    ASCII one look-up per distinct character."""
    if text.isascii():
        letters = text.translate(_ASCII)
        return {_ASCII_CLASSES[letter]: letters.count(letter) for letter in dict.fromkeys(letters)}
    counts: dict[str, int] = {}
    for char, number in Counter(text).items():
        name = script_of(char)
        counts[name] = counts.get(name, 0) + number
    return counts
