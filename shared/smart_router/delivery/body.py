"""The body of one attempt: the caller's request, the route's wishes, and what this backend takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import is_
from typing import Any

from ..policy.types import Decision
from ..registry.types import Backend
from ..request import ChatRequest
from .ollama import for_ollama
from .usage import CHARS_PER_TOKEN

#: The share of a model's context that tools nobody asked for may take.
_TOOLS_SHARE = 0.25

#: What a provider signed for itself; another provider refuses it.
_SIGNED = frozenset(
    {
        "reasoning_details", "reasoning_signature", "thinking_blocks", "signature", "thought_signature",
        "thoughtSignature",
    }
)  # fmt: skip
#: Parts of a message that are nothing without their signature.
_THOUGHTS = frozenset({"thinking", "redacted_thinking"})


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
    conversation before, so that it may see again what it signed since the last question; what was
    signed before that is of no use to anybody. `messages` replaces the request's.
    """
    refuses = (backend.refuses if backend else frozenset()) | without
    administered = backend.administrator_parameters if backend else frozenset()
    body = {key: value for key, value in request.parameters.items() if key not in refuses}
    taken = refuses | administered | request.parameters.keys()
    body |= {key: value for key, value in decision.parameters.items() if key not in taken}
    chosen = list(request.messages if messages is None else messages)
    signed_from = _last_question(chosen) if same_backend else len(chosen)
    chosen = [_unsigned(message) for message in chosen[:signed_from]] + chosen[signed_from:]
    if backend is not None and "vision" not in backend.capabilities:
        chosen = _without_earlier_images(chosen)
    body["messages"] = with_system_prompt(chosen, decision.system_prompt)
    if request.offered_tools and not _takes_offered_tools(request, backend):
        _keep_tools(body, request.needed_tools())
    if request.stream:
        body["stream"] = True
        options = body.get("stream_options")
        body["stream_options"] = {**(options if isinstance(options, Mapping) else {}), "include_usage": True}
        if "stream_options" in refuses:
            del body["stream_options"]
    else:
        body["stream"] = False
        body.pop("stream_options", None)
    return for_ollama(body) if backend is not None and backend.provider == "ollama" else body


def _takes_offered_tools(request: ChatRequest, backend: Backend | None) -> bool:
    """Open WebUI's own tools are sent where the model can call tools and has room for them."""
    if backend is None or "tools" not in backend.capabilities:
        return False
    context = backend.effective_context_tokens
    tokens = len(str(request.parameters.get("tools"))) // CHARS_PER_TOKEN
    return context is None or tokens <= context * _TOOLS_SHARE


def _keep_tools(body: dict[str, Any], tools: Sequence[Mapping[str, Any]]) -> None:
    if tools:
        body["tools"] = list(tools)
        return
    for key in ("tools", "tool_choice", "parallel_tool_calls"):
        body.pop(key, None)


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


def _last_question(messages: list[Mapping[str, Any]]) -> int:
    return max((i for i, message in enumerate(messages) if message.get("role") == "user"), default=0)


def _without_earlier_images(messages: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Pictures of earlier questions as a word, for a backend that cannot see; the last question's
    stay, for only a backend that sees is chosen for them."""
    last = _last_question(messages)
    return [_blind(message) for message in messages[:last]] + messages[last:]


def _blind(message: Mapping[str, Any]) -> Mapping[str, Any]:
    content = message.get("content")
    if not isinstance(content, list) or not any(map(_is_image, content)):
        return message
    parts = [{"type": "text", "text": "[image]"} if _is_image(part) else part for part in content]
    return {**message, "content": parts}


def _is_image(part: Any) -> bool:
    return isinstance(part, Mapping) and part.get("type") in ("image_url", "input_image", "image")


def _unsigned(message: Mapping[str, Any]) -> Mapping[str, Any]:
    return _stripped(message) if message.get("role") == "assistant" else message


def _stripped(value: Any) -> Any:
    """Without what is signed, however deep, and without what only held that; else the value itself."""
    if isinstance(value, list):
        parts = [_stripped(part) for part in value if not _is_thought(part)]
        return value if len(parts) == len(value) and all(map(is_, parts, value)) else parts
    if not isinstance(value, Mapping):
        return value
    # The arguments of a tool are the model's own words, whatever their keys.
    kept = {k: v if k == "arguments" else _stripped(v) for k, v in value.items() if k not in _SIGNED}
    if len(kept) == len(value) and all(kept[k] is value[k] for k in kept):
        return value
    return {k: v for k, v in kept.items() if v != {} or value[k] == {}}


def _is_thought(part: Any) -> bool:
    return isinstance(part, Mapping) and part.get("type") in _THOUGHTS
