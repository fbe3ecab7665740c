"""Backend and Catalog: what there is to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Backend:
    """An Open WebUI model that may answer a chat.

    Prices are US dollars per million tokens, None when unknown. `effective_context_tokens` is
    what the backend really reads (Ollama's num_ctx), `context_tokens` what the model could.
    `quality` is 0…1 per intent. `guessed` names the fields that nobody told us. `refuses` are
    body parameters that the model does not take. `active_b` is what a mixture of experts uses per
    token, `usd_per_hour` what an hour of a local machine's work costs, `quality_source` how
    `quality` is known ("rated", "registry", "estimated from …", "guessed"). `first_token_ms` and
    `tokens_per_second` are the registry's word on speed until something is observed.
    """

    id: str
    name: str
    provider: Literal["openai", "ollama"] = "openai"
    connections: tuple[str, ...] = ()
    local: bool = False
    family: str | None = None
    quantization: str | None = None
    size_b: float | None = None
    size_bytes: int | None = None
    loaded: bool | None = None
    context_tokens: int | None = None
    effective_context_tokens: int | None = None
    max_output_tokens: int | None = None
    input_usd_per_mtok: float | None = None
    cached_input_usd_per_mtok: float | None = None
    output_usd_per_mtok: float | None = None
    capabilities: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    quality: Mapping[str, float] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()
    guessed: tuple[str, ...] = ()
    available: bool = True
    preset: bool = False
    listed: bool = True
    refuses: frozenset[str] = frozenset()
    administrator_parameters: frozenset[str] = frozenset()
    max_concurrency: int | None = None
    active_b: float | None = None
    usd_per_hour: float | None = None
    quality_source: str = ""
    first_token_ms: float | None = None
    tokens_per_second: float | None = None

    def to_json(self) -> dict[str, Any]:
        """As in the interface's `backend` shape; health and use are added by the page's API."""
        return {
            "id": self.id,
            "name": self.name,
            "provider": self.provider,
            "connections": list(self.connections),
            "local": self.local,
            "family": self.family,
            "quantization": self.quantization,
            "size_b": self.size_b,
            "size_bytes": self.size_bytes,
            "loaded": self.loaded,
            "context_tokens": self.context_tokens,
            "effective_context_tokens": self.effective_context_tokens,
            "max_output_tokens": self.max_output_tokens,
            "input_usd_per_mtok": self.input_usd_per_mtok,
            "cached_input_usd_per_mtok": self.cached_input_usd_per_mtok,
            "output_usd_per_mtok": self.output_usd_per_mtok,
            "capabilities": sorted(self.capabilities),
            "languages": sorted(self.languages),
            "quality": {intent: round(q, 3) for intent, q in sorted(self.quality.items())},
            "tags": sorted(self.tags),
            "guessed": list(self.guessed),
            "available": self.available,
            "preset": self.preset,
            "quality_source": self.quality_source,
        }


@dataclass(frozen=True, slots=True)
class Catalog:
    """All backends we may use, by id, as of one look at Open WebUI and one registry version.

    `baseline` is the backend that savings are counted against, None when there is none.
    `warnings` are sentences for the page (a registry entry whose model is not there, …).
    """

    backends: Mapping[str, Backend] = field(default_factory=dict)
    baseline: str | None = None
    registry_version: int = 0
    built_at: float = 0.0
    warnings: tuple[str, ...] = ()
