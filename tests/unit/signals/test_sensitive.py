"""What counts as sensitive, what only looks like it, and that looking is linear."""

from __future__ import annotations

import time

import pytest

from smart_router.signals.sensitive import find_sensitive

from .judged import assert_each, at_most, exactly, has

# Numbers here are made up or published test numbers; they only have the right check digits.
SENSITIVE = [
    ("card", "Please charge 4111 1111 1111 1111, expires 09/27"),
    ("card", "meine Karte ist 5555555555554444"),
    ("card", "amex: 3782 822463 10005"),
    ("card", "card=6011-1111-1111-1117&cvv="),
    ("card", "карта 2200 0000 0000 0053"),
    ("card", "信用卡号是4242424242424242，帮我看看"),
    ("iban", "Überweise an DE89 3704 0044 0532 0130 00 bitte"),
    ("iban", "GB82WEST12345698765432"),
    ("iban", "mon IBAN: FR14 2004 1010 0505 0001 3M02 606"),
    ("iban", "nl91abna0417164300"),
    ("api_key", "OPENAI_API_KEY=sk-proj-a8Bq72LmZx91TtQe40VbNn35"),
    ("api_key", "aws_access_key_id = AKIAZ4QX7J2MWPLRT3VN"),
    ("api_key", "git clone https://ghp_9aZk3LqT7xW2mB5vC8nD1fG4hJ6pR0sUyE1i@github.com/a/b"),
    ("api_key", "xoxb-263594206564-2343594206574-FGqddMF8t08v8N7Oq4i57vs1"),
    ("api_key", "maps key AIzaSyD3x8Kq0LmN4pR7tV1wX5zB9cF2gH6jM8Q"),
    ("api_key", "Authorization: Bearer 9f8aT7kLq2ZxW4mN6bV1cR3yU5eP0sDg"),
    ("api_key", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm5hIn0.dBjftJeZ4CVPmB92K27uhbUJU1p1r_wW1g"),
    ("api_key", "client_secret: 'q8Wz~3nB7kV5xL2mC9pT4rY6'".replace("~", "")),
    ("private_key", "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA1c7xq9\n"),
    ("private_key", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\n"),
    ("national_id", "my SSN is 219-09-9999"),
    ("national_id", "NI number AB 12 34 56 C"),
    ("national_id", "CPF 529.982.247-25"),
    ("national_id", "mi DNI es 12345678Z"),
    ("national_id", "codice fiscale RSSMRA85T10A562S"),
    ("national_id", "身份证号码11010519491231002X"),
    ("national_id", "personnummer 811228-9874"),
    ("national_id", "주민등록번호 900101-1234567"),
    ("national_id", "PESEL 44051401359"),
    ("national_id", "Meine Steuer-ID lautet 86095742719"),
    ("national_id", "passport number X1234567 for the visa form"),
    ("national_id", "СНИЛС 112-233-445 95"),
    ("national_id", "TC kimlik numaram 10000000146"),
    ("national_id", "mijn BSN is 111222333"),
    ("medical", "Patient John Miller was diagnosed with bipolar disorder last May."),
    ("medical", "Frau Schneider nimmt seit 2019 Insulin, der Blutdruck ist hoch"),
    ("medical", "My sister Anna has been prescribed sertraline after a miscarriage"),
    ("medical", "le patient Jean Dupont souffre de diabète"),
    ("medical", "Пациентка Иванова, диагноз: рак молочной железы"),
    ("medical", "患者张伟，诊断为糖尿病"),
    ("medical", "Maria Lopez, 54, tested positive for HIV"),
    ("medical", "MRN 4482913: discharge summary, chemotherapy cycle 3"),
    ("credentials", "my password is Hunter2!"),
    ("credentials", "Passwort: Sonne1984"),
    ("credentials", "user: admin pass: s3cretPw"),
    ("credentials", "postgres://app:Xk29fjQ@db.internal:5432/prod"),
    ("credentials", "mot de passe : chat4ever"),
    ("credentials", "пароль от почты: Zima2020"),
    ("credentials", "密码是abc12345"),
    ("credentials", "パスワードはtokyo2024です"),
    ("credentials", "the PIN is 4921"),
    ("credentials", "DB_PASSWORD=wj38fKq0"),
]

HARMLESS = [
    "ISBN 978-3-16-148410-0 and ISBN 9780306406157",
    "order 4111111111111111 has not arrived",
    "tracking number 1Z999AA10123456784",
    "git show 3f786850e387550fdab836ed7e6dc881de23001b",
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "id 123e4567-e89b-12d3-a456-426614174000",
    "upgrade from 10.0.19041.1237 to 10.0.22621.3155",
    "pi is 3.14159265358979323846264338327950288",
    "0.4111111111111111",
    "timestamp 1717171717171",
    "write to jane.doe@example.com or test@test.invalid",
    "How do I reset my password?",
    "The password must be at least 12 characters long",
    "password = os.environ['DB_PASSWORD']",
    "password: str = Field(min_length=8)",
    'const apiKey = "YOUR_API_KEY"',
    "OPENAI_API_KEY=sk-xxxxxxxxxxxxxxxxxxxxxxxx",
    "Authorization: Bearer <token>",
    "What does -----BEGIN PRIVATE KEY----- mean in a pem file?",
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC public key",
    "Explain how diabetes is treated",
    "Parkinson's disease and Alzheimer's are different",
    "Dr. Smith published a paper on depression",
    "my mother asked what cancer is",
    "Patient care in hospitals has improved, cancer survival too",
    "call the function with 555-0100 as an argument name",
    "IBAN stands for International Bank Account Number",
    "DE89 is a postcode? no",
    "the years 1998-2004 and 2010-2015",
    "population 1,402,112,000 in 2020",
    "my social security card got lost, what do I do?",
    "you need a passport and two photos",
    "the token count was 4096 and the pin layout has 48 pins",
    "secret: nobody knows",
    "Los Angeles 34.0522, -118.2437",
    "SELECT * FROM users WHERE password_hash IS NULL",
    "wie lautet das Passwort für das WLAN im Zug?",
    "¿Olvidaste tu contraseña?",
    "我忘记密码了怎么办",
    "login: how do I log in?",
    "DOI 10.1038/s41586-020-2649-2",
    "1234 5678 9012 3456 is a placeholder",
    "room 101-1234, floor 12",
    "lottery numbers 4 8 15 16 23 42",
]


@pytest.mark.parametrize("kind", dict(SENSITIVE))
def test_sensitive_content_is_found_and_named(kind: str) -> None:
    assert_each([text for named, text in SENSITIVE if named == kind], has(kind))


def test_lookalikes_do_not_trigger() -> None:
    assert_each(HARMLESS, at_most("contact"))


def test_contact_details_alone_are_recorded_as_contact() -> None:
    assert_each(["mail me at olga.petrova@mail.ru", "call +49 170 1234567 tonight"], exactly("contact"))


def test_a_needle_is_found_anywhere_in_a_large_text() -> None:
    hay = "The harbour was quiet and the boats lay still in the grey light. " * 4000
    needle = " password: Tr0ub4dor&3 "
    for place in (0, len(hay) // 2, len(hay)):
        assert "credentials" in find_sensitive(hay[:place] + needle + hay[place:])


HOSTILE = {
    "digits": "1",
    "groups of four": "1234 ",
    "failing cards": "4111111111111112 ",
    "open keys": "sk-",
    "half tokens": "eyJ",
    "passwords without values": "password ",
    "key headers": "-----BEGIN PRIVATE KEY-----",
    "at signs": "a@",
    "names and illnesses": "Anna Diagnosis ",
    "one letter": "a",
    "spaces": " ",
    "ideographs": "我们今天去公园里面玩",
    "growing letters": "İ",
    "urls": "https://a:b",
    "plus signs": "+1",
    "iban heads": "DE12",
    "patients without an illness": "Patient Anna Berg, ",
    "illnesses and headings": "Patient Care Diabetes ",
    "log-ins without passwords": "login: x password ",
    "labels without ids": "pesel 12345678901 ",
    "command lines": "curl -u a:b ",
    "headers": "Basic QUJD ",
    "tables": "name,diagnosis\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_cost_grows_with_the_text_and_not_faster(name: str) -> None:
    """Four times the text may take at most about four times as long; a quadratic step takes sixteen."""
    unit = HOSTILE[name]
    small = unit * (60_000 // len(unit))
    large = unit * (240_000 // len(unit))

    def cost(text: str) -> float:
        best = float("inf")
        for _ in range(3):
            started = time.process_time()
            find_sensitive(text)
            best = min(best, time.process_time() - started)
        return best

    # A short floor keeps texts that cost next to nothing from being judged by the clock's noise.
    assert cost(large) < 10 * max(cost(small), 0.0015)
