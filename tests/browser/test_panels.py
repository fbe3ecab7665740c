"""Every panel of the observability page on real traffic made through Smart."""

from __future__ import annotations

import gzip
import json
import re
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.traffic import Traffic, traffic_of
from tests.support.browser import shoot
from tests.support.installation import Installation


@pytest.fixture
def traffic(smart: Installation) -> Traffic:
    return traffic_of(smart)


def visit(page: Page, query: str = "") -> None:
    page.goto(f"/admin/observability?{query}")
    expect(page.get_by_test_id("updated")).to_have_attribute("data-failing", "false", timeout=15_000)


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def test_requests_over_time_are_drawn_without_another_file_or_host(
    admin_page: Page, smart: Installation, traffic: Traffic
) -> None:
    asked: list[str] = []
    admin_page.on("request", lambda request: asked.append(request.url))
    visit(admin_page, traffic.query)
    chart = admin_page.get_by_test_id("chart-requests").get_by_test_id("chart-canvas")
    expect(chart).to_have_attribute("data-drawn", "true")
    assert all(url.startswith(smart.url) for url in asked)
    assert not [url for url in asked if url.endswith(".js")]
    colours = chart.locator("canvas").evaluate(
        """canvas => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          return new Set(new Uint32Array(data.buffer)).size;
        }"""
    )
    assert colours > 3
    admin_page.get_by_test_id("requests-by-backend").click()
    expect(admin_page.get_by_test_id("chart-legend").first).to_contain_text("gpt-4o-mini")
    assert query_of(admin_page)["by"] == ["backend"]
    shoot(admin_page, "page-overview")


def test_the_first_view_is_light_and_runs_chart_js_only_where_there_is_a_chart(
    admin_page: Page, smart: Installation, traffic: Traffic
) -> None:
    answer = admin_page.goto("/admin/observability?section=access")
    assert answer is not None
    assert len(gzip.compress(answer.body())) <= 350_000
    expect(admin_page.get_by_test_id("access-save")).to_be_visible()
    loaded = "() => 'lazy-draw part' in globalThis"
    assert not admin_page.evaluate(loaded)
    admin_page.get_by_test_id("section-performance").click()
    expect(admin_page.get_by_test_id("chart-canvas").first).to_have_attribute("data-drawn", "true")
    assert admin_page.evaluate(loaded)


def test_a_line_of_the_legend_is_taken_out_and_a_click_leads_to_the_requests(
    admin_page: Page, traffic: Traffic
) -> None:
    visit(admin_page, traffic.query)
    ok = admin_page.locator("[data-testid=legend-item][data-key=ok]")
    ok.click()
    expect(ok).to_have_attribute("aria-pressed", "false")
    canvas = admin_page.get_by_test_id("chart-canvas").first
    canvas.focus()
    admin_page.keyboard.press("End")
    expect(canvas).not_to_have_attribute("aria-valuetext", re.compile("OK"))
    admin_page.get_by_test_id("chart-requests-table").click()
    admin_page.get_by_test_id("chart-table").get_by_role("button").first.click()
    expect(admin_page.get_by_test_id("log-row").first).to_be_visible()
    assert {"section", "from", "to"} <= query_of(admin_page).keys()


def test_performance_shows_fallbacks_percentiles_and_how_durations_are_spread(
    admin_page: Page, traffic: Traffic
) -> None:
    visit(admin_page, f"section=performance&{traffic.query}")
    fallbacks = admin_page.get_by_test_id("chart-rescued").locator("[data-key=fallbacks]")
    expect(fallbacks).to_contain_text("1")
    for metric in ("latency_ms", "first_token_ms"):
        expect(admin_page.get_by_test_id(f"chart-spread-{metric}-note")).to_contain_text("p95")
    row = admin_page.locator("[data-testid=group-row][data-group='gpt-4o-mini']")
    expect(row).to_be_visible()
    shoot(admin_page, "page-performance")


def test_costs_name_what_they_are_compared_with(
    admin_page: Page, smart: Installation, traffic: Traffic
) -> None:
    rows = smart.records(task="none", limit=200, **{"from": traffic.start, "to": traffic.end})
    named = {row["baseline"] for row in rows if row["baseline_cost_usd"] is not None}
    # Two, because the registry changed on the way; and neither is the present one.
    assert "gpt-4o" in named
    assert len(named) == 2
    smart.registry("version: 1\nbaseline: gpt-4.1\n")
    visit(admin_page, f"section=cost&{traffic.query}")
    for place in ("figure-baseline_cost", "chart-money-note"):
        for baseline in named:
            expect(admin_page.get_by_test_id(place)).to_contain_text(baseline)
        expect(admin_page.get_by_test_id(place)).not_to_contain_text("gpt-4.1")
    with admin_page.expect_download() as download:
        admin_page.get_by_test_id("groups-cost-csv").click()
    lines = download.value.path().read_text().splitlines()
    assert lines[0].startswith("Backend,Requests,")
    assert any(line.startswith("gpt-4o-mini,") for line in lines)
    shoot(admin_page, "page-cost")


