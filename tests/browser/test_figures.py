"""What the page says is what the rows say: every figure against SQL of its own."""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.traffic import Traffic, traffic_of
from tests.support.installation import Installation

#: Turns: what one message set off, all of its calls together, counted where it began.
TURNS = """
WITH turns AS (
  SELECT turn_id, min(created_at) AS at,
    max(outcome = 'failed') AS failed, max(outcome = 'fallback') AS fallback,
    sum(cost_usd) AS cost, sum(baseline_cost_usd) AS baseline,
    sum(CASE WHEN cost_usd IS NOT NULL AND baseline_cost_usd IS NOT NULL
        THEN baseline_cost_usd - cost_usd END) AS saved,
    sum(input_tokens) AS input, sum(output_tokens) AS output, max(rating) AS rating,
    CASE WHEN min(outcome IN ('ok', 'fallback', 'escalated', 'continued', 'cached'))
        THEN sum(latency_ms) END AS latency,
    min(CASE WHEN round = 0 THEN first_token_ms END) AS first_token,
    min(CASE WHEN round = 0 THEN user_id END) AS user, max(error_kind) AS error_kind
  FROM smart_router_records WHERE task IS NULL AND source = 'smart' GROUP BY turn_id
)
SELECT * FROM turns WHERE at >= ? AND at < ?
"""


@pytest.fixture
def traffic(smart: Installation) -> Traffic:
    return traffic_of(smart)


@pytest.fixture
def turns(smart: Installation, traffic: Traffic) -> Iterator[list[dict[str, Any]]]:
    database = sqlite3.connect(f"file:{smart.server.data_dir / 'webui.db'}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    yield [dict(row) for row in database.execute(TURNS, (traffic.start, traffic.end))]
    database.close()


def shown(page: Page, figure: str) -> str:
    return page.get_by_test_id(f"figure-{figure}-value").inner_text()


def usd(value: float) -> str:
    """Two digits that count for less than a cent, else cents."""
    if 0 < abs(value) < 0.01:
        digits = 1 - math.floor(math.log10(abs(value)))
        return f"${round(value, digits):.{digits}f}".rstrip("0")
    return f"${value:,.2f}"


def percent(value: float) -> str:
    text = f"{value * 100:.0f}" if value >= 0.1 else f"{value * 100:.1f}".removesuffix(".0")
    return f"{text}%"


def nearest_rank(values: list[float], share: float) -> float:
    return sorted(values)[math.ceil(len(values) * share) - 1]


def milliseconds(text: str) -> float:
    found = re.search(r"([\d.,]+)(ms|s)$", text)
    assert found, text
    return float(found[1].replace(",", "")) * (1 if found[2] == "ms" else 1000)


def test_headline_figures_are_those_of_the_rows(
    admin_page: Page, traffic: Traffic, turns: list[dict[str, Any]]
) -> None:
    admin_page.goto(f"/admin/observability?{traffic.query}")
    expect(admin_page.get_by_test_id("headline")).to_be_visible(timeout=15_000)
    count = len(turns)
    failed = sum(turn["failed"] for turn in turns)
    assert failed
    assert shown(admin_page, "requests") == str(count)
    assert shown(admin_page, "error_rate") == percent(failed / count)
    assert admin_page.get_by_test_id("figure-error_rate-note").inner_text() == f"{failed} failed"
    assert shown(admin_page, "fallbacks") == str(sum(turn["fallback"] for turn in turns))
    assert shown(admin_page, "cost") == usd(sum(turn["cost"] or 0 for turn in turns))
    saved = sum(turn["saved"] or 0 for turn in turns)
    assert shown(admin_page, "savings") == usd(saved)
    tokens = [sum(turn[name] or 0 for turn in turns) for name in ("input", "output")]
    exact = admin_page.request.get(f"/api/v1/observability/summary?{traffic.query}").json()
    assert [exact["input_tokens"], exact["output_tokens"]] == tokens
    thousands = f"{sum(tokens) / 1000:.1f}".removesuffix(".0")
    assert shown(admin_page, "tokens") == (f"{sum(tokens):,}" if sum(tokens) < 10_000 else f"{thousands}K")
    for figure, column in (("latency", "latency"), ("first_token", "first_token")):
        took = [turn[column] for turn in turns if turn[column] is not None]
        said = {0.5: shown(admin_page, figure), 0.95: ""}
        said[0.95] = admin_page.get_by_test_id(f"figure-{figure}-p95").inner_text()
        for share, text in said.items():
            # Percentiles come out of a histogram, and are rounded to be read.
            assert milliseconds(text) == pytest.approx(nearest_rank(took, share), rel=0.04, abs=50), figure


def test_what_it_cost_is_what_the_rows_say_by_user_as_well(
    admin_page: Page, smart: Installation, traffic: Traffic, turns: list[dict[str, Any]]
) -> None:
    admin_page.goto(f"/admin/observability?section=cost&by=user&{traffic.query}")
    expect(admin_page.get_by_test_id("cost-figures")).to_be_visible(timeout=15_000)
    assert shown(admin_page, "total_cost") == usd(sum(turn["cost"] or 0 for turn in turns))
    assert shown(admin_page, "baseline_cost") == usd(sum(turn["baseline"] or 0 for turn in turns))
    assert shown(admin_page, "total_savings") == usd(sum(turn["saved"] or 0 for turn in turns))
    for account in (smart.user, smart.admin):
        own = [turn for turn in turns if turn["user"] == account.id]
        row = admin_page.get_by_test_id("group-row").filter(has_text=account.name)
        expect(row).to_have_attribute("data-group", account.id)
        cells = {name: row.locator(f"[data-column={name}]").inner_text() for name in ("requests", "cost")}
        assert cells == {"requests": str(len(own)), "cost": usd(sum(turn["cost"] or 0 for turn in own))}


def test_errors_ratings_and_charts_count_the_same_rows(
    admin_page: Page, traffic: Traffic, turns: list[dict[str, Any]]
) -> None:
    admin_page.goto(f"/admin/observability?{traffic.query}")
    failures = [turn["error_kind"] for turn in turns if turn["error_kind"]]
    for kind in set(failures):
        row = admin_page.locator(f"[data-testid=error-kind][data-kind={kind}]")
        expect(row).to_contain_text(str(failures.count(kind)))
    admin_page.get_by_test_id("chart-requests-table").click()
    table = admin_page.get_by_test_id("chart-table")
    expect(table).to_be_visible()
    outcomes = [name for name in table.locator("thead th").all_inner_texts()[1:] if name != "Period before"]
    rows = [row.locator("td").all_inner_texts()[: len(outcomes)] for row in table.locator("tbody tr").all()]
    assert sum(int(cell) for row in rows for cell in row) == len(turns)
    admin_page.get_by_test_id("section-ratings").click()
    up, down = (sum(turn["rating"] == sign for turn in turns) for sign in (1, -1))
    assert up > 0
    assert down > 0
    expect(admin_page.get_by_test_id("figure-rated-value")).to_have_text(str(up + down))
    expect(admin_page.get_by_test_id("figure-good_share-value")).to_have_text(percent(up / (up + down)))
