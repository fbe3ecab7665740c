"""Calls → turns → lines: what one user message set off counts once, however many calls it took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple, get_args

from .calls import ANSWERED, Call
from .cells import Line
from .encoding import from_json_text

Group = Literal["backend", "intent", "complexity", "outcome", "arm", "strategy", "user", "error_kind"]
GROUPS: tuple[Group, ...] = get_args(Group)

#: What cells are counted by: everything together, each group, tasks by name, other models' chats by backend,
#: and what has a baseline cost by the baseline that it was computed with (None: not known any more).
ALL, TASK, DIRECT, BASELINE = "all", "task", "direct", "baseline"
DIMENSIONS: tuple[str, ...] = (ALL, *GROUPS, TASK, DIRECT, BASELINE)

#: A turn of several calls has the outcome that stands out most; later here stands out more.
_OUTCOMES = ("ok", "cached", "fallback", "continued", "escalated", "refused", "stopped", "failed")
_STANDING = {name: index for index, name in enumerate(_OUTCOMES)}

#: A dimension that says what its turn's first call was understood as → the call's field.
_OF_FIRST_CALL = {
    "intent": "intent",
    "complexity": "complexity",
    "arm": "arm",
    "strategy": "strategy",
    "user": "user_id",
}


class Counted(NamedTuple):
    """One line for the cell of `key` in `dimension`; `at` is when its turn began, epoch seconds."""

    at: float
    dimension: str
    key: str | None
    line: Line


class _Part(NamedTuple):
    """A call, or one of its attempts, under the backend that it went to."""

    round: int
    failed: bool
    fallback: bool
    escalated: bool
    estimated: bool
    cost_usd: float | None
    baseline_cost_usd: float | None
    input_tokens: int | None
    cached_tokens: int | None
    output_tokens: int | None
    confidence: float | None
    rating: int | None
    latency_ms: float | None
    first_token_ms: float | None


def counted(calls: Iterable[Call], dimensions: Sequence[str] = DIMENSIONS) -> Iterator[Counted]:
    """Every line that these calls make. All calls of a turn must be among them.

    Under a backend, a turn counts with what happened there; otherwise under what its first call
    was understood as. A turn belongs to the moment when it began, with all of its calls.
    """
    turns: dict[str, list[Call]] = {}
    for call in calls:
        if call.in_turns:
            turns.setdefault(call.turn_id, []).append(call)
            continue
        dimension, key = (TASK, call.task) if call.task is not None else (DIRECT, call.backend)
        # Tasks of chats with other models are nobody's here.
        if dimension in dimensions and (dimension == DIRECT or call.source == "smart"):
            yield Counted(call.created_at, dimension, key, _line([_whole(call)]))
    for turn in turns.values():
        yield from _counted_turn(turn, dimensions)


def _counted_turn(turn: list[Call], dimensions: Sequence[str]) -> Iterator[Counted]:
    at = min(call.created_at for call in turn)
    line = _line([_whole(call) for call in turn], all(call.outcome in ANSWERED for call in turn))
    for dimension in dimensions:
        if dimension == "backend":
            for backend, parts in _by_backend(turn).items():
                yield Counted(at, dimension, backend, _line(parts))
        elif dimension == BASELINE:
            for baseline, parts in _by_baseline(turn).items():
                yield Counted(at, dimension, baseline, _line(parts, timed=False))
        elif dimension == ALL:
            yield Counted(at, dimension, None, line)
        elif dimension not in (TASK, DIRECT):
            yield Counted(at, dimension, _key(turn, dimension), line)


def _key(turn: list[Call], dimension: str) -> str | None:
    if dimension == "outcome":
        return _OUTCOMES[max(_STANDING.get(call.outcome, 0) for call in turn)]
    if dimension == "error_kind":
        failed = [call for call in turn if call.error_kind is not None]
        return max(failed, key=lambda call: call.round).error_kind if failed else None
    field = _OF_FIRST_CALL[dimension]
    if len(turn) == 1:
        value: str | None = getattr(turn[0], field)
        return value
    known = [(call.round != 0, getattr(call, field)) for call in turn if getattr(call, field) is not None]
    return min(known)[1] if known else None


def _whole(call: Call) -> _Part:
    return _Part(
        call.round,
        call.outcome == "failed",
        call.outcome == "fallback",
        call.outcome == "escalated",
        bool(call.usage_estimated),
        call.cost_usd,
        call.baseline_cost_usd,
        call.input_tokens,
        call.cached_tokens,
        call.output_tokens,
        call.confidence,
        call.rating,
        call.latency_ms,
        call.first_token_ms,
    )


def _by_backend(turn: list[Call]) -> dict[str | None, list[_Part]]:
    found: dict[str | None, list[_Part]] = {}
    for call in turn:
        if call.attempts is None:
            # What happened before the call was given to this backend is not the backend's.
            part = _whole(call)._replace(failed=False, fallback=False, escalated=False)
            if call.outcome not in ANSWERED:
                part = part._replace(latency_ms=None)
            found.setdefault(call.backend, []).append(part)
            continue
        attempts = from_json_text(call.attempts, [])
        for index, attempt in enumerate(attempts):
            worked = index == len(attempts) - 1 and attempt.get("error_kind") is None
            found.setdefault(attempt.get("backend"), []).append(_of_attempt(call, attempt, worked))
    return found


def _by_baseline(turn: list[Call]) -> dict[str | None, list[_Part]]:
    """Nearly always one; rounds of a turn have two when the registry changed between them."""
    found: dict[str | None, list[_Part]] = {}
    for call in turn:
        if call.baseline_cost_usd is not None:
            # Durations are nobody's question here, and would make each cell longer.
            found.setdefault(call.baseline, []).append(_whole(call)._replace(first_token_ms=None))
    return found


def _of_attempt(call: Call, attempt: dict[str, Any], worked: bool) -> _Part:
    """The attempt that gave the answer has the call's cost less what the others cost, so that the
    backends' costs add up to the whole."""
    cost = attempt.get("cost_usd")
    if worked:
        cost = None if call.cost_usd is None else call.cost_usd - (call.extra_cost_usd or 0.0)
    return _Part(
        call.round,
        # A user who stops an answer is no fault of the backend's.
        attempt.get("error_kind") not in (None, "cancelled"),
        attempt.get("purpose") == "fallback",
        attempt.get("purpose") == "escalation",
        bool(call.usage_estimated),
        cost,
        call.baseline_cost_usd if worked else None,
        attempt.get("input_tokens"),
        attempt.get("cached_tokens"),
        attempt.get("output_tokens"),
        call.confidence if worked else None,
        call.rating if worked else None,
        attempt.get("duration_ms") if worked else None,
        attempt.get("first_token_ms") if worked else None,
    )


