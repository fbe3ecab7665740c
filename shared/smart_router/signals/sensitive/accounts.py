"""Card numbers and IBANs: found by their shape, believed by their check digits."""

from __future__ import annotations

from ...lazily import lazily
from . import checksums as check
from .haystack import Haystack, WordList
from .shapes import digits_of, is_word, places, runs

#: Words before a number that say it is something else.
OTHER_NUMBER = lazily(
    r"(?:order|invoice|tracking|isbn|ean|upc|gtin|imei|serial|parcel|shipment|ticket|booking|reference"
    r"|sku|\bparts?|p/n|\bpn|\bmodel|\bitem|catalog\w*|article|artikel\w*|\blot|batch"
    r"|bestell\w*|rechnung\w*|sendung\w*|commande|facture|pedido|factura|ordine|fattura|zamówieni\w*"
    r"|заказ\w*|timestamp|unix|epoch|build|commit|sha|hash|uuid|doi|arxiv|account id|run id"
    r"|request id|订单\w*|快递\w*|注文\w*|주문\w*)"
    r"[^0-9\n]{0,24}$"
)
_CARD_WORD = lazily(
    r"card|visa|master|amex|kart|carte|tarjeta|carta|cartão|карт|kort|credit|卡|カード|카드|कार्ड|কার্ড|بطاق"
    r"|کارت|כרטיס|κάρτα|บัตร|thẻ"
)
#: What payment services tell everybody to test with; no card where the talk is of tests.
_TEST_CARDS = frozenset(
    (
        "4242424242424242", "5555555555554444", "2223003122003222", "5200828282828210", "5105105105105100",
        "378282246310005", "371449635398431", "6011111111111117", "6011000990139424", "3056930009020004",
        "36227206271667", "3566002020360505", "6200000000000005", "4111111111111111", "4012888888881881",
        "4222222222222", "30569309025904", "38520000023237", "3530111333300000", "5555444433331111",
        "4005519200000004", "4009348888881881", "4032039317984658", "4002351234567893",
    )
)  # fmt: skip
_TESTED = lazily(
    r"\btest|sandbox|stripe|adyen|braintree|prueba|\bprova|essai|teszt|тест|测试|測試|テスト|테스트|اختبار|آزمایش"
    r"|בדיקה|परीक्षण|ทดสอบ|δοκιμ|thử nghiệm"
)
_DATE = r"(?:0[1-9]|1[0-2])\s?[/-]\s?(?:20)?[2-4][0-9](?![0-9])"
_GROUPED = lazily(
    rf"[0-9]{{4}}([ .-]| {{2}})[0-9]{{4,6}}\1[0-9]{{4,6}}(?:\1(?!{_DATE})[0-9]{{1,4}}){{0,2}}(?![0-9])"
)

#: Until when a card is valid, behind its number.
_EXPIRY = lazily(rf"\s{_DATE}")

#: Country → length of its IBANs, from the SWIFT IBAN registry.
_IBAN_REGISTRY = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 "
    "DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 "
    "IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 MC27 MD24 "
    "ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 "
    "SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 "
    # Not in the registry, but used at home.
    "AO25 BF28 BI27 BJ28 CF27 CG27 CI28 CM27 CV25 DJ27 DZ26 GA27 GQ27 GW25 HN28 IR26 KM27 MA28 MG27 "
    "ML28 MZ25 NE28 NI28 SN28 TD27 TG28"
)
_IBAN_LENGTHS = {entry[:2]: int(entry[2:]) for entry in _IBAN_REGISTRY.split()}
_IBAN = lazily(r"[A-Za-z]{2}[0-9]{2}(?:[ \-]?[0-9A-Za-z]){11,32}")


_CODE_WORDS = WordList(("cvv", "cvc"))
_CODE = lazily(
    r"\b(?:cvv2?|cvc2?)(?: code| number|-code)?[^\S\n]{0,2}(?:[:=]|is|ist|est|es)?[^\S\n]{0,2}[0-9]{3,4}\b"
)


