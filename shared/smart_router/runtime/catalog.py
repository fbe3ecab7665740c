"""Keeps the catalog and the registry current, off the path of a chat."""

from __future__ import annotations

import asyncio
import logging
import time

from ..errors import Issue, RegistryError, StoreError
from ..host.open_webui import AccessCache
from ..ports import Host, LiveModel
from ..records import RegistryVersion, Store
from ..registry import (
    Figures,
    FiguresError,
    Registry,
    build_catalog,
    default_figures,
    default_registry,
    parse_registry,
    read_figures,
)
from ..registry.types import Catalog

log = logging.getLogger("smart_router")


class CatalogKeeper:
    """The present catalog, made anew when models or registry change and at an interval.

    A chat takes `catalog` as it is, and a look that is due goes on behind it. Only where the catalog
    is known to be of no use a chat waits: the first in a process, one after a change that this
    process was told of, and one while there is no backend at all.
    """

    def __init__(
        self,
        host: Host,
        store: Store,
        access: AccessCache,
        interval_s: float = 10.0,
        look_s: float = 30.0,
    ) -> None:
        self._host = host
        self._store = store
        self._access = access
        self._interval_s = interval_s
        self._look_s = look_s
        self._seen: tuple[int, int] | None = None
        self._looked_at = 0.0
        self._changes = 0
        self._refreshing: asyncio.Task[None] | None = None
        self.catalog = Catalog()
        self.live: tuple[LiveModel, ...] = ()
        self.registry: Registry = default_registry()
        self.registry_text = ""
        self.registry_version = 0
        self.issues: tuple[Issue, ...] = ()
        self.figures: Figures | None = None
        self.figures_version = 0

    async def ready(self) -> Catalog:
        """The catalog to decide with; starts a look behind it when one is due."""
        if self._seen is None or not self.catalog.backends:
            await asyncio.shield(self._look())
            if self._seen is None:
                # That look had begun before the change that it should have shown.
                await asyncio.shield(self._look())
        elif (
            time.monotonic() - self._looked_at > self._interval_s or self._seen[0] != self._host.models_seen()
        ):
            self._look()
        return self.catalog

    def stale(self) -> None:
        """Something changed: the next chat looks again before it decides."""
        self._changes += 1
        self._seen = None

    async def refresh(self) -> None:
        """Look at the models and at the newest registry now."""
        self._looked_at = time.monotonic()
        changes = self._changes
        try:
            await self.load_registry()
            await self.load_figures()
        except StoreError as error:
            # Backends are Open WebUI's: one can choose from them without our tables.
            log.error("the registry cannot be read, the present one stays: %s", error)
        seen = self._host.models_seen()
        self.live = await self._host.live_models()
        self.catalog = build_catalog(
            self.live, self.registry, time.time(), self.registry_version, self.figures
        )
        if changes == self._changes:
            self._seen = (seen, self.registry_version)
        self._access.forget()

    def _look(self) -> asyncio.Task[None]:
        """The look that is under way, or a new one."""
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.get_running_loop().create_task(self._refresh_quietly())
        return self._refreshing

    async def _refresh_quietly(self) -> None:
        try:
            # Whoever waits for it must not wait for a database whose other end is gone.
            async with asyncio.timeout(self._look_s):
                await self.refresh()
        except Exception:
            log.exception("Smart keeps its present list of backends: looking again failed")

    async def load_registry(self) -> bool:
        """Take over the newest registry; whether it is another one than before.

        One that does not parse never stops chats: the last good one stays, and says why.
        """
        newest = await self._store.registry_version()
        if newest == self.registry_version:
            return False
        saved = await self._store.registry_current() if newest else None
        if saved is None:
            self.registry, self.registry_text, self.registry_version = default_registry(), "", 0
            self.issues = ()
            return True
        try:
            self.registry = await asyncio.to_thread(parse_registry, saved.text)
            self.issues = ()
        except RegistryError as error:
            self.issues = tuple(error.issues)
            log.error("registry version %s is not used: %s", saved.version, error)
            if not self.registry_version:
                # This process knows no good one yet, and without any the operator's limits would be gone.
                await self._take_one_before(saved)
        self.registry_text, self.registry_version = saved.text, saved.version
        return True

    async def load_figures(self) -> bool:
        """Take over the newest table of public figures; whether it is another one than before."""
        newest = await self._store.model_figures.newest()
        if newest == self.figures_version:
            return False
        loaded = await self._store.model_figures.current()
        self.figures = None
        if loaded is not None and loaded.content is not None:
            try:
                self.figures = await asyncio.to_thread(read_figures, loaded.content)
            except FiguresError as error:
                # It was readable when it was saved: a newer library may want another form.
                log.error("the figures from %s are not used, the carried ones are: %s", loaded.source, error)
        self.figures_version = newest
        return True

    def figures_in_use(self) -> Figures:
        """Those that the catalog was made with."""
        return self.figures or default_figures()

    async def _take_one_before(self, broken: RegistryVersion) -> None:
        """The newest version before `broken` that can be used; with none it stays as it is."""
        for saved in await self._store.registry_history():
            if saved.version >= broken.version:
                continue
            try:
                self.registry = await asyncio.to_thread(parse_registry, saved.text)
            except RegistryError:
                continue
            log.warning("registry version %s is used in its place", saved.version)
            return
