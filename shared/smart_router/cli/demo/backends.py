"""Both demo servers, running: for tests in a thread of their own, for people until Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Literal, Self

import uvicorn
from starlette.applications import Starlette

from ...errors import SmartRouterError
from .faults import Fault
from .log import Seen
from .models import MODELS, DemoModel, ServerName
from .ollama_server import ollama_app
from .openai_server import openai_app
from .stage import Stage

_START_TIMEOUT_S = 15.0


class DemoBackends:
    """An OpenAI and an Ollama server on loopback, in one thread with one event loop.

    Port 0 takes a free one. `pace` 0 answers at once, 1 at the models' lifelike speed. Use it as a
    context manager (plain or async), or call `start` and `stop`; both return when it is done.
    """

    def __init__(
        self,
        *,
        openai_port: int = 0,
        ollama_port: int = 0,
        host: str = "127.0.0.1",
        pace: float = 0.0,
        models: tuple[DemoModel, ...] = MODELS,
        seed: int = 0,
    ) -> None:
        self.stage = Stage(models=models, pace=pace)
        self.stage.faults = type(self.stage.faults)(seed)
        self._host = host
        self._ports: dict[ServerName, int] = {"openai": openai_port, "ollama": ollama_port}
        self._apps: dict[ServerName, Starlette] = {
            "openai": openai_app(self.stage),
            "ollama": ollama_app(self.stage),
        }
        self._running: dict[ServerName, tuple[_Server, asyncio.Task[None]]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    @property
    def openai_url(self) -> str:
        """What goes into Open WebUI as the connection's URL, `/v1` included."""
        return f"http://{self._host}:{self._ports['openai']}/v1"

    @property
    def ollama_url(self) -> str:
        return f"http://{self._host}:{self._ports['ollama']}"

    @property
    def requests(self) -> list[Seen]:
        """Every chat request so far, oldest first, as the servers saw it."""
        return self.stage.log.entries()

    def fault(self, model: str = "*", kind: str = "server_error_json", **options: Any) -> Fault:
        """Script a fault; `options` are Fault's fields (times, rate, after_tokens, delay_s, …)."""
        return self.stage.faults.add(kind, model, **options)

    def withdraw(self, model: str) -> None:
        """Let a model disappear from lists and answers, until `clear`."""
        self.stage.withdrawn.add(model)

    def clear(self) -> None:
        """Back to health: no faults, all models there, both servers listening, an empty log."""
        self.stage.faults.clear()
        self.stage.withdrawn.clear()
        self.stage.log.clear()
        self._call(self._all(self._open))

    def wait_idle(self, timeout_s: float = 10.0) -> bool:
        """Block until no request is in progress; False when that took too long."""
        return self.stage.log.wait_idle(timeout_s)

    def refuse_connections(self, server: ServerName) -> None:
        """Stop listening, so that a connection is refused as by a host where nothing runs.

        The fault `refuse` is the other way: it takes the connection and closes it unanswered, for one
        model. A listening socket cannot refuse some clients and take others.
        """
        self._call(self._close(server))

    def accept_connections(self, server: ServerName) -> None:
        """Listen again, on the same port. Does nothing when it already does."""
        self._call(self._open(server))

    def start(self) -> Self:
        """Raises SmartRouterError when a port is taken."""
        ready = threading.Event()
        self._loop = loop = asyncio.new_event_loop()

        def run() -> None:
            asyncio.set_event_loop(loop)
            loop.call_soon(ready.set)
            loop.run_forever()

        self._thread = threading.Thread(target=run, name="demo-backends", daemon=True)
        self._thread.start()
        ready.wait(_START_TIMEOUT_S)
        try:
            self._call(self._all(self._open))
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Close both servers, whatever is going on, and end the thread."""
        if self._loop is None or self._thread is None:
            return
        self._call(self._all(self._close))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_START_TIMEOUT_S)
        self._loop.close()
        self._loop = self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.stop()

    async def __aenter__(self) -> Self:
        return await asyncio.to_thread(self.start)

    async def __aexit__(self, *error: object) -> None:
        await asyncio.to_thread(self.stop)

    def _call(self, work: Coroutine[Any, Any, None]) -> None:
        if self._loop is None:
            work.close()
            raise SmartRouterError("the demo backends are not running; call start() first")
        asyncio.run_coroutine_threadsafe(work, self._loop).result(_START_TIMEOUT_S)

    async def _all(self, work: Callable[[ServerName], Coroutine[Any, Any, None]]) -> None:
        await asyncio.gather(*(work(name) for name in self._ports))

    async def _open(self, name: ServerName) -> None:
        if name in self._running:
            return
        listener = _listen(self._host, self._ports[name])
        self._ports[name] = listener.getsockname()[1]
        server = _Server(
            uvicorn.Config(
                self._apps[name],
                log_config=None,
                log_level="critical",
                access_log=False,
                lifespan="off",
                timeout_keep_alive=75,
                ws="none",
            )
        )
        self.stage.hangups[name] = server.hang_up
        task = asyncio.create_task(server.serve(sockets=[listener]))
        self._running[name] = (server, task)
        await server.up.wait()

    async def _close(self, name: ServerName) -> None:
        running = self._running.pop(name, None)
        if running is None:
            return
        server, task = running
        server.should_exit = True
        server.hang_up_all()
        with contextlib.suppress(asyncio.CancelledError):
            await task


class _Server(uvicorn.Server):
    """uvicorn's server, which also tells when it listens and closes sockets on demand."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    def hang_up(self, client: tuple[str, int] | None, how: Literal["close", "abort"]) -> bool:
        for connection in list(self.server_state.connections):
            if client is not None and getattr(connection, "client", None) == tuple(client):
                getattr(connection.transport, how)()
                return True
        return False

    def hang_up_all(self) -> None:
        for connection in list(self.server_state.connections):
            connection.transport.abort()


def _listen(host: str, port: int) -> socket.socket:
    # The protocol is named because asyncio sends without delay only on sockets that say TCP.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise SmartRouterError(f"port {port} on {host} cannot be used: {error.strerror}") from error
    listener.listen(2048)
    return listener


def run_forever(
    openai_port: int, ollama_port: int, host: str = "127.0.0.1", quiet: bool = False, pace: float = 1.0
) -> None:
    """Serve until Ctrl-C or SIGTERM. Raises SmartRouterError when a port is taken."""
    done = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: done.set()) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        with DemoBackends(openai_port=openai_port, ollama_port=ollama_port, host=host, pace=pace) as backends:
            if not quiet:
                print(f"OpenAI protocol  {backends.openai_url}")
                print(f"Ollama protocol  {backends.ollama_url}")
                print("Faults: POST /_faults on either, for example")
                print(
                    f'  curl -d \'{{"model": "gpt-4o", "kind": "rate_limited", "times": 5}}\' '
                    f"{backends.openai_url.removesuffix('/v1')}/_faults"
                )
                print("Ctrl-C stops both.", flush=True)
            done.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
