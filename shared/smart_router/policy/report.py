"""The Decision for machines, in the interface's `decision` shape."""

from __future__ import annotations

from typing import Any

from ..classify.types import Classification
from .types import Decision


def decision_json(classification: Classification, decision: Decision) -> dict[str, Any]:
    """Everything but the text of the request; money in US dollars, factors in 0…1."""
    return {
        "signals": classification.signals.to_json(),
        "intent": decision.intent or classification.intent,
        "complexity": decision.complexity or classification.complexity,
        "p_hard": round(classification.p_hard, 4),
        "confidence": round(classification.confidence, 4),
        "evidence": list(classification.evidence),
        "strategy": decision.strategy,
        "route": decision.route,
        "rule": decision.rule,
        "arm": decision.arm,
        "chosen": decision.chosen,
        "candidates": [candidate.to_json() for candidate in decision.candidates],
        "more": decision.more,
        "parameters": dict(decision.parameters),
        "system_prompt": decision.system_prompt,
        "baseline": decision.baseline,
        "relaxed": list(decision.relaxed),
        "left_local": decision.left_local,
        "refusal": decision.refusal,
        "reason": decision.reason,
        "note": decision.note,
        "sentence": decision.sentence,
    }
