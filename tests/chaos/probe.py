"""What the server's process holds: asked of the process itself by a pipe, and of the kernel."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

import psutil

from tests.support.installation import Installation

SOURCE = """
import asyncio
import contextlib
import ctypes
import gc
import json
from collections import Counter

from open_webui.internal.db import async_engine, engine


class Pipe:
    def pipes(self):
        return [{"id": "count", "name": "Counts tasks"}, {"id": "tidy", "name": "Tidies up, then counts"}]

    async def pipe(self, body: dict, __request__):
        if body["model"].endswith("tidy"):
            # Each of hundreds of connections keeps up to 128 prepared statements, filled in the course of
            # thousands of chats; and what is free of the heap is not the kernel's before it is given back.
            await async_engine.dispose()
            engine.dispose()
            gc.collect()
            with contextlib.suppress(OSError, AttributeError):
                ctypes.CDLL(None).malloc_trim(0)
        names = Counter(task.get_coro().__qualname__ for task in asyncio.all_tasks())
        runtime = __request__.app.state.smart_router
        return json.dumps({"tasks": names, "under_way": runtime.line.running})
"""


@dataclass(frozen=True)
class Held:
    """Tasks by the coroutine's name, answers under way, sockets to each port, threads, resident bytes."""

    tasks: Counter[str]
    under_way: int
    sockets: int
    threads: int
    resident_bytes: int


def look(smart: Installation, *, tidy: bool = False) -> Held:
    """What it holds now; with `tidy` after idle database connections and free memory were let go."""
    answer = smart.chat("", model="probe.tidy" if tidy else "probe.count")
    said = json.loads(answer["choices"][0]["message"]["content"])
    process = psutil.Process(smart.server.pid)
    ports = {
        int(url.split(":")[2].split("/")[0]) for url in (smart.backends.openai_url, smart.backends.ollama_url)
    }
    sockets = [c for c in process.net_connections("tcp") if c.raddr and c.raddr.port in ports]
    return Held(
        Counter(said["tasks"]),
        said["under_way"],
        len(sockets),
        process.num_threads(),
        process.memory_info().rss,
    )
