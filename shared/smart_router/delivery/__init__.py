"""Decision → answer: attempts, fallback, streaming. The only step that waits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from .errors import classify_error, classify_exception
from .plain import deliver_plain
from .stream import deliver_stream, error_body
from .types import Attempt, Delivery, DeliverySettings, Plan

__all__ = [
    "Attempt",
    "Delivery",
    "DeliverySettings",
    "Plan",
    "classify_error",
    "classify_exception",
    "deliver",
    "deliver_plain",
    "deliver_stream",
    "error_body",
]


async def deliver(plan: Plan) -> dict[str, Any] | AsyncIterator[bytes]:
    """The answer to `plan.request`: events when it asked for a stream, else one completion.

    Never raises for what a backend does: when nobody answers, the events (or the completion) are
    one error with a sentence for the user, and `plan.on_finish` has the causes.
    """
    if plan.request.stream:
        return deliver_stream(plan)
    return await deliver_plain(plan)
