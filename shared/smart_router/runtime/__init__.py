"""Puts the rooms together for one process of Open WebUI. The thin functions know `start` and `VERSION`."""

from __future__ import annotations

from typing import Any

from .. import __version__ as VERSION
from .runtime import Runtime

__all__ = ["VERSION", "Runtime", "start"]


async def start(app: Any, previous: Any = None) -> Runtime:
    """Build the Runtime for `app`; `previous` is one of an older library, whose shared state goes on.

    Raises HostError when this Open WebUI lacks what we use.
    """
    runtime = Runtime(app, previous)
    await runtime.open()
    return runtime
