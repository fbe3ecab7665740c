"""Whether a word looks like a secret that somebody chose, and not like prose, code or a name."""

from __future__ import annotations

import re

from ...lazily import lazily

#: `dein-passwort`, `contraseña-aquí`, `wpisz_haslo`: the same in other languages.
_SECRETS = (
    r"pass(?:wor[dt]|wd)?|kennwort|mot[-_]?de[-_]?passe|mdp|contrase[ñn]a|clave|senha|palavra[-_]passe|parola"
    r"|wachtwoord|has[łl]o|heslo|l[öo]senord|passord|adgangskode|kodeord|salasana|[şs]ifre|kata[-_]?sandi|"
    r"sandi"
    r"|m[ậa]t[-_]?kh[ẩa]u|парол[ья]|κωδικ[όο]|密码|パスワード|비밀번호|كلمة[-_]?المرور|رمز|סיסמה|token|secret"
    r"|api[-_]?key|schlüssel|geheimnis"
)
_YOUR = (
    r"dein|ihr|euer|eigenes|votre|ton|tu|su|vuestra|sua|seu|tua|la[-_]tua|uw|jouw|je|twoje|twój|vaše|tvoje|"
    r"ditt"
    r"|din|dit|sinun|senin|anda|kamu|ваш|твой|твій|din[-_]egen|το|σας"
)
_HERE = (
    r"hier|aquí|aqui|ici|qui|tutaj|tu|zde|sem|här|her|tähän|buraya|disini|di[-_]sini|đây|здесь|сюда|тут|εδώ"
)
_PUT = (
    r"eintragen|einsetzen|ändern|pon|cambia|cambiar|inserta|mettre|mettez|remplacer|changez|wpisz|ustaw|"
    r"wstaw|zmień"
    r"|inserisci|inserire|metti|insira|coloque|troque|vul|invullen|wijzig|ange|skriv|indsæt|değiştir|gir|"
    r"ganti|isi"
    r"|nhập|введите|вставьте|замените|введіть|вставте|zadej|vlož"
)

#: `SALASANASI`, `ŞİFRENİZ`, `MOTDEPASSE`: such a word alone, with whose it is before or behind it.
_NAMED_SECRET = lazily(
    r"(?:(?:my|your|our|the|new|dein|ihr|mein|neues|votre|ton|mon|le|tu|su|mi|la|sua|seu|tua|minha|a|uw"
    r"|jouw|je"
    r"|mijn|het|twoje|moje|vaše|tvoje|ditt|mitt|din|dit|min|mit|sinun|omasi|senin|yeni|ваш|твой|мой|твій|мій)"
    rf"[-_ .]?)?(?:{_SECRETS}|jelsz[óoa]v?|parol[ăae]|lozink[aue]|zaporka|geslo|slaptažodis|parool|passe|kod)"
    r"(?:si|nne|nsa|ni|[iı]n[iı]z|n[iı]z|[iı]m|n[iı]|ad|od|am|ja|t?ok|mu|anda|kamu|saya|tua|sua|dvs|ta|ul"
    r"|et|en)?",
    re.IGNORECASE,
)

