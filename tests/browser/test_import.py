"""The way without a command line: Admin → Functions → Import, then switching the functions on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from smart_router.cli.client import OpenWebUI
from smart_router.cli.demo import DemoBackends
from smart_router.cli.install import uninstall
from tests.support.browser import ask, choose_model, shoot, signed_in
from tests.support.installation import USER_BACKENDS, eventually, grant_models
from tests.support.server import Account, OpenWebUIServer

Stock = tuple[OpenWebUIServer, DemoBackends]


def import_functions(page: Page, path: Path) -> None:
    page.goto("/admin/functions")
    page.locator("input[type=file][accept*=json]").first.set_input_files(str(path))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Smart Router library")).to_be_visible(timeout=20_000)


def switch_on(page: Page, name: str) -> None:
    row = page.locator("div", has_text=name).filter(has=page.get_by_role("switch"))
    row.last.get_by_role("switch").click()


@pytest.fixture(scope="module")
def accounts(stock: Stock) -> tuple[Account, Account]:
    """The administrator and a plain user, who may use the backends."""
    server, _ = stock
    admin = server.sign_up()
    user = server.add_user(admin, "User")
    grant_models(server, admin, USER_BACKENDS)
    return admin, user


@pytest.fixture
def clean(stock: Stock, accounts: tuple[Account, Account]) -> None:
    """Whatever was imported before is deleted again, with its records."""
    server, _ = stock
    with OpenWebUI(server.url, accounts[0].token) as client:
        if "smart_router" in client.functions():
            uninstall(client, say=lambda _: None, purge=True)


@pytest.mark.parametrize("order", ["as it is downloaded", "last entry first"])
@pytest.mark.usefixtures("clean")
def test_import_and_switch_on_in_the_admin_window(
    browser: Browser,
    stock: Stock,
    accounts: tuple[Account, Account],
    smart_router_json: Path,
    tmp_path: Path,
    order: str,
) -> None:
    server, _ = stock
    admin, user = accounts
    entries = json.loads(smart_router_json.read_text())
    file = tmp_path / "smart_router.json"
    file.write_text(json.dumps(entries if order == "as it is downloaded" else entries[::-1]))
    context = signed_in(browser, server, admin)
    page = context.new_page()
    import_functions(page, file)
    shoot(page, "import")
    for name in ("Smart Router events", "One model that picks", "while it is on, Smart uses local models"):
        switch_on(page, name)
    # The first to switch it on waits for the library to be read, and the page comes with it.
    health = "/api/v1/observability/health"
    assert eventually(lambda: "json" in page.request.get(health).headers["content-type"], 60)
    shoot(page, "import-switched-on")

    page.goto("/admin/observability")
    # The page says that nobody sees Smart yet, and leads to where that is mended.
    warning = page.get_by_test_id("warning").filter(has_text="Nobody but administrators can see Smart yet")
    warning.get_by_role("button").click()
    expect(warning).to_have_count(0)
    shoot(page, "import-access")
    page.get_by_test_id("access-everyone").click()
    page.get_by_test_id("access-save").click()
    expect(page.get_by_test_id("toast")).to_be_visible()
    context.close()

    context = signed_in(browser, server, user)
    page = context.new_page()
    page.goto("/")
    choose_model(page, "Smart")
    ask(page, "Hello")
    expect(page.get_by_text("Simulated answer from")).to_be_visible(timeout=30_000)
    expect(page.locator("#integration-menu-button")).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    "path", ["/admin/observability", "/api/v1/observability/health", "/static/loader.js"]
)
def test_switched_off_again_nothing_of_ours_is_left(stock: Stock, path: str) -> None:
    server, _ = stock
    with server.client() as client:
        token = client.post(
            "/api/v1/auths/signin", json={"email": "admin@example.com", "password": _password(server)}
        ).json()["token"]
    headers = {"Authorization": f"Bearer {token}"}
    with server.client() as client:
        state = client.get("/api/v1/functions/id/smart_router", headers=headers).json()
        if state["is_active"]:
            client.post("/api/v1/functions/id/smart_router/toggle", headers=headers).raise_for_status()
        answer = client.get(path, headers=headers)
    assert "Observability" not in answer.text
    assert "json" not in answer.headers["content-type"]


def _password(server: OpenWebUIServer) -> str:
    return server.passwords["admin@example.com"]
