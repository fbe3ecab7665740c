"""Tokens of `smart-router login`, kept in a file that only this user can read."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .client import normal_url
from .errors import CommandError, UsageError


@dataclass(frozen=True, slots=True)
class Target:
    """The Open WebUI that a command talks to, and the token it shows there."""

    url: str
    token: str | None


class Credentials:
    """The file: `{"last": address, "tokens": {address: token}}` with mode 0600."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def of_user(cls, environ: Mapping[str, str] = os.environ) -> Credentials:
        """In the folder that the XDG base directory specification names for configuration."""
        folder = environ.get("XDG_CONFIG_HOME")
        base = Path(folder) if folder else Path.home() / ".config"
        return cls(base / "smart-router" / "credentials.json")

    def save(self, url: str, token: str) -> None:
        """Keep a token and make its address the one for commands that name none."""
        found = self._read()
        tokens = {**found.get("tokens", {}), normal_url(url): token}
        self._write({"last": normal_url(url), "tokens": tokens})

    def resolve(self, url: str | None, token: str | None) -> Target:
        """The target for these options. Raises UsageError when nobody said which Open WebUI is meant."""
        found = self._read()
        address = url or found.get("last")
        if not address:
            raise UsageError(
                "which Open WebUI? Pass --url, set OPEN_WEBUI_URL, or run `smart-router login` once"
            )
        address = normal_url(address)
        return Target(address, token or found.get("tokens", {}).get(address))

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise CommandError(
                f"{self.path} cannot be read ({error}); delete it and run `smart-router login` again"
            ) from None
        return found if isinstance(found, dict) else {}

    def _write(self, value: dict[str, Any]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Made private before anything is in it, and put in place whole.
        handle, name = tempfile.mkstemp(dir=self.path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(value, file, indent=2)
            os.replace(name, self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
