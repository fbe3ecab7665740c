"""Puts the admin page and the functions beside the library in a wheel.

An editable install takes them from the checkout instead: copies would go stale.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Folder in the checkout → folder in the wheel.
_PLACES = {
    "admin_pages/observability/__init__.py": "smart_router/observability/__init__.py",
    "admin_pages/observability/api.py": "smart_router/observability/api.py",
    "admin_pages/observability/ui/dist": "smart_router/observability/ui",
    "pipes": "smart_router/functions",
}


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds what a wheel needs and an editable install must not have."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        page = root / "admin_pages/observability/ui/dist/index.html"
        if not page.exists():
            raise RuntimeError(f"{page} is not built; run `make ui` first")
        build_data["force_include"].update({str(root / source): target for source, target in _PLACES.items()})
