"""Who may call our routes: every route that Open WebUI's own description lists as ours."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.support.installation import PAGE_API, Installation, eventually

PAGE = "/admin/observability"
CHAT = "/openai/chat/completions/smart"
#: They only look, and take a body because what they look at does not fit into an address.
LOOKING = {f"{PAGE_API}/explain", f"{PAGE_API}/registry/validate", f"{PAGE_API}/registry/preview"}


@pytest.fixture(scope="module")
def routes(running: Installation) -> list[tuple[str, str]]:
    """(method, path) of each; ids in paths are of things that are not there."""
    with running.api() as client:
        paths = client.get("/openapi.json").json()["paths"]
    found = [
        (method.upper(), path.replace("{id}", "nothing").replace("{version}", "999999"))
        for path, methods in paths.items()
        for method, said in methods.items()
        if "Smart Router" in said.get("tags", ())
    ]
    assert all("{" not in path for _, path in found), "a path parameter that this test does not fill in"
    return sorted(found)


def call(
    running: Installation, method: str, path: str, *, bearer: str | None = None, cookie: str | None = None
) -> httpx.Response:
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    if cookie:
        headers["Cookie"] = f"token={cookie}"
    body: Any = {"json": {}} if method in ("POST", "PUT") else {}
    with running.api() as client:
        return client.request(method, path, headers=headers, **body)


def changes_something(method: str, path: str) -> bool:
    return method != "GET" and path not in LOOKING and path != CHAT


def test_the_routes_are_those_that_we_know(routes: list[tuple[str, str]]) -> None:
    assert {
        ("GET", PAGE),
        ("POST", CHAT),
        ("GET", f"{PAGE_API}/health"),
        ("GET", f"{PAGE_API}/requests/nothing"),
        ("POST", f"{PAGE_API}/circuit-breakers/reset"),
        ("POST", f"{PAGE_API}/circuit-breakers/nothing/reset"),
        ("PUT", f"{PAGE_API}/registry"),
        ("PUT", f"{PAGE_API}/access"),
        ("DELETE", f"{PAGE_API}/records"),
    } <= set(routes)
    assert len(routes) >= 20


def test_strangers_are_sent_to_sign_in(running: Installation, routes: list[tuple[str, str]]) -> None:
    for method, path in routes:
        answer = call(running, method, path)
        if path == PAGE:
            assert answer.status_code == 302
            assert answer.headers["location"].startswith("/auth?redirect=")
        else:
            assert answer.status_code == 401, (method, path)
            assert isinstance(answer.json()["detail"], str), (method, path)


@pytest.mark.parametrize("token", ["nonsense", "eyJhbGciOiJIUzI1NiJ9.eyJpZCI6IjEifQ.AAAA"])
def test_a_token_that_is_none_opens_nothing(
    running: Installation, routes: list[tuple[str, str]], token: str
) -> None:
    for method, path in routes:
        assert call(running, method, path, bearer=token).status_code == (302 if path == PAGE else 401), path


def test_plain_users_may_chat_and_nothing_else(running: Installation, routes: list[tuple[str, str]]) -> None:
    for method, path in routes:
        for how in ("bearer", "cookie"):
            answer = call(running, method, path, **{how: running.user.token})
            if path == CHAT:
                assert answer.status_code == 400, how
            else:
                assert answer.status_code == 403, (method, path, how)


def test_the_cookie_alone_changes_nothing(running: Installation, routes: list[tuple[str, str]]) -> None:
    """A cookie travels with requests that another site starts."""
    changing = [route for route in routes if changes_something(*route)]
    assert len(changing) >= 5
    for method, path in changing:
        assert call(running, method, path, cookie=running.admin.token).status_code == 401, (method, path)


def test_administrators_may_everything(running: Installation, routes: list[tuple[str, str]]) -> None:
    for method, path in routes:
        answer = call(running, method, path, bearer=running.admin.token)
        assert answer.status_code in (200, 400, 404, 422), (method, path, answer.text[:200])
        if not changes_something(method, path):
            seen = call(running, method, path, cookie=running.admin.token)
            assert seen.status_code == answer.status_code, (method, path)


def test_a_scrape_token_opens_the_metrics_and_nothing_else(
    smart: Installation, routes: list[tuple[str, str]]
) -> None:
    token = "a-scrape-token-of-the-administrators-own"
    metrics = ("GET", f"{PAGE_API}/metrics")
    assert call(smart, *metrics, bearer=token).status_code == 401
    smart.valves(metrics_token=token)
    assert eventually(lambda: call(smart, *metrics, bearer=token).status_code == 200)
    assert "smart_router_build_info{" in call(smart, *metrics, bearer=token).text
    for method, path in routes:
        if (method, path) != metrics:
            answer = call(smart, method, path, bearer=token)
            assert answer.status_code == (302 if path == PAGE else 401), (method, path)
    for how in ({}, {"bearer": token[:-1]}, {"cookie": token}):
        assert call(smart, *metrics, **how).status_code == 401, how
    assert call(smart, *metrics, bearer=smart.user.token).status_code == 403
    assert call(smart, *metrics, bearer=smart.admin.token).status_code == 200
    smart.valves(metrics_token="")
    assert eventually(lambda: call(smart, *metrics, bearer=token).status_code == 401)


def test_our_answers_never_go_into_a_shared_cache(
    running: Installation, routes: list[tuple[str, str]]
) -> None:
    for method, path in routes:
        if method == "GET":
            answer = call(running, method, path, bearer=running.admin.token)
            assert "public" not in answer.headers.get("cache-control", ""), path
