"""National ids without a word that announces them: told of somebody, beside what only his country has.

Their tests alone would take too many other numbers for ids, so a name must stand right before the number, or
near it a birth, a relative, or an authority of that country.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from ...lazily import lazily
from . import checksums as check
from . import national_checks as national
from . import national_checks_world as world
from .accounts import OTHER_NUMBER
from .haystack import Haystack
from .national_format import Test
from .persons_cased import NAME
from .shapes import Layouts, compact, is_piece

#: At most so many numbers of one layout are looked at.
_PLACES = 25

#: So far before the number a name may begin, and so far around it the country may be told.
_NAME_WITHIN = 60
_AROUND = 160

_DANISH = (
    r"borger\.dk|mitid|nemid|sundhed\.dk|\bskat\b|e-boks|udbetaling danmark|kommune|\bfødt\b|kæreste"
    r"|\bmin (?:mor|far"
    r"|søn|datter|kone|mand|bror|søster)|\bmors\b|\bfars\b|patient|sygehus|egen læge|danmark|dansk"
)
_ICELANDIC = r"ísland|island\.is|skattur|fædd|þjóðskrá|iceland"
_CANADIAN = (
    r"\bcra\b|canad|service canada|\bt4|\brrsp|\btfsa|ontario|qu[ée]bec|alberta|toronto|montr[ée]al"
    r"|vancouver|halifax"
    r"|ottawa|calgary|winnipeg|manitoba|nova scotia|moncton|brunswick|saskat|edmonton|newfoundland"
    r"|agence du revenu"
)
_AUSTRALIAN = r"\bato\b|mygov|centrelink|australia|superannuation|sydney|melbourne|brisbane|perth|queensland"
_DUTCH = (
    r"digid|belastingdienst|\buwv\b|\bsvb\b|\bduo\b|toeslag|gemeente|zorgverzeker|geboren|ziekenhuis|huisarts"
)
_BRITISH = r"\bnhs\b|\bgp\b|surgery|hospital|\bclinic|discharg|referr|patient"
_BULGARIAN = r"роден|българи|общин|\bнап\b|\bнои\b|пациент"

#: Layout, test, and what must stand near; where nothing is named, a name right before the number is enough.
_TOLD: tuple[tuple[bytes, Test, str, bool], ...] = (
    (b"dddddd-dddd", national.danish, _DANISH, False),
    (b"dddddd dddd", national.danish, _DANISH, True),
    (b"dddddddddd", national.danish, _DANISH, True),
    (b"dddddd-dddd", world.icelandic, _ICELANDIC, False),
    (b"ddd ddd ddd", lambda d: d[0] != "8" and check.luhn(d), _CANADIAN, True),
    (b"ddd-ddd-ddd", lambda d: d[0] != "8" and check.luhn(d), _CANADIAN, True),
    (b"ddd ddd ddd", national.australian_tax, _AUSTRALIAN, True),
    (b"ddddddddd", check.bsn, _DUTCH, True),
    (b"ddd ddd dddd", national.uk_nhs, _BRITISH, True),
    (b"dddddddddd", national.bulgarian, _BULGARIAN, True),
    (b"ddddddddddd", lambda d: world.strict(d) or check.pesel(d), "", True),
    (b"ddddddddddd", lambda d: national.turkish(d) or check.cpf(d), "", True),
    (b"dddddd ddddd", national.norwegian, "", True),
    (b"dddddd-ddddd", national.norwegian, "", True),
    (b"ddddddddddddd", world.strict, "", True),
    (b"dddddd/dddd", national.czech, "", True),
)

_RIGHT_BEFORE = lazily(
    rf"(?:^|[^\w'’-]){NAME}(?:['’]s)?(?:\s(?:van|de|da|di|von|den|der|el|al|bin)){{0,2}}(?:\s{NAME}){{1,3}}"
    r"\s?[,:]?\s?[(\[–—-]?\s?$"
)


#: The same by their layouts, each of which is looked for once.
_BY_LAYOUT = {
    literal: tuple(row[1:] for row in _TOLD if row[0] == literal)
    for literal in dict.fromkeys(row[0] for row in _TOLD)
}


#: One of these is part of each layout.
_RUNS = (b"dddddd", b"ddd ddd ddd", b"ddd-ddd-ddd")


@cache
def _near(words: str) -> re.Pattern[str]:
    # Only when a text needs it: all of them together take long to compile.
    return re.compile(words)


def has_told_id(hay: Haystack, layouts: Layouts, shape: bytes) -> bool:
    """A number that passes for an id of the country that is talked of, or that stands behind a name."""
    if all(run not in shape for run in _RUNS):
        return False
    return any(
        _is_told(hay, shape, start, start + len(literal), rows)
        for literal, rows in _BY_LAYOUT.items()
        for start in islice(layouts.places(literal), _PLACES)
    )


def _is_told(
    hay: Haystack, shape: bytes, start: int, end: int, rows: tuple[tuple[Test, str, bool], ...]
) -> bool:
    value = compact(hay.text[start:end])
    if is_piece(shape, start, end) or len(set(value)) < 4:
        return False
    named = None
    for test, words, must_be_named in rows:
        if not test(value):
            continue
        if must_be_named:
            if named is None:
                named = _RIGHT_BEFORE.search(hay.text[max(0, start - _NAME_WITHIN) : start]) is not None
            if not named:
                continue
        if words and not _near(words).search(hay.lowered, max(0, start - _AROUND), end + _AROUND):
            continue
        if not OTHER_NUMBER.search(hay.lowered[max(0, start - 60) : start]):
            return True
    return False
