"""A real Open WebUI for tests: its own port, its own data, nothing from outside."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from scripts.open_webui_process import STORES

START_TIMEOUT_S = 180.0

#: Real providers, databases and Redis never reach a test.
_UNSET = (
    "OPENAI_API_KEY", "OPENAI_API_KEYS", "OPENAI_API_BASE_URL", "OPENAI_API_BASE_URLS",
    "ANTHROPIC_API_KEY", "OLLAMA_BASE_URL", "OLLAMA_BASE_URLS", "OLLAMA_API_BASE_URL",
    *STORES,
)  # fmt: skip

_SERVE = "from open_webui import app; app()"
#: Which worker answers is told by the connection. uvicorn closes one after 5 s without a request, and the
#: next may lead to another worker: a test on two of them needs theirs to stay.
_PATIENT = "import functools, uvicorn; uvicorn.run = functools.partial(uvicorn.run, timeout_keep_alive=600); "
_PATIENT += _SERVE


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def shielded_environment() -> dict[str, str]:
    """Our own environment for a process that imports Open WebUI, which then opens its database."""
    return {name: value for name, value in os.environ.items() if name not in _UNSET}


@dataclass
class Account:
    """A signed-in user of the server."""

    id: str
    email: str
    password: str
    token: str
    name: str = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@dataclass
class OpenWebUIServer:
    """`open-webui serve` in a process of its own. `environment` adds to what is set here."""

    data_dir: Path
    openai_url: str = ""
    ollama_url: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    workers: int = 1
    port: int = field(default_factory=free_port)
    passwords: dict[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log_path(self) -> Path:
        return self.data_dir / "server.log"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def log(self) -> str:
        return self.log_path.read_text(errors="replace")

    def start(self) -> OpenWebUIServer:
        if self.workers > 1 and not self.log_path.exists():
            # At the first start several workers write Open WebUI's settings at once, and the one that
            # comes second takes the whole server down: one alone does it before them.
            self._start(1)
            self.stop()
        return self._start(self.workers)

    def _start(self, workers: int) -> OpenWebUIServer:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        environment = shielded_environment() | {
            "DATA_DIR": str(self.data_dir),
            "WEBUI_SECRET_KEY": "test-" + "0" * 40,
            "OFFLINE_MODE": "true",
            "HF_HUB_OFFLINE": "1",
            "RAG_EMBEDDING_MODEL_AUTO_UPDATE": "false",
            "ANONYMIZED_TELEMETRY": "false",
            "SCARF_NO_ANALYTICS": "true",
            "DO_NOT_TRACK": "true",
            "ENABLE_SIGNUP": "true",
            "DEFAULT_USER_ROLE": "user",
            "ENABLE_OPENAI_API": "true" if self.openai_url else "false",
            "OPENAI_API_BASE_URLS": self.openai_url,
            "OPENAI_API_KEYS": "simulated",
            "ENABLE_OLLAMA_API": "true" if self.ollama_url else "false",
            "OLLAMA_BASE_URLS": self.ollama_url,
            "MODELS_CACHE_TTL": "1",
            "SMART_ROUTER_LIBRARY": "carrier",
            "CORS_ALLOW_ORIGIN": self.url,
            "UVICORN_WORKERS": str(workers),
            **self.environment,
        }
        command = [sys.executable, "-c", _PATIENT if workers > 1 else _SERVE, "serve",
                   "--host", "127.0.0.1", "--port", str(self.port)]  # fmt: skip
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                command, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise RuntimeError(f"Open WebUI did not start:\n{self.log()[-4000:]}")
            try:
                if httpx.get(f"{self.url}/health", timeout=2).status_code == 200:
                    return self
            except httpx.HTTPError:
                pass
            time.sleep(0.2)
        self.stop()
        raise RuntimeError(f"Open WebUI was not ready in {START_TIMEOUT_S:.0f} s:\n{self.log()[-4000:]}")

    def ended(self) -> bool:
        """Whether it went by itself, in order, after somebody told it to."""
        assert self._process is not None
        try:
            return self._process.wait(timeout=20) in (0, -signal.SIGTERM)
        except subprocess.TimeoutExpired:
            return False

    def stop(self, *, kill: bool = False) -> None:
        """End the whole process group; `kill` asks nobody."""
        if self._process is None or self._process.poll() is not None:
            return
        group = os.getpgid(self._process.pid)
        os.killpg(group, signal.SIGKILL if kill else signal.SIGTERM)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(group, signal.SIGKILL)
            self._process.wait(timeout=20)

    def __enter__(self) -> OpenWebUIServer:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def client(self, account: Account | None = None, **kwargs: Any) -> httpx.Client:
        headers = account.headers if account else {}
        # There is no TLS here; not to verify saves reading every certificate authority each time.
        return httpx.Client(base_url=self.url, headers=headers, timeout=60, verify=False, **kwargs)

    def sign_up(self, name: str = "Admin") -> Account:
        """The first account, which is the administrator; after it Open WebUI closes the door."""
        return self._account("/api/v1/auths/signup", name)

    def add_user(self, admin: Account, name: str) -> Account:
        """A plain user, added by the administrator."""
        return self._account("/api/v1/auths/add", name, admin)

    def _account(self, path: str, name: str, by: Account | None = None) -> Account:
        email, password = f"{name.lower()}@example.com", secrets.token_urlsafe(12)
        form = {"name": name, "email": email, "password": password, "role": "user"}
        with self.client(by) as client:
            answer = client.post(path, json=form)
            answer.raise_for_status()
            body = answer.json()
        self.passwords[email] = password
        return Account(id=body["id"], email=email, password=password, token=body["token"], name=name)
