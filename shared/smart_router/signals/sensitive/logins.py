"""A user and a password side by side: `anna / Xy7!…`, `login: anna, password: …`."""

from __future__ import annotations

import re

from ...lazily import lazily
from .calls import TOLD_WORDS, is_told
from .haystack import Haystack, WordList
from .looks import classes, is_notorious, is_placeholder, is_plain, looks_chosen, trimmed

#: How many places of a sign are looked at closely.
_BUDGET = 200

_USER_WORDS = (
    "username", "user name", "user id", "userid", "user", "usr", "acct", "a/c", "login", "log in",
    "logged in", "sign in", "account", "creds", "credentials", "benutzer", "benutzername", "anmeldung",
    "zugang", "nutzer", "usuario", "usuário", "utilisateur", "identifiant", "identifiants", "compte",
    "utente", "gebruiker", "użytkownik", "användar", "inloggning", "bruger", "bruker", "käyttäjä",
    "tunnus", "kullanıcı", "giriş", "pengguna", "tài khoản", "đăng nhập", "логин", "логіном", "логін",
    "пользователь", "користувач", "учётка", "доступ", "账号", "帐号", "用户名", "登录", "ユーザー",
    "ログイン", "아이디", "계정", "اسم المستخدم", "نام کاربری", "שם משתמש", "משתמש", "यूज़र", "यूजर",
    "আইডি", "χρήστης", "ชื่อผู้ใช้", "machine", "konto", "kontot", "kontoen", "cuenta", "conta",
    "ssid", "wifi", "wi-fi", "wlan", "hotspot", "wlan-name", "netzwerk", "netzwerkname", "réseau",
    "red wifi",
    "nombre de red", "rede wifi", "rete wifi", "sieć", "nätverk", "verkko", "вайфай", "вай-фай", "无线",
    "hesap", "hesabı", "akun", "аккаунт", "учётная запись", "учетная запись", "учетка",
    "обліковий запис", "акаунт", "λογαριασμός", "zugangsdaten", "inloggegevens", "credenciales",
    "credenziali", "logowanie", "dane do logowania", "přihlášení", "přihlašovací", "innlogging",
    "kirjautuminen",
    "oturum aç", "giriş bilg", "kullanıcı adı", "datos de acceso",
    "dados de acesso", "credenciais", "identifiants de connexion", "στοιχεία σύνδεσης", "登录信息",
    "ログイン情報",
    "로그인 정보", "بيانات الدخول", "تسجيل الدخول", "اطلاعات ورود", "פרטי התחברות", "פרטי כניסה", "लॉगिन",
    "লগইন",
    "ล็อกอิน",
)  # fmt: skip

#: Short labels for users, as on slips of paper, that a colon or a full stop must follow.
_SHORT_USERS = (
    "usr/pw", "user/pw", "user/pass", "login/pass", "log/pass", "usr", "anv", "anv.namn", "anvnamn", "bn",
    "ben", "benutz", "login", "log", "gebr", "gebruikersnaam", "ident", "utilis", "usu", "usuario", "utiliz",
    "ut", "nome utente", "uż", "użytk", "uživ", "uživatel", "felh", "felhasználó", "utilizator", "bruk",
    "brug", "brugernavn", "brukernavn", "käyt", "tunnus", "kull", "kullanıcı", "pengguna", "tk", "лог",
    "юзер",
    "корист", "корисн", "потребител", "χρ", "χρήστης", "用户", "账户", "账号", "帳號", "ユーザ", "아이디",
    "يوزر", "يوزرنيم", "یوزر", "משתמש", "यूज़र", "ইউজার", "ยูส", "ยูสเซอร์", "id",
)  # fmt: skip
_SHORT_PASSWORDS = (
    r"pwd?|pass?w?|lösen(?:ord)?|lös|losen|kodord|kode(?:ord)?|kod|koda|adgang|ww|wacht(?:w|woord)?|kw|kennw"
    r"|mdp|m\.d\.p|contra|contr|cont|clave|cl|senha|sen|parola|hasł?|hs|heslo|hes|jelszó|jel|sal|salis|ss"
    r"|şifre|şif|sifre|sandi|mk|mật khẩu|пар|парол[ья]|пас|пасс|κωδ|密|密码|密碼|パス|비번|비밀번호|باس"
    r"|باسورد|پسورد|רמז|סיסמה|पास|পাস|รหัส|พาส"
)
_SHORT_PAIR = lazily(
    r"(?:\.[^\S\n]?[:=：]?|[^\S\n]?[:=：])[^\S\n]?[\"'`]?(?P<user>[^\s\"'`,;]{2,60})[\"'`]?[\s,;/|，、।.]{1,4}"
    rf"(?:{_SHORT_PASSWORDS})\.?[^\S\n]?[:=：][^\S\n]?[\"'`]?(?P<value>[^\s\"'`,;]{{5,64}})",
    re.IGNORECASE,
)

