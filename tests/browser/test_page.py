"""An administrator and the observability page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.browser import shoot, signed_in
from tests.support.installation import PAGE_API, Installation, eventually


def open_page(page: Page) -> None:
    page.goto("/admin/observability")
    expect(page.get_by_test_id("headline")).to_be_visible(timeout=15_000)


def test_the_page_is_reached_from_the_admin_header_and_shows_the_request(
    admin_page: Page, smart: Installation
) -> None:
    smart.chat("Translate into French: good morning", smart.user)
    newest = smart.records()[0]
    admin_page.goto("/admin/functions")
    admin_page.get_by_role("link", name="Observability").click()
    expect(admin_page).to_have_url(f"{smart.url}/admin/observability")
    row = admin_page.get_by_test_id("log-row").first
    expect(row).to_contain_text(newest["backend"])
    row.click()
    expect(admin_page.get_by_test_id("detail-sentence")).to_contain_text(newest["backend"])
    expect(admin_page.get_by_test_id("attempt")).to_have_count(1)
    shoot(admin_page, "page-detail-light")


def test_the_settings_list_has_the_link_as_well(admin_page: Page) -> None:
    admin_page.goto("/admin/functions")
    admin_page.get_by_role("link", name="Settings").click()
    tab = admin_page.get_by_role("tablist", name="Admin").get_by_role("link", name="Observability")
    expect(tab).to_be_visible(timeout=15_000)
    shoot(admin_page, "settings-link")
    tab.click()
    expect(admin_page.get_by_test_id("headline")).to_be_visible(timeout=15_000)


def test_a_breaker_that_opened_is_reset_from_the_page(admin_page: Page, smart: Installation) -> None:
    smart.in_order("gpt-4o-mini", "mistral:7b")
    smart.valves(breaker_failures=2)
    smart.backends.fault("gpt-4o-mini", "server_error_json")
    for _ in range(2):
        smart.chat("Write a Python function to reverse a string", smart.user)
    open_page(admin_page)
    row = admin_page.get_by_test_id("breaker-row").filter(has_text="gpt-4o-mini")
    expect(row).to_contain_text("open", ignore_case=True)
    expect(row.get_by_test_id("countdown")).to_be_visible()
    shoot(admin_page, "page-breaker-open")
    row.get_by_test_id("breaker-reset").click()
    admin_page.get_by_test_id("confirm-ok").click()
    expect(admin_page.get_by_test_id("toast")).to_be_visible()
    expect(row).to_contain_text("closed", ignore_case=True)
    states = {b["id"]: b["state"] for b in smart.get("/circuit-breakers")["items"]}
    assert states["gpt-4o-mini"] == "closed"


def test_reset_all_closes_every_breaker(admin_page: Page, smart: Installation) -> None:
    smart.valves(breaker_failures=1)
    smart.backends.fault("*", "server_error_json")
    smart.chat("Hello", smart.user)
    open_page(admin_page)
    admin_page.get_by_test_id("breakers-reset-all").click()
    shoot(admin_page, "page-confirm")
    admin_page.get_by_test_id("confirm-ok").click()
    expect(admin_page.get_by_test_id("toast")).to_be_visible()
    assert eventually(lambda: all(b["state"] == "closed" for b in smart.get("/circuit-breakers")["items"]))


def open_valves(page: Page) -> Locator:
    page.goto("/admin/functions")
    row = page.locator("div", has_text="One model that picks").filter(has=page.get_by_label("Valves"))
    row.last.get_by_label("Valves").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def test_the_scrape_token_is_typed_unseen_and_opens_the_metrics(
    admin_page: Page, smart: Installation
) -> None:
    dialog = open_valves(admin_page)
    field = dialog.get_by_text("Metrics: scrape token", exact=True).locator("xpath=../..")
    field.get_by_role("button", name="Default").click()
    token = dialog.locator("#valve-metrics_token")
    token.fill("typed-by-an-administrator")
    expect(token).to_have_css("-webkit-text-security", "disc")
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(admin_page.get_by_text("Valves updated")).to_be_visible()
    with smart.api() as prometheus:
        prometheus.headers["Authorization"] = "Bearer typed-by-an-administrator"
        assert eventually(lambda: prometheus.get(f"{PAGE_API}/metrics").status_code == 200)


def test_a_valve_changed_in_the_admin_window_acts_on_the_next_chat(
    admin_page: Page, smart: Installation
) -> None:
    smart.in_order("gpt-4o-mini", "mistral:7b")
    smart.backends.fault("gpt-4o-mini", "server_error_json")
    prompt = "Write a Python function to reverse a string"
    assert "choices" in smart.chat(prompt, smart.user)
    dialog = open_valves(admin_page)
    expect(dialog.get_by_text("Default strategy", exact=True)).to_be_visible()
    shoot(admin_page, "valves")
    field = dialog.get_by_text("Fallback", exact=True).locator("xpath=../..")
    field.get_by_role("button", name="Default").click()
    field.get_by_role("switch").click()
    dialog.get_by_role("button", name="Save").click()
    expect(admin_page.get_by_text("Valves updated")).to_be_visible()
    smart.post("/circuit-breakers/reset")
    answer = smart.chat(prompt, smart.user)
    assert "gpt-4o-mini" in answer["error"]["message"]


def test_new_requests_appear_without_reloading(admin_page: Page, smart: Installation) -> None:
    open_page(admin_page)
    before = admin_page.get_by_test_id("figure-requests-value").inner_text()
    smart.chat("Hello again", smart.user)
    expect(admin_page.get_by_test_id("figure-requests-value")).not_to_have_text(before, timeout=20_000)


def test_who_may_use_smart_is_set_on_the_page(admin_page: Page, smart: Installation) -> None:
    admin_page.goto("/admin/observability")
    admin_page.get_by_test_id("section-access").click()
    admin_page.get_by_test_id("access-admins").click()
    admin_page.get_by_test_id("access-save").click()
    expect(admin_page.get_by_test_id("toast")).to_be_visible()
    assert "error" in smart.chat("Hello", smart.user) or "detail" in smart.chat("Hello", smart.user)
    admin_page.get_by_test_id("access-everyone").click()
    admin_page.get_by_test_id("access-save").click()
    assert eventually(lambda: "choices" in smart.chat("Hello", smart.user))
    shoot(admin_page, "page-access")


def test_a_broken_registry_is_refused_with_its_line_and_a_good_one_is_saved(
    admin_page: Page, smart: Installation
) -> None:
    admin_page.goto("/admin/observability")
    admin_page.get_by_test_id("section-registry").click()
    text = admin_page.get_by_test_id("registry-text")
    text.fill("models:\n  - id: gemma:2b\n    sise_b: 2\n")
    admin_page.get_by_test_id("registry-validate").click()
    expect(admin_page.get_by_test_id("registry-issues")).to_contain_text("sise_b")
    shoot(admin_page, "page-registry-error")
    text.fill("models:\n  - id: gemma:2b\n    tags: [small]\n")
    admin_page.get_by_test_id("registry-save").click()
    expect(admin_page.get_by_test_id("toast")).to_be_visible()
    saved = smart.get("/registry")
    assert "tags: [small]" in saved["text"]
    assert saved["errors"] == []


def test_a_plain_user_gets_no_page_and_no_link(browser: Browser, smart: Installation) -> None:
    context = signed_in(browser, smart.server, smart.user)
    page = context.new_page()
    answer = page.goto("/admin/observability")
    assert answer is not None
    assert answer.status == 403
    page.goto("/")
    assert not page.get_by_role("link", name="Observability").count()
    context.close()


def test_a_stranger_is_sent_to_sign_in(browser: Browser, smart: Installation) -> None:
    context = browser.new_context(base_url=smart.url)
    page = context.new_page()
    page.goto("/admin/observability")
    expect(page).to_have_url(f"{smart.url}/auth?redirect=%2Fadmin%2Fobservability")
    context.close()


@pytest.mark.parametrize(
    ("theme", "width"), [("light", 1280), ("dark", 1280), ("oled-dark", 1280), ("dark", 390), ("light", 390)]
)
def test_the_page_fits_every_theme_and_width(
    browser: Browser, smart: Installation, theme: str, width: int
) -> None:
    smart.chat("Solve x^2 - 5x + 6 = 0 step by step", smart.user)
    context = signed_in(browser, smart.server, smart.admin, theme=theme, width=width)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on(
        "request",
        lambda request: (
            complaints.append(request.url)
            if not request.url.startswith((smart.url, "data:", "blob:"))
            else None
        ),
    )
    open_page(page)
    expect(page.get_by_test_id("log-row").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    dark = page.evaluate("document.documentElement.classList.contains('dark')")
    assert dark == ("dark" in theme)
    shoot(page, f"page-{theme}-{width}")
    page.get_by_test_id("log-row").first.click()
    expect(page.get_by_test_id("detail-sentence")).to_be_visible()
    shoot(page, f"page-detail-{theme}-{width}")
    assert complaints == []
    context.close()
