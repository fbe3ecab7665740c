"""Aliases at the start of a message."""

from __future__ import annotations

from typing import Any

import pytest

from smart_router.policy import take_alias
from smart_router.registry import default_registry, parse_registry
from smart_router.request import Overrides

ALIASES = parse_registry(
    "aliases: {fast: {strategy: latency_first}, big: {model: gpt-4o}, home: {local_only: true}}"
)


def user(content: Any) -> dict[str, Any]:
    return {"role": "user", "content": content}


def test_an_alias_is_obeyed_and_not_sent_on() -> None:
    messages, overrides, local_only = take_alias([user("@fast what is this?")], Overrides(), ALIASES)
    assert messages == (user("what is this?"),)
    assert overrides.strategy == "latency_first"
    assert not local_only


def test_an_alias_in_a_message_of_parts_is_obeyed() -> None:
    parts = [{"type": "image_url", "image_url": {"url": "x"}}, {"type": "text", "text": "@big look"}]
    messages, overrides, _ = take_alias([user(parts)], Overrides(), ALIASES)
    assert messages[0]["content"][1] == {"type": "text", "text": "look"}
    assert overrides.model == "gpt-4o"
    assert parts[1]["text"] == "@big look", "the caller's own messages stay as they are"


def test_an_alias_of_an_earlier_message_is_not_sent_and_not_obeyed() -> None:
    messages, overrides, _ = take_alias(
        [user("@big one"), {"role": "assistant", "content": "@big"}, user("two")], Overrides(), ALIASES
    )
    assert messages[0]["content"] == "one"
    assert messages[1]["content"] == "@big"
    assert overrides == Overrides()


def test_an_alias_can_keep_everything_local() -> None:
    assert take_alias([user("@home my diary")], Overrides(), ALIASES)[2]


@pytest.mark.parametrize(
    "text", ["@someone hello", "mail me @fast", "@fastest one", "@", "fast", "@fast-er x"]
)
def test_other_words_after_an_at_sign_are_left_alone(text: str) -> None:
    messages, overrides, _ = take_alias([user(text)], Overrides(), ALIASES)
    assert messages == (user(text),)
    assert overrides == Overrides()


def test_what_the_caller_says_in_the_body_wins_over_an_alias() -> None:
    _, overrides, _ = take_alias([user("@fast x")], Overrides(strategy="quality_first"), ALIASES)
    assert overrides.strategy == "quality_first"


def test_without_aliases_nothing_is_touched() -> None:
    messages, _, _ = take_alias([user("@fast x")], Overrides(), default_registry())
    assert messages == (user("@fast x"),)
