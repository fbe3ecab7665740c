"""Staying: a conversation keeps its backend while that is adequate.

Another backend has to read the whole conversation again, at the full price, and the provider's
cache of it is lost. That is in the cost and in the latency; the stickiness factor adds what they
do not see: a change of voice in the middle of a conversation, and the way back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..classify.types import Classification
from .table import Bools, Floats, Table
from .types import Context, Decision, Previous

#: Tokens to read again at which leaving is worth one half.
REREAD_TOKENS = 4_000
#: What leaving costs even in a short conversation, in such tokens …
CHANGE_OF_VOICE_TOKENS = 600
#: … and more when this one message needs less than the last did: it may need it again at the next.
LULL_TOKENS = 2_500
#: A vote against an answer holds for so long, in seconds; a conversation's memory for so long.
VOTE_EXPIRES_S = 900.0
MEMORY_EXPIRES_S = 12 * 3600.0
_RANK: Mapping[str | None, int] = {"simple": 0, "medium": 1, "hard": 2}


@dataclass(frozen=True, slots=True)
class Stay:
    """How staying looks to each row. `cached_tokens` are those a backend need not read again."""

    factor: Floats
    cached_tokens: Floats
    rejected: Bools | None = None
    backend: str | None = None


def stay(table: Table, classification: Classification, context: Context, now: float) -> Stay:
    """Weigh staying against leaving for every backend."""
    previous = context.previous
    ones: Floats = table.remember("ones", lambda: np.ones(len(table)))
    zeros: Floats = table.remember("zeros", lambda: np.zeros(len(table)))
    if previous is None or now - previous.at > MEMORY_EXPIRES_S:
        return Stay(ones, zeros)
    if previous.regenerated:
        if now - previous.at > VOTE_EXPIRES_S:
            return Stay(ones, zeros)
        voted = {previous.backend, *previous.rejected}
        rejected = np.array([i in voted for i in table.ids], dtype=np.bool_)
        return Stay(np.where(rejected, 0.0, 1.0), zeros, rejected)
    # After a detour that one message forced, home is where the conversation was before.
    home = previous.home if previous.home in table.row else previous.backend
    read_by = [table.row[b] for b in {home, previous.backend} if b in table.row]
    if home not in table.row:
        return Stay(ones, zeros)
    tokens = max(classification.signals.input_tokens - classification.signals.ask_tokens, 0)
    reread = tokens + CHANGE_OF_VOICE_TOKENS
    if _RANK.get(previous.complexity, 0) > _RANK[classification.complexity]:
        reread += LULL_TOKENS
    factor = ones / (1 + reread / REREAD_TOKENS)
    factor[table.row[home]] = 1.0
    cached = zeros.copy()
    cached[read_by] = min(previous.input_tokens, tokens)
    return Stay(factor, cached, None, previous.backend)


def remember(
    previous: Previous | None,
    decision: Decision,
    classification: Classification,
    answered_by: str,
    now: float,
) -> Previous:
    """What the next turn of this conversation should know, once `answered_by` has answered this one.

    A detour that a message forced (an image that the conversation's backend cannot see) keeps the
    way home; anything else that leaves makes the new place home.
    """
    home: str | None = None
    if previous is not None and answered_by != previous.backend:
        came_from = previous.home or previous.backend
        forced = {c.backend: c.excluded for c in decision.candidates}.get(previous.backend)
        if forced in ("no_vision", "no_tools", "context", "breaker_open", "sensitive", "not_local"):
            home = came_from if came_from != answered_by else None
    elif previous is not None:
        home = previous.home
    return Previous(
        backend=answered_by,
        at=now,
        input_tokens=classification.signals.input_tokens,
        complexity=decision.complexity or classification.complexity,
        home=home,
    )
