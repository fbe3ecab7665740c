"""Check digits of more countries' ids, beside `national_checks`. Inputs are without separators."""

from __future__ import annotations

from . import checksums as check
from . import national_checks as national
from .checksums import luhn, weighted


def icelandic(d: str) -> bool:
    """Iceland: a birthday, weights modulo 11, and the century in the last place."""
    rest = 11 - weighted(d[:8], (3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return national.short_date(d, "dmy") and rest % 11 == int(d[8]) and d[9] in "890"


def latvian(d: str) -> bool:
    """Latvia: a birthday and a check digit, or 32 to 39 and nine digits since 2017."""
    if d[:2] in ("32", "33", "34", "35", "36", "37", "38", "39"):
        return True
    total = 1101 - weighted(d[:10], (1, 6, 3, 7, 9, 10, 5, 8, 4, 2))
    return national.short_date(d, "dmy") and total % 11 % 10 == int(d[10])


def hungarian_taj(d: str) -> bool:
    """Hungary, health insurance: weights 3 and 7 in turn, modulo 10."""
    return weighted(d[:8], (3, 7) * 4) % 10 == int(d[8]) and len(set(d)) > 2


def hungarian_tax(d: str) -> bool:
    """Hungary, a person's tax number: 8 at first, weights 1…9 modulo 11."""
    return d[0] == "8" and weighted(d[:9], tuple(range(1, 10))) % 11 == int(d[9])


def hungarian_id(d: str) -> bool:
    """Hungary: sex and century, birthday, weights 1…10 modulo 11 (10…1 since 1997)."""
    older = weighted(d[:10], tuple(range(1, 11))) % 11 == int(d[10])
    newer = weighted(d[:10], tuple(range(10, 0, -1))) % 11 == int(d[10])
    return d[0] in "12345678" and national.short_date(d[1:7], "ymd") and (older or newer)


def luxembourgish(d: str) -> bool:
    """Luxembourg: a birthday in full, then Luhn's digit over the first eleven with it."""
    return check.is_date(d[:8]) and luhn(d[:12])


def portuguese_card(code: str) -> bool:
    """Portugal's citizen card: as Luhn's, letters counting 10…35."""
    total = 0
    for place, char in enumerate(reversed(code)):
        value = int(char, 36) * (1 + place % 2)
        total += value - 9 if place % 2 and value > 9 else value
    return total % 10 == 0


def kazakh(d: str) -> bool:
    """Kazakhstan: a birthday, weights 1…11, or 3…2 where those leave 10, modulo 11."""
    rest = weighted(d[:11], tuple(range(1, 12))) % 11
    if rest == 10:
        rest = weighted(d[:11], (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)) % 11
    return national.short_date(d, "ymd") and rest == int(d[11])


def uzbek(d: str) -> bool:
    """Uzbekistan: sex and century, birthday, weights 7 3 1 modulo 10."""
    return (
        d[0] in "3456"
        and national.short_date(d[1:7], "dmy")
        and weighted(d[:13], (7, 3, 1) * 4 + (7,)) % 10 == int(d[13])
    )


def pakistani(d: str) -> bool:
    """Pakistan: a province at first; 13 digits without a check."""
    return d[0] in "1234567" and len(set(d)) > 3


def malaysian(d: str) -> bool:
    """Malaysia: a birthday and the place of birth."""
    return national.short_date(d, "ymd") and d[6:8] not in ("00", "17", "18", "19", "20", "69", "70", "73")


def hong_kong(code: str) -> bool:
    """Hong Kong: letters 10…35 (one letter: 36 before it), weights 9…2, modulo 11."""
    values = [36 if c == " " else int(c, 36) for c in code[:-1].rjust(8)]
    total = sum(v * w for v, w in zip(values, range(9, 1, -1), strict=True))
    return "0A987654321"[total % 11] == code[-1]


def saudi(d: str) -> bool:
    """Saudi Arabia: 1 for citizens, 2 for residents, and Luhn's digit."""
    return d[0] in "12" and luhn(d)


def qatari(d: str) -> bool:
    """Qatar: century, year and country of birth."""
    return d[0] in "23" and len(set(d)) > 3


def kuwaiti(d: str) -> bool:
    """Kuwait: century, birthday, weights modulo 11."""
    return (
        d[0] in "23"
        and national.short_date(d[1:7], "ymd")
        and 11 - weighted(d[:11], (2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11 == int(d[11])
    )


def ecuadorian(d: str) -> bool:
    """Ecuador: a province (01 to 24, 30), then Luhn's digit."""
    return (1 <= int(d[:2]) <= 24 or d[:2] == "30") and d[2] in "0123456" and luhn(d)


def uruguayan(d: str) -> bool:
    """Uruguay: weights 2 9 8 7 6 3 4 modulo 10."""
    return (10 - weighted(d[:7], (2, 9, 8, 7, 6, 3, 4)) % 10) % 10 == int(d[7])


def brazilian_work(d: str) -> bool:
    """Brazil (PIS, NIS): weights modulo 11."""
    rest = 11 - weighted(d[:10], (3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return (0 if rest > 9 else rest) == int(d[10]) and len(set(d)) > 2


def brazilian_driver(d: str) -> bool:
    """Brazil (CNH): two check digits modulo 11."""
    first = weighted(d[:9], tuple(range(9, 0, -1))) % 11
    second = weighted(d[:9], tuple(range(1, 10))) % 11 - (2 if first > 9 else 0)
    second += 11 if second < 0 else 0
    return (
        len(set(d)) > 2
        and int(d[9]) == (0 if first > 9 else first)
        and int(d[10]) == (0 if second > 9 else second)
    )


def australian_medicare(d: str) -> bool:
    """Australia, Medicare: 2 to 6 at first, weights 1 3 7 9 modulo 10."""
    return d[0] in "23456" and weighted(d[:8], (1, 3, 7, 9) * 2) % 10 == int(d[8])


def new_zealand_tax(d: str) -> bool:
    """New Zealand (IRD): weights modulo 11, twice where the first leave 10."""
    base = d.zfill(9)
    for weights in ((3, 2, 7, 6, 5, 4, 3, 2), (7, 4, 3, 2, 5, 2, 7, 6)):
        rest = -weighted(base[:8], weights) % 11
        if rest < 10:
            return rest == int(base[8]) and 10_000_000 < int(base) < 200_000_000
    return False


def uk_tax(d: str) -> bool:
    """United Kingdom (UTR): weights modulo 11 tell the first digit."""
    return "21987654321"[weighted(d[1:], (6, 7, 8, 9, 10, 5, 4, 3, 2)) % 11] == d[0]


def dominican(d: str) -> bool:
    """Dominican Republic: Luhn's digit."""
    return luhn(d) and len(set(d)) > 2


def guatemalan(d: str) -> bool:
    """Guatemala (CUI): weights modulo 11, then department and town."""
    return weighted(d[:8], tuple(range(2, 10))) % 11 == int(d[8]) and 1 <= int(d[9:11]) <= 22


def korean_strict(d: str) -> bool:
    """South Korea with its check digit, which numbers since October 2020 lack."""
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    return national.korean(d) and (11 - weighted(d[:12], weights) % 11) % 10 == int(d[12])


def strict(d: str) -> bool:
    """Numbers of any country whose test a number made up passes once in a hundred times at most."""
    tests = {
        11: (national.norwegian, national.baltic),
        13: (national.south_african, national.romanian, korean_strict),
        14: (national.egyptian,),
        15: (national.emirati,),
    }
    return any(test(d) for test in tests.get(len(d), ()))
