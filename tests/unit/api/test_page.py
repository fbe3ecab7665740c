"""The page: who sees it, what a browser may do with it and keep of it."""

from __future__ import annotations

import base64
import hashlib

import httpx

from admin_pages.observability.api import Page

from .fakes import ADMIN, COOKIE, PAGE, USER, FakeRuntime, application

PATH = "/admin/observability"


async def test_a_stranger_is_sent_to_sign_in_and_back(runtime: FakeRuntime) -> None:
    async with asking(runtime) as browser:
        response = await browser.get(PATH)
    assert response.status_code == 302
    assert response.headers["location"] == "/auth?redirect=%2Fadmin%2Fobservability"


async def test_a_shared_view_survives_signing_in(runtime: FakeRuntime) -> None:
    async with asking(runtime) as browser:
        response = await browser.get(PATH, params={"range": "7d"})
    assert response.headers["location"] == "/auth?redirect=%2Fadmin%2Fobservability%3Frange%3D7d"


async def test_a_plain_user_reads_why_not_and_gets_nothing_of_the_page(runtime: FakeRuntime) -> None:
    async with asking(runtime) as browser:
        response = await browser.get(PATH, headers=USER)
    assert response.status_code == 403
    assert "for administrators" in response.text
    assert "run()" not in response.text


async def test_an_administrator_gets_it_by_cookie(runtime: FakeRuntime) -> None:
    async with asking(runtime) as browser:
        response = await browser.get(PATH, headers=COOKIE)
    assert response.status_code == 200
    assert response.content == PAGE
    assert response.headers["content-type"] == "text/html; charset=utf-8"


async def test_a_slash_at_the_end_leads_to_the_page_with_the_view_that_was_asked_for(
    runtime: FakeRuntime,
) -> None:
    async with asking(runtime) as browser:
        response = await browser.get(f"{PATH}/", params={"range": "7d"}, headers=COOKIE)
        assert (response.status_code, response.headers["location"]) == (307, f"{PATH}?range=7d")
        plain = await browser.get(f"{PATH}/")
    assert (plain.status_code, plain.headers["location"]) == (307, PATH)


async def test_only_the_pages_own_scripts_and_styles_may_run(runtime: FakeRuntime) -> None:
    async with asking(runtime) as browser:
        policy = (await browser.get(PATH, headers=ADMIN)).headers["content-security-policy"]
    rules = dict(part.split(" ", 1) for part in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == f"'{hash_of('run()')}'"
    assert hash_of("p{}") in rules["style-src"]
    assert rules["connect-src"] == "'self'"
    assert rules["frame-ancestors"] == "'self'"
    assert "unsafe" not in policy
    assert "http" not in policy


async def test_the_policy_of_the_build_is_taken_where_there_is_one(runtime: FakeRuntime) -> None:
    page = Page(PAGE, {"policy": "default-src 'none'; script-src 'sha256-x'"})
    async with asking(runtime, page=lambda: page) as browser:
        response = await browser.get(PATH, headers=ADMIN)
    assert response.headers["content-security-policy"] == "default-src 'none'; script-src 'sha256-x'"


async def test_a_browser_asks_each_time_and_is_told_when_nothing_changed(runtime: FakeRuntime) -> None:
    async with asking(runtime) as browser:
        first = await browser.get(PATH, headers=ADMIN)
        assert first.headers["cache-control"] == "private, no-cache"
        again = await browser.get(PATH, headers={**ADMIN, "If-None-Match": first.headers["etag"]})
        signed_out = await browser.get(PATH, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert signed_out.status_code == 302
    async with asking(runtime, page=lambda: Page(PAGE + b"<!-- newer -->")) as browser:
        newer = await browser.get(PATH, headers={**ADMIN, "If-None-Match": first.headers["etag"]})
    assert newer.status_code == 200


def asking(runtime: FakeRuntime, **changes: object) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(application(runtime, **changes))
    return httpx.AsyncClient(transport=transport, base_url="http://webui")


def hash_of(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
