"""Medical details of a named person.

A diagnosis alone is a topic, a name alone is nobody's business but no secret; the two close to
each other are a patient's. Texts beyond `_LIMIT` characters are judged by head and tail, since
both lists of words are long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...lazily import lazily
from ..excerpt import head_and_tail
from .anchored import Anchored, Window
from .haystack import Haystack, WordList
from .medical_others import ALONE, BEFORE_ALONE, BEHIND_ALONE, GOES_ON, NAMES_TOO
from .medical_words import CLEAR, ENDINGS, INSIDE, NOT_ILL, VAGUE
from .persons import has_full_name, names_person, tells_of_person

_LIMIT = 60_000

#: How far from a medical word a person may be named, and how many characters are looked at in all.
_WINDOW = 220
_READ = 12_000

#: In a text of up to so many characters an illness anywhere is the named person's.
_SHORT = 600

#: At most so many places of one word, and so many words, are taken.
_PLACES = 60
_WORDS = 160

_CLEAR = WordList(CLEAR, anywhere=INSIDE)
_VAGUE = WordList(VAGUE)
_VAGUE_WORDS = frozenset(VAGUE)
_ENDINGS = tuple(ending.encode() for ending in ENDINGS)
_NOT_ILL = frozenset(word.encode() for word in NOT_ILL)

#: Record numbers stand for a name.
_RECORD = Anchored(
    r"\b(?:mrn|patient ?#|medical record (?:no|number)|patient id|patient no|patienten-?nr|versichertennummer"
    r"|nhs (?:no|number)|hosp(?:ital)? no)(?:\b|(?<=#))[^0-9\n]{0,12}[0-9]{4,}",
    re.IGNORECASE | re.MULTILINE,
    elsewhere=r"^PID\|[^\n]{0,120}\^",
)

#: Figures of speech, and what is no illness of anybody.
_SPEECH = lazily(
    r"(?:cancer (?:on|of) (?:our|this|the) (?:company|team|society|country|office)|allergic to (?:work"
    r"|mornings?|mondays|meetings"
    r"|homework|bullshit|change|spreadsheets)|addicted to (?:chocolate|coffee|tea|sugar|shopping|work"
    r"|games?|netflix)"
    r"|(?:give|gave|gives|giving|having|almost had) (?:me |us |him |her )?(?:a "
    r"|almost a )?(?:heart attack|stroke)"
    r"|(?:great|economic|tropical|the) depression|at a stroke\b|stroke (?:player|seat|side|rate|order"
    r"|width|count)|stroke of (?:luck|genius|midnight|a pen)"
    r"|(?:brush|key|back|breast)\s?strokes?"
    r"|\b(?:du|le|un|au|de|petit|bon|mie de) pain\b|перелом\w* в (?:лучш|худш|хо|войн|общ)|paralysed by "
    r"(?:pace|fear|choice)"
    r"|septic (?:tank|system|field|pump)|(?:une|l['’]|mon|ton|son|les|des|deux|d['’])\s?enceintes?\b"
    r"|enceintes? (?:bluetooth|connect|portable|acoust|hi-?fi|sonos|jbl)"
    r"|złama\w* (?:prawo|przepis|zasad|hasł|szyfr|serc|rekord|obietnic|umow|reguł|zakaz|kod|słowo)"
    r"|(?:rekord|versprechen|herz|wort|bann|schweigen|vertrag|eis|regeln?|gesetz|tabu|streik|"
    r"kontakt)\s(?:\w+\s){0,2}"
    r"gebroch|(?:hallitu\w+|budjetti|meno|sosiaaliturva\w*|etuuks\w+|etuus|määräraha\w*)\s?leikka"
    r"|zodiac|znaku raka|znakiem raka|zodiak|znamení raka|знак\w* рак|зодиак|зодіак|гороскоп|horoscope"
    r"|tropic of cancer|star sign|sternzeichen|\bsigno\b|signe astro"
    r"|schizophrenic (?:weather|design|code)"
    r"|wie gelähmt|como paralizad|comme paralys"
    r"|pregnant pause|allergic to (?:bad|bugs|commitment|nonsense)|bipolar (?:transistor|junction|world)"
    r"|depressed (?:button|key|market))"
)

_ALS = frozenset(("diagnose als", "hat als", "an als", "mit als", "heeft als", "met als"))

#: Words that such figures are made of.
_SPOKEN = (
    "cancer", "krebs", "cáncer", "câncer", "allerg", "alerg", "addict", "heart att", "stroke", "a stroke",
    "pain", "перелом", "septic", "enceinte", "złama", "gebroch", "leikkau", "raka", "rakiem", "rakovi",
    "рак", "kræft", "kreft",
    "depress", "schizo", "pregnan", "bipolar", "gelähmt", "paraliz", "paralys",
)  # fmt: skip

_NAME_COLUMN = lazily(
    r"(?:full |first |last |patient |client |member |employee )?(?:name|surname|patient|nom|nombre|nome"
    r"|apellidos?|nachname|vorname|imię|nazwisko"
    r"|imię i nazwisko|namn|navn|nimi|ad soyad|nama|họ tên|имя|фио|пациент|ім'я|піб|όνομα|ονοματεπώνυμο"
    r"|姓名|患者|患者姓名|氏名|患者名|이름|성명|환자명"
    r"|الاسم|نام|שם|नाम|নাম|ชื่อ|ชื่อ-สกุล)"
)
_ILL_COLUMN = lazily(
    r"(?:diagnos\w*|dx|condition|conditions|icd\w*|icd-10|disease|illness|medication|medications"
    r"|allergies|allergy|treatment|drug|prescription"
    r"|blood type|test result|hiv status|erkrankung|krankheit|medikament\w*|diagnostic|maladie"
    r"|traitement|diagnóstico|enfermedad|medicación"
    r"|tratamiento|doença|medicação|diagnosi|malattia|terapia|ziekte|medicatie|rozpoznanie|choroba|leki"
    r"|sjukdom|lääkitys|tanı|hastalık"
    r"|penyakit|chẩn đoán|bệnh|диагноз|болезнь|лечение|діагноз|διάγνωση|诊断|疾病|病名|診断|診断名|진단"
    r"|진단명|병명|التشخيص|المرض|تشخیص|بیماری"
    r"|אבחנה|מחלה|निदान|बीमारी|রোগ|โรค|การวินิจฉัย)"
)
_CELLS = lazily(r"[,;\t|]")


def has_medical(hay: Haystack, *, identified: bool) -> bool:
    """A named person and a medical detail within reach of each other.

    `identified`: the text holds a national id, so that any full name beside it is a real person's.
    """
    if len(hay.text) > 2 * _LIMIT:
        hay = Haystack(head_and_tail(hay.text, _LIMIT, _LIMIT))
    places = sorted(_places(hay))
    if not places:
        return False
    for start, end, terms in _windows(places, len(hay.text)):
        window = Window(hay.text[start:end])
        inside = [(at - start, to - start) for at, to, _ in terms]
        clear = [(at - start, to - start) for at, to, word in terms if word not in _VAGUE_WORDS]
        vague = {word for _, _, word in terms if word in _VAGUE_WORDS}
        if len(vague) == len({word for _, _, word in terms}) and len(vague) < 2:
            if _RECORD.occurs(window) or _has_table(hay.lowered, terms):
                return True
            continue
        if _RECORD.occurs(window) or _has_table(hay.lowered, terms):
            return True
        if names_person(window, inside, clear) or (identified and has_full_name(window)):
            return True
    whole = len(hay.text) <= _SHORT and any(word not in _VAGUE_WORDS for _, _, word in places)
    return whole and tells_of_person(Window(hay.text), [(at, to) for at, to, _ in places])


def _places(hay: Haystack) -> Iterator[tuple[int, int, str]]:
    """Start, end and word of the medical words of the text."""
    words = _CLEAR.possible(hay)
    words += [
        ill.decode("utf-8", "replace")
        for ill in hay.ending(_ENDINGS)
        if len(ill) >= 7 and ill not in _NOT_ILL
    ]
    words += _VAGUE.possible(hay)
    for word in words[:_WORDS]:
        speech = word.startswith(_SPOKEN)
        for start in hay.places(word, _PLACES) if word in INSIDE else hay.beginnings(word, _PLACES):
            end = start + len(word)
            # "With MS" is an illness, "with Ms" a lady.
            if word.endswith(" ms") and hay.text[end - 2 : end] == "Ms":
                continue
            # "Die Diagnose ALS" is an illness, "Diagnose als Chance" none.
            if word in _ALS and hay.text[end - 3 : end] != "ALS":
                continue
            if word in GOES_ON and hay.lowered.startswith(GOES_ON[word], end):
                continue
            if word in NAMES_TOO and hay.text[start].isupper() and hay.text[end - 1].islower():
                continue
            if word in ALONE and (
                BEFORE_ALONE.search(hay.text, max(0, start - 5), start) is None
                or BEHIND_ALONE.match(hay.text, end) is not None
            ):
                continue
            if not (speech and _SPEECH.search(hay.lowered[max(0, start - 24) : end + 30])):
                yield start, end, word


def _windows(
    places: list[tuple[int, int, str]], length: int
) -> Iterator[tuple[int, int, list[tuple[int, int, str]]]]:
    """Pieces of the text around medical words, joined where they overlap; _READ characters in all."""
    read = 0
    first, last, terms = 0, -1, list[tuple[int, int, str]]()
    for place in places:
        start, end = max(0, place[0] - _WINDOW), min(length, place[1] + _WINDOW)
        if start > last or end - first > 4 * _WINDOW:
            if terms:
                yield first, last, terms
                read += last - first
                if read > _READ:
                    return
            first, terms = start, []
        last = end
        terms.append(place)
    yield first, last, terms


def _has_table(lowered: str, terms: list[tuple[int, int, str]]) -> bool:
    """A row of column names with one for persons and one for illnesses, and a row under it."""
    for at, _, _ in terms[:4]:
        start = lowered.rfind("\n", max(0, at - 300), at) + 1
        end = lowered.find("\n", at, at + 300)
        if end < 0 or (start == 0 and at > 300):
            continue
        cells = [cell.strip(" \"'*_`") for cell in _CELLS.split(lowered[start:end])]
        if len(cells) < 2 or not any(map(_NAME_COLUMN.fullmatch, cells)):
            continue
        if any(map(_ILL_COLUMN.fullmatch, cells)) and _has_row(lowered[end + 1 : end + 700]):
            return True
    return False


def _has_row(below: str) -> bool:
    """A row whose cells hold words, and no rule or placeholder."""
    for line in below.split("\n", 3)[:3]:
        cells = [cell.strip() for cell in _CELLS.split(line)]
        filled = [c for c in cells if any(map(str.isalpha, c)) and not re.search(r"[<\[{]|\.{3}|xxx", c)]
        if len(filled) >= 2:
            return True
    return False
