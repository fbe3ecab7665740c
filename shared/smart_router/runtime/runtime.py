"""Runtime: what one process keeps between chats, and its life from start to retirement."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import os
import time
import uuid
from collections.abc import Mapping
from typing import Any

from ..errors import StoreError
from ..health import Health
from ..host.direct import answers
from ..host.mount import mount, mounted, mounted_routes, unmount
from ..host.open_webui import CARRIER_ID, PIPE_ID, AccessCache, OpenWebUI
from ..host.seam import open_seam
from ..host.server import stopping
from ..log import configure as configure_log
from ..records import Store
from ..registry import offered_variants
from ..state import MemoryState, RedisState
from .catalog import CatalogKeeper
from .chat import ChatLine
from .conversations import Conversations
from .direct import DirectTraffic
from .events import Events
from .rounds import Rounds
from .routes import build_routes
from .settings import Settings
from .warm_up import warm_up
from .workers import Workers

log = logging.getLogger("smart_router")

#: Seconds between two rounds of the background task, and between two clean-ups by whoever leads;
#: who stops leading without a word is replaced when the lease is over.
ROUND_S = 5.0
_CLEAN_UP_S = 3600.0
_LEASE_S = 1.5 * _CLEAN_UP_S

#: Figures: seconds from one time that all is counted to the next, steps in one round at most, of a
#: thousand records each, and whoever leads there. A minute is counted anew from all of its rows, which
#: a busy server must not do twelve times; newer rows are in every answer anyway.
_ROLL_UP_S = 15.0
_STEPS = 5
_ROLL_UP_LEASE_S = 90.0
#: Seconds between two looks whether the server stops, and for which answers that it stops are waited for.
_LOOK_S = 0.5
_STOP_S = 2.0
#: Seconds between two looks for chats with other models.
_DIRECT_S = 15.0


class Runtime:
    """Lives on `app.state.smart_router`; replaced as a whole when the library changes."""

    def __init__(self, app: Any, previous: Any = None) -> None:
        self.app = app
        self.seam = open_seam()
        self.host = OpenWebUI(app, self.seam)
        self.state = getattr(previous, "state", None) or self._shared_state()
        self.store = Store(lambda: self.seam.async_engine, self.seam.database_schema)
        self.health = Health(self.state, time.time)
        self.access = AccessCache(self.host)
        self.keeper = CatalogKeeper(self.host, self.store, self.access)
        self.line = ChatLine(
            host=self.host,
            access=self.access,
            keeper=self.keeper,
            health=self.health,
            store=self.store,
            conversations=Conversations(self.state),
        )
        self.events = Events(self.host, self.store, self.health, self.keeper, self.access)
        self.settings = Settings()
        configure_log(self.settings.log_level)
        self.id = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        # One that takes over from an older library is the same worker.
        self.workers = Workers(self.state, getattr(getattr(previous, "workers", None), "id", self.id))
        self.started_at = time.time()
        #: The pipe was deleted. The loader then looks for a new library each time it is asked.
        self.gone = False
        self._store_opened = False
        self._retired = False
        self._cleaned_at = 0.0
        self.direct = DirectTraffic(functools.partial(answers, self.seam), self.store, f"{PIPE_ID}.")
        self._direct_at = 0.0
        self._roll_up_at = 0.0
        self._background: list[asyncio.Task[None]] = []

    def _shared_state(self) -> MemoryState | RedisState:
        redis = getattr(self.app.state, "redis", None)
        return RedisState(redis) if redis is not None else MemoryState(time.time)

    async def open(self) -> None:
        """Tables, valves, routes, background task. A database that is down does not stop us."""
        active = await self.host.active()
        if active:
            await self._open_store()
        await self._read_valves()
        with contextlib.suppress(Exception):
            await self.health.refresh()
        await self.workers.beat()
        if active:
            self.mount()
        loop = asyncio.get_running_loop()
        self._background = [loop.create_task(self._work()), loop.create_task(self._end_with_the_server())]

    async def _open_store(self) -> None:
        """Once: tables that an administrator had deleted do not come back by themselves."""
        if self._store_opened:
            return
        self._store_opened = True
        try:
            await self.store.open()
            # It says which variants belong into the model list.
            await self.keeper.load_registry()
        except StoreError:
            log.exception("Smart Router's tables are not ready; chats go on without records")

    def mount(self) -> None:
        """Page and routes into this worker, or our present copy of them in place of an older one."""
        mount(self.app, build_routes(self), self.host.active)
        self.gone = False

    def _mount_again(self) -> None:
        """The pipe is being used, so it is on: back with the routes where they left while it was off.
        Nobody tells the other workers, nor this one without the event function."""
        if not mounted(self.app):
            self.mount()

    async def retire(self, timeout_s: float = 600.0) -> None:
        """A newer library took over: finish what was begun here, then let go of everything."""
        self._retired = True
        await self.line.answers.idle(timeout_s)
        await self.close()

    async def close(self) -> None:
        for task in self._background:
            task.cancel()
        for name in ("roll_up", "clean_up"):
            with contextlib.suppress(Exception):
                await self.state.release(name, self.id)
        if not self._retired:
            with contextlib.suppress(Exception):
                await self.workers.leave()
        await self.store.close()

    async def look(self) -> None:
        """See to it that there is a catalog, also where nobody has chatted or listed models yet."""
        await self._open_store()
        if not self.host.models_listed():
            await self.host.refresh_models(None)
        await self.keeper.ready()

    def models(self) -> list[dict[str, str]]:
        """Smart and the variants that the registry turns on, for Open WebUI's model list."""
        self._mount_again()
        offered = offered_variants(self.keeper.registry)
        return [{"id": "auto", "name": "Smart"}, *({"id": id, "name": name} for id, name in offered.items())]

    async def chat(
        self,
        *,
        body: Mapping[str, Any],
        user: Mapping[str, Any],
        request: Any,
        metadata: Mapping[str, Any],
        emitter: Any,
        task: str | None,
    ) -> Any:
        """One call of the pipe."""
        self._mount_again()
        return await self.line.chat(body, user, request, metadata, emitter, task, self.settings)

    async def on_event(self, name: str, event: Mapping[str, Any], request: Any) -> None:
        """Open WebUI's event functions end here."""
        subject = str((event.get("subject") or {}).get("id") or "")
        if name == "system.shutdown.started":
            await self.line.answers.stop(_STOP_S)
            await self.close()
        elif name.startswith("function.") and subject.startswith(PIPE_ID):
            await self._function_changed(name, subject)
        else:
            await self.events.handle(name, event, request)

    async def _function_changed(self, name: str, subject: str) -> None:
        if subject == CARRIER_ID:
            # The loader looks at the library's version every few seconds; now it has a reason to.
            self.app.state.smart_router_checked_at = float("-inf")
            return
        ours = mounted_routes(self.app)
        if name == "function.valves_updated":
            await self._read_valves()
        elif await self.host.active() or (name == "function.enable_started" and subject == PIPE_ID):
            self.mount()
        else:
            unmount(self.app, ours)
            self.gone = self.gone or name == "function.deleted"

    def apply(self, settings: Settings) -> None:
        """Take over the valves; cheap when they did not change."""
        if settings == self.settings:
            return
        self.settings = settings
        self.health.configure(threshold=settings.breaker_failures, recovery_s=settings.breaker_recovery_s)
        configure_log(settings.log_level)

    async def _read_valves(self) -> None:
        try:
            await self._take_over_valves()
        except Exception:
            log.exception("Smart Router's valves could not be read; the present ones stay")

    async def _take_over_valves(self) -> None:
        self.apply(Settings.from_valves(await self.host.valves()))

    def rounds(self) -> Rounds:
        """What is seen to every few seconds."""
        return Rounds(
            {
                "shared circuit breakers": self.health.refresh,
                "workers": self.workers.beat,
                "valves": self._take_over_valves,
                # Those after it need the tables, which may be gone where Smart is.
                "routes": self._follow_the_switch,
                "registry": self._look_for_a_registry,
                "deleted users": self.events.forget_the_deleted,
                "chats with other models": self._take_direct,
                "figures": self._roll_up,
                "retention": self._clean_up,
            },
            ROUND_S,
        )

    async def _work(self) -> None:
        rounds = self.rounds()
        try:
            await asyncio.to_thread(warm_up)
        except Exception:
            log.exception("the first chats will be slower: understanding could not be made ready")
        while not self._retired:
            await asyncio.sleep(ROUND_S)
            await rounds.once()

    async def _end_with_the_server(self) -> None:
        """The server tells us that it stops only when every open answer is over. So they are stopped as
        soon as it was told to: else it would wait for them, until somebody kills it."""
        while True:
            await asyncio.sleep(_LOOK_S)
            if stopping():
                await self.line.answers.stop(_STOP_S)
                return

    async def _look_for_a_registry(self) -> None:
        if not mounted(self.app):
            return
        # Both: a second worker may have saved either.
        if any([await self.keeper.load_registry(), await self.keeper.load_figures()]):
            self.keeper.stale()

    async def _follow_the_switch(self) -> None:
        """Nobody tells the other workers that Smart was switched on, off, or taken out."""
        ours = mounted_routes(self.app)
        if not await self.host.active():
            unmount(self.app, ours)
        elif not mounted(self.app):
            self.mount()

    async def _take_direct(self) -> None:
        """Answers of other models in saved chats, for the page; by one worker of the installation."""
        if time.monotonic() < self._direct_at or not (self.store.ok and mounted(self.app)):
            return
        if not self.keeper.catalog.backends or not await self.state.lease(
            "roll_up", self.id, _ROLL_UP_LEASE_S
        ):
            return
        now = time.time()
        # An hour that retention has begun with is not counted any more.
        since = now - self.settings.retention_days * 86400.0 + 2 * 3600.0
        more = await self.direct.take(self.keeper.catalog, since, now)
        self._direct_at = time.monotonic() + (0.0 if more else _DIRECT_S)

    async def _roll_up(self) -> None:
        """What the page's figures are read from, by one worker of the installation."""
        if time.monotonic() < self._roll_up_at or not (self.store.ok and mounted(self.app)):
            return
        for _ in range(_STEPS):
            # Asked before each step, so that it does not run out meanwhile.
            if not await self.state.lease("roll_up", self.id, _ROLL_UP_LEASE_S):
                return
            if not await self.store.rollups.step():
                self._roll_up_at = time.monotonic() + _ROLL_UP_S
                return

    async def _clean_up(self) -> None:
        """Retention, by one worker of the installation."""
        if not mounted(self.app):
            return
        if time.monotonic() - self._cleaned_at < _CLEAN_UP_S and self._cleaned_at:
            return
        if not await self.state.lease("clean_up", self.id, _LEASE_S):
            return
        deleted = await self.store.delete_before(time.time() - self.settings.retention_days * 86400.0)
        self._cleaned_at = time.monotonic()
        if deleted:
            log.info("%s records older than %s days were deleted", deleted, self.settings.retention_days)

    def redis_state(self) -> str:
        """`ok`, `absent` or `down`, as far as the circuit breakers last saw."""
        # Not asked of the state itself: it may be an older library's, which an upgrade handed on.
        if getattr(self.app.state, "redis", None) is None:
            return "absent"
        return "ok" if self.health.shared else "down"
