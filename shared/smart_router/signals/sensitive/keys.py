"""API keys and tokens."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from ...lazily import lazily
from .haystack import Haystack, WordList
from .key_formats import KEYS, MASKED, WEBHOOKS
from .service_pairs import has_service_pair

#: How many places of one word are looked at closely.
_BUDGET = 300

_FORMATS = {literal.lower(): (literal, pattern) for literal, pattern in KEYS}

#: Beginnings that stand in the middle of a word, or are too short to be one.
_INSIDE = (
    "_live_", "_test_", "eyj", "eaa", "dapi", "api/webhooks/", "webhook.office.com/", "make.com/",
    "open-apis/bot/v2/hook/", "cgi-bin/webhook/send?key=", "pat", "atlasv1.",
)  # fmt: skip
_KEY_STARTS = WordList([k for k in _FORMATS if k not in _INSIDE], anywhere=_INSIDE, begin=False)

#: Formats so narrow that nothing else looks like them.
_FIXED = frozenset(("AKIA", "ASIA", "ABIA", "ACCA")) | WEBHOOKS

_PLACEHOLDER = lazily(
    r"x{6,}|\.{3}|\*{3}|<|your|placeholder|redacted|dummy|changeme|example|1234567890abcdef|abcdefghijklmnop",
    re.IGNORECASE,
)

#: Names that are given a key: `api_key = …`, `Authorization: Bearer …`. What follows must look random.
_KEY_NAMES = (
    "api key", "api_key", "apikey", "api-key", "api token", "access_key", "access key", "secret_key",
    "secret key", "secretkey", "client_secret", "client secret",
    "access_token", "access token", "auth_token", "auth token", "bearer ", "token", "api-schlüssel",
    "clé api", "clé d'api", "clave api", "clave de api",
    "chave de api", "chave api", "chiave api", "ключ api", "api ключ", "api-ключ", "ключ апі",
    "klucz api", "api-nyckel", "api anahtar", "kunci api", "khóa api", "密钥", "金鑰", "apiキー", "api キー",
    "api 키", "مفتاح", "کلید api", "מפתח api", "कुंजी", "কী ",
    "appid", "app_key", "appkey", "app key", "subscription-key", "subscription key", "api-avain",
    "api-nøkkel", "api-nøgle", "klíč api", "api-sleutel", "account key", "access-key", "app_id", "sig",
    "signature", "auth", "key", "private_token", "sastoken", "hmac", "webhook",
    "x-auth-key", "auth-key", "auth key", "admin key", "master key", "write key", "client(", "zhipu",
    "bigmodel",
)  # fmt: skip

#: Names that many other things are called too: only `name=value` in an address is looked at.
_QUERY_NAMES = frozenset(("appid", "app_id", "sig", "signature", "auth", "key", "hmac", "webhook"))
_QUERY_VALUE = lazily(r"=([A-Za-z0-9+/_.%\-]{16,200})")
_KEY_LIST = WordList(
    [n for n in _KEY_NAMES if n != "token"], anywhere=("token", "secret", "_key"), begin=False
)
#: Names of keys that may be UUIDs: everything else that is called one is an id.
_UUID_VALUE = lazily(
    r"""[\s"'`]{0,3}(?:[:=：]|is|ist|es|est|è|это|为|是)?[\s"'`]{0,3}"""
    r"""[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w-])""",
    re.IGNORECASE,
)
_UUID_NAMES = frozenset(
    ("api key", "api_key", "apikey", "api-key", "api token", "api_token", "api-schlüssel", "clé api",
    "clave api",
     "chave api", "chiave api", "klucz api", "api-nyckel", "api ключ", "api-ключ", "ключ api",
     "client_secret",
     "client secret", "secret_key", "secret key", "auth_token", "x-auth-key")
)  # fmt: skip
_KEY_VALUE = lazily(
    r"""[\w\s"']{0,20}?[\s"']{0,3}(?:[:=：]|is|are|ist|es|est|è|это|bearer|为|是"
    r"|は)?[\s"'`]{0,4}(?:bearer\s{1,2})?([A-Za-z0-9+/_=.\-]{20,200})""",
    re.IGNORECASE,
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # Only when a text needs it: all of them together take long to compile.
    return re.compile(pattern)


def has_api_key(hay: Haystack) -> bool:
    """A key or token of a well-known format, or a random-looking value given to a key's name."""
    text = hay.text
    for start_of_key in _KEY_STARTS.possible(hay):
        literal, form = _FORMATS[start_of_key]
        back = 2 if literal in ("_live_", "_test_") else 0
        for position in hay.places(start_of_key, _BUDGET):
            if not text.startswith(literal, position):
                continue
            start = max(0, position - back)
            if start and (text[start - 1].isalnum() or text[start - 1] == "_") and not back:
                continue
            found = _compiled(form).match(text, start, start + 260)
            if found is not None and (
                _is_random(found[0])
                or (literal in _FIXED and "EXAMPLE" not in found[0])
                or _is_scrambled(found[0][len(literal) :])
                or (literal == "hf_" and _has_mixed_case(found[0][3:]))
            ):
                return True
    if _has_masked(text):
        return True
    lowered = hay.lowered
    for name, position, end in _KEY_LIST.spots(hay, begins=lambda _: False):
        if name in _QUERY_NAMES:
            in_query = position > 0 and text[position - 1] in "?&"
            found = _QUERY_VALUE.match(text, end, end + 240) if in_query else None
        elif lowered.startswith("_id", end) or lowered.startswith("age-secret-key-1", max(0, position - 4)):
            continue
        else:
            if name in _UUID_NAMES:
                key = _UUID_VALUE.match(text, end, end + 60)
                if key is not None and len(set(key[0])) > 12 and not _PLACEHOLDER.search(key[0]):
                    return True
            found = _KEY_VALUE.match(text, end, end + 240)
        if (
            found is not None
            and _is_random(found[1])
            and _has_mixed_piece(found[1])
            and not _is_digest(found[1], lowered[max(0, position - 30) : end])
        ):
            return True
    return has_service_pair(hay)


def _has_masked(text: str) -> bool:
    """A key that has signs in its middle alone to be searched for."""
    for literal, back, pattern in MASKED:
        position = text.find(literal)
        if position < 0:
            continue
        for _ in range(_BUDGET):
            if position < 0:
                break
            found = pattern.search(text, max(0, position - back - 1), position + 120)
            if found is not None and _is_random(found[0].lstrip("A")):
                return True
            position = text.find(literal, position + 1)
    return False


def _is_random(value: str) -> bool:
    """Letters and digits mixed, many different characters, and not a placeholder."""
    if _PLACEHOLDER.search(value):
        return False
    body = value[-60:]
    digits = sum(c.isdigit() for c in body)
    letters = sum(c.isalpha() for c in body)
    return digits >= 2 and letters >= 4 and len(set(body)) >= min(10, len(body) // 2)


def _is_scrambled(value: str) -> bool:
    """At least 20 letters in which small and capital ones change more often than in joined words."""
    changes = sum(a.islower() != b.islower() for a, b in pairwise(value))
    return (
        len(value) >= 20
        and value.isalnum()
        and 3 * changes >= len(value)
        and len(set(value)) >= (14 if len(value) >= 28 else 12)
        and _PLACEHOLDER.search(value) is None
    )


_BETWEEN = lazily(r"[_\-./=+%]")


def _has_mixed_case(value: str) -> bool:
    """The 34 letters of a Hugging Face token without digits; joined words have longer runs of small ones."""
    runs = re.findall(r"[a-z]+", value)
    return len(value) == 34 and len(runs) >= 4 and max(map(len, runs)) <= 7 and "EXAMPLE" not in value


def _has_mixed_piece(value: str) -> bool:
    """Letters and digits within one word of at least six: names like `export_2024_final` have none."""
    return any(
        len(piece) >= 6 and any(map(str.isdigit, piece)) and any(map(str.isalpha, piece))
        for piece in _BETWEEN.split(value)
    )


_UUID = lazily(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$", re.IGNORECASE)


def _is_digest(value: str, before: str) -> bool:
    """A UUID, or a path, or a file name; a digest of 40 or 64 hex digits where the talk is of commits."""
    if _UUID.match(value) or value.count("/") > 2 or value.count(".") > 2:
        return True
    return ("commit" in before or "sha" in before) and re.fullmatch(
        r"[0-9a-f]{40}|[0-9a-f]{64}", value
    ) is not None
