"""Commands as they are typed, and what they said."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from smart_router.cli.app import main


class Said(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Terminal(io.StringIO):
    """Standard input with a person at it, who has already typed."""

    def isatty(self) -> bool:
        return True


Run = Callable[..., Said]


@pytest.fixture
def run(
    served: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Type a command, in an environment with this server and an empty home; no terminal."""
    for name in ("OPEN_WEBUI_API_KEY", "OPEN_WEBUI_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("OPEN_WEBUI_URL", served)
    monkeypatch.setenv("COLUMNS", "120")

    def typed(*arguments: str, stdin: str | Terminal = "", token: str | None = None) -> Said:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin) if isinstance(stdin, str) else stdin)
        given = ["--token", token] if token else []
        with pytest.raises(SystemExit) as ended:
            main([*arguments, *given])
        out, err = capsys.readouterr()
        return Said(int(ended.value.code or 0), out, err)

    return typed
