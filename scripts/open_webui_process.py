"""Open WebUI as a child process of `make run`."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

START_TIMEOUT_S = 300.0
STOP_TIMEOUT_S = 20.0

#: Nothing is reported to anybody.
NO_TELEMETRY = {"ANONYMIZED_TELEMETRY": "false", "DO_NOT_TRACK": "true", "SCARF_NO_ANALYTICS": "true"}

#: For the demo only: Open WebUI would look for a newer version of itself and download an embedding model
#: for document search at its first start, which takes long, fails without a network, and is not shown
#: here. With a real provider there is a network, and documents should work, so nothing is forbidden.
OFFLINE = {"OFFLINE_MODE": "true", "HF_HUB_OFFLINE": "1", "RAG_EMBEDDING_MODEL_AUTO_UPDATE": "false"}


#: What would send Open WebUI to a database, a Redis or a storage of its owner's, where its migrations change
#: tables: nothing that we start gets to see it.
STORES = (
    "DATABASE_URL", "DATABASE_TYPE", "DATABASE_SCHEMA",
    "REDIS_URL", "REDIS_SENTINEL_HOSTS", "WEBSOCKET_MANAGER", "WEBSOCKET_REDIS_URL",
    "VECTOR_DB", "PGVECTOR_DB_URL", "STORAGE_PROVIDER",
)  # fmt: skip


class Failed(Exception):
    """Something without which there is nothing to run; the text is for the person at the terminal."""


def port_is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


class OpenWebUIProcess:
    """`open-webui serve` with its data in a folder of its own and its output in a log there."""

    def __init__(self, data_dir: Path, host: str, port: int, environment: dict[str, str]) -> None:
        self.url = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"
        self.log_path = data_dir / "open-webui.log"
        self._data_dir = data_dir
        self._command = [str(Path(sys.executable).with_name("open-webui")), "serve"]
        self._command += ["--host", host, "--port", str(port)]
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers. Raises Failed when it ends before, or takes too long."""
        environment = {
            **{name: value for name, value in os.environ.items() if name not in STORES},
            "DATA_DIR": str(self._data_dir),
            "WEBUI_SECRET_KEY": self._secret_key(),
            **self._environment,
        }
        with self.log_path.open("wb") as log:
            # A session of its own, so that Ctrl-C comes to us alone and the order of the end is ours. The
            # working directory is the data's, because Open WebUI leaves files where it is started.
            self._process = subprocess.Popen(
                self._command,
                env=environment,
                cwd=self._data_dir,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._answers():
            if not self.is_running():
                raise Failed(f"Open WebUI ended while starting. {self.last_words()}")
            if time.monotonic() > deadline:
                raise Failed(f"Open WebUI was not ready after {START_TIMEOUT_S:.0f} s. {self.last_words()}")
            time.sleep(0.3)

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End it and what it started; first politely."""
        if self._process is None:
            return
        for number in (signal.SIGTERM, signal.SIGKILL):
            if not self.is_running():
                return
            os.killpg(self._process.pid, number)
            try:
                self._process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                continue

    def last_words(self) -> str:
        lines = self.log_path.read_text(errors="replace").splitlines()[-15:] if self.log_path.exists() else []
        return f"Its log is {self.log_path}; the end of it:\n  " + "\n  ".join(lines)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def _secret_key(self) -> str:
        """The same in every run, so that nobody is signed out by a restart."""
        path = self._data_dir / "secret_key"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(32))
        return path.read_text().strip()
