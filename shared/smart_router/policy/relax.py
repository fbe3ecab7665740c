"""What gives way when the constraints leave nobody: size, language and latency, in that order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from .constraints import RELAXED_IN_ORDER, Constraint, reply_tokens
from .plan import Plan
from .table import Table


def relax(
    table: Table, found: list[Constraint], plan: Plan, input_tokens: int
) -> tuple[list[Constraint], tuple[str, ...]]:
    """Nobody is left: let size, language and latency give way, in that order, until somebody is."""
    dropped: list[str] = []
    left = found
    for code in RELAXED_IN_ORDER:
        if any(c.code == code for c in left):
            left = [c for c in left if c.code != code]
            dropped.append(code)
            if _somebody(table, left):
                return _restore(table, found, dropped)
    # Nobody told us what this Ollama model reads: its default is a guess, and a guess is better
    # than no answer. What is known to be too small stays out.
    if table.context_guessed.any():
        needed = input_tokens + reply_tokens(plan)
        roomy = [
            replace(c, broken=c.broken & ~(table.context_guessed & (table.maximum_context >= needed)))
            if c.code == "context"
            else c
            for c in found
        ]
        if _somebody(table, roomy):
            return roomy, ("context_guess",)
        roomy_left = [c for c in roomy if c.code not in RELAXED_IN_ORDER]
        if _somebody(table, roomy_left):
            kept, codes = _restore(table, roomy, dropped)
            return kept, (*codes, "context_guess")
    return found, ()


def rather_local(
    table: Table, found: list[Constraint], plan: Plan, input_tokens: int
) -> tuple[list[Constraint], tuple[str, ...]]:
    """A local backend that meets fewer wishes comes before one that is not local."""
    at_home = [*found, Constraint("sensitive", table.not_local, lambda b: "it is not local")]
    if _somebody(table, at_home):
        return found, ()
    kept, relaxed = relax(table, at_home, plan, input_tokens)
    if not relaxed:
        return found, ()
    left = {c.code: c.broken for c in kept}
    spared = []
    for constraint in found:
        broken = left.get(constraint.code, table.nowhere)
        spared.append(replace(constraint, broken=np.where(table.local, broken, constraint.broken)))
    return spared, relaxed


def _restore(
    table: Table, found: list[Constraint], dropped: Sequence[str]
) -> tuple[list[Constraint], tuple[str, ...]]:
    """Bring back what was dropped on the way and turned out not to matter."""
    gone = list(dropped)
    for code in dropped[:-1]:
        rest = [d for d in gone if d != code]
        if _somebody(table, [c for c in found if c.code not in rest]):
            gone = rest
    return [c for c in found if c.code not in gone], tuple(gone)


def spare(constraint: Constraint, row: int) -> Constraint:
    broken = constraint.broken.copy()
    broken[row] = False
    return replace(constraint, broken=broken)


def _somebody(table: Table, found: Sequence[Constraint]) -> bool:
    broken = table.nowhere
    for constraint in found:
        broken = broken | constraint.broken
    return not broken.all()


def broken_first(table: Table, found: Sequence[Constraint]) -> NDArray[np.int8]:
    """Per row 0, or the 1-based place in `found` of the first constraint that it breaks."""
    codes = np.zeros(len(table), dtype=np.int8)
    for n in range(len(found), 0, -1):
        codes[found[n - 1].broken] = n
    return codes
