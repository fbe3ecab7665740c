"""Classification: what we conclude of a request. The words are those of docs/taxonomy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from ..signals.types import Signals

Intent = Literal[
    "coding", "math", "reasoning", "creative", "explain", "qa",
    "summarize", "translate", "extract", "rag", "status", "chat",
]  # fmt: skip
Complexity = Literal["simple", "medium", "hard"]
INTENTS: tuple[Intent, ...] = get_args(Intent)
COMPLEXITIES: tuple[Complexity, ...] = get_args(Complexity)


@dataclass(frozen=True, slots=True)
class Classification:
    """The best guess, with how sure it is.

    `intents` are probabilities that sum to 1. `p_hard` in 0…1 ranks requests by difficulty.
    `confidence` in 0…1 is how sure the classifier is of `intent`. `evidence` are short phrases a
    person understands ("fenced Python", "stack trace").
    """

    signals: Signals
    intent: Intent
    complexity: Complexity
    p_hard: float
    confidence: float
    intents: Mapping[str, float] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    version: str = ""
