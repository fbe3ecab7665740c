"""Where a conversation was answered is remembered, and forgotten."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from smart_router.policy import Previous
from smart_router.request import ChatRequest, User
from smart_router.runtime.conversations import Conversations
from smart_router.state import MemoryState

BEFORE = Previous(backend="big", at=1.0)


def request(
    turn_id: str = "m1", chat_id: str | None = "c1", message_id: str | None = None, **facts: Any
) -> ChatRequest:
    facts = {"messages": ({"role": "user", "content": "hello"},), "user": User(id="u1"), **facts}
    return ChatRequest(parameters={}, turn_id=turn_id, chat_id=chat_id, message_id=message_id, **facts)


def result_of(*ids: str, user: str = "u1") -> ChatRequest:
    """A program's call that brings the results of tool calls."""
    calling = {"role": "assistant", "content": None, "tool_calls": [{"id": id} for id in ids]}
    results = [{"role": "tool", "tool_call_id": id, "content": "sunny"} for id in ids]
    messages = ({"role": "user", "content": "hello"}, calling, *results)
    return request("t2", chat_id=None, round=1, messages=messages, user=User(id=user))


async def test_the_next_message_finds_the_backend_that_answered() -> None:
    conversations = Conversations(MemoryState(time.time))
    await conversations.keep(request(), None, BEFORE)
    found = await conversations.previous(request("m2"))
    assert found is not None
    assert found.backend == "big"


@pytest.mark.parametrize(
    ("before", "now", "round", "mixed"),
    [
        (None, BEFORE, 0, False),
        (BEFORE, BEFORE, 1, False),
        (BEFORE, replace(BEFORE, backend="small"), 1, True),
        (replace(BEFORE, mixed=True), BEFORE, 2, True),
        # Who answered the rounds before is not known.
        (None, BEFORE, 1, True),
        # One began the answer, another went on with it.
        (None, replace(BEFORE, mixed=True), 0, True),
        # A new question: what was signed before it is of no use to anybody.
        (replace(BEFORE, mixed=True), BEFORE, 0, False),
    ],
)
async def test_a_turn_that_several_backends_answered_is_known_as_mixed(
    before: Previous | None, now: Previous, round: int, mixed: bool
) -> None:
    conversations = Conversations(MemoryState(time.time))
    await conversations.keep(request(round=round), before, now)
    found = await conversations.previous(request("m1", round=round + 1))
    assert found is not None
    assert found.mixed is mixed


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


async def test_a_program_is_known_again_by_the_tool_calls_that_it_answers() -> None:
    conversations = Conversations(MemoryState(time.time))
    await conversations.keep(request("t1", chat_id=None), None, BEFORE, ["call_12345", "call_67890"])
    for answered in (result_of("call_12345", "call_67890"), result_of("call_67890", "call_12345")):
        joined = await conversations.rejoined(answered)
        assert joined.turn_id == "t1"
        found = await conversations.previous(joined)
        assert found is not None
        assert (found.backend, found.tool_round, found.regenerated) == ("big", True, False)


@pytest.mark.parametrize("answered", [result_of("call_12345", user="u2"), result_of("call_0"), request("t2")])
async def test_nobody_else_is_taken_for_that_program(answered: ChatRequest) -> None:
    conversations = Conversations(MemoryState(time.time))
    await conversations.keep(request("t1", chat_id=None), None, BEFORE, ["call_0", "call_12345"])
    assert await conversations.rejoined(answered) is answered


async def test_the_same_question_again_is_a_regeneration_and_an_edited_one_is_not() -> None:
    conversations = Conversations(MemoryState(time.time))
    await conversations.keep(request(), None, BEFORE)
    again = await conversations.previous(request("m2"))
    edited = await conversations.previous(
        request("m3", messages=({"role": "user", "content": "hello, you"},))
    )
    assert again is not None
    assert edited is not None
    assert (again.regenerated, edited.regenerated) == (True, False)


async def test_of_a_question_nothing_can_be_read_in_what_is_kept() -> None:
    state = MemoryState(time.time)
    await Conversations(state).keep(request(), None, BEFORE)
    assert not any(b"hello" in kept for kept in (await state.scan("")).values())


async def test_a_temporary_chat_is_forgotten_within_minutes() -> None:
    now = 0.0
    conversations = Conversations(MemoryState(lambda: now))
    for chat, temporary in (("temporary:1", True), ("c1", False)):
        await conversations.keep(request(chat_id=chat, temporary=temporary), None, BEFORE)
    now = 900.0
    assert await conversations.previous(request("m2", chat_id="temporary:1", temporary=True)) is None
    assert await conversations.previous(request("m2")) is not None
