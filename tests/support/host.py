"""An installation of Open WebUI that only exists in memory, for what needs no more than `ports.Host`."""

from __future__ import annotations

from typing import Any

from smart_router.ports import LiveModel
from smart_router.request import User


class FakeHost:
    """Holds what tests put into it. Administrators may call every model, others what they were granted."""

    def __init__(
        self, *models: LiveModel, connections: dict[str, list[tuple[str, str | None]]] | None = None
    ):
        self.models = models
        self.configured = connections or {"openai": [], "ollama": []}
        self.granted: dict[str, frozenset[str]] = {}
        self.groups: dict[str, frozenset[str]] = {}
        #: Ratings by id, as rows of Open WebUI's table.
        self.rows: dict[str, Any] = {}

    def models_seen(self) -> int:
        return id(self.models)

    async def live_models(self) -> tuple[LiveModel, ...]:
        return self.models

    async def connections(self) -> dict[str, list[tuple[str, str | None]]]:
        return self.configured

    async def accessible(self, user: User, model_ids: frozenset[str]) -> frozenset[str]:
        listed = model_ids & {model.id for model in self.models}
        return listed if user.role == "admin" else listed & self.granted.get(user.id, frozenset())

    async def group_ids(self, user_id: str) -> frozenset[str]:
        return self.groups.get(user_id, frozenset())

    async def feedback(self, feedback_id: str) -> Any:
        return self.rows.get(feedback_id)
