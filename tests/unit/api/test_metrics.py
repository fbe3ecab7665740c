"""Prometheus' text: parsed again by Prometheus' own parser."""

from __future__ import annotations

import sys

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from admin_pages.observability.api import PREFIX
from smart_router.health.types import BreakerStatus
from tests.support.records import attempt, record

from .fakes import FakeRuntime


async def samples(client: httpx.AsyncClient) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    response = await client.get(f"{PREFIX}/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    found = {}
    for family in text_string_to_metric_families(response.text):
        assert family.documentation
        for sample in family.samples:
            labels = {key: value for key, value in sample.labels.items() if key != "worker"}
            found[sample.name, frozenset(labels.items())] = sample.value
    return found


async def test_requests_tokens_and_money_are_counted(client: httpx.AsyncClient, runtime: FakeRuntime) -> None:
    tries = (attempt("small", error_kind="auth"), attempt(purpose="fallback"))
    await runtime.store.write(record(outcome="fallback", attempts=tries, latency_ms=300.0))
    found = await samples(client)
    assert (
        found[
            key(
                "smart_router_requests_total", backend="big", intent="coding", outcome="fallback", kind="chat"
            )
        ]
        == 1
    )
    assert found[key("smart_router_attempts_total", backend="small", purpose="answer", error="auth")] == 1
    assert found[key("smart_router_tokens_total", backend="big", direction="output")] == 20
    assert found[key("smart_router_cost_usd_total", backend="big")] == 0.003
    assert found[key("smart_router_savings_usd", backend="big")] == pytest.approx(0.007)
    assert found[key("smart_router_latency_seconds_bucket", backend="big", le="0.25")] == 0
    assert found[key("smart_router_latency_seconds_bucket", backend="big", le="0.5")] == 1
    assert found[key("smart_router_latency_seconds_bucket", backend="big", le="+Inf")] == 1
    assert found[key("smart_router_latency_seconds_sum", backend="big")] == 0.3


async def test_breakers_and_the_store_are_shown_as_they_are(
    client: httpx.AsyncClient, runtime: FakeRuntime
) -> None:
    runtime.breaker_list = [BreakerStatus('we"ird\n/id', state="open", trips=3)]
    found = await samples(client)
    id = 'we"ird\n/id'
    assert found[key("smart_router_breaker_state", id=id, kind="backend", state="open")] == 1
    assert found[key("smart_router_breaker_state", id=id, kind="backend", state="closed")] == 0
    assert found[key("smart_router_breaker_trips_total", id=id, kind="backend")] == 3
    assert found[key("smart_router_store_up")] == 1
    assert found[key("smart_router_backends")] == 2
    assert found[key("smart_router_build_info", version="0.1.0", open_webui="0.12.4")] == 1


async def test_without_prometheus_client_the_route_says_what_is_missing(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    response = await client.get(f"{PREFIX}/metrics")
    assert response.status_code == 501
    assert "prometheus-client" in response.json()["detail"]


def key(name: str, **labels: str) -> tuple[str, frozenset[tuple[str, str]]]:
    return name, frozenset(labels.items())
