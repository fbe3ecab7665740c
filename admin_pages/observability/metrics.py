"""Prometheus' text format of this worker's figures.

Counters are this process's own, since it started: `worker` tells them apart when several share an
address, and Prometheus adds them up. Names and units by Prometheus' conventions.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import HTTPException

from smart_router.records.tally import Histogram, Tally

from .dependencies import RuntimeView

_STATES = ("closed", "open", "half_open")


def exposition(runtime: RuntimeView) -> tuple[bytes, str]:
    """The text and its media type. 501 where prometheus-client is not installed."""
    try:
        import prometheus_client
    except ImportError:
        raise HTTPException(
            501, "Metrics need the Python package prometheus-client; install it beside Open WebUI."
        ) from None
    registry = prometheus_client.CollectorRegistry()
    registry.register(_Collector(runtime))
    return prometheus_client.generate_latest(registry), prometheus_client.CONTENT_TYPE_PLAIN_0_0_4


class _Collector:
    """Makes the metric families anew from what the Runtime holds now."""

    def __init__(self, runtime: RuntimeView) -> None:
        self._runtime = runtime

    def describe(self) -> list[Any]:
        return []

    def collect(self) -> Iterator[Any]:
        worker = str(os.getpid())
        yield from _counters(self._runtime.store.tally, worker)
        yield from _gauges(self._runtime, worker)


def _counters(tally: Tally, worker: str) -> Iterator[Any]:
    from prometheus_client.core import CounterMetricFamily as Counter

    requests = Counter(
        "smart_router_requests",
        "Calls of Smart; backend is the one that answered.",
        labels=["worker", "backend", "intent", "outcome", "kind"],
    )
    for labels, count in tally.requests.items():
        requests.add_metric([worker, *labels], count)
    yield requests
    attempts = Counter(
        "smart_router_attempts",
        "Calls to backends; error is empty for those that worked.",
        labels=["worker", "backend", "purpose", "error"],
    )
    for what, count in tally.attempts.items():
        attempts.add_metric([worker, *what], count)
    yield attempts
    tokens = Counter("smart_router_tokens", "Tokens.", labels=["worker", "backend", "direction"])
    for where, count in tally.tokens.items():
        tokens.add_metric([worker, *where], count)
    yield tokens
    yield _by_backend(
        Counter("smart_router_cost_usd", "What was paid, where it is known.", labels=["worker", "backend"]),
        tally.cost_usd,
        worker,
    )
    # Not a counter: an answer can cost more than the baseline's would have.
    from prometheus_client.core import GaugeMetricFamily as Gauge

    yield _by_backend(
        Gauge(
            "smart_router_savings_usd",
            "Baseline cost less cost since this worker started.",
            labels=["worker", "backend"],
        ),
        tally.savings_usd,
        worker,
    )
    yield _histogram("latency", "From the call to the end of the answer.", tally.latency_s, worker)
    yield _histogram("first_token", "From the call to the first token.", tally.first_token_s, worker)


def _gauges(runtime: RuntimeView, worker: str) -> Iterator[Any]:
    from prometheus_client.core import CounterMetricFamily as Counter
    from prometheus_client.core import GaugeMetricFamily as Gauge

    states = Gauge(
        "smart_router_breaker_state",
        "1 for the state that the circuit breaker is in.",
        labels=["worker", "id", "kind", "state"],
    )
    trips = Counter(
        "smart_router_breaker_trips", "Times that the breaker opened.", labels=["worker", "id", "kind"]
    )
    for status in runtime.breakers():
        for state in _STATES:
            states.add_metric([worker, status.id, status.kind, state], float(status.state == state))
        trips.add_metric([worker, status.id, status.kind], status.trips)
    yield states
    yield trips
    store = runtime.store
    for name, help_, value in (
        ("store_up", "1 while records can be written.", float(store.ok)),
        ("store_lag_seconds", "How long the oldest unwritten record has waited.", store.lag_ms / 1000),
        ("store_waiting_records", "Records that are in memory only.", store.waiting),
        ("backends", "Backends that can be chosen.", len(runtime.catalog.backends)),
        ("registry_version", "The registry in use.", runtime.catalog.registry_version),
    ):
        gauge = Gauge(f"smart_router_{name}", help_, labels=["worker"])
        gauge.add_metric([worker], value)
        yield gauge
    lost = Counter("smart_router_store_dropped_records", "Records lost.", labels=["worker"])
    lost.add_metric([worker], store.dropped)
    yield lost
    said = runtime.describe()
    info = Gauge("smart_router_build_info", "Always 1.", labels=["worker", "version", "open_webui"])
    info.add_metric([worker, str(said.get("version") or ""), str(said.get("open_webui") or "")], 1)
    yield info


def _by_backend(family: Any, values: Mapping[str, float], worker: str) -> Any:
    for backend, value in values.items():
        family.add_metric([worker, backend], value)
    return family


def _histogram(name: str, help_: str, values: Mapping[str, Histogram], worker: str) -> Any:
    from prometheus_client.core import HistogramMetricFamily

    family = HistogramMetricFamily(f"smart_router_{name}_seconds", help_, labels=["worker", "backend"])
    for backend, histogram in values.items():
        buckets, running = [], 0
        for bound, count in zip((*histogram.bounds, float("inf")), histogram.counts, strict=True):
            running += count
            buckets.append(("+Inf" if bound == float("inf") else str(bound), running))
        family.add_metric([worker, backend], buckets=buckets, sum_value=histogram.total)
    return family
