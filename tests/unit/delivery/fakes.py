"""A scripted Channel: what each backend does, call after call."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from random import Random
from typing import Any

from smart_router.delivery import Attempt, Delivery, DeliverySettings, Plan
from smart_router.errors import ErrorKind, UpstreamError
from smart_router.health import Health, HealthSettings
from smart_router.policy.types import Candidate, Decision
from smart_router.ports import Answer, Stream
from smart_router.registry.types import Backend, Catalog
from smart_router.request import ChatRequest, User
from smart_router.state import MemoryState

EPOCH = 1_800_000_000.0


class Hang:
    """Nothing comes any more."""


class Wait:
    def __init__(self, seconds: float) -> None:
        self.seconds = seconds


Piece = bytes | str | Exception | Hang | Wait
Script = list[Piece] | Mapping[str, Any] | Exception | Hang


class FakeChannel:
    """`scripts[backend]` are what its calls do, in order; the last one repeats."""

    def __init__(self, **scripts: list[Script]) -> None:
        self.scripts = scripts
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.closed: list[str] = []
        self.statuses: list[str] = []

    async def complete(self, backend: str, body: Mapping[str, Any]) -> Answer | Stream:
        self.calls.append((backend, dict(body)))
        made = sum(1 for name, _ in self.calls if name == backend)
        script = self.scripts[backend][min(made, len(self.scripts[backend])) - 1]
        if isinstance(script, Hang):
            await asyncio.Event().wait()
        if isinstance(script, Exception):
            raise script
        if isinstance(script, Mapping):
            return Answer(script)
        chunks = self._chunks(script)  # type: ignore[arg-type]

        async def aclose() -> None:
            self.closed.append(backend)
            await chunks.aclose()

        return Stream(chunks, aclose)

    async def _chunks(self, script: list[Piece]) -> Any:
        for piece in script:
            if isinstance(piece, Hang):
                await asyncio.Event().wait()
            elif isinstance(piece, Wait):
                await asyncio.sleep(piece.seconds)
            elif isinstance(piece, Exception):
                raise piece
            else:
                yield piece

    async def status(self, text: str, *, done: bool) -> None:
        self.statuses.append(text)

    @property
    def called(self) -> list[str]:
        return [backend for backend, _ in self.calls]


def chunk(delta: Mapping[str, Any] | None = None, finish: str | None = None, **more: Any) -> bytes:
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "upstream-name",
        "choices": [{"index": 0, "delta": dict(delta or {}), "finish_reason": finish}],
        **more,
    }
    return b"data: " + json.dumps(body).encode() + b"\n"


def says(*words: str, usage: Mapping[str, Any] | None = None, finish: str = "stop") -> list[Piece]:
    """A complete stream, cut into lines as Open WebUI's OpenAI router does."""
    pieces: list[Piece] = [chunk({"role": "assistant", "content": ""}), b"\n"]
    for word in words:
        pieces += [chunk({"content": word}), b"\n"]
    pieces += [chunk({}, finish), b"\n"]
    counted = usage if usage is not None else {"prompt_tokens": 10, "completion_tokens": len(words)}
    body = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "choices": [], "usage": counted}
    return [*pieces, b"data: " + json.dumps(body).encode() + b"\n", b"\n", b"data: [DONE]\n", b"\n"]


def begins(*words: str) -> list[Piece]:
    """The same, without its end."""
    return says(*words)[: 2 + 2 * len(words)]


def tool_chunk(arguments: str, name: str | None = None) -> bytes:
    function: dict[str, Any] = {"arguments": arguments}
    call: dict[str, Any] = {"index": 0, "function": function}
    if name:
        call |= {"id": "call_1", "type": "function"}
        function["name"] = name
    return chunk({"tool_calls": [call]})


def answer(text: str | None, **more: Any) -> dict[str, Any]:
    message = {"role": "assistant", "content": text, **more}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "model": "upstream-name",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 10, "completion_tokens": 5},
    }


