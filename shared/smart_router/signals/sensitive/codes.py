"""Codes of doors, safes and phones as they are told in talk, and secrets that answer a question."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from ...lazily import lazily
from .haystack import Haystack, WordList
from .lock_words import (
    CODE_WORDS,
    COMBINATION_WORDS,
    DIGITS_TOLD,
    ENDING_WORDS,
    GATES,
    LOCKS,
    PANEL_WORDS,
    PANELS,
    PIN_WORDS,
    THINGS,
    THINGS_GLUED,
    TYPED,
    TYPED_BEHIND,
)
from .looks import is_named, is_notorious, is_placeholder, looks_chosen, trimmed
from .network_codes import is_network_code

_COMBINATIONS = frozenset(COMBINATION_WORDS)
_PINS = frozenset(PIN_WORDS)
_LOCKS = frozenset(LOCKS)
_LOCKED = _LOCKS | frozenset(GATES)
_ENDINGS = frozenset(ENDING_WORDS)
_AT_PANELS = frozenset(PANEL_WORDS)
_CODES = (frozenset(CODE_WORDS) | _ENDINGS) - (_PINS - frozenset(CODE_WORDS))
_WORDS = WordList(
    sorted((_CODES | _COMBINATIONS | _PINS | _LOCKED | _AT_PANELS) - _ENDINGS), anywhere=sorted(_ENDINGS)
)

#: How far from the word what it opens may stand, in characters of the same line.
_NEAR = 60
#: The same of what a code is typed at: `the alarm panel is on the left, you get 30 seconds, …`.
_NEAR_PANEL = 130

#: How far behind the word the answer to its question may end.
_FAR = 280
_DIGIT = lazily(r"[0-9]")

#: Everybody's codes.
_COMMON = frozenset(("0000", "1111", "1234", "12345", "123456", "000000", "1212", "9999", "4321"))

_DIALLED = r"[0-9]{1,2}(?:\s?[-–/.]\s?[0-9]{1,2}){2,3}"
UNIT = (
    r"(?![0-9%‰°€$£¥₽₹₴₺฿₫]|[.,:][0-9]|[-/][0-9]|\s?(?i:ms|secs?|seconds?|stunden|tage|mm|cm|km|m|kg|g"
    r"|mg|ml|l|w|kw|v|mah|eur|euro?s?"
    r"|usd|chf|kr|sek|nok"
    r"|dkk|zł|pln|kč|руб|р|грн|gb|mb|px|hz|min|mins?|minutes?|hours?|days?|years?|people|users?|digits?"
    r"|times"
    r"|characters?|combin\w*|kombin\w*|possib\w*|jahre?|stellen|stellig|zeichen|chiffres|cifre|cifras"
    r"|dígitos|cyfry|цифр\w*|знак\w*"
    r"|rub|percent|uhr|h)(?![^\W\d_])|\s?(?:桁|位|文字|자리|年|月|日|号室|元|円|원|ספרות|أرقام|رقم|अंक"
    r"|หลัก))"
)
_CODE = (
    rf"(?<![0-9A-Za-z.,/:-])[#*]?(?P<code>{_DIALLED}|[0-9]{{1,4}}[#*][0-9]{{2,6}}"
    rf"|[A-Z]?[0-9]{{4,8}}[A-ZΑ-ΩА-Я]?|[0-9]{{2}} [0-9]{{2}})"
    rf"[#*]?{UNIT}"
)
_BEHIND = lazily(rf"[^\n0-9]{{0,56}}?{_CODE}")
#: `5-8-0-2`, `2 4 9 7`: digits told one by one.
_SINGLY = lazily(
    r"[^\n0-9]{0,60}?(?<![0-9A-Za-z.,/:-])(?P<code>[0-9](?:[-–][0-9]){3,5}|[0-9](?: [0-9]){3,5})(?![0-9]"
    r"|[ -–.,/][0-9])"
)
#: `38 to the left, then 12 to the right, 7 left`: the numbers of a dial, turn by turn.
_TURN = (
    r"(?:left|right|clockwise|links|rechts|gauche|droite|izquierda|derecha|sinistra|destra|esquerda|direita|"
    r"lewo"
    r"|prawo|vlevo|vpravo|vänster|höger|venstre|højre|høyre|vasem\w+|oike\w+|sola|sağa|kiri|kanan|trái|phải|"
    r"влево"
    r"|вправо|налево|направо|ліворуч|праворуч|αριστερά|δεξιά|左|右|왼쪽|오른쪽|يسار|يمين|چپ|راست|שמאלה|"
    r"ימינה|बाएँ|दाएँ|ซ้าย|ขวา)"
)
_TURNED = lazily(
    rf"[^\n]{{0,50}}?(?:(?:{_TURN}[^\n0-9]{{0,14}}[0-9]{{1,2}}(?![0-9])[^\n0-9]{{0,16}}){{3}}"
    rf"|(?:(?<![0-9])[0-9]{{1,2}}[^\n0-9]{{0,14}}{_TURN}[^\n0-9]{{0,16}}){{3}})"
)
_TOLD_LOCK = lazily(
    rf"[^\n0-9.;?!]{{0,24}}?(?::|=|\b(?:is|ist|est|es|é|è|er|är|on|jest|je|to|это|—|–))\s{_CODE}"
)
#: `4815# is the code of the gate`.
_IN_FRONT = lazily(
    r"(?<![0-9A-Za-z.,/:-])[#*]?(?P<code>[0-9]{4,8})[#*]?[\"'”]?,?\s"
    r"(?:is|was|ist|war|est|es|é|è|jest|to|je|är|er|on|—|–|-|=|это|є|е|είναι|là|adalah)\s?"
    r"(?:(?:the|our|my|der|die|das|unser|le|la|el|o|a|il|de|new|neue|nuevo"
    r"|nouveau) ){0,3}[^\W\d_]{0,14}[ -]?$",
    re.IGNORECASE,
)

#: Codes that open nothing.
_OTHER_CODE = lazily(
    r"(?:error|fault|status|exit|return|zip|post\w*|area|dial\w*|country|promo\w*|discount|coupon|voucher|qr"
    r"|bar|source|product|item|article|order|booking|tracking|model|dress|building|morse|colou?r|hex|http"
    r"|response|swift|sort|tax|hs|icd|course|class|unicode|ascii|airport|fehler|artikel|rabatt|bestell\w*"
    r"|erreur|produit|produkt\w*|promo\w*|producto|rabat\w*|felkod|virhe|hata|lỗi|ошибк\w*|помилк\w*"
    r"|почтов\w*|поштов\w*|товар\w*|σφάλμα\w*|ταχυδρομικ\w*|lock-?out|sin|con|without|type|types"
    r"|review)[ -]{0,2}$"
)
_OTHER_GAP = lazily(
    r"time ?out|\bafter\b|within|kost|page|seite|página|conduct|takes|about|error|fault|exit|returns?\b"
    r"|status|postal|\bzip\b|since|until|\bin (?:19|20)|ticket|order|room|zimmer"
    r"|habitación|chambre|erreur|fehler|hata|lỗi|ошибк|помилк|错误|エラー|오류|خطأ|خطا|שגיאה|price|cost"
    r"|version"
    r"|model|serial|reset|regulation|section|line|example|beispiel|exemple|ejemplo|like\b|such as|e\.g"
    r"|z\.\s?b"
    r"|\bruns?\b|listen|(?:on|to|at|tcp|udp) ports?\b|\bholds?\b|review|iterat|\buses\b|throws|compil|execut"
    r"|^екс|стат[ьт]|\barticle|\bartikel|\bart[íi]c|\bartigo|paragra"
    r"|www|http|isbn|\bart\.|phone|\btel|call\b|expires?|flashes|shows?\b|reads?\b|says\b"
)
#: Numbers that are digits of something else that is locked, built or counted.
_DAY = lazily(
    r"(?:0?[1-9]|[12][0-9]|3[01])[-–/.](?:0?[1-9]|1[0-2])[-–/.][0-9]{2}(?:[0-9]{2})?"
    r"|[0-9]{2}[-–/.](?:0[1-9]|1[0-2])[-–/.][0-3][0-9]"
)
_YEAR = lazily(r"(?:19|20)[0-9]{2}")
_MADE_UP = lazily(
    r"(?<![.@])\bexamples?\b|\bfake|\bdummy|placeholder|made[- ]up|\bmock|fictional|fictitious|\bpuzzle"
    r"|riddle"
    r"|escape room"
    r"|beispiel|exemple|ejemplo|esempio|exemplo|przykład|пример|приклад|örnek|contoh|ví dụ|例えば|例如"
    r"|脱出ゲーム"
    r"|\bnovel\b|\bstory\b|\bgame\b|\bspiel\b|rätsel|énigme|acertijo|загадк|квест"
)

_QUESTION = lazily(r"[^\n]{0,90}[?？؟][^\n]{0,30}\n\s{0,8}(?P<answer>[^\n]{3,140})")
_SPEAKER = lazily(r"(?:[>\-–—*•\s]{0,4}[^\n:：0-9]{1,28}[:：]|[>\-–—*•]{1,3})?\s?")
_ANSWERED = lazily(rf"(?<![0-9A-Za-z.,/:€$£-])(?P<code>[0-9]{{4,8}}|[0-9](?:[ -][0-9]){{3,7}})[#*]?{UNIT}")
_ASKED_OTHER = lazily(
    r"how (?:many|long|often|do|can|to|should)|\bwhy\b|wie (?:viele|lang|oft|kann|ändere)|combien"
    r"|pourquoi|comment"
    r"|cuánt|por qué|cómo|quant[ioea]s?\b|perché|come\b|hoeveel|waarom|ile\b|dlaczego|kolik|proč|hur\b"
    r"|hvor\b|varför"
    r"|hvorfor|kuinka|miksi|kaç|neden|nasıl|berapa (?:banyak|lama)|kenapa|tại sao|сколько|почему|как\b"
    r"|скільки|чому"
    r"|πόσ|γιατί|怎么|为什么|如何|どう|なぜ|何文字|어떻게|왜|몇 자|كيف|لماذا|كم|چرا|چگونه|איך|למה|כמה"
    r"|कैसे|क्यों|ทำไม|อย่างไร"
)


@cache
def _things() -> re.Pattern[str]:
    # Only when a text needs it: compiling takes longer than looking.
    return re.compile(rf"(?<![^\W\d_])(?:{THINGS})(?![^\W\d_])|{THINGS_GLUED}")


@cache
def _told() -> re.Pattern[str]:
    return re.compile(
        rf"[^0-9]{{0,56}}?(?<![^\W\d_])(?:{DIGITS_TOLD})"
        rf"(?:[ ,-]{{1,3}}(?:{DIGITS_TOLD})){{3,7}}(?![^\W\d_])"
    )


@cache
def _panels() -> re.Pattern[str]:
    return re.compile(PANELS)


@cache
def _typed() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:{TYPED})[^\n0-9]{{0,30}}?"
        rf"|(?={TYPED_BEHIND}))(?<![0-9a-z.,/:-])(?P<code>[0-9]{{4,8}})[#*]?{UNIT}"
    )


#: What digits that stand by themselves do not stand behind, and what they stand before.
_DIGITS = lazily(r"[0-9]+")
_JOINED = frozenset(".,/:€$£¥+#-_")
_ENDED = lazily(rf"(?=[.,;!?)\"'”»。、]|\s|$){UNIT}")
_FORGETS = lazily(
    r"forget|remember|memor|mnemonic|vergess|vergiss|merk|esels|oubli|retenir|olvid|recordar|esque[cç]|lembr"
    r"|dimentic|ricord|verge(?:et|ten)|onthoud|ezelsbrug|zapomin|pamięt|zapomín|pamat|glöm|minns|glem|husk|"
    r"unohd"
    r"|muist|unut|hatırla|\blupa|ingat|quên|nhớ|забыва|запомн|забува|запам|ξεχν|θυμ|忘|记|記|覚え|잊|외우|"
    r"기억|أنسى|نسى"
    r"|تذكر|فراموش|یادم|שוכח|זוכר|לזכור|भूल|याद|ভুলে|মনে|ลืม|จำ"
)
_DIALLED_OTHER = lazily(
    r"(?:call|dial|ring|phone|tel\.?|text|ruf\w*|wähle\w*|appel\w*|llam\w*|lig\w*|chiam\w*)\s.{0,12}$"
)


def has_told_code(hay: Haystack) -> bool:
    """A code beside what it opens, digits told one by one, or a secret in the line after its question."""
    for word, start, end in _WORDS.spots(hay, begins=lambda word: word not in _ENDINGS):
        if word in _PINS and _is_spelled(hay, start, end):
            return True
        # Most such words stand in talk without any number.
        if hay.has_digit and _DIGIT.search(hay.text, max(0, start - _NEAR), end + _FAR) is None:
            continue
        if hay.has_digit and (
            (word in _PINS and _is_remembered(hay, start, end))
            or (word in _AT_PANELS and _is_typed(hay, start, end))
            or _is_locked(hay, word, end)
            or _opens(hay, word, start, end)
            or (word in _CODES and is_network_code(hay, word, start, end))
            or _is_answered(hay, word, start, end)
        ):
            return True
    return False


def _is_locked(hay: Haystack, word: str, end: int) -> bool:
    """Whether digits are told one by one behind what they open, or a lock's number at once."""
    if word not in _LOCKED:
        return False
    if _TURNED.match(hay.lowered, end, end + 160) is not None:
        return not _MADE_UP.search(hay.lowered, max(0, end - 80), end + 60)
    found = _SINGLY.match(hay.text, end, end + 80)
    if found is None and word in _LOCKS:
        found = _TOLD_LOCK.match(hay.text, end, end + 60)
    if found is None or _OTHER_GAP.search(hay.lowered, end, found.start("code")):
        return False
    # Digits in their order number doors, ports and steps.
    digits = "".join(filter(str.isdigit, found["code"]))
    if all(a < b for a, b in pairwise(digits)):
        return False
    return _is_code(found["code"], "combination") and not _MADE_UP.search(
        hay.lowered, max(0, end - 80), end + 60
    )


