"""National ids of many countries by label and check digits, and numbers that only look like one."""

from __future__ import annotations

from smart_router.signals.sensitive import find_sensitive

from .judged import assert_each, has, lacks

# Published examples or made up; they only have the right check digits.
IDS = [
    "hetu 131052-308T",
    "Henkilötunnus: 010190B9024",
    "does 44051401359 look like a proper PESEL to you",
    "(T.C. 10000000146) adına kayıtlı",
    "Canadian SIN 046 454 286, is it leaked?",
    "o meu NIF é 123456789",
    "Meine Steuer-ID: 86 095 742 719",
    "ИНН 500100732259 физлица",
    "СНИЛС 11223344595",
    "AHV-Nummer 756.9217.0769.85",
    "rijksregisternummer 85.07.30-033.28",
    "CUIL 20-12345678-6",
    "RUT 12.345.678-5",
    "tax file number 123 456 782",
    "PPS number 1234567T",
    "my NRIC is S1234567D",
    "rsa id 8001015009087",
    "マイナンバーは123456789018です",
    "το ΑΦΜ μου είναι 090000045",
    "תעודת זהות 123456782",
    "الرقم القومي 29001011234567",
    "Aadhaar 2341 2341 2346",
    "my PAN is ABCPE1234F, PAN card lost",
    "CNP 1800101221144",
    "ЕГН 7523169263",
    "OIB 69435151530",
    "isikukood 37605030299",
    "rodné číslo 710319/2745",
    "NHS number 943 476 5919",
    "BSN 111222333",
    "身分證 A123456789",
    "کد ملی ۰۴۹۹۳۷۰۸۹۹",
    "NIK 3171011505900002",
    "CCCD 001090123456",
    "cpf 529.982.247-25",
    "CURP HEGG560427MVZRRL04",
    "NINO AB123456C",
    "passport no. P4366918",
    "driver's licence D1234-56789-01234",
    "Personalausweis L01X00T471",
    "SSN: 219099999",
    "ssn 219-09-9999",
    "employee file: Ana Ruiz, 512-44-3096, hired 2020",
    "Sozialversicherungsnummer 65 170839 J 003",
    "n° de sécurité sociale 1 85 05 78 006 084 91",
    "dni 12345678z",
    "cédula 1.234.567.890",
    "주민등록번호 900101-1234568",
    "CPR-nr. 070761-4285",
    "fødselsnummer 01010750160",
    "AMKA 01018012343",
]

NUMBERS = [
    "parse_ssn('000-12-3456') and '666-12-3456' must fail",
    "987-65-4329 has an area that was never issued as SSN",
    "Part no. 402-18-7731 replaces 402-18-7713",
    "order 44051401359 shipped",
    "sin 612 345 678 no me llames",
    "PESEL has eleven digits",
    "what does the check digit of a Steuer-ID tell?",
    "flight TC 12345678901 delayed",
    "version 756.9217.0769.1",
    "invoice 8001015009087",
    "ISO 3166-1 numeric 710319",
    "the passport office phone is 020 7946 0958",
    "my passport expires on 12.05.2027",
    "Pan 123456 in the oven, nas backup 130692544001",
    "call 800-10-1500 or 555-12-34567",
    "IP 192.168.100.200",
    "ИНН компании 7707083893",
    "ISBN 978-3-16-148410-0",
    "1e10 and 0x131052308",
    "2023-11-05-1234",
    "charge the card 5500 0000 0000 0004 again",
    "der Kunde zahlte mit 4000 0025 0000 3155",
    "Kontonummer GB33 BUKB 2020 1555 5555 55",
]


def test_an_id_beside_its_word_is_found() -> None:
    assert_each(IDS, has("national_id"))


def test_other_numbers_are_no_ids() -> None:
    assert_each(NUMBERS, lacks("national_id"))


CARDS = [
    "Diners 3056 9309 0259 04 was declined",
    "٤١١١ ١١١١ ١١١١ ١١١١",
    "the cvv is 734",
    "card 6759 6498 2643 8453",
]


def test_cards_in_other_groups_and_digits_are_found() -> None:
    assert_each(CARDS, has("card"))


def test_an_account_behind_the_number_of_its_field_is_found() -> None:
    assert "iban" in find_sensitive(":86:105?20EREF+31?31DE89370400440532013000?32ANNA")
    assert "iban" not in find_sensitive("id 7DE89370400440532013000 of 31DE89370400440532013001")