def test_the_log_is_filtered_and_what_it_shows_is_downloaded(
    admin_page: Page, smart: Installation, traffic: Traffic
) -> None:
    visit(admin_page, f"section=requests&{traffic.query}")
    admin_page.get_by_test_id("filter-user").select_option(label="Admin")
    admin_page.get_by_test_id("filter-intent").select_option("chat")
    expect(admin_page.get_by_test_id("log-end")).to_be_visible()
    rows = admin_page.get_by_test_id("log-row")
    shown = [row.get_attribute("data-request") for row in rows.all()]
    assert shown
    for kind in ("jsonl", "csv"):
        with admin_page.expect_download() as download:
            admin_page.get_by_test_id(f"export-{kind}").click()
        lines = download.value.path().read_text().splitlines()
        if kind == "jsonl":
            assert {json.loads(line)["id"] for line in lines} == set(shown)
        else:
            assert len(lines) == len(shown) + 1
    shared = admin_page.url
    admin_page.goto("/admin/observability")
    admin_page.goto(shared)
    expect(rows).to_have_count(len(shown))
    shoot(admin_page, "page-requests")


def test_a_record_tells_its_attempts_and_leads_to_the_chat(
    admin_page: Page, smart: Installation, traffic: Traffic
) -> None:
    visit(admin_page, f"section=requests&outcome=fallback&{traffic.query}")
    admin_page.get_by_test_id("log-row").first.click()
    expect(admin_page.get_by_test_id("attempt")).to_have_count(2)
    expect(admin_page.get_by_test_id("attempt").first).to_have_attribute("data-backend", "gpt-4o-mini")
    expect(admin_page.get_by_test_id("detail-ranking").get_by_test_id("candidate").first).to_be_visible()
    shoot(admin_page, "page-detail-fallback")
    for chat, address in ((traffic.users_chat, "/s/"), (traffic.admins_chat, "/c/")):
        record = smart.records(chat_id=chat, task="none")[0]["id"]
        visit(admin_page, f"section=requests&{traffic.query}&request={record}")
        link = admin_page.get_by_test_id("detail-chat")
        expect(link).to_have_attribute("href", f"{address}{chat}")
    link.click()
    expect(admin_page.get_by_text("What is a monad?").first).to_be_visible(timeout=15_000)


def test_the_playground_says_what_the_explain_route_says_and_leaves_nothing(
    admin_page: Page, smart: Installation, traffic: Traffic
) -> None:
    before = len(smart.records(limit=200))
    smart.backends.stage.log.clear()
    visit(admin_page, "section=playground")
    text = "Write a Python function to reverse a string"
    admin_page.get_by_test_id("playground-text").press_sequentially(text)
    chosen = admin_page.get_by_test_id("playground-chosen")
    expect(chosen).to_be_visible()
    said = smart.post(
        "/explain", {"model": "smart_router.auto", "messages": [{"role": "user", "content": text}]}
    )
    expect(chosen).to_contain_text(said["chosen"])
    expect(admin_page.get_by_test_id("playground-facts")).to_contain_text("Coding")
    first = admin_page.get_by_test_id("candidate").first
    for factor in ("Quality", "Cost", "Latency", "Feedback", "Diversity", "Stickiness"):
        expect(first).to_contain_text(factor)
    assert text not in admin_page.url
    assert len(smart.records(limit=200)) == before
    assert smart.backends.requests == []
    shoot(admin_page, "page-playground")


def test_the_catalog_marks_what_nobody_told(admin_page: Page, smart: Installation, traffic: Traffic) -> None:
    visit(admin_page, f"section=models&{traffic.query}")
    guessed = {model["id"]: model["guessed"] for model in smart.get("/models")["items"]}
    rows = admin_page.get_by_test_id("model")
    expect(rows).to_have_count(len(guessed))
    for id, fields in guessed.items():
        row = admin_page.locator(f"[data-testid=model][data-model='{id}']")
        marked = {"size_b", "context_tokens", "effective_context_tokens", "input_usd_per_mtok"} & set(fields)
        assert bool(row.get_by_test_id("guessed").count()) == bool(marked), id
    admin_page.get_by_test_id("model-open").first.click()
    expect(admin_page.get_by_test_id("model-details")).to_contain_text("Quality")
    shoot(admin_page, "page-models")


