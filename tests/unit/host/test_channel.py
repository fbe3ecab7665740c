"""A stream of Open WebUI's, as delivery gets it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from starlette.background import BackgroundTask
from starlette.responses import StreamingResponse

from smart_router.host.channel import _stream


class Stubborn:
    """An iterator that does not let itself be closed, as one does that is being read."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        return b"data: {}"

    async def aclose(self) -> None:
        raise RuntimeError("asynchronous generator is already running")


async def test_the_connection_is_let_go_also_when_the_stream_does_not_close() -> None:
    let_go: list[bool] = []
    stream = _stream(StreamingResponse(Stubborn(), background=BackgroundTask(let_go.append, True)))
    with pytest.raises(RuntimeError):
        await stream.aclose()
    assert let_go == [True]
