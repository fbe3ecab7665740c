"""Keys, tokens, private keys and passwords."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .haystack import Haystack, WordList

#: How many places of one word are looked at closely.
_BUDGET = 300


def _occurrences(text: str, word: str, limit: int = _BUDGET) -> Iterator[int]:
    position = text.find(word)
    while position >= 0 and limit:
        yield position
        limit -= 1
        position = text.find(word, position + len(word))


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
    ("xox", r"xox[abeprs]-[A-Za-z0-9-]{10,}"),
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
    ("shp", r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
    ("sq0", r"sq0(?:atp|csp)-[A-Za-z0-9_-]{22,}"),
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
    ("AGE-SECRET-KEY-1", r"AGE-SECRET-KEY-1[0-9A-Z]{40,}"),
    ("key-", r"key-[a-f0-9]{32}\b"),
    ("AccountKey=", r"AccountKey=[A-Za-z0-9+/]{40,}={0,2}"),
    ("NRAK-", r"NRAK-[A-Z0-9]{20,}"),
    ("sntrys_", r"sntrys_[A-Za-z0-9+/=_-]{40,}"),
    ("tvly-", r"tvly-[A-Za-z0-9-]{24,}"),
    ("eyJ", r"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}"),
)
_COMPILED = {literal.lower(): (literal, re.compile(pattern)) for literal, pattern in _KEYS}

#: Beginnings that stand in the middle of a word, or are too short to be one.
_INSIDE = ("_live_", "_test_", "eyj", "xox", "eaa", "shp", "sq0", "r8_", "dapi")
_KEY_STARTS = WordList([k for k in _COMPILED if k not in _INSIDE])

#: Telegram's bot tokens have no literal of their own but the colon inside.
_TELEGRAM = re.compile(r"[0-9]{8,10}:AA[A-Za-z0-9_-]{32,34}")

#: Formats so narrow that nothing else looks like them.
_FIXED = frozenset(("AKIA", "ASIA"))

_PLACEHOLDER = re.compile(
    r"x{6,}|\.{3}|\*{3}|<|your|placeholder|redacted|dummy|changeme|1234567890abcdef|abcdefghijklmnop",
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
)  # fmt: skip
_KEY_LIST = WordList([n for n in _KEY_NAMES if n != "token"], anywhere=("token", "secret"))
_KEY_VALUE = re.compile(
    r"""[\w\s"']{0,20}?[\s"']{0,3}(?:[:=：]|is|are|ist|es|est|è|это|bearer|为|是|は)?[\s"'`]{0,4}(?:bearer\s{1,2})?([A-Za-z0-9+/_=.\-]{20,200})""",
    re.IGNORECASE,
)


def has_api_key(hay: Haystack) -> bool:
    """A key or token of a well-known format, or a random-looking value given to a key's name."""
    text = hay.text
    for start_of_key in (*_KEY_STARTS.possible(hay), *_INSIDE):
        literal, pattern = _COMPILED[start_of_key]
        back = 2 if literal in ("_live_", "_test_") else 0
        for position in _occurrences(text, literal):
            start = max(0, position - back)
            if start and (text[start - 1].isalnum() or text[start - 1] == "_") and not back:
                continue
            found = pattern.match(text, start, start + 200)
            if found is not None and (literal in _FIXED or _is_random(found[0])):
                return True
    for position in _occurrences(text, ":AA"):
        if _TELEGRAM.search(text, max(0, position - 10), position + 40):
            return True
    lowered = hay.lowered
    for name in _KEY_LIST.possible(hay):
        for position in hay.places(name, _BUDGET):
            end = position + len(name)
            found = _KEY_VALUE.match(text, end, end + 240)
            if (
                found is not None
                and _is_random(found[1])
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


_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$", re.IGNORECASE)


def _is_digest(value: str, before: str) -> bool:
    """A UUID, or a path, or a file name; a digest of 40 or 64 hex digits where the talk is of commits."""
    if _UUID.match(value) or value.count("/") > 2 or value.count(".") > 2:
        return True
    return ("commit" in before or "sha" in before) and re.fullmatch(
        r"[0-9a-f]{40}|[0-9a-f]{64}", value
    ) is not None


_PEM = re.compile(
    r"-----BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\\n"
    r"|[\s\"'+\\])*(?:[A-Za-z-]{3,20}: [^\n]{0,80}\s+)*([A-Za-z0-9+/=\\\s]{16,})"
)
_PUTTY = re.compile(r"PuTTY-User-Key-File-[23]:")


def has_private_key(text: str) -> bool:
    """A PEM private key with at least the beginning of its body, or PuTTY's format."""
    for position in _occurrences(text, "-----BEGIN ", 200):
        found = _PEM.match(text, position, position + 600)
        if found is not None and sum(c.isalnum() for c in found[1][:200]) >= 16:
            return True
    return "PuTTY-User-Key-File-" in text and _PUTTY.search(text) is not None


#: Words for passwords, PINs and log-ins in the data's languages.
_PASSWORD_WORDS = (
    "password", "passwd", "passphrase", "passcode", "pwd", "pass:", "pass=", "passwort", "kennwort",
    "mot de passe", "contraseña", "contrasena",
    "clave:", "clave es", "senha", "parola", "wachtwoord", "hasło", "hasła", "haslo", "hasłem",
    "lösenord", "şifre", "sifre", "kata sandi", "sandi:", "mật khẩu",
    "пароль", "пароля", "密码", "密碼", "口令",
    "パスワード", "비밀번호", "패스워드", "암호", "كلمة المرور", "كلمة السر",
    "رمز عبور", "گذرواژه", "پسورد", "סיסמה", "סיסמא", "סיסמת", "पासवर्ड",
    "পাসওয়ার্ড", "κωδικός", "κωδικό", "συνθηματικό", "รหัสผ่าน", "secret:", "secret=", "secret =",
    "credentials", "login:", "logins:", "zugangsdaten", "identifiants",
    "_secret", "_pass",
)  # fmt: skip

_PASSWORD_LIST = WordList(
    [w for w in _PASSWORD_WORDS if w not in ("password", "passwort", "_secret", "_pass")],
    anywhere=("password", "passwort", "_secret", "_pass"),
)
_LOGIN_LIST = WordList(
    ("user", "login", "benutzer", "usuario", "usuário", "utilisateur", "логин", "логін", "账号", "用户名")
)
_PIN_LIST = WordList(("pin", "cvv", "cvc", "otp", "2fa code", "пин", "пін", "暗証番号", "código pin"))

_PASSWORD_VALUE = re.compile(
    r"""[a-z_]{0,12}["'`*]{0,3}[^\S\n]{0,3}
    (?:(?:for|to|of|on|für|zum|para|pour|per|de|del|di|da|voor|do|dla|för|для|от|к|до|untuk)\b
    [^\n:=]{1,40}?)?[^\S\n]{0,2}
    (?P<mark>[:=：＝]|=>|->|\b(?:is\ now|is\ still|is|was|ist|lautet|war|es|est|é|è|är|jest
    |to|to\ jest|adalah|là|это|—|-)(?=[\s:])
    |是|为|為|は|は、|는|은|:?\s?هي|هو|است|है|হল|হলো|είναι|คือ|הוא|היא)
    :?[^\S\n]{0,3}[*_]{0,2}(?P<quote>["'`“«„「『]?)(?P<value>[^\s"'`“”«»「」『』,;]{3,64})""",
    re.VERBOSE | re.IGNORECASE,
)
_LOGIN_PAIR = re.compile(
    r"(?:user(?:name)?|login|benutzer\w{0,5}|usuario|usuário|utilisateur|utente|gebruiker\w{0,5}"
    r"|użytkownik|användar\w{0,5}|пользователь|логин|логін|账号|用户名|ユーザー\w{0,2}"
    r"|아이디)[^\S\n]{0,2}[:=：][^\S\n]{0,2}(\S{2,40})[\s,;/|]{1,4}(?:pass\w{0,6}|pw|pwd"
    r"|p)[^\S\n]{0,2}[:=：][^\S\n]{0,2}(\S{3,40})",
    re.IGNORECASE,
)
_URL_LOGIN = re.compile(r"://[^\s/:@\"'<>]{1,64}:([^\s/@\"'<>]{3,64})@[\w.-]{2,}")
_PIN = re.compile(
    r"(?:\bpin(?:[- ]?(?:code|number|nummer|nr\.?))?|\bcvv2?|\bcvc2?|\b2fa code|\botp|pin-код|пин-?код"
    r"|пін-?код|código pin|code pin|codice pin|密码|暗証番号)[^\S\n]{0,2}(?:for [^\n:=]{1,30}?"
    r"|of [^\n:=]{1,30}?|für [^\n:=]{1,30}?)?[^\S\n]{0,2}(?:[:=：]|is|ist|es|est|è|jest|är|это|は"
    r"|是)?[^\S\n]{0,2}([0-9]{3,8})(?![0-9.])",
    re.IGNORECASE,
)

_NOT_VALUE = re.compile(
    r"[<({$%\[\\]|\*{3,}|•|\.{3}|_{3,}|x{4,}|^(?:your|my|the|a|an|not|no|must|should|too|in|at|on|set"
    r"|stored|hashed|required|incorrect|wrong|invalid|correct|being|never|always|only|also|string|str"
    r"|text|none|null|true|false|undefined|varchar|int|self|this|os|process|env|config|settings|request"
    r"|req|user|input|hash|bcrypt|example|placeholder|changeme|forgotten|expired|lost|weak|strong"
    r"|secure|safe|here|there|what|how|why|when|where|so|very|one|required|optional|reset|manager"
    r"|protected|policy)(?:$|[\s.,;:!?()\[\]_-])",
    re.IGNORECASE,
)


def has_credentials(hay: Haystack) -> bool:
    """A password, a PIN or a log-in, written out."""
    text, lowered = hay.text, hay.lowered
    for word in _PASSWORD_LIST.possible(hay):
        # The sign or verb at the end of a word is part of what comes after it.
        tail = 1 if word[-1] in ":=" else 3 if word.endswith(" es") else 0
        for position in hay.places(word, _BUDGET):
            end = position + len(word) - tail
            found = _PASSWORD_VALUE.match(text, end, end + 140)
            if found is not None and _is_password(found, text):
                return True
    for position in _occurrences(text, "://"):
        found = _URL_LOGIN.match(text, position, position + 200)
        if found is not None and not _NOT_VALUE.search(found[1]) and found[1].lower() not in _WEAK:
            return True
    for word in _LOGIN_LIST.possible(hay):
        for position in hay.places(word, _BUDGET):
            found = _LOGIN_PAIR.match(text, position, position + 140)
            if found is not None and not _NOT_VALUE.search(found[2]):
                return True
    for word in _PIN_LIST.possible(hay):
        for position in hay.places(word, _BUDGET):
            if position and lowered[position - 1].isalpha() and word.isascii():
                continue
            found = _PIN.match(text, position, position + 70)
            if found is not None and not _is_year(found[1]):
                return True
    return False


_WEAK = frozenset(("password", "pass", "pwd", "secret", "user", "passwort", "token"))


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in ("19", "20")


def _is_password(found: re.Match[str], text: str) -> bool:
    value = found["value"].rstrip(".!?)")
    if len(value) < 3 or _NOT_VALUE.search(value) or value.lower() in _WEAK:
        return False
    if re.match(r"[\w.]+\(", value) or re.fullmatch(r"[a-z_]+(?:\.[a-z_]+)+", value):
        return False
    digits = sum(c.isdigit() for c in value)
    signs = sum(not c.isalnum() for c in value)
    mixed = any(c.isupper() for c in value[1:]) and any(c.islower() for c in value)
    if digits or mixed or (signs and len(value) >= 6 and not value.endswith(":")):
        return not value.isdigit() or (len(value) >= 4 and not _is_year(value))
    # A plain word is a password only when it is quoted, or stands alone behind its colon.
    if found["mark"] in (":", "=", "：", "＝"):
        rest = text[found.end() : found.end() + 40].split("\n", 1)[0].strip("\"'`”»」』.,; ")
        return bool(found["quote"]) or (not rest and value.isascii() and len(value) >= 5)
    return bool(found["quote"]) and len(value) >= 5
