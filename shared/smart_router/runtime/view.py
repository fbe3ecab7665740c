"""The Runtime as the page's routes see it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..errors import ErrorKind, InvalidRequest
from ..health.types import BreakerStatus, HealthView
from ..host.open_webui import PIPE_ID
from ..host.smart_model import Access, offer_variants, read_access, write_access
from ..policy import decision_json
from ..records import Store
from ..registry import Figures
from ..registry.check import RegistryCheck, check_registry
from ..registry.types import Backend, Catalog
from .chat import guard_size
from .parse import parse_request

if TYPE_CHECKING:
    from .runtime import Runtime


class View:
    """Implements the page's RuntimeView; made anew for each request, so it holds nothing."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    @property
    def store(self) -> Store:
        return self._runtime.store

    @property
    def catalog(self) -> Catalog:
        return self._runtime.keeper.catalog

    @property
    def connection_names(self) -> Mapping[str, str]:
        return self._runtime.host.connection_names

    def describe(self) -> Mapping[str, Any]:
        runtime = self._runtime
        warnings = []
        if not runtime.seam.known:
            warnings.append(
                f"Open WebUI {runtime.seam.version} is newer or older than the versions that this release of "
                "Smart Router was tried with. Chats go on; look for an upgrade.",
            )
        warnings += [
            f"{breaker.id} refuses the key that it is called with, and is left alone: renew the key in Open "
            "WebUI under Admin Panel → Settings → Connections."
            for breaker in self.breakers()
            if breaker.state != "closed" and (breaker.reason or "").startswith(ErrorKind.AUTH)
        ]
        return {
            "version": __version__,
            "open_webui": runtime.seam.version,
            "redis": runtime.redis_state(),
            "workers": runtime.workers.alive,
            "warnings": warnings,
        }

    def breakers(self) -> Sequence[BreakerStatus]:
        return self._runtime.health.statuses()

    def health_of(self, backends: Iterable[Backend]) -> HealthView:
        return self._runtime.health.view(backends)

    async def reset_breaker(self, id: str) -> bool:
        return bool(await self._runtime.health.reset(id))

    async def reset_breakers(self) -> int:
        return await self._runtime.health.reset_all()

    def registry_in_use(self) -> RegistryCheck:
        keeper = self._runtime.keeper
        return RegistryCheck(
            errors=keeper.issues,
            warnings=keeper.catalog.warnings,
            effective=keeper.registry.model_dump(mode="json"),
        )

    def check_registry(self, text: str) -> RegistryCheck:
        keeper = self._runtime.keeper
        return check_registry(text, keeper.live, keeper.catalog.built_at)

    async def registry_saved(self) -> None:
        await self._runtime.keeper.refresh()
        await offer_variants(self._runtime.host, self._models())

    def model_figures(self) -> Figures:
        return self._runtime.keeper.figures_in_use()

    async def model_figures_saved(self) -> None:
        await self._runtime.keeper.refresh()

    async def explain(self, body: Mapping[str, Any], user: Any) -> Mapping[str, Any]:
        chat = parse_request(body, {"id": user.id, "role": user.role, "name": user.name}, {}, None)
        guard_size(chat, self._runtime.settings)
        _, classification, _, _, decision = await self._runtime.line.decide(
            chat, self._runtime.settings, time.time()
        )
        return decision_json(classification, decision)

    def _models(self) -> dict[str, str]:
        return {f"{PIPE_ID}.{model['id']}": model["name"] for model in self._runtime.models()}

    async def access(self) -> Mapping[str, Any]:
        return await read_access(self._runtime.host)

    async def set_access(self, access: Access, groups: Sequence[str], user: Any) -> Mapping[str, Any]:
        known = {group["id"] for group in (await read_access(self._runtime.host))["groups"]}
        unknown = [id for id in groups if id not in known]
        if unknown:
            raise InvalidRequest(f"groups: there is no group {unknown[0]!r}")
        return await write_access(self._runtime.host, access, list(groups), self._models(), user)
