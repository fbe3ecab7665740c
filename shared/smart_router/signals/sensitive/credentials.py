"""Passwords, PINs and log-ins, written out."""

from __future__ import annotations

import re

from ...lazily import lazily
from .calls import has_call
from .codes import has_told_code
from .commands import has_address_secret, has_command_secret, has_file_secret, has_header_secret
from .door_lists import has_listed_door
from .haystack import Haystack, WordList
from .listed_secrets import has_listed_secret, is_column
from .logins import has_address_pair, has_login
from .looks import (
    STAND_INS,
    classes,
    is_identifier,
    is_named,
    is_notorious,
    is_placeholder,
    is_plain,
    looks_chosen,
    trimmed,
)
from .phrases import has_phrase
from .pins import has_pin, is_year

#: Words for passwords in the data's languages and their neighbours'.
_PASSWORD_WORDS = (
    "passwd", "passphrase", "passcode", "pasword", "passwrd", "paswoord", "pssword", "kenwort", "pasahitza",
    "mot passe", "motdepasse", "zugangscode", "passw", "pwd", "pw", "pass", "psk", "mdp",
    "kennwort", "wifi key", "network key", "wlan-schlüssel", "netzwerkschlüssel", "mot de passe",
    "contraseña", "contrasena", "contrasenya", "clave", "senha", "palavra-passe", "parola", "parolă",
    "wachtwoord", "hasło", "hasła", "hasle", "haslo", "hasłem", "heslo", "hesla", "jelszó", "jelszav",
    "lösenord", "passord", "adgangskode", "kodeord", "salasana", "tunnussana", "şifre", "sifre",
    "kata sandi", "katasandi", "sandi", "mật khẩu", "пароль", "пароля", "паролем", "лозинка", "парола",
    "密码", "密碼", "口令", "パスワード", "パス", "비밀번호", "비번", "패스워드", "암호", "كلمة المرور",
    "كلمة مرور", "كلمة السر", "الرقم السري", "رمز عبور", "رمز ورود", "گذرواژه", "پسورد", "رمز",
    "סיסמה", "סיסמא", "סיסמת", "הסיסמ", "पासवर्ड", "पासकोड", "পাসওয়ার্ড", "κωδικός", "κωδικό",
    "κωδικο", "συνθηματικό", "รหัสผ่าน", "รหัส", "secret", "requirepass", "ww", "code wifi", "code wi-fi",
    "clé wifi", "clé wi-fi", "wifi code", "wi-fi code", "wifi-code", "wlan-code", "wlan code", "kod wifi",
    "kod do wifi", "kode wifi", "wifi kodu", "wifi-koden", "код от wi-fi", "код от вайфая", "كلمة سر",
    "کلمه عبور", "رمز وای",
    "mots de passe", "passwörter", "kennwörter", "losungswort", "codewort", "kennung", "الباسورد", "باسورد",
    "الباسوورد", "باسوورد", "پاسورڈ", "پاس ورڈ", "พาสเวิร์ด", "พาสเวิด", "พาสคือ", "พาสไวไฟ", "mật mã wifi",
    "mk wifi", "mk là", "mk facebook", "mk fb", "mk zalo", "mk gmail", "contra del wifi", "contra del wi-fi",
    "contra de la wifi", "palavra-chave do wi", "palavra-chave do router", "palavra-chave do modem",
    "palavra-chave da rede", "lösen till", "lösenkod", "pass wifi", "pas wifi", "пасс", "паролю",
    "паролі", "कूटशब्द", "合言葉", "wi-fi пароль", "encrypted with", "decrypts with", "unlocks with",
    "verschlüsselt mit",
)  # fmt: skip
_TOOLS = frozenset(("encrypted with", "decrypts with", "unlocks with", "verschlüsselt mit"))
_PASSWORDS = WordList(_PASSWORD_WORDS, anywhere=("password", "passwort", "_secret", "_pass"), begin=False)

#: Words that also name other things: a sign of equality must follow, or a second class of signs.
_VAGUE = frozenset(
    (
        "secret",
        "_secret",
        "clave",
        "pass",
        "pw",
        "ww",
        "parola",
        "รหัส",
        "رمز",
        "パス",
        "sandi",
        "kennung",
        "palavra-chave",
        "合言葉",
    )
)

#: Those of them that a password may follow at once: `la clave Xy7-…`.
_NAMES_TOO = frozenset(("clave", "parola", "รหัส", "رمز", "パス", "sandi", "pw", "ww", "kennung"))
_GLUED_REST = lazily(r"[\u0e00-\u0e7f\u3041-\u30ff\u4e00-\u9fff]")

