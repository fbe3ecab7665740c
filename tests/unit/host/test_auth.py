"""What changes something demands a token that no other site can make a browser send."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Annotated, Any

import httpx
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.security import HTTPBearer

from smart_router.host.auth import guards, holds

_BEARER = HTTPBearer(auto_error=False)


async def verified(request: Request, token: Annotated[Any, Depends(_BEARER)]) -> Any:
    """As Open WebUI does it: the header's token, and without one the cookie's."""
    said = token.credentials if token is not None else request.cookies.get("token")
    if said != "right":
        raise HTTPException(401)
    return SimpleNamespace(id="a", role="admin")


def application() -> FastAPI:
    app = FastAPI()
    seam: Any = SimpleNamespace(get_verified_user=verified)
    guard = guards(seam).admin_bearer

    @app.post("/change")
    async def change(_: Any = Depends(guard)) -> str:
        return "done"

    return app


async def status(header: str | None) -> int:
    headers = {"Cookie": "token=right"} | ({} if header is None else {"Authorization": header})
    transport = httpx.ASGITransport(application())
    async with httpx.AsyncClient(transport=transport, base_url="http://webui", headers=headers) as client:
        return (await client.post("/change")).status_code


async def test_a_token_in_the_header_is_taken() -> None:
    assert await status("Bearer right") == 200
    assert await status("bearer right") == 200


async def test_a_cookie_is_no_leave_to_change_anything_whatever_the_header_looks_like() -> None:
    for header in (None, "", "Bearer", "Bearer ", "Bearer   ", "Basic right", "Bearer wrong"):
        assert await status(header) == 401, header


def sent(header: str | None) -> Request:
    headers = [] if header is None else [(b"authorization", header.encode("latin-1"))]
    return Request({"type": "http", "headers": headers})


def test_a_token_is_held_by_who_sends_it_whole() -> None:
    assert holds(sent("Bearer s3cret"), "s3cret")
    assert holds(sent("bearer  s3cret "), "s3cret")
    for header in (
        None,
        "",
        "Bearer",
        "Bearer s3cre",
        "Bearer s3crett",
        "Basic s3cret",
        "s3cret",
        "Bearer ä",
    ):
        assert not holds(sent(header), "s3cret"), header


def test_a_token_may_be_more_than_ascii() -> None:
    header = "Bearer schlüssel".encode()
    request = Request({"type": "http", "headers": [(b"authorization", header)]})
    assert holds(request, "schlüssel")
    assert not holds(request, "schlussel")


def test_an_empty_token_is_held_by_nobody() -> None:
    for header in (None, "", "Bearer", "Bearer ", "Bearer x"):
        assert not holds(sent(header), ""), header
