"""registry get and registry put: the registry of a running Smart Router as a file."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import Any

from .client import OpenWebUI
from .errors import CommandError, UsageError
from .export import standard_output
from .output import Output

#: The page's route takes no longer text.
MAX_CHARACTERS = 1_000_000


def get_registry(client: OpenWebUI, path: Path | None, output: Output, *, overwrite: bool = False) -> None:
    """Write the newest saved text to a file, or to standard output byte for byte."""
    if path is not None and path.exists() and not overwrite:
        raise UsageError(f"{path} is already there; name another file or pass --overwrite")
    saved = client.ours("GET", "/registry")
    if not saved["version"]:
        raise CommandError(
            "no registry is saved yet, Smart goes by what Open WebUI lists; `smart-router registry put FILE` "
            "saves one"
        )
    if path is None:
        if not output.as_json:
            standard_output().write(saved["text"].encode())
        output.result({**saved, "path": None})
        return
    content = saved["text"].encode()
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None
    output.line(f"version {saved['version']}, {len(content):,} bytes: {path}")
    _tell(saved, output)
    output.result({**saved, "path": str(path)})


def put_registry(
    client: OpenWebUI, path: str, output: Output, *, comment: str = "", dry_run: bool = False
) -> None:
    """Check a text, show what it changes, and save it as a new version.

    Raises CommandError where it does not validate; each mistake has been said by then. Raises ApiError
    (409) where somebody else saved in between.
    """
    text = _read(path)
    saved = client.ours("GET", "/registry")
    check = client.ours("POST", "/registry/validate", {"text": text})
    before, version = _plain(saved["text"]), saved["version"]
    diff = _diff(before, text, f"version {version}" if version else "none saved", path)
    told = {
        "version": version,
        "changed": bool(diff) or not version,
        "saved": False,
        "errors": check["errors"],
        "warnings": check["warnings"],
        "diff": diff,
    }
    _tell(check, output)
    if check["errors"]:
        output.result(told)
        count = len(check["errors"])
        raise CommandError(f"{path} has {count} mistake{'' if count == 1 else 's'}; nothing was saved")
    if not told["changed"]:
        output.line(f"nothing changed: version {version} is the same text")
        output.result(told)
        return
    for line in diff:
        output.line(line)
    if dry_run:
        output.line("not saved, because of --dry-run")
        output.result(told)
        return
    done = client.ours("PUT", "/registry", {"text": text, "comment": comment, "version": version})
    output.line(f"saved as version {done['version']}")
    output.result({**told, "version": done["version"], "saved": True})


def _read(path: str) -> str:
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text("utf-8-sig")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"cannot read {path}: {error}") from None
    if len(text) > MAX_CHARACTERS:
        raise UsageError(f"{path} is longer than {MAX_CHARACTERS:,} characters; is it a registry?")
    return _plain(text)


def _plain(text: str) -> str:
    """Line ends as a text file is read with; they are no change."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _diff(before: str, after: str, old: str, new: str) -> list[str]:
    found: list[str] = []
    for line in difflib.unified_diff(before.splitlines(True), after.splitlines(True), old, new):
        found.append(line.removesuffix("\n"))
        if not line.endswith("\n"):
            found.append("\\ no line end at the end")
    return found


def _tell(check: dict[str, Any], output: Output) -> None:
    for issue in check["errors"]:
        where = f"line {issue['line']}, column {issue['column']}"
        output.line(f"error: {': '.join(filter(None, (where, issue['key'], issue['message'])))}")
    for warning in check["warnings"]:
        output.line(f"warning: {warning}")
