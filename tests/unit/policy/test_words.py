"""Kinds of requests have one name each, on the page, in the status line and in sentences."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import get_args

import pytest

from smart_router.classify.types import INTENT_NAMES, Intent
from smart_router.policy import Context, explain, refusal
from smart_router.policy.words import FOR, NAMES, ROUTE_NAMES
from smart_router.records.types import Outcome
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
    # The page takes filters of a shared address for unknown by these lists.
    assert set(on_the_page("outcomes")) == set(get_args(Outcome))


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


def test_the_page_has_words_for_every_reason_every_refusal_and_every_exclusion() -> None:
    policy = Path(explain.__file__).parent
    refusals = {
        node.args[0].value
        for node in ast.walk(ast.parse((policy / "decide.py").read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "_refused"
        and isinstance(node.args[0], ast.Constant)
    }
    assert "no_backend" in refusals
    refusals |= {*refusal.REFUSALS, "no_local", "sensitive", "preset", "nothing_left"}
    # Before the policy sees it: runtime/recording.py.
    refusals.add("invalid_request")
    assert set(explain.REASONS) | {f"refused_{code}" for code in refusals} == set(on_the_page("reasons"))
    exclusions = set(
        re.findall(r'Constraint\(\s*"(\w+)"', "".join((policy / f).read_text("utf-8") for f in MAKERS))
    )
    assert exclusions == set(on_the_page("excluded"))


MAKERS = ("constraints.py", "decide.py", "relax.py")
