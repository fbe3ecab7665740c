"""Kinds of requests have one name each, on the page, in the status line and in sentences."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from smart_router.classify.types import Intent
from smart_router.policy import Context
from smart_router.policy.words import FOR, INTENT_NAMES, NAMES, ROUTE_NAMES
from smart_router.registry.vocabulary import RouteName
from smart_router.request import Overrides

from .world import HOSTED, LOCAL, THREE, asked, catalog_of, choose

CODES_TS = Path(__file__).parents[3] / "admin_pages/observability/ui/src/lib/texts/codes.ts"


def on_the_page(table: str) -> dict[str, str]:
    """One table of the page's texts, code → name."""
    found = re.search(rf"\b{table}: \{{(.*?)\}} as Record", CODES_TS.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return dict(re.findall(r"(\w+): '([^']+)'", found[1]))


def test_the_page_uses_the_same_names() -> None:
    assert on_the_page("intents") == INTENT_NAMES
    assert on_the_page("routes") == ROUTE_NAMES
    complexities = on_the_page("complexities")
    assert complexities == {code: code for code in ("simple", "medium", "hard")}


def test_every_intent_and_every_route_has_a_name() -> None:
    assert set(INTENT_NAMES) == set(get_args(Intent))
    assert set(NAMES) == set(FOR) == set(get_args(RouteName))


@pytest.mark.parametrize("intent", get_args(Intent))
def test_the_status_line_and_the_sentence_use_them(intent: Intent) -> None:
    decision = choose(asked(intent), THREE)
    assert decision.note.startswith(f"{INTENT_NAMES[intent]} · medium · ")
    assert decision.sentence.startswith(f"Understood as {INTENT_NAMES[intent]}, medium. ")


def test_an_override_is_named_too() -> None:
    decision = choose(asked("chat"), THREE, context=Context(overrides=Overrides(intent="rag")))
    assert decision.note.startswith("Documents · medium · ")


def test_the_reason_for_being_too_small_uses_them() -> None:
    decision = choose(asked("math", "hard"), catalog_of((*LOCAL, *HOSTED)))
    why = {c.backend: c.sentence for c in decision.candidates}["gemma:2b"]
    assert why == "2B parameters are few for this (Maths, hard: at least 8B)"
