"""The shapes of the interface, for Open WebUI's OpenAPI. More keys may come; these stay.

Times are epoch seconds, durations end in `_ms`, money in `_usd`. Unknown is null, never 0.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    model_config = ConfigDict(extra="allow")


class Detail(Shape):
    """Every error."""

    detail: str


class ChatError(Shape):
    """An error as OpenAI's clients expect it."""

    error: dict[str, Any]


#: Answers of single routes, beside those that all have.
UNUSABLE: dict[int | str, dict[str, Any]] = {
    400: {"model": Detail, "description": "What was sent cannot be used; the sentence says why."}
}
MISSING: dict[int | str, dict[str, Any]] = {
    404: {"model": Detail, "description": "There is none of that id."}
}


class RegistryIssue(Shape):
    line: int
    column: int
    key: str
    message: str


class RegistryRefused(Detail):
    """`errors` where it is the text that is wrong."""

    errors: list[RegistryIssue] | None = None


class Percentiles(Shape):
    p50: float | None
    p95: float | None
    p99: float | None


class Ratings(Shape):
    up: int
    down: int


class Figures(Shape):
    """What happened in a stretch of time, counted in turns."""

    requests: int
    errors: int
    error_rate: float | None
    fallbacks: int
    escalations: int
    cost_usd: float | None
    unpriced_requests: int
    estimated_requests: int
    estimated_cost_usd: float | None
    baseline_cost_usd: float | None
    savings_usd: float | None
    savings_rate: float | None
    input_tokens: int | None
    cached_tokens: int | None
    output_tokens: int | None
    latency_ms: Percentiles
    first_token_ms: Percentiles
    confidence_mean: float | None
    ratings: Ratings


class BackendFigures(Figures):
    backend: str | None


class IntentFigures(Figures):
    intent: str | None


class ComplexityFigures(Figures):
    complexity: str | None


class ApartFigures(Shape):
    """What is not in the headline figures: background tasks (titles, tags, follow-ups), and chats
    with other models."""

    requests: int
    cost_usd: float | None
    input_tokens: int | None
    output_tokens: int | None


class BaselineUse(Shape):
    """A baseline that costs were compared with, and between when; null: which is not known any more."""

    baseline: str | None
    baseline_cost_usd: float | None
    from_: float = Field(alias="from")
    to: float


class RangeShape(Shape):
    name: str | None
    from_: float = Field(alias="from")
    to: float


class Summary(Figures):
    """`baseline` is the present one; `baselines` those that the figures were computed with."""

    range: RangeShape
    baseline: str | None
    baselines: list[BaselineUse]
    by_backend: list[BackendFigures]
    by_intent: list[IntentFigures]
    by_complexity: list[ComplexityFigures]
    tasks: ApartFigures
    direct: ApartFigures
    previous: Figures
    behind: int


class Point(Shape):
    at: float
    value: float | None


class Line(Shape):
    group: str | None
    points: list[Point]


class Timeseries(Shape):
    metric: str
    group_by: str | None
    range: RangeShape
    step_s: int
    items: list[Line]
    left_out: int


class GroupFigures(Figures):
    group: str | None


class Breakdown(Shape):
    group_by: str
    range: RangeShape
    items: list[GroupFigures]


class Bar(Shape):
    """Turns that took from `from_ms` up to `to_ms`; null: however long."""

    from_ms: float
    to_ms: float | None
    requests: int


class Distribution(Shape):
    metric: str
    range: RangeShape
    requests: int
    percentiles: Percentiles
    items: list[Bar]


class AttemptShape(Shape):
    backend: str
    connection: str | None
    purpose: str
    started_at: float
    first_token_ms: float | None
    duration_ms: float | None
    status: int | None
    error_kind: str | None
    error: str | None
    input_tokens: int | None
    output_tokens: int | None
    cost_usd: float | None


class CandidateShape(Shape):
    backend: str
    score: float
    factors: dict[str, float]
    excluded: str | None


class BriefRecord(Shape):
    """A record without what is long about it."""

    id: str
    turn_id: str
    round: int
    created_at: float
    user_id: str | None
    chat_id: str | None
    message_id: str | None
    task: str | None
    source: Literal["smart", "direct"]
    served_by: Literal["backend", "cache"]
    intent: str | None
    complexity: str | None
    p_hard: float | None
    confidence: float | None
    language: str | None
    sensitive: bool
    strategy: str | None
    arm: str | None
    backend: str | None
    outcome: str
    error_kind: str | None
    reason: str
    sentence: str
    latency_ms: float | None
    first_token_ms: float | None
    input_tokens: int | None
    cached_tokens: int | None
    output_tokens: int | None
    usage_estimated: bool
    cost_usd: float | None
    baseline: str | None
    baseline_cost_usd: float | None
    cost_source: Literal["reported", "estimated"] | None
    answer_score: float | None
    rating: int | None
    schema_version: int
    library_version: str
    classifier_version: str
    registry_version: int


