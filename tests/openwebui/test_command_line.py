"""The command line against a real server, as its console script, on what chats have left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.installation import Installation

COMMAND = Path(sys.executable).parent / "smart-router"


def typed(smart: Installation, *arguments: str, token: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "OPEN_WEBUI_URL": smart.url,
        "OPEN_WEBUI_API_KEY": token or smart.admin.token,
        "COLUMNS": "160",
    }
    return subprocess.run(
        [COMMAND, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def answered(smart: Installation, *arguments: str) -> Any:
    done = typed(smart, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def busy(smart: Installation) -> Installation:
    """A priced answer, a fallback and a failure, by two users."""
    smart.in_order("gpt-4o-mini", "mistral:7b")
    smart.chat("hello there")
    smart.chat("hello there", smart.user)
    smart.backends.fault("gpt-4o-mini", "overloaded", times=1)
    smart.chat("hello there", smart.user)
    smart.backends.fault("*", "overloaded")
    smart.chat("hello there")
    smart.backends.clear()
    return smart


def test_status_says_by_its_exit_status_how_it_is(smart: Installation) -> None:
    done = typed(smart, "status")
    assert (done.returncode, done.stderr) == (0, "")
    assert "status    ok" in done.stdout
    smart.valves(breaker_failures=1)
    smart.in_order("gpt-4o-mini", "gpt-4o")
    smart.backends.fault("gpt-4o-mini", "server_error_json")
    smart.chat("hello there")
    done = typed(smart, "status")
    assert done.returncode == 6
    assert "status    degraded" in done.stdout
    reset = typed(smart, "reset", "gpt-4o-mini")
    assert (reset.returncode, reset.stdout) == (0, "1 circuit breaker reset\n")
    assert typed(smart, "status").returncode == 0


def test_stats_are_the_pages_figures(busy: Installation) -> None:
    found, page = answered(busy, "stats", "--range", "1h"), busy.get("/summary", range="1h")
    for name in ("requests", "errors", "fallbacks", "cost_usd", "input_tokens", "by_backend"):
        assert found[name] == page[name], name
    assert f" {page['requests']:,} " in typed(busy, "stats", "--range", "1h").stdout


def test_costs_add_up_to_the_whole_in_each_table(busy: Installation) -> None:
    found = answered(busy, "cost", "--range", "1h")
    assert found["cost_usd"] > 0
    for group in ("by_backend", "by_user"):
        paid = sum(entry["cost_usd"] or 0.0 for entry in found[group])
        assert paid == pytest.approx(found["cost_usd"]), group
    for group in ("by_intent", "by_user"):
        assert sum(entry["requests"] for entry in found[group]) == found["requests"], group
    assert {"User", busy.admin.name} <= {entry["name"] for entry in found["by_user"]}
    assert "User" in typed(busy, "cost", "--range", "1h").stdout


def test_the_dashboard_shows_what_just_happened(busy: Installation) -> None:
    done = typed(busy, "dashboard", "--once")
    assert done.returncode == 0, done.stderr
    for text in ("Smart Router 0.", "Last requests", "fallback", "failed", "gpt-4o-mini", "mistral:7b", "█"):
        assert text in done.stdout, text
    found = answered(busy, "dashboard", "--once")
    assert found["last"][0]["id"] == busy.records(task="none")[0]["id"]


def test_an_export_is_what_the_page_downloads(busy: Installation, tmp_path: Path) -> None:
    """And an export that was killed half-way becomes the very same file."""
    first = tmp_path / "records.csv"
    told = answered(busy, "export", "--out", str(first), "--range", "1h")
    assert told["records"] >= 4
    with busy.api(busy.admin) as client:
        span = {"from": repr(told["from"]), "to": repr(told["to"]), "format": "csv"}
        assert first.read_bytes() == client.get("/api/v1/observability/export", params=span).content
    killed = tmp_path / "killed.csv"
    arguments = ("export", "--out", str(killed), "--from", repr(told["from"]), "--to", repr(told["to"]))
    whole = first.read_bytes()
    (tmp_path / "killed.csv.part").write_bytes(whole[: len(whole) * 2 // 3])
    params = {"from": repr(told["from"]), "to": repr(told["to"])}
    note = {
        "wanted": {"url": busy.url, "format": "csv", "params": params},
        "from": told["from"],
        "to": told["to"],
    }
    (tmp_path / "killed.csv.part.json").write_text(json.dumps(note))
    again = answered(busy, *arguments)
    assert again["resumed_after"] > 0
    assert killed.read_bytes() == whole
    piped = typed(busy, "export", "--out", "-", "--range", "1h", "--outcome", "failed")
    assert {json.loads(line)["outcome"] for line in piped.stdout.splitlines()} == {"failed"}


def test_an_export_of_one_user_by_email_address_or_name(busy: Installation) -> None:
    of_user = {record["id"] for record in busy.records(user_id=busy.user.id, task="none")}
    assert of_user
    for said in (busy.user.email.upper(), busy.user.name, busy.user.id):
        lines = typed(busy, "export", "--out", "-", "--range", "1h", "--user", said, "--task", "none").stdout
        assert {json.loads(line)["id"] for line in lines.splitlines()} == of_user, said
    nobody = typed(busy, "export", "--out", "-", "--user", "Nobody")
    assert (nobody.returncode, "no account has this id" in nobody.stderr) == (2, True)


def test_a_registry_goes_out_into_a_file_and_back(smart: Installation, tmp_path: Path) -> None:
    smart.registry("version: 1\nstrategy: balanced\n")
    file = tmp_path / "registry.yaml"
    assert typed(smart, "registry", "get", "--out", str(file)).returncode == 0
    assert file.read_text() == smart.get("/registry")["text"]
    same = typed(smart, "registry", "put", str(file))
    assert (same.returncode, "nothing changed" in same.stdout) == (0, True)
    file.write_text(file.read_text() + "baseline: gpt-4o\n")
    version = smart.get("/registry")["version"]
    dry = answered(smart, "registry", "put", str(file), "--dry-run")
    assert (dry["saved"], smart.get("/registry")["version"]) == (False, version)
    put = typed(smart, "registry", "put", str(file), "--comment", "from a file")
    assert "+baseline: gpt-4o" in put.stdout
    now = smart.get("/registry")
    assert (now["version"], now["comment"], now["text"]) == (version + 1, "from a file", file.read_text())
    file.write_text("version: 1\nstrategy: best\n")
    bad = typed(smart, "registry", "put", str(file))
    assert bad.returncode == 1
    assert "line 2, column 11: strategy: " in bad.stdout
    assert smart.get("/registry")["version"] == version + 1


def test_who_may_not_is_told_apart_by_the_exit_status(smart: Installation) -> None:
    commands = (["status"], ["stats"], ["cost"], ["dashboard", "--once"], ["export", "--out", "-"])
    for command in (*commands, ["registry", "get"]):
        assert typed(smart, *command, token=smart.user.token).returncode == 5, command
        assert typed(smart, *command, token="stale").returncode == 4, command
