"""Ways in which a person is named: as a patient, with a title, as a relative, as oneself, with an age.

Scripts with capitals show names by them. For the others a name is what stands where one must stand,
or begins with a family name of the language.
"""

from __future__ import annotations

import re
from functools import cache

from .given_names import GIVEN
from .kin import (
    KIN_BARE,
    KIN_EN,
    KIN_FOLLOWED,
    KIN_LATIN,
    KIN_SLAVIC,
    KIN_SUFFIXED,
    MY_LATIN,
    MY_SLAVIC,
    PATIENT,
    ROLE,
    TITLE,
)
from .medical_words import CLEAR, VAGUE
from .name_context import ANIMAL, EPONYMS, FAMOUS, NO_NAMES, OCCASION, PUBLIC, SUBJECT, WORK
from .name_works import is_of_work
from .persons_labelled import names_labelled
from .persons_lower import has_initials, names_lower
from .persons_told import is_private_talk
from .persons_uncased import names_uncased
from .persons_unmarked import names_unmarked

#: Words that begin so are illnesses and no names; short ones would take names along.
CLEAR_START = tuple(word for word in CLEAR if len(word) >= 5)
VAGUE_START = tuple(word for word in VAGUE if len(word) >= 6)

#: A capitalised word of any alphabet that has capitals.
_CAPITAL = (
    "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽƠƯ"
    "ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸȘȚ"
    "А-ЯЁІЇЄҐΆΈΉΊΌΎΏΑ-Ω"
)
_NAME = rf"[{_CAPITAL}][^\W\d_][\w'’-]{{0,22}}"
_SMALL = (
    r"(?:de la|de los|de|del|da|do|dos|das|di|van der|van den|van de|van|von|zu|den|der|ter|bin|bint|ibn"
    r"|al|el|af|y|e|o)"
)
_INITIALS = rf"(?:[{_CAPITAL}]\.\s?){{0,2}}"
_FIRST = rf"(?P<name>{_INITIALS}(?:{_SMALL}\s)?{_NAME})"
_BOTH = rf"(?P<name>{_INITIALS}{_NAME}(?:\s{_SMALL})?\s{_INITIALS}{_NAME})"

_SELF = (
    r"(?:my name is|my name's|i am|i'm|i’m|this is|mein name ist|ich bin|ich heiße|je m'appelle|je suis"
    r"|je soussignée?|me llamo|mi nombre es|soy"
    r"|yo,|meu nome é|chamo-me|me chamo|sou [ao]|eu,|mi chiamo|sono|io sottoscritt[oa]|ik ben|ik heet"
    r"|mijn naam is|nazywam się|jestem"
    r"|mam na imię|jag heter|mitt namn är|jag är|jeg heter|jeg hedder|mit navn er|nimeni on|olen"
    r"|benim adım|adım|ben|nama saya|saya"
    r"|tên tôi là|tôi là|tôi tên|tôi tên là|меня зовут|я|мене звати|мене звуть|με λένε|ονομάζομαι"
    r"|είμαι [οη]|λέγομαι)"
)
_YEARS = (
    r"(?:\)|,|;|:|\.\s|(?:\s|-)?(?:years?|yrs?|y/?o|yo|j\b|jahre|ans|años|anos|anni|jaar|lat\b|år|åring"
    r"|vuotias|v\.|yaş\w*|tahun|tuổi|лет"
    r"|год\w?|г\.|років|рок\w|ετών|χρονών)|\s?[mfMFwWvVkK]\b|\s(?:male|female|woman|man)\b)"
)
_FILE = (
    r"(?:results?|(?:vaccination|vaccine|insulin|allergy) card|chart|handover|dentist|nurse note|care plan"
    r"|labs?|bloods?|scans?|mri|x-ray|report|chart|referral|discharge|file|notes?|record"
    r"|certificate|letter|diagnosis"
    r"|prescription|medication|history|treatment|surgery|claim|appointment|befund\w*|arztbrief|rezept"
    r"|attest|krankmeldung|bilan|ordonnance"
    r"|résultats?|dossier|certificat|informe|receta|resultados?|analítica|historia|laudo|exames?"
    r"|atestado|receita|referto|esami|certificato"
    r"|ricetta|uitslag(?:en)?|verwijsbrief|dossier|recept|wyniki|skierowanie|zwolnienie|provsvar|remiss"
    r"|intyg|journal|lausunto|lähete"
    r"|sonuç\w{0,5}|rapor\w{0,4}|hasil lab|surat|kết quả|hồ sơ|анализ\w*|результат\w*|выписк\w*"
    r"|справк\w*|рецепт\w*|направлени\w*|довідк\w*"
    r"|εξετάσεις|αποτελέσματα|βεβαίωση|γνωμάτευση)"
)
_OF = (
    r"(?:for|of|on|about|re|concerning|für|von|pour|de|del|para|di|do|da|per|voor|van|dla|för|till|untuk"
    r"|của|для|του|της|για)"
)

