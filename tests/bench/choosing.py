"""How long choosing takes: `decide` at 10, 100 and 1,000 candidates, and building a catalog.

python -m tests.bench choosing
"""

from __future__ import annotations

import gc
import random
import time

from smart_router.classify.types import Classification
from smart_router.health.types import BackendHealth, HealthView
from smart_router.policy import Adjustments, Context, Limits, Previous, decide
from smart_router.ports import LiveModel
from smart_router.registry import build_catalog, default_registry
from smart_router.signals.types import Signals

from .table import percentile, show

NAMES = (
    "gpt-4o-mini gpt-4o o3-mini gpt-4.1-nano claude-sonnet-4-5 claude-haiku-4-5 gemini-2.5-flash "
    "mistral-large-2411 llama-3.3-70b-instruct qwen3-32b"
)
NOW = 1_790_000_000.0


def live(count: int) -> list[LiveModel]:
    names = NAMES.split()
    return [
        LiveModel(f"vendor{i // 10}/{names[i % 10]}", names[i % 10], connections=("c",)) for i in range(count)
    ]


def time_decide(candidates: int, rounds: int) -> list[float]:
    """Milliseconds of each of `rounds` decisions in an ongoing conversation, sorted."""
    registry = default_registry()
    catalog = build_catalog(live(candidates), registry, NOW)
    ids = sorted(catalog.backends)
    signals = Signals(
        language="en", language_confidence=0.9, input_tokens=1_500, ask_tokens=80, turns=4, tools=1
    )
    asked = Classification(signals, "coding", "medium", 0.4, 0.8, evidence=("fenced Python",))
    context = Context(
        accessible=frozenset(ids[: len(ids) * 9 // 10]),
        previous=Previous(ids[0], NOW - 30, input_tokens=1_400, complexity="simple"),
    )
    health = HealthView({i: BackendHealth(first_token_ms=400, tokens_per_second=70) for i in ids[:10]})
    adjustments, limits, rng = Adjustments(), Limits(), random.Random(1)
    took = []
    for n in range(rounds + 20):
        start = time.perf_counter()
        decide(asked, context, catalog, registry, health, adjustments, limits, NOW, rng)
        if n >= 20:
            took.append((time.perf_counter() - start) * 1000)
    return sorted(took)


def run() -> list[tuple[str, str, str]]:
    """Measure, print the table, and return its rows: what, p50, p99."""
    rows = []
    for candidates, rounds in ((10, 3_000), (100, 1_500), (1_000, 500)):
        took = time_decide(candidates, rounds)
        figures = (f"{percentile(took, 0.5):.3f} ms", f"{percentile(took, 0.99):.3f} ms")
        rows.append((f"decide, {candidates:,} candidates", *figures))
    models = live(1_000)
    took = []
    for _ in range(5):
        gc.collect()
        start = time.perf_counter()
        build_catalog(models, default_registry(), NOW)
        took.append((time.perf_counter() - start) * 1000)
    rows.append(("catalog of 1,000 models", f"{percentile(took, 0.5):.0f} ms", f"{max(took):.0f} ms"))
    show(
        "Choosing",
        ("what", "p50", "p99"),
        rows,
        "Targets: 0.1 ms at 10 candidates, 2 ms at 1,000. For the catalog: median and longest of five.",
    )
    return rows


if __name__ == "__main__":
    run()
