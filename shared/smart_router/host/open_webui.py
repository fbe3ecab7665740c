"""Open WebUI as an installation: models, access, settings, functions."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from ..ports import Host, LiveModel
from ..request import User
from .models import connection_names, live_models
from .seam import CONNECTION_KEYS, TASK_MODEL_KEYS, Seam

PIPE_ID = "smart_router"
CARRIER_ID = "smart_router_library"
FILTER_ID = "smart_router_filter"
SMART_ID = "smart_router.auto"


class OpenWebUI:
    """Implements ports.Host on the running application."""

    def __init__(self, app: Any, seam: Seam) -> None:
        self.app = app
        self.seam = seam
        #: By connection id, as of the last look at the models.
        self.connection_names: dict[str, str] = {}

    def _listed(self) -> dict[str, Mapping[str, Any]]:
        # One read of the whole pool: on Redis, iterating it would ask once per model.
        return dict(self.app.state.MODELS.items())

    def models_seen(self) -> int:
        """Changes when Open WebUI made its model list anew (in this process)."""
        return id(self.app.state.MODELS)

    def models_listed(self) -> bool:
        """False until anybody has asked Open WebUI for its models since it started."""
        return bool(self.app.state.MODELS)

    async def live_models(self) -> tuple[LiveModel, ...]:
        listed = self._listed()
        rows = {row.id: row for row in await self.seam.models.get_models_by_ids(list(listed))}
        connections = await self.connections()
        self.connection_names = connection_names(connections)
        return live_models(listed.values(), rows, connections)

    async def refresh_models(self, user: Any) -> None:
        """Let Open WebUI ask its connections again, as its own model list does."""
        await self.seam.get_all_models(SimpleNamespace(app=self.app, state=SimpleNamespace()), user=user)

    async def connections(self) -> dict[str, list[tuple[str, str | None]]]:
        """(url, prefix) of each configured connection, by provider, in Open WebUI's order."""
        config = await self.seam.config.get_many(*CONNECTION_KEYS)

        def pairs(urls: Any, configs: Any) -> list[tuple[str, str | None]]:
            configs = configs or {}
            return [
                (url, (configs.get(str(i)) or configs.get(url) or {}).get("prefix_id"))
                for i, url in enumerate(urls or [])
            ]

        return {
            "openai": pairs(config.get("openai.api_base_urls"), config.get("openai.api_configs")),
            "ollama": pairs(config.get("ollama.base_urls"), config.get("ollama.api_configs")),
        }

    async def accessible(self, user: User, model_ids: frozenset[str]) -> frozenset[str]:
        owner = await self.user(user.id)
        if owner is None:
            return frozenset()
        listed = [model for id, model in self._listed().items() if id in model_ids]
        allowed = await self.seam.get_filtered_models(listed, owner)
        ids = {str(model["id"]) for model in allowed}
        presets = [str(model["id"]) for model in allowed if model.get("preset")]
        if presets and owner.role == "user":
            # The list above does not look at what a preset stands on; the call itself will.
            for row in await self.seam.models.get_models_by_ids(presets):
                if not await self.seam.has_base_model_access(owner.id, row, user_role=owner.role):
                    ids.discard(row.id)
        return frozenset(ids)

    async def user(self, user_id: str) -> Any:
        """Open WebUI's user row, or None."""
        return await self.seam.users.get_user_by_id(user_id)

    def user_from(self, dumped: Mapping[str, Any]) -> Any:
        """Open WebUI's user row from what it hands to a pipe: the same, without asking again."""
        return self.seam.user_model(**{k: v for k, v in dumped.items() if k != "valves"})

    async def group_ids(self, user_id: str) -> frozenset[str]:
        return frozenset(group.id for group in await self.seam.groups.get_groups_by_member_id(user_id))

    async def valves(self) -> dict[str, Any]:
        """The pipe's valves as saved; {} when an administrator never changed any."""
        return dict(await self.seam.functions.get_function_valves_by_id(PIPE_ID) or {})

    async def task_models(self) -> tuple[str, str]:
        """The ids of the models for background tasks, in local and in external chats; "" where none is."""
        config = await self.seam.config.get_many(*TASK_MODEL_KEYS)
        return str(config.get("task.model.default") or ""), str(config.get("task.model.external") or "")

    async def function_states(self) -> dict[str, tuple[bool, str | None]]:
        """(active, version id) of each of our functions that exists, without reading their text."""
        from sqlalchemy import select

        table = self.seam.function_table
        async with self.seam.get_async_db_context() as session:
            rows = await session.execute(
                select(table.id, table.is_active, table.version_id).where(table.id.like(f"{PIPE_ID}%"))
            )
            return {id: (bool(active), version) for id, active, version in rows}

    async def active(self) -> bool:
        """Whether the pipe is switched on. Everything of ours hangs on it."""
        active, _ = (await self.function_states()).get(PIPE_ID, (False, None))
        return active

    async def feedback(self, feedback_id: str) -> Any:
        return await self.seam.feedbacks.get_feedback_by_id(feedback_id)


class AccessCache:
    """What each user may call, remembered briefly; Open WebUI's own check has the last word."""

    def __init__(self, host: Host, ttl_s: float = 15.0, size: int = 5_000) -> None:
        self._host = host
        self._ttl_s = ttl_s
        self._size = size
        self._kept: dict[str, tuple[float, frozenset[str], frozenset[str]]] = {}
        self._asking: dict[str, asyncio.Task[tuple[frozenset[str], frozenset[str]]]] = {}

    def forget(self) -> None:
        """Models, groups or grants changed. What is being asked now may be answered as of before."""
        self._kept.clear()
        self._asking.clear()

    async def of(self, user: User, model_ids: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
        """(accessible models, group ids) of this user."""
        kept = self._kept.get(user.id)
        if kept and time.monotonic() - kept[0] < self._ttl_s:
            return kept[1], kept[2]
        asking = self._asking.get(user.id)
        if asking is None:
            asking = asyncio.ensure_future(self._ask(user, model_ids))
            self._asking[user.id] = asking
        return await asyncio.shield(asking)

    async def _ask(self, user: User, model_ids: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
        try:
            allowed = await self._host.accessible(user, model_ids)
            groups = await self._host.group_ids(user.id)
        finally:
            current = self._asking.get(user.id) is asyncio.current_task()
            if current:
                del self._asking[user.id]
        if not current:
            return allowed, groups
        if len(self._kept) >= self._size:
            self._kept.pop(next(iter(self._kept)))
        self._kept[user.id] = (time.monotonic(), allowed, groups)
        return allowed, groups
