"""Check digits of the national ids that `national_formats` lists. Inputs are without separators."""

from __future__ import annotations

from collections.abc import Callable

from .checksums import is_date, luhn, weighted


def short_date(digits: str, order: str) -> bool:
    """Six digits that are a day of some year, `order` being "dmy" or "ymd"."""
    day, month, year = (digits[:2], digits[2:4], digits[4:6]) if order == "dmy" else _ymd(digits)
    return is_date("19" + year + month + day) or is_date("20" + year + month + day)


def _ymd(digits: str) -> tuple[str, str, str]:
    return digits[4:6], digits[2:4], digits[:2]


def us_ssn(d: str) -> bool:
    """United States: areas 000, 666 and 9xx, group 00 and serial 0000 were never given out."""
    never = d[:3] in ("000", "666") or d[0] == "9" or d[3:5] == "00" or d[5:] == "0000"
    return not never and d != "123456789" and len(set(d)) > 1


def uk_nino(code: str) -> bool:
    """United Kingdom: prefixes that are not given out; a last letter from A to D."""
    never = code[:2] in ("BG", "GB", "NK", "KN", "TN", "NT", "ZZ")
    return not never and code[0] not in "DFIQUV" and code[1] not in "DFIQUVO" and code[8] in "ABCD"


def uk_nhs(d: str) -> bool:
    """National Health Service: weights 10…2, modulo 11."""
    return (11 - weighted(d[:9], tuple(range(10, 1, -1))) % 11) % 11 == int(d[9]) and len(set(d)) > 1


def german_tax(d: str) -> bool:
    """Steuer-ID: ISO 7064 MOD 11,10."""
    return d[0] != "0" and mod_11_10(d)


