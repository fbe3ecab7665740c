"""`when:` rules and groups: which of the registry's special cases this request is."""

from __future__ import annotations

import functools
from datetime import datetime
from zoneinfo import ZoneInfo

from ..classify.types import Classification
from ..registry.schema import Group, Registry, Rule, When


@functools.lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def matching_rule(
    registry: Registry, classification: Classification, groups: frozenset[str], now: float
) -> Rule | None:
    """The first rule whose conditions all hold. `groups` are ids and names; `now` epoch seconds."""
    if not registry.rules:
        return None
    hour = datetime.fromtimestamp(now, _zone(registry.timezone)).hour
    return next((r for r in registry.rules if holds(r.when, classification, groups, hour)), None)


def holds(when: When, classification: Classification, groups: frozenset[str], hour: int) -> bool:
    """Whether all of a rule's conditions hold; cheap ones are asked first."""
    s = classification.signals
    flags = (
        (when.tools, s.tools > 0),
        (when.images, s.images > 0),
        (when.files, s.files > 0),
        (when.json_mode, s.json_mode),
        (when.sensitive, s.sensitive),
        (when.has_code, s.code_share > 0),
    )
    if any(wanted is not None and wanted != is_so for wanted, is_so in flags):
        return False
    if when.language and s.language not in when.language:
        return False
    if when.intent and classification.intent not in when.intent:
        return False
    if when.complexity and classification.complexity not in when.complexity:
        return False
    for limits, value in ((when.tokens, s.input_tokens), (when.turns, s.turns)):
        if limits and not (limits.min or 0) <= value <= (value if limits.max is None else limits.max):
            return False
    if when.group and groups.isdisjoint(when.group):
        return False
    if when.hour and not when.hour.includes(hour):
        return False
    if when.contains:
        text = s.ask.casefold()
        if not any(part.casefold() in text for part in when.contains):
            return False
    return when.pattern is None or when.pattern.found_in(s.ask)


def groups_of(registry: Registry, memberships: frozenset[str]) -> tuple[Group, ...]:
    """The registry's entries for the groups of this user, in the registry's order."""
    if not registry.groups or not memberships:
        return ()
    return tuple(group for name, group in registry.groups.items() if name in memberships)
