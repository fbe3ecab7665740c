"""Where a conversation was answered is remembered, and forgotten."""

from __future__ import annotations

import time

from smart_router.policy import Previous
from smart_router.request import ChatRequest, User
from smart_router.runtime.conversations import Conversations
from smart_router.state import MemoryState

BEFORE = Previous(backend="big", at=1.0)


def request(turn_id: str = "m1", chat_id: str | None = "c1", message_id: str | None = None) -> ChatRequest:
    return ChatRequest(
        messages=({"role": "user", "content": "hello"},),
        parameters={},
        user=User(id="u1"),
        turn_id=turn_id,
        chat_id=chat_id,
        message_id=message_id,
    )


async def test_the_next_message_finds_the_backend_that_answered() -> None:
    conversations = Conversations(MemoryState(time.time))
    await conversations.keep(request(), None, BEFORE)
    found = await conversations.previous(request("m2"))
    assert found is not None
    assert found.backend == "big"


async def test_what_another_version_kept_costs_the_memory_and_no_chat() -> None:
    state = MemoryState(time.time)
    conversations = Conversations(state)
    await conversations.keep(request(), None, BEFORE)
    ((key, written),) = (await state.scan("")).items()
    for other in (written.replace(b"backend", b"new_name"), b"[]", b"no JSON", b"{}"):
        await state.compare_and_set(key, await state.get(key), other)
        assert await conversations.previous(request("m2")) is None
    await conversations.keep(request(), None, BEFORE)
    assert await conversations.previous(request("m2")) is not None


async def test_calls_without_a_chat_leave_nothing_behind() -> None:
    state = MemoryState(time.time)
    conversations = Conversations(state)
    await conversations.keep(request("t1", chat_id=None), None, BEFORE)
    assert len(state) == 0
    await conversations.keep(request("m1", chat_id=None, message_id="m1"), None, BEFORE)
    assert len(state) == 1


async def test_memory_lets_go_of_conversations_that_are_over() -> None:
    now = 0.0
    state = MemoryState(lambda: now)
    for n in range(5_000):
        now += 100.0
        await state.compare_and_set(f"conversation:{n}", None, b"x", 3600.0)
    assert len(state) < 1_100
