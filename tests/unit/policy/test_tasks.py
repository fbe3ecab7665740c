"""Open WebUI's background tasks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smart_router.policy import Context, Previous
from smart_router.request import Overrides, Preferences

from .world import HOSTED, LOCAL, NOW, asked, catalog_of, choose

TITLE = Context(task="title_generation")


def test_a_title_goes_to_the_cheapest_capable_backend() -> None:
    decision = choose(asked("summarize", "hard", task="title_generation"), catalog_of(HOSTED), context=TITLE)
    assert (decision.chosen, decision.reason) == ("gpt-4.1-nano", "task")
    assert decision.parameters == {}


def test_a_title_does_not_push_a_loaded_model_out_of_memory() -> None:
    models = [replace(LOCAL[0], loaded=False), replace(LOCAL[3], loaded=True)]
    title = asked("summarize", "simple", task="title_generation")
    assert choose(title, catalog_of(models), context=TITLE).chosen == "mistral:7b"
    assert choose(title, catalog_of([*models, HOSTED[3]]), context=TITLE).chosen in (
        "mistral:7b",
        "gpt-4.1-nano",
    )


def test_the_model_that_has_just_answered_is_in_memory() -> None:
    context = replace(TITLE, previous=Previous("phi3:3.8b", NOW - 2))
    assert choose(asked("summarize", "simple"), catalog_of(LOCAL), context=context).chosen == "phi3:3.8b"


def test_with_nothing_in_memory_a_title_still_gets_written() -> None:
    assert choose(asked("summarize", "simple"), catalog_of(LOCAL), context=TITLE).chosen is not None


@pytest.mark.parametrize("task", ["function_calling", "query_generation"])
def test_tasks_that_prepare_the_answer_go_to_the_chats_own_backend(task: str) -> None:
    context = Context(task=task, previous=Previous("gpt-4o", NOW - 2))
    decision = choose(asked("extract", "simple", task=task), catalog_of(HOSTED), context=context)
    assert (decision.chosen, decision.reason) == ("gpt-4o", "chat_backend")


def test_a_users_strategy_does_not_make_titles_dear() -> None:
    context = replace(
        TITLE, preferences=Preferences(priority="quality"), overrides=Overrides(strategy="quality_first")
    )
    assert choose(asked("summarize", "simple"), catalog_of(HOSTED), context=context).chosen == "gpt-4.1-nano"
