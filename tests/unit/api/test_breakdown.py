"""Figures by group, and how durations are spread."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from admin_pages.observability import shapes
from admin_pages.observability.api import PREFIX
from smart_router.records import Store
from tests.support.records import AT, record

RANGE = f"from={AT - 1}&to={AT + 100}"


async def get(client: httpx.AsyncClient, path: str) -> Any:
    response = await client.get(PREFIX + path)
    assert response.status_code == 200, response.text
    return response.json()


async def test_figures_of_users_add_up_to_the_whole(client: httpx.AsyncClient, store: Store) -> None:
    for number, user in enumerate(("ann", "ann", "bob", None)):
        await store.write(record(f"r{number}", user_id=user, cost_usd=number / 100))
    found = await get(client, f"/breakdown?group_by=user&{RANGE}")
    shapes.Breakdown.model_validate(found, strict=True)
    assert [(item["group"], item["requests"]) for item in found["items"]] == [
        ("ann", 2),
        (None, 1),
        ("bob", 1),
    ]
    whole = await get(client, f"/summary?{RANGE}")
    assert sum(item["cost_usd"] for item in found["items"]) == pytest.approx(whole["cost_usd"])


async def test_failed_turns_are_told_apart_by_the_kind_of_their_error(
    client: httpx.AsyncClient, store: Store
) -> None:
    await store.write(record("good"))
    for number, kind in enumerate(("overloaded", "overloaded", "auth")):
        await store.write(record(f"bad{number}", outcome="failed", error_kind=kind))
    found = await get(client, f"/breakdown?group_by=error_kind&{RANGE}")
    kinds = {item["group"]: item["requests"] for item in found["items"]}
    assert kinds == {"overloaded": 2, "auth": 1, None: 1}


async def test_a_distribution_counts_every_answered_turn_in_the_bar_of_its_duration(
    client: httpx.AsyncClient, store: Store
) -> None:
    for number, took in enumerate((120.0, 130.0, 800.0, 4_000_000_000.0)):
        await store.write(record(f"r{number}", latency_ms=took))
    await store.write(record("failed", outcome="failed", latency_ms=250.0))
    found = await get(client, f"/distribution?metric=latency_ms&{RANGE}")
    shapes.Distribution.model_validate(found, strict=True)
    assert found["requests"] == 4
    bars = {(bar["from_ms"], bar["to_ms"]): bar["requests"] for bar in found["items"]}
    assert bars[100, 150] == 2
    assert bars[150, 200] == 0
    assert bars[700, 1000] == 1
    assert bars[7_000_000, None] == 1
    assert min(bars)[0] == 100
    assert found["percentiles"]["p50"] == pytest.approx(130, rel=0.03)


async def test_nothing_is_spread_over_no_bars(client: httpx.AsyncClient) -> None:
    found = await get(client, f"/distribution?metric=first_token_ms&{RANGE}")
    assert (found["requests"], found["items"], found["percentiles"]["p50"]) == (0, [], None)
