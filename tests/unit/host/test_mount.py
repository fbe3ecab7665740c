"""Our routes in somebody else's application."""

from __future__ import annotations

import httpx
from fastapi import APIRouter, FastAPI

from smart_router.host.mount import mount, mounted, mounted_routes, unmount


def application() -> FastAPI:
    app = FastAPI()

    @app.get("/static/loader.js")
    async def theirs() -> str:
        return "theirs"

    return app


def ours(answer: str = "ours") -> APIRouter:
    router = APIRouter()

    @router.get("/static/loader.js")
    async def script() -> str:
        return answer

    return router


async def read(app: FastAPI) -> str:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        return str((await client.get("/static/loader.js")).json())


async def on() -> bool:
    return True


async def off() -> bool:
    return False


async def unknown() -> bool:
    raise OSError("the database is down")


async def test_ours_come_before_what_was_there() -> None:
    app = application()
    mount(app, ours(), on)
    assert await read(app) == "ours"


async def test_mounted_again_the_newer_ones_answer_and_nothing_piles_up() -> None:
    app = application()
    mount(app, ours("old"), on)
    before = len(app.router.routes)
    mount(app, ours("new"), on)
    assert await read(app) == "new"
    assert len(app.router.routes) == before


async def test_switched_off_they_leave_and_the_request_goes_on() -> None:
    app = application()
    mount(app, ours(), off)
    assert await read(app) == "theirs"
    assert not mounted(app)


async def test_switched_on_while_a_request_learns_that_they_were_off_they_stay() -> None:
    app = application()

    async def off_until_now() -> bool:
        mount(app, ours("new"), on)
        return False

    mount(app, ours("old"), off_until_now)
    assert await read(app) == "new"
    assert mounted(app)


async def test_a_database_that_is_down_is_no_reason_to_leave() -> None:
    app = application()
    mount(app, ours(), unknown)
    assert await read(app) == "ours"
    assert mounted(app)


async def test_of_two_copies_only_the_one_that_is_meant_is_taken_away() -> None:
    app = application()
    mount(app, ours("old"), on)
    old = mounted_routes(app)
    mount(app, ours("new"), on)
    unmount(app, old)
    assert await read(app) == "new"
    unmount(app, mounted_routes(app))
    assert await read(app) == "theirs"


async def test_taken_away_nothing_of_ours_is_left() -> None:
    app = application()
    before = list(app.router.routes)
    mount(app, ours(), on)
    unmount(app)
    assert app.router.routes == before
