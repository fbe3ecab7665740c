"""What the routes ask of their surroundings: the Runtime as they see it, and who may call."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from fastapi import Request
from starlette.responses import Response

from smart_router.health.types import BreakerStatus, HealthView
from smart_router.records import Store
from smart_router.registry import Figures
from smart_router.registry.check import RegistryCheck
from smart_router.registry.types import Backend, Catalog

Access = Literal["everyone", "admins", "groups"]


class RuntimeView(Protocol):
    """One worker's Runtime, as far as the routes need it."""

    @property
    def store(self) -> Store: ...

    @property
    def catalog(self) -> Catalog:
        """The backends as of the last look at Open WebUI."""
        ...

    @property
    def connection_names(self) -> Mapping[str, str]:
        """Host and port of each connection of Open WebUI, by its id."""
        ...

    def describe(self) -> Mapping[str, Any]:
        """Of this process: `version`, `open_webui`, `redis` ("ok", "absent" or "down"), `workers`
        (how many are alive and share their state, None when unknown) and `warnings`, sentences for
        the page."""
        ...

    def breakers(self) -> Sequence[BreakerStatus]:
        """Every circuit breaker that has seen a call or a failure."""
        ...

    def health_of(self, backends: Iterable[Backend]) -> HealthView:
        """State and observed latency of these backends now."""
        ...

    async def reset_breaker(self, id: str) -> bool:
        """Close the breaker of a backend or a connection, in every worker. False: there is none."""
        ...

    async def reset_breakers(self) -> int:
        """Close all of them; how many were not closed."""
        ...

    def registry_in_use(self) -> RegistryCheck:
        """What is wrong with the newest saved registry, and what is in effect now."""
        ...

    def check_registry(self, text: str) -> RegistryCheck:
        """Parse a text that is not saved."""
        ...

    async def registry_saved(self) -> None:
        """A new version was saved: use it, here and now."""
        ...

    def model_figures(self) -> Figures:
        """The table of public figures that the catalog was made with."""
        ...

    async def model_figures_saved(self) -> None:
        """Another one was saved: use it, here and now."""
        ...

    async def explain(self, body: Mapping[str, Any], user: Any) -> Mapping[str, Any]:
        """The Decision for a chat body, in the interface's `decision` shape; nothing is sent or stored.

        Raises InvalidRequest for a body that cannot be used.
        """
        ...

    async def access(self) -> Mapping[str, Any]:
        """Who may use Smart: `{access, groups: [{id, name, selected}], model_exists}`."""
        ...

    async def set_access(self, access: Access, groups: Sequence[str], user: Any) -> Mapping[str, Any]:
        """Change it; the new state in the same shape."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """The built page and what its inline scripts and styles hash to (`csp.json` beside it)."""

    html: bytes
    csp: Mapping[str, Any] = field(default_factory=dict)


Guard = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Dependencies:
    """What `build_router` is given.

    `get_runtime` is called for each request, so that an upgrade reaches the routes that are
    already mounted; it may be asynchronous, and may raise HTTPException. `admin`, `admin_bearer`
    and `user` are FastAPI dependencies that yield Open WebUI's user or raise 401 or 403;
    `admin_bearer` demands the Authorization header. `scrapes` says whether a request may read the
    metrics without being an administrator's, `stopping` whether the server was told to stop.
    `smart_completion` answers an OpenAI chat completion
    as that user.
    """

    get_runtime: Callable[[Request], RuntimeView | Awaitable[RuntimeView]]
    admin: Guard
    admin_bearer: Guard
    user: Guard
    smart_completion: Callable[[Request, dict[str, Any], Any], Awaitable[Response | Mapping[str, Any]]]
    page: Callable[[], Page]
    scrapes: Callable[[Request], bool] = lambda _: False
    stopping: Callable[[], bool] = lambda: False
    now: Callable[[], float] = time.time


__all__ = ["Access", "Dependencies", "Guard", "Page", "RegistryCheck", "RuntimeView"]