def fails(kind: ErrorKind, **facts: Any) -> UpstreamError:
    return UpstreamError(kind, f"it said {kind.value}", **facts)


class Bench:
    """One delivery on a fake channel, and what came of it."""

    def __init__(
        self,
        backends: Mapping[str, Mapping[str, Any]] | str,
        *,
        settings: DeliverySettings | None = None,
        health: HealthSettings | None = None,
        stream: bool = True,
        ui: bool = True,
        parameters: Mapping[str, Any] | None = None,
        messages: tuple[Mapping[str, Any], ...] = ({"role": "user", "content": "Hello"},),
        task: str | None = None,
        decision: Mapping[str, Any] | None = None,
        previous_backend: str | None = None,
        on_finish: Callable[[Delivery], Awaitable[None]] | None = None,
        **scripts: list[Script],
    ) -> None:
        known = {name: {} for name in backends.split()} if isinstance(backends, str) else backends
        self.channel = FakeChannel(**scripts)
        self.deliveries: list[Delivery] = []
        self.health = Health(MemoryState(self.clock), self.clock, health)
        ids = {"session_id": "s", "chat_id": "c", "message_id": "m"} if ui else {}
        self.plan = Plan(
            request=ChatRequest(
                messages=messages,
                parameters=parameters or {},
                user=User("u"),
                turn_id="t",
                stream=stream,
                task=task,
                **ids,  # type: ignore[arg-type]
            ),
            decision=Decision(
                **{
                    "chosen": next(iter(known), None),
                    "candidates": tuple(Candidate(name) for name in known),
                    **(decision or {}),
                }
            ),
            catalog=Catalog({name: Backend(name, name.title(), **facts) for name, facts in known.items()}),
            channel=self.channel,
            health=self.health,
            clock=self.clock,
            random=Random(1),
            settings=settings or DeliverySettings(),
            describe=self.describe,
            on_finish=on_finish or self.finished,
            input_tokens=7,
            previous_backend=previous_backend,
        )

    @staticmethod
    def clock() -> float:
        return EPOCH + asyncio.get_running_loop().time()

    @staticmethod
    def describe(backend: str, failed: tuple[Attempt, ...]) -> str | None:
        return f"{backend} after {len(failed)}"

    async def finished(self, delivery: Delivery) -> None:
        self.deliveries.append(delivery)

    @property
    def delivery(self) -> Delivery:
        assert len(self.deliveries) == 1
        return self.deliveries[0]

    @property
    def attempts(self) -> list[tuple[str, str, str | None]]:
        return [(a.backend, a.purpose, a.error_kind) for a in self.delivery.attempts]


class Heard:
    """What a client makes of the events."""

    def __init__(self, events: list[bytes]) -> None:
        self.events = events
        for event in events:
            assert event.startswith(b"data: "), event
            assert event.endswith(b"\n\n"), event
            assert event.count(b"\n") == 2, event
        assert events[-1] == b"data: [DONE]\n\n"
        self.bodies = [json.loads(event[6:]) for event in events[:-1]]

    @property
    def choices(self) -> list[dict[str, Any]]:
        return [choice for body in self.bodies for choice in body.get("choices", ())]

    @property
    def text(self) -> str:
        return "".join(c["delta"].get("content") or "" for c in self.choices)

    @property
    def finishes(self) -> list[str]:
        return [c["finish_reason"] for c in self.choices if c.get("finish_reason")]

    @property
    def usages(self) -> list[dict[str, Any]]:
        return [body["usage"] for body in self.bodies if body.get("usage")]

    @property
    def selected(self) -> list[str]:
        return [body["selected_model_id"] for body in self.bodies if "selected_model_id" in body]

    @property
    def arguments(self) -> str:
        calls = [call for c in self.choices for call in c["delta"].get("tool_calls", ())]
        return "".join(call["function"]["arguments"] for call in calls)

    @property
    def errors(self) -> list[str]:
        return [body["error"]["message"] for body in self.bodies if "error" in body]


async def listen(stream: AsyncIterator[bytes]) -> Heard:
    return Heard([event async for event in stream])
