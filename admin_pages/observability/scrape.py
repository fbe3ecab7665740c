"""The metrics route: administrators read it, and Prometheus with a token that opens nothing else."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from . import shapes
from .answers import answering
from .dependencies import Dependencies
from .metrics import exposition

View = Callable[..., Any]


def add_metrics(router: APIRouter, dependencies: Dependencies, view: View) -> None:
    """One route, whose guard is asked only where no scrape token was sent."""

    async def scraped(request: Request) -> Response:
        return _metrics(await view(request))

    async def metrics(_: Any = Depends(dependencies.admin), runtime: Any = Depends(view)) -> Response:
        """This worker's figures as Prometheus reads them: for administrators, and for whoever sends the
        token of the valve `metrics_token`."""
        return _metrics(runtime)

    router.add_api_route(
        "/metrics",
        metrics,
        methods=["GET"],
        response_class=Response,
        route_class_override=answering(_scraped_route(router.route_class, dependencies.scrapes, scraped)),
        responses={501: {"model": shapes.Detail, "description": "prometheus-client is not installed."}},
    )


def _metrics(runtime: Any) -> Response:
    text, media_type = exposition(runtime)
    return Response(text, media_type=media_type)


def _scraped_route(
    base: type[APIRoute],
    scrapes: Callable[[Request], bool],
    scraped: Callable[[Request], Coroutine[Any, Any, Response]],
) -> type[APIRoute]:
    """`base` that answers a scrape before its guard, which knows Open WebUI's accounts alone, is asked."""

    class ScrapedRoute(base):  # type: ignore[misc, valid-type]
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handle: Callable[[Request], Coroutine[Any, Any, Response]] = super().get_route_handler()

            async def answer(request: Request) -> Response:
                return await (scraped(request) if scrapes(request) else handle(request))

            return answer

    return ScrapedRoute
