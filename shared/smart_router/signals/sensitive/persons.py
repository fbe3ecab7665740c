"""Ways in which a person is named: as a patient, with a title, as a relative, as oneself, with an age.

Scripts with capitals show names by them. For the others a name is what stands where one must stand,
or begins with a family name of the language.
"""

from __future__ import annotations

import re

from ...lazily import lazily
from .anchored import Anchored, Window, matches
from .given_names import GIVEN
from .kin import KIN_EN
from .name_checks import CLEAR_START, DOES, FIRM, NOUNS_CAPITAL, is_name
from .name_context import ANIMAL, FAMOUS, OCCASION, PUBLIC, SUBJECT, WORK
from .name_topics import is_topic, without_experts
from .name_works import is_of_work
from .persons_cased import BOTH, FIRST, NAME, begins_in, cased
from .persons_labelled import names_labelled
from .persons_linked import is_other_table, names_ill
from .persons_lower import has_initials, names_lower
from .persons_speaking import names_speaker
from .persons_told import is_private_talk
from .persons_uncased import names_uncased
from .persons_unmarked import names_unmarked

#: A first name, and further on whose relative it is.
_LATER = Anchored(rf"\b(?:s?he|who)(?:'s|’s| is) (?:my|our) {KIN_EN}\b")
_GIVEN_BEFORE = lazily(rf"\b{FIRST}\b[^.\n]{{0,120}}$")


#: A birthday or a number of an insurance beside a full name.
_DATED = Anchored(
    r"\b(?i:dob|d\.o\.b|date of birth|geb|geboren|né le|née le|nacid[oa] el|f\. nac|fecha de nac"
    r"|nascid[oa] em|data de nasc|nat[oa] il"
    r"|geb\.datum|ur|född|doğum|tgl lahir|sinh ngày|ngày sinh|дата рожд|г\.р|р\.н|ημ\. γέν|mrn|nhs"
    r"|hosp(?:ital)? no|member id|policy no|insurance no"
    r"|nar|naroz\w+|szül|születet\w+|născut\w*|născ|synt|syntynyt|rođ\w*|født|fødd|sündinud|dzim\w*|род"
    r"|versicherungsnr|ssn|nhs (?:no|number)|patient id|c\.f|cf|dni|cpf|pesel|bsn|nir|hetu)\b[^\n]{0,25}[0-9]"
)
_DOCTOR = lazily(r"\b(?:Drs?|Prof|Doctor|Dra?|Dott|Лікар|Врач|Доктор)\.?(?:ssa|in)?\s$")
_ANY_NAME = lazily(NAME)
_FULL = lazily(rf"\b{BOTH}")

#: Two capitalised words and nothing between them but what belongs to a family's name.
_PLAIN_FULL = lazily(
    rf"(?<![\w'’-])(?P<name>(?P<first>{NAME})(?:\s(?:van|van de|van der|de|da|di|von|dos|del))?\s{NAME})"
)

#: What makes the name a place's.
_PLACES = (
    "Sankt ",
    "Sainte ",
    "Santo ",
    "Sant'",
    "San ",
    "Santa ",
    "São ",
    "St ",
    "St. ",
    "Saint ",
    "Port ",
    "Lake ",
    "Mount ",
)

#: A field of a form or a record.
_FIELD = Anchored(
    r"\b(?:(?:full|first|last|patient|pt|client|member)[ _-]?)?(?:name|nombre|nome|nom|naam|imię"
    r"|imię i nazwisko|namn|navn|nimi|nama|adı|ad soyad|adı soyadı"
    r"|given(?:[ _-]?name)?|family(?:[ _-]?name)?|firstname|lastname|surname|forename"
    r"|ad|имя|фио|ф\.и\.о\.|ім'я|піб|họ tên|họ và tên|όνομα|ονοματεπώνυμο|nachname|vorname|apellidos"
    r"|display|subject|cognome|prénom|фамилия|прізвище)(?:[\"']?\s?[:=]\s?\[?\s?[\"']?|>)"
    rf"(?-i:{FIRST})",
    re.IGNORECASE,
)

#: So far behind a name its illness may follow.
_SENTENCE = 60

#: So far from an illness the animal stands that has it.
_PET = 160


def names_person(window: Window, terms: list[tuple[int, int]], clear: list[tuple[int, int]]) -> bool:
    """Whether `window` names a person, other than a public one, whom its medical words may be about.

    `terms` are the places (start, end) of those words in the window, `clear` those of the clear ones.
    """
    if (names_ill(window, clear) or names_speaker(window, clear)) and not is_of_work(window):
        return True
    if SUBJECT.occurs(window):
        return False
    # Last, since it takes as long as all the rest, and most windows name nobody.
    return (
        _names(window, terms, clear)
        and not is_of_work(window)
        and not is_topic(window, terms)
        and not is_other_table(window)
        and _names(Window(without_experts(window)), terms, clear)
    )