_MARK = (
    r"[:=：＝>]|=>|->|\b(?:is\ now|is\ still|is|was|ist|lautet|war|es|est|é|è|är|er|on|jest|je|ialah"
    r"|adalah|là"
    r"|это|є|це|είναι|to|to\ jest|dır|dir)(?=[\s:])|—|–|-(?=\s)|是|为|為|は|、|는|은|هي|هو|است|है|হল|হলো"
    r"|คือ|הוא|היא"
)
_VALUE = r"""(?P<quote>["'`“«„「『]?)(?P<value>[^\s"'`“”«»「」『』,;，。]{3,64})"""

#: What follows the word: its ending, perhaps what it is for, a sign of equality, and the value.
_FAINT = frozenset(("on", "to", "er", "-", "–", "—", "、"))
_MARKED = lazily(
    rf"""[\w]{{0,14}}["'`*)\]]{{0,3}}[^\S\n]{{0,3}}(?P<gap>[^\n.:=?!：＝。]{{0,48}}?)[^\S\n]{{0,3}}(?P<mark>{_MARK})"""
    rf""":?[^\S\n]{{0,3}}(?:!!str[ ])?[*_]{{0,2}}{_VALUE}""",
    re.VERBOSE | re.IGNORECASE,
)
_DIRECT = lazily(
    rf"""[^\W\d_]{{0,8}}["'`*]{{0,2}}(?:[^\S\n]{{1,3}}[(\[]?|[(\["'“«„「『]|(?<=[^\x00-\x7f])){_VALUE}"""
)
#: `the wifi password, Xy7…`, with a comma after it or none.
_APPOSED = lazily(r"""[^\S\n]?,[^\S\n][("'“„]?([^\s"'`,;)]{6,64})""")

#: `the password is still the one that Gary set, "Xy7…"`: behind a comma, and in quotes.
_QUOTED_LATER = lazily(
    r"""[^\n.;?!]{1,120}?[,:—–][^\S\n]{1,2}["'“„«‘]\s?(?P<value>[^\s"'”“»’‘«]{6,40}?)\s?["'”“»’]"""
)

#: Google's passwords for apps: four groups of four letters, one of which no word can be.
_APP_PASSWORD = lazily(
    r"""[\w.-]{0,12}["']?\s?(?:[:=]|is|ist|est|es)\s?["']?(?=(?:[a-z]{4} ){0,3}[b-df-hj-np-tv-xz]{4}\b)"""
    r"""[a-z]{4}(?: [a-z]{4}){3}(?![\w-])"""
)

#: A secret has one of these, or follows one.
_HINT = lazily(r"[0-9A-Z:=：＝>\"'`“«「!@#$%^&*_~+]|[^\x00-\u052f\u1e00-\u1fff]")
_SENTENCE_END = lazily(r"[.;?!][\s]|[。？！]")
_BEFORE = lazily(
    r"""([^\s"'`“”«»]{6,64})["'`”»]?[ ](?:is|as|ist|als|est|comme|es|como|é|è|come|to|jest|är|som|это|как)"""
    r"""[ ](?:(?:my|the|our|a|das|mein|unser|le|mon|notre|la|mi|o|minha|il|mia|moje|mitt|мой|наш)[ ])?"""
    r"""(?:[\w-]{1,12}[ ]){0,2}$""",
    re.IGNORECASE,
)

#: Between the word and a value this says that no secret of anybody's is meant.
_EXAMPLE = lazily(
    r"such as|\blike\b|\be\.g|example|instance|instead|common|weak|at least|must|should|contain|hash|wie z"
    r"|beispiel|exemple|ejemplo|exemplo|esempio|przykład|например|例えば|例如|比如",
    re.IGNORECASE,
)

#: Fields that are about a password.
_OTHER_FIELD = lazily(
    r"key|hash|salt|digest|reset|expir|policy|length|field|attempt|manager|protected|strength|url|file|path"
    r"|richtlinie|regel\w*|vorgabe|politi[ck]|política|politique|polityk|zasad|beleid|правил|політик|политик"
    r"|策略|规则|规定|要求|ポリシー|정책|rules?\b|requirement|kural|kebijakan|chính sách"
    r"|type|label|hint|count|confirm|\b(?:name|id|class|placeholder|for|autocomplete)\s*=?$",
    re.IGNORECASE,
)

_OWN = lazily(
    r"\b(?:my|our|his|her|mein|unser|mon|notre|mi|nuestra|minha|nossa|mia|mijn|moje|mitt|vårt|мой|наш"
    r"|мій|wi-?fi|wlan|account)\b",
    re.IGNORECASE,
)

