"""Regular expressions and globs that operators write."""

from __future__ import annotations

import pytest

from smart_router.registry.patterns import Pattern, PatternError, fits

ENGINES = pytest.mark.parametrize("engines", [("re2",), ("regex",)])


@ENGINES
def test_a_pattern_is_searched_anywhere_without_regard_to_case(engines: tuple[str, ...]) -> None:
    pattern = Pattern(r"\bselect\b.+\bfrom\b", engines)
    assert pattern.found_in("please SELECT a, b FROM c")
    assert not pattern.found_in("a selection")
    assert Pattern("größe", engines).found_in("die GRÖSSE oder Größe")


@ENGINES
@pytest.mark.parametrize("text", ["(a", r"(a)\1", "a(?=b)", "(?<!a)b", "*", "x" * 1001])
def test_what_re2_does_not_take_is_refused_on_every_engine(engines: tuple[str, ...], text: str) -> None:
    with pytest.raises(PatternError):
        Pattern(text, engines)


@ENGINES
def test_no_pattern_can_make_a_chat_hang(engines: tuple[str, ...]) -> None:
    # Exponential on a backtracking engine: with 5,000 letters it would outlast the universe.
    assert not Pattern(r"(a+)+$", engines).found_in("a" * 5_000 + "!")
    assert not Pattern(r"(a|aa)+b(c|cc)+$", engines).found_in("aa" * 2_500)


def test_without_any_engine_patterns_are_refused_with_what_to_install() -> None:
    with pytest.raises(PatternError, match="google-re2 or regex"):
        Pattern("a", ("no_such_engine",))


def test_the_first_engine_that_is_installed_is_used() -> None:
    assert Pattern("a", ("no_such_engine", "regex")).found_in("xAx")


@pytest.mark.parametrize(
    ("pattern", "backend", "expected"),
    [
        ("gpt-4*", "GPT-4o-mini", True),
        ("gpt-4?", "gpt-4o", True),
        ("gpt-4?", "gpt-4o-mini", False),
        ("gpt-4o", "gpt-4o-mini", False),
        ("mistral:7b", "mistral:7b", True),
        ("*/claude-*", "anthropic/claude-opus-4.5", True),
        ("a[b]c", "a[b]c", True),
        ("a[b]c", "abc", False),
        ("a.c", "abc", False),
    ],
)
def test_only_star_and_question_mark_are_special_in_a_glob(
    pattern: str, backend: str, expected: bool
) -> None:
    assert fits(pattern, backend) is expected
