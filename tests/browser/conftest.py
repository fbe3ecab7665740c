"""Real Chromium on real servers. One server has Smart installed; another is as it was delivered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from smart_router.cli.bundle import build, sources, to_json
from smart_router.cli.demo import DemoBackends
from tests.support.browser import chromium, signed_in
from tests.support.installation import USER_BACKENDS, Installation, grant_models, installed
from tests.support.server import OpenWebUIServer


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Gone with its module: while it lives, an event loop runs in which no other test could run its own."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("open_webui")) as installation:
        yield installation
    assert installation.own_errors() == []


@pytest.fixture
def smart(running: Installation) -> Installation:
    running.settle()
    return running


@pytest.fixture
def user_page(browser: Browser, smart: Installation) -> Iterator[Page]:
    """A plain user in front of an empty chat."""
    context = signed_in(browser, smart.server, smart.user)
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the console of `admin_page` said is wrong; a test that has it complain takes that out."""
    return []


@pytest.fixture
def admin_page(browser: Browser, smart: Installation, complaints: list[str]) -> Iterator[Page]:
    """An administrator's window, nothing open yet; what its console complains of fails the test."""
    context = signed_in(browser, smart.server, smart.admin)
    page = context.new_page()
    page.on(
        "console",
        lambda said: complaints.append(f"{page.url}: {said.text}") if said.type == "error" else None,
    )
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[OpenWebUIServer, DemoBackends]]:
    """Open WebUI with connections and nothing of ours in it."""
    with (
        DemoBackends() as backends,
        OpenWebUIServer(tmp_path_factory.mktemp("stock"), backends.openai_url, backends.ollama_url) as server,
    ):
        yield server, backends


@pytest.fixture(scope="session")
def smart_router_json(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an administrator downloads and imports."""
    path = tmp_path_factory.mktemp("bundle") / "smart_router.json"
    path.write_text(to_json(build(sources())))
    return path


__all__ = ["USER_BACKENDS", "grant_models"]
