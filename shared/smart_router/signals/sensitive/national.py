"""National ids: in a layout of their own, or beside a word that announces one."""

from __future__ import annotations

from ...lazily import lazily
from . import national_checks as national
from .accounts import OTHER_NUMBER, is_card, is_iban
from .haystack import Haystack, WordList
from .national_format import Format, value_of
from .national_formats import FINNISH, FORMATS, LAYOUTS, PAPERS
from .national_told import has_told_id
from .shapes import Layouts, compact, digits_of, is_piece

#: How many places of one word are looked at, and how far from it a number may stand.
_BUDGET = 200
_BEFORE = 70
_AFTER = 90

#: What makes a number of the layout 123-45-6789 something else, or a social security number.
_OTHER_BESIDE = lazily(
    r"\b(?:parts?|p/?n|sku|models?|items?|art(?:icle|\.)|serials?|catalog\w*|orders?|tickets?|cases?"
    r"|refs?|zip"
    r"|phone|tel|call|fax|isbn|version|example|fake|dummy|invalid|gasket|bolt|seals?|bearings?|belts?"
    r"|filters?"
    r"|washers?|screws?|valves?|hoses?|o-?rings?|fuses?|bulbs?|cartridges?|toner|spares?|oem|bosch|skf|pumps?"
    r"|brackets?|relays?|connectors?|torx)\b"
    r"|dichtung|kugellager|riemen|ersatzteil|joint torique|roulement|courroie|\bpièce|rodamiento|retén|correa"
    r"|repuesto|guarnizion|cuscinett|cinghia|ricambi|rolamento|peça|uszczel|łożysk|części|těsnění|ložisk"
    r"|onderdeel|lagers?\b|pakking|packning|kullager|reservdel|reservedel|laakeri|tiiviste|varaosa|rulman"
    r"|conta\b"
    r"|yedek parça|подшипник|сальник|запчаст|ремень|підшипник|ρουλεμάν"
    r"|轴承|型号|配件|ベアリング|部品|베어링|부품"
)
_SSN_BESIDE = lazily(r"ssn|social|\bsecurity|\btax|\bitin|soc\. ?sec")

#: Parts of many layouts: a text without one is not searched for them.
_RUNS = (b"ddddd", b"dddd", b"d-d", b"d.d", b"d d", b"dA")

_LAYOUTS = tuple(
    (literal, test, frozenset(run for run in _RUNS if run in literal)) for literal, test in LAYOUTS
)

#: Numbers that a test is asked about: digits in groups, and words of letters and digits.
_NUMBER = lazily(r"(?<![0-9A-Za-z])[0-9](?:[ .\-/]?[0-9]){5,17}(?![0-9A-Za-z])")
_CODE = lazily(r"(?<![0-9A-Za-z])[0-9A-Za-z][0-9A-Za-z.+-]{5,20}(?:\([0-9A]\))?(?![0-9A-Za-z])")

_DIGIT = lazily(r"[0-9]")

#: What stands beside the name of a column; nothing does at the ends of a text.
_CELL_ENDS = frozenset(("", "\n", ",", ";", "\t", "|"))

#: What may stand between a label and its number, and the number.
_FOLLOWING = lazily(
    r"([^0-9\n]{0,40}?)(?<![0-9A-Za-zΑ-Ω])"
    r"([A-ZΑ-Ω]{0,6}[ -]?[0-9](?:[ .\-/+]?[0-9A-Z]){4,24}(?:\([0-9A]\))?)(?![0-9A-Za-z])"
)
_BREAK = lazily(
    r"(?<!\bno)(?<!\bnr)(?<!^)\.\s|[?!;]\s|\b(?:phone|tel|call|fax|fee|room|office|order|ticket|price"
    r"|costs?|born|date|since|until"
    r"|expir\w*|issued|valid|version|page|example|photos?|for|e\.g)\b|\b(?:z\.\s?b|beispiel|par exemple"
    r"|por ejemplo)"
)
_PERIOD = lazily(
    r"(?:19|20)[0-9]{2}[ ./-]{1,3}(?:(?:19|20)[0-9]{2}|[0-9]{1,2}[./-][0-9]{1,2})$"
    r"|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:19|20)?[0-9]{2}$|[0-9]{1,3}(?:[. ,][0-9]{3})+$"
)


def _by_word() -> dict[str, list[tuple[Format, str]]]:
    """Word as it is searched → the formats it announces, each with the word as it was written."""
    found: dict[str, list[tuple[Format, str]]] = {}
    for form in FORMATS:
        for word in form.spelled():
            found.setdefault(word.lstrip("~").lower(), []).append((form, word))
    return found


