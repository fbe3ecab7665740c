"""What the server itself knows of its end, on the Uvicorn that Open WebUI brings."""

from __future__ import annotations

import signal

import uvicorn

from smart_router.host.server import stopping


def test_a_server_that_was_told_to_stop_is_stopping() -> None:
    server = uvicorn.Server(uvicorn.Config(app="nothing:app"))
    with server.capture_signals():
        assert not stopping()
        server.should_exit = True
        assert stopping()
    assert not stopping()


def test_the_signal_to_stop_is_what_tells_it() -> None:
    server = uvicorn.Server(uvicorn.Config(app="nothing:app"))
    server.handle_exit(signal.SIGTERM, None)
    assert server.should_exit


def test_with_another_server_nobody_knows() -> None:
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        assert not stopping()
    finally:
        signal.signal(signal.SIGTERM, before)
