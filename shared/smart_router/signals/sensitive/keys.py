"""API keys and tokens."""

from __future__ import annotations

import re
from itertools import pairwise

from .haystack import Haystack, WordList

#: How many places of one word are looked at closely.
_BUDGET = 300


#: Literal beginning → what must follow it. Sources: the providers' documentation of their formats.
_KEYS: tuple[tuple[str, str], ...] = (
    ("sk-", r"sk-(?:proj-|ant-|or-v1-|svcacct-|admin-|lf-|None-)?[A-Za-z0-9_-]{18,}"),
    ("AKIA", r"AKIA[0-9A-Z]{16}"),
    ("ASIA", r"ASIA[0-9A-Z]{16}"),
    ("ghp_", r"ghp_[A-Za-z0-9]{30,}"),
    ("gho_", r"gho_[A-Za-z0-9]{30,}"),
    ("ghu_", r"ghu_[A-Za-z0-9]{30,}"),
    ("ghs_", r"ghs_[A-Za-z0-9]{30,}"),
    ("ghr_", r"ghr_[A-Za-z0-9]{30,}"),
    ("github_pat_", r"github_pat_[A-Za-z0-9_]{22,}"),
    ("glpat-", r"glpat-[A-Za-z0-9_-]{18,}"),
    *((f"xox{kind}-", rf"xox{kind}-[A-Za-z0-9-]{{10,}}") for kind in "abeprs"),
    ("xapp-", r"xapp-[0-9]-[A-Za-z0-9-]{20,}"),
    ("hooks.slack.com/", r"hooks\.slack\.com/services/T[A-Za-z0-9]+/B[A-Za-z0-9]+/[A-Za-z0-9]{16,}"),
    ("AIza", r"AIza[A-Za-z0-9_-]{33,}"),
    ("ya29.", r"ya29\.[A-Za-z0-9_-]{20,}"),
    ("GOCSPX-", r"GOCSPX-[A-Za-z0-9_-]{20,}"),
    ("hf_", r"hf_[A-Za-z0-9]{30,}"),
    ("SG.", r"SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}"),
    ("_live_", r"[a-z]{2}_live_[A-Za-z0-9]{16,}"),
    ("_test_", r"[srp]k_test_[A-Za-z0-9]{16,}"),
    ("whsec_", r"whsec_[A-Za-z0-9+/]{20,}"),
    ("npm_", r"npm_[A-Za-z0-9]{36}"),
    ("pypi-", r"pypi-[A-Za-z0-9_-]{40,}"),
    ("dop_v1_", r"dop_v1_[a-f0-9]{40,}"),
    *((f"shp{kind}_", rf"shp{kind}_[a-fA-F0-9]{{32}}") for kind in ("at", "ca", "pa", "ss")),
    ("sq0atp-", r"sq0atp-[A-Za-z0-9_-]{22,}"),
    ("sq0csp-", r"sq0csp-[A-Za-z0-9_-]{22,}"),
    ("EAA", r"EAA[A-Za-z0-9]{60,}"),
    ("dapi", r"dapi[a-f0-9]{32}"),
    ("gsk_", r"gsk_[A-Za-z0-9]{40,}"),
    ("r8_", r"r8_[A-Za-z0-9]{32,}"),
    ("pplx-", r"pplx-[A-Za-z0-9]{32,}"),
    ("xai-", r"xai-[A-Za-z0-9]{40,}"),
    ("nvapi-", r"nvapi-[A-Za-z0-9_-]{40,}"),
    ("lin_api_", r"lin_api_[A-Za-z0-9]{32,}"),
    ("hvs.", r"hvs\.[A-Za-z0-9_-]{24,}"),
    ("dckr_pat_", r"dckr_pat_[A-Za-z0-9_-]{20,}"),
    ("figd_", r"figd_[A-Za-z0-9_-]{30,}"),
    ("ATATT", r"ATATT[A-Za-z0-9_=-]{40,}"),
    ("glsa_", r"glsa_[A-Za-z0-9]{24,}_[a-f0-9]{8}"),
    ("key-", r"key-[a-f0-9]{32}\b"),
    ("AccountKey=", r"AccountKey=[A-Za-z0-9+/]{40,}={0,2}"),
    ("NRAK-", r"NRAK-[A-Z0-9]{20,}"),
    ("sntrys_", r"sntrys_[A-Za-z0-9+/=_-]{40,}"),
    ("tvly-", r"tvly-[A-Za-z0-9-]{24,}"),
    ("xkeysib-", r"xkeysib-[a-f0-9]{40,}"),
    ("sbp_", r"sbp_[a-f0-9]{40}"),
    ("lsv2_", r"lsv2_[a-z]{2}_[a-f0-9]{32}"),
    ("pcsk_", r"pcsk_[A-Za-z0-9_]{40,}"),
    ("nfp_", r"nfp_[A-Za-z0-9]{36,}"),
    ("CFPAT-", r"CFPAT-[A-Za-z0-9_-]{40,}"),
    ("PMAK-", r"PMAK-[a-f0-9]{24}-[a-f0-9]{34}"),
    ("ntn_", r"ntn_[A-Za-z0-9]{40,}"),
    ("rubygems_", r"rubygems_[a-f0-9]{48}"),
    ("pul-", r"pul-[a-f0-9]{40}"),
    ("dp.pt.", r"dp\.pt\.[A-Za-z0-9]{40,}"),
    ("glrt-", r"glrt-[A-Za-z0-9_-]{18,}"),
    ("gldt-", r"gldt-[A-Za-z0-9_-]{18,}"),
    ("hvb.", r"hvb\.[A-Za-z0-9_-]{24,}"),
    ("tskey-", r"tskey-[a-z]{3,8}-[A-Za-z0-9-]{20,}"),
    ("LTAI", r"LTAI[A-Za-z0-9]{12,24}"),
    ("doo_v1_", r"doo_v1_[a-f0-9]{40,}"),
    ("re_", r"re_[A-Za-z0-9]{8,}_[A-Za-z0-9]{20,}"),
    ("eyJ", r"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}"),
)
_COMPILED = {literal.lower(): (literal, re.compile(pattern)) for literal, pattern in _KEYS}

