"""Short messages in a conversation: judged by what the conversation now needs."""

from __future__ import annotations

from ..signals.types import Signals
from .look import Look
from .types import INTENTS, Classification

#: Concepts that carry an ask of their own, however short it is.
_OWN = ("translate", "summarize", "extract", "verse", "story", "letter", "copy", "calc", "prove", "codelang")


def follow_up_scores(
    look: Look, signals: Signals, before: Classification
) -> tuple[dict[str, float], str] | None:
    """Scores per intent and the evidence, or None when the message stands on its own."""
    seen = look.concepts
    if signals.language is None and look.words == 0:
        return _towards(before.intent, 2.0), "follow-up"
    if (seen.get("thanks") or seen.get("bye") or seen.get("praise")) and look.words <= 9 and not _asks(look):
        return _towards("chat", 3.5), "thanks in a conversation"
    if seen.get("translate") or (seen.get("langname") and look.words <= 6 and not seen.get("codelang")):
        return _towards("translate", 3.0), "now in another language"
    if seen.get("summarize") and look.words <= 10:
        return _towards("summarize", 2.5), "asks for a summary"
    if seen.get("why") and look.words <= 8 and before.intent not in ("math", "coding"):
        return _towards("explain", 1.8), "asks why"
    if seen.get("greet") and look.words <= 4:
        return _towards("chat", 3.0), "greeting"
    own = any(seen.get(name) for name in _OWN) or seen.get("fact")
    if own and look.words > 6:
        return None
    scores = _towards(before.intent, 2.2)
    return scores, f"follow-up to {before.intent}"


def _asks(look: Look) -> bool:
    return "question" in look.marks or bool(
        look.concepts.get("make") or look.concepts.get("write") or look.concepts.get("how")
    )


def _towards(intent: str, strength: float) -> dict[str, float]:
    return {name: strength if name == intent else 0.0 for name in INTENTS}
