"""What each user may call, remembered for a while."""

from __future__ import annotations

import asyncio

from smart_router.host.open_webui import AccessCache
from smart_router.request import User
from tests.support.host import FakeHost

ANN = User("ann", "user", "Ann")
ASKED = frozenset({"old", "new"})


class Slow(FakeHost):
    """Looks at once, and answers when it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may, self.asked, self.down = asyncio.Event(), 0, False

    async def accessible(self, user: User, model_ids: frozenset[str]) -> frozenset[str]:
        self.asked += 1
        allowed = self.granted[user.id] & model_ids
        await self.may.wait()
        if self.down:
            raise OSError("the database does not answer")
        return allowed


async def asking(cache: AccessCache) -> asyncio.Task[tuple[frozenset[str], frozenset[str]]]:
    task = asyncio.create_task(cache.of(ANN, ASKED))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return task


async def test_who_asks_at_the_same_time_shares_one_answer_and_it_is_remembered() -> None:
    host = Slow()
    host.granted["ann"] = frozenset({"old"})
    cache = AccessCache(host)
    both = [await asking(cache), await asking(cache)]
    host.may.set()
    assert [(await one)[0] for one in both] == [{"old"}, {"old"}]
    assert (await cache.of(ANN, ASKED))[0] == {"old"}
    assert host.asked == 1


async def test_an_answer_from_before_a_change_is_neither_shared_nor_remembered() -> None:
    host = Slow()
    host.granted["ann"] = frozenset({"old"})
    cache = AccessCache(host)
    before = await asking(cache)
    host.granted["ann"] = frozenset({"new"})
    cache.forget()
    after = await asking(cache)
    host.may.set()
    await before
    assert (await after)[0] == {"new"}
    assert (await cache.of(ANN, ASKED))[0] == {"new"}


async def test_a_look_that_failed_is_made_again() -> None:
    host = Slow()
    host.granted["ann"], host.down = frozenset({"old"}), True
    cache = AccessCache(host)
    failing = await asking(cache)
    host.may.set()
    assert isinstance((await asyncio.gather(failing, return_exceptions=True))[0], OSError)
    host.down = False
    assert (await cache.of(ANN, ASKED))[0] == {"old"}
