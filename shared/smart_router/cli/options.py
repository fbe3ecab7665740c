"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .ranges import RANGES

if TYPE_CHECKING:
    from .output import Output

Url = Annotated[
    str | None,
    typer.Option("--url", envvar="OPEN_WEBUI_URL", help="Open WebUI's address; else that of the last login."),
]
Token = Annotated[
    str | None,
    typer.Option(
        "--token",
        envvar="OPEN_WEBUI_API_KEY",
        help="API key or session token; else the one that login kept for this address.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON value instead of text.")]
Database = Annotated[
    str | None,
    typer.Option(
        "--database", envvar="DATABASE_URL", help="Open WebUI's database: postgresql://… or sqlite:///path."
    ),
]
DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Instead of --database: Open WebUI's data folder, where webui.db lies."),
]
Schema = Annotated[
    str | None,
    typer.Option(
        "--schema", envvar="DATABASE_SCHEMA", help="The schema in PostgreSQL, where Open WebUI uses one."
    ),
]
Bundle = Annotated[
    Path | None,
    typer.Option("--bundle", help="Take this smart_router.json instead of what came with this command."),
]

Range = Annotated[
    str | None,
    typer.Option("--range", help="1h, 24h, 7d, 30d or 90d; 24h if left out.", autocompletion=lambda: RANGES),
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        help="Instead of --range: a date, a time like 2026-01-31T08:00 (local), or epoch seconds.",
    ),
]
To = Annotated[
    str | None,
    typer.Option("--to", help="The end of what --from begins, in the same forms; now if left out."),
]
Watch = Annotated[bool, typer.Option("--watch", "-w", help="Look again and again, until Ctrl-C.")]
Every = Annotated[float, typer.Option("--every", min=0.5, help="Seconds between two looks.")]


def said(as_json: bool) -> Output:
    """Where the command's words go."""
    from .output import Output

    return Output(as_json)
