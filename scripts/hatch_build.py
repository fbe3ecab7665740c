"""Puts the admin page and the functions beside the library in a wheel.

An editable install takes them from the checkout instead: copies would go stale.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Folder in the checkout → folder in the wheel.
_FUNCTIONS = ("pipes", "smart_router/functions")
_PAGE = ("admin_pages/observability", "smart_router/observability")


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds what a wheel needs and an editable install must not have."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        functions, page = Path(self.root) / _FUNCTIONS[0], Path(self.root) / _PAGE[0]
        built = page / "ui" / "dist"
        if not (built / "index.html").exists():
            raise RuntimeError(f"{built / 'index.html'} is not built; run `make ui` first")
        places = {path: f"{_FUNCTIONS[1]}/{path.name}" for path in functions.glob("*.py")}
        places |= {built: f"{_PAGE[1]}/ui"}
        places |= {
            path: f"{_PAGE[1]}/{path.relative_to(page).as_posix()}"
            for path in page.rglob("*.py")
            if "ui" not in path.relative_to(page).parts
        }
        build_data["force_include"].update({str(path): place for path, place in places.items()})