def has_card(hay: Haystack, shape: bytes) -> bool:
    """A card number, in one run or in groups, that no word before it calls something else; or the
    three digits on its back."""
    text, lowered = hay.text, hay.lowered
    for word in _CODE_WORDS.possible(hay):
        if any(_CODE.match(lowered, start, start + 40) for start in hay.beginnings(word, 100)):
            return True
    for start, digits in runs(text, shape, b"d" * 13):
        inside = is_word(shape, start - 1) or is_word(shape, start + len(digits))
        if len(digits) > 19 or inside or _is_decimal(text, start):
            continue
        if is_card(digits) and not _is_other(lowered, start) and not _is_tested(lowered, start, digits):
            return True
    for literal in (b"dddd dddd", b"dddd-dddd", b"dddd.dddd", b"dddd  dddd"):
        for start in places(shape, literal, bounded=False):
            if is_word(shape, start - 1):
                continue
            found = _GROUPED.match(text, start, start + 32)
            if found is None or not is_card(digits_of(found[0])):
                continue
            if _is_tested(lowered, start, digits_of(found[0])):
                continue
            # A group more before it or after it makes it another number: an account, say.
            before, after = shape[max(0, start - 5) : start], shape[found.end() : found.end() + 3]
            goes_on = after[:1] in (b" ", b"-") and after[1:3] == b"dd"
            if before in (b"dddd ", b"dddd-") or (goes_on and not _EXPIRY.match(text, found.end())):
                continue
            if not is_word(shape, found.end()) and not _is_other(lowered, start):
                return True
    return False


def is_card(digits: str) -> bool:
    """A known issuer's prefix and length (ISO/IEC 7812 ranges), and Luhn's check digit."""
    size = len(digits)
    if not 13 <= size <= 19:
        return False
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


def _is_tested(lowered: str, start: int, digits: str) -> bool:
    """Whether it is a number for tests (Stripe's begin with 400000), and tests are talked of."""
    known = digits in _TEST_CARDS or (digits.startswith("400000") and len(digits) == 16)
    return known and _TESTED.search(lowered, max(0, start - 110), start + 130) is not None


def _is_decimal(text: str, start: int) -> bool:
    """Digits after a decimal point, as in 0.4111111111111111."""
    return start >= 2 and text[start - 1] == "." and text[start - 2].isdigit()


def _is_other(lowered: str, start: int) -> bool:
    """Whether the words before the number say that it is something other than a card."""
    before = lowered[max(0, start - 60) : start]
    return OTHER_NUMBER.search(before) is not None and _CARD_WORD.search(before) is None


def has_iban(text: str, shape: bytes) -> bool:
    """An account number of a country in the registry, of its length, with the right check digits."""
    for literal in (b"AAdd", b"aadd", b"Aadd"):
        for start in places(shape, literal, bounded=False):
            length = _IBAN_LENGTHS.get(text[start : start + 2].upper())
            if length is None:
                continue
            # A field's number may stand before it (MT940: `?31DE89…`), but no letter.
            field = literal == b"AAdd" and shape[max(0, start - 2) : start] == b"dd"
            if is_word(shape, start - 1) and (not field or is_word(shape, start - 3)):
                continue
            found = _IBAN.match(text, start, min(len(text), start + 60))
            if found is not None and is_iban(found[0]):
                return True
    return False


def is_iban(value: str) -> bool:
    """Whether `value`, in groups or not, begins with an IBAN."""
    code = value.replace(" ", "").replace("-", "").upper()
    code = code[: _IBAN_LENGTHS.get(code[:2], 0)]
    return (
        len(code) >= 15
        and len(code) == _IBAN_LENGTHS[code[:2]]
        and len(set(code[4:])) > 2
        and check.mod97(code)
    )
