"""Routes whose every failure is `{"detail": "…"}` with the right status."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.responses import JSONResponse, Response

from smart_router.errors import (
    HostError,
    InvalidRequest,
    Issue,
    Refused,
    RegistryError,
    SmartRouterError,
    StoreError,
    UpstreamError,
)
from smart_router.records import RegistryConflict

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

_STATUS: dict[type[SmartRouterError], int] = {
    InvalidRequest: 400,
    Refused: 422,
    RegistryConflict: 409,
    StoreError: 503,
    HostError: 503,
    UpstreamError: 502,
}


def answering(base: type[APIRoute]) -> type[APIRoute]:
    """`base` with our errors and FastAPI's validation turned into readable answers."""

    class AnsweringRoute(base):  # type: ignore[misc, valid-type]
        def get_route_handler(self) -> Handler:
            handle: Handler = super().get_route_handler()

            async def answer(request: Request) -> Response:
                try:
                    return await handle(request)
                except RequestValidationError as error:
                    return failure(422, "; ".join(_in_words(item) for item in error.errors()))
                except RegistryError as error:
                    return failure(422, str(error), errors=issues_json(error.issues))
                except SmartRouterError as error:
                    return failure(_status(error), str(error))

            return answer

    return AnsweringRoute


def failure(status: int, detail: str, **more: Any) -> JSONResponse:
    return JSONResponse({"detail": detail, **more}, status_code=status)


def issues_json(issues: Any) -> list[dict[str, Any]]:
    """The interface's `[{line, column, key, message}]`."""
    return [_issue_json(issue) for issue in issues]


def _issue_json(issue: Issue) -> dict[str, Any]:
    return {"line": issue.line, "column": issue.column, "key": issue.key, "message": issue.message}


def _status(error: SmartRouterError) -> int:
    for kind in type(error).__mro__:
        if kind in _STATUS:
            return _STATUS[kind]
    return 500


def _in_words(error: Any) -> str:
    """`query range: …`; what was sent is not repeated, it may be long or secret.

    Which one of several it was is not said: who sent them counts differently.
    """
    where = " ".join(str(part) for part in error.get("loc", ()) if not isinstance(part, int))
    return f"{where}: {error.get('msg', 'invalid')}"
