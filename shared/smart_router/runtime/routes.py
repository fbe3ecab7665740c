"""Page, API and loader script, tied to the Runtime that is present when a request comes."""

from __future__ import annotations

import importlib
import json
import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from ..assets import read_asset
from ..host.auth import guards, holds
from ..host.open_webui import SMART_ID
from ..host.server import stopping
from .view import View

if TYPE_CHECKING:
    from .runtime import Runtime

log = logging.getLogger("smart_router")


def build_routes(runtime: Runtime) -> APIRouter:
    """Everything that we add to Open WebUI's application."""
    page_api = _page_module("api")
    dependencies = _page_module("dependencies")
    seam = runtime.seam
    guard = guards(seam)

    async def present(request: Request) -> View | None:
        # Through the loader, as chats do: whoever looks at the page after an upgrade sees the new one.
        library = getattr(request.app.state, "smart_router_library", None)
        if library is None:
            return None
        runtime = await library(request.app)
        await runtime.look()
        return View(runtime)

    async def complete(request: Request, body: dict[str, Any], user: Any) -> Response | Mapping[str, Any]:
        answer = await seam.chat_completion(request, {**body, "model": SMART_ID}, user)
        return answer if isinstance(answer, Response | Mapping) else JSONResponse(answer)

    @cache
    def page() -> Any:
        # Unpacked once for each copy of the library: it is part of it.
        return dependencies.Page(html=_page_file("index.html"), csp=json.loads(_page_file("csp.json")))

    router: APIRouter = page_api.build_router(
        dependencies.Dependencies(
            get_runtime=present,
            admin=guard.admin,
            admin_bearer=guard.admin_bearer,
            user=guard.user,
            smart_completion=complete,
            page=page,
            stopping=stopping,
            scrapes=lambda request: holds(
                request, request.app.state.smart_router.settings.metrics_token.strip()
            ),
        )
    )

    @router.api_route("/static/loader.js", methods=["GET", "HEAD"], include_in_schema=False)
    async def loader_script(request: Request) -> Response:
        """Open WebUI's own script, and the link to our page after it."""
        script = _original_script(seam.static_dir)
        if request.app.state.smart_router.settings.admin_link:
            script += b"\n" + read_asset("host/loader.js")
        return Response(script, media_type="text/javascript", headers={"Cache-Control": "no-store"})

    return router


def _original_script(static_dir: Any) -> bytes:
    try:
        return (Path(static_dir) / "loader.js").read_bytes()
    except OSError:
        return b""


def _page_module(name: str) -> ModuleType:
    """A module of the page: beside the library in a carrier or a wheel, in its own folder in a checkout."""
    package = __name__.rpartition(".runtime.")[0]
    inside = f"{package}.observability"
    try:
        importlib.import_module(inside)
    except ModuleNotFoundError as error:
        if error.name != inside:
            raise
        inside = "admin_pages.observability"
    return importlib.import_module(f"{inside}.{name}")


def _page_file(name: str) -> bytes:
    try:
        return read_asset(f"observability/ui/{name}")
    except FileNotFoundError:
        folder = Path(str(_page_module("api").__file__)).parent
        return (folder / "ui" / "dist" / name).read_bytes()
