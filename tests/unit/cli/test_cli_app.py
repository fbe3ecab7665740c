"""The commands as they are typed: words, JSON, exit statuses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from smart_router.cli import commands
from smart_router.cli.bundle import Function, write
from smart_router.cli.carrier import Sources

from .typed import Run, Terminal


@pytest.fixture
def release(tmp_path: Path, functions: list[Function]) -> str:
    """A smart_router.json as it is handed out."""
    return str(write(functions, tmp_path / "release")[-1])


def test_login_keeps_a_token_for_the_commands_after_it(run: Run, release: str, tmp_path: Path) -> None:
    said = run("login", "--email", "admin@example.org", "--password-stdin", stdin="right\n")
    assert said.status == 0
    assert "as admin (admin)" in said.out
    assert "right" not in (tmp_path / "config" / "smart-router" / "credentials.json").read_text()
    said = run("install", "--access", "everyone", "--bundle", release)
    assert said.status == 0
    assert "Open WebUI lists Smart" in said.out


def test_a_login_that_fails_keeps_nothing(run: Run, tmp_path: Path) -> None:
    said = run("login", "--email", "admin@example.org", "--password-stdin", stdin="wrong\n")
    assert said.status == 4
    assert "incorrect" in said.err
    assert not (tmp_path / "config").exists()


def test_login_without_a_terminal_says_what_to_pass(run: Run) -> None:
    assert "--email" in run("login").err
    said = run("login", "--email", "admin@example.org")
    assert said.status == 2
    assert "--password-stdin" in said.err


def test_install_without_a_terminal_says_what_to_pass(run: Run, release: str) -> None:
    said = run("install", "--bundle", release, token="admin")
    assert said.status == 2
    assert "--access everyone" in said.err


def test_install_asks_on_a_terminal_until_the_answer_makes_sense(run: Run, release: str, fake: Any) -> None:
    said = run("install", "--bundle", release, token="admin", stdin=Terminal("7\nnobody\n3\n"))
    assert said.status == 0
    assert "3  group:Staff" in said.err
    assert said.err.count("Please answer") == 2
    assert fake.rows["smart_router.auto"]["access_grants"][0]["principal_id"] == "g1"


def test_install_in_json_never_asks(run: Run, release: str) -> None:
    said = run("install", "--bundle", release, "--json", token="admin", stdin=Terminal("1\n"))
    assert said.status == 2
    assert said.out == ""


def test_uninstall_goes_by_the_answer_on_a_terminal(run: Run, release: str, fake: Any) -> None:
    run("install", "--access", "admins", "--bundle", release, token="admin")
    assert run("uninstall", token="admin", stdin=Terminal("n\n")).status == 1
    assert len(fake.functions) == 4
    assert run("uninstall", token="admin", stdin=Terminal("y\n")).status == 0
    assert fake.functions == {}


def test_install_prints_one_json_value(run: Run, release: str) -> None:
    said = run("install", "--access", "group:Staff", "--bundle", release, "--json", token="admin")
    assert said.json["version"] == "1.2.3"
    assert said.json["access"] == "administrators and the group Staff"
    assert said.json["health"]["status"] == "ok"
    assert "smart_router: switched on" in said.json["steps"]


def test_uninstall_asks_for_yes(run: Run, release: str, fake: Any) -> None:
    run("install", "--access", "admins", "--bundle", release, token="admin")
    said = run("uninstall", token="admin")
    assert said.status == 2
    assert "--yes" in said.err
    assert len(fake.functions) == 4
    said = run("uninstall", "--yes", "--purge", "--json", token="admin")
    assert said.json["purged"] is True
    assert len(said.json["removed"]) == 5
    assert fake.functions == {}


def test_status_shows_health_and_open_breakers(run: Run, release: str) -> None:
    run("install", "--access", "admins", "--bundle", release, token="admin")
    said = run("status", token="admin")
    assert said.status == 0
    assert "Smart Router 1.2.3 in Open WebUI 0.12.4" in said.out
    assert "gpt-4o" in said.out
    assert "timeout" in said.out
    found = run("status", "--json", token="admin").json
    assert found["store"]["dialect"] == "sqlite"
    assert found["circuit_breakers"][0]["id"] == "gpt-4o"


def test_stats_shows_unknown_as_a_dash(run: Run, release: str) -> None:
    run("install", "--access", "admins", "--bundle", release, token="admin")
    said = run("stats", "--range", "7d", token="admin")
    rows = {line.split("│")[1].strip(): line for line in said.out.splitlines() if line.count("│") >= 4}
    assert "$0.2500" in rows["cost"]
    assert "810 ms" in rows["time to the end, median"]
    assert "—" in rows["saved"]
    assert "25.0%" in rows["gpt-4o"]
    assert run("stats", "--json", token="admin").json["range"]["name"] == "24h"


@pytest.mark.parametrize(("state", "status"), [("ok", 0), ("degraded", 6), ("failing", 7)])
def test_status_and_dashboard_end_with_a_status_for_scripts(
    run: Run, release: str, fake: Any, state: str, status: int
) -> None:
    run("install", "--access", "admins", "--bundle", release, token="admin")
    fake.status = state
    assert run("status", token="admin").status == status
    assert run("status", "--json", token="admin").json["status"] == state
    assert run("dashboard", "--once", token="admin").status == status


def test_cost_shows_what_each_paid_and_saved(run: Run, release: str) -> None:
    run("install", "--access", "admins", "--bundle", release, token="admin")
    said = run("cost", "--range", "30d", token="admin")
    rows = {line.split("│")[1].strip(): line for line in said.out.splitlines() if line.count("│") >= 3}
    assert "$0.2500" in rows["cost"]
    assert "—" in rows["saved"]
    assert "Ada [b]" in rows
    assert "$0.3000" in rows["Ada [b]"]
    assert "gpt-4o; until 2023-11-03" in rows["the baseline"]
    assert "gpt-5" in rows["the baseline"]
    found = run("cost", "--json", token="admin").json
    assert [use["baseline"] for use in found["baselines"]] == ["gpt-4o", "gpt-5"]
    assert found["by_backend"] == [
        {
            "backend": "gpt-4o",
            "requests": 12,
            "cost_usd": 0.25,
            "baseline_cost_usd": None,
            "savings_usd": None,
        }
    ]
    (known, unknown) = found["by_user"]
    assert (known["user"], known["name"], known["requests"]) == ("u1", "Ada [b]", 12)
    assert (unknown["user"], unknown["cost_usd"]) == (None, None)


def test_a_range_is_checked_before_anything_is_asked(run: Run, fake: Any) -> None:
    for command in (["stats"], ["cost"], ["dashboard", "--once"], ["export", "--out", "x.jsonl"]):
        said = run(*command, "--range", "1y", token="admin")
        assert (said.status, "1h, 24h, 7d, 30d, 90d" in said.err) == (2, True), command
    assert fake.calls == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands_and_ranges(run: Run, monkeypatch: pytest.MonkeyPatch, shell: str) -> None:
    def completed(words: str, count: str) -> str:
        monkeypatch.setenv("_SMART_ROUTER_COMPLETE", f"complete_{shell}")
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", count)
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", words)
        monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
        return run().out

    assert "dashboard" in completed("smart-router dash", "1")
    found = completed("smart-router stats --range ", "3")
    assert "24h" in found
    assert "90d" in found


def test_reset_names_a_backend_with_slashes_and_colons(run: Run, release: str, fake: Any) -> None:
    run("install", "--access", "admins", "--bundle", release, token="admin")
    said = run("reset", "org/llama3:8b", "--json", token="admin")
    assert said.json["reset"] == 1
    assert fake.calls[-1] == "POST /api/v1/observability/circuit-breakers/org/llama3:8b/reset"
    assert "1 circuit breaker reset" in run("reset", token="admin").out
    assert fake.calls[-1] == "POST /api/v1/observability/circuit-breakers/reset"


def test_reset_says_when_there_was_nothing_to_reset(run: Run, release: str) -> None:
    run("install", "--access", "admins", "--bundle", release, token="admin")
    assert run("reset", "quiet", token="admin").out == "quiet has no open circuit breaker\n"


def test_uninstall_says_before_it_asks_all_that_a_purge_deletes(run: Run, release: str) -> None:
    run("install", "--access", "admins", "--bundle", release, token="admin")
    said = run("uninstall", "--purge", token="admin", stdin=Terminal("n\n"))
    assert "ALL ITS RECORDS AND REGISTRY VERSIONS" in said.err
    assert said.status == 1


def test_reset_of_a_breaker_that_is_not_there_says_so(run: Run, release: str) -> None:
    run("install", "--access", "admins", "--bundle", release, token="admin")
    said = run("reset", "nowhere", token="admin")
    assert said.status == 1
    assert said.err == "smart-router: There is no circuit breaker 'nowhere'.\n"


def test_status_names_each_breaker_once_as_reset_takes_it_and_reads_on_a_narrow_terminal(
    run: Run, release: str, fake: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    run("install", "--access", "admins", "--bundle", release, token="admin")
    out = run("status", token="admin").out
    row = next(line for line in out.splitlines() if "gpt-4o" in line)
    assert [cell.strip() for cell in row.split("│")[1:-1]] == [
        "gpt-4o (GPT-4o)",
        "open",
        "5",
        "1",
        "timeout",
    ]
    # Words begin at the left, also where they are the last column.
    assert row.split("│")[5].startswith(" timeout")


def test_status_says_of_a_text_that_is_no_yaml_its_line_alone(run: Run, release: str, fake: Any) -> None:
    run("install", "--access", "admins", "--bundle", release, token="admin")
    broken = {"line": 6, "column": 1, "key": "", "message": "not valid YAML"}
    fake.health = {"registry": {"version": 4, "errors": [broken]}}
    assert "line 6: not valid YAML" in run("status", token="admin").out


def test_stats_says_why_backends_add_up_to_more_than_there_were_requests(
    run: Run, release: str, fake: Any
) -> None:
    run("install", "--access", "admins", "--bundle", release, token="admin")
    why = "A request counts for every backend that was asked."
    assert why not in run("stats", token="admin").out
    (entry,) = run("stats", "--json", token="admin").json["by_backend"]
    fake.summary = {"by_backend": [entry, {**entry, "backend": "second"}]}
    assert why in run("stats", token="admin").out


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(
    run: Run, tmp_path: Path, tree: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "sources", lambda: tree)
    (tmp_path / "file").write_text("")
    said = run("bundle", "--without-page", "--out", str(tmp_path / "file" / "dist"))
    assert said.status == 2
    assert said.err.startswith(f"smart-router: cannot write to {tmp_path / 'file' / 'dist'}: ")
    assert "Errno" not in said.err


@pytest.mark.parametrize("port", ["0", "99999"])
@pytest.mark.parametrize("option", ["--openai-port", "--ollama-port"])
def test_a_port_that_there_is_not_is_refused_before_anything_starts(run: Run, option: str, port: str) -> None:
    said = run("demo-backends", option, port)
    assert said.status == 2
    assert f"Invalid value for '{option}'" in said.err


@pytest.mark.parametrize(
    "command",
    [
        ["status"],
        ["stats"],
        ["cost"],
        ["dashboard", "--once"],
        ["export", "--out", "-"],
        ["reset"],
        ["upgrade"],
    ],
)
def test_without_an_installation_each_command_says_how_to_get_one(
    run: Run, release: str, command: list[str]
) -> None:
    bundle = ["--bundle", release] if command == ["upgrade"] else []
    said = run(*command, *bundle, token="admin")
    assert said.status == 1
    assert "run `smart-router install`" in said.err
    assert said.out.count("Traceback") == 0


@pytest.mark.parametrize("command", ["status", "install", "upgrade", "uninstall", "stats", "reset"])
def test_strangers_and_users_get_their_own_exit_status(
    run: Run, release: str, fake: Any, command: str
) -> None:
    run("install", "--access", "everyone", "--bundle", release, token="admin")
    more = ["--yes"] if command == "uninstall" else ["--bundle", release] if "a" in command[-5:] else []
    more = more if command in ("install", "upgrade", "uninstall") else []
    assert run(command, *more).status == 4
    assert run(command, *more, token="stale").status == 4
    said = run(command, *more, token="user")
    assert said.status == 5
    assert "administrator" in said.err


def test_an_address_without_open_webui_has_its_own_exit_status(run: Run) -> None:
    said = run("status", "--url", "http://127.0.0.1:9", token="admin")
    assert said.status == 3
    assert "cannot reach" in said.err


def test_a_release_that_is_not_there_is_named(run: Run) -> None:
    said = run("install", "--bundle", "/nowhere/smart_router.json", token="admin")
    assert said.status == 2
    assert "cannot read /nowhere/smart_router.json" in said.err


def test_every_command_can_answer_in_json(run: Run) -> None:
    commands = listed(run("--help").out)
    commands.remove("registry")
    below = listed(run("registry", "--help").out)
    assert below == ["get", "put"]
    assert {
        "bundle",
        "login",
        "install",
        "upgrade",
        "uninstall",
        "status",
        "stats",
        "reset",
        "cost",
        "export",
    } <= set(commands)
    for command in (*([name] for name in commands), *(["registry", name] for name in below)):
        assert "--json" in run(*command, "--help").out, command


def listed(help: str) -> list[str]:
    """The commands that a help text names."""
    return [line.split()[1] for line in help.splitlines() if line.startswith("│ ") and line[2] not in " -*"]


def test_help_imports_none_of_the_work() -> None:
    code = (
        "import sys\n"
        "from smart_router.cli.app import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'httpx', 'yaml', 'sqlalchemy', 'numpy'} & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