#: Being ill, of a person named before it; the illness follows within the sentence.
_IS_ILL = (
    r"(?:was|is|has|has been|presented|presents|had|suffers|suffering|takes|taking|underwent|got"
    r"|received|lives with"
    r"|died of|diagnosed|tested"
    r"|hat|ist|wurde|leidet|nimmt|bekam|a|est|a été|souffre|prend|atteinte?|fue|es|está|tiene|sufre"
    r"|padece|toma|foi|está|tem|sofre|é|ha|è stat[oa]"
    r"|soffre|affett[oa]|prende|assume|heeft|is|lijdt|kreeg|ma|choruje|cierpi|jest|har|lider|fick|on"
    r"|sairastaa|sai|geçirdi|hastası|mengidap"
    r"|menderita|bị|mắc|болеет|страдает|хворіє|страждає|має|έχει|πάσχει|нуждается)"
)

_BEFELL = (
    r"had|tore|broke|fainted|collapsed|lost|needs|came|fell|refused|overdosed|takes|showed|suffered|caught"
    r"|still has|already has|hatte|bekommt|braucht|verweigert|a eu|a fait|prend|tuvo|toma|teve|teve um"
    r"|ha avuto"
    r"|kreeg|miał|miała|fick|hade|fikk|fik|sai|geçirdi|kena|перен[её]с\w*|попал\w*|вернул\w*|повернувся"
    r"|состоит"
    r"|лежит|пьёт|пьет"
)
_OFFICE = (
    r"accounts?|accounting|sales|hr|it|marketing|finance|legal|logistics|support|reception|payroll|purchasing"
    r"|engineering|production|work|school|church|class|next door|upstairs|downstairs|down the"
)

#: Surname and initials, as in Russian, Polish and Indonesian files.
_NAME_INITIALS = rf"(?P<name>{_NAME}\s[{_CAPITAL}]\.\s?(?:[{_CAPITAL}]\.)?)"

#: What may stand between a given name and what is said of it: an age, a class.
_ASIDE = r"(?:,? \([0-9]{1,2}[^)\n]{0,24}\)|,? in (?:year|grade|class) [0-9]+| aus der [0-9]\w{1,2})"

_BOTH_OR_INITIAL = rf"(?P<name>{_INITIALS}{_NAME}(?:(?:\s{_SMALL})?\s{_INITIALS}{_NAME}|\s[{_CAPITAL}]\.))"

