"""The reference pages' tables, made from the code: `python -m scripts.reference` writes them anew.

Each module here makes those of one page in docs/reference; what people wrote around them stays. A
test holds the pages equal to what is made.
"""

from __future__ import annotations

from pathlib import Path

from . import commands, metrics, routes, valves

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "reference"

BEGIN = "<!-- Generated from here on by `python -m scripts.reference`. -->"
END = "<!-- To here. -->"

_MADE = {
    "valves": valves.tables,
    "routes": routes.tables,
    "metrics": metrics.tables,
    "commands": commands.tables,
}


def pages() -> dict[Path, str]:
    """The text that each page should have."""
    return {FOLDER / f"{name}.md": _renewed(FOLDER / f"{name}.md", make()) for name, make in _MADE.items()}


def _renewed(path: Path, tables: str) -> str:
    before, _, rest = path.read_text("utf-8").partition(BEGIN)
    return f"{before}{BEGIN}\n\n{tables.strip()}\n\n{END}{rest.partition(END)[2]}"