def _line(parts: Sequence[_Part], timed: bool = True) -> Line:
    """What these parts of one turn make together. Not `timed`: a turn that failed or was stopped
    has no latency, which would mix time-outs with answers."""
    cost = _total([part.cost_usd for part in parts])
    both = [
        (part.cost_usd, part.baseline_cost_usd)
        for part in parts
        if part.cost_usd is not None and part.baseline_cost_usd is not None
    ]
    sure = [part.confidence for part in parts if part.confidence is not None]
    rating = max((part.rating for part in parts if part.rating is not None), default=0)
    first = [p.first_token_ms for p in parts if p.round == 0 and p.first_token_ms is not None]
    sums = (
        1,
        int(any(part.failed for part in parts)),
        int(any(part.fallback for part in parts)),
        int(any(part.escalated for part in parts)),
        int(cost is not None),
        int(any(part.estimated for part in parts)),
        int(rating > 0),
        int(rating < 0),
        int(bool(sure)),
        cost,
        _total([part.cost_usd for part in parts if part.estimated]),
        _total([part.baseline_cost_usd for part in parts]),
        sum(baseline - paid for paid, baseline in both) if both else None,
        sum(baseline for _, baseline in both) if both else None,
        _total([part.input_tokens for part in parts]),
        _total([part.cached_tokens for part in parts]),
        _total([part.output_tokens for part in parts]),
        sum(sure) / len(sure) if sure else None,
    )
    latency = _total([part.latency_ms for part in parts]) if timed else None
    return Line(sums, latency, min(first) if first else None)


def _total(values: Sequence[Any]) -> Any:
    if len(values) == 1:
        return values[0]
    known = [value for value in values if value is not None]
    return sum(known) if known else None
