"""Classification: what we conclude of a request. The words are those of docs/taxonomy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from ..signals.types import Signals

Intent = Literal[
    "coding", "math", "reasoning", "creative", "explain", "qa",
    "summarize", "translate", "extract", "rag", "status", "chat",
]  # fmt: skip
Complexity = Literal["simple", "medium", "hard"]
INTENTS: tuple[Intent, ...] = get_args(Intent)
COMPLEXITIES: tuple[Complexity, ...] = get_args(Complexity)

#: What they are called wherever a person reads them.
INTENT_NAMES: dict[str, str] = {
    "coding": "Coding",
    "math": "Maths",
    "reasoning": "Reasoning",
    "creative": "Creative",
    "explain": "Explain",
    "qa": "Question",
    "summarize": "Summarise",
    "translate": "Translate",
    "extract": "Extract",
    "rag": "Documents",
    "status": "Status",
    "chat": "Chat",
}


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What came of asking another model, the backend `model`, when the classifier was not sure.

    `intent` and `complexity` are its answer, None where there is none that counts; `first_intent` and
    `first_complexity` what the classifier had said. `sentence` tells a person.
    """

    model: str | None
    result: Literal["agrees", "differs", "late", "failed", "unreadable", "not_asked"]
    sentence: str
    intent: Intent | None = None
    complexity: Complexity | None = None
    first_intent: Intent | None = None
    first_complexity: Complexity | None = None

    def to_json(self) -> dict[str, Any]:
        """As it is stored and shown."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Classification:
    """The best guess, with how sure it is.

    `intents` are probabilities that sum to 1. `p_hard` in 0…1 ranks requests by difficulty.
    `confidence` in 0…1 is how sure the classifier is of `intent`. `evidence` are short phrases a
    person understands ("fenced Python", "stack trace"). `second_opinion` is None where none was wanted.
    """

    signals: Signals
    intent: Intent
    complexity: Complexity
    p_hard: float
    confidence: float
    intents: Mapping[str, float] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    version: str = ""
    second_opinion: SecondOpinion | None = None

    @property
    def seconded(self) -> bool:
        """`intent` and `complexity` are another model's, whatever the classifier's confidence."""
        return self.second_opinion is not None and self.second_opinion.intent is not None
