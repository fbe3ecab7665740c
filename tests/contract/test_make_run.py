"""`make run` with the simulated backends, as somebody tries it who has just cloned the project."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.installation import SMART
from tests.support.server import free_port, shielded_environment

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "run.py"


def typed(folder: Path, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, SCRIPT],
        env=shielded_environment() | {"DEMO": "1", "DATA_DIR": str(folder / "data")} | environment,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def typed_once(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process, and what it has printed up to its last word on how to stop it."""
    own = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/developers.db",
        "REDIS_URL": f"redis://127.0.0.1:{free_port()}",
        "OPENAI_API_KEY": "a real one, which DEMO=1 leaves alone",
    }
    process = typed(tmp_path, PORT=str(free_port()), **own)
    told = ""
    try:
        assert process.stdout is not None
        for line in process.stdout:
            told += line
            if "To stop everything" in line:
                break
        yield process, told
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def test_what_it_prints_is_so_and_ctrl_c_ends_all_of_it(
    typed_once: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, told = typed_once
    assert "To stop everything" in told, told
    said = dict(re.findall(r"^  ([A-Z][\w ]+): +(.+)$", told, re.MULTILINE))
    url = said["Open WebUI with Smart"]
    answers = {}
    for who in ("Administrator", "Plain user"):
        email, password = said[who].split("  /  ")
        with httpx.Client(base_url=url, timeout=60) as client:
            form = {"email": email, "password": password}
            token = client.post("/api/v1/auths/signin", json=form).raise_for_status().json()["token"]
            client.headers["Authorization"] = f"Bearer {token}"
            body = {"model": SMART, "messages": [{"role": "user", "content": "hello there"}]}
            answer = client.post("/api/chat/completions", json=body).raise_for_status().json()
            answers[who] = answer["choices"][0]["message"]["content"]
            page = client.get(said["The page"]).text
            figures = client.get("/api/v1/observability/summary")
            assert figures.status_code == (200 if who == "Administrator" else 403), who
    assert all("Simulated" in answer for answer in answers.values()), answers
    assert "Smart Router" in page
    assert "Registry: as shipped, saved now" in told
    mended = said["Mend all"].removeprefix("curl -X DELETE ").split()
    assert said["Break one"].endswith(f" {mended[1]}")
    for faults in mended:
        assert httpx.delete(faults).is_success
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=60)
    assert (process.returncode, rest.strip()) == (0, "Stopping …")
    for gone in (url, *mended):
        with pytest.raises(httpx.ConnectError):
            httpx.get(gone)
    assert not (tmp_path / "developers.db").exists(), "its data are in DATA_DIR alone"
    assert (tmp_path / "data" / "webui.db").exists()


def test_what_it_cannot_do_is_one_sentence(tmp_path: Path) -> None:
    for environment, sentence in (
        ({"PORT": "http"}, "PORT is 'http'; expected a number from 1 to 65535"),
        ({"HOST": "0.0.0.0"}, "HOST=0.0.0.0 opens this to others; set ADMIN_PASSWORD to one of your own"),
    ):
        process = typed(tmp_path, **environment)
        told, _ = process.communicate(timeout=60)
        assert (process.returncode, told.strip()) == (1, sentence)
    assert not (tmp_path / "data").exists()
