"""A small tree to bundle, and an Open WebUI that answers from memory in the shapes of 0.12.4."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from smart_router.cli.bundle import Function, build
from smart_router.cli.carrier import Sources

from .fake_open_webui import FakeOpenWebUI
from .typed import run

__all__ = ["run"]

LOADER = '''"""Finds the library."""

from __future__ import annotations

import asyncio


class LibraryMissing(Exception):
    """Not there."""


async def library(app):
    """The Runtime."""
    return await asyncio.sleep(0, app)
'''

THIN = '''"""
title: {title}
author: Somebody
version: 1.2.3
description: What {title} does.
"""

from loader import LibraryMissing, library


class {kind}:
    pass
'''

FILTER = '''"""
title: Local only
version: 1.2.3
description: A switch.
"""


class Filter:
    toggle = True
'''


@pytest.fixture
def tree(tmp_path: Path) -> Sources:
    """A checkout in little, to be broken by a test."""
    return plant(tmp_path / "tree")


@pytest.fixture(scope="session")
def functions(tmp_path_factory: pytest.TempPathFactory) -> list[Function]:
    """The bundle of such a checkout."""
    return build(plant(tmp_path_factory.mktemp("bundle")))


def plant(root: Path) -> Sources:
    """Two rooms, a weight file, a page with a route, three functions."""
    files: dict[str, str | bytes] = {
        "library/__init__.py": '__version__ = "1.2.3"\nLOADER = 7\n',
        "library/py.typed": "",
        "library/errors.py": 'class Oops(Exception):\n    """Says "why" and \\\\ where."""\n',
        "library/records/__init__.py": '"""Records."""\n\nfrom ..errors import Oops as Oops\n',
        "library/records/weights.bin": bytes(range(256)) * 40,
        "library/records/__pycache__/x.cpython-311.pyc": b"\0",
        "library/cli/__init__.py": '"""Stays at home."""\n',
        "functions/loader.py": LOADER,
        "functions/smart_router.py": THIN.format(title="Smart Router", kind="Pipe"),
        "functions/smart_router_filter.py": FILTER,
        "functions/smart_router_events.py": THIN.format(title="Events", kind="Event"),
        "observability/__init__.py": '"""The page."""\n',
        "observability/api.py": (
            '"""Routes."""\n\nfrom admin_pages.observability.shapes import Row\n'
            "from smart_router import LOADER\nfrom smart_router.records import (\n    Oops,\n)\n"
        ),
        "observability/shapes.py": "Row = dict\n",
        "page/index.html": "<!doctype html><title>Observability</title>",
        "page/csp.json": "{}",
    }
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Sources(root / "library", root / "functions", root / "observability", root / "page")


@pytest.fixture
def fake() -> FakeOpenWebUI:
    return FakeOpenWebUI()


class Server(ThreadingHTTPServer):
    """A real socket, and the fake of the test that runs behind it."""

    fake: FakeOpenWebUI


@pytest.fixture
def served(server: Server, fake: FakeOpenWebUI) -> str:
    """The fake behind a real socket, for commands that make their own client; its address."""
    server.fake = fake
    return f"http://127.0.0.1:{server.server_port}"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Starting and stopping one costs more than most tests do with it."""

    class Handler(BaseHTTPRequestHandler):
        def do(self) -> None:
            length = int(self.headers.get("content-length", 0))
            request = httpx.Request(
                self.command,
                f"http://webui.test{self.path}",
                headers=dict(self.headers),
                content=self.rfile.read(length),
            )
            response = server.fake.answer(request)
            response.read()
            self.send_response(response.status_code)
            self.send_header("content-type", response.headers["content-type"])
            self.send_header("content-length", str(len(response.content)))
            self.end_headers()
            self.wfile.write(response.content)

        do_GET = do_POST = do_PUT = do_DELETE = do

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()
