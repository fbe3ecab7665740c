"""What Open WebUI is handed with a call, and what it may do with it."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request

from smart_router.host.channel import OpenWebUIChannel

MESSAGES = (
    {"role": "system", "content": [{"type": "text", "text": "Be kind."}]},
    {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:…"}}]},
    {"role": "tool", "content": [{"type": "text", "text": "sunny"}]},
)


class Meddling:
    """Open WebUI, which changes what it is handed in every way that its routers do."""

    def __init__(self) -> None:
        self.bypassed: list[tuple[str, bool]] = []

    async def generate_chat_completion(
        self, request: Any, form: dict[str, Any], user: Any, bypass_filter: bool
    ) -> dict[str, Any]:
        self.bypassed.append((form["model"], bypass_filter))
        request.state.bypass_filter = bypass_filter
        system, _, tool = form["messages"]
        system["role"] = "developer"
        system["content"][0]["text"] = "Backend's own.\n" + system["content"][0]["text"]
        tool["content"] = "sunny"
        form["messages"].insert(0, {"role": "system", "content": "more"})
        return {"choices": [{"message": {"content": "hello"}}]}


def channel(seam: Any, request: Any, *opened: str) -> OpenWebUIChannel:
    return OpenWebUIChannel(seam, request, SimpleNamespace(role="user"), {}, None, frozenset(opened))


@pytest.fixture
def request_() -> Request:
    return Request({"type": "http", "state": {"token": "t"}, "headers": []})


async def test_nothing_that_open_webui_changes_reaches_the_next_attempt(request_: Request) -> None:
    before = json.dumps(MESSAGES)
    body = {"messages": MESSAGES, "stream": False}
    for _ in range(2):
        await channel(Meddling(), request_).complete("a", body)
    assert json.dumps(MESSAGES) == before
    assert request_.scope["state"] == {"token": "t"}


async def test_the_picture_of_a_long_chat_is_not_copied_for_each_attempt(request_: Request) -> None:
    handed: list[Any] = []

    async def keep(request: Any, form: dict[str, Any], user: Any, bypass_filter: bool) -> dict[str, Any]:
        handed.append(form["messages"][1]["content"])
        return {"choices": []}

    await channel(SimpleNamespace(generate_chat_completion=keep), request_).complete(
        "a", {"messages": MESSAGES}
    )
    assert handed[0] is MESSAGES[1]["content"]


async def test_open_webui_asks_for_a_grant_except_for_what_was_opened(request_: Request) -> None:
    seam = Meddling()
    tried = channel(seam, request_, "open")
    for backend in ("open", "closed"):
        await tried.complete(backend, {"messages": MESSAGES})
    assert seam.bypassed == [("open", True), ("closed", False)]
