"""The commands as they are typed. Each imports its work when it runs, so that --help is quick."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_command

from ..errors import SmartRouterError
from .errors import CommandError
from .looking import add_looks
from .options import Bundle, Database, DataDir, Json, Schema, Token, Url, said
from .registry_commands import add_registry

app = typer.Typer(name="smart-router", no_args_is_help=True, pretty_exceptions_enable=False)


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
    """Smart Router for Open WebUI: put it in, look at it, take it out. Begin with login, then install."""


@app.command()
def bundle(
    out: Annotated[Path, typer.Option("--out", help="Folder to write to; made if it is not there.")] = Path(
        "dist"
    ),
    without_page: Annotated[
        bool, typer.Option("--without-page", help="Leave the page out; it need not be built then.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Write the functions, and smart_router.json for Admin Panel → Functions → Import."""
    from .commands import run_bundle

    run_bundle(out, not without_page, said(as_json))


@app.command()
def login(
    url: Url = None,
    email: Annotated[str | None, typer.Option("--email", help="The account's e-mail address.")] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Sign in to an Open WebUI, and keep the token for the other commands."""
    from .commands import run_login

    run_login(url, email, password_stdin, said(as_json))


@app.command()
def install(
    access: Annotated[
        str | None,
        typer.Option(
            "--access",
            help="Who may use Smart: everyone, admins or group:NAME. If left out, the first install asks "
            "and a later one changes nothing.",
        ),
    ] = None,
    bundle: Bundle = None,
    url: Url = None,
    token: Token = None,
    as_json: Json = False,
) -> None:
    """Put Smart Router into a running Open WebUI and switch it on."""
    from .commands import run_install

    run_install(url, token, access, bundle, said(as_json))


@app.command()
def upgrade(bundle: Bundle = None, url: Url = None, token: Token = None, as_json: Json = False) -> None:
    """Replace an installed Smart Router in place; chats that stream go on."""
    from .commands import run_upgrade

    run_upgrade(url, token, bundle, said(as_json))


@app.command()
def uninstall(
    purge: Annotated[
        bool, typer.Option("--purge", help="Delete all records and all versions of the registry too.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    url: Url = None,
    token: Token = None,
    as_json: Json = False,
) -> None:
    """Take Smart Router out of a running Open WebUI."""
    from .commands import run_uninstall

    run_uninstall(url, token, purge, yes, said(as_json))


add_looks(app)
add_registry(app)


@app.command()
def reset(
    id: Annotated[
        str | None,
        typer.Argument(help="The id of a backend or a connection, as status names it; all if left out."),
    ] = None,
    url: Url = None,
    token: Token = None,
    as_json: Json = False,
) -> None:
    """Reset one circuit breaker, or all of them."""
    from .commands import run_reset

    run_reset(url, token, id, said(as_json))


@app.command()
def classify(
    text: Annotated[str | None, typer.Argument(help="One message to classify.")] = None,
    jsonl: Annotated[
        Path | None,
        typer.Option(
            "--jsonl", help='File of lines {"id", "messages"}, - for standard input; a line out for each.'
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what Smart makes of a message: intent, complexity, confidence. Offline; nothing is sent."""
    from .commands import run_classify

    raise typer.Exit(run_classify(text, jsonl, said(as_json)))


@app.command()
def explain(
    request: Annotated[
        str, typer.Argument(help="A message, a chat body in JSON, a file of either, or - for standard input.")
    ],
    registry: Annotated[
        Path | None,
        typer.Option("--registry", help="Registry in YAML; the built-in rules if left out, with --models."),
    ] = None,
    models: Annotated[
        Path | None,
        typer.Option(
            "--models",
            help="Models in JSON: what Open WebUI answers at /api/models, or a list of ids; those that the "
            "registry names if left out.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say which model Smart would choose, and why, of those of --models or --registry. Offline; nothing
    is sent or stored."""
    from .commands import run_explain

    run_explain(request, registry, models, said(as_json))


@app.command()
def simulate(
    records: Annotated[int, typer.Option("--records", min=1, help="How many to write.")] = 10_000,
    days: Annotated[
        float, typer.Option("--days", min=0.01, help="Spread them over so many days until now.")
    ] = 30.0,
    seed: Annotated[
        int, typer.Option("--seed", help="Another number gives other records, the same number the same.")
    ] = 1,
    mix: Annotated[
        bool,
        typer.Option(
            "--mix", help="Write them even where there are records of real chats; figures then count both."
        ),
    ] = False,
    database: Database = None,
    data_dir: DataDir = None,
    schema: Schema = None,
    as_json: Json = False,
) -> None:
    """Write simulated records into a database, for trying the page; nothing is sent to anyone."""
    from .database import run_simulate

    run_simulate(records, days, seed, mix, database, data_dir, schema, said(as_json))


@app.command()
def rebuild(
    database: Database = None, data_dir: DataDir = None, schema: Schema = None, as_json: Json = False
) -> None:
    """Derive the page's figures anew from all records; chats may go on meanwhile."""
    from .database import run_rebuild

    run_rebuild(database, data_dir, schema, said(as_json))


@app.command("demo-backends")
def demo_backends(
    openai_port: Annotated[
        int, typer.Option("--openai-port", min=1, max=65535, help="Port that speaks OpenAI's protocol.")
    ] = 11500,
    ollama_port: Annotated[
        int, typer.Option("--ollama-port", min=1, max=65535, help="Port that speaks Ollama's.")
    ] = 11501,
    as_json: Json = False,
) -> None:
    """Serve simulated models on loopback, for trying Smart without a key or a GPU; until Ctrl-C."""
    from .commands import run_demo_backends

    run_demo_backends(openai_port, ollama_port, said(as_json))


@cache
def _command() -> Callable[..., Any]:
    """The tree of commands, put together once."""
    return get_command(app)


def main(arguments: list[str] | None = None) -> None:
    """The console script. An error of ours is one sentence on stderr and its own exit status."""
    try:
        _command()(args=arguments, prog_name="smart-router")
    except SmartRouterError as error:
        print(f"smart-router: {error}", file=sys.stderr)
        raise SystemExit(error.exit_code if isinstance(error, CommandError) else 1) from None


if __name__ == "__main__":
    main()
