"""Background work: what fails stops nothing else, and is told once."""

from __future__ import annotations

import asyncio
import logging

import pytest

from smart_router.runtime.rounds import Rounds


class Works:
    def __init__(self) -> None:
        self.done: list[str] = []
        self.broken = False

    async def first(self) -> None:
        if self.broken:
            raise OSError("no disk")
        self.done.append("first")

    async def second(self) -> None:
        self.done.append("second")


@pytest.fixture
def works() -> Works:
    return Works()


@pytest.fixture
def rounds(works: Works) -> Rounds:
    return Rounds({"first": works.first, "second": works.second}, 5.0)


async def test_a_piece_that_fails_does_not_stop_the_others(works: Works, rounds: Rounds) -> None:
    works.broken = True
    await rounds.once()
    assert works.done == ["second"]
    works.broken = False
    await rounds.once()
    assert works.done == ["second", "first", "second"]


async def test_a_lasting_failure_is_logged_when_it_begins_and_when_it_is_over(
    works: Works, rounds: Rounds, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "smart_router")
    works.broken = True
    for _ in range(3):
        await rounds.once()
    works.broken = False
    for _ in range(3):
        await rounds.once()
    assert [(entry.levelname, "first" in entry.getMessage()) for entry in caplog.records] == [
        ("ERROR", True),
        ("WARNING", True),
    ]


async def test_one_that_never_ends_is_given_up_and_keeps_nothing_from_its_turn(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done = []

    async def hangs() -> None:
        await asyncio.Event().wait()

    async def works() -> None:
        done.append("works")

    await Rounds({"hangs": hangs, "works": works}, 5.0, most_s=0.01).once()
    assert done == ["works"]
    assert "hangs" in caplog.text
