"""Words that look like those for illnesses: names, longer words that begin or end so, and figures."""

from __future__ import annotations

from ...lazily import lazily

#: Names and places, when they are capitalised.
NAMES_TOO = frozenset(("asma", "gerd", "kista", "ovar"))

#: How other words go on that begin so: `gravidade`, `embarazoso`, `dementiert`, `kræfter`.
GOES_ON = {
    "gravid": ("ad",),
    "embaraz": ("os",),
    "dementi": ("er", " ", ".", ",", "s "),
    "dementie": ("r",),
    "kræft": ("er",),
    "kreft": ("er",),
    "수술": ("복", "용", "실 ", "장갑"),
    "입원": ("복",),
    "polyp": ("ro", "ho", "ept"),
}

#: Words of scripts in which words are looked for inside of others, too, that must stand by themselves: their
#: letters are in those for education, soldiers, the sky, courts, and in "which is".
ALONE = frozenset(("ربو", "سكري", "آسم", "ام اس", "صرع", "दमा", "दमे"))
BEFORE_ALONE = lazily(r"(?:^|[^\w\u0900-\u097f])(?:ال|وال|بال|لل|و|ب|ل)?$")
BEHIND_ALONE = lazily(r"[\w\u0900-\u0902\u093e-\u094d]")