def test_a_registry_is_checked_while_typed_compared_and_taken_back(
    admin_page: Page, smart: Installation
) -> None:
    smart.registry("version: 1\nbaseline: gpt-4o\n")
    before = smart.get("/registry")["version"]
    visit(admin_page, "section=registry")
    text = admin_page.get_by_test_id("registry-text")
    text.fill("version: 1\nbaseline: gpt-4o\nmodels:\n  - id: gemma:2b\n    sise_b: 2\n")
    expect(admin_page.get_by_test_id("line-issue")).to_have_attribute("data-line", "5")
    shoot(admin_page, "page-registry-typing")
    text.fill("version: 1\nbaseline: gpt-4.1\n")
    expect(admin_page.get_by_test_id("line-issue")).to_have_count(0)
    admin_page.get_by_test_id("registry-changes").click()
    expect(admin_page.get_by_test_id("diff-added")).to_contain_text("baseline: gpt-4.1")
    admin_page.get_by_test_id("registry-save").click()
    newest = admin_page.get_by_test_id("registry-version").first
    version = before + 1
    expect(newest).to_have_attribute("data-version", str(version))
    expect(newest).to_contain_text("newest")
    earlier = admin_page.locator(f"[data-testid=registry-version][data-version='{version - 1}']")
    earlier.get_by_test_id("version-compare").click()
    expect(earlier.get_by_test_id("diff-added")).to_contain_text("baseline: gpt-4o")
    shoot(admin_page, "page-registry-history")
    earlier.get_by_test_id("version-restore").click()
    admin_page.get_by_test_id("registry-save").click()
    expect(admin_page.get_by_test_id("registry-version").first).to_have_attribute(
        "data-version", str(version + 1)
    )
    saved = smart.get("/registry")
    assert (saved["text"], saved["comment"]) == (
        "version: 1\nbaseline: gpt-4o\n",
        f"Back to version {version - 1}",
    )


def test_a_registry_that_is_not_saved_is_not_lost_without_a_question(
    admin_page: Page, smart: Installation
) -> None:
    smart.registry("version: 1\n")
    visit(admin_page, "section=registry")
    text = admin_page.get_by_test_id("registry-text")
    text.fill("version: 1\n# half done\n")
    admin_page.get_by_test_id("section-models").click()
    expect(admin_page.get_by_test_id("models")).to_be_visible()
    admin_page.get_by_test_id("section-registry").click()
    expect(text).to_have_value("version: 1\n# half done\n")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    admin_page.once("dialog", stay)
    # Another page of Open WebUI: the browser asks, and on “no” everything is still there.
    admin_page.get_by_role("link", name="Functions").click()
    expect(text).to_have_value("version: 1\n# half done\n")
    assert asked == ["beforeunload"]
    admin_page.get_by_test_id("registry-discard").click()
    admin_page.get_by_test_id("confirm-ok").click()
    expect(text).to_have_value("version: 1\n")


def test_ratings_are_counted_by_backend_and_intent(admin_page: Page, traffic: Traffic) -> None:
    visit(admin_page, f"section=ratings&{traffic.query}")
    for by in ("backend", "intent"):
        rows = admin_page.get_by_test_id(f"ratings-{by}").get_by_test_id("rating-row")
        expect(rows.first).to_be_visible()
        counts = [re.findall(r"(\d+) good, (\d+) bad", text)[0] for text in rows.all_inner_texts()]
        assert [sum(int(pair[at]) for pair in counts) for at in (0, 1)] == [1, 1]
    shoot(admin_page, "page-ratings")


def test_new_requests_are_told_by_the_server(admin_page: Page, smart: Installation) -> None:
    admin_page.clock.install()
    with admin_page.expect_response(re.compile("/observability/events")) as events:
        visit(admin_page, "section=requests")
    assert events.value.headers["content-type"].startswith("text/event-stream")
    admin_page.wait_for_timeout(1500)
    # From here on nothing asks by itself: no timer of the page goes off.
    admin_page.clock.pause_at("2100-01-01")
    smart.chat("A message that nobody asked for", smart.user)
    newest = smart.records(task="none")[0]["id"]
    expect(admin_page.locator(f"[data-request='{newest}']")).to_be_visible(timeout=20_000)


def test_without_a_stream_new_requests_are_asked_for(
    admin_page: Page, smart: Installation, complaints: list[str]
) -> None:
    admin_page.route("**/observability/events", lambda route: route.fulfill(status=404, body="{}"))
    visit(admin_page, "section=requests")
    smart.chat("Another message", smart.user)
    newest = smart.records(task="none")[0]["id"]
    expect(admin_page.locator(f"[data-request='{newest}']")).to_be_visible(timeout=20_000)
    # The browser itself tells of the stream that is not there.
    assert complaints
    assert all("status of 404" in said for said in complaints), complaints
    complaints.clear()