#: Beside a value this says that it was made up.
_MADE_UP = lazily(
    r"(?<![.@])\bexamples?\b|\bfake|\bdummy|placeholder|made[- ]up|not (?:a )?real|\bfixtures?\b"
    r"|tutorial|\bmock"
    r"|\bsample"
    r"|beispiel|exemple|ejemplo|esempio|exemplo|przykład|пример|приклад|örnek|contoh|ví dụ|示例|예시"
    r"|مثال|उदाहरण|\bhash"
    r"|bcrypt|argon2|scrypt|pbkdf2",
    re.IGNORECASE,
)

_PHRASE = lazily(r"[\"'“„][^\W_]{2,12}(?: [^\W_]{1,12}){2,9}[\"'”“]")
_HYPHENED = lazily(r"[a-zA-Z]+(?:-[a-zA-Z]+)+")
_TECHNICAL = lazily(r"[(=/\\@:]")

#: The beginning of a variable's name that is put into a text.
_VARIABLE = lazily(r"(?:[$%]\{?|\{\{ ?)[\w.]{0,24}$")


def has_credentials(hay: Haystack) -> bool:
    """A password, a PIN, a log-in or a wallet's words."""
    return (
        _has_password(hay)
        or has_address_secret(hay)
        or has_header_secret(hay)
        or has_command_secret(hay)
        or has_file_secret(hay)
        or has_login(hay)
        or has_address_pair(hay)
        or has_call(hay)
        or has_listed_secret(hay)
        or has_pin(hay)
        or has_told_code(hay)
        or has_listed_door(hay)
        or has_phrase(hay)
    )


def _has_password(hay: Haystack) -> bool:
    """A value that is given to a word for passwords."""
    return any(
        _is_password_word(hay.text, start, end, word) or is_column(hay, end)
        for word, start, end in _PASSWORDS.spots(hay, begins=lambda word: len(word) <= 5 and word[0] != "_")
    )


def _is_password_word(text: str, start: int, end: int, word: str) -> bool:
    """Whether a value is given to the word at `start`, and nobody says that it was made up."""
    if _HINT.search(text, max(0, start - 60), end + 90) is None or _VARIABLE.search(
        text[max(0, start - 30) : start]
    ):
        return False
    if not _has_value(text, start, end, word):
        return False
    line = text[max(0, start - 60) : start].rsplit("\n", 1)[-1] + text[end : end + 100].split("\n", 1)[0]
    return _MADE_UP.search(line) is None


def _has_value(text: str, start: int, end: int, word: str) -> bool:
    """A value given to the word at `start`, right behind it, further behind it, or before it."""
    found = _MARKED.match(text, end, end + 180)
    if found is not None and _is_given(found, text, start, word):
        return True
    if word == "passphrase" and _PHRASE.match(text, end + 1, end + 90) is not None:
        return True
    if _APP_PASSWORD.match(text, end, end + 60) is not None:
        return True
    direct = _DIRECT.match(text, end, end + 90)
    if direct is not None and word in _NAMES_TOO and _is_mixed(trimmed(direct["value"])):
        return True
    if direct is not None and word not in _VAGUE:
        # In scripts without spaces the sentence goes on behind the value, or there is none.
        value = trimmed(_GLUED_REST.split(direct["value"], maxsplit=1)[0])
        if value.startswith("--") or (word in _TOOLS and classes(value) < 3):
            return False
        # Without spaces between words the rest of this one follows at once.
        if word[0] >= "\u0590" and _OTHER_FIELD.match(text, end):
            return False
        if looks_chosen(value, least=2) and (any(map(str.isdigit, value)) or classes(value) > 2):
            return True
        # Of words in scripts without capitals, codes of four digits are told right behind them.
        if (
            value.isdigit()
            and len(value) >= (4 if word[0] >= "\u0590" else 6)
            and not is_year(value)
            and not is_notorious(value)
        ):
            return True
    if direct is not None and word in ("pw", "ww") and looks_chosen(trimmed(direct["value"]), least=3):
        return True
    apposed = _APPOSED.match(text, end, end + 80)
    if apposed is not None and word not in _VAGUE and looks_chosen(trimmed(apposed[1]), least=3):
        return any(map(str.isdigit, apposed[1]))
    tail = _SENTENCE_END.split(text[end : end + 80].split("\n", 1)[0], maxsplit=1)[0]
    foreign = word[0] >= "\u0370"
    if word not in _VAGUE:
        for candidate in tail.split()[:9]:
            value = trimmed(candidate)
            # In talk of another alphabet a word of ours with digits is no part of the sentence.
            if foreign and value.isascii() and _is_mixed(value) and not _EXAMPLE.search(tail):
                return True
            if looks_chosen(value, least=4) and not _TECHNICAL.search(value[:-1].replace("@", "", 1)):
                return not _EXAMPLE.search(tail)
    later = _QUOTED_LATER.match(text, end, end + 180)
    if later is not None and word not in _VAGUE - {"pw", "clave", "parola"}:
        value = later["value"]
        between = text[start : later.start("value")]
        chosen = (
            looks_chosen(value, least=3) and any(map(str.isdigit, value)) and not _TECHNICAL.search(value)
        )
        if chosen and not _EXAMPLE.search(between) and not _OTHER_FIELD.search(between):
            return True
    if start == 0 or text[start - 1] != " ":
        return False
    before = _BEFORE.search(text[max(0, start - 110) : start])
    return before is not None and looks_chosen(trimmed(before[1]), least=3)


