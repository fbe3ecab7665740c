"""What the server's process holds: asked of the process itself by a pipe, and of the kernel."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

import psutil

from tests.support.installation import Installation

SOURCE = """
import asyncio
import json
from collections import Counter


class Pipe:
    def pipes(self):
        return [{"id": "count", "name": "Counts tasks"}]

    async def pipe(self, body: dict, __request__):
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


def look(smart: Installation) -> Held:
    said = json.loads(smart.chat("", model="probe.count")["choices"][0]["message"]["content"])
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