_FORMATS_OF = _by_word()
_WORDS = WordList((*_FORMATS_OF, *PAPERS))
_PAPERS = frozenset(PAPERS)


def has_national_id(hay: Haystack, shape: bytes) -> bool:
    """A number that passes for a person's id in some country."""
    layouts = Layouts(shape)
    return (
        _has_layout(hay, shape, layouts)
        or _has_ssn(hay, shape, layouts)
        or _has_named(hay)
        or has_told_id(hay, layouts, shape)
    )


def _has_layout(hay: Haystack, shape: bytes, layouts: Layouts) -> bool:
    text, lowered = hay.text, hay.lowered
    absent = set() if layouts.prepared else {run for run in _RUNS if run not in shape}
    for literal, test, runs in _LAYOUTS:
        if not runs.isdisjoint(absent):
            continue
        for start in layouts.places(literal):
            end = start + len(literal)
            if is_piece(shape, start, end) or not test(compact(text[start:end])):
                continue
            if not OTHER_NUMBER.search(lowered[max(0, start - 60) : start]):
                return True
    for literal in FINNISH:
        for start in layouts.places(literal):
            value = text[start : start + len(literal)]
            if (value[6] in "+-" or value[6] in "ABCDEFUVWXY") and national.finnish(value):
                return True
    return False


def _has_ssn(hay: Haystack, shape: bytes, layouts: Layouts) -> bool:
    """123-45-6789 where nothing beside it says that it is a part or an order."""
    literal = b"ddd-dd-dddd"
    for start in layouts.places(literal):
        end = start + len(literal)
        if is_piece(shape, start, end) or not national.us_ssn(digits_of(hay.text[start:end])):
            continue
        beside = hay.lowered[max(0, start - 100) : start] + " " + hay.lowered[end : end + 30]
        if _SSN_BESIDE.search(beside) or not _OTHER_BESIDE.search(beside):
            return True
    return False


def _has_named(hay: Haystack) -> bool:
    text = hay.text
    for word in _WORDS.possible(hay):
        for start in hay.beginnings(word, _BUDGET):
            end = start + len(word)
            if word in _PAPERS and _paper_follows(hay, end):
                return True
            for form, spelled in _FORMATS_OF.get(word, ()):
                capitals = spelled.isascii() and spelled.isupper()
                if capitals and not text[start:end].isupper() and not _is_column(text, start, end):
                    continue
                if _is_near(hay, form, start, end):
                    return True
                label = not capitals and spelled[0] != "~"
                if label and _label_follows(hay, form, end):
                    return True
    return False


def _is_column(text: str, start: int, end: int) -> bool:
    """Whether the word is the whole name of a column, between two others or beside one."""
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    return before in _CELL_ENDS and behind in _CELL_ENDS and (before + behind).strip() != ""


def _is_near(hay: Haystack, form: Format, start: int, end: int) -> bool:
    """A number of this form with the right check digits, before the word or behind it."""
    first = max(0, start - _BEFORE)
    if _DIGIT.search(hay.text, first, end + _AFTER) is None:
        return False
    for pattern in (_NUMBER, _CODE):
        for found in pattern.finditer(hay.text, first, end + _AFTER):
            value = value_of(found[0])
            if form.accepts(value) and not _is_account(value) and not _is_other(hay, found.start()):
                return True
    return False


def _is_other(hay: Haystack, start: int) -> bool:
    return OTHER_NUMBER.search(hay.lowered[max(0, start - 30) : start]) is not None


def _label_follows(hay: Haystack, form: Format, end: int) -> bool:
    """A number of this form's length right behind its label."""
    found = _FOLLOWING.match(hay.text, end, end + 80)
    if found is None or _BREAK.search(found[1].lower()):
        return False
    value = value_of(found[2].strip())
    return form.has_shape(value) and len(set(value)) > 2 and not _is_account(value)


def _paper_follows(hay: Haystack, end: int) -> bool:
    """Six to twelve digits, with a few letters perhaps, behind the name of a paper."""
    found = _FOLLOWING.match(hay.text, end, end + 80)
    if found is None or _BREAK.search(found[1].lower()) or _PERIOD.match(found[2].strip()):
        return False
    value = compact(found[2])
    digits = sum(c.isdigit() for c in value)
    return 6 <= digits <= 14 and len(value) - digits <= 6 and len(set(value)) > 2 and not _is_account(value)


def _is_account(value: str) -> bool:
    return is_card(value) if value.isdigit() else is_iban(value)
