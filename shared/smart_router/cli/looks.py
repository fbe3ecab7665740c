"""status, stats, cost, dashboard and export, once their options are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from .client import OpenWebUI, Params
from .commands import connect
from .errors import UsageError
from .output import Output, View


def run_status(url: str | None, token: str | None, every_s: float | None, output: Output) -> int:
    from .figures import look_at_status

    return _look(url, token, look_at_status, every_s, output)


def run_stats(
    url: str | None, token: str | None, params: Params, every_s: float | None, output: Output
) -> int:
    from .figures import look_at_stats

    return _look(url, token, lambda client: look_at_stats(client, params), every_s, output)


def run_cost(
    url: str | None, token: str | None, params: Params, every_s: float | None, output: Output
) -> int:
    from .figures import look_at_cost

    return _look(url, token, lambda client: look_at_cost(client, params), every_s, output)


def run_dashboard(
    url: str | None, token: str | None, params: Params, every_s: float | None, output: Output
) -> int:
    """`every_s` None looks once."""
    from .dashboard import look_at_dashboard

    full = every_s is not None and output.console.is_terminal
    return _look(
        url,
        token,
        lambda client: look_at_dashboard(client, params, full_screen=full),
        every_s,
        output,
        full_screen=full,
    )


def run_export(
    url: str | None,
    token: str | None,
    out: str,
    format: str | None,
    span: Params,
    filters: Params,
    users: Sequence[str],
    restart: bool,
    overwrite: bool,
    output: Output,
) -> None:
    from .export import Wanted, export_to_file, export_to_pipe, format_of, standard_output

    path = Path(out)
    if out == "-" and output.as_json:
        raise UsageError("--json says what was written to a file; with --out - the records are all")
    with connect(url, token) as client:
        params = {**span, **filters}
        if users:
            from .people import user_ids

            params["user_id"] = user_ids(client, users, span)
        wanted = Wanted(client.url, format_of(path, format), params)
        if out == "-":
            export_to_pipe(client, wanted, standard_output())
            return
        output.result(export_to_file(client, path, wanted, output, restart=restart, overwrite=overwrite))


def _look(
    url: str | None,
    token: str | None,
    look: Callable[[OpenWebUI], View],
    every_s: float | None,
    output: Output,
    full_screen: bool = False,
) -> int:
    """Once, or every so many seconds until Ctrl-C; the exit status."""
    with connect(url, token) as client:
        if every_s is None:
            return output.view(lambda: look(client))
        from .watch import watch

        return watch(lambda: look(client), output, every_s, full_screen=full_screen)
