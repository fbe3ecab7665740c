"""classify: the one entry of this room."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..signals.types import Signals
from .features import Before, features_of
from .follow_up import earlier_ask, follow_up_scores
from .in_language import wanted_in_it
from .look import Look, look_at
from .manners import only_greets
from .model import load_model
from .rules import PHRASES, as_probabilities, evidence_for, hardness_by_rules, score_by_rules
from .types import INTENTS, Classification, Complexity, Intent

#: Where the rules' p_hard parts the buckets; the model says its own.
_RULES_MEDIUM_FROM, _RULES_HARD_FROM = 0.22, 0.58

#: Open WebUI's own prompts (titles, tags, …) ask little of a model, whatever the chat is about.
_TASK_SHARE = 0.2

#: How hard a message without words is taken to be, and the score of what it most likely wants: little, so
#: that it is served as general.
_WORDLESS_HARD, _WORDLESS = 0.15, 1.0

#: So many characters of what was said make an ask harder at most.
_MOST_SAID = 4000

#: The score of a greeting that stands alone, as the follow-ups' scores.
_GREETING = 5.0

#: How much the rules have to say about follow-ups: on short messages they and the model go wrong on
#: different ones.
_RULES_SHARE = 0.3

_RULES_VERSION = "rules-1"


@dataclass(frozen=True, slots=True)
class _Guess:
    """What an ask looks like, by itself or in its conversation; `reason` of a rule for follow-ups."""

    look: Look
    intents: dict[str, float]
    p_hard: float
    version: str
    reason: str | None = None


def classify(signals: Signals) -> Classification:
    """What is asked and how hard it is. Pure; never raises on any signals."""
    before = None
    if signals.follow_up:
        earlier = _guess(earlier_ask(signals), None)
        before = Before(best_of(earlier.intents), earlier.p_hard)
    guess = _guess(signals, before) if signals.ask.strip() else _wordless(signals)
    intents = guess.intents
    reasons = [guess.reason] if guess.reason else []
    if before is None and only_greets(signals.ask):
        intents = as_probabilities({**dict.fromkeys(INTENTS, 0.0), "chat": _GREETING})
        reasons.append("greeting")
    if (
        before is None
        and best_of(intents) == "translate"
        and (meant := wanted_in_it(signals.ask, guess.look))
    ):
        intents = {**intents, meant: intents["translate"], "translate": intents[meant]}
        reasons.append("in another language")
    intent = best_of(intents)
    model = load_model()
    p_hard = guess.p_hard if model is None else model.p_hard(guess.p_hard, said(signals))
    p_hard *= _TASK_SHARE if signals.task else 1.0
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


def said(signals: Signals) -> int:
    """Characters of the ask and of what is kept of the conversation before it, up to a limit. Files,
    system prompts and retrieved text do not make an ask harder."""
    characters = len(signals.ask) + sum(map(len, signals.history)) + len(signals.previous_answer)
    return min(characters, _MOST_SAID)


def best_of(intents: dict[str, float]) -> Intent:
    """The likeliest intent; of equals the first in the taxonomy's order."""
    return max(INTENTS, key=lambda intent: intents[intent])


def bucket(p_hard: float) -> Complexity:
    """The bucket that a p_hard falls into."""
    medium_from, hard_from = _borders()
    return "hard" if p_hard >= hard_from else "medium" if p_hard >= medium_from else "simple"


def p_hard_within(complexity: Complexity, p_hard: float) -> float:
    """The p_hard nearest to this one that falls into the bucket `complexity`."""
    medium_from, hard_from = _borders()
    low, high = {"simple": (0.0, medium_from), "medium": (medium_from, hard_from), "hard": (hard_from, 2.0)}[
        complexity
    ]
    return max(low, min(p_hard, math.nextafter(high, 0.0)))


def _borders() -> tuple[float, float]:
    """From where p_hard is medium, and from where it is hard."""
    model = load_model()
    return (model.medium_from, model.hard_from) if model else (_RULES_MEDIUM_FROM, _RULES_HARD_FROM)


def _guess(signals: Signals, before: Before | None) -> _Guess:
    look = look_at(signals.ask, signals.code_share)
    scores, reason = rule_scores(look, signals, before)
    ruled = as_probabilities(scores)
    model = load_model()
    if model is None:
        p_hard, intents, version = hardness_by_rules(look, signals, ruled), ruled, _RULES_VERSION
    else:
        learnt, logit = model.scores(features_of(look, signals, before), scores)
        p_hard, version = 1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))), model.version
        intents = as_probabilities(learnt)
    if before is not None:
        if model is not None:
            intents = {i: intents[i] + _RULES_SHARE * (ruled[i] - intents[i]) for i in INTENTS}
        p_hard = _hardness_in_conversation(best_of(intents), p_hard, before)
        if scores[best_of(intents)] <= 0:
            # The model outvoted the rule: its reason is not why.
            reason = None
    return _Guess(look, intents, p_hard, version, reason)


def _wordless(signals: Signals) -> _Guess:
    """A picture wants to be explained, a file summed up; nothing at all is the beginning of a talk."""
    intent = "explain" if signals.images else "summarize" if signals.files or signals.retrieved else "chat"
    intents = as_probabilities({**dict.fromkeys(INTENTS, 0.0), intent: _WORDLESS})
    model = load_model()
    version = model.version if model else _RULES_VERSION
    return _Guess(look_at("", 0.0), intents, _WORDLESS_HARD, version, "no text")


def rule_scores(look: Look, signals: Signals, before: Before | None) -> tuple[dict[str, float], str | None]:
    """What the rules say per intent; the reason where a rule for follow-ups spoke."""
    if before is None:
        return score_by_rules(look, signals), None
    return follow_up_scores(look, signals, before.intent)


def _hardness_in_conversation(intent: Intent, learnt: float, before: Before) -> float:
    """Going on with the same thing is as hard as the thing, and thanks are easy. Of everything else the
    network knows best, which is told what came before."""
    if intent == before.intent:
        return max(before.p_hard, learnt)
    return min(learnt, 0.05) if intent in ("chat", "status") else learnt


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