#: Beginnings that stand in the middle of a word, or are too short to be one.
_INSIDE = ("_live_", "_test_", "eyj", "eaa", "dapi")
_KEY_STARTS = WordList([k for k in _COMPILED if k not in _INSIDE], anywhere=_INSIDE)

#: Telegram's bot tokens have no literal of their own but the colon inside.
_TELEGRAM = re.compile(r"[0-9]{8,10}:AA[A-Za-z0-9_-]{32,34}")

#: Formats so narrow that nothing else looks like them.
_FIXED = frozenset(("AKIA", "ASIA"))

_PLACEHOLDER = re.compile(
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
)  # fmt: skip

#: Names that many other things are called too: only `name=value` in an address is looked at.
_QUERY_NAMES = frozenset(("appid", "app_id", "sig", "signature", "auth", "key", "hmac", "webhook"))
_QUERY_VALUE = re.compile(r"=([A-Za-z0-9+/_.%\-]{16,200})")
_KEY_LIST = WordList([n for n in _KEY_NAMES if n != "token"], anywhere=("token", "secret", "_key"))
_KEY_VALUE = re.compile(
    r"""[\w\s"']{0,20}?[\s"']{0,3}(?:[:=：]|is|are|ist|es|est|è|это|bearer|为|是|は)?[\s"'`]{0,4}(?:bearer\s{1,2})?([A-Za-z0-9+/_=.\-]{20,200})""",
    re.IGNORECASE,
)


def has_api_key(hay: Haystack) -> bool:
    """A key or token of a well-known format, or a random-looking value given to a key's name."""
    text = hay.text
    for start_of_key in _KEY_STARTS.possible(hay):
        literal, pattern = _COMPILED[start_of_key]
        back = 2 if literal in ("_live_", "_test_") else 0
        for position in hay.places(start_of_key, _BUDGET):
            if not text.startswith(literal, position):
                continue
            start = max(0, position - back)
            if start and (text[start - 1].isalnum() or text[start - 1] == "_") and not back:
                continue
            found = pattern.match(text, start, start + 200)
            if found is not None and (
                _is_random(found[0])
                or (literal in _FIXED and "EXAMPLE" not in found[0])
                or _is_scrambled(found[0][len(literal) :])
            ):
                return True
    position = text.find(":AA")
    for _ in range(_BUDGET):
        if position < 0:
            break
        if _TELEGRAM.search(text, max(0, position - 10), position + 40):
            return True
        position = text.find(":AA", position + 1)
    lowered = hay.lowered
    for name, position, end in _KEY_LIST.spots(hay, begins=lambda _: False):
        if name in _QUERY_NAMES:
            in_query = position > 0 and text[position - 1] in "?&"
            found = _QUERY_VALUE.match(text, end, end + 240) if in_query else None
        elif lowered.startswith("_id", end) or lowered.startswith("age-secret-key-1", max(0, position - 4)):
            continue
        else:
            found = _KEY_VALUE.match(text, end, end + 240)
        if (
            found is not None
            and _is_random(found[1])
            and _has_mixed_piece(found[1])
            and not _is_digest(found[1], lowered[max(0, position - 30) : end])
        ):
            return True
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
    """At least 28 letters in which small and capital ones change more often than in joined words."""
    changes = sum(a.islower() != b.islower() for a, b in pairwise(value))
    return (
        len(value) >= 28
        and value.isalnum()
        and 3 * changes >= len(value)
        and len(set(value)) >= 14
        and _PLACEHOLDER.search(value) is None
    )


_BETWEEN = re.compile(r"[_\-./=+%]")


def _has_mixed_piece(value: str) -> bool:
    """Letters and digits within one word of at least six: names like `export_2024_final` have none."""
    return any(
        len(piece) >= 6 and any(map(str.isdigit, piece)) and any(map(str.isalpha, piece))
        for piece in _BETWEEN.split(value)
    )


_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$", re.IGNORECASE)


def _is_digest(value: str, before: str) -> bool:
    """A UUID, or a path, or a file name; a digest of 40 or 64 hex digits where the talk is of commits."""
    if _UUID.match(value) or value.count("/") > 2 or value.count(".") > 2:
        return True
    return ("commit" in before or "sha" in before) and re.fullmatch(
        r"[0-9a-f]{40}|[0-9a-f]{64}", value
    ) is not None
