"""The demo server that speaks Ollama's protocol."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from ...errors import InvalidRequest
from .ask import Ask, Message, text_of, tools_of
from .embeddings import vector
from .models import DemoModel
from .ollama_dialect import OllamaDialect, now_text, ollama_failure
from .ollama_memory import Loaded, Memory, keep_alive_s
from .perform import Failure, Performance, refuse_request
from .reply import compose
from .stage import Stage, body_of, control_routes
from .tokens import count
from .wire import Scripted

VERSION = "0.12.6"
_MODIFIED = "2025-03-01T09:00:00Z"


def ollama_app(stage: Stage, clock: Callable[[], float] = time.time) -> Starlette:
    """The part of Ollama's API that Open WebUI uses."""
    models = stage.list_of("ollama")
    memory = Memory(clock)

    async def root(request: Request) -> Response:
        return PlainTextResponse("Ollama is running")

    async def version(request: Request) -> Response:
        return JSONResponse({"version": VERSION})

    async def tags(request: Request) -> Response:
        return JSONResponse({"models": [_listed(model) for model in models]})

    async def ps(request: Request) -> Response:
        return JSONResponse({"models": [_running(loaded) for loaded in memory.listed()]})

    async def show(request: Request) -> Response:
        body = await body_of(request)
        name = str(body.get("model") or body.get("name") or "")
        model = models.find(name)
        if model is None:
            return JSONResponse({"error": f"model '{name}' not found"}, status_code=404)
        return JSONResponse(_shown(model))

    async def answer(request: Request, kind: Literal["chat", "generate"]) -> ASGIApp:
        try:
            body = await body_of(request)
        except InvalidRequest as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        name, streamed = str(body.get("model", "")), body.get("stream", True) is not False
        model = models.find(name)
        keep_s = keep_alive_s(body.get("keep_alive"))
        if model and not (body.get("messages") if kind == "chat" else body.get("prompt")):
            return JSONResponse(_load(memory, model, keep_s, kind))
        seen = stage.log.begin("ollama", request.url.path, name, streamed, body, dict(request.headers))
        hangup = stage.hangups.get("ollama")
        if model is None:
            missing = ollama_failure(404, f"model '{name}' not found")
            return Scripted(lambda wire: refuse_request(wire, missing, stage.log, seen), hangup)
        ask, room = _ask(model, body, kind), _num_ctx(model, body)
        cut = max(0, ask.input_tokens - room)
        if refusal := _refusal(ask, cut, body):
            return Scripted(lambda wire: refuse_request(wire, refusal, stage.log, seen), hangup)
        fault = stage.faults.take("ollama", model.id, tools=bool(ask.tools))
        seen.fault = fault.kind if fault else None
        load_ms = memory.use(model, keep_s=keep_s, num_ctx=room)
        performance = Performance(
            ask, compose(ask, cut_tokens=cut), OllamaDialect(ask, kind, load_ms), streamed, fault,
            stage.pace, stage.log, seen, load_ms,
        )  # fmt: skip
        return Scripted(performance.play, hangup)

    async def chat(request: Request) -> ASGIApp:
        return await answer(request, "chat")

    async def generate(request: Request) -> ASGIApp:
        return await answer(request, "generate")

    async def embed(request: Request) -> Response:
        body = await body_of(request)
        model = models.find(body.get("model"))
        if model is None:
            return JSONResponse({"error": f"model '{body.get('model')}' not found"}, status_code=404)
        if not model.embedding:
            return JSONResponse({"error": "this model does not support embeddings"}, status_code=400)
        given = body.get("input", body.get("prompt", ""))
        texts = [str(text) for text in given] if isinstance(given, list) else [str(given)]
        vectors = [vector(text, model.dimensions) for text in texts]
        if request.url.path.endswith("/embeddings"):
            return JSONResponse({"embedding": vectors[0]})
        read = sum(count(text) for text in texts)
        return JSONResponse({"model": model.id, "embeddings": vectors, "prompt_eval_count": read})

    return Starlette(
        routes=[
            Route("/", root, methods=["GET", "HEAD"]),
            Route("/api/version", version),
            Route("/api/tags", tags),
            Route("/api/ps", ps),
            Route("/api/show", show, methods=["POST"]),
            Route("/api/chat", chat, methods=["POST"]),
            Route("/api/generate", generate, methods=["POST"]),
            Route("/api/embed", embed, methods=["POST"]),
            Route("/api/embeddings", embed, methods=["POST"]),
            *control_routes(stage, "ollama"),
        ]
    )


