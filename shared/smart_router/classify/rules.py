"""Intent by rules: concepts and structure, each with weights that a person can read.

The rules give the evidence phrases, and the answer where no model is loaded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from ..signals.types import Signals
from .look import Look
from .types import INTENTS

#: Concept or mark → weights per intent.
_WEIGHTS: dict[str, dict[str, float]] = {
    "translate": {"translate": 4.0},
    "langname": {"translate": 0.9},
    "summarize": {"summarize": 4.0},
    "explain": {"explain": 1.6},
    "why": {"explain": 1.5, "reasoning": 0.4},
    "how": {"explain": 0.8},
    "howto": {"explain": 0.8},
    "write": {"creative": 1.2, "coding": 0.4},
    "make": {"creative": 0.4, "coding": 0.4},
    "verse": {"creative": 2.2},
    "story": {"creative": 1.8},
    "letter": {"creative": 1.5},
    "copy": {"creative": 1.3},
    "rewrite": {"creative": 2.2},
    "roleplay": {"creative": 2.4},
    "brainstorm": {"creative": 1.2, "reasoning": 0.4},
    "codelang": {"coding": 1.6},
    "codeword": {"coding": 1.2},
    "fix": {"coding": 0.8},
    "calc": {"math": 1.6},
    "prove": {"math": 2.4},
    "reason": {"reasoning": 1.7},
    "fact": {"qa": 1.9},
    "extract": {"extract": 2.3},
    "document": {"rag": 1.6},
    "greet": {"chat": 2.0},
    "thanks": {"chat": 1.8},
    "bye": {"chat": 2.4},
    "praise": {"chat": 1.0},
    "feeling": {"chat": 2.2},
    "affirm": {"chat": 1.0},
    "negate": {"chat": 0.4},
    "device": {"status": 2.2},
    "check": {"status": 1.8},
    "bot": {"chat": 2.4},
    "fence": {"coding": 2.0},
    "code": {"coding": 2.0},
    "signature": {"coding": 2.4},
    "trace": {"coding": 3.0},
    "sql": {"coding": 1.6},
    "formula": {"math": 1.4},
    "formulas": {"math": 1.2},
    "command": {"status": 2.6},
    "options": {"reasoning": 0.6, "qa": 0.5},
    "table": {"extract": 0.8},
    "json": {"extract": 0.9, "coding": 0.6},
    "question": {"qa": 0.6, "explain": 0.4},
}

#: How a mark or concept reads in the evidence. What is missing here says nothing to a person.
PHRASES: dict[str, str] = {
    "translate": "asks for a translation",
    "langname": "names a language",
    "summarize": "asks for a summary",
    "explain": "asks for an explanation",
    "why": "asks why",
    "howto": "asks how to",
    "write": "asks for a text",
    "verse": "verse",
    "story": "story",
    "letter": "letter or mail",
    "copy": "copy or article",
    "rewrite": "asks for a rewrite",
    "roleplay": "role-play",
    "brainstorm": "asks for ideas",
    "codelang": "programming language or tool",
    "codeword": "programming terms",
    "fix": "something fails",
    "calc": "calculation",
    "prove": "proof",
    "reason": "weighing or planning",
    "fact": "asks for a fact",
    "extract": "sorting or extracting",
    "document": "refers to a document",
    "greet": "greeting",
    "thanks": "thanks",
    "bye": "goodbye",
    "praise": "praise",
    "feeling": "talks of feelings",
    "device": "short command",
    "check": "check",
    "bot": "asks about the assistant",
    "fence": "fenced code",
    "code": "code",
    "trace": "stack trace",
    "signature": "a function's signature",
    "sql": "SQL",
    "formula": "formula",
    "formulas": "formulas",
    "command": "slash command",
    "options": "answer options",
    "table": "table",
    "json": "JSON",
    "paste": "long paste",
    "hardcue": "specialist terms",
}


def score_by_rules(look: Look, signals: Signals) -> dict[str, float]:
    """Unnormalised scores per intent."""
    scores: dict[str, float] = dict.fromkeys(INTENTS, 0.0)
    seen: Mapping[str, int] = look.concepts
    for name, weights in _WEIGHTS.items():
        times = seen.get(name, 0) or (name in look.marks)
        if times:
            strength = 1.0 + 0.4 * (min(times, 4) - 1)
            for intent, weight in weights.items():
                scores[intent] += weight * strength
    makes = seen.get("write") or seen.get("make")
    if (
        makes
        and (seen.get("codelang") or seen.get("codeword"))
        and not (seen.get("verse") or seen.get("story") or seen.get("letter"))
    ):
        scores["coding"] += 1.6
    if makes and (seen.get("verse") or seen.get("story") or seen.get("letter") or seen.get("copy")):
        scores["creative"] += 1.4
    if seen.get("langname") and not seen.get("translate") and look.words <= 8:
        scores["translate"] += 0.6
    if signals.retrieved or (signals.files and seen.get("document")):
        for intent in ("qa", "explain"):
            scores["rag"] += 0.5 * scores[intent]
        scores["rag"] += 2.6
    if look.words <= 4 and not any(scores.values()):
        scores["chat"] += 1.0
    if look.words > 25:
        for intent in ("chat", "status"):
            scores[intent] *= 0.5
        scores["reasoning"] += 0.6
    if look.words > 12:
        scores["status"] *= 0.5
    if not any(scores.values()):
        scores["qa" if "question" in look.marks else "reasoning" if look.words > 30 else "explain"] += 0.8
    return scores


def as_probabilities(scores: Mapping[str, float], temperature: float = 1.0) -> dict[str, float]:
    """Softmax."""
    top = max(scores.values())
    weights = {intent: math.exp((score - top) / temperature) for intent, score in scores.items()}
    total = sum(weights.values())
    return {intent: weight / total for intent, weight in weights.items()}


def evidence_for(look: Look, intent: str) -> list[str]:
    """What speaks for this intent, strongest first, in words for a person."""
    found = []
    for name, weights in _WEIGHTS.items():
        weight = weights.get(intent, 0.0)
        if weight > 0 and name in PHRASES and (look.concepts.get(name) or name in look.marks):
            found.append((weight, PHRASES[name]))
    return [phrase for _, phrase in sorted(found, key=lambda pair: -pair[0])]


def hardness_by_rules(look: Look, signals: Signals, intents: Mapping[str, float]) -> float:
    """p_hard without a model: the intent's usual difficulty, length, terms and structure."""
    base = {
        "coding": -0.6, "math": -0.3, "reasoning": 0.0, "creative": -1.1, "explain": -1.0, "qa": -2.2,
        "summarize": -1.6, "translate": -1.9, "extract": -1.7, "rag": -1.3, "status": -4.0, "chat": -4.0,
    }  # fmt: skip
    value = sum(base[intent] * p for intent, p in intents.items())
    hard = look.concepts.get("hardcue", 0)
    value += 0.7 * min(hard, 4)
    value += 0.9 * (look.concepts.get("prove", 0) > 0)
    value -= 0.8 * (look.concepts.get("easycue", 0) > 0)
    instruction = min(look.words, 220)
    value += 0.45 * math.log1p(instruction / 12) - 0.3
    longest = [len(token) for token in look.tokens if token.isalpha() and token < "\u0590"]
    if longest:
        value += 2.0 * (sum(n >= 9 for n in longest) / len(longest)) - 0.2
    value += (
        0.5 * ("options" in look.marks) + 0.4 * ("formulas" in look.marks) + 0.3 * ("long list" in look.marks)
    )
    value += 0.5 * ("trace" in look.marks)
    return 1 / (1 + math.exp(-value))
