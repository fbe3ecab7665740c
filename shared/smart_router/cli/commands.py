"""What the commands do, once their options are read. Imported by `app` when a command runs."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import typer

from .access import Access, parse_access
from .bundle import Function, build, from_json, sources, write
from .client import OpenWebUI
from .credentials import Credentials
from .errors import CommandError, UsageError
from .install import install, uninstall, upgrade
from .output import Output
from .show import show_classification, show_decision


def run_bundle(out: Path, with_page: bool, output: Output) -> None:
    functions = build(sources(), with_page=with_page)
    try:
        paths = write(functions, out)
    except OSError as error:
        raise UsageError(f"cannot write to {out}: {error.strerror}") from None
    for path in paths:
        output.line(f"{path}  {path.stat().st_size:,} bytes")
    files = [{"path": str(path), "bytes": path.stat().st_size} for path in paths]
    output.result({"version": functions[0].version, "files": files})


def run_login(url: str | None, email: str | None, password_stdin: bool, output: Output) -> None:
    url = url or _ask("Open WebUI's address (http://…)", "--url")
    with OpenWebUI(url) as client:
        version = client.version()
        email = email or _ask("E-mail", "--email")
        if password_stdin:
            password = sys.stdin.readline().rstrip("\r\n")
        else:
            password = _ask("Password", "--password-stdin", hidden=True)
        account = client.sign_in(email, password)
        credentials = Credentials.of_user()
        credentials.save(client.url, account["token"])
        role = account.get("role")
        output.line(f"Signed in to Open WebUI {version} at {client.url} as {account.get('name')} ({role})")
        if role != "admin":
            output.line(
                "This account is no administrator: install, upgrade, uninstall and the figures need one"
            )
        output.line(f"The token is in {credentials.path}")
        output.result(
            {
                "url": client.url,
                "open_webui": version,
                "email": email,
                "role": role,
                "file": str(credentials.path),
            }
        )


def run_install(
    url: str | None, token: str | None, access: str | None, bundle: Path | None, output: Output
) -> None:
    chosen = parse_access(access) if access is not None else None
    functions = _functions(bundle)
    with connect(url, token) as client:
        ask = _ask_access if sys.stdin.isatty() and not output.as_json else None
        result = install(client, functions, say=output.line, access=chosen, ask=ask)
    output.result({**result, "steps": output.steps})


def run_upgrade(url: str | None, token: str | None, bundle: Path | None, output: Output) -> None:
    functions = _functions(bundle)
    with connect(url, token) as client:
        result = upgrade(client, functions, say=output.line)
    output.result({**result, "steps": output.steps})


def run_uninstall(url: str | None, token: str | None, purge: bool, yes: bool, output: Output) -> None:
    with connect(url, token) as client:
        if not yes:
            if not sys.stdin.isatty():
                raise UsageError("uninstall asks before it does anything; without a terminal, pass --yes")
            what = (
                "Smart Router AND ALL ITS RECORDS AND REGISTRY VERSIONS"
                if purge
                else "Smart Router (its records and its registry stay)"
            )
            if not typer.confirm(f"Take {what} out of {client.url}?", err=True):
                raise CommandError("nothing was changed")
        result = uninstall(client, say=output.line, purge=purge)
    output.result({**result, "steps": output.steps})


def run_reset(url: str | None, token: str | None, id: str | None, output: Output) -> None:
    with connect(url, token) as client:
        path = f"/circuit-breakers/{quote(id, safe='/')}/reset" if id else "/circuit-breakers/reset"
        result = client.ours("POST", path)
    count = result["reset"]
    done = f"{count} circuit breaker{'' if count == 1 else 's'} reset"
    output.line(
        done if count else f"{id} has no open circuit breaker" if id else "no circuit breaker was open"
    )
    output.result(result)


def run_classify(text: str | None, jsonl: Path | None, output: Output) -> int:
    """Returns the exit status: 1 when a line could not be read."""
    from .classify import classify_lines

    if (text is None) == (jsonl is None):
        raise UsageError("pass either one message or --jsonl FILE (- for standard input)")
    if text is not None:
        found = next(
            classify_lines([json.dumps({"id": None, "messages": [{"role": "user", "content": text}]})])
        )
        del found["id"]
        show_classification(output, found)
        output.result(found)
        return 0
    unread = 0
    with _lines(jsonl) as lines:
        for answer in classify_lines(lines):
            unread += "error" in answer
            print(json.dumps(answer, ensure_ascii=False), flush=True)
    return 1 if unread else 0


def run_explain(request: str, registry: Path | None, models: Path | None, output: Output) -> None:
    from .explain import explain, request_from

    found = explain(
        request_from(request, sys.stdin.read),
        _text(registry),
        _text(models),
        time.time(),
    )
    show_decision(output, found)
    output.result(found)


def _text(path: Path | None) -> str | None:
    """A file's text, None without a file."""
    if path is None:
        return None
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"cannot read {path}: {error}") from None


@contextmanager
def _lines(path: Path | None) -> Iterator[Iterable[str]]:
    """The lines of a file, or of standard input; bytes that are no UTF-8 become question marks."""
    if path is None or str(path) == "-":
        yield sys.stdin
        return
    try:
        file = path.open(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    with file:
        yield file


def run_demo_backends(openai_port: int, ollama_port: int, output: Output) -> None:
    try:
        from .demo import run_forever
    except ImportError as error:
        raise CommandError(
            f"the demo backends need {error.name}, which comes with Open WebUI; use its environment"
        ) from None
    output.result(
        {"openai_url": f"http://127.0.0.1:{openai_port}/v1", "ollama_url": f"http://127.0.0.1:{ollama_port}"}
    )
    run_forever(openai_port, ollama_port, quiet=output.as_json)


def connect(url: str | None, token: str | None) -> OpenWebUI:
    """The Open WebUI that the options, the environment or the last login mean."""
    target = Credentials.of_user().resolve(url, token)
    return OpenWebUI(target.url, target.token)


def _functions(bundle: Path | None) -> list[Function]:
    """The functions of a given smart_router.json, else those of this installation."""
    if bundle is None:
        return build(sources())
    return from_json(_text(bundle) or "")


def _ask(question: str, option: str, *, hidden: bool = False) -> str:
    if not sys.stdin.isatty():
        raise UsageError(f"there is no terminal to ask on; pass {option}")
    return str(typer.prompt(question, hide_input=hidden, err=True))


def _ask_access(groups: list[dict[str, object]]) -> Access:
    """Who may use Smart, asked on a terminal; only for an installation that has no answer yet."""
    choices = ["everyone", "admins", *(f"group:{group['name']}" for group in groups)]
    typer.echo("Who may use Smart?", err=True)
    for number, choice in enumerate(choices, 1):
        typer.echo(f"  {number}  {choice}", err=True)
    while True:
        answer = str(typer.prompt("Number or name", default="1", err=True)).strip()
        if answer.isdigit() and 1 <= int(answer) <= len(choices):
            answer = choices[int(answer) - 1]
        if answer in choices:
            return parse_access(answer)
        typer.echo(f"Please answer with a number from 1 to {len(choices)}.", err=True)
