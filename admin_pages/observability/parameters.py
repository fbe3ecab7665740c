"""Query parameters that several routes take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Literal

from fastapi import HTTPException, Query

from smart_router.classify.types import Complexity, Intent
from smart_router.records.log import Filter
from smart_router.records.ranges import Range, parse_range
from smart_router.records.types import Outcome

RangeName = Literal["1h", "24h", "7d", "30d", "90d"]

Words = Annotated[list[str] | None, Query(max_length=50)]


def range_of(now: Callable[[], float]) -> Callable[..., Range]:
    """A dependency that reads `range`, or `from` and `to`, in epoch seconds; 422 for what is neither."""

    def wanted(
        range_: Annotated[
            RangeName | None, Query(alias="range", description="Ends now; 24h when nothing is said.")
        ] = None,
        from_: Annotated[float | None, Query(alias="from", description="Epoch seconds.")] = None,
        to: Annotated[float | None, Query(description="Epoch seconds, now when left out.")] = None,
    ) -> Range:
        try:
            return parse_range(range_, from_, to, now())
        except ValueError as error:
            raise HTTPException(422, str(error)) from None

    return wanted


def wanted_filter(
    backend: Words = None,
    attempted: Words = None,
    intent: Annotated[list[Intent] | None, Query()] = None,
    complexity: Annotated[list[Complexity] | None, Query()] = None,
    outcome: Annotated[list[Outcome] | None, Query()] = None,
    error_kind: Words = None,
    user_id: Words = None,
    chat_id: Words = None,
    turn_id: Words = None,
    reason: Words = None,
    source: Annotated[
        list[Literal["smart", "direct"]] | None,
        Query(description="smart when nothing is said; direct are chats with other models."),
    ] = None,
    task: Annotated[
        list[str] | None,
        Query(max_length=50, description="A task's name; none for chats, any for all tasks."),
    ] = None,
    q: Annotated[str | None, Query(max_length=200, description="An id, or text in the record.")] = None,
) -> Filter:
    """Which records. Several values of one parameter are alternatives; empty ones say nothing."""
    return Filter(
        backend=_said(backend),
        attempted=_said(attempted),
        intent=_said(intent),
        complexity=_said(complexity),
        outcome=_said(outcome),
        error_kind=_said(error_kind),
        user_id=_said(user_id),
        chat_id=_said(chat_id),
        turn_id=_said(turn_id),
        reason=_said(reason),
        source=_said(source) or ["smart"],
        task=_said(task),
        q=(q or "").strip() or None,
    )


def _said(values: Sequence[str] | None) -> list[str]:
    return [value for value in values or () if value]
