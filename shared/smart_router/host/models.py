"""Open WebUI's model list → LiveModel."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

from ..ports import LiveModel

#: Substrings of ids that are no chat models, as providers name them.
_EMBEDDING = ("embed", "bge-", "e5-", "gte-", "rerank", "all-minilm")
_IMAGE = ("dall-e", "gpt-image", "imagen", "stable-diffusion", "sdxl", "flux.")
_SPEECH = ("whisper", "tts", "transcribe", "-audio", "speech", "realtime")


def connection_id(kind: str, url: str, prefix: str | None) -> str:
    """A connection's id: it survives reordering of the connections, which an index does not."""
    return hashlib.sha256(f"{kind}|{url.rstrip('/')}|{prefix or ''}".encode()).hexdigest()[:12]


def connection_names(connections: Mapping[str, list[tuple[str, str | None]]]) -> dict[str, str]:
    """What an administrator knows each connection by: host and port, and its prefix where it has one.

    Nothing else of the address: user, password and path may be secrets.
    """
    names = {}
    for provider, configured in connections.items():
        for url, prefix in configured:
            where = _netloc(url).rpartition("@")[2] or provider
            names[connection_id(provider, url, prefix)] = f"{where} ({prefix})" if prefix else where
    return names


def _netloc(url: str) -> str:
    """Host and port; "" for an address that is none, which an administrator may have typed."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def _mapping(value: Any) -> Mapping[str, Any]:
    """A provider's own keys stand beside Open WebUI's in a listed model, and may hold anything."""
    return value if isinstance(value, Mapping) else {}


def _kind(model: Mapping[str, Any]) -> Literal["chat", "pipe", "arena", "embedding", "image", "speech"]:
    if model.get("pipe"):
        return "pipe"
    if model.get("arena") or model.get("owned_by") == "arena":
        return "arena"
    name = str(model.get("id", "")).lower()
    if any(word in name for word in _EMBEDDING):
        return "embedding"
    details = _mapping(_mapping(model.get("ollama")).get("details"))
    if "bert" in str(details.get("family", "")).lower():
        return "embedding"
    if any(word in name for word in _IMAGE):
        return "image"
    if any(word in name for word in _SPEECH):
        return "speech"
    return "chat"


def live_models(
    listed: Iterable[Mapping[str, Any]],
    rows: Mapping[str, Any],
    connections: Mapping[str, list[tuple[str, str | None]]],
) -> tuple[LiveModel, ...]:
    """Reduce what Open WebUI lists.

    `rows` are Open WebUI's own model rows by id (base model, params); `connections` per provider
    the configured (url, prefix) in their order.
    """
    return tuple(_live_model(model, rows.get(str(model["id"])), connections) for model in listed)


def _live_model(
    model: Mapping[str, Any], row: Any, connections: Mapping[str, list[tuple[str, str | None]]]
) -> LiveModel:
    provider: Literal["openai", "ollama"] = "ollama" if model.get("owned_by") == "ollama" else "openai"
    ollama = _mapping(model.get("ollama"))
    configured = connections.get(provider, [])
    indices = ollama.get("urls") if provider == "ollama" else [model.get("urlIdx")]
    served_by = tuple(
        connection_id(provider, *configured[i])
        for i in indices or []
        if isinstance(i, int) and 0 <= i < len(configured)
    )
    params = row.params.model_dump() if row is not None and row.params is not None else {}
    set_by_administrator = {name: value for name, value in params.items() if value is not None}
    meta = _mapping(_mapping(model.get("info")).get("meta"))
    details = {
        **_mapping(ollama.get("details")),
        **{
            k: ollama[k]
            for k in ("size", "digest", "context_length", "remote_model", "remote_host")
            if k in ollama
        },
        **{
            k: v
            for k, v in _mapping(model.get("openai")).items()
            if k in ("context_length", "max_model_len", "context_window")
        },
    }
    num_ctx = set_by_administrator.get("num_ctx")
    return LiveModel(
        id=str(model["id"]),
        name=str(model.get("name") or model["id"]),
        provider=provider,
        connections=served_by,
        local=model.get("connection_type") == "local",
        loaded=model.get("loaded") if provider == "ollama" else None,
        preset=bool(model.get("preset")),
        base_model_id=getattr(row, "base_model_id", None),
        kind=_kind(model),
        details=details,
        capabilities={k: bool(v) for k, v in _mapping(meta.get("capabilities")).items()},
        administrator_parameters=frozenset(set_by_administrator),
        context_tokens=num_ctx if isinstance(num_ctx, int) and num_ctx > 0 else None,
    )
