"""Secrets that stand in a list: columns of passwords, backup codes, answers to security questions."""

from __future__ import annotations

import re
from itertools import pairwise

from ...lazily import lazily
from .haystack import Haystack, WordList
from .looks import STAND_INS, is_named, is_notorious, is_placeholder, looks_chosen, trimmed

#: How many lines under the names of the columns are read, and how long a line may be.
_ROWS = 12
_LINE = 400

_COLUMN_WORDS = (
    "password", "passwd", "pasword", "passphrase", "passcode", "pwd", "pw", "pass", "secret", "pin", "puk",
    "kennwort", "passwort", "zugangscode", "mot de passe", "mdp", "contraseña", "clave", "senha",
    "palavra-passe", "parola", "wachtwoord", "hasło", "heslo", "lösenord", "passord", "adgangskode",
    "kodeord", "salasana", "şifre", "sandi", "kata sandi", "mật khẩu", "пароль", "пин", "пін", "密码",
    "密碼", "口令", "パスワード", "暗証番号", "비밀번호", "كلمة المرور", "كلمة السر", "رمز عبور", "סיסמה",
    "पासवर्ड", "κωδικός", "รหัสผ่าน", "door code", "access code", "wifi key",
)  # fmt: skip
_COLUMN = lazily(
    r"(?:(?:current|initial|temp(?:orary)?|start|user|admin|login|wifi|db|new|default|aktuelles)[ _-]?)?"
    rf"(?:{'|'.join(map(re.escape, _COLUMN_WORDS))})s?(?:[ _-]?(?:code|number|nummer|nr))?",
)
#: The end of a column's name.
_HEAD_END = lazily(r"s?(?:[ _-]?(?:code|number|nummer|nr))?[ \"'*_`]{0,6}[|\t;,\r\n]")
_SEPARATORS = ("|", "\t", ";", ",")
_BARE_DIGITS = lazily(r"[0-9]{4,12}")
_COMMON_DIGITS = frozenset(("0000", "1111", "1234", "12345", "123456", "000000"))
_DIGEST = lazily(r"[0-9a-fA-F]{32,}")
_MADE_UP = lazily(
    r"(?<![.@])\bexamples?\b|\bfake|\bdummy|placeholder|made[- ]up|\bfixtures?\b|\bmock|\bsample|invented"
    r"|fictitious"
    r"|beispiel|erfunden|exemple|ejemplo|esempio|exemplo|przykład|пример|приклад|örnek|示例|예시|ダミー"
    r"|架空",
    re.IGNORECASE,
)

_CODES = frozenset(
    (
        "backup code", "backup-code", "back-up code", "recovery code", "recovery-code", "scratch code",
        "2fa codes", "mfa codes", "emergency codes", "codes de secours", "codes de récup",
        "wiederherstellungscode", "backupcode", "ersatzcodes", "notfallcodes", "códigos de respaldo",
        "códigos de recup", "códigos de seg", "códigos de backup", "códigos alternativos",
        "codici di backup", "codici di recup", "codici di riserva", "noodcodes", "herstelcodes",
        "kody zapasowe", "kody odzysk", "reservkoder", "återställningskod", "gjenopprettingskod",
        "gendannelseskod", "varakoodi", "palautuskood", "yedek kod", "kurtarma kod", "kode cadangan",
        "kode pemulihan", "mã dự phòng", "mã khôi phục", "резервные коды", "резервных кодов",
        "коды восстановления", "резервні коди", "коди відновлення", "备用码", "备用验证码", "恢复码",
        "恢复代码", "備用碼", "バックアップコード", "リカバリーコード", "回復コード",
        "백업 코드", "복구 코드",
        "رموز احتياطية", "رموز الاسترداد", "קודי גיבוי", "קודי שחזור",
    )
)  # fmt: skip
_CODE = lazily(
    r"(?<![\w.,:/-])(?:[0-9]{3,5}[ -][0-9]{3,5}|[0-9]{6,10}"
    r"|(?=[a-z-]*[0-9])[a-z0-9]{4,6}-[a-z0-9]{4,6}(?:-[a-z0-9]{4,6})?"
    r"|(?=[A-Z-]*[0-9])[A-Z0-9]{4,6}-[A-Z0-9]{4,6}(?:-[A-Z0-9]{4,6})?"
    r"|(?=[a-z]*[0-9][a-z0-9]*[a-z])[a-z0-9]{8,12}|(?=[A-Z]*[0-9][A-Z0-9]*[A-Z])[A-Z0-9]{8,12})(?![\w:/-])"
)
_LEAST_CODES = 3
_COUNTING = lazily(r"1234|0000|1111|(?:19|20)[0-9]{2}[ -](?:19|20)[0-9]{2}|aaaa|xxxx", re.IGNORECASE)