def mod_11_10(d: str) -> bool:
    """ISO 7064 MOD 11,10 (Germany's and Croatia's tax numbers)."""
    product = 10
    for char in d[:-1]:
        total = (int(char) + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10 == int(d[-1])


def portuguese_nif(d: str) -> bool:
    """Portugal: weights 9…2, modulo 11; a person's begins with 1, 2, 3 or 45."""
    check = 11 - weighted(d[:8], tuple(range(9, 1, -1))) % 11
    return (d[0] in "123" or d[:2] == "45") and (0 if check >= 10 else check) == int(d[8])


def turkish(d: str) -> bool:
    """Turkey: odd places times seven less even places; then the sum of all."""
    odd, even = sum(map(int, d[0:9:2])), sum(map(int, d[1:8:2]))
    return d[0] != "0" and (odd * 7 - even) % 10 == int(d[9]) and sum(map(int, d[:10])) % 10 == int(d[10])


def russian_inn(d: str) -> bool:
    """Russia, a person's: two check digits, modulo 11."""
    first = weighted(d[:10], (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10
    second = weighted(d[:11], (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10
    return first == int(d[10]) and second == int(d[11]) and len(set(d)) > 2


def ukrainian_tax(d: str) -> bool:
    """Ukraine: weights, modulo 11, modulo 10."""
    return weighted(d[:9], (-1, 5, 7, 9, 4, 6, 10, 5, 7)) % 11 % 10 == int(d[9])


def finnish(code: str) -> bool:
    """Finland: birthday, century sign, number; the last is the nine digits modulo 31."""
    signs = "0123456789ABCDEFHJKLMNPRSTUVWXY"
    number = code[:6] + code[7:10]
    return (
        number.isdigit()
        and short_date(code, "dmy")
        and signs[int(number) % 31] == code[10]
        and number[6:] > "001"
    )


def danish(d: str) -> bool:
    """Denmark: a birthday; the check digit was given up in 2007."""
    return short_date(d, "dmy")


def norwegian(d: str) -> bool:
    """Norway: birthday and two check digits, modulo 11; D-numbers add 40 to the day."""
    day = str(int(d[0]) % 4) + d[1:6]
    return (
        short_date(day, "dmy")
        and weighted(d[:10], (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)) % 11 == 0
        and weighted(d, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0
    )


def swedish(d: str) -> bool:
    """Sweden: a birthday (coordination numbers add 60 to the day) and Luhn's digit over the last ten."""
    short = d[-10:]
    day = int(short[4:6])
    return short_date(short[:4] + f"{day - 60 if day > 60 else day:02}", "ymd") and luhn(short)


def belgian(d: str) -> bool:
    """Belgium: 97 less the first nine modulo 97, since 2000 with a 2 before them."""
    check = int(d[9:])
    return 97 - int(d[:9]) % 97 == check or 97 - int("2" + d[:9]) % 97 == check


def swiss(d: str) -> bool:
    """Switzerland: 756 and EAN-13's check digit."""
    return d[:3] == "756" and weighted(d, (1, 3) * 6 + (1,)) % 10 == 0


def austrian(d: str) -> bool:
    """Austria: weights over all but the fourth, which is their sum modulo 11; then a birthday."""
    return weighted(d, (3, 7, 9, 0, 5, 8, 4, 2, 1, 6)) % 11 == int(d[3]) and d[0] != "0"


def czech(d: str) -> bool:
    """Czechia and Slovakia: a birthday (women's months add 50) and divisible by 11."""
    month = int(d[2:4]) % 50 % 20
    return 1 <= month <= 12 and 1 <= int(d[4:6]) <= 31 and (len(d) == 9 or int(d) % 11 == 0)


def romanian(d: str) -> bool:
    """Romania: sex and century, birthday, weights modulo 11."""
    return (
        d[0] in "12345678"
        and short_date(d[1:7], "ymd")
        and weighted(d[:12], (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11 % 10 == int(d[12])
    )


def bulgarian(d: str) -> bool:
    """Bulgaria: weights, modulo 11, modulo 10."""
    return weighted(d[:9], (2, 4, 8, 5, 10, 9, 7, 3, 6)) % 11 % 10 == int(d[9])


def irish(code: str) -> bool:
    """Ireland: weights 8…2 and nine times the second letter, modulo 23."""
    extra = (ord(code[8]) - 64) * 9 if len(code) > 8 and code[8] != "W" else 0
    return "WABCDEFGHIJKLMNOPQRSTUV"[(weighted(code[:7], (8, 7, 6, 5, 4, 3, 2)) + extra) % 23] == code[7]


def greek_tax(d: str) -> bool:
    """Greece (ΑΦΜ): powers of two, modulo 11, modulo 10."""
    return len(set(d)) > 1 and weighted(d[:8], (256, 128, 64, 32, 16, 8, 4, 2)) % 11 % 10 == int(d[8])


def australian_tax(d: str) -> bool:
    """Australia: weights modulo 11."""
    return weighted(d, (1, 4, 3, 7, 5, 8, 6, 9, 10)) % 11 == 0 and len(set(d)) > 1


def iranian(d: str) -> bool:
    """Iran: weights 10…2, modulo 11."""
    rest = weighted(d[:9], tuple(range(10, 1, -1))) % 11
    return len(set(d)) > 1 and int(d[9]) == (rest if rest < 2 else 11 - rest)


def japanese(d: str) -> bool:
    """Japan's My Number: weights modulo 11."""
    rest = weighted(d[:11], (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return int(d[11]) == (0 if rest <= 1 else 11 - rest)


def chilean(code: str) -> bool:
    """Chile: weights 2…7 from the right, modulo 11."""
    total = sum(int(c) * (2 + place % 6) for place, c in enumerate(reversed(code[:-1])))
    return "0K987654321"[total % 11] == code[-1].upper()


def argentine(d: str) -> bool:
    """Argentina's CUIL: weights modulo 11."""
    return d[:2] in ("20", "23", "24", "27") and weighted(d, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def taiwanese(code: str) -> bool:
    """Taiwan: the letter as two digits, weights 1 9 8…1 1, modulo 10."""
    place = "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(code[0]) + 10
    return (place // 10 + weighted(str(place % 10) + code[1:], (9, 8, 7, 6, 5, 4, 3, 2, 1, 1))) % 10 == 0


def singaporean(code: str) -> bool:
    """Singapore: weights 2 7 6 5 4 3 2, an offset for the later series, modulo 11."""
    total = weighted(code[1:8], (2, 7, 6, 5, 4, 3, 2)) + (4 if code[0] in "TG" else 0)
    return ("JZIHGFEDCBA" if code[0] in "ST" else "XWUTRQPNMLK")[total % 11] == code[8]


def south_african(d: str) -> bool:
    """South Africa: a birthday and Luhn's digit."""
    return short_date(d, "ymd") and d[10] in "01" and luhn(d)


def israeli(d: str) -> bool:
    """Israel: as Luhn's over nine digits."""
    return luhn(d.zfill(9)) and len(set(d)) > 2


def emirati(d: str) -> bool:
    """United Arab Emirates: 784, a year and Luhn's digit."""
    return d[:3] == "784" and d[3:5] in ("19", "20") and luhn(d)


def egyptian(d: str) -> bool:
    """Egypt: century, birthday, governorate."""
    return d[0] in "23" and short_date(d[1:7], "ymd") and 1 <= int(d[7:9]) <= 88


def indonesian(d: str) -> bool:
    """Indonesia: province, then a birthday (women's days add 40)."""
    return 11 <= int(d[:2]) <= 94 and 1 <= int(d[8:10]) <= 12 and 1 <= int(d[6:8]) % 40 <= 31


def vietnamese(d: str) -> bool:
    """Vietnam: a province's code (001 to 096), then sex and century."""
    return d[0] == "0" and 1 <= int(d[:3]) <= 96


def korean(d: str) -> bool:
    """South Korea: a birthday whose century the seventh digit tells."""
    century = {"1": "19", "2": "19", "3": "20", "4": "20", "5": "19", "6": "19", "7": "20", "8": "20"}.get(
        d[6]
    )
    return century is not None and is_date(century + d[:6])


def curp(code: str) -> bool:
    """Mexico: initials, birthday, sex, state; a letter in the 17th place since 2000."""
    return code[10] in "HMX" and is_date(("20" if code[16].isalpha() else "19") + code[4:10])


def jmbg(d: str) -> bool:
    """The states of former Yugoslavia: a birthday, weights modulo 11."""
    check = 11 - weighted(d[:12], (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return 1 <= int(d[:2]) <= 31 and 1 <= int(d[2:4]) <= 12 and (0 if check >= 10 else check) == int(d[12])


def baltic(d: str) -> bool:
    """Estonia and Lithuania: sex and century, birthday, two rounds of weights modulo 11."""
    check = weighted(d[:10], (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)) % 11
    if check == 10:
        check = weighted(d[:10], (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)) % 11 % 10
    return d[0] in "123456" and short_date(d[1:7], "ymd") and check == int(d[10])


def any_of(*checks: Callable[[str], bool]) -> Callable[[str], bool]:
    """One word names several numbers: any of their tests will do."""
    return lambda value: any(test(value) for test in checks)
