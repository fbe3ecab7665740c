"""registry get and put: a running server's registry as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from smart_router.cli.bundle import Function

from .typed import Run

ONE = "version: 1\nbaseline: gpt-4o\n"
TWO = "version: 1\nbaseline: gpt-4o\nstrategy: quality_first\n"


@pytest.fixture
def smart(fake: Any, functions: list[Function]) -> Any:
    """Installed, with one version saved."""
    fake.functions = {f.id: {"id": f.id, "is_active": True, "content": f.content} for f in functions}
    fake.registry = [ONE]
    return fake


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "registry.yaml"
    path.write_text(TWO)
    return path


def test_get_writes_what_was_saved(run: Run, smart: Any, tmp_path: Path) -> None:
    smart.registry = ["version: 1\r\n# ü\r\n"]
    assert run("registry", "get", token="admin").out == "version: 1\r\n# ü\r\n"
    path = tmp_path / "got.yaml"
    said = run("registry", "get", "--out", str(path), token="admin")
    assert said.out == f"version 1, 18 bytes: {path}\n"
    assert path.read_bytes() == "version: 1\r\n# ü\r\n".encode()
    found = run("registry", "get", "--json", token="admin").json
    assert (found["version"], found["text"]) == (1, "version: 1\r\n# ü\r\n")


def test_get_replaces_a_file_only_when_told(run: Run, smart: Any, file: Path) -> None:
    said = run("registry", "get", "--out", str(file), token="admin")
    assert (said.status, file.read_text()) == (2, TWO)
    assert "--overwrite" in said.err
    assert run("registry", "get", "--out", str(file), "--overwrite", token="admin").status == 0
    assert file.read_text() == ONE


def test_get_says_when_none_is_saved(run: Run, smart: Any) -> None:
    smart.registry = []
    said = run("registry", "get", token="admin")
    assert (said.status, said.out) == (1, "")
    assert "no registry is saved yet" in said.err


def test_put_shows_what_changes_and_saves_it(run: Run, smart: Any, file: Path) -> None:
    said = run("registry", "put", str(file), "--comment", "dearer", token="admin")
    assert said.status == 0
    assert said.out.splitlines()[:2] == ["--- version 1", f"+++ {file}"]
    assert "\n+strategy: quality_first\n" in said.out
    assert said.out.endswith("\nsaved as version 2\n")
    assert (smart.registry[-1], smart.comment) == (TWO, "dearer")


def test_a_dry_run_saves_nothing(run: Run, smart: Any, file: Path) -> None:
    said = run("registry", "put", str(file), "--dry-run", token="admin")
    assert "+strategy: quality_first" in said.out
    assert said.out.endswith("not saved, because of --dry-run\n")
    assert smart.registry == [ONE]
    found = run("registry", "put", str(file), "--dry-run", "--json", token="admin").json
    assert (found["changed"], found["saved"], found["version"]) == (True, False, 1)


@pytest.mark.parametrize("text", [ONE, ONE.replace("\n", "\r\n"), "\ufeff" + ONE])
def test_the_same_text_is_no_new_version(run: Run, smart: Any, file: Path, text: str) -> None:
    file.write_bytes(text.encode())
    said = run("registry", "put", str(file), token="admin")
    assert (said.status, said.out) == (0, "nothing changed: version 1 is the same text\n")
    assert smart.registry == [ONE]


def test_a_line_end_at_the_end_is_a_change_that_can_be_seen(run: Run, smart: Any, file: Path) -> None:
    file.write_text(ONE.rstrip("\n"))
    said = run("registry", "put", str(file), token="admin")
    assert "-baseline: gpt-4o\n+baseline: gpt-4o\n\\ no line end at the end\n" in said.out


def test_the_first_version_may_be_read_from_standard_input(run: Run, smart: Any) -> None:
    smart.registry = []
    said = run("registry", "put", "-", token="admin", stdin=ONE)
    assert said.out.startswith("--- none saved\n+++ -\n")
    assert said.out.endswith("saved as version 1\n")


def test_mistakes_are_named_by_line_and_key_and_nothing_is_saved(run: Run, smart: Any, file: Path) -> None:
    file.write_text("version: 1\nstrategy: best\nroutes:\n  qa: {speed: 1}\n")
    said = run("registry", "put", str(file), token="admin")
    assert said.status == 1
    assert "error: line 2, column 11: strategy: " in said.out
    assert "error: line 4, column " in said.out
    assert "routes.qa.speed: " in said.out
    assert said.err == f"smart-router: {file} has 2 mistakes; nothing was saved\n"
    assert smart.registry == [ONE]
    said = run("registry", "put", str(file), "--json", token="admin")
    assert (said.status, [issue["line"] for issue in said.json["errors"]]) == (1, [2, 4])


def test_warnings_are_shown_and_stop_nothing(run: Run, smart: Any, file: Path) -> None:
    file.write_text("version: 1\nbaseline: nonesuch\n")
    said = run("registry", "put", str(file), token="admin")
    assert "warning: The baseline 'nonesuch'" in said.out
    assert len(smart.registry) == 2


def test_what_somebody_else_saved_in_between_is_not_overwritten(run: Run, smart: Any, file: Path) -> None:
    smart.on_save = lambda: smart.registry.append("version: 1\n")
    said = run("registry", "put", str(file), token="admin")
    assert said.status == 1
    assert "the registry is at version 2 by now" in said.err
    assert TWO not in smart.registry


def test_a_file_that_cannot_be_read_is_named(run: Run, smart: Any, tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    said = run("registry", "put", str(path), token="admin")
    assert (said.status, said.err) == (2, f"smart-router: cannot read {path}: No such file or directory\n")
    path.write_bytes(b"\xff")
    assert run("registry", "put", str(path), token="admin").status == 2


def test_a_plain_user_may_neither(run: Run, smart: Any, file: Path) -> None:
    assert run("registry", "get", token="user").status == 5
    assert run("registry", "put", str(file), token="user").status == 5
