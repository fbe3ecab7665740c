"""The client: addresses, tokens, and what each failure is called."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import httpx
import pytest

from smart_router.cli.client import NotInstalled, OpenWebUI, normal_url
from smart_router.cli.credentials import Credentials, Target
from smart_router.cli.errors import ApiError, CommandError, NotAllowed, NotSignedIn, Unreachable, UsageError


def client_of(answer: Any) -> OpenWebUI:
    return OpenWebUI("http://webui.test", "admin", transport=httpx.MockTransport(answer))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("localhost:8080", "http://localhost:8080"),
        (" https://chat.example/ ", "https://chat.example"),
        ("https://example.org/webui/", "https://example.org/webui"),
    ],
)
def test_an_address_is_taken_as_people_type_it(typed: str, meant: str) -> None:
    assert normal_url(typed) == meant


def test_an_address_of_another_kind_is_refused_as_such() -> None:
    with pytest.raises(UsageError, match="begins with http:// or https://"):
        normal_url("ftp://chat.example")


def test_an_open_webui_below_a_path_is_asked_there() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, json={"version": "0.12.4"})

    OpenWebUI("https://example.org/webui/", transport=httpx.MockTransport(answer)).version()
    assert asked == ["https://example.org/webui/api/version"]


def test_the_token_goes_as_bearer_and_never_as_a_cookie() -> None:
    seen: list[httpx.Headers] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return httpx.Response(200, json={}, headers={"set-cookie": "token=other; Path=/"})

    client = client_of(answer)
    client.get("/one")
    client.get("/two")
    assert [headers.get("authorization") for headers in seen] == ["Bearer admin"] * 2
    assert not any("cookie" in headers for headers in seen)


@pytest.mark.parametrize("error", [httpx.ConnectError("refused"), httpx.ReadTimeout("slow")])
def test_nobody_there_is_unreachable(error: Exception) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(Unreachable, match=r"cannot reach Open WebUI at http://webui\.test"):
        client_of(answer).version()


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(200, html="<p>nginx</p>"),
        httpx.Response(200, json={"ok": 1}),
        httpx.Response(200, json=[]),
    ],
)
def test_something_else_at_that_address_is_named(response: httpx.Response) -> None:
    with pytest.raises(CommandError, match="is the address right"):
        client_of(lambda request: response).version()


def test_signing_in_keeps_the_token(fake: Any) -> None:
    client = fake.client(None)
    account = client.sign_in("admin@example.org", "right")
    assert account["role"] == "admin"
    client.require_admin()


def test_a_wrong_password_is_said_in_open_webuis_words(fake: Any) -> None:
    with pytest.raises(NotSignedIn, match="email or password provided is incorrect"):
        fake.client(None).sign_in("admin@example.org", "wrong")


def test_a_second_factor_is_answered_with_the_way_out() -> None:
    challenge = {"next_step": "verify", "challenge_token": "x", "expires_in": 300}
    with pytest.raises(NotSignedIn, match=r"second factor.*--token"):
        client_of(lambda request: httpx.Response(200, json=challenge)).sign_in("a@b.c", "right")


def test_an_address_that_answers_with_its_page_has_no_smart_router(fake: Any) -> None:
    for method in ("GET", "POST"):
        with pytest.raises(NotInstalled, match="smart-router install"):
            fake.client().ours(method, "/health")


def test_our_own_routes_tell_strangers_from_users() -> None:
    statuses = {401: NotSignedIn, 403: NotAllowed, 500: ApiError}
    for status, kind in statuses.items():
        response = httpx.Response(status, json={"detail": "why"})
        with pytest.raises(kind):
            client_of(lambda request, response=response: response).ours("GET", "/health")
    with pytest.raises(NotSignedIn):
        OpenWebUI("http://webui.test").ours("GET", "/health")


def test_an_error_keeps_status_and_detail() -> None:
    response = httpx.Response(422, json={"detail": [{"loc": ["body"], "msg": "missing"}]})
    with pytest.raises(ApiError) as caught:
        client_of(lambda request: response).get("/x")
    assert caught.value.status == 422
    assert "missing" in caught.value.detail


def test_a_kept_token_is_for_its_own_address_alone(tmp_path: Path) -> None:
    kept = Credentials(tmp_path / "smart-router" / "credentials.json")
    kept.save("https://one.example/", "t1")
    kept.save("two.example", "t2")
    assert kept.resolve(None, None) == Target("http://two.example", "t2")
    assert kept.resolve("https://one.example", None) == Target("https://one.example", "t1")
    assert kept.resolve("https://three.example", None) == Target("https://three.example", None)
    assert kept.resolve(None, "given") == Target("http://two.example", "given")


def test_the_file_of_tokens_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    kept = Credentials(tmp_path / "smart-router" / "credentials.json")
    kept.save("https://one.example", "t1")
    kept.save("https://one.example", "t2")
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    assert json.loads(kept.path.read_text())["tokens"] == {"https://one.example": "t2"}
    assert [path.name for path in kept.path.parent.iterdir()] == ["credentials.json"]


def test_tokens_lie_where_xdg_says(tmp_path: Path) -> None:
    kept = Credentials.of_user({"XDG_CONFIG_HOME": str(tmp_path)})
    assert kept.path == tmp_path / "smart-router" / "credentials.json"
    assert Credentials.of_user({}).path == Path.home() / ".config" / "smart-router" / "credentials.json"


def test_no_address_at_all_is_answered_with_the_ways_to_give_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--url, set OPEN_WEBUI_URL"):
        Credentials(tmp_path / "none.json").resolve(None, None)


def test_a_broken_file_of_tokens_is_named(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text("{")
    with pytest.raises(CommandError, match=r"c\.json cannot be read"):
        Credentials(tmp_path / "c.json").resolve(None, None)
