"""Check digits of cards, accounts and national ids. Inputs are digits (and letters) without separators."""

from __future__ import annotations

from datetime import date

_DOUBLED = str.maketrans("0123456789", "0246813579")


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B: every second digit from the right doubled, digits summed, modulo 10."""
    doubled = digits[-2::-2].translate(_DOUBLED)
    return (sum(map(int, digits[::-2])) + sum(map(int, doubled))) % 10 == 0


def mod97(account: str) -> bool:
    """ISO 13616 (IBAN): the first four characters moved to the end, letters as 10…35, modulo 97 is 1."""
    moved = account[4:] + account[:4]
    return int("".join(str(int(c, 36)) for c in moved)) % 97 == 1


def weighted(digits: str, weights: tuple[int, ...]) -> int:
    """The sum of the digits times their weights."""
    return sum(int(d) * w for d, w in zip(digits, weights, strict=False))


def pesel(d: str) -> bool:
    """Poland: weights 1 3 7 9 repeated; the month carries the century."""
    month = int(d[2:4]) % 20
    return (
        1 <= month <= 12
        and 1 <= int(d[4:6]) <= 31
        and weighted(d, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0
    )


def cpf(d: str) -> bool:
    """Brazil: two check digits, modulo 11."""
    if len(set(d)) == 1:
        return False
    for size in (9, 10):
        total = weighted(d[:size], tuple(range(size + 1, 1, -1))) * 10 % 11 % 10
        if total != int(d[size]):
            return False
    return True


def chinese_id(d: str) -> bool:
    """GB 11643-1999: ISO 7064 MOD 11-2 over 17 digits, and a birthday inside."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[weighted(d[:17], weights) % 11] == d[17].upper() and is_date(d[6:14])


def french_nir(d: str) -> bool:
    """France: 97 less the first 13 digits modulo 97."""
    return d[0] in "1234" and 1 <= int(d[3:5]) <= 42 and 97 - int(d[:13]) % 97 == int(d[13:])


def spanish_dni(code: str) -> bool:
    """Spain: the letter is the number modulo 23; a foreigner's X, Y, Z count 0, 1, 2."""
    number = code[:-1].upper().translate(str.maketrans("XYZ", "012"))
    return number.isdigit() and "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23] == code[-1].upper()


def italian_cf(code: str) -> bool:
    """Italy: odd places by a table, even places by value, modulo 26."""
    odd = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
    total = 0
    for place, char in enumerate(code[:15].upper()):
        value = int(char) if char.isdigit() else ord(char) - ord("A")
        total += value if place % 2 else odd[value]
    return chr(total % 26 + ord("A")) == code[15].upper()


def snils(d: str) -> bool:
    """Russia: weights 9…1, modulo 101."""
    return weighted(d[:9], tuple(range(9, 0, -1))) % 101 % 100 == int(d[9:])


def aadhaar(d: str) -> bool:
    """India: Verhoeff's dihedral checksum."""
    check = 0
    for place, char in enumerate(reversed(d)):
        check = _times(check, _permute(place, int(char)))
    return d[0] not in "01" and check == 0


def _times(a: int, b: int) -> int:
    """Multiplication in the dihedral group of order 10."""
    if a < 5:
        return (a + b) % 5 if b < 5 else 5 + (a + b - 5) % 5
    return 5 + (a - 5 - b) % 5 if b < 5 else (a - b) % 5


def _permute(times: int, digit: int) -> int:
    for _ in range(times % 8):
        digit = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)[digit]
    return digit


def bsn(d: str) -> bool:
    """The Netherlands: the eleven test, last weight -1."""
    return d != "000000000" and weighted(d, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0


def thai_id(d: str) -> bool:
    """Thailand: weights 13…2, modulo 11."""
    return (11 - weighted(d[:12], tuple(range(13, 1, -1))) % 11) % 10 == int(d[12])


def is_date(digits: str) -> bool:
    """YYYYMMDD that exists and that a person alive may have been born on."""
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2035
