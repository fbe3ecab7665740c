"""The reference pages say what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.reference import BEGIN, END, FOLDER, pages
from scripts.reference.markdown import cell, code, kind, table
from scripts.reference.routes import described

PATHS = sorted(FOLDER.glob("*.md"))


@pytest.fixture(scope="module")
def made() -> dict[Path, str]:
    """The text that each page should have."""
    return pages()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_a_reference_page_is_up_to_date(made: dict[Path, str], path: Path) -> None:
    assert path.read_text("utf-8") == made[path], "run: python -m scripts.reference"


def test_every_page_of_the_folder_is_generated_and_explained(made: dict[Path, str]) -> None:
    assert set(PATHS) == set(made)
    for path, text in made.items():
        before, tables = text.split(BEGIN)[0], text.split(BEGIN)[1].split(END)[0]
        assert len(before) > 200, path.name
        assert tables.count("\n|") > 3, path.name


def test_every_route_says_who_may_call_it() -> None:
    api, who = described()
    listed = {(method.upper(), path) for path, methods in api["paths"].items() for method in methods}
    assert listed == set(who)
    assert who["DELETE", "/api/v1/observability/records"] == "administrator, Bearer"
    assert who["GET", "/api/v1/observability/summary"] == "administrator"
    assert who["POST", "/openai/chat/completions/smart"] == "user"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_links_within_a_page_lead_somewhere(made: dict[Path, str], path: Path) -> None:
    text = made[path]
    anchors = {
        re.sub(r"[^\w\- ]", "", line.lstrip("# ")).strip().lower().replace(" ", "-")
        for line in text.splitlines()
        if line.startswith("#")
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors


def test_types_are_named_in_words() -> None:
    assert kind({"type": "array", "items": {"$ref": "#/components/schemas/Line"}}) == "list of [Line](#line)"
    assert kind({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]}) == (
        "whole number, 1 or more or null"
    )
    assert kind({"enum": ["a", 1]}) == "`a`, `1`"
    assert kind({"type": "object", "additionalProperties": {"type": "number"}}) == "object of number"
    assert kind({"type": "number", "exclusiveMinimum": 0, "maximum": 5}) == "number, above 0, at most 5"
    assert kind({}) == "anything"


def test_a_cell_stays_within_its_row() -> None:
    assert cell("one\n  two | three") == "one two \\| three"
    assert table(["a"], [["b|c"]]) == ["| a |", "|---|", "| b\\|c |", ""]
    assert code(None) == ""
    assert code(True) == "`true`"
