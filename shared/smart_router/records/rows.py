"""Record ↔ row ↔ JSON."""

from __future__ import annotations

import hashlib
import math
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from .encoding import clean_number, clean_text, from_json_text, to_json_text
from .tables import INDEXED_CHARACTERS
from .types import Attempt, Record

#: Cut here: an error text is for reading, and some providers send pages of HTML.
ERROR_CHARACTERS = 1000

#: PostgreSQL's and SQLite's largest integer.
_LARGEST = 2**63 - 1

_SHORT = (
    "id", "turn_id", "user_id", "chat_id", "message_id", "task", "source", "served_by", "intent",
    "complexity", "language", "strategy", "route", "arm", "backend", "outcome", "error_kind", "reason",
    "cost_source", "baseline", "rating_reason", "library_version", "classifier_version",
)  # fmt: skip
_NUMBERS = (
    "created_at", "p_hard", "confidence", "latency_ms", "first_token_ms", "cost_usd",
    "baseline_cost_usd", "answer_score",
)  # fmt: skip
_COUNTS = (
    "round", "input_tokens", "cached_tokens", "output_tokens", "rating", "registry_version",
    "schema_version",
)  # fmt: skip
_FLAGS = ("sensitive", "temporary", "usage_estimated")
_ATTEMPT_FIELDS = tuple(field.name for field in fields(Attempt))

#: Makes turn ids of temporary chats untraceable: it is never stored, and new in every process.
_SALT = secrets.token_bytes(16)


def without_traces(record: Record) -> Record:
    """What may stay of a temporary chat: what figures are counted from, and nothing that leads back to
    a person, a chat or what was said."""
    return Record(
        id=record.id,
        turn_id=hashlib.blake2b(
            record.turn_id.encode(errors="replace"), key=_SALT, digest_size=12
        ).hexdigest(),
        round=record.round,
        created_at=record.created_at,
        outcome=record.outcome,
        task=record.task,
        source=record.source,
        served_by=record.served_by,
        intent=record.intent,
        complexity=record.complexity,
        confidence=record.confidence,
        strategy=record.strategy,
        route=record.route,
        arm=record.arm,
        backend=record.backend,
        error_kind=record.error_kind,
        attempts=tuple(replace(attempt, error=None) for attempt in record.attempts),
        latency_ms=record.latency_ms,
        first_token_ms=record.first_token_ms,
        input_tokens=record.input_tokens,
        cached_tokens=record.cached_tokens,
        output_tokens=record.output_tokens,
        usage_estimated=record.usage_estimated,
        cost_usd=record.cost_usd,
        baseline=record.baseline,
        baseline_cost_usd=record.baseline_cost_usd,
        cost_source=record.cost_source,
        temporary=True,
        library_version=record.library_version,
        classifier_version=record.classifier_version,
        registry_version=record.registry_version,
        schema_version=record.schema_version,
    )


def record_to_row(record: Record) -> dict[str, Any]:
    """The columns of one record, all but `seq`, `written_at`, `rated_at` and `feedback_id`."""
    if record.temporary:
        record = without_traces(record)
    row: dict[str, Any] = {}
    for name in _SHORT:
        value = getattr(record, name)
        row[name] = None if value is None else clean_text(str(value), INDEXED_CHARACTERS)
    for name in _NUMBERS:
        row[name] = clean_number(getattr(record, name))
    for name in _COUNTS:
        value = getattr(record, name)
        row[name] = None if value is None else max(-_LARGEST, min(int(value), _LARGEST))
    for name in _FLAGS:
        row[name] = bool(getattr(record, name))
    row["attempt_count"] = len(record.attempts)
    row["extra_cost_usd"] = _extra_cost_usd(record.attempts)
    row["sentence"] = clean_text(record.sentence)
    row["evidence"] = to_json_text(record.evidence)
    row["signals"] = to_json_text(record.signals)
    row["attempts"] = to_json_text([attempt_to_json(attempt) for attempt in record.attempts])
    row["ranking"] = to_json_text(record.ranking)
    row["prompt"] = None if record.prompt is None else clean_text(record.prompt)
    return row


def row_to_record(row: Mapping[Any, Any]) -> Record:
    """The record that a whole row holds."""
    values: dict[str, Any] = {name: row[name] for name in (*_SHORT, *_NUMBERS, *_COUNTS)}
    values.update({name: bool(row[name]) for name in _FLAGS})
    return Record(
        **values,
        sentence=row["sentence"],
        evidence=tuple(from_json_text(row["evidence"], ())),
        signals=from_json_text(row["signals"], {}),
        attempts=tuple(_attempt(item) for item in from_json_text(row["attempts"], ())),
        ranking=tuple(from_json_text(row["ranking"], ())),
        prompt=row["prompt"],
    )


def attempt_to_json(attempt: Attempt) -> dict[str, Any]:
    """The interface's `attempt` shape."""
    values = {name: getattr(attempt, name) for name in _ATTEMPT_FIELDS}
    if attempt.error is not None:
        values["error"] = clean_text(attempt.error, ERROR_CHARACTERS)
    return values


def record_to_json(record: Record) -> dict[str, Any]:
    """The interface's `request` shape. The prompt is in it only where one was stored."""
    values = {field.name: getattr(record, field.name) for field in fields(Record)}
    values["evidence"] = list(record.evidence)
    values["attempts"] = [attempt_to_json(attempt) for attempt in record.attempts]
    values["ranking"] = list(record.ranking)
    if record.prompt is None:
        del values["prompt"]
    return values


def _extra_cost_usd(attempts: Sequence[Attempt]) -> float | None:
    """What the attempts cost that did not give the answer, which is the last one where it did not fail."""
    answer = attempts[-1] if attempts and attempts[-1].error_kind is None else None
    costs = [attempt.cost_usd for attempt in attempts if attempt is not answer]
    known = [cost for cost in costs if cost is not None and math.isfinite(cost)]
    return sum(known) if known else None


def _attempt(item: Mapping[str, Any]) -> Attempt:
    # A row that a newer library wrote may hold more than this one knows.
    return Attempt(**{name: item[name] for name in _ATTEMPT_FIELDS if name in item})
