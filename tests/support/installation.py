"""Open WebUI with Smart installed through its own API, as every test of the real thing wants it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
from openai import OpenAI

from smart_router.cli.access import Access
from smart_router.cli.bundle import Function, build, sources
from smart_router.cli.client import OpenWebUI
from smart_router.cli.demo import DemoBackends
from smart_router.cli.install import install

from .server import Account, OpenWebUIServer

T = TypeVar("T")

_OWN_ERROR = re.compile(
    r"\| (ERROR|CRITICAL) +\| (_?smart_router|function_smart_router)"
    r"|exception was never retrieved|was never awaited|Task was destroyed"
)

SMART = "smart_router.auto"
EVERYONE = [{"principal_type": "user", "principal_id": "*", "permission": "read"}]
PAGE_API = "/api/v1/observability"
EMPTY_REGISTRY = "version: 1"


@dataclass
class Installation:
    """A server, its backends, and three accounts.

    Everyone may use Smart; `user` also the backends USER_BACKENDS, `outsider` none.
    """

    server: OpenWebUIServer
    backends: DemoBackends
    functions: list[Function]
    admin: Account
    user: Account
    outsider: Account
    _registry_saved: bool = False

    @property
    def url(self) -> str:
        return self.server.url

    def api(self, account: Account | None = None) -> httpx.Client:
        return self.server.client(account)

    def ours(self, account: Account | None = None) -> OpenWebUI:
        return OpenWebUI(self.url, (account or self.admin).token)

    def get(self, path: str, account: Account | None = None, **params: Any) -> Any:
        with self.api(account or self.admin) as client:
            answer = client.get(PAGE_API + path, params=params)
            answer.raise_for_status()
            return answer.json()

    def post(self, path: str, body: Any = None, account: Account | None = None) -> Any:
        with self.api(account or self.admin) as client:
            answer = client.post(PAGE_API + path, json=body)
            answer.raise_for_status()
            return answer.json()

    def chat(
        self, text: str, account: Account | None = None, model: str = SMART, **body: Any
    ) -> dict[str, Any]:
        """One unstreamed chat through Open WebUI's API; the answer's JSON, errors included."""
        with self.api(account or self.admin) as client:
            answer = client.post(
                "/api/chat/completions",
                json={"model": model, "messages": [{"role": "user", "content": text}], **body},
            )
        return dict(answer.json())

    def stream(
        self, text: str, account: Account | None = None, model: str = SMART, **body: Any
    ) -> list[dict[str, Any]]:
        """One streamed chat; every event's JSON in order, without the closing [DONE]."""
        with (
            self.api(account or self.admin) as client,
            client.stream(
                "POST",
                "/api/chat/completions",
                json={
                    "model": model,
                    "messages": [{"role": "user", "content": text}],
                    "stream": True,
                    **body,
                },
            ) as answer,
        ):
            lines = [line[5:].strip() for line in answer.iter_lines() if line.startswith("data:")]
        return [json.loads(line) for line in lines if line != "[DONE]"]

    def openai(self, account: Account | None = None) -> OpenAI:
        """The client that programs use, without its own retries."""
        return OpenAI(base_url=f"{self.url}/api", api_key=(account or self.admin).token, max_retries=0)

    def records(self, **filters: Any) -> list[dict[str, Any]]:
        return list(self.get("/requests", **filters)["items"])

    def last_record(self) -> dict[str, Any]:
        """The newest record, whole."""
        return dict(self.get(f"/requests/{self.records()[0]['id']}"))

    def registry(self, text: str) -> None:
        """Save a registry, which takes effect at once; `settle` takes it back."""
        with self.api(self.admin) as client:
            client.put(f"{PAGE_API}/registry", json={"text": text}).raise_for_status()
        self._registry_saved = text.strip() != EMPTY_REGISTRY

    def in_order(self, *backends: str, only: bool = True) -> None:
        """A registry under which every chat tries these backends, in this order, and no others."""
        self.registry(
            "version: 1\nstrategy: task_type_optimized\nsensitive: 'off'\nconfidence_threshold: 1.0\n"
            "minimum_size_b: {general: {simple: 0, medium: 0, hard: 0}}\n"
            f"routes: {{general: {{models: {json.dumps(backends)}, only: {json.dumps(only)}}}}}\n"
        )

    def settle(self) -> None:
        """No faults, closed breakers, default valves and an empty registry: what a test may rely on."""
        self.backends.clear()
        with self.ours() as client:
            client.set_valves("smart_router", {})
        if self._registry_saved:
            self.registry(EMPTY_REGISTRY)
        self.post("/circuit-breakers/reset")

    def own_errors(self) -> list[str]:
        """Lines of the server's log that tell of an error in our code, or of work that was lost."""
        return [line for line in self.server.log().splitlines() if _OWN_ERROR.search(line)]

    def valves(self, **values: Any) -> None:
        with self.ours() as client:
            client.set_valves("smart_router", values)


def content_of(events: list[dict[str, Any]]) -> str:
    """The text that a stream's events add up to."""
    return "".join(
        choice.get("delta", {}).get("content") or ""
        for event in events
        for choice in event.get("choices", [])
    )


def eventually(look: Callable[[], T], timeout_s: float = 20.0) -> T:
    """Look until the result is true; for what another process does in its own time."""
    deadline = time.monotonic() + timeout_s
    while True:
        found = look()
        if found or time.monotonic() > deadline:
            return found
        time.sleep(0.1)


def reading(*accounts: Account) -> list[dict[str, str]]:
    """Open WebUI's grants that let these accounts use a model."""
    return [{"principal_type": "user", "principal_id": a.id, "permission": "read"} for a in accounts]


def grant_models(
    server: OpenWebUIServer,
    admin: Account,
    model_ids: list[str],
    grants: list[dict[str, str]] | None = None,
    meta: dict[str, Any] | None = None,
) -> None:
    """Say who may use these models, as an administrator does under Settings → Models; else everyone."""
    with server.client(admin) as client:
        for id in model_ids:
            client.post(
                "/api/v1/models/create",
                json={
                    "id": id,
                    "base_model_id": None,
                    "name": id,
                    "meta": meta or {},
                    "params": {},
                    "access_grants": EVERYONE if grants is None else grants,
                },
            ).raise_for_status()
        client.get("/api/models", params={"refresh": True}).raise_for_status()


USER_BACKENDS = ["gemma:2b", "phi3:3.8b", "qwen2.5:3b", "mistral:7b", "gpt-4o-mini", "gpt-4o"]


@contextmanager
def installed(
    data_dir: Path, *, workers: int = 1, environment: dict[str, str] | None = None
) -> Iterator[Installation]:
    """Everything up and running; gone at the end."""
    functions = build(sources())
    with (
        DemoBackends() as backends,
        OpenWebUIServer(
            data_dir, backends.openai_url, backends.ollama_url, environment or {}, workers=workers
        ) as server,
    ):
        admin = server.sign_up()
        user, outsider = server.add_user(admin, "User"), server.add_user(admin, "Outsider")
        grant_models(server, admin, USER_BACKENDS, reading(user))
        with OpenWebUI(server.url, admin.token) as client:
            install(client, functions, say=lambda _: None, access=Access("everyone"))
        yield Installation(server, backends, functions, admin, user, outsider)
