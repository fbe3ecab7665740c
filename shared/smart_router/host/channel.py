"""Open WebUI for the length of one chat: calls through its own connections, events to its window."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from ..delivery.errors import classify_error, classify_exception
from ..errors import ErrorKind, UpstreamError
from ..ports import Answer, Stream
from .seam import Seam

log = logging.getLogger("smart_router")

#: Marks the requests that we delegate, so that Open WebUI's events about them are not counted twice.
OURS = "smart_router_delegated"


class OpenWebUIChannel:
    """Implements ports.Channel.

    `request` is the pipe's own; every call gets a copy of its state, because Open WebUI writes on
    it and shares it between tasks. `user` is Open WebUI's user row. `opened` are the backends that this
    user may call without a grant on them, because the administrator said so. For all others a plain
    user's access is checked by Open WebUI's own check right before the call: here, once, since it would
    itself do so twice.
    """

    def __init__(
        self,
        seam: Seam,
        request: Any,
        user: Any,
        metadata: Mapping[str, Any],
        emitter: Callable[[dict[str, Any]], Awaitable[None]] | None,
        opened: frozenset[str] = frozenset(),
    ) -> None:
        self._seam = seam
        self._request = request
        self._user = user
        self._metadata = metadata
        self._emitter = emitter
        self._opened = opened
        self._said: asyncio.Task[None] | None = None

    async def complete(self, backend: str, body: Mapping[str, Any]) -> Answer | Stream:
        state = {k: v for k, v in self._request.scope.get("state", {}).items() if k != "metadata"}
        request = Request({**self._request.scope, "state": state, OURS: True}, self._request.receive)
        form = {
            **body,
            "model": backend,
            "messages": _own_messages(body["messages"]),
            "metadata": {k: v for k, v in self._metadata.items() if k != "selected_model_id"},
        }
        try:
            allowed = backend in self._opened or await self._checked(backend)
            response = await self._seam.generate_chat_completion(
                request, form, self._user, bypass_filter=allowed
            )
        except asyncio.CancelledError:
            raise
        except UpstreamError:
            raise
        except Exception as error:
            raise classify_exception(error) from error
        if isinstance(response, StreamingResponse):
            return _stream(response)
        if isinstance(response, Response):
            raise classify_error(
                status=response.status_code,
                headers={k.lower(): v for k, v in response.headers.items()},
                body=_body(response),
            )
        if isinstance(response, Mapping):
            if response.get("error"):
                raise classify_error(status=None, headers={}, body=dict(response))
            return Answer(response)
        raise UpstreamError(ErrorKind.SERVER_ERROR, f"the provider answered with {type(response).__name__}")

    async def _checked(self, backend: str) -> bool:
        """True when Open WebUI says that this plain user may call the backend; its exception when not.
        False where the question is left to the call: other roles, and a model that is not listed."""
        model = self._request.app.state.MODELS.get(backend) if self._user.role == "user" else None
        if model is None or self._seam.bypass_model_access_control:
            return False
        await self._seam.check_model_access(self._user, model)
        return True

    async def status(self, text: str, *, done: bool) -> None:
        if self._emitter is None:
            return
        event = {"type": "status", "data": {"description": text, "done": done}}
        before, emitter = self._said, self._emitter

        async def say() -> None:
            # Written to the chat's row as well: it must not hold up the first token.
            if before is not None:
                await asyncio.wait([before])
            try:
                await emitter(event)
            except Exception:
                log.debug("a status line could not be shown", exc_info=True)

        self._said = asyncio.get_running_loop().create_task(say())


def _own_messages(messages: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Messages that Open WebUI may change: it puts the backend's system prompt into the list, or into the
    first message and its parts, turns roles around and flattens a tool's result. What it only reads, such
    as pictures, is shared."""
    return [
        copy.deepcopy(dict(message)) if message.get("role") == "system" else dict(message)
        for message in messages
    ]


def _body(response: Response) -> Any:
    raw = bytes(response.body)
    try:
        return json.loads(raw)
    except ValueError:
        return raw.decode("utf-8", "replace")


def _stream(response: StreamingResponse) -> Stream:
    iterator = response.body_iterator

    async def chunks() -> AsyncIterator[bytes | str]:
        async for chunk in iterator:
            yield chunk if isinstance(chunk, str) else bytes(chunk)

    async def aclose() -> None:
        close = getattr(iterator, "aclose", None)
        try:
            if close is not None:
                await close()
        finally:
            # Lets go of the connection to the provider, also where the iterator did not close.
            if response.background is not None:
                await response.background()

    return Stream(chunks(), aclose)