_QUESTION = (
    r"maiden name|first pet|first car|first school|first teacher|childhood (?:friend|street|nickname)"
    r"|city of birth|street|favou?rite (?:teacher|film|book|food)|mädchenname\w*|geburtsname\w*"
    r"|erstes haustier|erstes auto|geburtsort|straße der kindheit|nom de jeune fille"
    r"|premier (?:animal|chien|chat)|première voiture|ville de naissance|apellido de soltera"
    r"|primera? (?:mascota|coche|colegio|perro)|ciudad de nacimiento|nome de solteira"
    r"|primeiro (?:animal|cachorro|carro)|cognome da nubile|primo animale|prima auto"
    r"|nazwisko panieńskie\w*|pierwsz[ey] (?:zwierzę\w*|pies|samochód)|meisjesnaam|eerste huisdier"
    r"|девичья фамилия|перв(?:ый питомец|ая машина|ая кличка)|кличка|дівоче прізвище|перш(?:ий улюбленець"
    r"|а машина)|旧姓|最初のペット|母亲的?姓名|第一只宠物|어머니 성함|첫 애완동물"
)
_QUESTIONS = frozenset(
    (
        "security answer", "security question", "secret question", "secret answer", "recovery question",
        "challenge question", "sicherheitsfrage", "sicherheitsantwort", "question de sécurité",
        "questions de sécurité", "question secrète", "questions secrètes", "pregunta de seguridad",
        "preguntas de seguridad", "pregunta secreta", "preguntas secretas", "pergunta de segurança",
        "perguntas de segurança", "pergunta secreta", "domanda di sicurezza", "domande di sicurezza",
        "domanda segreta", "pytanie pomocnicze", "pytania bezp", "pytanie bezp", "beveiligingsvra",
        "säkerhetsfråg", "sikkerhedsspørgsmål", "sikkerhetsspørsmål", "turvakysymy", "güvenlik sorusu",
        "контрольный вопрос", "контрольные вопрос", "секретный вопрос", "контрольне пит", "контрольні пит",
        "密保问题", "安全问题", "秘密の質問", "보안 질문", "سؤال الأمان", "שאלת אבטחה", "ερώτηση ασφαλείας",
    )
)  # fmt: skip
_ANSWER = lazily(
    rf"(?:{_QUESTION})(?i:[^\S\n]?\([^)\n]{{1,30}}\))?[\"'?]{{0,2}}"
    r"(?:[^\S\n](?:der|meiner|seiner|ihrer|de|di|da|del|della|of|my|la|ma|mi|sua|tua|matki|mamy|van"
    r"|матери|мами)"
    r"(?:[^\S\n](?:la|ma|mi|my))?(?:[^\S\n](?:mutter|mother|mère|madre|mãe|moeder|mamma|oma))?)?"
    r"[^\S\n]?(?:[:=：?>]|->|→|[-–—](?=\s)|\b(?i:is|was|ist|war|est|es|era|é|è|to|это|як)\b|は|是|,)?"
    r"[^\S\n]?[\"'“„「]?(?-i:[A-ZÀ-ÖØ-ÞŁŚŻА-ЯІЇЄ][^\W\d_]{2,}|[\u3041-\u9fff가-힣]{2,})",
    re.IGNORECASE,
)
#: `Q: … A: Biscuit` right behind the word for such a question.
_GIVEN = lazily(
    r"[^\n]{0,90}?(?:\banswer(?:ed)?(?: is| was)?|\ba|antwort(?: ist| war)?|réponse|respuesta|resposta"
    r"|risposta|odpowiedź|antwoord|svar\w*|vastaus|cevap|ответ|відповідь|答案|答え|回答|답)"
    r"[^\S\n]?(?:[:=：]|->|is\b|ist\b)[^\S\n]?[\"'“„「]?(?![<\[({*…])[^\s\"'.,]{3,}",
    re.IGNORECASE,
)

