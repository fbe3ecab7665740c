"""The body of one attempt: the caller's request, the route's wishes, and what this backend takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..policy.types import Decision
from ..registry.types import Backend
from ..request import ChatRequest

#: What a provider signed for itself; another provider refuses it.
_SIGNED = frozenset({"reasoning_details", "reasoning_signature", "thinking_blocks", "signature"})


def build_body(
    request: ChatRequest,
    decision: Decision,
    backend: Backend | None,
    *,
    without: frozenset[str] = frozenset(),
    same_backend: bool = False,
    messages: Sequence[Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """A new OpenAI chat body without `model`; the request itself is never changed.

    The route's parameters are added only where the caller set none, the model takes them and the
    administrator did not set them on the model. `same_backend` says that this backend answered the
    conversation before, so that it may see again what it signed. `messages` replaces the request's.
    """
    refuses = (backend.refuses if backend else frozenset()) | without
    administered = backend.administrator_parameters if backend else frozenset()
    body = {key: value for key, value in request.parameters.items() if key not in refuses}
    taken = refuses | administered | request.parameters.keys()
    body |= {key: value for key, value in decision.parameters.items() if key not in taken}
    chosen = list(request.messages if messages is None else messages)
    if not same_backend:
        chosen = [_unsigned(message) for message in chosen]
    body["messages"] = with_system_prompt(chosen, decision.system_prompt)
    if request.stream:
        body["stream"] = True
        options = body.get("stream_options")
        body["stream_options"] = {**(options if isinstance(options, Mapping) else {}), "include_usage": True}
        if "stream_options" in refuses:
            del body["stream_options"]
    else:
        body["stream"] = False
        body.pop("stream_options", None)
    return body


def with_system_prompt(messages: list[Mapping[str, Any]], prompt: str | None) -> list[Mapping[str, Any]]:
    """The route's prompt in front of the chat's own system message, as Open WebUI does it."""
    if not prompt:
        return messages
    if not messages or messages[0].get("role") != "system":
        return [{"role": "system", "content": prompt}, *messages]
    content = messages[0].get("content")
    joined: Any
    if isinstance(content, list):
        joined = [{"type": "text", "text": prompt}, *content]
    else:
        joined = f"{prompt}\n\n{content}" if content else prompt
    return [{**messages[0], "content": joined}, *messages[1:]]


def _unsigned(message: Mapping[str, Any]) -> Mapping[str, Any]:
    if message.get("role") != "assistant" or _SIGNED.isdisjoint(message):
        return message
    return {key: value for key, value in message.items() if key not in _SIGNED}
