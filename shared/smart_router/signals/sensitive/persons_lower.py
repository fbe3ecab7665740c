"""First and last name in small letters, told by a known given name, by an age or by where they work."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import combining, normalize

from .anchored import Anchored
from .given_names import GIVEN
from .kin import KIN_EN, KIN_LATIN, KIN_SLAVIC, MY_LATIN, MY_SLAVIC, PATIENT

#: What stands behind a given name in small letters and is no family name.
_NO_FAMILY_TEXT = (
    "and has had was is are were says said told asked thinks thought wants wanted needs needed got gets "
    "who that which from with for about just now also still never always really then when because but "
    "not will would can could should may might does did goes went comes came likes loves takes took "
    "und hat hatte ist war sagt will kann muss soll nicht noch auch schon aber oder der die das von mit "
    "est a avait dit veut peut doit ne pas et ou mais avec pour chez tiene tuvo dice quiere puede debe "
    "está estaba era es con para por pero que tem teve disse quer pode deve com mas foi ha aveva dice "
    "vuole può deve con ma per che è era heeft had zegt wil kan moet met maar voor is ma miał miała mówi "
    "jest był była ale har hade sa vill kan ska men och som med är var fick er og på til fikk "
    "syndrome disease cancer street road hospital clinic university college house effect test scale "
    "ko ki ka ke ne se aur hai tha thi bahut kal aaj ji и у в на не был была есть и что как"
)
_NO_FAMILY = frozenset(_NO_FAMILY_TEXT.split())

_WORD = r"[^\W\d_][\w'’-]{1,17}"
_NAMES = rf"(?P<first>{_WORD})\s(?P<last>(?:van |von |de |da |di |del |van der |el |al |bin )?{_WORD})"
_OFFICE = (
    r"(?:the )?(?:accounts?|accounting|sales|hr|it|marketing|finance|legal|logistics|support|reception"
    r"|payroll|purchasing|engineering|production|warehouse|dispatch|the lab|facilities|security|admin|work"
    r"|school|church|class|choir|next door|upstairs|downstairs|down the road|my (?:team|class|office|street)"
    r"|our (?:team|class|office|street)|(?:der |dem |meiner |meinem |unserer |unserem )?(?:buchhaltung|büro"
    r"|vertrieb|einkauf|lager|klasse|team|empfang)|la (?:compta|oficina|clase)|contabilidad|compras|ventas"
    r"|financeiro|vendas|contabilità|ufficio|boekhouding|księgow\w+|ekonomi\w*)"
)
_STATE = (
    r"(?:s?he'?s|who'?s|s?he’s|who|is|was|has|had|takes|took|got|suffers|died|lost|needs|tried|told (?:me|us)"
    r"|hat|ist|war|nimmt|leidet|bekam|est|a|prend|souffre|tiene|está|lleva|toma|sufre|ha|tem|toma|sofre"
    r"|soffre|prende|è|heeft|slikt|kreeg|ma|choruje|bierze|har|är|fick|tar|er|fikk)"
)

#: (strength, pattern): "known" ones need a given name, "sure" ones do not.
_PATTERNS = (
    ("sure", rf"\b(?:my|our)\s(?:[a-z-]{{2,12}}\s)?{KIN_EN},?\s\(?{_NAMES},?\s\(?[0-9]{{1,2}}(?![0-9])"),
    (
        "known",
        rf"\b(?:my|our)\s(?:[a-z-]{{2,12}}\s)?{KIN_EN},?\s[(:]?\s?{_NAMES}(?=[,.;:!?)]|\s-|\s{_STATE}\b|\n|$)",
    ),
    (
        "known",
        rf"\b(?:{MY_LATIN})\s(?:{KIN_LATIN})(?:\sde\s\w{{3,10}})?,?\s\(?{_NAMES}"
        rf"(?=[,.;:!?)]|\s-|\s{_STATE}\b|$)",
    ),
    ("known", rf"\b(?:{MY_SLAVIC})\s(?:{KIN_SLAVIC}),?\s\(?{_NAMES}(?![\w])"),
    ("known", rf"\b{_NAMES},? (?:from|in|aus|dans|de|da|dal|uit|z|från|fra) {_OFFICE}\b"),
    (
        "known",
        rf"\({_NAMES},? (?:who|sits|works|from|in|my|our|the|lives|arbeitet|sitzt|wohnt|qui|que|che"
        rf"|aus|de)\b",
    ),
    ("known", rf"\b(?i:{PATIENT})(?:\s|: ?|, ?){_NAMES}(?![\w])"),
    ("known", rf"(?<![\w.])\b{_NAMES}(?:,? \([0-9]{{1,2}}\))?,? {_STATE}\b"),
    (
        "known",
        rf"(?<![\w.])\b{_NAMES},? \(?[0-9]{{1,2}}(?: ?(?:y/?o|yo|yrs?|years?"
        rf"|jahre|ans|años|anos|anni|lat|år))?\b",
    ),
)
_INITIALS = Anchored(
    rf"\b(?:pts?|pat|pac|paz|{PATIENT})(?![^\W\d_])\.?:?\s(?:initials?:?\s)?[a-z]\.?\s?[a-z]\b\.?"
    r",?\s\(?(?:dob|d\.o\.b|born|geb|née?|nac|nat[oa]|ur|f\.|\*|[0-9]{1,3}\s?(?:y|m|f|w|j|a)\b"
    r"|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4})",
    re.IGNORECASE,
)


@cache
def _compiled() -> tuple[tuple[str, Anchored], ...]:
    # Only when a text needs them: they take longer than the rest of the import.
    return tuple((strength, Anchored(pattern)) for strength, pattern in _PATTERNS)


def _is_given(word: str) -> bool:
    """Whether it is a given name, with its accents or with others."""
    return word in GIVEN or (
        not word.isascii() and "".join(c for c in normalize("NFD", word) if not combining(c)) in GIVEN
    )


def has_initials(window: str) -> bool:
    """A patient's initials with a birthday or an age."""
    return _INITIALS.occurs(window)


def names_lower(window: str, excluded: tuple[str, ...]) -> bool:
    """Whether `window` names somebody with first and last name, both in small letters.

    No name begins like one of the `excluded` words.
    """
    words = set(re.findall(_WORD, window))
    known = any(map(_is_given, words))
    for strength, pattern in _compiled():
        if strength == "known" and not known:
            continue
        for found in pattern.finditer(window):
            first, last = found["first"], found["last"].split()[-1]
            if not (first.islower() and last.islower()) or (strength == "known" and not _is_given(first)):
                continue
            if {first, last} & _NO_FAMILY or len(last) < 3 or last.startswith(excluded):
                continue
            return True
    return False
