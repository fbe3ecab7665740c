"""Ids of models as providers spell them, and what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from smart_router.registry.figures import default_figures
from smart_router.registry.names import identify

LINES = Path(__file__).with_name("model_ids.tsv").read_text().splitlines()
KNOWN = [line.split("\t") for line in LINES if line and not line.startswith("#")]


def test_the_list_of_ids_is_long_enough_to_mean_something() -> None:
    assert len({row[0] for row in KNOWN}) >= 250


def test_every_id_is_read_as_the_model_that_it_is() -> None:
    wrong = []
    for model_id, *right in KNOWN:
        identity = identify(model_id)
        read = [
            f"{identity.size_b:g}" if identity.size_b else "-",
            identity.quantization or "-",
            default_figures().match_facts(identity) or "-",
            default_figures().match_ratings(identity) or "-",
        ]
        if read != right:
            wrong.append((model_id, read, right))
    assert wrong == []


def test_27b_is_not_read_as_1b() -> None:
    assert identify("gemma3:27b").size_b == 27
    assert identify("llama3.1:8b").size_b == 8
    assert identify("deepseek-r1:1.5b").size_b == 1.5


def test_a_mixture_of_experts_says_what_it_uses_per_token() -> None:
    assert identify("qwen3:30b-a3b").active_b == 3
    assert identify("Qwen/Qwen3-235B-A22B-Instruct-2507").active_b == 22
    assert identify("mixtral:8x7b").size_b == 46.7


def test_small_models_in_millions_are_fractions_of_a_billion() -> None:
    assert identify("smollm2:360m").size_b == 0.36


def test_a_cloud_tag_is_noticed_and_does_not_change_the_model() -> None:
    assert identify("gpt-oss:120b-cloud").cloud
    assert not identify("gpt-oss:120b").cloud
    assert identify("gpt-oss:120b-cloud").key == identify("gpt-oss:120b").key


@pytest.mark.parametrize(
    "spellings",
    [
        [
            "claude-3-5-sonnet-20241022",
            "anthropic/claude-3.5-sonnet",
            "us.anthropic.claude-3-5-sonnet-20241022-v2:0",
        ],
        ["llama3.3:70b", "cerebras/llama-3.3-70b", "groq/llama-3.3-70b-versatile"],
        ["gpt-4o", "azure/eu/gpt-4o", "openrouter.openai/gpt-4o", "gpt-4o-2024-08-06"],
        ["meta-llama/Llama-3.3-70B-Instruct", "us.meta.llama3-3-70b-instruct-v1:0"],
        ["gpt-3.5-turbo", "azure/gpt-35-turbo"],
    ],
)
def test_all_spellings_of_a_model_have_one_key(spellings: list[str]) -> None:
    assert len({identify(s).key for s in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gpt-4o", "gpt-4o-mini"),
        ("gpt-4", "gpt-4-turbo"),
        ("deepseek-r1:8b", "deepseek-r1:671b"),
        ("grok-4", "grok-4-fast-reasoning"),
        ("qwen2.5:7b", "qwen2.5-coder:7b"),
        ("gemini-2.5-flash", "gemini-2.5-flash-lite"),
        ("claude-sonnet-4", "claude-sonnet-4-5"),
    ],
)
def test_different_models_stay_different(one: str, other: str) -> None:
    assert identify(one).key != identify(other).key


def test_any_text_is_read_without_an_error() -> None:
    for text in ("", ":", "/", "-", "…", "a" * 5000, "モデル", "x:y:z", "@", "..", "2b", "v1:0"):
        identify(text)
