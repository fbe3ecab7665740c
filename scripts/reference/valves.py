"""The valves page, from the pipe's own classes."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import BaseModel

from .markdown import code, kind, table

PIPES = Path(__file__).resolve().parents[2] / "pipes"


def tables() -> str:
    """Markdown."""
    pipe = _pipe().Pipe
    lines = ["## For administrators", "", *_table(pipe.Valves)]
    lines += ["## For each user", "", *_table(pipe.UserValves)]
    return "\n".join(lines)


def _table(valves: type[BaseModel]) -> list[str]:
    properties: dict[str, Any] = valves.model_json_schema()["properties"]
    rows = [
        [told["title"], code(name), kind(told), code(told["default"]) if told["default"] != "" else "empty",
         f"{told['description']}{_labels(told)}"]
        for name, told in properties.items()
    ]  # fmt: skip
    return table(["title", "name", "value", "default", "meaning"], rows)


def _labels(told: dict[str, Any]) -> str:
    """What the drop-down calls each value."""
    options = told.get("input", {}).get("options", [])
    said = "; ".join(f"{code(option['value'])}: {option['label']}" for option in options)
    return f" {said}." if said else ""


def _pipe() -> ModuleType:
    """The pipe as Open WebUI executes it, with its loader beside it."""
    spec = importlib.util.spec_from_file_location("smart_router_pipe", PIPES / "smart_router.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(PIPES))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(PIPES))
        sys.modules.pop("loader", None)
    return module
