"""Open WebUI's events of ratings, as they come: one deleted, all of a user's, everybody's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from smart_router.records import Store
from smart_router.records.log import one_record
from smart_router.runtime.events import Events
from tests.support.records import record, sqlite_engine


class FakeHost:
    """Ratings as Open WebUI's table has them."""

    def __init__(self) -> None:
        self.rows: dict[str, Any] = {}

    async def feedback(self, feedback_id: str) -> Any:
        return self.rows.get(feedback_id)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    engine = sqlite_engine(tmp_path / "webui.db")
    store = Store(engine)
    await store.open()
    yield store
    await store.close()
    await engine.dispose()


async def rated(store: Store, *answers: tuple[str, str], host: FakeHost | None = None) -> Events:
    """Each (id, user) an answer that this user gave a thumb up; the rating has the answer's id."""
    host = host or FakeHost()
    nobody: Any = None
    events = Events(host, store, nobody, nobody, nobody)  # type: ignore[arg-type]
    for id, user in answers:
        await store.write(record(id, user_id=user))
        host.rows[id] = SimpleNamespace(
            user_id=user,
            data={"rating": 1, "reason": "accurate"},
            meta={"message_id": f"message-{id}", "chat_id": "chat-1"},
        )
        await events.handle("feedback.created", {"subject": {"type": "feedback", "id": id}}, None)
    return events


async def ratings(store: Store, *ids: str) -> list[int | None]:
    found = [await one_record(store.database, id) for id in ids]
    return [one.rating for one in found if one is not None]


async def test_a_deleted_rating_leaves_its_record_though_open_webui_only_says_which_it_was(
    store: Store,
) -> None:
    events = await rated(store, ("a", "ann"), ("b", "ann"))
    assert await ratings(store, "a", "b") == [1, 1]
    await events.handle("feedback.deleted", {"subject": {"type": "feedback", "id": "a"}}, None)
    assert await ratings(store, "a", "b") == [None, 1]


async def test_a_rating_that_is_deleted_while_it_is_put_on_its_record_does_not_stay(store: Store) -> None:
    class Hasty(FakeHost):
        async def feedback(self, feedback_id: str) -> Any:
            return self.rows.pop(feedback_id, None)

    await rated(store, ("a", "ann"), host=Hasty())
    assert await ratings(store, "a") == [None]


async def test_all_ratings_of_a_user_or_of_everybody_leave_the_records(store: Store) -> None:
    events = await rated(store, ("a", "ann"), ("b", "bob"), ("c", "ann"))
    await events.handle("feedback.deleted_all", {"subject": {"type": "user", "id": "ann"}}, None)
    assert await ratings(store, "a", "b", "c") == [None, 1, None]
    await events.handle("feedback.deleted_all", {"subject": {"type": "feedback", "id": "all"}}, None)
    assert await ratings(store, "b") == [None]
