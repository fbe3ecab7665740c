"""The web server that runs Open WebUI."""

from __future__ import annotations

import signal


def stopping() -> bool:
    """Whether this process's server was told to stop.

    Uvicorn tells the application only when every answer under way is over, which is too late for an
    answer that stays open; so its own mark is read, on the server whose method handles SIGTERM. False
    with another server.
    """
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return bool(getattr(server, "should_exit", False))
