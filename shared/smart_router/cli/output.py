"""What a command says: lines for a person as they happen, or JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console, RenderableType
from rich.progress import Progress, ProgressColumn
from rich.table import Table

from .form import lines, word


@dataclass(frozen=True, slots=True)
class View:
    """One look at something: for a person, for a program, and the exit status that it means."""

    shown: RenderableType
    value: dict[str, Any]
    status: int = 0


class Output:
    """Where a command's words go.

    For a person each line appears at once. With `as_json` nothing is printed but `result`; the
    lines are kept in `steps` for commands that want them in there.
    """

    def __init__(self, as_json: bool = False, console: Console | None = None) -> None:
        self.as_json = as_json
        # Brackets are text here, not markup: model names have them.
        self.console = console or Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
        self.steps: list[str] = []

    def line(self, text: str) -> None:
        """Say one step."""
        self.steps.append(text)
        if not self.as_json:
            self.console.print(lines(text), markup=False)

    def show(self, what: RenderableType) -> None:
        """Show a person something; a program gets it through `result`."""
        if not self.as_json:
            self.console.print(what, markup=False, soft_wrap=False)

    def table(self, title: str, columns: list[str], rows: list[list[str]]) -> None:
        """Show rows to a person; a program gets them through `result`."""
        self.show(table(title, columns, rows))

    def result(self, value: dict[str, Any]) -> None:
        """The command's whole result; the last thing that it says."""
        if self.as_json:
            self.console.print(json.dumps(value, ensure_ascii=False, indent=2), markup=False)

    def item(self, value: dict[str, Any]) -> None:
        """One of several results, on a line of its own."""
        if self.as_json:
            self.console.print(json.dumps(value, ensure_ascii=False, separators=(",", ":")), markup=False)

    def progress(self, *columns: str | ProgressColumn) -> Progress:
        """How far long work is, on a terminal; elsewhere nothing at all, not even an empty line."""
        seen = not self.as_json and self.console.is_terminal
        return Progress(*columns, console=self.console if seen else Console(quiet=True), disable=not seen)

    def view(self, look: Callable[[], View]) -> int:
        """Look once and say it; the exit status."""
        view = look()
        self.show(view.shown)
        self.result(view.value)
        return view.status


def table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, text: Sequence[int] = ()
) -> Table:
    """Rows under their names: the first column and those of `text` to the left, figures to the right."""
    made = Table(title=title, title_justify="left")
    for number, column in enumerate(columns):
        made.add_column(column, justify="left" if number == 0 or number in text else "right", overflow="fold")
    for row in rows:
        made.add_row(*(word(cell) if cell else "" for cell in row))
    return made
