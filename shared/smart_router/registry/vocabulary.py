"""The words a registry may use, and the starting figures behind them."""

from __future__ import annotations

from typing import Literal, get_args

Strategy = Literal[
    "balanced", "cost_aggressive", "quality_first", "latency_first", "task_type_optimized", "control"
]
STRATEGIES: tuple[Strategy, ...] = get_args(Strategy)

LatencyTarget = Literal["ultra_low", "low", "medium", "high"]
LATENCY_TARGETS: tuple[LatencyTarget, ...] = get_args(LatencyTarget)

Sensitive = Literal["prefer_local", "require_local", "off"]

RouteName = Literal[
    "coding", "math", "reasoning", "creative", "explain", "qa",
    "summarize", "translate", "extract", "rag", "status", "chat", "general",
]  # fmt: skip

Capability = Literal[
    "vision", "tools", "json_schema", "reasoning", "pdf", "audio", "web_search", "prompt_cache"
]

#: Expected length of an answer in tokens, by intent, before complexity scales it. Assumptions to
#: start from, not measurements; a route's `expected_output_tokens` replaces them.
EXPECTED_OUTPUT_TOKENS: dict[str, int] = {
    "coding": 500,
    "math": 400,
    "reasoning": 600,
    "creative": 600,
    "explain": 450,
    "qa": 150,
    "summarize": 250,
    "translate": 300,
    "extract": 120,
    "rag": 300,
    "status": 30,
    "chat": 100,
    "general": 300,
}

#: A hard request gets a longer answer than a simple one of the same intent. An assumption too.
OUTPUT_BY_COMPLEXITY: dict[str, float] = {"simple": 0.5, "medium": 1.0, "hard": 2.0}

#: Latency targets as the longest acceptable wait for the first token, in seconds; None: no limit.
LATENCY_LIMIT_S: dict[str, float | None] = {"ultra_low": 0.5, "low": 1.5, "medium": 5.0, "high": None}
