"""Tables of texts, judged in one test each: a test per text costs several times what judging it does."""

from __future__ import annotations

from collections.abc import Callable, Collection

from smart_router.signals.sensitive import find_sensitive

Right = Callable[[tuple[str, ...]], bool]


def has(kind: str) -> Right:
    return lambda found: kind in found


def lacks(kind: str) -> Right:
    return lambda found: kind not in found


def at_most(*kinds: str) -> Right:
    return lambda found: set(found) <= set(kinds)


def exactly(*kinds: str) -> Right:
    return lambda found: found == kinds


def assert_each(texts: Collection[str], right: Right) -> None:
    """Fails with every text whose kinds are not right, and with what was found in it."""
    assert texts
    wrong = [f"{text!r}: {found}" for text in texts if not right(found := find_sensitive(text))]
    assert not wrong, "\n" + "\n".join(wrong)
