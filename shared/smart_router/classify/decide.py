"""classify: the one entry of this room."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..signals.types import Signals
from .features import features_of
from .follow_up import follow_up_scores
from .look import Look, look_at
from .manners import only_greets
from .model import load_model
from .rules import PHRASES, as_probabilities, evidence_for, hardness_by_rules, score_by_rules
from .types import INTENTS, Classification, Complexity, Intent

#: Where the rules' p_hard parts the buckets; the model says its own.
_RULES_MEDIUM_FROM, _RULES_HARD_FROM = 0.22, 0.58

#: Open WebUI's own prompts (titles, tags, …) ask little of a model, whatever the chat is about.
_TASK_SHARE = 0.2

#: The score of a greeting that stands alone, as the follow-ups' scores.
_GREETING = 5.0

_RULES_VERSION = "rules-1"


@dataclass(frozen=True, slots=True)
class _Guess:
    """What one ask on its own looks like."""

    look: Look
    intents: dict[str, float]
    p_hard: float
    version: str

    @property
    def intent(self) -> Intent:
        return best_of(self.intents)


def classify(signals: Signals) -> Classification:
    """What is asked and how hard it is. Pure; never raises on any signals."""
    guess = _guess(signals)
    intents, p_hard = guess.intents, guess.p_hard
    reasons: list[str] = []
    if signals.follow_up:
        before = _conversation(signals)
        inherited = follow_up_scores(guess.look, signals, before.intent, guess.intents)
        if inherited is not None:
            scores, reason = inherited
            intents = as_probabilities(scores)
            reasons.append(reason)
            p_hard = _hardness_in_conversation(best_of(intents), guess, before)
    elif only_greets(signals.ask):
        intents = as_probabilities({**dict.fromkeys(INTENTS, 0.0), "chat": _GREETING})
        reasons.append("greeting")
    intent = best_of(intents)
    if signals.task:
        p_hard *= _TASK_SHARE
    return Classification(
        signals=signals,
        intent=intent,
        complexity=bucket(p_hard),
        p_hard=p_hard,
        confidence=intents[intent],
        intents=intents,
        evidence=tuple(_evidence(guess.look, signals, intent, reasons)),
        version=guess.version,
    )


def best_of(intents: dict[str, float]) -> Intent:
    """The likeliest intent; of equals the first in the taxonomy's order."""
    return max(INTENTS, key=lambda intent: intents[intent])


def bucket(p_hard: float) -> Complexity:
    """The bucket that a p_hard falls into."""
    model = load_model()
    medium_from, hard_from = (
        (model.medium_from, model.hard_from) if model else (_RULES_MEDIUM_FROM, _RULES_HARD_FROM)
    )
    return "hard" if p_hard >= hard_from else "medium" if p_hard >= medium_from else "simple"


def _guess(signals: Signals) -> _Guess:
    look = look_at(signals.ask, signals.code_share)
    scores = score_by_rules(look, signals)
    model = load_model()
    if model is None:
        intents = as_probabilities(scores)
        return _Guess(look, intents, hardness_by_rules(look, signals, intents), _RULES_VERSION)
    learnt, hardness = model.scores(features_of(look, signals), scores)
    return _Guess(
        look, as_probabilities(learnt), 1 / (1 + math.exp(-max(-30.0, min(30.0, hardness)))), model.version
    )


def _conversation(signals: Signals) -> _Guess:
    """The latest ask that is more than a follow-up itself."""
    asks = signals.history
    index = len(asks) - 1
    while index > 0 and len(asks[index].split()) < 5 and len(asks[index]) < 24:
        index -= 1
    text = asks[index]
    return _guess(
        Signals(
            ask=text,
            language=signals.language if text.isascii() == signals.ask.isascii() else None,
            retrieved=signals.retrieved,
            files=signals.files,
            code_share=0.5 if "```" in text else 0.0,
        )
    )


def _hardness_in_conversation(intent: Intent, guess: _Guess, before: _Guess) -> float:
    """Going on with the same thing is as hard as the thing; thanks and rewording are not."""
    if intent == before.intent:
        return max(before.p_hard, guess.p_hard)
    if intent in ("chat", "status"):
        return min(guess.p_hard, 0.05)
    return min(guess.p_hard, max(0.15, 0.5 * before.p_hard))


def _evidence(look: Look, signals: Signals, intent: str, reasons: list[str]) -> list[str]:
    phrases = reasons + evidence_for(look, intent)
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
