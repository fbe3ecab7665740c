"""The table of figures that travels with the library."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from smart_router.assets import read_asset
from smart_router.classify.types import INTENTS
from smart_router.registry.figures import Figures, FiguresError, default_figures, read_figures
from smart_router.registry.names import identify


def table() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress(read_asset("registry/figures.json.gz")))
    return found


def test_the_table_says_where_it_is_from_and_of_when() -> None:
    provenance = default_figures().provenance
    assert provenance["date"]
    assert "LiteLLM" in provenance["facts"]
    assert "arena" in provenance["ratings"].lower()


def test_prices_of_a_makers_own_list_are_facts() -> None:
    facts = default_figures().facts(identify("gpt-4o-mini"))
    assert facts is not None
    assert (facts.input_usd_per_mtok, facts.output_usd_per_mtok) == (0.15, 0.6)
    assert facts.cached_input_usd_per_mtok == 0.075
    assert facts.context_tokens == 128_000
    assert {"vision", "tools"} <= facts.capabilities
    assert facts.exact


def test_prices_of_resellers_are_a_guess() -> None:
    facts = default_figures().facts(identify("meta-llama/Llama-3.3-70B-Instruct"))
    assert facts is not None
    assert facts.input_usd_per_mtok
    assert not facts.exact


def test_an_older_revision_keeps_its_own_price() -> None:
    old = default_figures().facts(identify("gpt-4o-2024-05-13"))
    new = default_figures().facts(identify("gpt-4o"))
    assert old is not None
    assert new is not None
    assert old.input_usd_per_mtok == 5.0
    assert new.input_usd_per_mtok == 2.5


def test_every_model_has_a_quality_between_0_and_1_for_every_intent() -> None:
    for name in ("gpt-4o", "gemma3:27b", "qwen2.5:3b", "no-such-model", "llava:7b"):
        rated = default_figures().rated(identify(name))
        assert set(INTENTS) <= set(rated.quality)
        assert all(0 < q <= 1 for q in rated.quality.values())


def test_a_rated_model_is_read_from_its_own_ratings() -> None:
    assert default_figures().rated(identify("gpt-4o")).how == "rated"


def test_an_unrated_size_is_estimated_from_its_family() -> None:
    small, large = (default_figures().rated(identify(f"qwen2.5:{size}")) for size in ("3b", "14b"))
    assert small.how.startswith("estimated from qwen-2-5")
    assert small.quality["coding"] < large.quality["coding"]


def test_a_successor_is_no_worse_than_the_version_before() -> None:
    before = default_figures().rated(identify("claude-opus-4-5"))
    after = default_figures().rated(identify("claude-opus-5"))
    assert after.how.startswith("estimated from claude-opus")
    assert after.quality["general"] >= before.quality["general"]


def test_a_model_that_nobody_knows_is_judged_by_its_size_alone() -> None:
    rated = default_figures().rated(identify("somebodys-model:7b"))
    assert rated.how == "estimated from its size"
    larger = default_figures().rated(identify("somebodys-model:70b"))
    assert larger.quality["general"] > rated.quality["general"]


def test_a_newer_table_can_be_read_packed_or_plain() -> None:
    newer = table()
    newer["provenance"]["date"] = "2030-01"
    text = json.dumps(newer).encode()
    assert read_figures(text).date == "2030-01"
    assert read_figures(gzip.compress(text)).date == "2030-01"


@pytest.mark.parametrize(
    "damage",
    [
        lambda t: t.update(format=99),
        lambda t: t.pop("ratings"),
        lambda t: t["ratings"].update(x=[1, 2]),
        lambda t: t["facts"].update(x=[1]),
        lambda t: t.update(by_size=[]),
        lambda t: t["facts"].update(x=["2", 3.0, None, 1000, 1000, 0, 1]),
        lambda t: t["facts"].update(x=[float("inf"), 3.0, None, 1000, 1000, 0, 1]),
        lambda t: t["facts"].update(x=[-1, 3.0, None, 1000, 1000, 0, 1]),
        lambda t: t["facts"].update(x=[1, 3.0, None, float("nan"), 1000, 0, 1]),
        lambda t: t["facts"].update(x=[1, 3.0, None, [1], 1000, 0, 1]),
        lambda t: t["ratings"].update(x=[None] * len(t["intents"])),
        lambda t: t["by_size"][0].__setitem__(1, "x"),
        lambda t: t["provenance"].update(date="\ud83d"),
    ],
)
def test_a_damaged_table_is_refused_with_a_message(damage: Any) -> None:
    broken = table()
    damage(broken)
    with pytest.raises(FiguresError):
        Figures(broken)


#: What a download that was disturbed on its way looks like.
DISTURBED = bytearray(gzip.compress(bytes(range(256)) * 8))
DISTURBED[20] ^= 0xFF


@pytest.mark.parametrize(
    "content",
    [b"", b"not json", b"\x1f\x8bbroken", b"[]", b"x" * 5_000_000, b"[" * 100_000, bytes(DISTURBED)],
    ids=range(7),
)
def test_bytes_that_are_no_table_are_refused(content: bytes) -> None:
    with pytest.raises(FiguresError):
        read_figures(content)
