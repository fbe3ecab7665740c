"""Real Chromium on a real Open WebUI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from .server import Account, OpenWebUIServer

ARTIFACTS = Path(__file__).parents[2] / "artifacts"

#: Chromium as a test needs it: no look-ups of its own, no sandbox (CI runs as root).
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str | None:
    """The system's browser, or None to let Playwright use the one that it downloaded."""
    named = os.environ.get("SMART_ROUTER_CHROMIUM")
    return named or next(
        (path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None
    )


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=_FLAGS)
        yield browser
        browser.close()


def signed_in(
    browser: Browser,
    server: OpenWebUIServer,
    account: Account,
    *,
    theme: str = "light",
    width: int = 1280,
    height: int = 860,
) -> BrowserContext:
    """A window of its own, signed in as `account`, with Open WebUI's release notes read."""
    with server.client(account) as client:
        version = client.get("/api/version").json()["version"]
        client.post(
            "/api/v1/users/user/settings/update", json={"ui": {"version": version}}
        ).raise_for_status()
    context = browser.new_context(
        base_url=server.url,
        viewport={"width": width, "height": height},
        color_scheme="dark" if "dark" in theme else "light",
        reduced_motion="reduce",
    )
    context.add_init_script(
        f"localStorage.setItem('token', {account.token!r}); localStorage.setItem('theme', {theme!r});"
    )
    context.add_cookies([{"name": "token", "value": account.token, "url": server.url}])
    return context


def shoot(page: Page, name: str) -> None:
    """A screenshot for people to look at."""
    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=str(ARTIFACTS / f"{name}.png"))


def choose_model(page: Page, name: str) -> None:
    """Pick a model in the selector of the chat, as a user does."""
    page.locator("button[id^='model-selector-'][id$='-button']").first.click()
    page.get_by_role("option", name=name, exact=False).first.click()


def ask(page: Page, text: str) -> None:
    """Type a message and send it."""
    page.locator("#chat-input").click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
