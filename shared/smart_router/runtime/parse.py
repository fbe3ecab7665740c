"""Open WebUI's body, metadata and user → ChatRequest."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from ..errors import InvalidRequest
from ..policy import parse_overrides
from ..request import ChatRequest, Message, Preferences, Priority, User

FILTER_ID = "smart_router_filter"

#: How the ids of chats begin that are never saved; the second is an older Open WebUI's.
_TEMPORARY = ("temporary:", "local:")

#: Body keys that are Open WebUI's or ours, not a backend's.
_NOT_PARAMETERS = frozenset(
    {"model", "messages", "stream", "smart_router", "metadata", "chat_id", "id", "session_id"}
)


def parse_request(
    body: Mapping[str, Any], user: Mapping[str, Any], metadata: Mapping[str, Any], task: str | None
) -> ChatRequest:
    """Raises InvalidRequest with what was wrong; the body is not changed."""
    messages = body.get("messages")
    if not isinstance(messages, Sequence) or isinstance(messages, str) or not messages:
        raise InvalidRequest("messages: expected a list with at least one message")
    for index, message in enumerate(messages):
        if not isinstance(message, Mapping) or not isinstance(message.get("role"), str):
            raise InvalidRequest(f"messages[{index}]: expected an object with a role")
    model_id = str(body.get("model") or "smart_router.auto")
    files = metadata.get("files")
    return replace(
        parse_origin(user, metadata, task),
        messages=tuple(cast(Sequence[Message], messages)),
        parameters={k: v for k, v in body.items() if k not in _NOT_PARAMETERS and v is not None},
        model_id=model_id,
        variant=model_id.partition(".")[2] or "auto",
        stream=bool(body.get("stream")),
        round=_round(messages),
        local_only=FILTER_ID in (metadata.get("filter_ids") or ()),
        files=len(files) if isinstance(files, list) else 0,
        offered_tools=_offered_tools(metadata),
        overrides=parse_overrides(body.get("smart_router")),
        preferences=_preferences(user.get("valves")),
    )


def parse_origin(user: Mapping[str, Any], metadata: Mapping[str, Any], task: str | None) -> ChatRequest:
    """Who asks, and in which chat: a request without a word of its body, which may be of no use."""
    chat_id = metadata.get("chat_id") or None
    message_id = metadata.get("message_id") or None
    return ChatRequest(
        messages=(),
        parameters={},
        user=User(
            id=str(user.get("id", "")), role=str(user.get("role", "user")), name=str(user.get("name", ""))
        ),
        turn_id=str(message_id or _message_of_task(metadata) or uuid.uuid4()),
        task=task or None,
        chat_id=chat_id,
        message_id=message_id,
        session_id=metadata.get("session_id") or None,
        temporary=bool(chat_id and str(chat_id).startswith(_TEMPORARY)),
    )


def _message_of_task(metadata: Mapping[str, Any]) -> Any:
    """The answer that a background task belongs to: its body says so, or ends with that message."""
    body = metadata.get("task_body")
    if not isinstance(body, Mapping):
        return None
    messages = body.get("messages") or [{}]
    last = messages[-1] if isinstance(messages, Sequence) else None
    ends_with = last.get("id") if isinstance(last, Mapping) and last.get("role") == "assistant" else None
    return body.get("message_id") or ends_with


def _round(messages: Sequence[Mapping[str, Any]]) -> int:
    """How many rounds of tool calls have been answered since the last user message."""
    rounds = 0
    for message in reversed(messages):
        if message.get("role") == "user":
            break
        if message.get("role") == "assistant" and message.get("tool_calls"):
            rounds += 1
    return rounds


def _preferences(valves: Any) -> Preferences:
    prefer = getattr(valves, "prefer", None)
    return Preferences(
        priority=cast(Priority, prefer) if prefer in ("quality", "balanced", "speed") else None,
        show_status=getattr(valves, "show_status", None),
    )


def _offered_tools(metadata: Mapping[str, Any]) -> frozenset[str]:
    """Open WebUI puts some forty tools of its own into every chat of its window.

    They are only nice to have, unless the user switched a feature on (web search, code, images) or
    attached something that they read.
    """
    features, tools = metadata.get("features"), metadata.get("tools")
    switched_on = isinstance(features, Mapping) and any(features.values())
    if switched_on or metadata.get("files") or not isinstance(tools, Mapping):
        return frozenset()
    return frozenset(
        name for name, tool in tools.items() if isinstance(tool, Mapping) and tool.get("type") == "builtin"
    )
