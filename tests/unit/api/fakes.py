"""A Runtime that holds still, over a real store, in an application that knows four callers."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from starlette.responses import Response, StreamingResponse

from admin_pages.observability.api import Dependencies, Page, RegistryCheck, build_router
from smart_router.errors import InvalidRequest, Issue
from smart_router.health.types import BackendHealth, BreakerStatus, HealthView
from smart_router.records import Store
from smart_router.registry import Figures, default_figures
from smart_router.registry.types import Backend, Catalog

NOW = 1_700_043_000.0

ADMIN = {"Authorization": "Bearer admin"}
USER = {"Authorization": "Bearer user"}
#: What a browser sends by itself, also when another site asks it to.
COOKIE = {"Cookie": "token=admin"}
NOBODY: dict[str, str] = {}

PAGE = b"<!doctype html><style>p{}</style><p>Smart</p><script>run()</script>"

DECISION = {
    "signals": {"input_tokens": 3},
    "intent": "chat",
    "complexity": "simple",
    "p_hard": 0.1,
    "confidence": 0.9,
    "evidence": ["a greeting"],
    "strategy": "balanced",
    "arm": None,
    "chosen": "big",
    "candidates": [],
    "parameters": {},
    "sentence": "Big, because.",
}


@dataclass
class FakeRuntime:
    """What the routes see of a Runtime; tests change its attributes."""

    store: Store
    catalog: Catalog = field(
        default_factory=lambda: Catalog(
            {
                "big": Backend("big", "Big", output_usd_per_mtok=2.0, context_tokens=8192),
                "org/small:8b": Backend("org/small:8b", "A small one", provider="ollama", local=True),
            },
            baseline="big",
            registry_version=0,
            warnings=("The registry names a model that is not there: huge.",),
        )
    )
    connection_names: dict[str, str] = field(default_factory=lambda: {"c0": "api.example.com"})
    breaker_list: list[BreakerStatus] = field(default_factory=list)
    healths: dict[str, BackendHealth] = field(
        default_factory=lambda: {"big": BackendHealth(state="half_open", tokens_per_second=41.234)}
    )
    issues: list[Issue] = field(default_factory=list)
    reloaded: int = 0
    access_now: dict[str, Any] = field(
        default_factory=lambda: {
            "access": "admins",
            "groups": [{"id": "g1", "name": "Staff", "selected": False}],
            "model_exists": True,
        }
    )
    asked: list[Any] = field(default_factory=list)
    #: The threads in which registries were read.
    readers: list[int] = field(default_factory=list)

    def describe(self) -> Mapping[str, Any]:
        return {
            "version": "0.1.0",
            "open_webui": "0.12.4",
            "redis": "absent",
            "workers": 2,
            "warnings": [],
        }

    def breakers(self) -> Sequence[BreakerStatus]:
        return self.breaker_list

    def health_of(self, backends: Iterable[Backend]) -> HealthView:
        return HealthView(self.healths)

    async def reset_breaker(self, id: str) -> bool:
        known = [status for status in self.breaker_list if status.id == id]
        self.breaker_list = [BreakerStatus(s.id) if s in known else s for s in self.breaker_list]
        return bool(known)

    async def reset_breakers(self) -> int:
        count = sum(status.state != "closed" for status in self.breaker_list)
        self.breaker_list = [BreakerStatus(status.id) for status in self.breaker_list]
        return count

    def registry_in_use(self) -> RegistryCheck:
        return RegistryCheck(self.issues, ["huge is not listed"], {"routes": {}})

    def check_registry(self, text: str) -> RegistryCheck:
        self.readers.append(threading.get_ident())
        if "wrong" in text:
            return RegistryCheck(
                [Issue(2, 3, "models.0.price", "expected a number"), Issue(4, 1, "x", "unknown")]
            )
        return RegistryCheck((), ["huge is not listed"], {"routes": {}})

    async def registry_saved(self) -> None:
        self.reloaded += 1

    def model_figures(self) -> Figures:
        return default_figures()

    async def model_figures_saved(self) -> None:
        self.reloaded += 1

    async def explain(self, body: Mapping[str, Any], user: Any) -> Mapping[str, Any]:
        if "messages" not in body:
            raise InvalidRequest("messages: expected a list with at least one message")
        return DECISION

    async def access(self) -> Mapping[str, Any]:
        return self.access_now

    async def set_access(self, access: str, groups: Sequence[str], user: Any) -> Mapping[str, Any]:
        self.asked.append((access, list(groups), user.id))
        self.access_now = {**self.access_now, "access": access}
        return self.access_now


@dataclass
class Someone:
    id: str
    role: str


async def user(request: Request) -> Someone:
    """As Open WebUI's own: the header, or else the cookie."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ") or request.cookies.get("token")
    if token not in ("admin", "user"):
        raise HTTPException(401, "Not authenticated")
    return Someone(token, token)


async def admin(request: Request) -> Someone:
    who = await user(request)
    if who.role != "admin":
        raise HTTPException(403, "Only administrators may do this.")
    return who


async def admin_bearer(request: Request) -> Someone:
    who = await admin(request)
    if not request.headers.get("authorization"):
        raise HTTPException(401, "Send the token in the Authorization header: Bearer …")
    return who


async def smart_completion(request: Request, body: dict[str, Any], who: Any) -> Response | Mapping[str, Any]:
    if "messages" not in body:
        raise InvalidRequest("messages: expected a list with at least one message")
    if body.get("stream"):

        async def chunks() -> Any:
            yield b"data: [DONE]\n\n"

        return StreamingResponse(chunks(), media_type="text/event-stream")
    return {"object": "chat.completion", "user": who.id}


def application(runtime: FakeRuntime | None, **changes: Any) -> FastAPI:
    """Our routes alone, in an application of their own."""
    app = _application() if not changes else _made(changes)
    app.state.runtime = runtime
    return app


@cache
def _application() -> FastAPI:
    """Made once, as in a server: FastAPI takes its time over routes."""
    return _made({})


def _made(changes: dict[str, Any]) -> FastAPI:
    values: dict[str, Any] = {
        "get_runtime": lambda request: request.app.state.runtime,
        "admin": admin,
        "admin_bearer": admin_bearer,
        "user": user,
        "smart_completion": smart_completion,
        "page": lambda: Page(PAGE),
        "now": lambda: NOW,
    }
    app = FastAPI()
    app.include_router(build_router(Dependencies(**{**values, **changes})))
    return app
