"""Cards, IBANs and national ids: found by their shape, believed by their check digits.

The text is translated once, byte for character, into its shape (digits → d, capitals → A, small
letters → a); a number's layout is then a literal to search for, at the speed of `bytes.find`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from . import checksums as check
from .haystack import Haystack, WordList

_SHAPE = bytes(
    ord("d") if 48 <= b <= 57 else ord("A") if 65 <= b <= 90 else ord("a") if 97 <= b <= 122 else
    ord("x") if b in b"dAa" else b
    for b in range(256)
)  # fmt: skip

#: How many places of one shape are looked at closely, and how many numbers one text is judged by.
_BUDGET = 2000

#: Words before a number that say it is something else.
_OTHER_NUMBER = re.compile(
    r"(?:order|invoice|tracking|isbn|ean|upc|gtin|imei|serial|parcel|shipment|ticket|booking|reference"
    r"|sku|part|batch"
    r"|bestell\w*|rechnung\w*|sendung\w*|commande|facture|pedido|factura|ordine|fattura|zamówieni\w*"
    r"|заказ\w*|timestamp|unix|epoch|build|commit|sha|hash|uuid|doi|arxiv|model|account id|run id"
    r"|request id|订单\w*|快递\w*|注文\w*|주문\w*)"
    r"[^0-9\n]{0,24}$"
)
_CARD_WORD = re.compile(
    r"card|visa|master|amex|kart|carte|tarjeta|carta|cartão|карт|kort|credit|卡|カード|카드|कार्ड|কার্ড|بطاق"
    r"|کارت|כרטיס|κάρτα|บัตร|thẻ"
)

#: Country → length of its IBANs, from the SWIFT IBAN registry.
_IBAN_REGISTRY = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 "
    "DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 "
    "IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 MC27 MD24 "
    "ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 "
    "SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"
)
_IBAN_LENGTHS = {entry[:2]: int(entry[2:]) for entry in _IBAN_REGISTRY.split()}

_IBAN = re.compile(r"[A-Za-z]{2}[0-9]{2}(?:[ \-]?[0-9A-Za-z]){11,32}")
_DIGITS = re.compile(r"[0-9]+")


def number_kinds(hay: Haystack) -> set[str]:
    """Which of card, iban and national_id are in `text`."""
    text, lowered = hay.text, hay.lowered
    shape = text.encode("latin-1", "replace").translate(_SHAPE)
    kinds: set[str] = set()
    if b"d" not in shape:
        return kinds
    if _has_card(text, lowered, shape):
        kinds.add("card")
    if _has_iban(text, shape):
        kinds.add("iban")
    if _has_national_id(hay, shape):
        kinds.add("national_id")
    return kinds


#: Looking for a single byte costs next to nothing, and spares most searches for a layout.
_SIGNS = (b"-", b".", b" ", b"A", b"a")


def _places(shape: bytes, literal: bytes, *, bounded: bool = True) -> Iterator[int]:
    """Where `literal` begins in the shape, at most _BUDGET times; by default not inside a longer word."""
    if any(sign in literal and sign not in shape for sign in _SIGNS):
        return
    position = shape.find(literal)
    seen = 0
    size = len(literal)
    while position >= 0 and seen < _BUDGET:
        seen += 1
        if not bounded or not (_is_word(shape, position - 1) or _is_word(shape, position + size)):
            yield position
        position = shape.find(literal, position + 1)


def _is_word(shape: bytes, index: int) -> bool:
    return 0 <= index < len(shape) and shape[index] in b"dAa_"


def _runs(text: str, shape: bytes, literal: bytes) -> Iterator[tuple[int, str]]:
    """The maximal runs of digits that contain `literal`, with their start."""
    position = shape.find(literal)
    seen = 0
    while position >= 0 and seen < _BUDGET:
        seen += 1
        found = _DIGITS.match(text, position)
        if found is None:
            return
        yield position, found[0]
        position = shape.find(literal, found.end())


def _has_card(text: str, lowered: str, shape: bytes) -> bool:
    for start, digits in _runs(text, shape, b"d" * 13):
        inside = _is_word(shape, start - 1) or _is_word(shape, start + len(digits))
        if len(digits) > 19 or inside or _is_decimal(text, start):
            continue
        if _is_card(digits) and not _is_other(lowered, start):
            return True
    for literal in (
        b"dddd dddd dddd dddd",
        b"dddd-dddd-dddd-dddd",
        b"dddd dddddd ddddd",
        b"dddd-dddddd-ddddd",
        b"dddd.dddd.dddd.dddd",
        b"dddd dddddd dddd",
        b"dddd  dddd  dddd  dddd",
    ):
        for start in _places(shape, literal):
            digits = "".join(c for c in text[start : start + len(literal)] if c.isdigit())
            if not _is_card(digits):
                continue
            # A group more on either side is another number (an account in groups of four); the
            # last group of 19-digit cards has three digits.
            rest = shape[start + len(literal) : start + len(literal) + 5]
            if (rest[1:5] == b"dddd" and rest[:1] in b" -") or shape[max(0, start - 5) : start] in (
                b"dddd ",
                b"dddd-",
            ):
                continue
            if not _is_other(lowered, start):
                return True
    return False


def _is_card(digits: str) -> bool:
    """A known issuer's prefix and length (ISO/IEC 7812 ranges), and Luhn's check digit."""
    size = len(digits)
    two, four = int(digits[:2]), int(digits[:4])
    known = (
        (digits[0] == "4" and size in (13, 16, 19))
        or (size == 16 and (51 <= two <= 55 or 2221 <= four <= 2720 or 3528 <= four <= 3589))
        or (size == 15 and two in (34, 37))
        or (size == 14 and (two in (36, 38, 39) or 3000 <= four <= 3059))
        or (size in (16, 19) and (four == 6011 or two == 65 or 6440 <= four <= 6499 or two in (60, 62, 81)))
        or (size == 16 and (two in (50, 56, 57, 58, 67, 63) or 2200 <= four <= 2204 or two == 97))
    )
    return known and len(set(digits)) > 1 and check.luhn(digits)


def _is_decimal(text: str, start: int) -> bool:
    """Digits after a decimal point, as in 0.4111111111111111."""
    return start >= 2 and text[start - 1] == "." and text[start - 2].isdigit()


def _is_other(lowered: str, start: int) -> bool:
    """Whether the words before the number say that it is something other than a card."""
    before = lowered[max(0, start - 60) : start]
    return _OTHER_NUMBER.search(before) is not None and _CARD_WORD.search(before) is None


def _has_iban(text: str, shape: bytes) -> bool:
    for literal in (b"AAdd", b"aadd", b"Aadd"):
        for start in _places(shape, literal, bounded=False):
            length = _IBAN_LENGTHS.get(text[start : start + 2].upper())
            if length is None or _is_word(shape, start - 1):
                continue
            found = _IBAN.match(text, start, min(len(text), start + 60))
            if found is None:
                continue
            compact = found[0].replace(" ", "").replace("-", "").upper()[:length]
            if len(compact) == length and len(set(compact[4:])) > 2 and check.mod97(compact):
                return True
    return False


def _has_national_id(hay: Haystack, shape: bytes) -> bool:
    text, lowered = hay.text, hay.lowered
    for literal, believe in _LAYOUTS:
        for start in _places(shape, literal):
            if believe(text[start : start + len(literal)]) and not _OTHER_NUMBER.search(
                lowered[max(0, start - 60) : start]
            ):
                return True
    return _has_named_id(hay)


def _only(value: str) -> str:
    return "".join(c for c in value if c.isalnum())


def _us_ssn(value: str) -> bool:
    area, group, serial = value[:3], value[4:6], value[7:]
    return (
        area not in ("000", "666")
        and area[0] != "9"
        and group != "00"
        and serial != "0000"
        and _only(value) != "123456789"
    )


def _nino(value: str) -> bool:
    code = _only(value).upper()
    never = code[:2] in ("BG", "GB", "NK", "KN", "TN", "NT", "ZZ")
    return not never and code[0] not in "DFIQUV" and code[1] not in "DFIQUVO" and code[8] in "ABCD"


def _swedish(value: str) -> bool:
    digits = _only(value)
    day = digits if len(digits) == 12 else ("20" if int(digits[:2]) < 30 else "19") + digits
    return check.is_date(day[:8]) and check.luhn(digits[-10:])


def _korean(value: str) -> bool:
    digits = _only(value)
    century = {"1": "19", "2": "19", "3": "20", "4": "20", "5": "19", "6": "19", "7": "20", "8": "20"}.get(
        digits[6]
    )
    return century is not None and check.is_date(century + digits[:6])


def _curp(value: str) -> bool:
    return value[10] in "HMX" and check.is_date(("20" if value[16].isalpha() else "19") + value[4:10])


#: Layouts that an id is written in, and the test that it must pass without any word beside it.
_LAYOUTS: tuple[tuple[bytes, Callable[[str], bool]], ...] = (
    (b"ddd-dd-dddd", _us_ssn),
    (b"AAddddddA", _nino),
    (b"AA dd dd dd A", _nino),
    (b"ddd.ddd.ddd-dd", lambda v: check.cpf(_only(v))),
    (b"ddddddddA", check.spanish_dni),
    (b"dddddddd-A", lambda v: check.spanish_dni(_only(v))),
    (b"AdddddddA", lambda v: v[0] in "XYZ" and check.spanish_dni(v)),
    (b"AAAAAAddAddAdddA", check.italian_cf),
    (b"dddddddddddddddddd", check.chinese_id),
    (b"dddddddddddddddddA", lambda v: v[-1] == "X" and check.chinese_id(v)),
    (b"d dd dd dd ddd ddd dd", lambda v: check.french_nir(_only(v))),
    (b"ddddddddddddddd", check.french_nir),
    (b"dddddd-dddd", _swedish),
    (b"dddddddd-dddd", _swedish),
    (b"dddddd-ddddddd", _korean),
    (b"ddd-ddd-ddd dd", lambda v: check.snils(_only(v))),
    (b"ddd-ddd-ddd-dd", lambda v: check.snils(_only(v))),
    (b"dddd dddd dddd", lambda v: check.aadhaar(_only(v))),
    (b"d-dddd-ddddd-dd-d", lambda v: check.thai_id(_only(v))),
    (b"AAAAddddddAAAAAAdd", _curp),
    (b"AAAAddddddAAAAAAAd", _curp),
)

#: Words that announce an id, in the data's languages; digits of the right look must follow.
_ID_WORDS = (
    "social security", "ssn", "national id", "national insurance", "passport", "id card", "id number",
    "driver's licen", "drivers licen",
    "driving licen", "driver licen", "tax id", "taxpayer", "tin number", "sozialversicherung",
    "steuer-id", "steueridentifikation", "personalausweis", "ausweisnummer", "ausweis-nr", "reisepass",
    "steuernummer",
    "sécurité sociale", "securite sociale", "numéro de sécu", "passeport", "carte d'identité",
    "carte nationale", "dni", "nie ", "pasaporte", "seguridad social", "curp", "cédula", "cedula",
    "cpf", "documento de identidade", "passaporte", "número de identificação", "codice fiscale",
    "carta d'identità", "passaporto", "burgerservicenummer", "bsn", "paspoort", "identiteitskaart",
    "pesel", "dowód osobisty", "dowodu osobistego", "paszport",
    "personnummer", "samordningsnummer", "pass nr", "passnummer", "tc kimlik", "kimlik no",
    "kimlik numar", "pasaport", "nik ", "ktp", "paspor", "cccd", "cmnd", "căn cước", "chứng minh",
    "hộ chiếu",
    "паспорт", "снилс", "инн", "рнокпп", "іпн",
    "ідентифікаційний", "身份证", "护照", "身分證", "マイナンバー",
    "個人番号", "パスポート", "旅券", "주민등록", "주민번호", "여권",
    "aadhaar", "aadhar", "आधार", "पासपोर्ट", "pan card", "pan number", "पैन", "জাতীয় পরিচয়",
    "পাসপোর্ট", "এনআইডি", "الهوية", "الرقم القومي", "جواز", "رقم الإقامة", "کد ملی", "شماره ملی",
    "گذرنامه",
    "תעודת זהות", "ת.ז", "דרכון", "αφμ", "αμκα", "ταυτότητα", "διαβατήρι", "บัตรประชาชน",
    "เลขประจำตัว", "หนังสือเดินทาง",
)  # fmt: skip

_ID_LIST = WordList(_ID_WORDS)
_ID_AFTER = re.compile(
    r"[^0-9\n]{0,40}?(?<![0-9A-Za-z])(?=[A-Z0-9 .\-/]{0,12}[0-9])([A-Z]{0,6}[0-9][0-9A-Z]{0,3}(?:[ .\-/"
    r"]?[0-9A-Z]{1,6}){1,6})(?![0-9A-Za-z])"
)


def _has_named_id(hay: Haystack) -> bool:
    text, lowered = hay.text, hay.lowered
    for word in _ID_LIST.possible(hay):
        for position in hay.places(word, 200):
            end = position + len(word)
            inside = position > 0 and lowered[position - 1].isalpha() and word.isascii()
            longer = len(word) <= 4 and end < len(lowered) and lowered[end].isalpha()
            if inside or longer:
                continue
            found = _ID_AFTER.match(text, end, end + 70)
            if found is None:
                continue
            value = _only(found[1])
            digits = sum(c.isdigit() for c in value)
            if (
                6 <= digits <= 18
                and len(value) - digits <= 8
                and len(set(value)) > 2
                and not _is_period(found[1])
            ):
                return True
    return False


_PERIOD = re.compile(
    r"(?:19|20)[0-9]{2}[ ./-]{1,3}(?:(?:19|20)[0-9]{2}|[0-9]{1,2}[./-][0-9]{1,2})$"
    r"|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:19|20)?[0-9]{2}$|[0-9]{1,3}(?:[. ,][0-9]{3})+$"
)


def _is_period(value: str) -> bool:
    """Two years, a date, or an amount with thousands marked: not an id."""
    return _PERIOD.match(value.strip()) is not None
