"""Our routes inside Open WebUI's application: put in front, taken away without a restart."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from fastapi import APIRouter
from starlette.types import ASGIApp, Receive, Scope, Send

log = logging.getLogger("smart_router")

#: Set on the routes that are ours, by whichever copy of the library put them there.
_MARK = "smart_router_route"


def mount(app: Any, router: APIRouter, active: Callable[[], Awaitable[bool]]) -> None:
    """Put the router's routes first, in place of any of ours that are there already.

    First, because Open WebUI's `/openai/{path}` proxy, its static files and the page itself would
    otherwise answer for us. Each asks `active` before it answers: when Smart was switched off, all
    of ours leave this worker and the request goes on as if they had never been.
    """
    unmount(app)
    routes = app.router.routes
    before = len(routes)
    app.include_router(router)
    ours = routes[before:]
    del routes[before:]
    for route in ours:
        setattr(route, _MARK, True)
        route.handle = _while_active(app, route.handle, active, ours)
    routes[0:0] = ours
    app.openapi_schema = None


def unmount(app: Any, those: Iterable[Any] | None = None) -> None:
    """Take every route of ours away, or of ours only `those`.

    Whoever must wait to learn that Smart is off says which routes were there when they began to ask:
    it may have been switched on meanwhile, and others have taken their place.
    """
    leaving = {id(route) for route in (mounted_routes(app) if those is None else those)}
    routes = app.router.routes
    kept = [route for route in routes if id(route) not in leaving]
    if len(kept) != len(routes):
        routes[:] = kept
        app.openapi_schema = None


def mounted(app: Any) -> bool:
    """Whether our routes are in this worker."""
    return any(getattr(route, _MARK, False) for route in app.router.routes)


def mounted_routes(app: Any) -> list[Any]:
    """Our routes in this worker."""
    return [route for route in app.router.routes if getattr(route, _MARK, False)]


def _while_active(
    app: Any, handle: ASGIApp, active: Callable[[], Awaitable[bool]], ours: list[Any]
) -> ASGIApp:
    async def still_on() -> bool:
        try:
            return await active()
        except Exception:
            # A database that is down is no reason to leave: the site's own script comes through us,
            # and our routes say for themselves what is wrong.
            log.exception("whether Smart is switched on could not be read")
            return True

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if await still_on():
            await handle(scope, receive, send)
            return
        unmount(app, ours)
        await app.router(scope, receive, send)

    return guarded
