"""Illnesses that are taught, looked into or run for: first-aid courses, research, campaigns."""

from __future__ import annotations

from ...lazily import lazily

#: Behind the illness: its signs, the research into it, the run for it.
_BEHIND = lazily(
    r"[^\W\d_]{0,14}[ -]?(?:signs?\b|symptoms?\b|warning|first aid|recognition|research|awareness|prevention"
    r"|drills?\b|forsch\w+|forskning\w*|onderzoek\w*|tutkimu\w+|araştırma\w*|fonden\w*|fondet\w*|stiftung\w*"
    r"|vorsorge\w*|tage?\b|galopp\w*|loppet|løpet|løbet|anzeichen|symptome\w*)",
)
#: Before it: a course, its signs, research, a run against it.
_BEFORE = lazily(
    r"(?<![^\W\d_])(?:(?:signs?|symptoms?) of|(?:spot|recogni[sz]e|teach|treat|handle)(?:ing|es)?"
    r"|cpr|defibrillat\w*|first[- ]aid|erste[- ]hilfe\w*|premiers secours|primeros auxilios"
    r"|primeiros socorros"
    r"|primo soccorso|ehbo|pierwsz\w+ pomoc\w*|první pomoc\w*|första hjälpen|førstehjelp\w*"
    r"|førstehjælp\w*|ensiapu\w*"
    r"|ilk yardım\w*|elsősegély\w*|prim ajutor|первой помощи|первая помощь|першої допомоги|πρώτες βοήθειες"
    r"|(?:research|study|studies) (?:into|on|for)|recherche (?:contre|sur)|investigación (?:contra|del?"
    r"|sobre)"
    r"|ricerca (?:contro|su\w*)|pesquisa (?:contra|do|sobre)|forschung (?:gegen|zu)"
    r"|(?:fight|run|walk|race|ride|swim) (?:against|for)|(?:lucha|luta|lotta|lutte|kampf|strijd|walk\w*"
    r"|boj|bieg\w*"
    r"|carrera|corrida|corsa|course|marche) (?:contra|contro|al|alla|à|gegen|tegen|z|ze|proti|contre)"
    r"|badania nad|výzkum\w*|na badania|борьб\w+ с|боротьб\w+ з"
    r"|explains? (?:why|how)|explica por qué|explica como|explica cómo|explique (?:pourquoi|comment)"
    r"|spiega (?:perché|come)|erklärt,? (?:warum|wie)|erzählt,? (?:warum|wie)|legt uit (?:waarom|hoe)"
    r"|wyjaśnia,? (?:dlaczego|jak)|vysvětluje,? (?:proč|jak)|förklarar (?:varför|hur)"
    r"|forklarer (?:hvorfor|hvordan)"
    r"|kertoo,? (?:miksi|miten)|объясняет,? (?:почему|как)|пояснює,? (?:чому|як)|εξηγεί (?:γιατί|πώς))"
    r"(?![^\W\d_])[^.!?\n]{0,34}$",
)


def is_taught(window: str, start: int, end: int) -> bool:
    """Whether the illness there is what a course, research or a run is about."""
    text = window[max(0, start - 90) : end + 30].lower()
    at = min(start, 90)
    return _BEHIND.match(text, at + end - start) is not None or _BEFORE.search(text, 0, at) is not None