def _opens(hay: Haystack, word: str, start: int, end: int) -> bool:
    """Whether a lock's code is told, in the line of the word for it."""
    if word not in _CODES and word not in _COMBINATIONS:
        return False
    text = hay.lowered
    near = _NEAR_PANEL if word in _ENDINGS else _NEAR
    first = max(text.rfind("\n", max(0, start - near), start) + 1, start - near, 0)
    before = text[first:start]
    if _OTHER_CODE.search(before):
        return False
    found = _BEHIND.match(hay.text, end, end + 90)
    if found is not None and not _is_code(found["code"], word):
        found = None
    gap = text[end : found.start("code")] if found is not None else ""
    if found is not None and _OTHER_GAP.search(gap):
        return False
    last = found.end() if found is not None else end
    if found is None:
        ahead = _IN_FRONT.search(hay.text, first, start)
        if ahead is None or not _is_code(ahead["code"], word):
            return False
    around = text[first : min(len(text), last + 40)]
    around = around[: around.find("\n", last - first)] if "\n" in around[last - first :] else around
    if _MADE_UP.search(text, max(0, first - 60), last + 60):
        return False
    if word in _COMBINATIONS and found is not None and not found["code"].isalnum():
        return True
    if _panels().search(around) is not None:
        return True
    return _things().search(around, max(0, start - first - _NEAR)) is not None


