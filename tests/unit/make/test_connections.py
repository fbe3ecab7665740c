"""Which providers `make run` connects, and what it leaves alone of what was connected before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from connections import OPENAI, Connections, connect, real_ones, simulated_ones

from smart_router.cli.client import OpenWebUI
from tests.support.server import free_port

REAL, DEMO, THEIRS = "https://api.example.org/v1", "http://127.0.0.1:1234/v1", "https://theirs.example.org/v1"


@pytest.fixture
def ollama() -> Iterator[str]:
    """The address of something that says Ollama's version."""

    class Version(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"version": "0.6.0"}')

        def log_message(self, *_: Any) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Version) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def nobody() -> str:
    return f"http://127.0.0.1:{free_port()}"


def test_a_key_connects_its_provider_alone(nobody: str) -> None:
    given = {"OPENAI_API_KEY": "secret", "OLLAMA_BASE_URL": nobody}
    assert real_ones(given) == Connections(OPENAI, "secret", "")
    assert real_ones(given | {"OPENAI_API_BASE_URL": REAL + "/"}) == Connections(REAL, "secret", "")


def test_an_ollama_that_answers_is_connected_without_a_key(ollama: str) -> None:
    given = {"OLLAMA_BASE_URL": ollama + "/", "OPENAI_API_BASE_URL": REAL}
    assert real_ones(given) == Connections("", "", ollama)
    assert real_ones(given | {"OPENAI_API_KEY": "secret"}) == Connections(REAL, "secret", ollama)


def test_where_there_is_neither_or_demo_says_so_there_are_no_real_ones(ollama: str, nobody: str) -> None:
    assert real_ones({"OLLAMA_BASE_URL": nobody, "OPENAI_API_KEY": ""}) is None
    there = {"OLLAMA_BASE_URL": ollama, "OPENAI_API_KEY": "secret"}
    assert real_ones(there | {"DEMO": "1"}) is None
    assert real_ones(there | {"DEMO": "0"}) is not None


def test_the_simulated_ones_come_back_on_the_ports_of_the_last_time(tmp_path: Path) -> None:
    remembered = tmp_path / "ports.json"
    first = simulated_ones(remembered)
    assert first.demo is not None
    try:
        # A second one beside it: its ports are taken, so it takes others instead of failing.
        second = simulated_ones(remembered)
        assert second.demo is not None
        second.demo.stop()
    finally:
        first.demo.stop()
    again = simulated_ones(remembered)
    assert again.demo is not None
    again.demo.stop()
    assert first.openai_url != second.openai_url
    assert (again.openai_url, again.ollama_url) == (second.openai_url, second.ollama_url)


Settings = dict[str, dict[str, Any]]


@pytest.fixture
def connected() -> Callable[[Settings], OpenWebUI]:
    """A client of an Open WebUI that keeps these settings, changed in place."""

    def client(settings: Settings) -> OpenWebUI:
        def answer(request: httpx.Request) -> httpx.Response:
            provider = request.url.path.split("/")[1]
            if request.method == "POST":
                settings[provider] |= json.loads(request.content)
            return httpx.Response(200, json=settings[provider])

        return OpenWebUI("http://webui.test", "admin", transport=httpx.MockTransport(answer))

    return client


def settings(openai: list[str], keys: list[str], configs: dict[str, Any]) -> Settings:
    return {
        "openai": {
            "ENABLE_OPENAI_API": True,
            "OPENAI_API_BASE_URLS": openai,
            "OPENAI_API_KEYS": keys,
            "OPENAI_API_CONFIGS": configs,
        },
        "ollama": {"ENABLE_OLLAMA_API": True, "OLLAMA_BASE_URLS": [], "OLLAMA_API_CONFIGS": {}},
    }


def test_what_an_earlier_run_connected_goes_and_what_a_person_added_stays(
    connected: Callable[[Settings], OpenWebUI], tmp_path: Path
) -> None:
    """With its key and its settings, which Open WebUI numbers by the place in the list."""
    there = settings([DEMO, THEIRS], ["demo", "theirs"], {"0": {"prefix_id": "d"}, "1": {"prefix_id": "t"}})
    remembered = tmp_path / "connections.json"
    remembered.write_text(json.dumps([DEMO]))
    connect(connected(there), Connections(REAL, "secret"), remembered)
    assert there["openai"] == {
        "ENABLE_OPENAI_API": True,
        "OPENAI_API_BASE_URLS": [THEIRS, REAL],
        "OPENAI_API_KEYS": ["theirs", "secret"],
        "OPENAI_API_CONFIGS": {"0": {"prefix_id": "t"}},
    }
    assert json.loads(remembered.read_text()) == [REAL]


def test_a_second_run_changes_nothing_but_a_key_that_is_new(
    connected: Callable[[Settings], OpenWebUI], tmp_path: Path
) -> None:
    there = settings([REAL], ["old"], {"0": {"enable": True}})
    remembered = tmp_path / "connections.json"
    for _ in range(2):
        connect(connected(there), Connections(REAL, "new"), remembered)
        assert there["openai"] == settings([REAL], ["new"], {"0": {"enable": True}})["openai"]


def test_without_anything_of_its_protocol_a_provider_is_switched_off(
    connected: Callable[[Settings], OpenWebUI], tmp_path: Path
) -> None:
    there = settings([DEMO], ["demo"], {})
    remembered = tmp_path / "connections.json"
    remembered.write_text(json.dumps([DEMO]))
    connect(connected(there), Connections("", "", "http://127.0.0.1:11434"), remembered)
    assert (there["openai"]["ENABLE_OPENAI_API"], there["openai"]["OPENAI_API_BASE_URLS"]) == (False, [])
    assert there["ollama"]["OLLAMA_BASE_URLS"] == ["http://127.0.0.1:11434"]
    assert there["ollama"]["ENABLE_OLLAMA_API"] is True
