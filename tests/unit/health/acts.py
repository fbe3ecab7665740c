"""Time that stands still, and what calls do to a breaker."""

from __future__ import annotations

from typing import Any

from smart_router.errors import ErrorKind
from smart_router.health import Health


class Time:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


async def fail(
    health: Health, times: int = 1, kind: ErrorKind = ErrorKind.SERVER_ERROR, **facts: Any
) -> None:
    for _ in range(times):
        admission = await health.admit("ada")
        if admission is None:
            return
        await health.failure("ada", kind, "boom", admission=admission, **facts)


async def succeed(health: Health, backend: str = "ada", **facts: Any) -> None:
    admission = await health.admit(backend)
    assert admission is not None
    await health.success(backend, admission=admission, **facts)


def state_of(health: Health, breaker_id: str = "ada") -> str:
    return next((s.state for s in health.statuses() if s.id == breaker_id), "closed")
