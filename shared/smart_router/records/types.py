"""Record and Attempt: what is kept of one pipe call."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

#: The shape of `signals` and `ranking` as stored. It changes when a replay must read them differently.
SCHEMA_VERSION = 1

Outcome = Literal["ok", "fallback", "escalated", "continued", "cached", "failed", "stopped", "refused"]
Purpose = Literal[
    "answer", "fallback", "continuation", "escalation", "hedge", "council", "judge", "task", "second_opinion"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call to one backend. `status` is HTTP's where there was one; None cost is unknown."""

    backend: str
    purpose: Purpose
    started_at: float
    connection: str | None = None
    first_token_ms: float | None = None
    duration_ms: float | None = None
    status: int | None = None
    error_kind: str | None = None
    error: str | None = None
    input_tokens: int | None = None
    cached_tokens: int | None = None
    output_tokens: int | None = None
    cost_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One pipe call as stored; field for field the interface's `request` shape. Unknown is None.

    `created_at` is when the call came in (epoch seconds). `cost_usd` is what all attempts cost
    together, the failed ones included. `rating` is Open WebUI's, 1 or -1 from the thumbs.
    A `temporary` record keeps only what figures are grouped by and counted from.
    """

    id: str
    turn_id: str
    created_at: float
    outcome: Outcome
    round: int = 0
    user_id: str | None = None
    chat_id: str | None = None
    message_id: str | None = None
    task: str | None = None
    source: Literal["smart", "direct"] = "smart"
    served_by: Literal["backend", "cache"] = "backend"
    intent: str | None = None
    complexity: str | None = None
    p_hard: float | None = None
    confidence: float | None = None
    language: str | None = None
    sensitive: bool = False
    signals: dict[str, Any] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    strategy: str | None = None
    route: str | None = None
    arm: str | None = None
    backend: str | None = None
    error_kind: str | None = None
    attempts: tuple[Attempt, ...] = ()
    ranking: tuple[dict[str, Any], ...] = ()
    reason: str = ""
    sentence: str = ""
    latency_ms: float | None = None
    first_token_ms: float | None = None
    input_tokens: int | None = None
    cached_tokens: int | None = None
    output_tokens: int | None = None
    usage_estimated: bool = False
    cost_usd: float | None = None
    baseline: str | None = None
    baseline_cost_usd: float | None = None
    cost_source: Literal["reported", "estimated"] | None = None
    answer_score: float | None = None
    rating: int | None = None
    rating_reason: str | None = None
    temporary: bool = False
    prompt: str | None = None
    library_version: str = ""
    classifier_version: str = ""
    registry_version: int = 0
    schema_version: int = SCHEMA_VERSION
