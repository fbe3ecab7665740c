"""Names in the sentence, or in the row, in which an illness is told as somebody's own.

What the text is about otherwise (minutes, a campaign, the dog) does not matter then.
"""

from __future__ import annotations

import re

from ...lazily import lazily
from .anchored import Anchored, Window, matches
from .given_names import GIVEN
from .illness_links import (
    ABOUT_BEFORE,
    BEFORE,
    BEFORE_GLUED,
    BEHIND,
    BEHIND_GLUED,
    FOR_BEFORE,
    OTHERS_BEFORE,
    PERSONAL,
    SUBJECT_BEHIND,
    SUBJECT_GLUED,
)
from .kin import KIN_BARE, TITLE
from .name_checks import DOES, FIRM, NOUNS_CAPITAL, is_name
from .name_context import ANIMAL, FAMOUS, PUBLIC, WORK
from .name_taught import is_taught
from .name_topics import MEDIA, is_place, without_experts
from .names_listed_uncased import has_listed_name, is_name_cell
from .persons_cased import NAME
from .persons_uncased import names_uncased

#: The sentence around an illness, in characters before it and behind it.
_BACK = 220
_AHEAD = 110

#: How far from the illness the verb or the reason may begin, or what makes it a subject may end.
_LINKED = 40

#: From here on scripts have no capitals (Hebrew and all that follow).
_UNCASED = "\u0590"

_QUOTES = frozenset("'\"‘“„«")

_ENDS = lazily(
    r"[.!…]\s(?<!\bMr.\s)(?<!\bMrs.\s)(?<!\bMs.\s)(?<!\bDr.\s)(?<!\bHr.\s)(?<!\bFr.\s)(?<!\bSr.\s)"
    r"(?<!\bSra.\s)(?<!\bDhr.\s)(?<!\bMevr.\s)(?<!\bMme.\s)(?<!\bSig.\s)(?<!\bsig.\s)(?<!\bProf.\s)"
    r"(?<!\bSt.\s)(?<!\b[A-Z].\s)(?<![0-9].\s)|\?\s(?![a-zà-ÿ])|[\n|\t。！？।؟]"
)
_GLUED = lazily("[\u0590-\ud7a3]")
_FULL = lazily(
    rf"(?<![\w'’-])(?P<name>{NAME}(?:\s(?:van|van de|van der|de|da|di|von|dos|del))?(?:\s{NAME}){{1,3}})"
)
_TITLED = Anchored(rf"(?<![\w'’-])(?:{TITLE}|{TITLE.lower()}|(?i:{KIN_BARE}))\.?\s(?P<name>{NAME})")

#: Between the name that begins a row, or a note, and the illness: no other name's.
_GAP = lazily(r"\s{0,3}(?:[|;\t:(\[]|[-–—]\s)[^.!?\n]{0,70}$")
_COMMAS = lazily(r"\s?,[^.!?\n]{0,70}$")
_SPLIT = lazily(r"[|;\t,，、:：/]|\s[-–—]\s")

#: Among the words for others these may be of the one who is named.
_ONE_PATIENT = ("patient ", "patientin ", "patienten ", "patientens ")

#: Tables whose names are those of speakers, authors, heads and owners.
_OTHER_TABLE = Anchored(
    r"(?<![^\W\d_])(?:speakers?|topics?|talks?|authors?|titles?|leads?|owners?|dogs?"
    r"|cats?|pets?|kennels?|breeds?|departments?|sessions?|lectur\w+|presenters?|books?|publishers?"
    r"|panel|research\w*|autor\w*|titel|thema|vortrag\w*|referent\w*|abteilung|auteur\w*"
    r"|titre|sujet|intervenante?s?|título|ponente|palestrante|titolo|relatore|argomento|tytuł|temat"
    r"|prelegent\w*|spreker|onderwerp|forfatter|författare|ämne|emne|kirjailija|aihe|yazar|konu|başlık"
    r"|penulis|pembicara|judul|tác giả|chủ đề|автор\w*|тема|докладчик\w*|доповідач\w*|θέμα|συγγραφέας"
    r"|ομιλητ\w+|keynote|hund|chien|perro|cane|pies|players?|squad)(?![^\W\d_])",
    re.IGNORECASE,
    elsewhere=r"主题|主題|作者|讲者|演者|題名|講師|科室|발표|저자|주제|المتحدث|الموضوع|المؤلف|موضوع|סופר|נושא|विषय|লেখক|หัวข้อ",
)