def _names(window: Window, terms: list[tuple[int, int]], clear: list[tuple[int, int]]) -> bool:
    if names_labelled(window) or has_initials(window):
        return True
    if names_lower(window, CLEAR_START) and not _is_public(window):
        return True
    named = _ways(window, terms)
    if any(strength == "sure" for strength in named) or names_uncased(window) or names_unmarked(window):
        return True
    later = next(_LATER.finditer(window), None)
    if later is not None:
        before = _GIVEN_BEFORE.search(window, max(0, later.start() - 130), later.start())
        if before is not None and is_name(before["name"]):
            return True
    if _DATED.occurs(window) and has_full_name(window):
        return True
    return (bool(named) or _has_field(window) or _is_at_hand(window, clear)) and not _is_public(window, terms)


def _ways(window: Window, terms: list[tuple[int, int]]) -> set[str]:
    """The strengths of the patterns that name a person; the first sure one is enough."""
    ways: set[str] = set()
    names = _ANY_NAME.findall(window)
    given = any(word.lower() in GIVEN for word in names)
    begins = begins_in(window)
    full = any(True for _ in matches(_FULL, window, begins.full))
    for strength, only_full, find in cased() if names else ():
        if strength in ways or (strength == "given" and not given) or (only_full and not full):
            continue
        for found in find(window, begins):
            if not is_name(found["name"]) or FIRM.match(window, found.end("name")):
                continue
            if strength == "given" and window[: found.start()].endswith(_PLACES):
                continue
            if strength == "told" and found["name"].startswith(_PLACES):
                continue
            if strength == "given" and (found["name"].lower() not in GIVEN or found["name"].isupper()):
                continue
            if strength in ("told", "given") and not _told(window, found.end(), terms):
                continue
            ways.add(strength)
            break
        if "sure" in ways:
            break
    return ways


def _is_public(window: Window, terms: list[tuple[int, int]] | None = None) -> bool:
    """Whether the talk is of public persons, of invented ones or of animals, these beside one of `terms`."""
    if any(context.occurs(window) for context in (PUBLIC, FAMOUS, WORK)):
        return True
    if terms is None or not ANIMAL.occurs(window):
        return terms is None and ANIMAL.occurs(window)
    return any(ANIMAL.occurs_in(window, max(0, at - _PET), to + _PET) for at, to in terms)


def _has_field(window: str) -> bool:
    return any(is_name(found["name"]) for found in _FIELD.finditer(window))


def _is_at_hand(window: str, terms: list[tuple[int, int]]) -> bool:
    """A full name close to a medical word, in what reads like a letter or a file about somebody."""
    if _FULL.search(window) is None or not OCCASION.occurs(window):
        return False
    for found in _FULL.finditer(window):
        near = any(-120 < start - found.end() < 120 for start, _ in terms)
        doctor = _DOCTOR.search(window, 0, found.start())
        if near and doctor is None and is_name(found["name"]) and not found["name"].isupper():
            return True
    return False


def has_full_name(window: str) -> bool:
    """Two capitalised words that may be somebody's first and last name."""
    return any(is_name(found["name"]) for found in _FULL.finditer(window))


def tells_of_person(text: Window, terms: list[tuple[int, int]]) -> bool:
    """Whether a short text names one or two private persons in full and talks of them, or of itself.

    For texts of a few sentences, in which an illness anywhere is theirs; `terms` are the places of the
    medical words.
    """
    if _is_public(text) or SUBJECT.occurs(text) or not is_private_talk(text):
        return False
    if not _tells(text) or is_of_work(text) or is_topic(text, terms):
        return False
    return _tells(without_experts(text))


def _tells(text: str) -> bool:
    if names_lower(text, CLEAR_START):
        return True
    names = set()
    known = NOUNS_CAPITAL.search(text) is not None
    for found in _PLAIN_FULL.finditer(text):
        name = found["name"]
        if FIRM.match(text, found.end()) or text[: found.start()].endswith(_PLACES):
            continue
        if known and found["first"].lower() not in GIVEN and not DOES.match(text, found.end()):
            continue
        if is_name(name) and not name.isupper() and not _DOCTOR.search(text, 0, found.start()):
            names.add(name.split()[-1])
    return 1 <= len(names) <= 2


def _told(window: str, end: int, terms: list[tuple[int, int]]) -> bool:
    """Whether a medical word follows within the sentence."""
    return any(0 <= start - end <= _SENTENCE and "." not in window[end:start] for start, _ in terms)
