"""Keys of services by newer formats and without any, cards for tests, and what stands for a secret."""

from __future__ import annotations

import random

from smart_router.signals.sensitive import find_sensitive

from .judged import assert_each, at_most, has, lacks

_DICE = random.Random(20260708)
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz"
_ANY = _LETTERS + "23456789"


def _of(letters: str, size: int) -> str:
    """A made-up key."""
    return "".join(_DICE.choice(letters) for _ in range(size))


def _hex(size: int) -> str:
    return _of("0123456789abcdef", size)


def _uuid() -> str:
    return "-".join(_hex(size) for size in (8, 4, 4, 4, 12))


KEYS = {
    "DeepL": f"DeepL renvoie 403, ma clé est {_uuid()}:fx, dois-je changer d'adresse ?",
    "DeepL in code": f"let deeplKey = '{_uuid()}:fx' // varför får jag quota exceeded?",
    "token of letters alone": f"_authToken=glpat-{_of(_LETTERS, 10)}KxQwZpRtLm bu token neden 401 veriyor?",
    "UUID as a key": f"HEROKU_API_KEY={_uuid()}\n¿por qué dice invalid credentials?",
    "header of Cloudflare": f"curl -H 'X-Auth-Key: {_hex(37)}' – warum 9103?",
    "admin key": f"Algolia admin key {_hex(32)} per sbaglio nel frontend, quanto è grave?",
    "argument of a client": f"cohere.Client('{_of(_ANY, 40)}') gibt 401 zurück",
    "Bedrock": f"AWS bedrock: ABSK{_of(_ANY, 110)} gives AccessDenied",
    "Voyage": f"voyage: pa-{_of(_ANY, 43)} ne marche pas",
    "Runway": f"key_{_hex(128)} – wo widerrufe ich das?",
    "Azure": f"az openai: {_of(_ANY, 52)}JQQJ9{_of(_ANY, 27)} падает с 401",
    "Atlas": f"mdb_sa_sk_{_of(_ANY, 40)} jak to zmienić?",
    "HubSpot": f"pat-eu1-{_uuid()} 撤销后还能恢复吗",
    "OpenShift": f"oc login --token=sha256~{_of(_ANY, 43)} がエラー",
}

IDS = {
    "UUID of a session": f"Session-ID {_uuid()} steht im Log, ist das sensibel?",
    "UUID of a row": f"uuid {_uuid()} duplicates in my table",
    "idempotency key": f"Idempotency-Key: {_uuid()} muss ich den speichern?",
    "digest of an image": f"docker image sha256:{_hex(64)} too large",
    "checksum": f"md5sum: {_hex(32)} debian-12.iso, does it match?",
    "placeholder": "Set DEEPL_KEY=your-key:fx in .env, then restart.",
    "placeholder of capitals": "glpat-XXXXXXXXXXXXXXXXXXXX is the placeholder in our docs",
}

TEST_CARDS = [
    "Stripe: 4000 0000 0000 9995 gives insufficient funds, right? Which one is expired_card?",
    "PayPal sandbox: 4012 8888 8888 1881 wird abgelehnt, welche Testkarte nehme ich?",
    "carte de test 5555 4444 3333 1111, quel CVC mettre ?",
    "In Stripe test mode use 378282246310005 for Amex. Translate to Spanish.",
    "тестовая карта 4242424242424242 любой срок, правильно?",
]

PLACEHOLDERS = [
    "SMTP_PASS=hier-dein-passwort-eintragen\nErklär mir die Datei",
    "SMTP_PASS=ihr-passwort-hier\nErklär mir die Datei",
    "DB_PASSWORD=aquí-tu-contraseña\nhaz un README en español",
    "DB_PASSWORD=votre_mot_de_passe\nexplique chaque ligne",
    "POSTGRES_PASSWORD=wpisz-haslo-tutaj\ndodaj komentarze",
    "MYSQL_PASSWORD=сюда-ваш-пароль\nнапиши инструкцию",
    "SMTP_PASS=inserisci_la_password\ncommenta il file",
    "MQTT_PASSWORD=vul_hier_je_wachtwoord_in\nleg uit",
    "DB_PASSWORD=şifre-buraya\nbu dosyayı açıkla",
]


def test_a_key_is_known_by_its_format_or_by_what_takes_it() -> None:
    assert_each(KEYS.values(), has("api_key"))


def test_ids_digests_and_placeholders_are_no_keys() -> None:
    assert_each(IDS.values(), at_most("contact"))


def test_cards_for_tests_are_nobodys() -> None:
    assert_each(TEST_CARDS, lacks("card"))


def test_the_number_of_a_card_for_tests_is_a_card_where_nobody_talks_of_tests() -> None:
    assert "card" in find_sensitive("my card is 4242 4242 4242 4242, put it on the booking form")


def test_what_stands_for_a_password_is_none_in_any_language() -> None:
    assert_each(PLACEHOLDERS, at_most())


def test_a_password_that_begins_as_a_placeholder_is_one() -> None:
    values = ["Dein-Kranich#71", "Tutejszy_Bocian9", "HierKoenig_22!", "Qui8-Quo-Qua!"]
    assert_each([f"SMTP_PASS={value}\nwarum 535?" for value in values], has("credentials"))