def _is_mixed(value: str) -> bool:
    """Small letters, capitals and digits, as no name of a network or a product has them by accident."""
    return (
        len(value) >= 8
        and looks_chosen(value, least=3)
        and any(map(str.isdigit, value))
        and any(c.isupper() for c in value)
        and not _TECHNICAL.search(value.replace("@", ""))
    )


def _is_given(found: re.Match[str], text: str, start: int, word: str) -> bool:
    """Whether what stands behind a sign of equality is a password."""
    mark, gap = found["mark"], found["gap"]
    # An element's text ends where its closing tag begins.
    raw = found["value"].split("</", 1)[0] if mark == ">" else found["value"]
    value = raw.rstrip(".!?)")
    if len(value) < 3 or is_placeholder(raw) or value.lower() in STAND_INS:
        return False
    equal = mark in (":", "=", "：", "＝")
    # What goes on behind a space inside its quotes is a sentence, or a passphrase.
    if found["quote"] in ('"', "'", "“", "„") and text[found.end() : found.end() + 1] == " ":
        return word in ("passphrase", "psk") and _PHRASE.match(text, found.start("quote")) is not None
    # A `secret_key` is a key; what is in braces is a variable's name.
    if "@" in gap or _EXAMPLE.search(gap) or _OTHER_FIELD.search(text[start : found.start("mark")]):
        return False
    # Long ones are keys, and named so; capitals are a test's result.
    if (word in ("secret", "_secret") and len(value) >= 20) or text[start : found.start("mark")] == "PASS":
        return False
    if gap.strip() and len(gap) <= 32 and mark.lower() not in _FAINT and not equal:
        return looks_chosen(trimmed(value), least=2) and any(map(str.isdigit, value))
    if gap.strip() and equal and value.count("-") > 1 and _HYPHENED.fullmatch(value):
        return _stands_alone(found, text)
    if gap.strip() or mark.lower() in _FAINT:
        return looks_chosen(trimmed(value), least=3 if not equal else 2)
    if "(" in value or (is_identifier(value) and not found["quote"]):
        return False
    if found["quote"] and mark == "=" and is_notorious(value):
        return False
    if re.fullmatch(r"[a-z]+(?:-[a-z]+)*", value):
        return (equal or _OWN.search(text[max(0, start - 24) : start]) is not None) and _stands_alone(
            found, text
        )
    if is_named(value) or (is_plain(value) and not value.isdigit() and (not equal or word in _VAGUE)):
        return not (is_named(value) or word in _VAGUE) and bool(found["quote"]) and len(value) >= 5
    if word == "pass" and mark.lower() in ("is", "ist") and not gap.strip():
        return looks_chosen(value, least=2) and any(map(str.isdigit, value))
    if word in ("pw", "ww") and equal:
        return looks_chosen(value, least=2) and any(map(str.isdigit, value))
    if word in ("pass", "pw") or (word in _VAGUE and not equal):
        return looks_chosen(value, least=3 if word in ("pass", "pw") and mark != "=" else 2) and any(
            map(str.isdigit, value)
        )
    digits = any(map(str.isdigit, value))
    mixed = any(c.isupper() for c in value[1:]) and any(c.islower() for c in value)
    signs = any(not c.isalnum() for c in value) and len(value) >= 6 and not value.endswith(":")
    if digits or mixed or signs:
        return not value.isdigit() or (len(value) >= 4 and not is_year(value))
    return _stands_alone(found, text) if equal else bool(found["quote"]) and len(value) >= 5


def _stands_alone(found: re.Match[str], text: str) -> bool:
    """A plain word is a password only when it is quoted, or nothing follows it on its line."""
    value = found["value"].rstrip(".!?)")
    if "(" in value:
        return False
    rest = text[found.end() : found.end() + 40].split("\n", 1)[0].strip("\"'`”»」』.,; ")
    return bool(found["quote"]) or (not rest and value.isascii() and len(value) >= 5)