def _is_typed(hay: Haystack, start: int, end: int) -> bool:
    """Whether somebody is told to type digits at the panel, in its line."""
    text = hay.lowered
    first = max(text.rfind("\n", max(0, start - _NEAR), start) + 1, start - _NEAR, 0)
    last = text.find("\n", end, end + _NEAR_PANEL)
    found = _typed().search(text, first, last if last >= 0 else end + _NEAR_PANEL)
    if found is None or not _is_code(found["code"], "code") or _OTHER_GAP.search(found[0]):
        return False
    return not _MADE_UP.search(text, max(0, first - 60), end + _NEAR_PANEL)


def _is_remembered(hay: Haystack, start: int, end: int) -> bool:
    """Whether it is told how digits are remembered, and they stand at the end of that by themselves."""
    for found in _DIGITS.finditer(hay.text, end, end + _FAR):
        ahead = hay.text[found.start() - 1]
        if (
            not 4 <= len(found[0]) <= 6
            or not _is_code(found[0], "pin")
            or ahead.isalnum()
            or ahead in _JOINED
        ):
            continue
        beside = hay.lowered[max(end, found.start() - 30) : found.start()]
        if _ENDED.match(hay.text, found.end()) is None or _DIALLED_OTHER.search(beside):
            continue
        if _FORGETS.search(hay.lowered, max(0, start - 90), end + 90) is None or _OTHER_GAP.search(beside):
            return False
        return not _MADE_UP.search(hay.lowered, max(0, start - 60), start)
    return False


