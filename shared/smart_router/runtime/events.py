"""Open WebUI's events → what Smart makes of them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from ..delivery.errors import classify_error
from ..health import Health
from ..host.channel import OURS
from ..host.models import connection_id
from ..host.open_webui import AccessCache
from ..ports import Host
from ..records import Store
from .catalog import CatalogKeeper

log = logging.getLogger("smart_router")

#: A deleted user's records are looked for again, this often and for so long: answers that were under way
#: are recorded when they end, in whichever worker, and a database may have been down.
_AGAIN_S = 60.0
_FORGET_FOR_S = 3600.0


class Events:
    """Ratings, provider failures of other traffic, deleted users, changed models."""

    def __init__(
        self,
        host: Host,
        store: Store,
        health: Health,
        keeper: CatalogKeeper,
        access: AccessCache,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._host = host
        self._store = store
        self._health = health
        self._keeper = keeper
        self._access = access
        self._clock = clock
        #: By id, when they were deleted; and of whom not even that has worked so far.
        self._deleted: dict[str, float] = {}
        self._unfinished: set[str] = set()
        self._again_at = 0.0

    async def handle(self, name: str, event: Mapping[str, Any], request: Any) -> None:
        subject = str((event.get("subject") or {}).get("id") or "")
        if name in ("feedback.created", "feedback.updated"):
            await self._rated(subject)
        elif name == "feedback.deleted":
            await self._store.withdraw_rating(subject)
        elif name == "feedback.deleted_all":
            # Of one user, who deleted their own; or everybody's, by an administrator.
            of_one = (event.get("subject") or {}).get("type") == "user"
            await self._store.withdraw_ratings(subject if of_one else None)
        elif name == "user.deleted":
            self._deleted[subject] = self._clock()
            self._again_at = self._clock() + _AGAIN_S
            self._unfinished.add(subject)
            await self._forget(subject)
        elif name == "model.provider_request.failed":
            if request is None or not request.scope.get(OURS):
                await self._provider_failed(event.get("data") or {}, maybe_ours=request is None)
        elif name.startswith(("model.", "config.", "group.")):
            self._access.forget()
            self._keeper.stale()

    async def forget_the_deleted(self) -> None:
        """What was recorded of users after they were deleted; cheap when it is not time, or nobody was."""
        now = self._clock()
        if not self._deleted or now < self._again_at:
            return
        self._again_at = now + _AGAIN_S
        looked_for = tuple(self._deleted)
        # First: where the tables are gone for good, nothing after this is reached.
        self._deleted = {id: at for id, at in self._deleted.items() if now - at < _FORGET_FOR_S}
        for user_id in looked_for:
            if user_id in self._unfinished or await self._store.knows_user(user_id):
                await self._forget(user_id)

    async def _forget(self, user_id: str) -> None:
        await self._store.anonymise_user(user_id)
        self._unfinished.discard(user_id)

    async def _rated(self, feedback_id: str) -> None:
        feedback = await self._host.feedback(feedback_id)
        if feedback is None:
            return
        meta, data = feedback.meta or {}, feedback.data or {}
        message_id = meta.get("message_id")
        if not message_id:
            return
        said = data.get("rating")
        rating = int(said) if said is not None and str(said) in ("1", "-1") else None
        # The ids come from the browser: somebody else's answer must not be rated with them.
        await self._store.rate(
            str(message_id),
            rating,
            chat_id=meta.get("chat_id"),
            user_id=feedback.user_id,
            reason=data.get("reason"),
            feedback_id=feedback_id,
        )
        if await self._host.feedback(feedback_id) is None:
            # Deleted meanwhile: the event of that may have come before there was anything to take back.
            await self._store.withdraw_rating(feedback_id)

    async def _provider_failed(self, data: Mapping[str, Any], *, maybe_ours: bool) -> None:
        backend = await self._backend_of(data)
        if backend is None:
            return
        error = classify_error(
            status=data.get("status"),
            headers={},
            body={"error": {"message": str(data.get("upstream_message") or "")}},
        )
        await self._health.passive_failure(
            backend, error.kind, error.message, retry_after_s=error.retry_after_s, maybe_ours=maybe_ours
        )

    async def _backend_of(self, data: Mapping[str, Any]) -> str | None:
        """Which backend a provider's failure was of; None also when it can be one of several: each of
        them will tell by itself, and a sound one must not be shut for another."""
        model, url = str(data.get("requested_model") or ""), str(data.get("base_url") or "").rstrip("/")
        backends, found = self._keeper.catalog.backends, set()
        for provider, configured in (await self._host.connections()).items():
            for base_url, prefix in configured:
                if not model or base_url.rstrip("/") != url:
                    continue
                # The provider knows the model without the prefix of its connection.
                for name in {model, f"{prefix}.{model}" if prefix else model}:
                    backend = backends.get(name)
                    if backend and connection_id(provider, base_url, prefix) in backend.connections:
                        found.add(name)
        return found.pop() if len(found) == 1 else None
