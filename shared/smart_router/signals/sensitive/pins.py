"""PINs and codes of doors, right behind their name."""

from __future__ import annotations

import re

from ...lazily import lazily
from .haystack import Haystack, WordList
from .listed_secrets import is_column

_PIN_WORDS = (
    "pin", "otp", "2fa code", "puk", "door code", "gate code", "alarm code", "entry code",
    "access code", "safe code", "unlock code", "lockbox code", "türcode", "tresorcode", "alarmcode",
    "digicode", "code d'entrée", "code de l'alarme", "código pin", "código de la alarma",
    "código do alarme", "codice pin", "codice dell'allarme", "portkod", "larmkod", "ovikoodi", "deurcode",
    "kod do domofonu", "kod do bramy", "пин", "пин-код", "пінкод", "пін", "код от домофона",
    "код домофона", "keypad code", "keypad", "unlocks with", "код от сейфа", "код сейфа", "код замка",
    "код двери",
    "保险箱密码", "保险柜密码", "卡密码", "카드 비밀번호", "الرقم السري", "رمز کارت", "קוד כניסה", "קוד סודי",
    "पिन", "পিন", "พิน",
    "codice citofono", "codice del citofono", "code interphone", "code de l'interphone",
    "código del telefonillo", "código do interfone", "code intercom", "intercom code",
    "pinkod", "pinkoden", "pinkode", "pin-kode", "pin-koodi", "pinnummer", "pin-nummer", "pincode",
    "pin-code",
    "geheimzahl", "code pin", "kod pin", "pin kodu", "kode pin", "mã pin", "pinul", "entsperrcode",
    "code de déverrouillage", "código de desbloqueo", "código de desbloqueio", "codice di sblocco",
    "ontgrendelcode", "kod odblokowania", "kod blokady", "upplåsningskod", "oplåsningskode", "opplåsingskode",
    "avauskoodi", "kilit kodu", "ekran kilidi", "kode buka kunci", "mã mở khóa", "код разблокировки",
    "код розблокування", "κωδικός ξεκλειδώματος", "解锁密码", "锁屏密码", "ロック解除コード", "잠금 비밀번호",
    "رمز القفل", "رمز قفل", "קוד נעילה", "домофон",
    "door code is", "code de la porte", "code porte", "code de l'immeuble",
    "código de la puerta",
    "código del portal", "código da porta", "codice del cancello", "codice della porta", "türcode",
    "haustürcode", "backup code", "recovery code", "codes de secours", "codice di backup",
    "wiederherstellungscode", "código de respaldo", "safe combination", "lock combination",
    "locker combination", "combination is", "tan", "sms-tan", "смс-код", "код из смс", "код домофону",
    "验证码", "開門密碼", "确认码", "認証コード", "인증번호", "رمز التحقق",
    "暗証番号", "门禁密码", "密码锁", "현관 비밀번호",
)  # fmt: skip
_COMMON_PINS = frozenset(("0000", "1111", "1234", "12345", "123456", "000000", "000", "123"))
_PINS = WordList(_PIN_WORDS)
_PIN_GAP = (
    r"(?:[ ](?:do|der|von|de|della|del|du|da|til|till|van|for|of|to|na|my|your|the|is|card|karty|karte"
    r"|karta|phone"
    r"|sim|bank|kortet|kaart|tarjeta|carte|carta|cartão|карты|телефона|للبطاقة|לבניין|ec-karte)){1,3}"
)
_PIN_MARK = r"'s\b|’s\b|[:=：]|\b(?:is|ist|lautet|est|es|jest|är|er|on)\b|è|é|это|は|是"
_POSTAL = lazily(r"\s?codes?\s(?:for\s)?(?:(?:in|of|near)\s[a-z]{3,16}[:,\s]{1,2})?[0-9]")
_ADDRESS = lazily(r"पिन ?कोड|ग्राम|ज़?जिला|डाकघर|গ্রাম|জেলা|ডাকঘর")
_PIN = lazily(
    r"[-\w]{0,10}(?:[- ](?:code|number|nummer|nr\.?|numarası|код))?[^\S\n]{0,2}"
    rf"(?:(?:[^\n:=.?!]{{1,32}}?[^\S\n]{{0,2}})?(?:{_PIN_MARK})|{_PIN_GAP})?[^\S\n]{{0,2}}"
    r"[#*]?([0-9]{3,8}|[0-9]{1,4}[A-ZК#][0-9]{1,6}|[0-9]{1,2}(?:-[0-9]{1,2}){2,3})[#*]?(?![0-9.,]?[0-9]"
    r"|\s?(?:pins?|-pin|digits?|header|connector|times|attempts"
    r"|mah|[nuµp]f|ohms?|[mkg]?hz|m?[av]\b|mm|cm|%))",
    re.IGNORECASE,
)


def has_pin(hay: Haystack) -> bool:
    """Three to eight digits behind a word for PINs and codes of doors."""
    for word, start, end in _PINS.spots(hay, begins=bool):
        if is_column(hay, end):
            return True
        found = _PIN.match(hay.text, end, end + 70)
        # A letter among digits is on doors only.
        if found is not None and not _is_code(found[1]) and "cod" not in word and "kod" not in word:
            continue
        if found is not None and len(found[1]) == 6 and _ADDRESS.search(hay.text, max(0, start - 110), end):
            continue
        # Prices of intercoms, and the flats that they ring at.
        if found is not None and word == "домофон" and found[1].isdigit():
            continue
        # India's postal codes are PIN codes.
        if found is not None and len(found[1]) == 6 and _POSTAL.match(hay.lowered, end):
            continue
        # A TAN is written so, and long; a tangent is not.
        if found is not None and word == "tan" and not (hay.text[start:end] == "TAN" and len(found[1]) > 4):
            continue
        if found is not None and not is_year(found[1]) and found[1] not in _COMMON_PINS:
            return True
    return False


def _is_code(value: str) -> bool:
    """Digits, or the numbers of a lock."""
    return value.replace("-", "").isdigit()


def is_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in ("19", "20")
