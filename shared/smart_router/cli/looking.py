"""The commands that look at a running Smart Router, as they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .options import Every, From, Json, Range, To, Token, Url, Watch, said
from .ranges import RANGES, range_params

if TYPE_CHECKING:
    from .client import Params


def add_looks(app: typer.Typer) -> None:
    """Put them into the command line."""
    app.command()(status)
    app.command()(stats)
    app.command()(cost)
    app.command()(dashboard)
    app.command()(export)


def status(
    watch: Watch = False, every: Every = 5.0, url: Url = None, token: Token = None, as_json: Json = False
) -> None:
    """Say how a running Smart Router is; exit status 6 when it is degraded, 7 when it is failing."""
    from .looks import run_status

    raise typer.Exit(run_status(url, token, every if watch else None, said(as_json)))


def stats(
    range: Range = None,
    from_: From = None,
    to: To = None,
    watch: Watch = False,
    every: Every = 5.0,
    url: Url = None,
    token: Token = None,
    as_json: Json = False,
) -> None:
    """Show the headline figures: requests, cost and savings, speed, who answered."""
    from .looks import run_stats

    params = range_params(range, from_, to)
    raise typer.Exit(run_stats(url, token, params, every if watch else None, said(as_json)))


def cost(
    range: Range = None,
    from_: From = None,
    to: To = None,
    watch: Watch = False,
    every: Every = 5.0,
    url: Url = None,
    token: Token = None,
    as_json: Json = False,
) -> None:
    """Show what was paid and saved: by backend, by intent, by user."""
    from .looks import run_cost

    params = range_params(range, from_, to)
    raise typer.Exit(run_cost(url, token, params, every if watch else None, said(as_json)))


def dashboard(
    range: Annotated[
        str | None,
        typer.Option(
            "--range", help="1h, 24h, 7d, 30d or 90d; 1h if left out.", autocompletion=lambda: RANGES
        ),
    ] = None,
    from_: From = None,
    to: To = None,
    once: Annotated[bool, typer.Option("--once", help="Show it once and stop, for scripts.")] = False,
    every: Every = 2.0,
    url: Url = None,
    token: Token = None,
    as_json: Json = False,
) -> None:
    """Show everything on one screen: health, breakers, traffic, the last requests; until Ctrl-C."""
    from .looks import run_dashboard

    params = range_params(range or (None if from_ else "1h"), from_, to)
    raise typer.Exit(run_dashboard(url, token, params, None if once else every, said(as_json)))


def export(
    out: Annotated[str, typer.Option("--out", help="File to write, or - for standard output.")],
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="jsonl or csv; if left out, csv for a file that ends in .csv, else jsonl.",
            autocompletion=lambda: ("jsonl", "csv"),
        ),
    ] = None,
    range: Range = None,
    from_: From = None,
    to: To = None,
    backend: Annotated[
        list[str] | None, typer.Option("--backend", help="Only answers of this backend, by id.")
    ] = None,
    intent: Annotated[
        list[str] | None, typer.Option("--intent", help="Only this intent, such as coding or qa.")
    ] = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option(
            "--outcome",
            help="Only this outcome: ok, fallback, escalated, continued, cached, failed, stopped or refused.",
        ),
    ] = None,
    user: Annotated[
        list[str] | None,
        typer.Option("--user", help="Only this user: an e-mail address, a name or an id."),
    ] = None,
    task: Annotated[
        list[str] | None,
        typer.Option(
            "--task",
            help="Only this background task, such as title_generation; none for chats alone, any for all "
            "tasks; both if left out.",
        ),
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option("--source", help="smart, or direct for chats with other models; smart if left out."),
    ] = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Begin anew instead of going on with an export that broke off.")
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace FILE where it is there.")] = False,
    url: Url = None,
    token: Token = None,
    as_json: Json = False,
) -> None:
    """Write the records of a range to a file. One that broke off goes on when it is typed again."""
    from .looks import run_export

    filters = {
        "backend": backend,
        "intent": intent,
        "outcome": outcome,
        "task": task,
        "source": source,
    }
    given: Params = {name: list(values) for name, values in filters.items() if values}
    span = range_params(range, from_, to)
    run_export(url, token, out, format, span, given, user or (), restart, overwrite, said(as_json))