#: What stands where a secret will be put, or says that there is none.
_PLACEHOLDER = lazily(
    r"[<({\[\\]|^\$|^%|\$\(|\*{3,}|•|\.{3}|…|_{4,}|x{4,}|^(?:your|my|the|a|an|not|no|must|should|too|in"
    r"|at|on|set"
    r"|stored|hashed|required|incorrect|wrong|invalid|correct|being|never|always|only|also|string|str"
    r"|text|none|null|true|false|bytes|undefined|varchar|int|self|this|os|process|env|config|settings|request"
    r"|req|user|input|hash|bcrypt|example|placeholder|changeme|abgelaufen|falsch|ungültig|weg|gesperrt"
    r"|zurückgesetzt|vergessen|richtig|korrekt|sicher|unsicher|expirée?"
    r"|incorrecte?|oublié|perdue?|incorrecta|correcta|caducad[ao]|segura|olvidada|errad[ao]|incorret[ao]"
    r"|expirad[ao]|scadut[ao]|errata|sbagliat[ao]|corretta|verlopen|onjuist|fel|feil|forkert|missing|rejected"
    r"|gone|blank|empty|unknown|compromised|leaked|stolen|visible|saved|printed|accepted|case-sensitive"
    r"|forgotten|expired|lost|weak|strong"
    r"|secure|safe|here|there|what|how|why|when|where|so|very|one|required|optional|reset|manager"
    r"|protected|policy|secret|sample|dummy|todo|redacted|hidden|masked)(?:$|[\s.,;:!?()\[\]|_-])"
    r"|(?:my|your|new|old|some|super|the|test|example|sample|fake|dummy)[-_]?(?:secret|pass|pw|token|key)"
    r"|change[-_]?(?:me|this|it)|replace[-_]?(?:me|this)|(?:password|key|token|secret)[-_]?here|example"
    r"|^your(?:strong|secure|own|db|app)|^p[a@4][s5$]{2}w[o0]rd|::|^!(?:vault|secret|ref|sub|env)\b"
    r"|^[:?@#][a-z_]+$"
    r"|^(?:vault|ssm|arn|op|file|env|secretref):|aladdin"
    rf"|(?:^|[-_])(?:{_YOUR})[-_ ]?(?:{_SECRETS})|(?:{_SECRETS})[-_ ]?(?:{_HERE})(?![^\W\d_])"
    rf"|(?<![^\W\d_])(?:{_HERE})[-_ ](?:[^\W\d_]{{1,8}}[-_ ])?(?:{_SECRETS})"
    rf"|(?<![^\W\d_])(?:{_PUT})[-_ ](?:[^\W\d_]{{1,8}}[-_ ])?(?:{_SECRETS})"
    r"|你的|您的|此处|这里填|在此|あなたの|ここに|여기에|입력하|أدخل|הסיסמה_?שלך|ใส่รหัส",
    re.IGNORECASE,
)

#: Addresses, paths, files, versions, dates, standards and products: no secrets anywhere.
_NAMED = lazily(
    r"[a-z0-9+]{2,12}://|www\.|.*[a-z0-9]@[a-z0-9-]+\.[a-z]|[~.]?/|[a-z]:\\"
    r"|.*\.(?:py|js|ts|json|ya?ml|txt|md|html?|css|php|java|go|rs|rb|sh|sql|csv|xlsx?|docx?|pdf|png|jpe?g|zip"
    r"|env|conf|ini|toml|lock|log|exe|com|org|net|io)$"
    r"|v?[0-9]+(?:\.[0-9]+)+$|[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}$|[0-9]{1,2}:[0-9]{2}"
    r"|[a-z0-9_.]+\(|[a-z_]+(?:\.[a-z_]+)+$"
    r"|(?:sha|md|aes|utf|iso|wpa|oauth|tls|ssl|ipv|http|base|bcrypt|argon|pbkdf|rsa|ed|ecdsa|hmac|ntlm"
    r"|win(?:dows)?|ios|iphone|ipad|android|office|mp|rfc|cve|issue|react|vue|angular|java|python|php|node"
    r"|django|rails|mysql|postgres(?:ql)?|keepass|1password|bitwarden|lastpass|chatgpt|gpt|llama|claude|covid"
    r"|x?chacha|curve|blowfish|twofish|kyber|ml-kem|filevault|veracrypt|luks|gpg|web|log4|i18n|l10n|ubuntu"
    r"|debian|macos|usb|wifi|wi-fi|g|id|no|nr|step|level|part|version|chapter|room"
    r"|area|varchar|char|int|float)[-_ ]?v?[0-9.]+(?:[-_./]?[a-z0-9]+)*$",
    re.IGNORECASE,
)

