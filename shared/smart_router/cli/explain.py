"""explain: the Decision for one request, offline, on given models and registry."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..classify import classify
from ..errors import InvalidRequest
from ..health.types import HealthView
from ..host.models import live_models
from ..policy import Adjustments, Context, Limits, decide, decision_json, parse_overrides, take_alias
from ..ports import LiveModel
from ..registry import build_catalog, default_registry, parse_registry
from ..registry.patterns import is_glob
from ..registry.schema import Registry
from ..signals import read_signals
from .classify import request_of
from .errors import UsageError


class ModelsError(UsageError):
    """The list of models cannot be read; the message says what was expected."""


def explain(
    request: str | Mapping[str, Any],
    registry_text: str | None = None,
    models_text: str | None = None,
    now: float = 0.0,
) -> dict[str, Any]:
    """The Decision in the interface's `decision` shape, and the catalog's `warnings`.

    `request` is a chat body, or a message on its own. `models_text` is JSON: what Open WebUI
    answers at `/api/models`, or a list of ids. Without it the registry's own models are taken.
    `now` (epoch seconds) decides rules with an hour. Nothing is sent or stored.

    Raises RegistryError, ModelsError, and InvalidRequest for a body that cannot be used.
    """
    registry = default_registry() if registry_text is None else parse_registry(registry_text)
    live = read_models(models_text) if models_text is not None else _named_in(registry)
    catalog = build_catalog(live, registry, now)
    body = {"messages": [{"role": "user", "content": request}]} if isinstance(request, str) else request
    chat = request_of(body)
    if chat is None or not chat.messages:
        raise InvalidRequest("messages: expected a list with at least one message")
    overrides = parse_overrides(body.get("smart_router"))
    messages, overrides, local_only = take_alias(chat.messages, overrides, registry)
    parameters = {key: value for key, value in chat.parameters.items() if key != "smart_router"}
    chat = replace(chat, messages=messages, overrides=overrides, parameters=parameters)
    classification = classify(read_signals(chat))
    model = str(body.get("model") or "")
    context = Context(
        variant=model.partition(".")[2] if model.startswith("smart_router.") else "auto",
        local_only=local_only,
        local_only_by_alias=local_only,
        overrides=overrides,
        parameters=parameters,
    )
    decision = decide(
        classification,
        context,
        catalog,
        registry,
        HealthView(),
        Adjustments(),
        Limits(),
        now,
        random.Random(0),
    )
    return {**decision_json(classification, decision), "warnings": list(catalog.warnings)}


def read_request(text: str) -> str | Mapping[str, Any]:
    """A JSON chat body where the text is one, else the text as a message."""
    if text.lstrip().startswith("{"):
        try:
            body = json.loads(text)
        except ValueError as error:
            raise InvalidRequest(f"the request looks like JSON and is not: {error}") from error
        if isinstance(body, dict) and "messages" in body:
            return body
    return text


def request_from(argument: str, read_stdin: Any) -> str | Mapping[str, Any]:
    """What REQUEST on the command line means: `-` standard input, a file's path, or the message itself."""
    if argument == "-":
        return read_request(read_stdin())
    try:
        path = Path(argument)
        if path.is_file():
            return read_request(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # A long message is no path, and the system says so in its own ways.
        pass
    if argument.endswith(".json") and not any(map(str.isspace, argument)):
        raise UsageError(
            f"there is no file {argument}; to ask about these very words, pass - and pipe them in"
        )
    return read_request(argument)


def read_models(text: str) -> tuple[LiveModel, ...]:
    """Models from Open WebUI's `/api/models` answer, a list of such objects, or a list of ids.

    Raises ModelsError.
    """
    try:
        listed = json.loads(text)
    except ValueError as error:
        raise ModelsError(f"the list of models is not JSON: {error}") from error
    if isinstance(listed, Mapping):
        listed = listed.get("data", listed.get("models"))
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        raise ModelsError('the list of models: expected {"data": [...]} or a list')
    return tuple(_model(number, entry) for number, entry in enumerate(listed))


def _model(number: int, entry: Any) -> LiveModel:
    if isinstance(entry, str) and entry:
        return _by_id(entry)
    if not isinstance(entry, Mapping) or not isinstance(entry.get("id"), str):
        raise ModelsError(f"the list of models, entry {number}: expected an id or an object with an id")
    if set(entry) == {"id"}:
        return _by_id(entry["id"])
    (model,) = live_models([entry], {}, {})
    info = entry.get("info")
    base = info.get("base_model_id") if isinstance(info, Mapping) else None
    return replace(model, base_model_id=base if isinstance(base, str) else None)


def _by_id(model_id: str) -> LiveModel:
    """Ollama's ids have a tag after a colon; a service level such as `:free` is somebody else's."""
    tag = model_id.rpartition(":")[2] if ":" in model_id else ""
    ollama = bool(tag) and "/" not in model_id.partition(":")[0].removeprefix("hf.co/")
    return LiveModel(model_id, model_id, provider="ollama" if ollama else "openai", local=ollama)


def _named_in(registry: Registry) -> tuple[LiveModel, ...]:
    named = [replace(_by_id(m.id), local=bool(m.local)) for m in registry.models if not is_glob(m.id)]
    if not named:
        raise ModelsError(
            "no models to choose from: pass --models FILE, or --registry FILE with a registry that names some"
        )
    return tuple(named)
