"""Where each conversation was answered last, so that it can stay there."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, replace

from ..policy import Previous
from ..ports import SharedState
from ..request import ChatRequest

log = logging.getLogger("smart_router")

#: Seconds that a conversation is remembered; then its provider has long dropped the prompt cache too.
_TTL_S = 6 * 3600.0


class Conversations:
    """Kept in shared state: a later message may reach another worker. Losing it costs a switch, no more."""

    def __init__(self, state: SharedState) -> None:
        self._state = state

    async def previous(self, request: ChatRequest) -> Previous | None:
        """The last answer in this conversation, or None.

        The same number of questions in another turn means the user had this one answered again.
        """
        try:
            raw = await self._state.get(_key(request))
        except Exception:
            log.exception("the conversation's last backend could not be read")
            return None
        if raw is None:
            return None
        try:
            return _read(raw, request)
        except (ValueError, KeyError, TypeError):
            # Written by another version of this library, which an upgrade replaced or has yet to.
            log.warning("the conversation's last backend was kept in a form that is not known here")
            return None

    async def keep(self, request: ChatRequest, previous: Previous | None, now: Previous) -> None:
        """What the next call of this conversation is to know."""
        if request.task is not None or not (request.chat_id or request.message_id):
            # A call without a chat, as programs make them, is never found again.
            return
        if previous is not None and previous.regenerated:
            now = replace(now, rejected=(*previous.rejected, previous.backend))
        now = replace(now, local_only=request.local_only)
        kept = {**asdict(now), "turn_id": request.turn_id, "asks": _asks(request)}
        key = _key(request)
        try:
            # Two answers to one conversation at once: whichever is stored is as good as the other.
            await self._state.compare_and_set(
                key, await self._state.get(key), json.dumps(kept).encode(), _TTL_S
            )
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


def _asks(request: ChatRequest) -> int:
    return sum(1 for message in request.messages if message.get("role") == "user")
