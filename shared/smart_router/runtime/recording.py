"""What happened → Record, priced."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .. import __version__
from ..classify.types import Classification
from ..delivery.sentences import INTERNAL
from ..delivery.types import Delivery
from ..delivery.usage import Usage, price
from ..errors import ErrorKind
from ..policy.types import Decision
from ..records.types import Attempt, Record
from ..registry.types import Catalog
from ..request import ChatRequest

#: In the record of a request that was stopped while it was still being decided.
STOPPED_EARLY = "Stopped before any model was asked to answer."


def delivered_record(
    record_id: str,
    request: ChatRequest,
    classification: Classification,
    decision: Decision,
    delivery: Delivery,
    catalog: Catalog,
    created_at: float,
    *,
    prompt: str | None,
) -> Record:
    """The record of a delivered (or failed, or stopped) call.

    The baseline's cost is that of the same tokens at its prices, without its prompt cache: what it
    would have had cached nobody knows.
    """
    baseline = catalog.backends.get(decision.baseline) if decision.baseline else None
    tokens = Usage(input_tokens=delivery.input_tokens, output_tokens=delivery.output_tokens)
    return Record(
        **_common(record_id, request, classification, decision, catalog, created_at),
        outcome=delivery.outcome,
        backend=delivery.backend,
        error_kind=str(delivery.error_kind) if delivery.error_kind else None,
        attempts=delivery.attempts,
        latency_ms=delivery.latency_ms,
        first_token_ms=delivery.first_token_ms,
        input_tokens=delivery.input_tokens,
        cached_tokens=delivery.cached_tokens,
        output_tokens=delivery.output_tokens,
        usage_estimated=delivery.usage_estimated,
        cost_usd=delivery.cost_usd,
        cost_source=delivery.cost_source,
        baseline=decision.baseline,
        baseline_cost_usd=price(baseline, tokens),
        answer_score=delivery.answer_score,
        prompt=prompt,
    )


def refused_record(
    record_id: str,
    request: ChatRequest,
    classification: Classification,
    decision: Decision,
    catalog: Catalog,
    created_at: float,
    *,
    prompt: str | None,
) -> Record:
    """The record of a request that no backend may take. Nobody is called, so nothing is to be paid."""
    return Record(
        **_common(record_id, request, classification, decision, catalog, created_at),
        outcome="refused",
        cost_usd=0.0,
        prompt=prompt,
    )


def invalid_record(record_id: str, origin: ChatRequest, created_at: float, sentence: str) -> Record:
    """The record of a request that cannot be used: nothing of it was looked at but whose it is."""
    return Record(
        **_origin(record_id, origin, created_at),
        outcome="refused",
        cost_usd=0.0,
        reason="refused_invalid_request",
        sentence=sentence,
    )


def broken_record(record_id: str, origin: ChatRequest, created_at: float) -> Record:
    """The record of a request that failed in our own code; the log says where."""
    return Record(
        **_origin(record_id, origin, created_at),
        outcome="failed",
        error_kind=str(ErrorKind.SERVER_ERROR),
        sentence=INTERNAL,
    )


def stopped_record(record_id: str, origin: ChatRequest, created_at: float) -> Record:
    """The record of a request that was stopped before any backend was called to answer it."""
    return Record(**_origin(record_id, origin, created_at), outcome="stopped", sentence=STOPPED_EARLY)


def preceded(record: Record, asked: Attempt | None) -> Record:
    """The record with a call that came before all of it: the user waited, and paid, for both.

    The baseline's cost stays: it is that of the answer alone.
    """
    if asked is None:
        return record
    waited_ms = asked.duration_ms or 0.0
    # Whether a provider reported what an attempt cost is not kept with it: the weaker claim.
    source = record.cost_source or (None if asked.cost_usd is None else "estimated")
    return replace(
        record,
        attempts=(asked, *record.attempts),
        latency_ms=_sum(record.latency_ms, waited_ms),
        first_token_ms=None if record.first_token_ms is None else record.first_token_ms + waited_ms,
        input_tokens=_sum(record.input_tokens, asked.input_tokens),
        cached_tokens=_sum(record.cached_tokens, asked.cached_tokens),
        output_tokens=_sum(record.output_tokens, asked.output_tokens),
        # Nothing to pay for the answer is not yet nothing to pay, while nobody knows what asking cost.
        cost_usd=_sum(record.cost_usd or None, asked.cost_usd),
        cost_source=source,
    )


def _sum(first: Any, second: Any) -> Any:
    """What is known of both, None when nothing is."""
    return first if second is None else second if first is None else first + second


def _common(
    record_id: str,
    request: ChatRequest,
    classification: Classification,
    decision: Decision,
    catalog: Catalog,
    created_at: float,
) -> dict[str, Any]:
    signals, opinion = classification.signals, classification.second_opinion
    return {
        **_origin(record_id, request, created_at),
        "intent": decision.intent or classification.intent,
        "complexity": decision.complexity or classification.complexity,
        "p_hard": classification.p_hard,
        "confidence": classification.confidence,
        "language": signals.language,
        "sensitive": signals.sensitive,
        "signals": signals.to_json() | ({"second_opinion": opinion.to_json()} if opinion else {}),
        "evidence": classification.evidence,
        "strategy": decision.strategy,
        "route": decision.route,
        "arm": decision.arm,
        "ranking": tuple(candidate.to_json() for candidate in decision.candidates),
        "reason": decision.reason,
        "sentence": decision.sentence,
        "classifier_version": classification.version,
        "registry_version": catalog.registry_version,
    }


def _origin(record_id: str, request: ChatRequest, created_at: float) -> dict[str, Any]:
    return {
        "id": record_id,
        "turn_id": request.turn_id,
        "round": request.round,
        "created_at": created_at,
        "user_id": request.user.id or None,
        "chat_id": request.chat_id,
        "message_id": request.message_id,
        "task": request.task,
        "temporary": request.temporary,
        "library_version": __version__,
    }
