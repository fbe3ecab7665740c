"""Unstreamed answers: telling a real one from an empty success, and turning one into the other form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import ErrorKind, UpstreamError
from ..ports import Answer
from .errors import classify_error
from .sse import DONE, dump
from .usage import Usage, read_usage

#: What is said of an answer that has not the form of one.
NO_CHAT = "the provider sent something that is no chat completion"


#: With one of these a request may leave nothing of an answer, and rightly so.
_LIMITS = frozenset({"stop", "max_tokens", "max_completion_tokens", "num_predict"})


def is_limited(body: Mapping[str, Any]) -> bool:
    """Whether a request has a stop sequence or a limit on the answer's tokens."""
    options = body.get("options")
    places = (body, options if isinstance(options, Mapping) else {})
    return any(place.get(key) for place in places for key in _LIMITS)


def choices_in(body: Mapping[str, Any]) -> int:
    """How many answers at a time a request asks for."""
    n = body.get("n")
    return n if isinstance(n, int) and n > 1 else 1


def empty_answer(limited: bool, finish_reason: Any, usage: Usage | None, message: str) -> UpstreamError:
    """The error for an answer without content. The caller's own doing when the request is `limited`
    and that is what ended the answer; `message` is what is said otherwise."""
    spoke = usage is not None and bool(usage.output_tokens)
    if limited and (finish_reason == "length" or (finish_reason == "stop" and spoke)):
        own = "the request's own stop sequence or token limit left nothing of the answer"
        return UpstreamError(ErrorKind.EMPTY_ANSWER, own, callers_own=True)
    return UpstreamError(ErrorKind.EMPTY_ANSWER, message)


def check_answer(answer: Answer, provider: str = "openai", *, limited: bool = False) -> None:
    """Raises UpstreamError for an error or an emptiness that came as a success."""
    body = answer.body
    if body.get("error"):
        raise classify_error(None, None, body)
    choices = body.get("choices")
    if not isinstance(choices, list) or not choices:
        if "detail" in body:
            raise classify_error(None, None, body)
        raise UpstreamError(ErrorKind.EMPTY_ANSWER, "the answer has no choices")
    for choice in choices:
        if not isinstance(choice, Mapping):
            raise UpstreamError(ErrorKind.SERVER_ERROR, NO_CHAT)
        if choice.get("error"):
            raise classify_error(None, None, choice)
    if any(_says_something(choice) for choice in choices):
        return
    reason = choices[0].get("finish_reason")
    if reason == "content_filter":
        raise UpstreamError(ErrorKind.CONTENT_FILTER, "the provider's content filter stopped the answer")
    usage = read_usage(body.get("usage"))
    if provider == "ollama" and (usage is None or not usage.output_tokens):
        raise UpstreamError(
            ErrorKind.SERVER_ERROR, "Ollama answered with an error, which Open WebUI does not pass on"
        )
    raise empty_answer(limited, reason, usage, "the answer is empty")


def text_of(body: Mapping[str, Any]) -> str:
    """The text of the first choice."""
    message = _message(body)
    content = message.get("content") if message else None
    return content if isinstance(content, str) else ""


def has_tool_calls(body: Mapping[str, Any]) -> bool:
    message = _message(body)
    return bool(message and (message.get("tool_calls") or message.get("function_call")))


def tool_call_ids_of(calls: Any) -> tuple[str, ...]:
    """The ids in a list of tool calls, or of pieces of them; only a call's first piece has one."""
    if not isinstance(calls, list):
        return ()
    ids = (call.get("id") for call in calls if isinstance(call, Mapping))
    return tuple(id for id in ids if isinstance(id, str) and id)


def finish_reason_of(body: Mapping[str, Any]) -> str | None:
    reason = body["choices"][0].get("finish_reason") if body.get("choices") else None
    return reason if isinstance(reason, str) else None


def logprobs_of(choice: Mapping[str, Any]) -> list[float]:
    """The natural logarithms of the tokens' probabilities, where the provider gives them."""
    logprobs = choice.get("logprobs")
    tokens = logprobs.get("content") if isinstance(logprobs, Mapping) else None
    return [
        float(token["logprob"])
        for token in tokens or ()
        if isinstance(token, Mapping) and isinstance(token.get("logprob"), (int, float))
    ]


def as_chunks(body: Mapping[str, Any]) -> list[bytes]:
    """The payloads of a stream that says the same, for backends that do not stream when asked to."""
    base = {k: body[k] for k in ("id", "created", "model") if k in body} | {"object": "chat.completion.chunk"}
    payloads = []
    for position, choice in enumerate(body.get("choices") or ()):
        message = dict(choice.get("message") or {})
        calls = message.get("tool_calls")
        if isinstance(calls, list):
            message["tool_calls"] = [
                {"index": i, **call} for i, call in enumerate(calls) if isinstance(call, dict)
            ]
        index = choice.get("index", position)
        reason = choice.get("finish_reason") or "stop"
        rest = {k: v for k, v in choice.items() if k == "logprobs"}
        payloads.append(dump({**base, "choices": [{"index": index, "delta": message, **rest}]}))
        payloads.append(dump({**base, "choices": [{"index": index, "delta": {}, "finish_reason": reason}]}))
    if body.get("usage"):
        payloads.append(dump({**base, "choices": [], "usage": body["usage"]}))
    return [*payloads, DONE]


def _message(body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    choices = body.get("choices")
    message = choices[0].get("message") if choices and isinstance(choices[0], Mapping) else None
    return message if isinstance(message, Mapping) else None


def _says_something(choice: Any) -> bool:
    message = choice.get("message") if isinstance(choice, Mapping) else None
    if not isinstance(message, Mapping):
        return bool(isinstance(choice, Mapping) and choice.get("text"))
    content = message.get("content")
    if isinstance(content, str):
        content = content.strip()
    return bool(content) or any(
        message.get(key) for key in ("tool_calls", "function_call", "refusal", "images", "audio")
    )
