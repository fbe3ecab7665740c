"""The observability routes, for mounting into Open WebUI's application."""

from __future__ import annotations

import inspect
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, HTTPException, Request
from fastapi.routing import APIRoute
from starlette.responses import HTMLResponse, JSONResponse, Response

from . import shapes
from .answers import answering
from .breakdown import add_breakdown
from .control import add_access, add_breakers, add_others, add_registry
from .dependencies import Dependencies, Page, RegistryCheck, RuntimeView
from .figures import add_figures
from .live import add_live
from .model_figures import add_model_figures
from .page import PATH, page_handler, page_route, to_page
from .scrape import add_metrics

PREFIX = "/api/v1/observability"
TAGS: list[Any] = ["Smart Router"]

_REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"model": shapes.Detail, "description": "Not signed in, or the Authorization header is missing."},
    403: {"model": shapes.Detail, "description": "Signed in, but no administrator."},
    # In place of FastAPI's own shape, which `answering` turns into a sentence.
    422: {"model": shapes.Detail, "description": "Something that was sent is not what was expected."},
    503: {"model": shapes.Detail, "description": "The database does not answer, or Smart is starting."},
}


def build_router(dependencies: Dependencies, route_class: type[APIRoute] = APIRoute) -> APIRouter:
    """Every route of the page, its API and the smart endpoint, with full paths.

    `route_class` is the class that the routes are made of, for whoever mounts them.
    """

    async def view(request: Request) -> Any:
        found: Any = dependencies.get_runtime(request)
        if inspect.isawaitable(found):
            found = await found
        if found is None:
            raise HTTPException(503, "Smart Router is starting; ask again in a moment.")
        return found

    answers = answering(route_class)
    router = APIRouter(tags=TAGS, route_class=answers, responses=_REFUSALS)
    api = APIRouter(prefix=PREFIX, tags=TAGS, route_class=answers, responses=_REFUSALS)
    add_figures(api, dependencies, view)
    add_metrics(api, dependencies, view)
    add_breakdown(api, dependencies, view)
    add_live(api, dependencies, view)
    add_breakers(api, dependencies, view)
    add_registry(api, dependencies, view)
    add_model_figures(api, dependencies, view)
    add_access(api, dependencies, view)
    add_others(api, dependencies, view)
    # Not include_router: it would make each of them a second time.
    router.routes.extend(api.routes)
    _add_smart(router, dependencies)
    router.add_api_route(
        PATH,
        page_handler(dependencies),
        methods=["GET"],
        response_class=HTMLResponse,
        route_class_override=page_route(route_class),
        name="observability page",
        responses={302: {"description": "Not signed in: to Open WebUI's page for that, and back."}},
    )
    # Open WebUI's own page answers whatever is no route, also this.
    router.add_api_route(f"{PATH}/", to_page, methods=["GET"], include_in_schema=False)
    return router


def _add_smart(router: APIRouter, dependencies: Dependencies) -> None:
    @router.post(
        "/openai/chat/completions/smart", responses={400: {"model": shapes.ChatError | shapes.Detail}}
    )
    async def smart(
        request: Request,
        body: Annotated[dict[str, Any], Body()],
        user: Any = Depends(dependencies.user),
    ) -> Response:
        """An OpenAI chat completion, plain or streamed, through Smart. For every signed-in user."""
        answer = await dependencies.smart_completion(request, body, user)
        return answer if isinstance(answer, Response) else JSONResponse(dict(answer))


__all__ = ["PATH", "PREFIX", "Dependencies", "Page", "RegistryCheck", "RuntimeView", "build_router"]
