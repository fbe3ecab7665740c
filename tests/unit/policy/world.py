"""A small world for tests of choosing: models, requests, and one way to decide."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

from smart_router.classify.types import Classification, Complexity, Intent
from smart_router.health.types import HealthView
from smart_router.policy import Adjustments, Context, Decision, Limits, decide
from smart_router.ports import LiveModel
from smart_router.registry import Backend, Catalog, Registry, build_catalog, default_registry
from smart_router.signals.types import Signals

NOW = 1_790_000_000.0
P_HARD = {"simple": 0.1, "medium": 0.45, "hard": 0.85}


def local(model_id: str, **more: Any) -> LiveModel:
    return LiveModel(
        model_id, model_id, **({"provider": "ollama", "local": True, "connections": ("ollama",)} | more)
    )


def hosted(model_id: str, **more: Any) -> LiveModel:
    return LiveModel(model_id, model_id, **({"connections": ("hosted",)} | more))


#: The classic local set-up, with what Ollama reads of each.
LOCAL = (
    local("gemma:2b", context_tokens=8192),
    local("phi3:3.8b", context_tokens=4096),
    local("qwen2.5:3b", context_tokens=32768),
    local("mistral:7b", context_tokens=8192),
)
HOSTED = (hosted("gpt-4o-mini"), hosted("gpt-4o"), hosted("o3-mini"), hosted("gpt-4.1-nano"))


def asked(
    intent: Intent = "chat", complexity: Complexity = "medium", confidence: float = 0.9, **signals: Any
) -> Classification:
    """A classified request of 60 English tokens, unless `signals` say otherwise."""
    told = {"language": "en", "language_confidence": 0.95, "input_tokens": 60} | signals
    told.setdefault("ask_tokens", min(60, told["input_tokens"]))
    return Classification(Signals(**told), intent, complexity, P_HARD[complexity], confidence)


def catalog_of(models: Iterable[LiveModel], registry: Registry | None = None) -> Catalog:
    return build_catalog(tuple(models), registry or default_registry(), NOW)


def choose(
    classification: Classification,
    catalog: Catalog,
    registry: Registry | None = None,
    context: Context | None = None,
    health: HealthView | None = None,
    adjustments: Adjustments | None = None,
    now: float = NOW,
) -> Decision:
    return decide(
        classification,
        context or Context(),
        catalog,
        registry or default_registry(),
        health or HealthView(),
        adjustments or Adjustments(),
        Limits(),
        now,
        random.Random(7),
    )


def backend(backend_id: str, **more: Any) -> Backend:
    """A backend of which everything is known; hosted, cheap and middling unless `more` says otherwise."""
    told: dict[str, Any] = {
        "name": backend_id,
        "local": False,
        "size_b": 30.0,
        "context_tokens": 100_000,
        "effective_context_tokens": 100_000,
        "input_usd_per_mtok": 1.0,
        "cached_input_usd_per_mtok": 0.5,
        "output_usd_per_mtok": 3.0,
        "capabilities": frozenset({"vision", "tools"}),
        "quality": {"general": 0.6},
    }
    return Backend(backend_id, **(told | more))


def world(*backends: Backend, baseline: str | None = None) -> Catalog:
    return Catalog(backends={b.id: b for b in backends}, baseline=baseline, built_at=NOW)


def excluded(decision: Decision) -> dict[str, str]:
    """Backend → code of what removed it."""
    return {c.backend: c.excluded for c in decision.candidates if c.excluded is not None}


#: The best, the cheapest and the fastest, and nothing is all three.
BEST = backend(
    "best",
    quality={"general": 0.95},
    input_usd_per_mtok=15.0,
    output_usd_per_mtok=75.0,
    tokens_per_second=40.0,
)
CHEAP = backend(
    "cheap",
    quality={"general": 0.5},
    input_usd_per_mtok=0.02,
    output_usd_per_mtok=0.05,
    tokens_per_second=20.0,
    first_token_ms=3_000.0,
)
QUICK = backend(
    "quick",
    quality={"general": 0.5},
    input_usd_per_mtok=4.0,
    output_usd_per_mtok=12.0,
    tokens_per_second=900.0,
    first_token_ms=40.0,
)
THREE = world(BEST, CHEAP, QUICK, baseline="best")
TASK = asked("explain", "medium")
