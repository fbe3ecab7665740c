"""The commands page, from the command line's own parser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

from typer.main import get_command

from smart_router.cli import errors
from smart_router.cli.app import app
from smart_router.cli.errors import CommandError

from .markdown import cell, code, table


def tables() -> str:
    """Markdown."""
    commands = dict(_commands(get_command(app)))
    lines = ["## Overview", ""]
    lines += table(
        ["command", "what"],
        [
            [f"[`{name}`](#{name.replace(' ', '-')})", cell(str(command.help))]
            for name, command in commands.items()
        ],
    )
    for name, command in commands.items():
        lines += _command(name, command)
    lines += ["## Exit statuses", "", *table(["status", "when"], _statuses())]
    return "\n".join(lines)


def _commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every command by what is typed for it; of a group, those below it."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def _command(name: str, command: Any) -> list[str]:
    hints = get_type_hints(command.callback)
    asked = [parameter for parameter in command.params if parameter.name != "help"]
    arguments = [parameter for parameter in asked if _is_argument(parameter)]
    usage = " ".join(["smart-router", name, *map(_shown, arguments), "[OPTIONS]"])
    rows = [[_spelling(parameter, hints), _default(parameter), _meaning(parameter)] for parameter in asked]
    words = ["option", "default", "meaning"]
    return [f"## {name}", "", cell(str(command.help)), "", "```", usage, "```", "", *table(words, rows)]


def _is_argument(parameter: Any) -> bool:
    return not str(parameter.opts[0]).startswith("-")


def _shown(argument: Any) -> str:
    name = str(argument.name).upper()
    return name if argument.required else f"[{name}]"


def _spelling(parameter: Any, hints: dict[str, Any]) -> str:
    if _is_argument(parameter):
        return code(_shown(parameter))
    kinds = {Path: " PATH", int: " N", float: " N", bool: ""}
    value = next((kinds[kind] for kind in kinds if kind in _parts(hints.get(parameter.name))), " TEXT")
    return ", ".join(code(f"{spelling}{value}") for spelling in parameter.opts)


def _parts(hint: Any) -> tuple[Any, ...]:
    """A type, and those that it is made of."""
    return (hint, *(part for inner in get_args(hint) for part in _parts(inner)))


def _default(parameter: Any) -> str:
    if parameter.required:
        return "required"
    value = parameter.default
    return "" if value is None or value is False or _is_argument(parameter) else code(str(value))


def _meaning(parameter: Any) -> str:
    said = [parameter.help or ""]
    if not _is_argument(parameter) and parameter.multiple:
        said.append("May be given several times.")
    if parameter.envvar:
        said.append(f"Also from the environment: `{parameter.envvar}`.")
    return " ".join(said)


def _statuses() -> list[list[str]]:
    found: dict[int, list[str]] = {0: ["It worked, and what it looked at is well."]}
    for kind in (CommandError, *CommandError.__subclasses__()):
        words = str(kind.__doc__).strip().splitlines()[0]
        found.setdefault(kind.exit_code, []).append(words)
    found[errors.DEGRADED] = ["`status` or `dashboard`: degraded; it works, but something is wrong."]
    found[errors.FAILING] = ["`status` or `dashboard`: failing; no backend can answer."]
    return [[str(status), found[status][0]] for status in sorted(found)]
