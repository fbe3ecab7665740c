"""Answers under way, and what becomes of them when the server stops."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from smart_router.runtime.under_way import STOPPED, AnswersUnderWay


class Endless:
    """Events without an end; remembers how it was left."""

    left: BaseException | None = None

    async def events(self) -> AsyncIterator[bytes]:
        try:
            while True:
                yield b"data: word\n\n"
                await asyncio.sleep(0.001)
        except BaseException as error:
            self.left = error
            raise


async def nothing() -> None:
    """What is done for a stream that did not begin."""


async def test_a_stream_ends_with_a_sentence_for_its_reader_and_as_cancelled_for_its_writer() -> None:
    answers, source = AnswersUnderWay(), Endless()
    events = answers.begin().streaming(source.events(), nothing)

    async def read() -> bytes:
        return b"".join([event async for event in events])

    reader = asyncio.create_task(read())
    await asyncio.sleep(0.01)
    await answers.stop(1.0)
    said = await reader
    assert said.startswith(b"data: word")
    assert STOPPED.encode() in said
    assert said.endswith(b"data: [DONE]\n\n")
    assert isinstance(source.left, asyncio.CancelledError)
    assert len(answers) == 0


async def test_a_stream_that_nobody_reads_yet_does_not_begin() -> None:
    answers, source = AnswersUnderWay(), Endless()
    events = answers.begin().streaming(source.events(), nothing)
    await answers.stop(0.0)
    assert STOPPED.encode() in b"".join([event async for event in events])
    assert source.left is None
    assert len(answers) == 0


async def test_what_its_reader_cancels_stays_cancelled() -> None:
    answers, source = AnswersUnderWay(), Endless()
    events = answers.begin().streaming(source.events(), nothing)

    async def read() -> None:
        async for _ in events:
            pass

    reader = asyncio.create_task(read())
    await asyncio.sleep(0.01)
    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader
    assert isinstance(source.left, asyncio.CancelledError)


async def test_a_reader_that_leaves_closes_what_it_read() -> None:
    answers, source = AnswersUnderWay(), Endless()
    events = answers.begin().streaming(source.events(), nothing)
    assert await anext(events)
    await events.aclose()
    assert isinstance(source.left, GeneratorExit)


async def test_those_that_were_over_are_left_alone() -> None:
    answers = AnswersUnderWay()
    one = answers.begin()
    one.end()
    one.end()
    await answers.stop(0.0)
    await asyncio.sleep(0)
    assert not one.stopped
