"""Who may call which route: anonymous, plain user, administrator by cookie, administrator by header."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from admin_pages.observability.api import PREFIX

from .fakes import ADMIN, COOKIE, NOBODY, USER, FakeRuntime, application

#: Method, path, body, and whether it changes something.
ROUTES: list[tuple[str, str, Any, bool]] = [
    ("GET", f"{PREFIX}/health", None, False),
    ("GET", f"{PREFIX}/summary", None, False),
    ("GET", f"{PREFIX}/timeseries", None, False),
    ("GET", f"{PREFIX}/requests", None, False),
    ("GET", f"{PREFIX}/requests/r1", None, False),
    ("GET", f"{PREFIX}/export", None, False),
    ("GET", f"{PREFIX}/models", None, False),
    ("GET", f"{PREFIX}/metrics", None, False),
    ("GET", f"{PREFIX}/circuit-breakers", None, False),
    ("POST", f"{PREFIX}/circuit-breakers/reset", None, True),
    ("POST", f"{PREFIX}/circuit-breakers/big/reset", None, True),
    ("GET", f"{PREFIX}/registry", None, False),
    ("PUT", f"{PREFIX}/registry", {"text": "a: 1"}, True),
    ("POST", f"{PREFIX}/registry/validate", {"text": "a: 1"}, False),
    ("GET", f"{PREFIX}/registry/history", None, False),
    ("GET", f"{PREFIX}/registry/1", None, False),
    ("GET", f"{PREFIX}/access", None, False),
    ("PUT", f"{PREFIX}/access", {"access": "everyone"}, True),
    ("POST", f"{PREFIX}/explain", {"messages": []}, False),
    ("DELETE", f"{PREFIX}/records?confirm=purge", None, True),
]
FOR_EVERYONE = ("POST", "/openai/chat/completions/smart")
PAGE = ("GET", "/admin/observability")


async def status(runtime: FakeRuntime, headers: dict[str, str], method: str, path: str, body: Any) -> int:
    transport = httpx.ASGITransport(application(runtime))
    async with httpx.AsyncClient(transport=transport, base_url="http://webui", headers=headers) as client:
        response = await client.request(method, path, json=body)
    if response.status_code >= 400:
        assert isinstance(response.json()["detail"], str)
    return response.status_code


@pytest.mark.parametrize(("method", "path", "body", "changes"), ROUTES)
async def test_only_administrators_and_changes_only_with_the_header(
    runtime: FakeRuntime, method: str, path: str, body: Any, changes: bool
) -> None:
    assert await status(runtime, NOBODY, method, path, body) == 401
    assert await status(runtime, {"Authorization": "Bearer forged"}, method, path, body) == 401
    assert await status(runtime, USER, method, path, body) == 403
    # Here nothing has happened yet that could be seen or found: 404 is an answer to an administrator.
    assert (await status(runtime, COOKIE, method, path, body) == 401) is changes
    assert await status(runtime, ADMIN, method, path, body) in (200, 404)


async def test_every_route_is_in_the_matrix(runtime: FakeRuntime) -> None:
    routes = {
        (method, route.path)
        for route in application(runtime).routes
        if isinstance(route, APIRoute)
        for method in route.methods
    }
    named = [(method, path.partition("?")[0]) for method, path, *_ in ROUTES]
    matched = {
        (method, route.path)
        for route in application(runtime).routes
        if isinstance(route, APIRoute)
        for method, path in [*named, FOR_EVERYONE, PAGE]
        if method in route.methods and route.path_regex.match(path)
    }
    assert matched == routes
    assert len(routes) == len(ROUTES) + 2


async def test_smart_answers_every_signed_in_user(runtime: FakeRuntime) -> None:
    body = {"messages": [{"role": "user", "content": "Hi"}]}
    assert await status(runtime, NOBODY, *FOR_EVERYONE, body) == 401
    for headers in (USER, ADMIN):
        assert await status(runtime, headers, *FOR_EVERYONE, body) == 200


async def test_the_metrics_can_have_a_guard_of_their_own(runtime: FakeRuntime) -> None:
    async def anyone() -> None: ...

    transport = httpx.ASGITransport(application(runtime, scrape=anyone))
    async with httpx.AsyncClient(transport=transport, base_url="http://webui") as client:
        assert (await client.get(f"{PREFIX}/metrics")).status_code == 200
        assert (await client.get(f"{PREFIX}/health")).status_code == 401
