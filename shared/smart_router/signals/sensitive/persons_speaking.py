"""Speakers in a transcript or a chat who tell of their own illness."""

from __future__ import annotations

from ...lazily import lazily
from .anchored import Window
from .given_names import GIVEN
from .name_checks import is_name
from .name_topics import MEDIA
from .names_listed_uncased import is_name_cell
from .persons_cased import NAME

#: Who speaks, at the beginning of a line; a time may stand before.
_LABEL = lazily(
    r"(?P<time>[-*>]{0,2}\s?[\[(]?[0-9][0-9:./, -]{1,20}(?:[AaPp]\.?[Mm]\.?)?[\])]?\s?[-–]?\s?)?"
    rf"[*_]{{0,2}}(?P<name>{NAME}(?:\s{NAME}){{0,2}}|[\u0590-\ud7a3][\u0590-\ud7a3 ·]{{1,20}})"
    r"(?:\s\([^)\n]{1,16}\))?[*_]{0,2}\s?[:：]"
)
#: The speaker, close before the illness or behind it.
_SELF = lazily(
    r"(?<![^\W\d_])(?:I|i|I['’]?(?:ve|m|d)|my|me|ich|mir|mich|mein\w{0,2}|je|j['’]\w+|mon|ma|mes|yo|mi"
    r"|tengo|tuve"
    r"|padezco|eu|meu|minha|tenho|tive|io|mio|mia|ho|soffro|ik|mijn|mam|mnie|mój|moj\w{1,3}|choruję"
    r"|miałe?m|miałam"
    r"|já|mám|mi|můj|nekem|vagyok|kaptam|am|mea|jag|mig|mitt|jeg|meg|mit|minä|minulla|mulla|sairastan"
    r"|sain|ben|bana"
    r"|bende|benim|saya|aku|tôi|mình|я|мне|меня|мой|моя|мене|мені|мій|μου|έχω|πάσχω|εμένα)(?![^\W\d_])"
    r"|我|私|僕|俺|うち|나는|저는|제가|내가|저도|أنا|عندي|لدي|أعاني|إصابتي|من هم|دارم|אני|יש לי|मुझे|मैं|मेर|আমার"
    r"|আমি|ผม|ฉัน|หนู|เรา"
)
_OTHERS = lazily(
    r"(?<![^\W\d_])(?:article|read|reading|study|book|watched|series|film|patients|wrote|dream\w*|joke"
    r"|what if|if i)"
    r"(?![^\W\d_])",
)
#: So far before the illness, and behind it, the speaker's word may stand.
_NEAR = 60
_BEHIND = 16


def names_speaker(window: Window, clear: list[tuple[int, int]]) -> bool:
    """Whether a line begins with somebody's name, and tells one of the `clear` illnesses as the speaker's."""
    if ":" not in window and "：" not in window:
        return False
    for start, end in clear:
        first = window.rfind("\n", 0, start) + 1
        label = _LABEL.match(window, first, start)
        if label is None or not _is_speaker(label["name"], label["time"] is not None):
            continue
        told = max(label.end(), start - _NEAR)
        if _SELF.search(window, told, min(len(window), end + _BEHIND)) and not _OTHERS.search(
            window.lowered, told, start
        ):
            return not MEDIA.occurs(window)
    return False


def _is_speaker(name: str, timed: bool) -> bool:
    """A full name, or a known given one behind a time."""
    if name[0] >= "\u0590":
        return is_name_cell(name.strip())
    words = name.split()
    if name.isupper() or not is_name(name):
        return False
    return len(words) > 1 or (timed and words[0].lower() in GIVEN)