#: User and password named one after the other, and the two without names: `anna / Xy7!…`.
_PAIR = lazily(
    r"[\w]{0,8}[^\S\n]{0,2}[:=：]?[^\S\n]{0,2}[\"'`]?([^\s\"'`,;]{2,60})[\"'`]?[\s,;/|，、।.]{1,4}"
    r"(?:(?:and|und|et|y|e|i|och|og|ja|ve|dan|và|и|та|και)[ ])?(?:the[ ])?"
    r"(?P<word>pass\w{0,6}|(?:pw|pwd|p|mdp)(?![^\W\d_])|kennwort|mot de passe|contraseña|clave|senha"
    r"|wachtwoord|hasło|heslo"
    r"|lösenord|passord|adgangskode|salasana|şifre\w{0,3}|parola|sandi|kata sandi|mật khẩu|пароль|密码|密碼"
    r"|パスワード|パス|비밀번호|비번|كلمة المرور|كلمة السر|رمز عبور|سیسמה|סיסמה|पासवर्ड|পাসওয়ার্ড"
    r"|κωδικός|รหัสผ่าน)"
    r"[^\S\n]{0,2}(?P<mark>[:=：]?)[^\S\n]{0,2}[\"'`]?(?P<value>[^\s\"'`,;]{3,64})",
    re.IGNORECASE,
)
_ADDRESS_PAIR = lazily(
    r"@[\w.-]{2,40}\.[a-z]{2,10}[^\S\n]{0,2}(?:/{1,2}|\||:)[^\S\n]{1,2}[\"'`]?([^\s\"'`,;]{6,64})"
)
#: Behind the word for an account: `hollow_tree / Xy7!…`, on one line or on two.
_NAMED_PAIR = lazily(
    r"[\w]{0,6}[^\S\n]{0,2}[:=：,\n-]?[^\S\n]{0,2}[\"'`]?(?P<user>[\w.@+-]{3,60})[\"'`]?"
    r"(?:[^\S\n]{0,3}[/|,;][^\S\n]{0,3}|[^\S\n]{0,2}\n[^\S\n]{0,4})[\"'`]?(?P<value>[^\s\"'`,;]{6,64})"
)
#: `username is anna58, I've been typing Xy7…`.
_TYPED = lazily(
    r"[^\n]{0,80}?(?<![^\W\d_])(?:typing|entering|typed|entered|trying|tried|tippe|gebe|gib|eingegeben"
    r"|tape|saisis"
    r"|escribo|pongo|meto|digito|ponho|inserisco|metto|vul|wpisuję|zadávám|skriver|kirjoitan|yazıyorum"
    r"|ketik|gõ|ввожу"
    r"|набираю|вводжу)(?![^\W\d_])[^\S\n](?:in |ein |it as |is )?[\"'`“]?(?P<value>[^\s\"'`,;]{6,64})",
    re.IGNORECASE,
)
_UUID = lazily(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
#: `Invoice-2024-11`, `Port2222`: a word and its number.
_LABEL = lazily(r"[^\W\d_]+[-_]?[0-9][0-9_-]*")
#: Accounts that every device has, and what such devices are called.
_ADMINS = frozenset(
    (
        "admin", "root", "administrator", "administrador", "administrateur", "amministratore", "beheerder",
        "superuser", "superadmin", "operator", "guest", "gast", "invité", "invitado", "ospite", "ubnt", "pi",
        "sysadmin", "администратор", "админ", "адмін", "管理员", "管理員", "관리자", "ubuntu",
        "postgres", "sa",
    )
)  # fmt: skip
_USERS = WordList((*_USER_WORDS, *_SHORT_USERS, *sorted(TOLD_WORDS | _ADMINS)))
#: Of the short labels those that nothing but another label may follow.
_ONLY_SHORT = frozenset(_SHORT_USERS) - frozenset(_USER_WORDS) - TOLD_WORDS
#: Words that are such an account's name, or stand before another's.
_BOTH = frozenset(_USER_WORDS) & _ADMINS
_OWN_PAIR = lazily(
    r"[\"'`”]?(?P<mark>[^\S\n]?(?:/|\||,|\+|—|–|->|→|:)[^\S\n]?"
    r"|[^\S\n](?:and|with|und|mit|et|y|e|con|com|en|met|i|z|och|med|ja|ve|dan|và|и|с|та|з|και)[^\S\n])"
    r"[\"'`“]?(?P<value>[^\s\"'`,;]{6,64})"
)
#: Behind a network's name: words with hyphens and a number between them.
_NETWORKS = frozenset(
    ("ssid", "wifi", "wi-fi", "wlan", "hotspot", "red wifi", "rede wifi", "rete wifi", "вайфай")
)
_NETWORK_KEY = lazily(r"(?=[^0-9]*[0-9])(?:[^\W\d_]{4,}|[0-9]{2,})(?:[-_.](?:[^\W\d_]{4,}|[0-9]{2,})){2,}")
_JOINED = frozenset(("/", "\\", ".", "-", "_", "@", ":", "=", "&"))
_DEVICE = lazily(
    r"\bnas\b|router|modem|switch|server|printer|camera|panel|wi-?fi|wlan|log ?in|logs? (?:on|into)"
    r"|sign in|portal"
    r"|dashboard|passw|drucker|imprimante|impresora|serveur|servidor|kamera|роутер|сервер|камер|принтер"
    r"|路由|登录"
    r"|サーバ|ルータ|공유기|서버|راوتر|روتر|שרת|ראוטר|ssh|ftp|vpn|cms|wordpress|grafana|phpmyadmin"
)
_INITIAL = lazily(r"^[a-z]\.", re.IGNORECASE)
_PATH = lazily(r"[/\\.]")
_FILE = lazily(r"[/\\]|\.[a-z]{2,4}$")
_SLASHED = lazily(
    r"[^\n]{0,60}?(?:\b(?:as|als|en tant que|como|come|jako|som|als|con|mit|avec|with|is|are|sind|ist"
    r"|sont|est|z|med"
    r"|–|—|под|как|с|ile|:|=)|[:=：])[^\S\n]{1,2}[\"'`]?[\w.@+-]{2,40}[\"'`]?[ ]?[/"
    r"|:][ ]?[\"'`]?([^\s\"'`,;]{6,64})",
    re.IGNORECASE,
)


def has_login(hay: Haystack) -> bool:
    """A user and a password side by side."""
    for word, start, end in _USERS.spots(hay, begins=bool):
        if word in _ADMINS:
            if hay.has_digit and _is_own(hay, word, start, end):
                return True
            if word not in _BOTH:
                continue
        if hay.has_digit and word in TOLD_WORDS and is_told(hay, word, end):
            return True
        short = _SHORT_PAIR.match(hay.text, end, end + 150) if hay.has_digit else None
        if short is not None and _is_noted(trimmed(short["value"]), short["user"]):
            return True
        if word in _ONLY_SHORT and "/" not in word:
            continue
        pair = _PAIR.match(hay.text, end, end + 200)
        if pair is not None and _is_paired(pair):
            return True
        named = _NAMED_PAIR.match(hay.text, end, end + 160)
        if named is not None and _is_named_pair(named):
            return True
        typed = _TYPED.match(hay.text, end, end + 190)
        if typed is not None and looks_chosen(trimmed(typed["value"]), least=3):
            return True
        slashed = _SLASHED.match(hay.text, end, end + 180)
        if slashed is not None and looks_chosen(trimmed(slashed[1]), least=3):
            return True
        if slashed is not None and word in _NETWORKS and _NETWORK_KEY.fullmatch(trimmed(slashed[1])):
            return True
    return False


def has_address_pair(hay: Haystack) -> bool:
    """An e-mail address and a password: `h.meyer@mail.org / Xy7…`."""
    position = hay.text.find("@")
    for _ in range(_BUDGET):
        if position < 0:
            return False
        found = _ADDRESS_PAIR.match(hay.text, position, position + 140)
        if found is not None and looks_chosen(trimmed(found[1]), least=3) and not _FILE.search(found[1]):
            return True
        position = hay.text.find("@", position + 1)
    return False


def _is_own(hay: Haystack, word: str, start: int, end: int) -> bool:
    """Whether a password follows the name of an account that every device has: `admin / Xy7…`."""
    found = _OWN_PAIR.match(hay.text, end, end + 90)
    if found is None or hay.text[max(0, start - 1) : start] in _JOINED:
        return False
    value = trimmed(found["value"])
    if word == value.lower() or _PATH.search(value[:-1]) or _LABEL.fullmatch(value):
        return False
    if not looks_chosen(value, least=3) or not any(map(str.isdigit, value)) or is_placeholder(value):
        return False
    spaced = found["mark"] != found["mark"].strip() or found["mark"] == ":"
    return spaced or _DEVICE.search(hay.lowered, max(0, start - 110), end + 130) is not None


def _is_noted(value: str, user: str) -> bool:
    """Whether the value behind two short labels is a password, and the first no placeholder."""
    if is_placeholder(user.replace(".example", "")) or value.lower() == user.lower():
        return False
    return looks_chosen(value, least=2) and any(map(str.isdigit, value)) and not _FILE.search(value)


def _is_paired(found: re.Match[str]) -> bool:
    value = trimmed(found["value"])
    if len(value) < 3 or is_placeholder(value) or is_placeholder(found[1].replace(".example", "")):
        return False
    if found["mark"] == "=" and is_notorious(value):
        return False
    return bool(found["mark"]) or (looks_chosen(value, least=2) and any(map(str.isdigit, value)))


def _is_named_pair(found: re.Match[str]) -> bool:
    """Whether an account's name and a secret stand there, and no two names, paths or versions."""
    value = trimmed(found["value"])
    if (
        is_placeholder(_INITIAL.sub("", found["user"]).replace(".example", ""))
        or _UUID.match(found["user"])
        or value.lower() == found["user"].lower()
    ):
        return False
    if "=" in value or "://" in value or "(" in value:
        return False
    if not looks_chosen(value, least=3) or _PATH.search(value[:-1]) or _LABEL.fullmatch(value):
        return False
    named = any(c in "._@" for c in found["user"]) or not is_plain(found["user"])
    return any(map(str.isdigit, value)) and (classes(value) > 3 or named)
