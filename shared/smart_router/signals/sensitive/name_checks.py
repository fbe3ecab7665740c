"""Whether a capitalised word is a name: no heading, no illness, no firm, no German noun."""

from __future__ import annotations

from ...lazily import lazily
from .given_names import GIVEN
from .medical_words import CLEAR, VAGUE
from .name_context import EPONYMS, NO_NAMES

#: Words that begin so are illnesses and no names; short ones would take names along.
CLEAR_START = tuple(word for word in CLEAR if len(word) >= 5)
_SHORT = frozenset(word for word in CLEAR if len(word) < 5)
VAGUE_START = tuple(word for word in VAGUE if len(word) >= 6)

#: In German any noun is capitalised: only a known given name makes two of them a person's.
NOUNS_CAPITAL = lazily(r"\b(?:und|ist|nicht|der|das|ein|eine|für|mit)\b")

DOES = lazily(
    r"\s(?:hat|hatte|ist|war|fällt|fehlt|bekommt|bekam|nimmt|leidet|kann|darf|wird|wurde|kommt|liegt"
    r"|möchte|braucht)\b"
)

#: What makes the name a firm's.
FIRM = lazily(r"\s(?:\w+\s)?(?:Ltd|LLC|Inc|GmbH|AG|KG|B\.?V\.?|S\.?A\.?|S\.?p\.?A|Corp|plc|AB|Oy|Pty)\b")


#: `Besondere Vorsicht`, `Regelmäßige Kontrollen`: an adjective and what was done, in German.
_GERMAN_NOUN = lazily(
    r"[A-ZÄÖÜ]\w{3,}(?:e|er|es|en|em)\s[A-ZÄÖÜ]\w*(?:ung|ungen|heit|keit|heiten|keiten|schaft|tion|tionen"
    r"|tät|sicht"
    r"|nahmen?|weise|wirkung|stoffe?|mittel|kontrollen?|patienten|dosis|therapie|störung\w*|fälle[n]?)"
)


def is_name(name: str) -> bool:
    """No heading, no illness that is named after somebody."""
    if _GERMAN_NOUN.fullmatch(name) is not None and name.split()[0].lower() not in GIVEN:
        return False
    if name.isupper() and name.lower() in _SHORT:
        return False
    # Short capitals in an ordinary line are abbreviations.
    if not name.isupper() and any(
        word.isupper() and 1 < len(word) <= 4 and "." not in word for word in name.split()
    ):
        return False
    words = [word.strip(".'’-").removesuffix("'s").removesuffix("’s").lower() for word in name.split()]
    return not any(
        word in NO_NAMES or word in EPONYMS or word.startswith(CLEAR_START) or word.startswith(VAGUE_START)
        for word in words
        if len(word) > 1
    )