def _ask(model: DemoModel, body: dict[str, Any], kind: Literal["chat", "generate"]) -> Ask:
    options = body.get("options")
    options = options if isinstance(options, dict) else {}
    limit = options.get("num_predict")
    wanted = body.get("format")
    extra = {name: body[name] for name in ("think", "keep_alive", "format") if body.get(name) is not None}
    return Ask(
        model=model,
        messages=_messages(body) if kind == "chat" else _prompt(body),
        tools=tools_of(body.get("tools")),
        schema=wanted if isinstance(wanted, dict) else {} if wanted == "json" else None,
        max_tokens=int(limit) if isinstance(limit, int | float) and limit >= 0 else None,
        parameters={**options, **extra},
    )


def _messages(body: dict[str, Any]) -> tuple[Message, ...]:
    messages = []
    for message in body.get("messages") or []:
        text, images = text_of(message.get("content"))
        calls = message.get("tool_calls")
        images += len(message.get("images") or [])
        messages.append(
            Message(str(message.get("role", "user")), text + (str(calls) if calls else ""), images)
        )
    return tuple(messages)


def _prompt(body: dict[str, Any]) -> tuple[Message, ...]:
    system = [Message("system", str(body["system"]))] if body.get("system") else []
    return (*system, Message("user", str(body.get("prompt", "")), len(body.get("images") or [])))


def _num_ctx(model: DemoModel, body: dict[str, Any]) -> int:
    """How much is read: `num_ctx` where it is given, never more than the model can."""
    options = body.get("options")
    wanted = options.get("num_ctx") if isinstance(options, dict) else None
    return min(int(wanted), model.context_tokens) if isinstance(wanted, int | float) else model.context_tokens


def _refusal(ask: Ask, cut: int, body: dict[str, Any]) -> Failure | None:
    """What Ollama would not take. A too long prompt is cut in silence, unless `truncate` is false."""
    if ask.model.embedding:
        return ollama_failure(400, f'"{ask.model.id}" does not support chat')
    if ask.images and not ask.model.vision:
        return ollama_failure(400, f'"{ask.model.id}" does not support image input')
    if cut and body.get("truncate") is False:
        return ollama_failure(400, "the input length exceeds the context length")
    return None


def _load(memory: Memory, model: DemoModel, keep_s: float, kind: str) -> dict[str, Any]:
    """A request without a prompt: Ollama loads the model, or with `keep_alive` 0 unloads it."""
    if keep_s > 0:
        memory.use(model, keep_s=keep_s, num_ctx=model.context_tokens)
    else:
        memory.unload(model)
    said: dict[str, Any] = (
        {"response": ""} if kind == "generate" else {"message": {"role": "assistant", "content": ""}}
    )
    reason = "load" if keep_s > 0 else "unload"
    return {"model": model.id, "created_at": now_text(), **said, "done": True, "done_reason": reason}


def _digest(model: DemoModel) -> str:
    return hashlib.sha256(model.id.encode()).hexdigest()


def _details(model: DemoModel) -> dict[str, Any]:
    return {
        "parent_model": "",
        "format": "gguf",
        "family": model.family,
        "families": [model.family],
        "parameter_size": model.parameters,
        "quantization_level": model.quantization,
    }


def _listed(model: DemoModel) -> dict[str, Any]:
    return {
        "name": model.id,
        "model": model.id,
        "modified_at": _MODIFIED,
        "size": model.size_bytes,
        "digest": _digest(model),
        "details": _details(model),
    }


def _running(loaded: Loaded) -> dict[str, Any]:
    model = loaded.model
    return {
        "name": model.id,
        "model": model.id,
        "size": model.size_bytes,
        "digest": _digest(model),
        "details": _details(model),
        "expires_at": datetime.fromtimestamp(loaded.expires_at, UTC).isoformat(),
        "size_vram": model.size_bytes,
        "context_length": loaded.num_ctx,
    }


def _shown(model: DemoModel) -> dict[str, Any]:
    number, unit = float(model.parameters[:-1]), {"B": 1e9, "M": 1e6}[model.parameters[-1]]
    capabilities = ["embedding"] if model.embedding else ["completion"]
    capabilities += ["tools"] * model.tools + ["vision"] * model.vision + ["thinking"] * model.reasoning
    return {
        "license": "A simulated model has none.",
        "modelfile": f"FROM {model.id}",
        "parameters": "",
        "template": "{{ .Prompt }}",
        "details": _details(model),
        "model_info": {
            "general.architecture": model.family,
            "general.parameter_count": int(number * unit),
            f"{model.family}.context_length": model.context_tokens,
            f"{model.family}.embedding_length": model.dimensions or 2048,
        },
        "capabilities": capabilities,
        "modified_at": _MODIFIED,
    }
