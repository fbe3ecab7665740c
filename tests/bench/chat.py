"""What Smart adds to a chat: against a two-line pass-through pipe and the model itself.

One real Open WebUI, one instant upstream; the three ways are asked in turn, so that whatever the
machine does meanwhile happens to all of them.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from smart_router.cli.access import Access
from smart_router.cli.bundle import build, sources
from smart_router.cli.client import OpenWebUI
from smart_router.cli.demo import DemoBackends
from smart_router.cli.demo.models import numbered
from smart_router.cli.install import install
from tests.support.installation import SMART, grant_models
from tests.support.server import Account, OpenWebUIServer

from .table import percentile, show

PASS_THROUGH = """
class Pipe:
    def pipes(self):
        return [{"id": "model", "name": "Pass-through"}]

    async def pipe(self, body: dict, __user__: dict, __request__):
        from open_webui.models.users import UserModel
        from open_webui.utils.chat import generate_chat_completion

        user = UserModel(**{k: v for k, v in __user__.items() if k != "valves"})
        return await generate_chat_completion(__request__, {**body, "model": "demo-001"}, user)
"""
#: The same with what Smart also offers its users: a switch under the chat input and valves of their own.
WITH_VALVES = PASS_THROUGH.replace(
    "class Pipe:\n",
    """from pydantic import BaseModel


class Pipe:
    class UserValves(BaseModel):
        tone: str = "plain"

""",
)
SWITCH = """
class Filter:
    toggle = True
"""
DIRECT, PASSED, OFFERING = "demo-001", "pass_through.model", "pass_through_offering.model"
WAYS = {
    "the model itself": DIRECT,
    "a pass-through pipe": PASSED,
    "… with switch and user valves": OFFERING,
    "Smart": SMART,
}
WARM_UP, ROUNDS = 15, 150


async def plain(client: httpx.AsyncClient, model: str) -> float:
    begun = time.perf_counter()
    answer = await client.post(
        "/api/chat/completions",
        json={"model": model, "messages": [{"role": "user", "content": "hello there"}]},
    )
    took = time.perf_counter() - begun
    assert answer.json()["choices"][0]["message"]["content"], answer.text
    return took * 1000


async def first_token(client: httpx.AsyncClient, model: str) -> float:
    begun = time.perf_counter()
    body = {"model": model, "messages": [{"role": "user", "content": "hello there"}], "stream": True}
    async with client.stream("POST", "/api/chat/completions", json=body) as answer:
        first = None
        async for line in answer.aiter_lines():
            if (
                first is None
                and '"content": "' in line.replace('":"', '": "')
                and '"content": ""' not in line
            ):
                first = (time.perf_counter() - begun) * 1000
    assert first is not None
    return first


async def _measure(
    url: str, account: Account, ask: Callable[[httpx.AsyncClient, str], Awaitable[float]], concurrency: int
) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {way: [] for way in WAYS}
    limits = httpx.Limits(max_connections=concurrency, max_keepalive_connections=concurrency)
    async with httpx.AsyncClient(base_url=url, headers=account.headers, timeout=60, limits=limits) as client:
        for round_ in range((WARM_UP + ROUNDS) // concurrency + 1):
            for way, model in WAYS.items():
                times = await asyncio.gather(*(ask(client, model) for _ in range(concurrency)))
                if round_ * concurrency >= WARM_UP:
                    taken[way] += times
    return taken


@dataclass
class Bench:
    """A server with Smart and the pass-through pipe, both for everyone."""

    server: OpenWebUIServer
    backends: DemoBackends
    admin: Account
    user: Account


@contextmanager
def serving(models: int) -> Iterator[Bench]:
    """Up and running, with so many models of an upstream that answers at once."""
    with (
        tempfile.TemporaryDirectory() as folder,
        DemoBackends(models=numbered(models)) as backends,
        OpenWebUIServer(
            Path(folder), backends.openai_url, environment={"GLOBAL_LOG_LEVEL": "WARNING"}
        ) as server,
    ):
        admin = server.sign_up()
        user = server.add_user(admin, "User")
        with OpenWebUI(server.url, admin.token) as client:
            for id, source in (
                ("pass_through", PASS_THROUGH),
                ("pass_through_offering", WITH_VALVES),
                ("pass_through_switch", SWITCH),
            ):
                function = {"id": id, "name": id, "content": source, "meta": {}}
                client.call("POST", "/api/v1/functions/create", function)
                client.toggle_function(id)
            install(client, build(sources()), say=lambda _: None, access=Access("everyone"))
        grant_models(server, admin, [model.id for model in numbered(models)] + [PASSED])
        grant_models(server, admin, [OFFERING], meta={"filterIds": ["pass_through_switch"]})
        yield Bench(server, backends, admin, user)


def _one(models: int) -> None:
    with serving(models) as bench:
        for who, account in (("admin", bench.admin), ("user", bench.user)):
            rows = []
            for what, ask in (("whole answer", plain), ("first token", first_token)):
                for concurrency in (1, 16):
                    taken = asyncio.run(_measure(bench.server.url, account, ask, concurrency))
                    passed = percentile(taken["a pass-through pipe"], 0.5)
                    for way, times in taken.items():
                        p50 = percentile(times, 0.5)
                        figures = (p50, percentile(times, 0.95), p50 - passed, p50 / passed)
                        rows.append(
                            (
                                f"{what}, {concurrency} at a time",
                                way,
                                *(f"{figure:.2f}" for figure in figures),
                            )
                        )
            show(
                f"What Smart adds: {models} models, as {who}",
                ("what", "way", "p50 ms", "p95 ms", "p50 − pass-through", "ratio"),
                rows,
                f"{ROUNDS} chats each, in turn, after {WARM_UP}; an upstream that answers at once",
            )


def run() -> None:
    for models in (10, 300):
        _one(models)
