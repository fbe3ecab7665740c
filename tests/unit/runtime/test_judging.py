"""The judge reads the whole chat: it must be one that might have answered it."""

from __future__ import annotations

import pytest

from smart_router.policy import Candidate, Decision
from smart_router.registry.types import Backend, Catalog
from smart_router.runtime.judging import pick_judge

CATALOG = Catalog(
    {
        "big": Backend("big", "Big", output_usd_per_mtok=10.0),
        "dear": Backend("dear", "Dear", output_usd_per_mtok=5.0),
        "cheap": Backend("cheap", "Cheap", output_usd_per_mtok=1.0),
        "unknown": Backend("unknown", "Unknown"),
    }
)


def decision(**excluded: str | None) -> Decision:
    return Decision("big", tuple(Candidate(name, excluded=why) for name, why in excluded.items()))


def test_unnamed_it_is_the_cheapest_other_one() -> None:
    assert pick_judge(decision(big=None, unknown=None, dear=None, cheap=None), CATALOG, "") == "cheap"
    assert pick_judge(decision(big=None, unknown=None, dear=None, cheap="size"), CATALOG, "") == "cheap"
    assert pick_judge(decision(big=None, unknown=None), CATALOG, "") == "unknown"
    assert pick_judge(decision(big=None), CATALOG, "") is None


def test_whoever_is_named_grades_also_what_it_wrote_itself() -> None:
    tried = decision(big=None, dear=None, cheap=None)
    assert pick_judge(tried, CATALOG, "dear") == "dear"
    assert pick_judge(tried, CATALOG, "big") == "big"


@pytest.mark.parametrize(
    "why", ["no_access", "not_local", "sensitive", "denied", "group", "not_in_route", "breaker_open"]
)
def test_nobody_grades_who_may_not_read_the_chat(why: str) -> None:
    tried = decision(big=None, dear=None, cheap=why)
    assert pick_judge(tried, CATALOG, "cheap") is None
    assert pick_judge(tried, CATALOG, "") == "dear"
