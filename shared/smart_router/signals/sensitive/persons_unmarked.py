"""Persons whose names are no capitalised words: initials in files, and names in small letters.

Who writes everything small writes names so too. Then a name is what stands between "my sister" and a
verb, unless it is one of the words that stand there otherwise.
"""

from __future__ import annotations

import re
from functools import cache

from ...lazily import lazily
from .anchored import Anchored
from .kin import KIN_EN, KIN_LATIN, KIN_SLAVIC, MY_LATIN, MY_SLAVIC, PATIENT

_INITIALS = r"[A-ZÀ-ÖØ-ÞŁŚŻА-Я]\.\s?(?:[A-ZÀ-ÖØ-ÞŁŚŻА-Я]\.\s?){1,2}"
_AGED = (
    r",?\s?\(?(?:lat |aged? )?[0-9]{1,3}\s?(?:[mfwkMFWKж]\b|y\b|yo\b|y/o|years?|yrs?|j\.|jahre|J\b|ans|años"
    r"|anos|anni|jaar|lat|år|лет|г\.|г\b|\)|,)"
)

#: Initials of a patient, or with an age behind them.
_INITIALED = (
    Anchored(rf"\b(?i:{PATIENT})(?:\s|: ?|, ?)(?:name\s|initials?:?\s)?{_INITIALS}"),
    Anchored(rf"\b{_INITIALS}{_AGED}"),
)

#: Words in small letters that stand between a relative and a verb.
_NO_NAME = (
    r"who|that|which|also|just|still|now|never|always|often|only|really|recently|already|currently|probably"
    r"|maybe|both|has|had|was|is|are|and|but|not|she|he|they|sometimes|usually|once|then|one|said|says"
    r"|told|asked|tongue|group|here|there|suddenly|actually|definitely|finally|law|side|family|doctor"
    r"|auch|schon|seit|immer|gerade|jetzt|nicht|noch|nur|die|der|und|selbst|leider|wahrscheinlich|heute"
    r"|aussi|qui|déjà|encore|toujours|maintenant|vraiment|elle|lui|souvent|ne|n|a|est|que|siempre|también"
    r"|ya|aún|todavía|nunca|casi|solo|pero|ella|ahora|tampoco|sempre|também|já|ainda|não|nunca|só|mas|ela"
    r"|anche|già|ancora|non|mai|solo|ma|che|però|adesso|ook|nog|altijd|nu|niet|maar|die|zelf|też|już"
    r"|zawsze|nie|ale|teraz|która|który|också|redan|alltid|inte|men|nu|som|bara|også|ikke|alltid|nå|nok"
    r"|тоже|уже|всегда|очень|не|но|сейчас|часто|только|никогда|сильно|давно|снова|опять|вчера|сегодня"
    r"|который|которая|теж|вже|завжди|дуже|ще|зараз"
)
_VERB = (
    r"is|was|has|had|got|takes|took|needs|suffers|suffered|struggles|struggled|broke|lost|tested|relapsed"
    r"|drinks|stopped|started|died|can't|cant|keeps|tried|'s|ist|hat|war|nimmt|bekam|leidet|hatte|trinkt"
    r"|est|a|avait|prend|souffre|boit|était|refuse|tiene|está|toma|tuvo|sufre|es|bebe|tomó|tem|teve|sofre"
    r"|é|ha|soffre|prende|è|aveva|beve|heeft|slikt|kreeg|had|ma|jest|choruje|miał|miała|bierze|pije|har"
    r"|är|fick|tar|fikk|fik|er|dricker|drikker|болеет|страдает|наркоман\w*|алкоголи\w+|принимает|перен[её]с"
    r"|пьёт|пьет|беременна|хворіє|страждає|п'є|приймає|вагітна|має"
)
_SMALL = rf"(?!(?:{_NO_NAME})\b)[^\W\d_]{{3,14}}(?<!ly)(?<!mente)(?<!ment)"
_LOWER = (
    rf"\b(?:my|our) (?:[a-z-]{{2,12}} )?{KIN_EN},? {_SMALL},? (?:{_VERB})(?![\w])",
    rf"\b(?:{MY_LATIN})\s(?:{KIN_LATIN}),?\s{_SMALL},?\s(?:{_VERB})(?![\w])",
    rf"\b(?:{MY_SLAVIC})\s(?:{KIN_SLAVIC}),?\s{_SMALL},?\s(?:{_VERB})(?![\w])",
    rf"\b(?:my name is|my name's|i am|i'm|ich heiße|mein name ist|je m'appelle|me llamo|meu nome é|mi chiamo"
    rf"|меня зовут|мене звати)\s{_SMALL}\s(?!(?:{_NO_NAME}|{_VERB})\b)[^\W\d_]{{3,16}},?\s(?:and|und|et|y"
    rf"|e|и|та|і)\s"
    rf"(?:i|ich|je|j'ai|tengo|tenho|ho|у)\b",
    rf"\b(?:mr|mrs|ms|miss|frau|herr|señora?|sra|signora?|madame|monsieur|pani|fru) (?!(?:{_NO_NAME})\b)"
    rf"[a-zß-ÿ]{{3,14}},? (?:{_VERB})(?![\w])",
)
_CAPITALISED = lazily(r"[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][a-zß-ÿа-яα-ω]")


@cache
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    # Only when a text needs it: compiling takes longer than looking.
    return re.compile("|".join(patterns))


def names_unmarked(window: str) -> bool:
    """Whether `window` has a patient's initials, or a relative's name in a text without capitals."""
    if "." in window and any(pattern.occurs(window) for pattern in _INITIALED):
        return True
    return _CAPITALISED.search(window) is None and _compiled(_LOWER).search(window) is not None
