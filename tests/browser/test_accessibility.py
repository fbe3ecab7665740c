"""Every panel in every look: axe finds nothing, nothing sticks out, and the keyboard is enough."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.traffic import Traffic, traffic_of
from tests.support.browser import shoot, signed_in
from tests.support.installation import Installation

UI = Path(__file__).parents[2] / "admin_pages" / "observability" / "ui"
SECTIONS = (
    "overview",
    "performance",
    "cost",
    "requests",
    "ratings",
    "playground",
    "models",
    "registry",
    "access",
)
LOOKS = (("light", 1280), ("dark", 1280), ("oled-dark", 1280), ("light", 390), ("dark", 390))

#: WCAG 2.2 at level AA.
_RUN = """async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const found = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`));
}"""


#: What stands beside a panel's title is as large as a finger needs it, not just spaced so.
_SMALL = """() => [...document.querySelectorAll('main h2 ~ button, main h2 ~ span a')]
  .filter((element) => element.getBoundingClientRect().height < 24)
  .map((element) => element.dataset.testid ?? element.textContent)"""


@cache
def axe() -> str:
    return (UI / "node_modules" / "axe-core" / "axe.min.js").read_text()


def violations(page: Page) -> list[str]:
    """What axe objects to. It is put in by the test, past the page's policy, and is no part of the page."""
    page.evaluate(axe())
    return list(page.evaluate(_RUN))


@pytest.fixture
def traffic(smart: Installation) -> Traffic:
    return traffic_of(smart)


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_every_panel_is_accessible_and_fits(
    browser: Browser, smart: Installation, traffic: Traffic, theme: str, width: int
) -> None:
    context = signed_in(browser, smart.server, smart.admin, theme=theme, width=width)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    found: dict[str, list[str]] = {}
    for section in SECTIONS:
        page.goto(f"/admin/observability?section={section}&{traffic.query}")
        expect(page.get_by_test_id("updated")).to_contain_text("Updated", timeout=15_000)
        expect(page.get_by_test_id("skeleton")).to_have_count(0)
        if section == "playground":
            page.get_by_test_id("playground-example").nth(1).click()
            expect(page.get_by_test_id("playground-chosen")).to_be_visible()
        if section == "models":
            page.get_by_test_id("model-open").first.click()
        if objections := violations(page):
            found[section] = objections
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), section
        assert page.evaluate(_SMALL) == [], section
        shoot(page, f"page-{section}-{theme}-{width}")
    record = smart.records(outcome="fallback")[0]["id"]
    page.goto(f"/admin/observability?section=requests&request={record}")
    expect(page.get_by_test_id("detail-ranking")).to_be_visible()
    found |= {"detail": objections} if (objections := violations(page)) else {}
    assert found == {}, found
    assert complaints == []
    context.close()


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_a_shared_address_with_an_unknown_filter_works_and_says_so(
    browser: Browser, smart: Installation, traffic: Traffic, theme: str, width: int
) -> None:
    context = signed_in(browser, smart.server, smart.admin, theme=theme, width=width)
    page = context.new_page()
    page.goto(f"/admin/observability?intent=nonsense&outcome=ok&{traffic.query}")
    expect(page.get_by_test_id("updated")).to_contain_text("Updated", timeout=15_000)
    expect(page.get_by_test_id("updated")).to_have_attribute("data-failing", "false")
    expect(page.get_by_test_id("unknown-filters")).to_contain_text("intent “nonsense”")
    expect(page.get_by_test_id("log-row").first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shoot(page, f"page-unknown-filter-{theme}-{width}")
    page.get_by_test_id("unknown-clear").click()
    expect(page.get_by_test_id("unknown-filters")).to_have_count(0)
    assert "nonsense" not in page.url
    assert "outcome=ok" in page.url
    context.close()


def tab_to(page: Page, wanted: Locator, *, most: int = 80) -> None:
    """Tab until it has the focus, which can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            # Its own outline, or that of the frame around it.
            outlines = wanted.evaluate(
                "element => [element, element.closest('[data-testid=registry-editor]')]"
                ".map(one => one && getComputedStyle(one).outlineStyle)"
            )
            assert "solid" in outlines
            return
    raise AssertionError(f"{most} times Tab did not lead to {wanted}")


def test_the_keyboard_is_enough(admin_page: Page, smart: Installation, traffic: Traffic) -> None:
    page = admin_page
    page.goto(f"/admin/observability?{traffic.query}")
    expect(page.get_by_test_id("chart-canvas")).to_have_attribute("data-drawn", "true", timeout=15_000)
    # Past the navigation.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    # Read a chart place by place, then as a table.
    chart = page.get_by_test_id("chart-canvas")
    tab_to(page, chart)
    page.keyboard.press("Home")
    assert chart.get_attribute("aria-valuenow") == "0"
    page.keyboard.press("ArrowRight")
    expect(chart).to_have_attribute(
        "aria-valuenow", "1" if chart.get_attribute("aria-valuemax") != "0" else "0"
    )
    page.keyboard.press("Shift+Tab")
    tab_to(page, page.locator("[data-testid=legend-item]").first)
    page.keyboard.press("Space")
    expect(page.locator("[data-testid=legend-item]").first).to_have_attribute("aria-pressed", "false")
    # Open a request, leave it, and be where one was.
    row = page.get_by_test_id("log-row").first.get_by_role("button")
    tab_to(page, row)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("detail-sentence")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("detail")).to_have_count(0)
    expect(row).to_be_focused()
    # Ask the playground.
    page.keyboard.press("Control+Home")
    page.goto("/admin/observability")
    tab_to(page, page.get_by_test_id("section-playground"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_test_id("playground-text"))
    page.keyboard.type("Hello there")
    expect(page.get_by_test_id("playground-chosen")).to_be_visible()
    # Filter the log.
    page.goto("/admin/observability?section=requests")
    choice = page.get_by_test_id("filter-outcome")
    tab_to(page, choice)
    page.keyboard.type("Fallback")
    expect(page.get_by_test_id("outcome").first).to_have_text("Fallback", ignore_case=True)
    # Change the registry and save it: Tab leaves the editor.
    page.goto("/admin/observability?section=registry")
    tab_to(page, page.get_by_test_id("registry-text"))
    page.keyboard.press("Control+A")
    page.keyboard.type("version: 1\nbaseline: gpt-4o\n# by keyboard\n")
    tab_to(page, page.get_by_test_id("registry-save"))
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("toast")).to_be_visible()
    assert "by keyboard" in smart.get("/registry")["text"]
    smart.registry("version: 1")


def test_hostile_texts_are_texts(admin_page: Page, smart: Installation, traffic: Traffic) -> None:
    hostile = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
    with smart.api(smart.admin) as client:
        client.post(
            "/api/v1/models/model/update",
            json={
                "id": "gemma:2b",
                "base_model_id": None,
                "name": hostile,
                "meta": {},
                "params": {},
                "access_grants": [],
            },
        ).raise_for_status()
        client.get("/api/models", params={"refresh": True}).raise_for_status()
        client.put(
            "/api/v1/observability/registry",
            json={
                "text": f"version: 1\nbaseline: '{hostile.replace(chr(39), chr(39) * 2)}'\n",
                "comment": hostile,
            },
        ).raise_for_status()
    smart.in_order("gpt-4o-mini")
    seen = 0
    for query in ("", "section=models", "section=registry", f"section=requests&q={hostile}&user={hostile}"):
        admin_page.goto(f"/admin/observability?{query}")
        expect(admin_page.get_by_test_id("updated")).to_contain_text("Updated", timeout=15_000)
        expect(admin_page.get_by_test_id("skeleton")).to_have_count(0)
        assert admin_page.title() == "Observability"
        assert admin_page.locator("img[src=x]").count() == 0
        seen += admin_page.get_by_text("onerror=").count()
    assert seen