#: (strength, pattern). "sure" ones hold in a biography too, "told" ones need an illness behind them, and
#: "given" ones a given name as well; names are checked by `is_name`.
_CASED = (
    (
        "sure",
        rf"\b(?i:{PATIENT})(?i: name| named| is| ist)?(?:\s|: ?|, ?|# ?| \()(?:{TITLE}\.?\s)?{_FIRST}",
    ),
    ("sure", rf"\b(?i:{ROLE})(?::|,)?\s(?:\(?[0-9]\w{{0,2}}\)?,?\s)?(?:{TITLE}\.?\s)?{_BOTH}"),
    (
        "sure",
        rf"\b(?:[Mm]y|[Oo]ur) (?:[\w-]{{1,16}} ){{0,2}}(?:[\w-]{{1,14}}-)?{KIN_EN}(?: [a-z]{{3,12}})?,?"
        rf"(?: \(?(?:named |called )?){_FIRST}",
    ),
    ("sure", rf"\b(?i:{MY_LATIN})\s(?:[^\W\d_]{{3,16}}\s)?(?i:{KIN_LATIN}),?\s\(?{_FIRST}"),
    ("sure", rf"\b(?i:{MY_SLAVIC})\s(?:[а-яёіїє-]{{3,14}}\s)?(?i:{KIN_SLAVIC}),?\s\(?{_FIRST}"),
    ("sure", rf"\b(?i:{KIN_SUFFIXED}),?\s\(?{_FIRST}"),
    ("sure", rf"\b(?i:{KIN_FOLLOWED}),?(?: ο| η| τον| την| là| tên là| tên| bernama|, bé| bé)?\s\(?{_FIRST}"),
    ("sure", rf"\b(?i:{_SELF}),?\s{_BOTH}"),
    ("fair", rf"\b(?:{TITLE}|{TITLE.lower()})\.?\s{_FIRST}"),
    ("fair", rf"\b(?i:{KIN_BARE}),?\s{_FIRST}"),
    ("fair", rf"\b{_FIRST} (?:in|from) (?:my|our|{_OFFICE})\b"),
    ("fair", rf"\b{_FIRST},?\s{_FIRST.replace('name', 'more')},\s\(?[0-9]{{1,3}}(?:,|\s?[a-zA-Z]\b|\s?;|\.)"),
    ("fair", rf"\b(?i:{KIN_EN}|{KIN_LATIN}|{KIN_SLAVIC})(?: \([0-9]{{1,2}}\))?[,:]?\s{_BOTH}"),
    (
        "fair",
        rf"\b{_BOTH},?\s\(?(?:lat|wiek|aged?|alter|età|edad|idade|âge|ålder|alder|leeftijd|yaş|usia|umur"
        rf"|возраст|вік)[ :]{{0,2}}[0-9]{{1,3}}\b",
    ),
    ("fair", rf"\b{_BOTH}(?:\s{_NAME})?,?\s\(?(?:19|20)[0-9]{{2}}\s?(?:г\.|р\.|г\b|р\b)"),
    ("fair", rf"\b{_NAME_INITIALS},?\s\(?(?:[0-9]{{1,3}}{_YEARS}|(?:19|20)[0-9]{{2}}\b)"),
    ("fair", rf"\b{_FIRST},?\s{_NAME}\s?[-–,(]{{1,2}}\s?[MFmfwW] ?/ ?[0-9]{{1,3}}\b"),
    ("fair", rf"\b{_FIRST}\s(?:Hanım|Bey|Hanımın|Beyin|Hanım'ın|Bey'in)\b"),
    (
        "fair",
        rf"\b(?i:{_FILE})(?: (?i:{_OF})|\s[0-9:]{{1,5}})?(?:\s|: ?|, ?| - ?)(?:{TITLE}\.?\s)?"
        rf"{_BOTH_OR_INITIAL}",
    ),
    ("fair", rf"\b{_BOTH},?\s\(?(?:aged? )?[0-9]{{1,3}}{_YEARS}"),
    (
        "fair",
        rf"\b{_BOTH}(?:'s|’s) (?i:{_FILE}|condition|illness|cancer|chemo\w*|therapy|blood|biops\w*"
        rf"|health)",
    ),
    ("told", rf"\b{_BOTH},? (?:who )?{_IS_ILL}\b"),
    ("told", rf"\b{_BOTH}(?:'s|’s) "),
    ("given", rf"\b{_FIRST}{_ASIDE}?,? (?:who )?(?:{_IS_ILL}|{_BEFELL})\b"),
    ("given", rf"\b{_FIRST} \([0-9]{{1,2}}\b"),
)


