"""A page that is open hears of new records."""

from __future__ import annotations

import httpx
import pytest

from admin_pages.observability import live
from admin_pages.observability.api import PREFIX
from admin_pages.observability.live import STOPPING, Newest, events
from smart_router.records import Store
from tests.support.records import record


async def test_a_stream_says_first_which_record_is_the_newest(
    client: httpx.AsyncClient, store: Store
) -> None:
    await store.write(record())
    response = await client.get(f"{PREFIX}/events?seconds=0")
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    assert response.text == 'retry: 1000\n\nevent: records\nid: 1\ndata: {"newest": 1}\n\n'


async def test_a_record_that_comes_in_is_told_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LOOK_S", 0.01)
    monkeypatch.setattr(live, "_STOPPING_S", 0.01)
    time = iter(range(1000))
    newest = Newest(clock=lambda: next(time))
    stream = events(store.database, newest, seconds=60)
    told = [await anext(stream), await anext(stream)]
    await store.write(record())
    told.append(await anext(stream))
    await stream.aclose()
    assert [part.partition(b"data: ")[2].strip() for part in told] == [
        b"",
        b'{"newest": 0}',
        b'{"newest": 1}',
    ]


async def test_many_streams_ask_the_database_once_a_second(store: Store) -> None:
    now = 0.0
    newest = Newest(clock=lambda: now)
    await store.write(record("a"))
    assert await newest.of(store.database) == 1
    await store.write(record("b"))
    assert await newest.of(store.database) == 1
    now = 1.0
    assert await newest.of(store.database) == 2


async def test_a_stream_ends_when_the_server_is_told_to_stop_and_says_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_STOPPING_S", 0.01)
    told = False
    stream = events(store.database, Newest(), seconds=600, stopping=lambda: told)
    assert [await anext(stream), (await anext(stream))[:14]] == [b"retry: 1000\n\n", b"event: records"]
    told = True
    assert [part async for part in stream] == [STOPPING]


async def test_a_stream_that_ends_by_itself_says_nothing_of_it(store: Store) -> None:
    parts = [part async for part in events(store.database, Newest(), seconds=0)]
    assert len(parts) == 2
    assert STOPPING not in parts


async def test_a_stream_ends_when_the_database_does_not_answer(
    client: httpx.AsyncClient, store: Store
) -> None:
    await store.purge()
    response = await client.get(f"{PREFIX}/events")
    assert response.text == "retry: 1000\n\n"