class RecordShape(BriefRecord):
    signals: dict[str, Any]
    evidence: list[str]
    attempts: list[AttemptShape]
    ranking: list[CandidateShape]


class Requests(Shape):
    """`searched_to`: what is older was not looked through yet; null where nothing was left out."""

    items: list[RecordShape | BriefRecord]
    next_cursor: str | None
    searched_to: float | None


class BreakerShape(Shape):
    id: str
    kind: Literal["backend", "connection"]
    name: str | None
    state: Literal["closed", "open", "half_open"]
    consecutive_failures: int
    error_rate: float | None
    opened_at: float | None
    retry_at: float | None
    reason: str | None
    trips: int


class Breakers(Shape):
    items: list[BreakerShape]
    next_cursor: None = None


class ResetResult(Shape):
    """`reset` is how many breakers were closed by it, `items` all of them as they are now."""

    reset: int
    items: list[BreakerShape]


class BackendShape(Shape):
    id: str
    connections: list[str]
    connection_names: list[str]
    provider: Literal["openai", "ollama"]
    name: str
    local: bool
    size_b: float | None
    context_tokens: int | None
    input_usd_per_mtok: float | None
    output_usd_per_mtok: float | None
    capabilities: list[str]
    effective_context_tokens: int | None
    loaded: bool | None
    size_bytes: int | None
    quality: dict[str, float]
    guessed: list[str]
    available: bool
    state: Literal["closed", "open", "half_open"]
    first_token_ms_p50: float | None
    tokens_per_second: float | None
    requests: int
    errors: int


class Models(Shape):
    items: list[BackendShape]
    next_cursor: None = None
    baseline: str | None
    warnings: list[str]


class RegistryHealth(Shape):
    version: int
    errors: list[RegistryIssue]


class StoreHealth(Shape):
    ok: bool
    dialect: str
    lag_ms: float
    waiting: int
    dropped: int
    error: str | None


class Health(Shape):
    status: Literal["ok", "degraded", "failing"]
    version: str
    open_webui: str | None
    registry: RegistryHealth
    store: StoreHealth
    breakers: dict[str, Literal["closed", "open", "half_open"]]
    redis: Literal["ok", "absent", "down"]
    workers: int | None
    warnings: list[str]


class RegistryShape(Shape):
    """`version` is 0 while none was saved: everything then goes by what Open WebUI lists."""

    text: str
    version: int
    saved_at: float | None
    saved_by: str | None
    comment: str | None
    errors: list[RegistryIssue]
    warnings: list[str]
    effective: dict[str, Any] | None


class RegistryCheckShape(Shape):
    errors: list[RegistryIssue]
    warnings: list[str]
    effective: dict[str, Any] | None


class RegistryVersionShape(Shape):
    version: int
    comment: str
    saved_at: float
    saved_by: str | None


class RegistryVersions(Shape):
    items: list[RegistryVersionShape]
    next_cursor: None = None


class RegistryText(BaseModel):
    """A registry to check."""

    text: str = Field(max_length=1_000_000)


class RegistryDraft(RegistryText):
    """A registry to save. `version` is the one that it was made from: saving is refused when
    somebody else saved another in between. Left out, it is saved in any case."""

    comment: str = Field(default="", max_length=500)
    version: int | None = None


class Group(Shape):
    id: str
    name: str
    selected: bool


class AccessShape(Shape):
    """Who may use Smart. `model_exists` is whether Open WebUI has a row for it, without which
    plain users do not see it."""

    access: Literal["everyone", "admins", "groups"]
    groups: list[Group]
    model_exists: bool


class AccessWish(BaseModel):
    """`groups` are ids, for access "groups" alone."""

    access: Literal["everyone", "admins", "groups"]
    groups: list[str] = Field(default_factory=list, max_length=1000)


class DecisionShape(Shape):
    signals: dict[str, Any]
    intent: str
    complexity: str
    p_hard: float
    confidence: float
    evidence: list[str]
    strategy: str
    arm: str | None
    chosen: str | None
    candidates: list[CandidateShape]
    parameters: dict[str, Any]
    sentence: str


class Purged(Shape):
    purged: bool
