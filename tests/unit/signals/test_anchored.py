"""Patterns that are tried at some words alone find what they find when they are searched for everywhere."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from smart_router.signals import sensitive
from smart_router.signals.sensitive import persons_lower, persons_unmarked
from smart_router.signals.sensitive.anchored import Anchored, Window, beginnings
from smart_router.signals.sensitive.persons_cased import _CASED, begins_in, cased

DATA = Path(__file__).resolve().parents[2] / "bench" / "data"
TEXTS = [
    json.loads(line)["reversed"][::-1]
    for path in sorted(DATA.glob("sensitive-*.jsonl"))
    for line in path.read_text("utf-8").splitlines()[::3]
]
ODD = [
    "MY SıSTER ANNA MEYER, ſister Anna Meyer, 5dogs, _dogs, İstanbul: my brother İlhan Kaya",
    "ΓΙΟΣ μου Νίκος Παππάς, ο γιοσ μου Νίκος Παππάς has flu; \u212aolleg\u0131n Anna Meyer",
]
PATTERNS = {
    f"{module.name}.{name}": pattern
    for module in iter_modules(sensitive.__path__)
    for name, pattern in vars(import_module(f"{sensitive.__name__}.{module.name}")).items()
    if isinstance(pattern, Anchored)
}
PATTERNS |= {f"lower {n}": pattern for n, (_, pattern) in enumerate(persons_lower._compiled())}
PATTERNS |= {f"initialed {n}": pattern for n, pattern in enumerate(persons_unmarked._INITIALED)}


#: Each is read into its words once, as a text is.
WINDOWS = [Window(text) for text in (*TEXTS, *ODD)]


def spans(found: object) -> list[tuple[int, int]]:
    return [match.span() for match in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", PATTERNS)
def test_an_anchored_pattern_finds_what_a_search_finds(name: str) -> None:
    pattern = PATTERNS[name]
    plain = re.compile(pattern._source, pattern._flags)
    for window in WINDOWS:
        assert spans(pattern.finditer(window)) == spans(plain.finditer(window)), window


@pytest.mark.parametrize("number", range(len(_CASED)))
def test_a_way_of_naming_finds_what_a_search_finds(number: int) -> None:
    source, way = _CASED[number][1], cased()[number]
    plain = re.compile(source)
    before = source.partition("(?P<name>")[0]
    small = re.compile(f"(?={before.replace('(?i:', '(?:')})") if "(?i:" in before else None
    for window in WINDOWS:
        found = spans(way.find(window, begins_in(window)))
        if small is None:
            assert found == spans(plain.finditer(window)), window
        else:
            places = [place.start() for place in small.finditer(window.lowered)]
            assert found == spans(filter(None, (plain.match(window, place) for place in places))), window


def test_most_patterns_are_tried_at_some_words_alone() -> None:
    known = [name for name, pattern in PATTERNS.items() if pattern._beginnings is not None]
    assert len(known) > 0.8 * len(PATTERNS), set(PATTERNS) - set(known)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\b(?:my|our) dog", (set(), set(), set(), {"my\0", "our\0"})),
        (r"\bdogs?\b", (set(), set(), {"dog"}, {"dogs"})),
        (r"(?<![^\W\d_])Kat[tz]e\w*", (set(), set(), set(), {"katt", "katz"})),
        (r"(?=\ba{2,3}(?i:B))", (set(), set(), {"aab"}, {"aaab"})),
        (r"\ba[^x]", ({"a"}, set(), set(), set())),
    ],
)
def test_beginnings_are_read_off_a_pattern(pattern: str, expected: tuple[set[str], ...]) -> None:
    assert beginnings(pattern) == expected


@pytest.mark.parametrize(
    "pattern", ["dog", r"\b\w+ dog", r"\bdog|cat", r"(?<!\.)dog", r"(?<!\W)dog", r"\b(?:dog)?"]
)
def test_of_what_may_begin_anywhere_nothing_is_said(pattern: str) -> None:
    assert beginnings(pattern) is None


def test_a_pattern_occurs_elsewhere_too() -> None:
    pattern = Anchored(r"\bcats?\b", re.IGNORECASE, elsewhere="猫")
    assert [pattern.occurs(Window(text)) for text in ("two Cats", "黑猫", "concatenate", "Katze")] == [
        True,
        True,
        False,
        False,
    ]
    assert pattern.occurs("a plain text with a CAT")
