"""The classic set-ups: ten requests to a local one, three to a hosted one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from smart_router.classify.types import Classification
from smart_router.policy import Context
from smart_router.registry import Registry, default_registry, parse_registry
from smart_router.request import Overrides

from .world import HOSTED, LOCAL, asked, catalog_of, choose, hosted

ROOT = Path(__file__).parents[3]


def registry(path: str) -> Registry:
    return parse_registry((ROOT / path).read_text())


CODE = asked("coding", "medium")
STATUS = asked("status", "simple")
LONG = asked("summarize", "medium", input_tokens=10_000)
CHINESE = asked("qa", "simple", language="zh")
STORY = asked("creative", "medium")
CLASSIFY = asked("extract", "simple")
DOCUMENTS = asked("rag", "medium", input_tokens=2_500, files=1, retrieved=True)
SMALL_TALK = asked("chat", "simple", turns=6, input_tokens=800, ask_tokens=40)
LESSON = asked("explain", "medium")
CHEAP = Context(overrides=Overrides(cost_priority=True))
QUICK = Context(overrides=Overrides(latency_target="low"))
NAMED = Context(overrides=Overrides(model="gemma:2b"))

TEN = [
    pytest.param(CODE, Context(), "mistral:7b", {"temperature": 0.0}, id="code generation"),
    pytest.param(STATUS, Context(), "gemma:2b", {"max_tokens": 40}, id="status check"),
    pytest.param(LONG, Context(), "qwen2.5:3b", {}, id="10K-token document"),
    pytest.param(CHINESE, Context(), "qwen2.5:3b", {}, id="non-English"),
    pytest.param(STORY, Context(), "mistral:7b", {"temperature": 0.6}, id="creative"),
    pytest.param(CLASSIFY, CHEAP, "gemma:2b", {"temperature": 0.0}, id="classification with cost priority"),
    pytest.param(DOCUMENTS, Context(), "qwen2.5:3b", {"temperature": 0.0}, id="RAG"),
    pytest.param(SMALL_TALK, QUICK, "phi3:3.8b", {}, id="chat with a low latency target"),
    pytest.param(LESSON, Context(), "mistral:7b", {"temperature": 0.2}, id="technical explanation"),
    pytest.param(CODE, NAMED, "gemma:2b", {"temperature": 0.0}, id="a model named explicitly"),
]


@pytest.mark.parametrize(("request_", "context", "backend", "parameters"), TEN)
@pytest.mark.parametrize("path", ["docs/registries/local.yaml", "model_registry.yaml"])
def test_the_ten_local_scenarios_through_a_registry(
    path: str, request_: Classification, context: Context, backend: str, parameters: dict[str, Any]
) -> None:
    written = registry(path)
    decision = choose(request_, catalog_of(LOCAL, written), written, context)
    assert decision.chosen == backend
    assert decision.parameters == parameters


#: Without a registry nobody has said that gemma is for status checks and phi3 for chat.
UNSAID = {"status check", "chat with a low latency target"}


@pytest.mark.parametrize(
    ("request_", "context", "backend", "parameters"), [case for case in TEN if case.id not in UNSAID]
)
def test_eight_of_the_ten_need_no_registry(
    request_: Classification, context: Context, backend: str, parameters: dict[str, Any]
) -> None:
    decision = choose(request_, catalog_of(LOCAL), default_registry(), context)
    assert decision.chosen == backend
    assert decision.parameters == parameters


HELLO = asked("chat", "simple", input_tokens=8)
REVERSE = asked("coding", "simple", input_tokens=14)
PHILOSOPHY = asked("reasoning", "hard", input_tokens=14)
THREE = [
    pytest.param(HELLO, "gpt-4o-mini", id="Hello"),
    pytest.param(REVERSE, "gpt-4o-mini", id="reverse a string"),
    pytest.param(PHILOSOPHY, "gpt-4o", id="artificial consciousness"),
]


@pytest.mark.parametrize("path", ["docs/registries/openai.yaml", None])
@pytest.mark.parametrize(("request_", "backend"), THREE)
def test_the_simple_hosted_set_up(path: str | None, request_: Classification, backend: str) -> None:
    written = registry(path) if path else default_registry()
    models = [hosted("gpt-4o-mini"), hosted("gpt-4o")]
    assert choose(request_, catalog_of(models, written), written).chosen == backend


def test_with_four_hosted_models_a_small_one_says_hello_and_a_large_one_reasons() -> None:
    catalog = catalog_of(HOSTED)
    assert choose(HELLO, catalog).chosen in ("gpt-4.1-nano", "gpt-4o-mini")
    assert choose(REVERSE, catalog).chosen in ("gpt-4.1-nano", "gpt-4o-mini")
    assert choose(PHILOSOPHY, catalog).chosen in ("gpt-4o", "o3-mini")


def test_the_demo_uses_local_and_hosted_backends_side_by_side() -> None:
    written = registry("model_registry.yaml")
    catalog = catalog_of((*LOCAL, *HOSTED), written)
    assert catalog.warnings == ()
    assert catalog.baseline == "gpt-4o"
    assert choose(CODE, catalog, written).chosen == "mistral:7b"
    assert choose(PHILOSOPHY, catalog, written).chosen == "gpt-4o"
    assert choose(asked("math", "hard"), catalog, written).chosen == "o3-mini"


def test_a_reasoning_model_is_never_sent_a_temperature() -> None:
    written = registry("model_registry.yaml")
    decision = choose(asked("coding", "hard"), catalog_of((*LOCAL, *HOSTED), written), written)
    assert decision.chosen == "o3-mini"
    assert decision.wanted_parameters == {"temperature": 0.0}
    assert decision.parameters == {}
