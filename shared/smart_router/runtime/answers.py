"""What the pipe returns, so that Open WebUI's window and its API callers both read it right."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

from starlette.responses import StreamingResponse

from ..delivery import error_body
from ..delivery.sse import DONE_EVENT, json_event

#: HTTP status of a refusal by its code; any other is 503: nobody can answer now.
_REFUSED = {"invalid_request": 400, "unknown_model": 400}


class ErrorAnswer(StreamingResponse):
    """An unstreamed error with its HTTP status.

    Of a pipe's responses Open WebUI lets only this class through; for its own window it reads the
    sentence from `body`, and an API caller gets body and status as they are.
    """

    def __init__(self, body: Mapping[str, Any], status: int) -> None:
        self.body = json.dumps(body).encode()
        super().__init__(iter([self.body]), status_code=status, media_type="application/json")


def streamed(events: AsyncIterator[bytes]) -> StreamingResponse:
    """A stream of server-sent events, errors included."""
    return StreamingResponse(events, media_type="text/event-stream")


def refusal(sentence: str, code: str, *, stream: bool) -> StreamingResponse:
    """Nothing was called; the sentence says why."""
    body = error_body(sentence, None)
    body["error"]["code"] = code
    if not stream:
        return ErrorAnswer(body, _REFUSED.get(code, 503))

    async def events() -> AsyncIterator[bytes]:
        yield json_event(body)
        yield DONE_EVENT

    return streamed(events())
