"""Who grades answers in judge mode: a model that may read this chat, and a small one unless one is named."""

from __future__ import annotations

from ..policy import Decision
from ..registry.types import Backend, Catalog

#: Left out of answering for these alone, a backend may still read: every constraint on access, place and
#: health is stronger, and of several broken ones the strongest is named.
_ABLE = frozenset({None, "no_vision", "no_tools", "context", "size", "language", "too_slow"})


def readers(decision: Decision, catalog: Catalog) -> list[Backend]:
    """The backends that may be shown what this chat says, whether they could answer it or not."""
    return [
        catalog.backends[candidate.backend]
        for candidate in decision.candidates
        if candidate.excluded in _ABLE and candidate.backend in catalog.backends
    ]


def pick_judge(decision: Decision, catalog: Catalog, named: str) -> str | None:
    """The backend that grades, None when none may. `named` is the administrator's wish, "" for none.

    Whoever is named is never replaced: when it may not read this chat, the checks alone decide.
    """
    able = readers(decision, catalog)
    if named:
        return next((backend.id for backend in able if backend.id == named), None)
    others = [backend for backend in able if backend.id != decision.chosen]
    return min(others, key=_cost).id if others else None


def _cost(backend: Backend) -> tuple[float, float, str]:
    """Price, then size; unknown counts as dear and large."""
    price, size = backend.output_usd_per_mtok, backend.size_b
    dear, large = float("inf"), float("inf")
    return (dear if price is None else price, large if size is None else size, backend.id)
