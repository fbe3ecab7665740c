"""classify: the one entry of this room."""

from __future__ import annotations

from ..signals.types import Signals
from .follow_up import follow_up_scores
from .look import Look, look_at
from .rules import PHRASES, as_probabilities, evidence_for, hardness_by_rules, score_by_rules
from .types import INTENTS, Classification, Complexity, Intent

VERSION = "rules-1"

#: Where p_hard parts the buckets.
MEDIUM_FROM = 0.30
HARD_FROM = 0.60


def classify(signals: Signals) -> Classification:
    """What is asked and how hard it is. Pure; never raises on any signals."""
    look = look_at(signals.ask, signals.code_share)
    scores = score_by_rules(look, signals)
    reasons: list[str] = []
    hardness: float | None = None
    if signals.follow_up:
        before = _conversation(signals)
        inherited = follow_up_scores(look, signals, before)
        if inherited is not None:
            scores, reason = inherited
            reasons.append(reason)
            if max(scores, key=lambda i: scores[i]) == before.intent:
                hardness = before.p_hard
    intents = as_probabilities(scores)
    intent = best_of(intents)
    p_hard = hardness_by_rules(look, signals, intents) if hardness is None else hardness
    if signals.task:
        p_hard *= 0.2
    return Classification(
        signals=signals,
        intent=intent,
        complexity=bucket(p_hard),
        p_hard=p_hard,
        confidence=intents[intent],
        intents=intents,
        evidence=tuple(_evidence(look, signals, intent, reasons)),
        version=VERSION,
    )


def best_of(intents: dict[str, float]) -> Intent:
    """The likeliest intent; of equals the first in the taxonomy's order."""
    return max(INTENTS, key=lambda intent: intents[intent])


def bucket(p_hard: float) -> Complexity:
    """The bucket that a p_hard falls into."""
    return "hard" if p_hard >= HARD_FROM else "medium" if p_hard >= MEDIUM_FROM else "simple"


def _conversation(signals: Signals) -> Classification:
    """What the latest ask that is more than a follow-up itself was about."""
    asks = signals.history
    index = len(asks) - 1
    while index > 0 and len(asks[index].split()) < 5:
        index -= 1
    text = asks[index]
    look = look_at(text, 0.5 if "```" in text else 0.0)
    earlier = Signals(ask=text, retrieved=signals.retrieved, files=signals.files)
    intents = as_probabilities(score_by_rules(look, earlier))
    intent = best_of(intents)
    p_hard = hardness_by_rules(look, earlier, intents)
    return Classification(earlier, intent, bucket(p_hard), p_hard, intents[intent], intents)


def _evidence(look: Look, signals: Signals, intent: str, reasons: list[str]) -> list[str]:
    phrases = reasons + evidence_for(look, signals, intent)
    if signals.retrieved and intent == "rag":
        phrases.append("retrieved documents")
    if signals.images:
        phrases.append("image" if signals.images == 1 else f"{signals.images} images")
    if look.concepts.get("hardcue"):
        phrases.append(PHRASES["hardcue"])
    if look.pasted:
        phrases.append(PHRASES["paste"])
    if not phrases:
        phrases.append("short message" if look.words <= 6 else "wording")
    return list(dict.fromkeys(phrases))[:5]
