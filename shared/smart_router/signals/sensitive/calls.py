"""Log-ins in program code and in talk: `login("anna", "Xy7…")`, `it lets me in with anna / Xy7…`."""

from __future__ import annotations

import re

from ...lazily import lazily
from .haystack import Haystack, WordList
from .looks import STAND_INS, is_notorious, is_placeholder, looks_chosen, trimmed

_CALLS = WordList(
    (),
    anywhere=(
        "login(", "log_in(", "signin(", "sign_in(", "authenticate(", "auth(", "auth=(", "auth = (",
        "credentials(", "credential(", "basic_auth(", "basicauth(", "getconnection(", "mysqli(",
        "mysqli_connect(", "pdo(", "usernamepassword(", "logon(", "passwordauthentication(",
        "authorize(", "setauth(",
    ),
)  # fmt: skip

#: Names of arguments may stand before the literals.
_LITERAL = r"(?:[\w.]{1,24}\s?[=:]\s?)?(?:[rbu@$]{0,2})([\"'])([^\"'\n]{0,120})\1"
_STRING = lazily(_LITERAL)
#: Behind how many other arguments user and password stand.
_LATER = ("getconnection(", "mysqli(", "mysqli_connect(", "pdo(")
_TESTS = lazily(r"\b(?:assert\w*|expect\(|describe\(|def test_|@Test\b|should(?:Be|Equal)|mock)")

TOLD_WORDS = frozenset(
    (
        "lets me in", "let me in", "lets you in", "gets me in", "get in with", "got in with", "log in",
        "logs in", "logged in", "logging in", "login", "sign in", "signs in", "signed in", "einlogg",
        "eingelogg", "logge mich", "melde mich", "anmeld", "me connecte", "connecter", "connexion",
        "entro", "entra", "entrar", "accedo", "acceder", "inicio sesión",
        "iniciar sesión", "faço login", "inloggen", "log in op", "loguję", "zaloguj", "logować", "logga in",
        "loggar in", "logger inn", "logger ind", "kirjaudu", "giriş yap", "masuk dengan", "đăng nhập",
        "захожу", "заходит", "вхожу", "вход под", "логинюсь", "войти", "заходжу", "увійти", "входжу",
        "登录", "登入", "ログイン", "로그인",
    )
)  # fmt: skip
_BY = r"(?:with|using|as|via|mit|als|avec|con|com|come|met|z|jako|med|som|ile|dengan|bằng|с|под|как|з|під|як)"
_AND = r"(?:[^\S\n]?[/|+][^\S\n]?|,[^\S\n]|[^\S\n](?:and|und|et|y|e|och|og|en|i|ve|dan|và|и|та|і)[^\S\n])"
_TOLD = lazily(
    rf"[^\n.;?!]{{0,40}}?(?<!\w){_BY}[^\S\n](?:[^\W\d_]{{2,9}}[^\S\n]){{0,2}}?[\"'`]?(?P<user>[\w.@+-]{{2,40}})"
    rf"[\"'`]?{_AND}(?P<rest>[^\n]{{6,100}})",
    re.IGNORECASE,
)
_SENTENCE_END = lazily(r"[.;?!]\s")
#: `登录用 anna / Xy7…`: scripts that need no word between.
_GLUED = lazily(
    r"[^\n。]{0,16}?[\"'`]?(?P<user>[A-Za-z][\w.@+-]{1,40})[ ]?[/,、和と][ ]?(?P<rest>[!-~]{6,64})"
)
#: How many words behind a user are looked at.
_WORDS = 8

_PATH = lazily(r"[/\\:=(]|\.[a-z]{2,4}$")
_CODE = lazily(r"(?=(?:[^0-9]*[0-9]){2})[A-Z0-9]{8,20}")


def has_call(hay: Haystack) -> bool:
    """A user and a password as literals of a call."""
    if "(" not in hay.text or ('"' not in hay.text and "'" not in hay.text):
        return False
    for word, start, end in _CALLS.spots(hay, begins=lambda _: False):
        args = hay.text[end : end + 320].split(")", 1)[0]
        values = [found[2] for found in _STRING.finditer(args)]
        if word in _LATER:
            values = values[1:]
        if len(values) < 2 or _TESTS.search(hay.text, max(0, start - 200), end + 200):
            continue
        user, value = values[:2]
        if 2 <= len(user) <= 80 and not is_placeholder(user) and " " not in user and _is_literal(value, user):
            return True
    return False


def _is_literal(value: str, user: str) -> bool:
    if " " in value or value.lower() == user.lower() or is_notorious(value) or is_placeholder(value):
        return False
    return looks_chosen(value, least=2) and any(not c.isalpha() for c in value)


def is_told(hay: Haystack, word: str, end: int) -> bool:
    """Whether a user and a password follow the word for logging in that ends there."""
    found = (_GLUED if word[0] >= "\u3000" else _TOLD).match(hay.text, end, end + 200)
    if found is None or is_placeholder(found["user"]) or found["user"].lower() in STAND_INS:
        return False
    rest = _SENTENCE_END.split(found["rest"], maxsplit=1)[0]
    return any(_is_secret(trimmed(word), found["user"]) for word in rest.split()[:_WORDS])


def _is_secret(value: str, user: str) -> bool:
    if _PATH.search(value[:-1]) or value.lower() == user.lower() or is_placeholder(value):
        return False
    return _CODE.fullmatch(value) is not None or (
        looks_chosen(value, least=3) and any(map(str.isdigit, value))
    )
