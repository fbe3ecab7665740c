"""Open WebUI's events of ratings, as they come: one deleted, all of a user's, everybody's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from smart_router.errors import StoreError
from smart_router.health import Health
from smart_router.host.channel import OURS
from smart_router.host.models import connection_id
from smart_router.records import Store
from smart_router.records.log import one_record
from smart_router.registry.types import Backend
from smart_router.runtime.events import Events
from smart_router.state import MemoryState
from tests.support.host import FakeHost
from tests.support.records import record, sqlite_engine


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
    events = Events(host, store, nobody, nobody, nobody)
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


async def test_what_is_recorded_of_a_user_after_they_were_deleted_does_not_stay_theirs(store: Store) -> None:
    nobody: Any = None
    now = 0.0
    events = Events(FakeHost(), store, nobody, nobody, nobody, lambda: now)
    await store.write(record("before", user_id="ann"))
    await events.handle("user.deleted", {"subject": {"type": "user", "id": "ann"}}, None)
    # An answer that was under way, in this worker or another.
    await store.write(record("after", user_id="ann", prompt="what she asked"))
    await store.write(record("other", user_id="bob"))
    now = 61.0
    await events.forget_the_deleted()
    assert [await whose(store, id) for id in ("before", "after", "other")] == [None, None, "bob"]
    found = await one_record(store.database, "after")
    assert found is not None
    assert (found.chat_id, found.message_id, found.prompt) == (None, None, None)


async def test_a_user_who_was_deleted_while_the_database_was_down_is_forgotten_when_it_is_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody: Any = None
    now = 0.0
    events = Events(FakeHost(), store, nobody, nobody, nobody, lambda: now)
    await store.write(record("a", user_id="ann"))

    async def down(user_id: str) -> int:
        raise StoreError("the database does not answer")

    with monkeypatch.context() as failing:
        failing.setattr(store, "anonymise_user", down)
        with pytest.raises(StoreError):
            await events.handle("user.deleted", {"subject": {"type": "user", "id": "ann"}}, None)
    now = 61.0
    await events.forget_the_deleted()
    assert await whose(store, "a") is None


async def whose(store: Store, id: str) -> str | None:
    found = await one_record(store.database, id)
    assert found is not None
    return found.user_id


ONE, TWO = "http://one.example/v1", "http://two.example/v1"


def providers(*configured: tuple[str, str | None]) -> FakeHost:
    """Connections as (url, prefix)."""
    return FakeHost(connections={"openai": list(configured), "ollama": []})


def clock() -> float:
    return 1_800_000_000.0


async def failing(host: FakeHost, model: str, url: str, request: Any = None) -> set[str]:
    """The backends that a provider's refused key is held against."""
    backends = {
        id: Backend(id, id, connections=(connection_id("openai", *pair),))
        for pair in host.configured["openai"]
        for id in [f"{pair[1]}.gpt" if pair[1] else "gpt"]
    }
    health = Health(MemoryState(clock), clock)
    keeper: Any = SimpleNamespace(catalog=SimpleNamespace(backends=backends))
    nobody: Any = None
    events = Events(host, nobody, health, keeper, nobody)
    data = {"status": 401, "requested_model": model, "base_url": url}
    await events.handle("model.provider_request.failed", {"data": data}, request)
    return {status.id for status in health.statuses()}


async def test_a_providers_failure_is_held_against_the_backend_of_its_connection_alone() -> None:
    host = providers((ONE, "a"), (TWO, "b"), (TWO + "/plain", None))
    assert await failing(host, "gpt", ONE) == {"a.gpt"}
    assert await failing(host, "gpt", TWO + "/") == {"b.gpt"}
    assert await failing(host, "b.gpt", TWO) == {"b.gpt"}
    assert await failing(host, "gpt", TWO + "/plain") == {"gpt"}
    assert await failing(host, "gpt", "http://elsewhere.example/v1") == set()
    assert await failing(host, "", ONE) == set()


async def test_a_failure_of_one_of_two_keys_at_one_provider_is_held_against_neither() -> None:
    host = providers((TWO, "b"), (TWO, "c"))
    assert await failing(host, "gpt", TWO) == set()
    assert await failing(host, "c.gpt", TWO) == {"c.gpt"}


async def test_a_failure_of_our_own_call_is_not_taken_for_other_traffics() -> None:
    host = providers((ONE, "a"))
    assert await failing(host, "gpt", ONE, SimpleNamespace(scope={})) == {"a.gpt"}
    assert await failing(host, "gpt", ONE, SimpleNamespace(scope={OURS: True})) == set()
