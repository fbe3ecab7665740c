"""Where each conversation was answered last, so that it can stay there."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import blake2b
from typing import Any

from ..delivery.answer import tool_call_ids_of
from ..policy import Previous
from ..ports import SharedState
from ..request import ChatRequest
from ..signals.excerpt import head_and_tail

log = logging.getLogger("smart_router")

#: Seconds that a conversation is remembered; then its provider has long dropped the prompt cache too.
_TTL_S = 6 * 3600.0
#: The same for chats that are to leave nothing behind, and for a program's tools to do their work.
_SHORT_TTL_S = 600.0
#: Ids of tool calls that are shorter than this come again in other conversations.
_TELLING_ID = 8
#: Of a question this much is looked at, at its beginning and at its end, to tell it from another.
_LOOKED_AT = 4000


class Conversations:
    """Kept in shared state: a later message may reach another worker. Losing it costs a switch, no more."""

    def __init__(self, state: SharedState) -> None:
        self._state = state

    async def rejoined(self, request: ChatRequest) -> ChatRequest:
        """The request as a part of the turn whose tools it brings the results of.

        Programs name neither chat nor message; what they send back has the tool call's id.
        """
        if request.chat_id or request.message_id or not request.round:
            return request
        for id in _called_last(request):
            turn_id = await self._read(_tool_key(request, id))
            if turn_id is not None:
                return replace(request, turn_id=turn_id.decode())
        return request

    async def previous(self, request: ChatRequest) -> Previous | None:
        """The last answer in this conversation, or None.

        The same question in another turn means that the user had it answered again.
        """
        raw = await self._read(_key(request))
        if raw is None:
            return None
        try:
            return _read(raw, request)
        except (ValueError, KeyError, TypeError):
            # Written by another version of this library, which an upgrade replaced or has yet to.
            log.warning("the conversation's last backend was kept in a form that is not known here")
            return None

    async def keep(
        self,
        request: ChatRequest,
        previous: Previous | None,
        now: Previous,
        tool_call_ids: Sequence[str] = (),
    ) -> None:
        """What the next call of this conversation is to know; `tool_call_ids` are those of the answer.

        `now.mixed` is what the answer itself was; rounds before it are added here.
        """
        ids = [id for id in tool_call_ids if len(id) >= _TELLING_ID]
        from_a_program = not (request.chat_id or request.message_id)
        if request.task is not None or (from_a_program and not ids):
            # A call without a chat, as programs make them, is only found again by its tool calls.
            return
        if previous is not None and previous.regenerated:
            now = replace(now, rejected=(*previous.rejected, previous.backend))
        same = previous is not None and not previous.mixed and previous.backend == now.backend
        mixed = now.mixed or (request.round > 0 and not same)
        now = replace(now, local_only=request.local_only, mixed=mixed)
        kept = {**asdict(now), "turn_id": request.turn_id, "asks": _asks(request)}
        ttl_s = _SHORT_TTL_S if request.temporary or from_a_program else _TTL_S
        await self._write(_key(request), json.dumps(kept).encode(), ttl_s)
        if from_a_program:
            await self._write(_tool_key(request, ids[0]), request.turn_id.encode(), ttl_s)

    async def _read(self, key: str) -> bytes | None:
        try:
            return await self._state.get(key)
        except Exception:
            log.exception("what is known of the conversation could not be read")
            return None

    async def _write(self, key: str, value: bytes, ttl_s: float) -> None:
        try:
            # Two answers to one conversation at once: whichever is stored is as good as the other.
            await self._state.compare_and_set(key, await self._state.get(key), value, ttl_s)
        except Exception:
            log.exception("the conversation's backend could not be kept")


def _read(raw: bytes, request: ChatRequest) -> Previous:
    """Raises ValueError, KeyError or TypeError for what `keep` of this version did not write."""
    kept = json.loads(raw)
    rejected = tuple(kept.pop("rejected"))
    turn_id, asks = kept.pop("turn_id"), kept.pop("asks")
    again = (
        request.task is None and request.round == 0 and turn_id != request.turn_id and asks == _asks(request)
    )
    return Previous(
        **{
            **kept,
            "tool_round": request.round > 0,
            "regenerated": again,
            "rejected": rejected if again else (),
        }
    )


def _key(request: ChatRequest) -> str:
    return f"conversation:{request.chat_id or request.turn_id}:{request.model_id}"


def _tool_key(request: ChatRequest, id: str) -> str:
    return f"tool_call:{request.user.id}:{id}"


def _called_last(request: ChatRequest) -> list[str]:
    """The ids of the tool calls whose results came last."""
    calls = next(
        (message["tool_calls"] for message in reversed(request.messages) if "tool_calls" in message), None
    )
    return [id for id in tool_call_ids_of(calls) if len(id) >= _TELLING_ID]


def _asks(request: ChatRequest) -> str:
    """How many questions there were, and a mark of the last: another one for an edited question."""
    asked = [message.get("content") for message in request.messages if message.get("role") == "user"]
    last = head_and_tail(_text(asked[-1]), _LOOKED_AT, _LOOKED_AT) if asked else ""
    key = _key(request).encode("utf-8", "replace")[:64]
    return f"{len(asked)}:{blake2b(last.encode('utf-8', 'replace'), digest_size=8, key=key).hexdigest()}"


def _text(content: Any) -> str:
    if not isinstance(content, list):
        return str(content)
    return "".join(str(part.get("text") or "") for part in content if isinstance(part, Mapping))