def names_ill(window: Window, clear: list[tuple[int, int]]) -> bool:
    """Whether somebody is named in the sentence or row that has one of the `clear` illnesses as his own."""
    if not _may_name(window):
        return False
    famous = None
    for start, end in clear:
        first, last = _sentence(window, start, end)
        if SUBJECT_BEHIND.match(window, end, min(last, end + _LINKED)) or is_place(window, start, end):
            continue
        if is_taught(window, start, end):
            continue
        if not (_is_row(window, start, end) or _is_told(window, first, start, end, last)):
            continue
        if famous is None:
            famous = FAMOUS.occurs(window)
        return not famous
    return False


def _may_name(window: Window) -> bool:
    """Whether there is a full name, a title, or a script in which names are not told by capitals."""
    return (
        any(True for _ in matches(_FULL, window, window.capitals))
        or _GLUED.search(window) is not None
        or _TITLED.occurs(window)
    )


def _sentence(window: str, start: int, end: int) -> tuple[int, int]:
    first = max(0, start - _BACK)
    for stop in _ENDS.finditer(window, first, start):
        first = stop.end()
    stop_behind = _ENDS.search(window, end, end + _AHEAD)
    return first, stop_behind.start() if stop_behind is not None else min(len(window), end + _AHEAD)


def _is_told(window: str, first: int, start: int, end: int, last: int) -> bool:
    """Whether a sentence links the illness with somebody whom it names."""
    if not _is_own(window, first, start, end, last):
        return False
    sentence = window[first:last]
    if any(context.occurs(sentence) for context in (ANIMAL, PUBLIC, WORK)):
        return False
    told = without_experts(sentence)
    return _has_name(told) or (not told.isascii() and (has_listed_name(told) or names_uncased(told)))


def _is_own(window: str, first: int, start: int, end: int, last: int) -> bool:
    """Whether the word itself, a verb, a reason or a treatment makes the illness somebody's."""
    before = max(first, start - _LINKED)
    if OTHERS_BEFORE.search(window, before, start):
        return False
    if ABOUT_BEFORE.search(window, before, start) and MEDIA.occurs_in(window, first, last):
        return False
    if start and window[start - 1] in _QUOTES:
        return False
    if window[start:end].lower().startswith(PERSONAL):
        return FOR_BEFORE.search(window, before, start) is None
    if BEFORE.search(window, before, start) or BEHIND.match(window, end, last):
        return True
    if window[start] < _UNCASED or SUBJECT_GLUED.search(window, first, last):
        return False
    return (
        BEFORE_GLUED.search(window, before, start) is not None
        or BEHIND_GLUED.match(window, end, last) is not None
    )


def _has_name(sentence: str) -> bool:
    nouns = NOUNS_CAPITAL.search(sentence) is not None
    for found in _FULL.finditer(sentence):
        name = found["name"]
        if name.isupper() or not is_name(name) or FIRM.match(sentence, found.end()):
            continue
        if not nouns or name.split()[0].lower() in GIVEN or DOES.match(sentence, found.end()):
            return True
    return any(is_name(found["name"]) for found in _TITLED.finditer(sentence))


def _is_row(window: Window, start: int, end: int) -> bool:
    """Whether the illness stands in the row of a table or a list, or in the note, that a name begins."""
    first = window.rfind("\n", 0, start) + 1
    last = window.find("\n", end)
    line = Window(window[first : last if last >= 0 else len(window)]) if first or last >= 0 else window
    at = start - first
    if FOR_BEFORE.search(window, max(0, start - _LINKED), start) is not None:
        return False
    others = OTHERS_BEFORE.search(window, max(0, start - _LINKED), start)
    if others is not None and not others[0].lower().startswith(_ONE_PATIENT):
        return False
    if line.isascii() and _FULL.search(line, 0, at) is None:
        return False
    if _OTHER_TABLE.occurs(window) or MEDIA.occurs(line) or ANIMAL.occurs(line):
        return False
    told = without_experts(line[:at])
    names = list(_FULL.finditer(told))
    name = names[-1] if names else None
    if name is not None and is_name(name["name"]) and not name["name"].isupper():
        if _GAP.fullmatch(told, name.end()) is not None:
            return True
        if _COMMAS.fullmatch(told, name.end()) is not None and _is_table(window, line):
            return True
    if line.isascii() or not _is_table(window, line):
        return False
    return any(is_name_cell(cell.strip()) for cell in _SPLIT.split(line))


def is_other_table(window: str) -> bool:
    """Whether there is a table of speakers, authors or wards."""
    return any(
        sum(line.count(sign) for sign in "|;\t") > 1 and _OTHER_TABLE.occurs(line)
        for line in window.split("\n")
    )


def _is_table(window: str, line: str) -> bool:
    """Whether another line has as many cells, of three or more."""
    for sign in "|\t;,，":
        count = line.count(sign)
        if count > 1 and sum(other.count(sign) == count for other in window.split("\n")) > 1:
            return True
    return False
