"""The commands below `registry`, as they are typed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import Json, Token, Url, said


def add_registry(app: typer.Typer) -> None:
    """Put them into the command line."""
    group = typer.Typer(no_args_is_help=True, help="Read and save the registry of a running Smart Router.")
    group.command("get")(get)
    group.command("put")(put)
    app.add_typer(group, name="registry")


def get(
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write; standard output if left out.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace FILE where it is there.")] = False,
    url: Url = None,
    token: Token = None,
    as_json: Json = False,
) -> None:
    """Write the newest saved registry, as it was saved."""
    from .commands import connect
    from .registry import get_registry

    with connect(url, token) as client:
        get_registry(client, out, said(as_json), overwrite=overwrite)


def put(
    file: Annotated[str, typer.Argument(help="A registry in YAML, or - for standard input.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only check it and show what it changes; save nothing.")
    ] = False,
    comment: Annotated[
        str | None, typer.Option("--comment", help="Shown beside the version in the page's history.")
    ] = None,
    url: Url = None,
    token: Token = None,
    as_json: Json = False,
) -> None:
    """Check a registry, show what it changes, and save it as a new version."""
    from .commands import connect
    from .registry import put_registry

    with connect(url, token) as client:
        put_registry(client, file, said(as_json), comment=comment or "", dry_run=dry_run)
