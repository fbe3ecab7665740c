"""Short messages in a conversation: judged by what the conversation now needs."""

from __future__ import annotations

from ..lazily import lazily
from ..signals.types import Signals
from .look import Look
from .types import INTENTS

#: Concepts with which a short message asks for something new.
_OWN = ("summarize", "verse", "story", "letter", "copy", "prove", "codelang", "howto")

#: How sure a follow-up is, as a score against eleven zeros.
_SURE = 4.0
_LIKELY = 3.0


def follow_up_scores(look: Look, signals: Signals, before: str) -> tuple[dict[str, float], str]:
    """The rules' scores per intent and the evidence; `before` is the conversation's intent so far."""
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
    return _towards(before, _LIKELY), f"follow-up to {before}"


def earlier_ask(signals: Signals) -> Signals:
    """The latest ask before this one that is more than a follow-up itself."""
    asks = signals.history
    index = len(asks) - 1
    while index > 0 and len(asks[index].split()) < 5 and len(asks[index]) < 24:
        index -= 1
    text = asks[index]
    return Signals(
        ask=text,
        language=signals.language if text.isascii() == signals.ask.isascii() else None,
        retrieved=signals.retrieved,
        files=signals.files,
        code_share=0.5 if "```" in text else 0.0,
    )


_CODE_OFFER = lazily(
    r"\b(?:code|function|script|implement\w*|tests?|class|query|Dockerfile|config\w*|\w+\.(?:py|js|ts|go|rs|sql)|Code|Skript|Funktion|código|fonction|код\w*|скрипт\w*)\b|代码|コード|코드"
)


def _offers_code(answer: str) -> bool:
    """Whether the assistant ended with a question that speaks of code."""
    last = answer.rstrip().rsplit("\n", 1)[-1][-240:]
    return last.endswith(("?", "？", "؟")) and _CODE_OFFER.search(last) is not None


def _towards(intent: str, strength: float) -> dict[str, float]:
    return {name: strength if name == intent else 0.0 for name in INTENTS}