#: Amounts and plain words, which are secrets only where something says so.
_PLAIN = lazily(
    r"[0-9]+[-–]?(?:[^\W\d_]+|[+%€$£])$|[0-9]+[-–][0-9]+$|#?[0-9]+$|[a-z]+(?:[-_][a-z]+)*$", re.IGNORECASE
)
_IDENTIFIER = lazily(
    r"[a-z]+(?:[A-Z][a-z]*)+$|[a-zA-Z]+(?:_[a-zA-Z]+)+$|[a-zA-Z_]+(?:\.[a-zA-Z_]+)+$"
    r"|[A-Z][A-Za-z]*(?:Str|String|Type|Field|Input|Any)$"
)
_CAPITALS_ONLY = lazily(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|[A-Z]+$")

#: Words that stand for a secret, and what everybody quotes as a bad one.
STAND_INS = frozenset(
    (
        "password", "pass", "pwd", "secret", "user", "passwort", "token", "username", "xxx",
        "foo", "bar", "value", "input", "data", "args", "result", "passwd", "plaintext", "encrypted",
    )
)  # fmt: skip
_QUOTED = STAND_INS | frozenset(("111111", "000000", "passw0rd", "p@ssw0rd", "iloveyou", "postgres"))
_NOTORIOUS = lazily(
    r"(?:1234567890|123456789|12345678|1234567|123456|12345"
    r"|(?:test|demo|admin|user|password|passwort|p@ssw[o0]rd|qwert[yz]|welcome|letmein|changeme|secret"
    r"|guest|root"
    r"|default|abc|foo|bar)[-_@]?[0-9]{0,4})[!?.]?$",
    re.IGNORECASE,
)


def is_placeholder(value: str) -> bool:
    """Whether `value` stands for a secret, or is prose about one."""
    if _PLACEHOLDER.search(value) is not None:
        return True
    word = value.replace("İ", "I").strip("'\"`")
    return _NAMED_SECRET.fullmatch(word) is not None


def is_named(value: str) -> bool:
    """Addresses, file names, versions, dates, and names of standards and products."""
    return _NAMED.match(value) is not None


def is_plain(value: str) -> bool:
    """Amounts, numbers and words of letters alone."""
    return _PLAIN.match(value) is not None


def is_notorious(value: str) -> bool:
    """A password that everybody quotes as a bad one, or uses in tests."""
    return value.lower() in _QUOTED or _NOTORIOUS.match(value) is not None


def is_identifier(value: str) -> bool:
    """`newValue`, `raw_value`, `form.field`: a variable of a program rather than a secret."""
    return _IDENTIFIER.match(value) is not None


def trimmed(value: str) -> str:
    """A word without the brackets, quotes and full stops of the sentence around it."""
    return value.strip("\"'`“”«»„‘’「」『』()[]{}<>*,;:").rstrip(".?।。、，").rstrip("\"'`)”»")


def classes(value: str) -> int:
    """How many of small letters, capitals, digits and signs there are. Letters without case count as
    small; hyphens and full stops, which names have too, are no signs."""
    small = any(c.isalpha() and not c.isupper() for c in value)
    signs = any(not c.isalnum() and c not in "-.'’/:," for c in value.rstrip("!?"))
    return small + any(map(str.isupper, value)) + any(map(str.isdigit, value)) + signs


def looks_chosen(value: str, *, least: int) -> bool:
    """Six to 64 characters of at least `least` classes, and nothing technical."""
    if not 6 <= len(value) <= 64 or not any(map(str.isalpha, value)):
        return False
    # A last "!" may end the sentence; behind a digit it is more likely the last sign.
    ends = value[-1] in "!?" and value[-2].isdigit()
    if classes(value) + ends < least:
        return False
    if is_notorious(value) or is_placeholder(value):
        return False
    return not (_NAMED.match(value) or _PLAIN.match(value) or _CAPITALS_ONLY.match(value))