_DOORS = frozenset(
    ("code for", "code to", "code on", "code at", "code für", "code zum", "code zur", "code vom", "code am",
     "code du", "code de", "código de", "código da", "código do", "codice del", "codice della", "kod do",
     "kod till", "kode til", "koden til", "koden till", "код от", "код на", "код до", "keybox", "key box",
     "lockbox", "lock box", "key safe", "schlüsselbox", "schlüsseltresor", "boîte à clés", "nyckelskåp")
)  # fmt: skip
_DOOR = lazily(
    r"[^\n.;:=?!0-9]{0,24}?"
    r"(?:door|gate|garage|shed|lobby|entrance|staircase|barrier|safe|locker|alarm|stairwell|lift|building"
    r"|haustür|tür|tor|garage|schranke|keller|alarmanlage|schließfach|portail|porte|immeuble|garage|hall"
    r"|coffre|alarme|puerta|portal|garaje|caja|alarma|porta|portão|garagem|prédio|cofre|cancello|portone"
    r"|allarme|cassaforte|furtk\w+|bram\w+|klatk\w+|drzwi|garaż\w*|sejf\w*|porten|dörren|grinden|garaget"
    r"|døren|porten|подъезд\w*|ворот|калитк\w+|гараж\w*|двер\w+|шлагбаум\w*|під'їзд\w*|воріт|хвіртк\w+)"
    r"[^\n.;:=?!0-9]{0,14}?(?:[:=]|\bis\b|\bist\b|\best\b|\bes\b|\bé\b|\bè\b|\bär\b|\ber\b|—|–|-)?\s?"
    r"[#*]?(?P<code>[0-9]{4,8})[#*]?(?![0-9%€$£.,]?[0-9]|\s?(?:mm|cm|m\b|kg|eur|usd|€|\$))"
)
_BOX = lazily(
    r"[^\n.;?!0-9]{0,20}?(?:code|combo|combination|opens with|kombination|[:=]|\bis\b)\W{0,3}(?:is )?"
    r"[#*]?(?P<code>[0-9]{4,8})(?![0-9])"
)
_STICKERS = frozenset(
    ("sticker", "on the label", "on the back of the", "underside", "aufkleber", "unterseite", "étiquette",
     "etiqueta", "etichetta", "naklej", "klistermärk", "klistremerk", "klistermærk", "tarra", "наклейк",
     "наліпк", "标签", "貼紙", "贴纸", "ステッカー", "스티커")
)  # fmt: skip
_DEVICE = lazily(
    r"router|modem|wi-?fi|wlan|wps|admin page|tp-?link|fritz|netgear|access point|hotspot|роутер|вай-?фай"
    r"|модем|路由|ルーター|공유기|passw|log ?in",
    re.IGNORECASE,
)
_ON_STICKER = lazily(r"(?<![\w-])(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{8,20}(?![\w.-])")
_NOT_SECRET = lazily(r"(?:serial|s/?n|model|mac|imei|order|product|seri\w*|modell|артикул)\W.{0,16}$")


_LISTED = WordList(sorted(_CODES | _QUESTIONS | _DOORS | _STICKERS))


def has_listed_secret(hay: Haystack) -> bool:
    """Three backup codes, an answer to a security question, a door's code."""
    return any(_is_listed(hay, *spot) for spot in _LISTED.spots(hay, begins=bool))