#: A first name, and further on whose relative it is.
_LATER = re.compile(rf"\b(?:s?he|who)(?:'s|’s| is) (?:my|our) {KIN_EN}\b")
_GIVEN_BEFORE = re.compile(rf"\b{_FIRST}\b[^.\n]{{0,120}}$")


@cache
def _cased() -> tuple[tuple[str, re.Pattern[str]], ...]:
    # Only when a text needs them: they take longer than the rest of the import.
    return tuple((strength, re.compile(pattern)) for strength, pattern in _CASED)


#: A birthday or a number of an insurance beside a full name.
_DATED = re.compile(
    r"\b(?i:dob|d\.o\.b|date of birth|geb|geboren|né le|née le|nacid[oa] el|f\. nac|fecha de nac"
    r"|nascid[oa] em|data de nasc|nat[oa] il"
    r"|geb\.datum|ur|född|doğum|tgl lahir|sinh ngày|ngày sinh|дата рожд|г\.р|р\.н|ημ\. γέν|mrn|nhs"
    r"|hosp(?:ital)? no|member id|policy no|insurance no"
    r"|versicherungsnr|ssn|nhs (?:no|number)|patient id|c\.f|cf|dni|cpf|pesel|bsn|nir|hetu)\b[^\n]{0,25}[0-9]"
)
_DOCTOR = re.compile(r"\b(?:Drs?|Prof|Doctor|Dra?|Dott|Лікар|Врач|Доктор)\.?(?:ssa|in)?\s$")
_ANY_NAME = re.compile(_NAME)
_FULL = re.compile(rf"\b{_BOTH}")

#: Two capitalised words and nothing between them but what belongs to a family's name.
_PLAIN_FULL = re.compile(
    rf"(?<![\w'’-])(?P<name>(?P<first>{_NAME})(?:\s(?:van|van de|van der|de|da|di|von|dos|del))?\s{_NAME})"
)

#: In German any noun is capitalised: only a known given name makes two of them a person's.
_NOUNS_CAPITAL = re.compile(r"\b(?:und|ist|nicht|der|das|ein|eine|für|mit)\b")

_DOES = re.compile(
    r"\s(?:hat|hatte|ist|war|fällt|fehlt|bekommt|bekam|nimmt|leidet|kann|darf|wird|wurde|kommt|liegt"
    r"|möchte|braucht)\b"
)

#: What makes the name a firm's, and what makes it a place's.
_FIRM = re.compile(r"\s(?:\w+\s)?(?:Ltd|LLC|Inc|GmbH|AG|KG|B\.?V\.?|S\.?A\.?|S\.?p\.?A|Corp|plc|AB|Oy|Pty)\b")
_PLACES = ("San ", "Santa ", "São ", "St ", "St. ", "Saint ", "Port ", "Lake ", "Mount ")

#: A field of a form or a record.
_FIELD = re.compile(
    r"\b(?:(?:full|first|last|patient|pt|client|member)[ _-]?)?(?:name|nombre|nome|nom|naam|imię"
    r"|imię i nazwisko|namn|navn|nimi|nama|adı|ad soyad|adı soyadı"
    r"|given(?:[ _-]?name)?|family(?:[ _-]?name)?|firstname|lastname|surname|forename"
    r"|ad|имя|фио|ф\.и\.о\.|ім'я|піб|họ tên|họ và tên|όνομα|ονοματεπώνυμο|nachname|vorname|apellidos"
    r"|display|subject|cognome|prénom|фамилия|прізвище)(?:[\"']?\s?[:=]\s?\[?\s?[\"']?|>)"
    rf"(?-i:{_FIRST})",
    re.IGNORECASE,
)

#: So far behind a name its illness may follow.
_SENTENCE = 60