def _is_code(code: str, word: str) -> bool:
    """Four to eight digits that are no year and nobody's joke; numbers of a dial for combinations."""
    digits = "".join(filter(str.isdigit, code))
    # What is written as a day is the day since when a code is new.
    if word not in _COMBINATIONS and _DAY.fullmatch(code):
        return False
    return 4 <= len(digits) <= 8 and digits not in _COMMON and not _YEAR.fullmatch(digits)


def _is_answered(hay: Haystack, word: str, start: int, end: int) -> bool:
    """Whether the word is in a question whose answer, on the next line, is a secret."""
    found = _QUESTION.match(hay.lowered, end, end + _FAR)
    if found is None:
        return False
    first = max(hay.lowered.rfind("\n", max(0, start - 100), start) + 1, start - 100, 0)
    asked = hay.lowered[first : found.start("answer")]
    if _ASKED_OTHER.search(asked) or _OTHER_CODE.search(hay.lowered[first:start]) or _MADE_UP.search(asked):
        return False
    if word in _LOCKED:
        return False
    if word not in _PINS and _things().search(asked) is None:
        return False
    answer = hay.text[found.start("answer") : found.end("answer")]
    speaker = _SPEAKER.match(answer)
    answer = answer[speaker.end() if speaker is not None else 0 :]
    if _OTHER_GAP.search(answer.lower()):
        return False
    code = _ANSWERED.search(answer)
    if code is not None and _is_code(code["code"].replace(" ", "").replace("-", ""), "pin"):
        return True
    return any(_is_chosen(trimmed(value)) for value in answer.split()[:10])


def _is_chosen(value: str) -> bool:
    if is_placeholder(value) or is_named(value) or is_notorious(value):
        return False
    return looks_chosen(value, least=3) and any(map(str.isdigit, value))


def _is_spelled(hay: Haystack, start: int, end: int) -> bool:
    """Whether four digits or more are told one by one behind the word."""
    if _told().match(hay.lowered, end, end + 130) is None:
        return False
    return _MADE_UP.search(hay.lowered, max(0, start - 60), end + 60) is None