def _is_listed(hay: Haystack, word: str, start: int, end: int) -> bool:
    if word in _QUESTIONS:
        return _is_answered(hay, start, end)
    if not hay.has_digit:
        return False
    if word in _CODES and _has_codes(hay, start, end):
        return True
    return _opens_door(hay, word, end) if word in _DOORS else _is_sticker(hay, word, start, end)


def is_column(hay: Haystack, end: int) -> bool:
    """Whether the word for secrets that ends there is a column's name, with a secret under it."""
    text = hay.lowered
    if not hay.has_digit or _HEAD_END.match(text, end, end + 24) is None:
        return False
    first = text.rfind("\n", max(0, end - _LINE), end) + 1
    last = text.find("\n", end, end + _LINE)
    if last < 0 or end - first >= _LINE:
        return False
    for sign in _SEPARATORS:
        cells = [cell.strip(" \"'*_`\r") for cell in text[first:last].split(sign)]
        columns = [n for n, cell in enumerate(cells) if _COLUMN.fullmatch(cell)]
        if len(cells) > 1 and columns and not _MADE_UP.search(text, max(0, first - 120), last):
            below = hay.text[last + 1 : last + 1 + _ROWS * _LINE].split("\n", _ROWS)[:_ROWS]
            if any(_is_row(row.split(sign), columns, len(cells)) for row in below):
                return True
    return False


def _is_row(cells: list[str], columns: list[int], width: int) -> bool:
    if not width - 1 <= len(cells) <= width + 1:
        return False
    return any(n < len(cells) and _is_secret(cells[n].strip(" \"'*_`\r")) for n in columns)


def _is_secret(value: str) -> bool:
    """Whether a cell holds a secret: no rule, no digest, no name of a type."""
    if _BARE_DIGITS.fullmatch(value):
        return value not in _COMMON_DIGITS and not (len(value) == 4 and value[:2] in ("19", "20"))
    if " " in value or len(value) < 6 or value.lower() in STAND_INS or _DIGEST.fullmatch(value):
        return False
    if is_placeholder(value) or is_notorious(value) or is_named(value) or "(" in value:
        return False
    return any(map(str.isdigit, value)) and looks_chosen(trimmed(value), least=2)


def _has_codes(hay: Haystack, start: int, end: int) -> bool:
    """Three codes or more behind a word for them."""
    if _MADE_UP.search(hay.text, max(0, start - 60), end + 60) is not None:
        return False
    codes = {code for code in _CODE.findall(hay.text, end, end + 320) if not _COUNTING.search(code)}
    return len(codes) >= _LEAST_CODES


def _is_answered(hay: Haystack, start: int, end: int) -> bool:
    """A security question with its answer."""
    if _MADE_UP.search(hay.text, max(0, start - 60), end + 60):
        return False
    answer = _ANSWER.search(hay.text, end, end + 240) or _GIVEN.match(hay.text, end, end + 160)
    return answer is not None


def _opens_door(hay: Haystack, word: str, end: int) -> bool:
    pattern = _DOOR if word.startswith(("cod", "kod", "код", "cód")) else _BOX
    found = pattern.match(hay.lowered, end, end + 90)
    if found is None or found["code"] in _COMMON_DIGITS:
        return False
    return not (len(found["code"]) == 4 and found["code"][:2] in ("19", "20"))


def _is_sticker(hay: Haystack, word: str, start: int, end: int) -> bool:
    """What is printed on a router: letters and digits in turn."""
    if word not in _STICKERS or _DEVICE.search(hay.text, max(0, start - 110), end + 110) is None:
        return False
    for found in _ON_STICKER.finditer(hay.text, end, end + 60):
        turns = sum(a.isdigit() != b.isdigit() for a, b in pairwise(found[0]))
        before = hay.lowered[max(0, found.start() - 24) : found.start()]
        if turns >= 3 and not is_named(found[0]) and not _NOT_SECRET.search(before):
            return True
    return False
