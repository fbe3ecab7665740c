"""What one backend is sent."""

from __future__ import annotations

from typing import Any

from smart_router.delivery.body import build_body
from smart_router.policy.types import Decision
from smart_router.registry.types import Backend
from smart_router.request import ChatRequest, User

OFFERED = [{"type": "function", "function": {"name": "get_time", "description": "now"}}]
WANTED = [{"type": "function", "function": {"name": "look_up", "description": "anything"}}]


def request(tools: list[dict[str, Any]]) -> ChatRequest:
    return ChatRequest(
        messages=({"role": "user", "content": "hello"},),
        parameters={"tools": tools, "tool_choice": "auto"},
        user=User("u"),
        turn_id="t",
        offered_tools=frozenset({"get_time"}),
    )


def body(tools: list[dict[str, Any]], *capabilities: str, context: int = 32_768) -> dict[str, Any]:
    backend = Backend("m", "m", capabilities=frozenset(capabilities), effective_context_tokens=context)
    return build_body(request(tools), Decision(chosen="m"), backend)


def test_a_model_that_calls_tools_gets_those_that_are_offered() -> None:
    assert body(OFFERED, "tools")["tools"] == OFFERED


def test_a_model_that_cannot_call_tools_is_spared_those_that_are_offered() -> None:
    sent = body(OFFERED)
    assert "tools" not in sent
    assert "tool_choice" not in sent


def test_offered_tools_do_not_fill_a_small_context() -> None:
    assert "tools" not in body(OFFERED * 40, "tools", context=2_048)


def test_tools_that_somebody_asked_for_are_always_sent() -> None:
    assert body([*OFFERED, *WANTED])["tools"] == WANTED
    assert body([*OFFERED, *WANTED], "tools")["tools"] == [*OFFERED, *WANTED]
