"""What both servers share while they run: models, faults, log, speed."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ...errors import InvalidRequest
from .faults import KINDS, FaultBook
from .log import RequestLog
from .models import MODELS, DemoModel, ModelList, ServerName
from .wire import Hangup


@dataclass(slots=True)
class Stage:
    """The state behind the apps. `hangups` close sockets where there are any; set by the servers.

    `withdrawn` are ids of models that have disappeared, as when somebody deleted them.
    """

    models: tuple[DemoModel, ...] = MODELS
    pace: float = 0.0
    faults: FaultBook = field(default_factory=FaultBook)
    withdrawn: set[str] = field(default_factory=set)
    log: RequestLog = field(default_factory=RequestLog)
    hangups: dict[ServerName, Hangup] = field(default_factory=dict)

    def list_of(self, server: ServerName) -> ModelList:
        return ModelList(server, self.models, self.withdrawn)


async def body_of(request: Request) -> dict[str, Any]:
    """The JSON object of a request. Raises InvalidRequest when it is none."""
    try:
        body = json.loads(await request.body() or b"{}")
    except ValueError as error:
        raise InvalidRequest(f"the body is no JSON: {error}") from error
    if not isinstance(body, dict):
        raise InvalidRequest("the body is no JSON object")
    return body


def control_routes(stage: Stage, server: ServerName) -> list[Route]:
    """`/_faults` and `/_requests`, the same on both servers.

    A fault that is posted holds for the server that it was posted to, unless its model says more.
    """

    async def faults(request: Request) -> Response:
        if request.method == "GET":
            return JSONResponse({"items": stage.faults.listed(), "kinds": dict(KINDS)})
        if request.method == "DELETE":
            return JSONResponse({"cleared": stage.faults.clear(request.query_params.get("model"))})
        body = await body_of(request)
        fault = stage.faults.add(
            str(body.pop("kind", "")), str(body.pop("model", "*")), **{"server": server, **body}
        )
        return JSONResponse({"id": fault.id}, status_code=201)

    async def requests(request: Request) -> Response:
        if request.method == "DELETE":
            stage.log.clear()
            return JSONResponse({"cleared": True})
        return JSONResponse({"items": stage.log.listed(request.query_params.get("model"))})

    return [
        Route("/_faults", _told(faults), methods=["GET", "POST", "DELETE"]),
        Route("/_requests", requests, methods=["GET", "DELETE"]),
    ]


def _told(endpoint: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    async def wrapped(request: Request) -> Response:
        try:
            return await endpoint(request)
        except InvalidRequest as error:
            return JSONResponse({"detail": str(error)}, status_code=422)

    return wrapped
