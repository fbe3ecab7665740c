"""Python, Node and a Chromium: taken where they are, and told in a sentence where they are not."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import chromium
import pytest
from environment import suitable_python
from page import node_folder

Plant = Callable[[str, str], Path]


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Puts a program that says one line, or fails with it, into a folder."""

    def planted(name: str, says: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{says}\n")
        path.chmod(0o700)
        return path

    return planted


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with nothing on it but an interpreter that installs nothing."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(sys, "executable", str(plant("venv/bin/python", "exit 1")))


def found_by_a_newer_one() -> str:
    """What is found by a Python on which Open WebUI does not run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "version_info", (3, 14, 0, "final", 0))
        return str(suitable_python())


def test_a_python_that_will_do_is_taken_as_it_is() -> None:
    assert suitable_python() == sys.executable


def test_else_one_beside_it_that_is_what_its_name_says(plant: Plant) -> None:
    plant("bin/python3.12", "echo 3 14")
    right = plant("bin/python3.11", "echo 3 11")
    assert found_by_a_newer_one() == str(right)
    better = plant("bin/python3.12", "echo 3 12")
    assert found_by_a_newer_one() == str(better)


def test_without_one_it_says_what_to_do(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        found_by_a_newer_one()
    said = capfd.readouterr().err
    assert "this is 3.14" in said
    assert "make PYTHON3=/path/to/python3.12" in said


def test_a_node_that_is_new_enough_and_has_npm_is_taken(
    plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, version in (("old", "v20.18.3"), ("bare", "v24.0.0"), ("new", "v20.19.0")):
        plant(f"{folder}/node", f"echo {version}")
    for folder in ("old", "new"):
        plant(f"{folder}/npm", "exit 0")
    monkeypatch.setenv("PATH", f"{tmp_path}/old:{tmp_path}/bare::{tmp_path}/new")
    assert node_folder() == tmp_path / "new"


def test_else_the_one_that_was_installed_before(plant: Plant, tmp_path: Path) -> None:
    plant("venv/bin/node", "echo v24.1.0")
    plant("venv/bin/npm", "exit 0")
    assert node_folder() == tmp_path / "venv" / "bin"


def test_a_node_that_cannot_be_installed_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        node_folder()
    assert "install Node 20.19 or newer with npm yourself" in capfd.readouterr().err


@pytest.fixture
def no_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither one that was named, nor a Mac's, nor Playwright."""
    monkeypatch.delenv(chromium.VARIABLE, raising=False)
    monkeypatch.setattr(chromium, "MAC", ())
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)


@pytest.mark.usefixtures("no_chromium")
def test_one_that_only_asks_for_another_package_is_no_chromium(
    plant: Plant, capfd: pytest.CaptureFixture[str]
) -> None:
    plant("bin/chromium", "echo 'install the snap'; exit 1")
    right = plant("bin/google-chrome", "echo 'Google Chrome 140'")
    chromium.main()
    assert capfd.readouterr().out == f"{right}\n"


@pytest.mark.usefixtures("no_chromium")
def test_without_one_anywhere_it_says_what_to_do(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        chromium.main()
    told = capfd.readouterr()
    assert (ended.value.code, told.out) == (1, "")
    assert f"or set {chromium.VARIABLE} to one that you have" in told.err


def test_the_one_that_is_named_is_taken_or_refused(
    plant: Plant, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    plant("bin/chromium", "exit 0")
    mine = plant("mine/chromium", "echo 'Chromium 140'")
    monkeypatch.setenv(chromium.VARIABLE, str(mine))
    chromium.main()
    assert capfd.readouterr().out == f"{mine}\n"
    monkeypatch.setenv(chromium.VARIABLE, str(mine.with_name("gone")))
    with pytest.raises(SystemExit):
        chromium.main()
    assert "that is no browser that runs" in capfd.readouterr().err
