"""Doors and their codes told in a row, and a login that is lent in talk."""

from __future__ import annotations

from ...lazily import lazily
from .codes import UNIT
from .haystack import Haystack, WordList
from .looks import looks_chosen, trimmed

_DOORS = (
    "gate", "front gate", "front door", "back door", "side door", "garage", "bike shed", "bike room", "shed",
    "cellar", "basement", "boiler room", "laundry", "roof", "attic", "lift", "lobby", "store room",
    "tor", "haustür", "haupttür", "tür", "tiefgarage", "garagentor", "hoftor", "heizungsraum", "keller",
    "dachboden", "fahrradkeller", "waschküche", "hintereingang", "eingang", "müllraum", "portail",
    "porte", "local vélo", "cave", "chaufferie", "parking", "hall", "portón", "puerta", "garaje", "trastero",
    "sótano", "azotea", "portão", "porta", "garagem", "porão", "cancello", "portone", "cantina", "box auto",
    "voordeur", "achterdeur", "berging", "fietsenstalling", "poort", "kelder", "brama", "furtka", "garaż",
    "piwnica", "rowerownia", "drzwi", "brána", "branka", "sklep", "garáž", "grind", "port", "källare",
    "cykelrum", "garageport", "kælder", "cykelskur", "kjeller", "sykkelbod", "portti", "kellari",
    "pyörävarasto", "ulko-ovi", "kapı", "bahçe kapısı", "bodrum", "garaj", "gerbang", "pintu depan", "gudang",
    "cổng", "cửa trước", "nhà kho", "ворота", "калитка", "подвал", "подъезд", "гараж", "хвіртка", "підвал",
    "під'їзд", "αυλόπορτα", "πόρτα", "υπόγειο", "γκαράζ", "大门", "地下室", "车库", "正門", "玄関", "駐輪場",
    "현관", "지하실", "차고", "الباب", "البوابة", "المرآب", "در اصلی", "پارکینگ",
    "שער", "חניון", "מחסן",
    "गेट", "मुख्य दरवाज़ा", "গেট", "ประตูหน้า", "โรงรถ",
)  # fmt: skip
_LENT = (
    "use mine", "take mine", "try mine", "use my", "take my", "borrow my", "nimm mein",
    "nehmt mein", "nutz mein",
    "utilise mon", "utilise le mien", "prends mon", "prends le mien", "usa el mío", "usa mi", "usa el mio",
    "usa a minha", "usa o meu", "use o meu", "use a minha", "usa il mio", "prendi il mio", "gebruik de mijne",
    "gebruik mijn", "neem de mijne", "użyj moj", "weź moj", "wejdź na moj", "použij moje",
    "použij můj", "ta mitt",
    "använd mitt", "använd min", "brug min", "brug mit", "bruk min", "bruk mitt", "käytä minun", "käytä mun",
    "benimkini kullan", "benimkiyle gir", "pakai punya", "pakai akun", "dùng của", "dùng tạm", "возьми мой",
    "бери мой", "заходи под мо", "зайди под мо", "бери мій", "візьми мій", "заходь під мо", "πάρε το δικό",
    "βάλε τα δικά", "用我的", "先用我", "私のを使", "私ので入", "내 거 써", "내 걸로",
    "استخدم حساب", "مال من رو",
    "קח את שלי", "קחי את שלי", "תשתמש בשלי", "मेरा इस्तेमाल", "मेरा वाला", "আমারটা", "ใช้ของ",
)  # fmt: skip

_DOOR_WORDS = frozenset(_DOORS)
_WORDS = WordList((*_DOORS, *_LENT))

#: What follows a door, and then the next one.
_CODE = lazily(rf"[^\W\d_]{{0,8}}\s?[:=–-]?\s?#?(?P<code>[0-9]{{4,6}}[A-Z#*]?)(?![0-9A-Za-z²]){UNIT}")
_NEXT = lazily(
    rf"[^\n]{{0,70}}?[,;/·]\s[^\W\d_][^\n0-9]{{2,26}}\s?(?P<code>[0-9]{{4,6}}[A-Z#*]?)(?![0-9A-Za-z²]){UNIT}"
)
_COUNTED = lazily(
    r"euro|€|\$|£|price|cost|preis|kosten|prix|precio|preço|prezzo|m²|route|invoice|rechnung|ticket|order|bus\b"
)

#: `…, lowell.k then Saffron8…`.
_THEN = lazily(
    r"[^\n]{0,40}?[\s:,：，]\s?(?P<user>[\w@+-]+[._@][\w.@+-]*|[a-z][a-z0-9_-]{2,30})[\s,]{1,2}"
    r"(?:(?:and )?then|dann|und dann|puis|et puis|luego|y luego|después|depois|e depois|poi|e poi|dan|en dan"
    r"|potem|i potem|pak|a pak|sen|sedan|så|deretter|derefter|sitten|sonra|lalu|terus|rồi|потом|затем|потім"
    r"|μετά|和|然后|のあと|그다음|ثم|بعد|ואז|फिर|তারপর|แล้ว|/|,)\s[\"'`“]?(?P<value>[^\s\"'`,;]{6,64})"
)


def has_listed_door(hay: Haystack) -> bool:
    """Two doors with a code each in one line, or somebody's login lent: a user, "then", a password."""
    if not hay.has_digit:
        return False
    for word, start, end in _WORDS.spots(hay, begins=bool):
        if word not in _DOOR_WORDS:
            lent = _THEN.match(hay.text, end, end + 130)
            if lent is not None:
                value = trimmed(lent["value"])
                inner = any(map(str.isdigit, value[1:])) and any(map(str.isupper, value))
                if inner and looks_chosen(value, least=3):
                    return True
            continue
        code = _CODE.match(hay.text, end, end + 30)
        if code is None or code["code"].startswith(("19", "20")):
            continue
        other = _NEXT.match(hay.text, code.end(), code.end() + 120)
        if other is None or other["code"] == code["code"] or other["code"].startswith(("19", "20")):
            continue
        if not _COUNTED.search(hay.lowered, max(0, start - 60), other.end() + 80):
            return True
    return False
