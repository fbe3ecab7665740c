"""What a command says: lines for a person as they happen, or one JSON value for a program."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console
from rich.table import Table


class Output:
    """Where a command's words go.

    For a person each line appears at once. With `as_json` nothing is printed but `result`; the
    lines are kept in `steps` for commands that want them in there.
    """

    def __init__(self, as_json: bool = False, console: Console | None = None) -> None:
        self.as_json = as_json
        self.console = console or Console(highlight=False, soft_wrap=True)
        self.steps: list[str] = []

    def line(self, text: str) -> None:
        """Say one step. Brackets are text here, not markup."""
        self.steps.append(text)
        if not self.as_json:
            self.console.print(text, markup=False)

    def table(self, title: str, columns: list[str], rows: list[list[str]]) -> None:
        """Show rows to a person; a program gets them through `result`."""
        if self.as_json:
            return
        table = Table(title=title, title_justify="left")
        for number, column in enumerate(columns):
            table.add_column(column, justify="left" if number == 0 else "right", overflow="fold")
        for row in rows:
            table.add_row(*row)
        self.console.print(table, markup=False)

    def result(self, value: dict[str, Any]) -> None:
        """The command's whole result; the last thing that it says."""
        if self.as_json:
            self.console.print(json.dumps(value, ensure_ascii=False, indent=2), markup=False)
