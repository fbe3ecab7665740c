"""What intents and routes are called wherever a person reads them.

The page has the same names in `ui/src/lib/texts/codes.ts`; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..classify.types import INTENT_NAMES

#: Routes that are no intent.
ROUTE_NAMES = {"general": "General"}
NAMES = INTENT_NAMES | ROUTE_NAMES

#: What a route is good for, as one says it after "best for".
FOR = {
    "coding": "code",
    "math": "maths",
    "reasoning": "reasoning",
    "creative": "writing",
    "explain": "explaining",
    "qa": "questions",
    "summarize": "summaries",
    "translate": "translation",
    "extract": "extraction",
    "rag": "documents",
    "status": "short checks",
    "chat": "chat",
    "general": "anything",
}


def listed(parts: Sequence[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"
