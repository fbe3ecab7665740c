"""The commands as they are typed. Each imports its work when it runs, so that --help is quick."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from .errors import CommandError

app = typer.Typer(
    name="smart-router",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON value instead of text.")]


def _version(wanted: bool) -> None:
    if wanted:
        from .. import __version__

        print(__version__)
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Smart Router for Open WebUI: put it in, look at it, take it out."""


@app.command()
def bundle(
    out: Annotated[Path, typer.Option("--out", help="Folder to write to; made if it is not there.")] = Path(
        "dist"
    ),
    without_page: Annotated[
        bool,
        typer.Option("--without-page", help="Leave the observability page out (it then need not be built)."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Write the four functions and smart_router.json, the list that Admin → Functions → Import takes."""
    from .bundle import build, sources, write
    from .output import Output

    output = Output(as_json)
    functions = build(sources(), with_page=not without_page)
    paths = write(functions, out)
    for path in paths:
        output.line(f"{path}  {path.stat().st_size:,} bytes")
    output.result(
        {
            "version": functions[0].version,
            "files": [{"path": str(path), "bytes": path.stat().st_size} for path in paths],
        }
    )


def main() -> None:
    """The console script. A CommandError is one sentence on stderr and its own exit status."""
    try:
        app()
    except CommandError as error:
        print(f"smart-router: {error}", file=sys.stderr)
        raise SystemExit(error.exit_code) from None


if __name__ == "__main__":
    main()
