"""The demo server that speaks OpenAI's protocol."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from ...errors import InvalidRequest
from .ask import Ask, Message, choice_of, text_of, tools_of
from .embeddings import vector
from .models import DemoModel
from .openai_chat import ChatDialect
from .openai_errors import openai_failure, unknown_model
from .openai_responses import ResponsesDialect, messages_of
from .perform import Dialect, Failure, Performance, refuse_request
from .reply import compose
from .stage import Stage, body_of, control_routes
from .tokens import count
from .wire import Scripted

#: What reasoning models do not take, with what OpenAI says to use instead.
_REFUSED = {
    "temperature": "",
    "top_p": "",
    "presence_penalty": "",
    "frequency_penalty": "",
    "logprobs": "",
    "logit_bias": "",
    "max_tokens": " Use 'max_completion_tokens' instead.",
}
_NOT_ECHOED = {"model", "messages", "input", "instructions", "tools", "stream", "stream_options", "metadata"}


def openai_app(stage: Stage) -> Starlette:
    """Models, chat completions, responses and embeddings under `/v1`; any key is good."""
    models = stage.list_of("openai")
    cache = _PromptCache()

    async def list_models(request: Request) -> Response:
        return JSONResponse({"object": "list", "data": [_listed(model) for model in models]})

    async def one_model(request: Request) -> Response:
        name = request.path_params["id"]
        model = models.find(name)
        if model is None:
            failure = unknown_model(name)
            return Response(failure.body, failure.status, media_type=failure.media_type)
        return JSONResponse(_listed(model))

    async def answer(request: Request, as_ask: AsAsk, as_dialect: AsDialect) -> ASGIApp:
        try:
            body = await body_of(request)
        except InvalidRequest as error:
            failure = openai_failure(400, str(error), "invalid_request_error")
            return Response(failure.body, 400, media_type=failure.media_type)
        name, streamed = str(body.get("model", "")), body.get("stream") is True
        seen = stage.log.begin("openai", request.url.path, name, streamed, body, dict(request.headers))
        hangup = stage.hangups.get("openai")
        model = models.find(name)
        if model is None:
            return Scripted(lambda wire: refuse_request(wire, unknown_model(name), stage.log, seen), hangup)
        ask = as_ask(model, body)
        if refusal := _refusal(ask, body):
            return Scripted(lambda wire: refuse_request(wire, refusal, stage.log, seen), hangup)
        fault = stage.faults.take("openai", name, tools=bool(ask.tools))
        seen.fault = fault.kind if fault else None
        reply = compose(ask, cached_tokens=cache.cached(ask))
        dialect = as_dialect(ask, body)
        return Scripted(
            Performance(ask, reply, dialect, streamed, fault, stage.pace, stage.log, seen).play, hangup
        )

    async def chat(request: Request) -> ASGIApp:
        return await answer(request, _chat_ask, _chat_dialect)

    async def responses(request: Request) -> ASGIApp:
        return await answer(request, _responses_ask, lambda ask, body: ResponsesDialect(ask))

    async def embeddings(request: Request) -> Response:
        body = await body_of(request)
        model = models.find(body.get("model"))
        if model is None or not model.embedding:
            failure = unknown_model(str(body.get("model")))
            return Response(failure.body, failure.status, media_type=failure.media_type)
        texts = [body["input"]] if isinstance(body.get("input"), str) else list(body.get("input", []))
        tokens = sum(count(str(text)) for text in texts)
        data = [
            {"object": "embedding", "index": index, "embedding": vector(str(text), model.dimensions)}
            for index, text in enumerate(texts)
        ]
        usage = {"prompt_tokens": tokens, "total_tokens": tokens}
        return JSONResponse({"object": "list", "data": data, "model": model.id, "usage": usage})

    return Starlette(
        routes=[
            Route("/v1/models", list_models),
            Route("/v1/models/{id:path}", one_model),
            Route("/v1/chat/completions", chat, methods=["POST"]),
            Route("/v1/responses", responses, methods=["POST"]),
            Route("/v1/embeddings", embeddings, methods=["POST"]),
            *control_routes(stage, "openai"),
        ]
    )


AsAsk = Callable[[DemoModel, dict[str, Any]], Ask]
AsDialect = Callable[[Ask, dict[str, Any]], Dialect]


def _chat_ask(model: DemoModel, body: dict[str, Any]) -> Ask:
    messages = tuple(_message(m) for m in body.get("messages") or [] if isinstance(m, dict))
    return _ask(model, body, messages, _json_wanted(body.get("response_format")))


def _responses_ask(model: DemoModel, body: dict[str, Any]) -> Ask:
    text = body.get("text")
    return _ask(
        model, body, messages_of(body), _json_wanted(text.get("format") if isinstance(text, dict) else None)
    )


def _ask(
    model: DemoModel, body: dict[str, Any], messages: tuple[Message, ...], schema: dict[str, Any] | None
) -> Ask:
    limit = body.get("max_completion_tokens") or body.get("max_output_tokens") or body.get("max_tokens")
    return Ask(
        model=model,
        messages=messages,
        tools=tools_of(body.get("tools")),
        tool_choice=choice_of(body.get("tool_choice")),
        schema=schema,
        max_tokens=int(limit) if isinstance(limit, int | float) else None,
        parameters={name: value for name, value in body.items() if name not in _NOT_ECHOED},
    )


def _message(message: dict[str, Any]) -> Message:
    text, images = text_of(message.get("content"))
    calls = message.get("tool_calls")
    return Message(str(message.get("role", "user")), text + (str(calls) if calls else ""), images)


def _json_wanted(response_format: Any) -> dict[str, Any] | None:
    """None for free text, `{}` for any JSON object, else the schema (nested in chat, flat in responses)."""
    if not isinstance(response_format, dict):
        return None
    if response_format.get("type") == "json_schema":
        nested = response_format.get("json_schema")
        return dict((nested if isinstance(nested, dict) else response_format).get("schema") or {})
    return {} if response_format.get("type") == "json_object" else None


def _chat_dialect(ask: Ask, body: dict[str, Any]) -> ChatDialect:
    options = body.get("stream_options")
    return ChatDialect(ask.model, isinstance(options, dict) and bool(options.get("include_usage")))


def _refusal(ask: Ask, body: dict[str, Any]) -> Failure | None:
    """What OpenAI would not take, if anything."""
    model, invalid = ask.model, "invalid_request_error"
    if model.embedding:
        text = "This is not a chat model and thus not supported in the v1/chat/completions endpoint."
        return openai_failure(404, text, invalid, param="model")
    if not ask.messages:
        return openai_failure(400, "Missing required parameter: 'messages'.", invalid, param="messages")
    if model.reasoning:
        for name in (name for name in _REFUSED if body.get(name) is not None):
            text = f"Unsupported parameter: '{name}' is not supported with this model.{_REFUSED[name]}"
            return openai_failure(400, text, invalid, param=name, code="unsupported_parameter")
    if ask.images and not model.vision:
        text = "Invalid content type. image_url is only supported by certain models."
        return openai_failure(400, text, invalid, param="messages")
    if ask.input_tokens > model.context_tokens:
        text = (
            f"This model's maximum context length is {model.context_tokens} tokens. However, your messages "
            f"resulted in {ask.input_tokens} tokens. Please reduce the length of the messages."
        )
        return openai_failure(400, text, invalid, param="messages", code="context_length_exceeded")
    return None


def _listed(model: DemoModel) -> dict[str, Any]:
    listed: dict[str, Any] = {
        "id": model.id,
        "object": "model",
        "created": 1_715_367_049,
        "owned_by": model.owner,
    }
    if model.reports_cost:  # as OpenRouter lists its models
        listed["context_length"] = model.context_tokens
        listed["pricing"] = {
            "prompt": f"{model.input_usd_per_mtok / 1e6:.10f}",
            "completion": f"{model.output_usd_per_mtok / 1e6:.10f}",
        }
    return listed


class _PromptCache:
    """Which beginnings of conversations were read before, as OpenAI's prompt caching knows.

    Beginnings of 1024 tokens and more count, in steps of 128.
    See https://platform.openai.com/docs/guides/prompt-caching
    """

    def __init__(self, keep: int = 4096) -> None:
        self._lock = threading.Lock()
        self._seen: OrderedDict[bytes, None] = OrderedDict()
        self._keep = keep

    def cached(self, ask: Ask) -> int:
        """Tokens at the beginning of this ask that are known; from now on all of it is."""
        digest, tokens, known = hashlib.sha256(ask.model.id.encode()), 0, 0
        with self._lock:
            for message in ask.messages:
                digest.update(f"{message.role}\0{message.text}\0{message.images}\0".encode())
                tokens += message.tokens
                if tokens < 1024:
                    continue
                key = digest.digest()
                if key in self._seen:
                    known = tokens
                self._seen[key] = None
                self._seen.move_to_end(key)
            while len(self._seen) > self._keep:
                self._seen.popitem(last=False)
        return known // 128 * 128
