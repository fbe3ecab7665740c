"""What Open WebUI is handed with a call, and what it may do with it."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request

from smart_router.errors import UpstreamError
from smart_router.host.channel import OpenWebUIChannel

MESSAGES = (
    {"role": "system", "content": [{"type": "text", "text": "Be kind."}]},
    {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:…"}}]},
    {"role": "tool", "content": [{"type": "text", "text": "sunny"}]},
)


class Meddling:
    """Open WebUI, which changes what it is handed in every way that its routers do."""

    def __init__(self, *, unguarded: bool = False) -> None:
        self.bypassed: list[tuple[str, bool]] = []
        self.checked: list[str] = []
        self.bypass_model_access_control = unguarded

    async def check_model_access(self, user: Any, model: dict[str, Any]) -> None:
        self.checked.append(model["id"])
        if model["id"] == "closed":
            raise Exception("Model not found")

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


def channel(seam: Any, request: Any, *opened: str, role: str = "user") -> OpenWebUIChannel:
    return OpenWebUIChannel(seam, request, SimpleNamespace(role=role), {}, None, frozenset(opened))


@pytest.fixture
def request_() -> Request:
    models = {id: {"id": id} for id in ("a", "open", "closed")}
    app = SimpleNamespace(state=SimpleNamespace(MODELS=models))
    return Request({"type": "http", "state": {"token": "t"}, "headers": [], "app": app})


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

    seam = SimpleNamespace(generate_chat_completion=keep)
    await channel(seam, request_, role="admin").complete("a", {"messages": MESSAGES})
    assert handed[0] is MESSAGES[1]["content"]


async def test_a_plain_users_grant_is_asked_for_once_and_before_the_call(request_: Request) -> None:
    seam = Meddling()
    tried = channel(seam, request_, "open")
    await tried.complete("a", {"messages": MESSAGES})
    with pytest.raises(UpstreamError, match="Model not found"):
        await tried.complete("closed", {"messages": MESSAGES})
    assert seam.checked == ["a", "closed"]
    assert seam.bypassed == [("a", True)]


async def test_what_was_opened_through_smart_needs_no_grant(request_: Request) -> None:
    seam = Meddling()
    await channel(seam, request_, "open").complete("open", {"messages": MESSAGES})
    assert (seam.checked, seam.bypassed) == ([], [("open", True)])


@pytest.mark.parametrize(
    ("role", "backend", "unguarded"),
    [("admin", "closed", False), ("pending", "closed", False), ("user", "gone", False), ("user", "a", True)],
)
async def test_other_questions_of_access_are_left_to_the_call(
    role: str, backend: str, unguarded: bool, request_: Request
) -> None:
    seam = Meddling(unguarded=unguarded)
    await channel(seam, request_, role=role).complete(backend, {"messages": MESSAGES})
    assert (seam.checked, seam.bypassed) == ([], [(backend, False)])
