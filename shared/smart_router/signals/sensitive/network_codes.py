"""The code of a network: `koden til sommerhusets netværk er Xy7…`, `verkon koodi on Xy7…`."""

from __future__ import annotations

from ...lazily import lazily
from .haystack import Haystack
from .looks import is_placeholder, looks_chosen, trimmed

_NETWORKS = (
    r"(?:(?<![^\W\d_])(?:\w{0,8}(?:netværk|nettverk|nätverk|verkko)\w*|nettet|nätet|netti\w*|verkon|verkossa"
    r"|netz(?:es|werk\w*)?|network|wi-?fi\w*|wlan\w*|internett?\w*|bredbånd\w*|bredband\w*|broadband"
    r"|hotspot\w*"
    r"|router\w*|ruter\w*|modem\w*|trådløs\w*|trådlös\w*|réseau|red|rede|rete|sie[ćc]\w*|síť\w*|sít[ěi]\w*"
    r"|netwerk\w*|hálózat\w*|rețe\w+|mrež\w+|ağ\w{0,3}|jaringan|mạng|сет[ьи]|мереж\w+|мреж\w+|вай-?фа\w+"
    r"|роутер\w*|інтернет\w*|интернет\w*|δικτύο\w|δίκτυο)(?![^\W\d_])"
    r"|网络|網路|无线|ネット|네트워크|인터넷|شبكة|الشبكة|شبکه|רשת|नेटवर्क|নেটওয়ার্ক|เครือข่าย|เน็ต)"
)
_GIVEN = (
    r"(?:[:=：]|(?<![^\W\d_])(?:is|er|är|on|ist|lautet|est|es|é|è|to|jest|je|este|van|là|adalah|это|це|е"
    r"|είναι)"
    r"(?![^\W\d_])|是|は|는|은|هو|هي|است|הוא|है|হল|คือ|\s[-–—]\s)\s?[\"'“„«`]?(?P<value>[^\s\"'”»`,;]{6,40})"
)
_BEHIND = lazily(rf"[^\n.;?!:=0-9]{{0,36}}?{_NETWORKS}[^\n.;?!:=0-9]{{0,24}}?{_GIVEN}")
_AT_ONCE = lazily(rf"[^\n.;?!:=0-9]{{0,24}}?{_GIVEN}")
_BEFORE = lazily(
    rf"{_NETWORKS}[^\n.;?!]{{0,4}}$"
    r"|(?:netværk|nettverk|nätverk|netzwerk|netwerk|wlan|wi-?fi|internet|verkko|hálózati?|router|ruter|bredband"
    r"|bredbånd|gæstenet|gästnät|gjestenett)s?-?$"
)
#: Languages that need no verb there.
_BARE = lazily(r"[^\W\d_]{0,3}\s[\"'“„«`]?(?P<value>[^\s\"'”»`,;]{6,40})")
_BARE_WORDS = ("kód", "код", "كود", "קוד", "kodu")


def is_network_code(hay: Haystack, word: str, start: int, end: int) -> bool:
    """Whether `word` for a code there has a network beside it, and the network's password behind it."""
    found = _BEHIND.match(hay.lowered, end, end + 120)
    if found is None:
        if _BEFORE.search(hay.lowered[max(0, start - 24) : start]) is None:
            return False
        found = _AT_ONCE.match(hay.lowered, end, end + 80)
        if found is None and word.startswith(_BARE_WORDS):
            found = _BARE.match(hay.lowered, end, end + 60)
        if found is None:
            return False
    value = trimmed(hay.text[found.start("value") : found.end("value")])
    return looks_chosen(value, least=2) and any(map(str.isdigit, value)) and not is_placeholder(value)
