"""Open WebUI as a child of `make run`: what it gets to see, and how it ends. A stand-in plays it."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from open_webui_process import STORES, Failed, OpenWebUIProcess, port_is_free

from tests.support.server import free_port, shielded_environment

ROOT = Path(__file__).parents[3]

#: Writes down what it was given, then answers as Open WebUI does while it is well.
STAND_IN = """#!{python}
import http.server, json, os, sys

class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass

if "ENDS" in os.environ:
    sys.exit("no such setting")
with open("seen.json", "w") as seen:
    json.dump(dict(os.environ), seen)
http.server.HTTPServer((sys.argv[3], int(sys.argv[5])), Health).serve_forever()
"""


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for its data; beside the interpreter there is a stand-in for Open WebUI."""
    stand_in = tmp_path / "bin" / "open-webui"
    stand_in.parent.mkdir()
    stand_in.write_text(STAND_IN.replace("{python}", sys.executable))
    stand_in.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(stand_in.with_name("python")))
    data = tmp_path / "data"
    data.mkdir()
    return data


def test_no_database_and_no_redis_of_its_owner_reaches_it(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in STORES:
        monkeypatch.setenv(name, "somebody's own")
    monkeypatch.setenv("WEBUI_NAME", "what else is set stays")
    port = free_port()
    process = OpenWebUIProcess(data_dir, "127.0.0.1", port, {"DEFAULT_MODELS": "smart_router.auto"})
    try:
        process.start()
        seen = json.loads((data_dir / "seen.json").read_text())
        assert not port_is_free("127.0.0.1", port)
    finally:
        process.stop()
    assert not set(STORES) & set(seen)
    assert (seen["DATA_DIR"], seen["DEFAULT_MODELS"]) == (str(data_dir), "smart_router.auto")
    assert seen["WEBUI_NAME"] == "what else is set stays"
    assert seen["WEBUI_SECRET_KEY"] == (data_dir / "secret_key").read_text()
    assert not process.is_running()
    assert port_is_free("127.0.0.1", port)


def test_one_that_ends_while_starting_is_told_with_its_last_words(data_dir: Path) -> None:
    process = OpenWebUIProcess(data_dir, "127.0.0.1", free_port(), {"ENDS": "1"})
    with pytest.raises(Failed, match=r"(?s)ended while starting.*open-webui\.log.*no such setting"):
        process.start()


def test_the_tests_own_servers_see_none_of_them_either(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in STORES:
        monkeypatch.setenv(name, "somebody's own")
    assert not set(STORES) & set(shielded_environment())


def test_make_takes_the_same_ones_away() -> None:
    said = (ROOT / "Makefile").read_text("utf-8").partition("WITHOUT_KEYS :=")[2].partition("\n\n")[0]
    assert set(STORES) <= set(re.findall(r"-u (\w+)", said))
