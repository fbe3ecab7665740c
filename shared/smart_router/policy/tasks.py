"""Open WebUI's background tasks: titles, tags, follow-ups, queries."""

from __future__ import annotations

import numpy as np

from .score import Scores
from .table import Bools, Floats, Table
from .types import Previous

#: These decide what the chat's own backend will be given, so they go to it.
ON_THE_CHATS_BACKEND = frozenset({"function_calling", "query_generation"})
#: A title from a backend below this chance of a good one is not worth its saving.
GOOD_ENOUGH = 0.4


def is_background(task: str | None) -> bool:
    """True for tasks that may go elsewhere than the chat."""
    return task is not None and task not in ON_THE_CHATS_BACKEND


def ready(table: Table, previous: Previous | None) -> Bools:
    """Hosted, or in memory already: a title must not push the chat's model out of memory."""
    warm = np.array(
        [not b.local or b.provider != "ollama" or b.loaded is True for b in table.backends], dtype=np.bool_
    )
    if previous is not None and previous.backend in table.row:
        warm[table.row[previous.backend]] = True
    return warm


def task_order(table: Table, scores: Scores, previous: Previous | None) -> tuple[Floats, Floats]:
    """Sort keys, smaller first: whether it is ready and good enough, then the cost."""
    warm = ready(table, previous)
    capable = scores.factors[0] >= GOOD_ENOUGH
    return (~warm) * 2.0 + (~capable) * 1.0, np.round(scores.cost_usd, 9)
