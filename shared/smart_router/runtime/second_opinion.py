"""A second opinion: Open WebUI's task model is asked what a request is when the classifier is not sure."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass

from ..classify.opinion import opinion_body, read_opinion, with_opinion, without_opinion
from ..classify.types import Classification
from ..delivery.answer import text_of
from ..delivery.call import Call
from ..delivery.errors import refused_by_open_webui
from ..delivery.redact import without_prompt
from ..delivery.types import DeliverySettings
from ..delivery.usage import read_usage
from ..delivery.watch import has_come
from ..errors import UpstreamError
from ..health import Admission, Health
from ..host.open_webui import OpenWebUI
from ..policy import Decision
from ..ports import Answer, Channel
from ..records.types import Attempt
from ..registry.types import Backend, Catalog
from ..request import ChatRequest
from .judging import readers
from .settings import Settings

log = logging.getLogger("smart_router")

#: By the decision's reason: what was asked does not matter to who answers.
_SETTLED = frozenset({"requested", "rule", "tool_round", "chat_backend", "control"})


def is_wanted(
    request: ChatRequest, classification: Classification, decision: Decision, settings: Settings
) -> bool:
    """Whether anybody is to be asked: once for a message, and where it can change something."""
    return (
        settings.second_opinion == "task_model"
        and decision.unsure
        and decision.reason not in _SETTLED
        and bool(classification.signals.ask.strip())
        and request.task is None
        and request.round == 0
    )


@dataclass(frozen=True, slots=True)
class SecondOpinions:
    """Asks as the user whose chat `channel` is. Nothing takes longer than `deadline_ms`, and whatever
    goes wrong leaves the classifier's conclusion as it was, with the reason beside it."""

    host: OpenWebUI
    health: Health
    channel: Channel
    deadline_ms: float

    async def on(
        self, request: ChatRequest, first: Classification, decision: Decision, catalog: Catalog
    ) -> tuple[Classification, Attempt | None]:
        """What is concluded now, and the call that was made for it."""
        deadline = asyncio.get_running_loop().time() + self.deadline_ms / 1000
        try:
            async with asyncio.timeout_at(deadline):
                local, external = await self.host.task_models()
                backend, why = _whom(local, external, decision, catalog)
                if backend is None:
                    return without_opinion(first, None, "not_asked", why), None
                admission = await self._admit(backend)
        except Exception:
            log.warning("no second opinion: Open WebUI's task model could not be found out", exc_info=True)
            why = "Open WebUI's task model could not be found out"
            return without_opinion(first, None, "not_asked", why), None
        if admission is None:
            why = f"{backend.id} is paused after failures, or busy"
            return without_opinion(first, backend.id, "not_asked", why), None
        try:
            return await self._ask(request, first, backend, admission, deadline)
        except Exception:
            log.exception("asking %s for a second opinion failed in our own code", backend.id)
            return without_opinion(first, backend.id, "failed", f"asking {backend.id} failed"), None

    async def _admit(self, backend: Backend) -> Admission | None:
        connection = backend.connections[0] if len(backend.connections) == 1 else None
        return await self.health.admit(backend.id, connection, limit=backend.max_concurrency)

    async def _ask(
        self,
        request: ChatRequest,
        first: Classification,
        backend: Backend,
        admission: Admission,
        deadline: float,
    ) -> tuple[Classification, Attempt]:
        call = Call(
            backend.id,
            backend,
            "second_opinion",
            admission,
            DeliverySettings(),
            started_at=time.time(),
            deadline=deadline,
        )
        try:
            answer = await call.answer(self.channel, opinion_body(first.signals))
            body = answer.body if isinstance(answer, Answer) else {}
            await self.health.success(backend.id, admission=admission)
        except UpstreamError as error:
            late = has_come(deadline, asyncio.get_running_loop().time())
            told = without_prompt(error.message, request.messages)
            if not (late or refused_by_open_webui(error)):
                # Too late for us says nothing of it: it may only be loading, and others wait longer.
                await self.health.failure(
                    backend.id, error.kind, told, retry_after_s=error.retry_after_s, admission=admission
                )
            why = f"did not answer within {self.deadline_ms:g} ms" if late else f"failed ({error.kind})"
            concluded = without_opinion(
                first, backend.id, "late" if late else "failed", f"{backend.id} {why}"
            )
            return concluded, call.attempt(None, error, told)
        finally:
            await call.close()
            await self.health.release(admission)
        attempt = call.attempt(read_usage(body.get("usage")))
        said = read_opinion(text_of(body))
        if said is None:
            why = f"{backend.id} did not say an intent and a complexity"
            return without_opinion(first, backend.id, "unreadable", why), attempt
        return with_opinion(first, backend.id, *said), attempt


def _whom(local: str, external: str, decision: Decision, catalog: Catalog) -> tuple[Backend | None, str]:
    """The task model to ask, or why there is none.

    As Open WebUI takes the local one for a local model's chat, and the external one for the others. Where
    local models are only preferred, no other one is asked all the same: the answer may have to come from
    elsewhere, but this need not.
    """
    chosen = catalog.backends.get(decision.chosen or "")
    at_home = decision.private or (chosen is not None and chosen.local)
    name = local if at_home else external
    if not name:
        return None, f"Open WebUI has no {'local' if at_home else 'external'} task model set"
    backend = catalog.backends.get(name)
    if backend is None:
        return None, f"the task model {name} is none that Smart knows"
    if decision.private and not backend.local:
        return None, f"the task model {name} is not local, and this should stay on local ones"
    if backend not in readers(decision, catalog):
        told = next((c.sentence for c in decision.candidates if c.backend == name), "")
        return None, f"{name} may not be asked: {told or 'it is not among the candidates'}"
    return backend, ""
