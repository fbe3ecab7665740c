"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import smart_router
from smart_router import lazily as module
from smart_router.lazily import compile_all, lazily


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The patterns of this test alone."""
    own: list[object] = []
    monkeypatch.setattr(module, "_made", own)
    return own


def test_a_pattern_is_compiled_when_it_is_first_used(made: list[object]) -> None:
    wrong = lazily("(")
    assert wrong.pattern == "("
    with pytest.raises(re.error):
        wrong.search("")


def test_it_does_what_the_compiled_one_does(made: list[object]) -> None:
    pattern = lazily("B+", re.IGNORECASE)
    assert pattern.findall("abBc") == ["bB"]
    assert pattern.sub("-", "abBc") == "a-c"
    assert pattern.fullmatch("bbb") is not None
    assert pattern.groups == 0


def test_all_are_compiled_at_once(made: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    pattern = lazily("b")
    assert compile_all() == 1
    monkeypatch.setattr(re, "compile", None)
    assert pattern.search("abc") is not None


def test_every_pattern_of_the_library_compiles() -> None:
    for found in pkgutil.walk_packages(smart_router.__path__, "smart_router."):
        if found.name.startswith(("smart_router.signals", "smart_router.classify")):
            importlib.import_module(found.name)
    assert compile_all() > 200