def names_person(window: str, terms: list[tuple[int, int]], clear: list[tuple[int, int]]) -> bool:
    """Whether `window` names a person, other than a public one, whom its medical words may be about.

    `terms` are the places (start, end) of those words in the window, `clear` those of the clear ones.
    """
    if SUBJECT.search(window) is not None or is_of_work(window):
        return False
    if names_labelled(window) or has_initials(window):
        return True
    if names_lower(window, CLEAR_START) and not _is_public(window):
        return True
    named = _ways(window, terms)
    if any(strength == "sure" for strength in named) or names_uncased(window) or names_unmarked(window):
        return True
    later = _LATER.search(window)
    if later is not None:
        before = _GIVEN_BEFORE.search(window, max(0, later.start() - 130), later.start())
        if before is not None and is_name(before["name"]):
            return True
    if _DATED.search(window) is not None and has_full_name(window):
        return True
    return (bool(named) or _has_field(window) or _is_at_hand(window, clear)) and not _is_public(window)


def _ways(window: str, terms: list[tuple[int, int]]) -> set[str]:
    """The strengths of the patterns that name a person; the first sure one is enough."""
    ways: set[str] = set()
    names = _ANY_NAME.findall(window)
    given = any(word.lower() in GIVEN for word in names)
    for strength, pattern in _cased() if names else ():
        if strength in ways or (strength == "given" and not given):
            continue
        for found in pattern.finditer(window):
            if not is_name(found["name"]) or _FIRM.match(window, found.end("name")):
                continue
            if strength == "given" and window[: found.start()].endswith(_PLACES):
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


def _is_public(window: str) -> bool:
    """Whether the talk is of public persons, of invented ones or of animals."""
    return any(context.search(window) is not None for context in (PUBLIC, FAMOUS, ANIMAL, WORK))


def _has_field(window: str) -> bool:
    return any(is_name(found["name"]) for found in _FIELD.finditer(window))


def _is_at_hand(window: str, terms: list[tuple[int, int]]) -> bool:
    """A full name close to a medical word, in what reads like a letter or a file about somebody."""
    if _FULL.search(window) is None or OCCASION.search(window) is None:
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


def tells_of_person(text: str) -> bool:
    """Whether a short text names one or two private persons in full and talks of them, or of itself.

    For texts of a few sentences, in which an illness anywhere is theirs.
    """
    if _is_public(text) or SUBJECT.search(text) is not None or is_of_work(text):
        return False
    if not is_private_talk(text):
        return False
    if names_lower(text, CLEAR_START):
        return True
    names = set()
    known = _NOUNS_CAPITAL.search(text) is not None
    for found in _PLAIN_FULL.finditer(text):
        name = found["name"]
        if _FIRM.match(text, found.end()) or text[: found.start()].endswith(_PLACES):
            continue
        if known and found["first"].lower() not in GIVEN and not _DOES.match(text, found.end()):
            continue
        if is_name(name) and not name.isupper() and not _DOCTOR.search(text, 0, found.start()):
            names.add(name.split()[-1])
    return 1 <= len(names) <= 2


def is_name(name: str) -> bool:
    """No heading, no illness that is named after somebody."""
    # Short capitals in an ordinary line are abbreviations.
    if not name.isupper() and any(
        word.isupper() and 1 < len(word) <= 4 and "." not in word for word in name.split()
    ):
        return False
    words = [word.strip(".'’-").removesuffix("'s").removesuffix("’s").lower() for word in name.split()]
    return not any(
        word in NO_NAMES or word in EPONYMS or word.startswith(CLEAR_START) or word.startswith(VAGUE_START)
        for word in words
        if len(word) > 1
    )


def _told(window: str, end: int, terms: list[tuple[int, int]]) -> bool:
    """Whether a medical word follows within the sentence."""
    return any(0 <= start - end <= _SENTENCE and "." not in window[end:start] for start, _ in terms)
