"""The seams: what this library asks of its surroundings; `host/` implements them, fakes stand in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from .request import User

#: Seconds since the epoch. Passed in, never read from a global.
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class LiveModel:
    """A model as Open WebUI lists it now, reduced to what we read.

    `connections` are ids of the connections that serve it (hash of type, URL and prefix).
    `local` is Open WebUI's connection type, not yet our verdict. `details` is what Ollama says of
    it (parameter_size, quantization_level, family, size in bytes, …). `context_tokens` is an
    effective `num_ctx` where one is configured. `administrator_parameters` are the names of the
    params that the administrator set on the model. `kind` is set for what is no chat backend.
    """

    id: str
    name: str
    provider: Literal["openai", "ollama"] = "openai"
    connections: tuple[str, ...] = ()
    local: bool = False
    loaded: bool | None = None
    preset: bool = False
    base_model_id: str | None = None
    kind: Literal["chat", "pipe", "arena", "embedding", "image", "speech"] = "chat"
    details: Mapping[str, Any] = field(default_factory=dict)
    capabilities: Mapping[str, bool] = field(default_factory=dict)
    administrator_parameters: frozenset[str] = frozenset()
    context_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete, unstreamed OpenAI chat completion."""

    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream that has begun: raw server-sent bytes, and how to close the upstream at once."""

    chunks: AsyncIterator[bytes | str]
    aclose: Callable[[], Awaitable[None]]


class Channel(Protocol):
    """Open WebUI for the length of one chat: who asks, and where the answer's events go."""

    async def complete(self, backend: str, body: Mapping[str, Any]) -> Answer | Stream:
        """One call to one backend through Open WebUI's own connections, with the user's rights.

        `body` is an OpenAI chat body without `model`; nothing in it is changed. Raises
        UpstreamError for everything that is not an answer, however Open WebUI says it.
        """
        ...

    async def status(self, text: str, *, done: bool) -> None:
        """A status line above the answer; does nothing where there is no chat to show it in."""
        ...


class Host(Protocol):
    """Open WebUI as an installation."""

    def models_seen(self) -> int:
        """Changes when Open WebUI made its model list anew."""
        ...

    async def live_models(self) -> tuple[LiveModel, ...]:
        """Every model of the installation, ours and non-chat ones included (`kind` tells)."""
        ...

    async def connections(self) -> Mapping[str, Sequence[tuple[str, str | None]]]:
        """(url, prefix) of each configured connection, by provider, in Open WebUI's order."""
        ...

    async def accessible(self, user: User, model_ids: frozenset[str]) -> frozenset[str]:
        """Those of `model_ids` that this user may call, by Open WebUI's own rules, in one batch."""
        ...

    async def group_ids(self, user_id: str) -> frozenset[str]:
        """The groups that this user is in."""
        ...

    async def feedback(self, feedback_id: str) -> Any:
        """Open WebUI's row of a rating (user_id, data, meta), or None."""
        ...


class SharedState(Protocol):
    """What workers must agree on: Redis when Open WebUI has one, memory when not."""

    async def get(self, key: str) -> bytes | None: ...

    async def compare_and_set(
        self, key: str, expected: bytes | None, new: bytes | None, ttl_s: float | None = None
    ) -> bool:
        """Set `new` (None deletes) if the value still is `expected` (None: absent). True when it was."""
        ...

    async def increment(self, key: str, by: int = 1, ttl_s: float | None = None) -> int: ...

    async def lease(self, name: str, holder: str, ttl_s: float) -> bool:
        """Take or renew a lease. True when `holder` has it now."""
        ...

    async def release(self, name: str, holder: str) -> None: ...

    async def scan(self, prefix: str) -> dict[str, bytes]: ...
