"""Short messages in a conversation: judged by what the conversation now needs."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..signals.types import Signals
from .look import Look
from .types import INTENTS

#: Concepts with which a short message asks for something new.
_OWN = ("summarize", "verse", "story", "letter", "copy", "prove", "codelang", "howto")

#: How sure a follow-up is, as a score against eleven zeros.
_SURE = 4.0
_LIKELY = 3.0


def follow_up_scores(
    look: Look, signals: Signals, before: str, alone: Mapping[str, float]
) -> tuple[dict[str, float], str] | None:
    """Scores per intent and the evidence; None when the message stands on its own.

    `before` is the intent of the conversation so far, `alone` what the message would be by itself.
    """
    seen = look.concepts
    asks = "question" in look.marks or any(
        seen.get(name) for name in ("make", "write", "how", "howto", "fact")
    )
    pleased = seen.get("thanks") or seen.get("bye") or seen.get("praise")
    agrees = seen.get("affirm") and look.words > 4
    if pleased and not asks and not agrees and look.words <= 9:
        return _towards("chat", _SURE), "thanks in a conversation"
    if seen.get("affirm") and look.words <= 6 and _offers_code(signals.previous_answer):
        return _towards("coding", _SURE), "agrees to the code that was offered"
    if seen.get("greet") and look.words <= 5 and not asks:
        return _towards("chat", _LIKELY), "greeting"
    if seen.get("translate") or (seen.get("langname") and not seen.get("codelang") and look.words <= 10):
        return _towards("translate", _SURE), "now in another language"
    if seen.get("summarize") and before != "summarize":
        return _towards("summarize", _SURE), "asks for a summary"
    if seen.get("extract") and before != "coding" and look.words <= 10:
        return _towards("extract", _LIKELY), "asks for another form"
    if (
        (seen.get("verse") or seen.get("story") or seen.get("letter"))
        and before != "creative"
        and not seen.get("codelang")
    ):
        return _towards("creative", _LIKELY), "asks for a text"
    if seen.get("codelang") and before not in ("coding",):
        return _towards("coding", _LIKELY), "asks for code"
    if seen.get("why") and look.words <= 10 and before in ("qa", "explain", "chat", "status"):
        return _towards("explain", _LIKELY), "asks why"
    if look.words > 8 and max(alone.values()) > 0.75:
        return None
    return _towards(before, _LIKELY), f"follow-up to {before}"


_CODE_OFFER = re.compile(
    r"\b(?:code|function|script|implement\w*|tests?|class|query|Dockerfile|config\w*|\w+\.(?:py|js|ts|go|rs|sql)|Code|Skript|Funktion|código|fonction|код\w*|скрипт\w*)\b|代码|コード|코드"
)


def _offers_code(answer: str) -> bool:
    """Whether the assistant ended with a question that speaks of code."""
    last = answer.rstrip().rsplit("\n", 1)[-1][-240:]
    return last.endswith(("?", "？", "؟")) and _CODE_OFFER.search(last) is not None


def _towards(intent: str, strength: float) -> dict[str, float]:
    return {name: strength if name == intent else 0.0 for name in INTENTS}
