"""What the pages for operators name is there: commands, valves, routes, tables, settings, sentences."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from scripts.reference import FOLDER
from scripts.reference.metrics import families
from scripts.reference.routes import described
from smart_router.cli.app import app
from smart_router.records.tables import tables

ROOT = Path(__file__).parents[3]
PAGES = sorted((ROOT / "docs" / "operations").glob("*.md"))
EVERY_PAGE = sorted((ROOT / "docs").rglob("*.md"))
#: Said in italics, and no valve: functions, choices of a valve, who and what a sentence stresses.
NO_VALVES = {
    "Smart Router", "Smart Router events", "Smart Router library", "Local only", "Prefer local models",
}  # fmt: skip

_CODE = re.compile(r"```\w*\n(.*?)```|`([^`\n]+)`", re.DOTALL)


def code_of(path: Path) -> Iterator[str]:
    """Every line of code, and every piece within a sentence."""
    for block, piece in _CODE.findall(path.read_text("utf-8")):
        yield from block.replace("\\\n", " ").splitlines() if block else [piece]


@pytest.fixture(params=PAGES, ids=lambda path: path.name)
def page(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_commands_and_their_options_are_there(page: Path) -> None:
    commands: dict[str, Any] = get_command(app).commands  # type: ignore[attr-defined]
    for line in code_of(page):
        for name, rest in re.findall(r"smart-router ([a-z][a-z-]*)([^#;&|]*)", line):
            assert name in commands, line
            command = commands[name]
            if hasattr(command, "commands"):
                below, _, rest = rest.strip().partition(" ")
                assert below in command.commands, line
                command = command.commands[below]
            options = {spelling for parameter in command.params for spelling in parameter.opts}
            assert set(re.findall(r"--[a-z-]+", rest)) <= options, line


def test_routes_are_there(page: Path) -> None:
    known = {
        (method.upper(), path) for path, methods in described()[0]["paths"].items() for method in methods
    }
    for line in code_of(page):
        for method, path in re.findall(r"\b(GET|POST|PUT|DELETE) (/[\w/{}-]+)", line):
            assert (method, path) in known, line


def test_tables_and_metrics_are_there(page: Path) -> None:
    known = {*tables().metadata.tables, *(sample.name for family in families() for sample in family.samples)}
    for line in code_of(page):
        for name in re.findall(r"\bsmart_router_[a-z_]+\b", line):
            assert name in known or name == "smart_router_", line


def test_all_tables_are_among_those_to_be_backed_up() -> None:
    text = (ROOT / "docs" / "operations" / "backup.md").read_text("utf-8")
    assert set(tables().metadata.tables) <= set(re.findall(r"`(smart_router_\w+)`", text))


def test_valves_are_called_by_their_titles(page: Path) -> None:
    titles = {
        line.split(" | ")[0].removeprefix("| ")
        for line in (FOLDER / "valves.md").read_text("utf-8").splitlines()
        if line.startswith("| ") and "`" in line
    }
    assert "Store prompts" in titles
    text = _CODE.sub("", page.read_text("utf-8"))
    for phrase in re.findall(r"(?<!\*)\*([A-Z][^*\n]+)\*(?!\*)", text):
        assert phrase in titles | NO_VALVES, phrase


def test_settings_of_open_webui_are_its_own(page: Path) -> None:
    for line in code_of(page):
        for name in re.findall(r"\b[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+\b", line):
            ours = name == "SMART_ROUTER_LIBRARY" or name in _strings("shared/smart_router/cli")
            assert ours or name in _open_webui(), name


def test_sentences_that_people_read_are_those_of_the_code() -> None:
    """In the first column of the table of symptoms."""
    said = _strings("shared") + _strings("pipes")
    symptoms = [
        piece
        for line in (ROOT / "docs" / "operations" / "troubleshooting.md").read_text("utf-8").splitlines()
        if line.startswith("| ")
        for piece in re.findall(r"`([^`]*[a-z] [^`]*)`", line.split(" | ")[0])
    ]
    assert len(symptoms) >= 12
    for symptom in symptoms:
        assert symptom in said or symptom.partition(" ")[2] in said, symptom


@pytest.mark.parametrize("path", EVERY_PAGE, ids=lambda path: str(path.relative_to(ROOT / "docs")))
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if target.startswith(("http", "#")):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve()
        assert there.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.MULTILINE)
            assert anchor in {
                re.sub(r"[^\w\- ]", "", name).strip().lower().replace(" ", "-") for name in headings
            }


@cache
def _strings(folder: str) -> str:
    """Every text in the code of a folder."""
    found = [
        node.value
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return "\n".join(found)


@cache
def _open_webui() -> str:
    spec = importlib.util.find_spec("open_webui")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent
    return "".join((folder / name).read_text("utf-8") for name in ("env.py", "config.py", "internal/db.py"))
