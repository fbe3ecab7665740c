"""What delivery costs: time added at 1, 16 and 64 chats at once, CPU for each chunk, memory of open streams.

python -m tests.bench delivery
"""

from __future__ import annotations

import asyncio
import gc
import json
import time
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from random import Random
from typing import Any

import httpx
import psutil

from smart_router.delivery import Plan, deliver_stream
from smart_router.health import Health
from smart_router.policy.types import Candidate, Decision
from smart_router.ports import Answer, Stream
from smart_router.registry.types import Backend, Catalog
from smart_router.request import ChatRequest, User
from smart_router.state import MemoryState
from tests.support.installation import SMART

from .chat import OFFERING, PASSED, Bench, first_token, plain, serving
from .table import percentile, show

Row = tuple[str, ...]

#: The second has a switch and user valves too: what Open WebUI reads for them is not Smart's own time.
WAYS = {"a pass-through pipe": PASSED, "… with switch and user valves": OFFERING, "Smart": SMART}
WARM_UP = 32
#: Chats of each way by how many run at once.
CHATS = {1: 100, 16: 320, 64: 384}
CHUNKS = 20_000
STREAMS = 200


async def _added(
    bench: Bench, ask: Callable[[httpx.AsyncClient, str], Awaitable[float]], at_once: int
) -> Any:
    """By way: milliseconds of every chat, and seconds that all batches took."""
    taken: dict[str, list[float]] = {way: [] for way in WAYS}
    spent = dict.fromkeys(WAYS, 0.0)
    # The server closes what has been idle for five seconds, just when somebody may want it again.
    limits = httpx.Limits(max_connections=at_once, max_keepalive_connections=at_once, keepalive_expiry=2)
    async with httpx.AsyncClient(
        base_url=bench.server.url, headers=bench.user.headers, timeout=60, limits=limits
    ) as client:
        for _ in range(-(-WARM_UP // at_once)):
            for model in WAYS.values():
                await asyncio.gather(*(ask(client, model) for _ in range(at_once)))
        for _ in range(CHATS[at_once] // at_once):
            for way, model in WAYS.items():
                begun = time.perf_counter()
                taken[way] += await asyncio.gather(*(ask(client, model) for _ in range(at_once)))
                spent[way] += time.perf_counter() - begun
    return taken, spent


def _rows_of_time(bench: Bench) -> list[Row]:
    rows = []
    for what, ask in (("whole answer", plain), ("first token", first_token)):
        for at_once in CHATS:
            taken, spent = asyncio.run(_added(bench, ask, at_once))
            base = taken["a pass-through pipe"]
            for way, times in taken.items():
                p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
                per_s = len(times) / spent[way]
                rows.append(
                    (
                        f"{what}, {at_once} at once",
                        way,
                        f"{p50:.2f}",
                        f"{p95:.2f}",
                        f"{p50 - percentile(base, 0.5):+.2f}",
                        f"{p95 - percentile(base, 0.95):+.2f}",
                        f"{per_s:.0f}",
                        f"{per_s / (len(base) / spent['a pass-through pipe']):.2f}",
                    )
                )
    return rows


def _chunks(count: int) -> list[bytes]:
    """Lines as Open WebUI's OpenAI router hands them on: a line, then an empty one."""

    def line(delta: Mapping[str, Any], finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        body = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "model": "m", "choices": [choice]}
        return b"data: " + json.dumps(body).encode() + b"\n"

    lines = [line({"role": "assistant", "content": ""}), *[line({"content": "word "})] * count]
    ended = [*lines, line({}, "stop"), b"data: [DONE]\n"]
    return [piece for one in ended for piece in (one, b"\n")]


class _Instant:
    """A channel whose stream has everything at once, or begins and then waits."""

    def __init__(self, pieces: list[bytes], *, waits: bool = False) -> None:
        self._pieces = pieces
        self._waits = waits

    async def complete(self, backend: str, body: Mapping[str, Any]) -> Answer | Stream:
        async def pieces() -> AsyncIterator[bytes]:
            for piece in self._pieces:
                yield piece
            if self._waits:
                await asyncio.Event().wait()

        stream = pieces()
        return Stream(stream, stream.aclose)  # type: ignore[attr-defined]

    async def status(self, text: str, *, done: bool) -> None:
        return None


def _plan(channel: _Instant) -> Plan:
    backends = {name: Backend(name, name) for name in "abc"}
    request = ChatRequest(({"role": "user", "content": "hello there"},), {}, User("u"), "t", stream=True)
    return Plan(
        request=request,
        decision=Decision("a", tuple(map(Candidate, backends))),
        catalog=Catalog(backends),
        channel=channel,
        health=Health(MemoryState(time.time), time.time),
        clock=time.time,
        random=Random(1),
    )


async def _micros_per_chunk() -> tuple[float, float]:
    """CPU of reading the pieces alone, and of delivering them."""
    pieces = _chunks(CHUNKS)
    spent = []
    for deliver in (False, True):
        channel = _Instant(pieces)
        events = deliver_stream(_plan(channel)) if deliver else (await channel.complete("a", {})).chunks  # type: ignore[union-attr]
        begun = time.process_time()
        async for _ in events:
            pass
        spent.append((time.process_time() - begun) / CHUNKS * 1e6)
    return spent[0], spent[1]


async def _bytes_per_stream() -> float:
    """What one open stream holds in delivery, after its first hundred words."""
    pieces = _chunks(100)[:-6]
    streams = []
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for _ in range(STREAMS):
        stream = deliver_stream(_plan(_Instant(pieces, waits=True)))
        for _ in range(100):
            await anext(stream)
        streams.append(stream)
    gc.collect()
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    for stream in streams:
        await stream.aclose()  # type: ignore[attr-defined]
    return held / STREAMS


def _server_cpu(bench: Bench, model: str) -> float:
    """Microseconds of the server's CPU for each chunk of one long stream, all of Open WebUI's included."""
    process = psutil.Process(bench.server.pid)
    question = f"Tell me a long story in which somebody has to count to {CHUNKS // 4}"
    body = {"model": model, "messages": [{"role": "user", "content": question}], "stream": True}
    before, chunks = sum(process.cpu_times()[:2]), 0
    with (
        bench.server.client(bench.user) as client,
        client.stream("POST", "/api/chat/completions", json=body) as a,
    ):
        for line in a.iter_lines():
            chunks += line.startswith("data:")
    assert chunks > CHUNKS / 4, "the answer was cut"
    return (sum(process.cpu_times()[:2]) - before) / chunks * 1e6


async def _server_memory(bench: Bench, model: str, count: int) -> float:
    """Bytes that the server's resident set grows by for each of `count` open streams."""
    process = psutil.Process(bench.server.pid)
    limits = httpx.Limits(max_connections=count)
    body = {"model": model, "messages": [{"role": "user", "content": "hello there"}], "stream": True}
    async with (
        httpx.AsyncClient(
            base_url=bench.server.url, headers=bench.user.headers, timeout=60, limits=limits
        ) as client,
        AsyncExitStack() as open_streams,
    ):
        before = process.memory_info().rss

        async def begin() -> None:
            answer = await open_streams.enter_async_context(
                client.stream("POST", "/api/chat/completions", json=body)
            )
            async for line in answer.aiter_lines():
                if '"content"' in line:
                    return

        for _ in range(count // 20):
            await asyncio.gather(*(begin() for _ in range(20)))
        return (process.memory_info().rss - before) / count


def run() -> list[Row]:
    """Measure, print the tables, return all rows."""
    with serving(10) as bench:
        times = _rows_of_time(bench)
        show(
            "What delivery adds: 10 models, as a plain user",
            ("what", "way", "p50 ms", "p95 ms", "p50 added", "p95 added", "chats/s", "of pass-through"),
            times,
            ", ".join(f"{n} chats {c} at once" for c, n in CHATS.items())
            + "; an upstream that answers at once",
        )
        cpu = {way: min(_server_cpu(bench, model) for _ in range(3)) for way, model in WAYS.items()}
        bench.backends.fault("*", "stall", after_tokens=10)
        memory = {}
        for model in WAYS.values():
            asyncio.run(_server_memory(bench, model, 20))
        for way, model in reversed(WAYS.items()):
            memory[way] = asyncio.run(_server_memory(bench, model, STREAMS))
    alone, delivered = min(asyncio.run(_micros_per_chunk()) for _ in range(5))
    rows: list[Row] = [
        ("CPU per chunk, delivery alone", f"{delivered - alone:.1f} µs", f"{delivered - alone:.1f} ms"),
        *((f"CPU per chunk of the server, {way}", f"{us:.1f} µs", f"{us:.1f} ms") for way, us in cpu.items()),
    ]
    show("CPU", ("what", "per chunk", "per thousand"), rows, f"one stream of some {CHUNKS:,} chunks")
    held: list[Row] = [
        ("delivery alone, allocated", f"{asyncio.run(_bytes_per_stream()) / 1024:.1f} KiB"),
        *((f"the server's resident set, {way}", f"{b / 1024:.0f} KiB") for way, b in memory.items()),
    ]
    show("Memory of an open stream", ("what", "each"), held, f"{STREAMS} streams, open at the same time")
    return [*times, *rows, *held]
