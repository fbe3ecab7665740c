"""ChatRequest: what arrives, parsed once; immutable from here on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Message = Mapping[str, Any]
Priority = Literal["quality", "balanced", "speed"]


@dataclass(frozen=True, slots=True)
class User:
    """Who asks. `role` is Open WebUI's: admin or user."""

    id: str
    role: str = "user"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the user set in their own valves; None means the administrator's default."""

    priority: Priority | None = None
    show_status: bool | None = None


@dataclass(frozen=True, slots=True)
class Overrides:
    """What an API caller demands under the body's `smart_router` key."""

    intent: str | None = None
    complexity: str | None = None
    latency_target: Literal["ultra_low", "low", "medium", "high"] | None = None
    cost_priority: bool | None = None
    quality_preference: float | None = None
    strategy: str | None = None
    model: str | None = None
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One call of the pipe.

    `messages` are OpenAI chat messages. `parameters` is the rest of the body that a backend may
    see (temperature, tools, response_format, …), without model, messages, stream and our own key.
    `variant` is what follows the dot in the model id. `turn_id` groups the calls that one user
    message sets off (tool rounds, tasks); `round` counts them from 0. `offered_tools` are names of
    tools that Open WebUI offers in every chat of its own accord, which nobody asked for.
    `local_only_by_alias`: `local_only` is set because an alias in the message says so, not the switch.
    """

    messages: tuple[Message, ...]
    parameters: Mapping[str, Any]
    user: User
    turn_id: str
    model_id: str = "smart_router.auto"
    variant: str = "auto"
    stream: bool = False
    round: int = 0
    task: str | None = None
    chat_id: str | None = None
    message_id: str | None = None
    session_id: str | None = None
    temporary: bool = False
    local_only: bool = False
    local_only_by_alias: bool = False
    files: int = 0
    offered_tools: frozenset[str] = frozenset()
    overrides: Overrides = field(default_factory=Overrides)
    preferences: Preferences = field(default_factory=Preferences)

    def needed_tools(self) -> tuple[Mapping[str, Any], ...]:
        """The tools that a backend must be able to call. Those merely offered do not count, until
        one was called: otherwise no small local model could ever say hello."""
        tools = self.parameters.get("tools")
        if not isinstance(tools, list | tuple):
            return ()
        if self.round or not self.offered_tools:
            return tuple(tools)
        return tuple(tool for tool in tools if _tool_name(tool) not in self.offered_tools)


def _tool_name(tool: Any) -> str | None:
    function = tool.get("function") if isinstance(tool, Mapping) else None
    return function.get("name") if isinstance(function, Mapping) else None
