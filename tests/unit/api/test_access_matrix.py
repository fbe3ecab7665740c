"""Who may call which route: anonymous, plain user, administrator by cookie, administrator by header."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import httpx
from fastapi import FastAPI
from fastapi.routing import APIRoute

from admin_pages.observability.api import PREFIX
from smart_router.host.auth import holds

from .fakes import ADMIN, COOKIE, NOBODY, USER, FakeRuntime, application

#: Method, path, body, and whether it changes something.
ROUTES: list[tuple[str, str, Any, bool]] = [
    ("GET", f"{PREFIX}/health", None, False),
    ("GET", f"{PREFIX}/summary", None, False),
    ("GET", f"{PREFIX}/timeseries", None, False),
    ("GET", f"{PREFIX}/breakdown?group_by=user", None, False),
    ("GET", f"{PREFIX}/distribution", None, False),
    ("GET", f"{PREFIX}/events?seconds=0", None, False),
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
    ("GET", f"{PREFIX}/model-figures", None, False),
    ("POST", f"{PREFIX}/model-figures/fetch", {"url": "ftp://nowhere"}, True),
    ("PUT", f"{PREFIX}/model-figures", {"format": 0}, True),
    ("DELETE", f"{PREFIX}/model-figures", None, True),
    ("GET", f"{PREFIX}/access", None, False),
    ("PUT", f"{PREFIX}/access", {"access": "everyone"}, True),
    ("POST", f"{PREFIX}/explain", {"messages": []}, False),
    ("DELETE", f"{PREFIX}/records?confirm=purge", None, True),
]
FOR_EVERYONE = ("POST", "/openai/chat/completions/smart")
PAGE = ("GET", "/admin/observability")
#: Leads there and tells nobody anything.
TO_PAGE = ("GET", "/admin/observability/")


async def statuses(
    runtime: FakeRuntime,
    headers: dict[str, str],
    asked: Iterable[tuple[str, str, Any]],
    app: FastAPI | None = None,
) -> dict[tuple[str, str], int]:
    """What each route answers to a caller with these headers."""
    found = {}
    transport = httpx.ASGITransport(app or application(runtime))
    async with httpx.AsyncClient(transport=transport, base_url="http://webui", headers=headers) as client:
        for method, path, body in asked:
            response = await client.request(method, path, json=body)
            if response.status_code >= 400:
                assert isinstance(response.json()["detail"], str)
            found[method, path] = response.status_code
    return found


async def test_only_administrators_are_let_in(runtime: FakeRuntime) -> None:
    asked = [(method, path, body) for method, path, body, _ in ROUTES]
    for headers, status in ((NOBODY, 401), ({"Authorization": "Bearer forged"}, 401), (USER, 403)):
        assert set((await statuses(runtime, headers, asked)).values()) == {status}
    # Nothing has happened yet that could be found: 404 is an answer to an administrator. So is 422
    # where a table of figures is wanted and something else was sent.
    for route, status in (await statuses(runtime, ADMIN, asked)).items():
        wanted = (422,) if "model-figures" in route[1] and route[0] in ("POST", "PUT") else (200, 404)
        assert status in wanted, route


async def test_what_changes_something_demands_the_header_that_a_browser_does_not_send_by_itself(
    runtime: FakeRuntime,
) -> None:
    asked = [(method, path, body) for method, path, body, _ in ROUTES]
    refused = {route for route, status in (await statuses(runtime, COOKIE, asked)).items() if status == 401}
    assert refused == {(method, path) for method, path, _, changes in ROUTES if changes}


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
        for method, path in [*named, FOR_EVERYONE, PAGE, TO_PAGE]
        if method in route.methods and route.path_regex.match(path)
    }
    assert matched == routes
    assert len(routes) == len(ROUTES) + 3


async def test_smart_answers_every_signed_in_user(runtime: FakeRuntime) -> None:
    body = {"messages": [{"role": "user", "content": "Hi"}]}
    for headers, status in ((NOBODY, 401), (USER, 200), (ADMIN, 200)):
        assert await statuses(runtime, headers, [(*FOR_EVERYONE, body)]) == {FOR_EVERYONE: status}


async def test_a_scrape_token_opens_the_metrics_and_no_other_route(runtime: FakeRuntime) -> None:
    app = application(runtime, scrapes=lambda request: holds(request, "scrape-me"))
    asked = [(method, path, body) for method, path, body, _ in ROUTES]
    asked += [(*FOR_EVERYONE, {"messages": []}), (*PAGE, None)]
    metrics = ("GET", f"{PREFIX}/metrics")
    opened = await statuses(runtime, {"Authorization": "Bearer scrape-me"}, asked, app)
    assert opened.pop(metrics) == 200
    assert opened.pop(PAGE) == 302
    assert set(opened.values()) == {401}
    for headers, status in (
        (NOBODY, 401),
        ({"Authorization": "Bearer scrape-m"}, 401),
        ({"Authorization": "Basic scrape-me"}, 401),
        ({"Cookie": "token=scrape-me"}, 401),
        (USER, 403),
        (ADMIN, 200),
    ):
        assert await statuses(runtime, headers, [(*metrics, None)], app) == {metrics: status}
