"""Routes that change something: breakers, registry, access, records, the smart endpoint."""

from __future__ import annotations

import threading

import httpx

from admin_pages.observability import shapes
from admin_pages.observability.api import PREFIX
from smart_router.health.types import BreakerStatus
from smart_router.records import Store

from .fakes import DECISION, FakeRuntime

Client = httpx.AsyncClient


async def test_breakers_are_listed_with_names_the_troubled_ones_first(
    client: Client, runtime: FakeRuntime
) -> None:
    runtime.breaker_list = [
        BreakerStatus("big"),
        BreakerStatus("org/small:8b", state="open", trips=2),
        BreakerStatus("c0", kind="connection"),
    ]
    items = (await client.get(f"{PREFIX}/circuit-breakers")).json()["items"]
    assert [(item["id"], item["name"], item["state"]) for item in items] == [
        ("org/small:8b", "A small one", "open"),
        ("big", "Big", "closed"),
        ("c0", "api.example.com", "closed"),
    ]


async def test_one_breaker_is_reset_by_an_id_that_holds_slashes(client: Client, runtime: FakeRuntime) -> None:
    runtime.breaker_list = [BreakerStatus("org/small:8b", state="open"), BreakerStatus("big", state="open")]
    for path in ("org%2Fsmall%3A8b", "org/small:8b"):
        response = await client.post(f"{PREFIX}/circuit-breakers/{path}/reset")
        assert response.status_code == 200
        shapes.ResetResult.model_validate(response.json(), strict=True)
    assert {status.id: status.state for status in runtime.breaker_list} == {
        "org/small:8b": "closed",
        "big": "open",
    }


async def test_all_breakers_are_reset_at_once(client: Client, runtime: FakeRuntime) -> None:
    runtime.breaker_list = [
        BreakerStatus("a", state="open"),
        BreakerStatus("b"),
        BreakerStatus("c", state="half_open"),
    ]
    response = await client.post(f"{PREFIX}/circuit-breakers/reset")
    assert response.json()["reset"] == 2
    assert all(status.state == "closed" for status in runtime.breaker_list)


async def test_a_backend_without_a_breaker_needs_no_reset_and_a_stranger_is_not_found(client: Client) -> None:
    assert (await client.post(f"{PREFIX}/circuit-breakers/big/reset")).json()["reset"] == 0
    response = await client.post(f"{PREFIX}/circuit-breakers/nobody/reset")
    assert response.status_code == 404
    assert "nobody" in response.json()["detail"]


async def test_a_registry_is_saved_as_a_new_version_and_used(client: Client, runtime: FakeRuntime) -> None:
    empty = (await client.get(f"{PREFIX}/registry")).json()
    assert (empty["text"], empty["version"], empty["saved_at"]) == ("", 0, None)
    saved = await client.put(f"{PREFIX}/registry", json={"text": "a: 1", "comment": "first", "version": 0})
    assert saved.status_code == 200
    found = saved.json()
    assert (found["text"], found["version"], found["saved_by"], found["comment"]) == (
        "a: 1",
        1,
        "admin",
        "first",
    )
    assert found["effective"] == {"routes": {}}
    assert found["warnings"] == ["huge is not listed"]
    assert runtime.reloaded == 1
    assert (await client.get(f"{PREFIX}/registry")).json() == found


async def test_an_invalid_registry_is_refused_with_its_lines(client: Client, store: Store) -> None:
    response = await client.put(f"{PREFIX}/registry", json={"text": "wrong"})
    assert response.status_code == 422
    assert response.json() == {
        "detail": "line 2: models.0.price: expected a number, and 1 more",
        "errors": [
            {"line": 2, "column": 3, "key": "models.0.price", "message": "expected a number"},
            {"line": 4, "column": 1, "key": "x", "message": "unknown"},
        ],
    }
    assert await store.registry_version() == 0


async def test_a_registry_made_from_an_older_version_is_refused(client: Client, store: Store) -> None:
    await store.registry_save("a: 1")
    await store.registry_save("a: 2")
    response = await client.put(f"{PREFIX}/registry", json={"text": "a: 3", "version": 1})
    assert response.status_code == 409
    assert "version 2" in response.json()["detail"]
    for version in (2, None):
        again = await client.put(f"{PREFIX}/registry", json={"text": "a: 3", "version": version})
        assert again.status_code == 200


async def test_checking_a_registry_saves_nothing(client: Client, store: Store) -> None:
    bad = (await client.post(f"{PREFIX}/registry/validate", json={"text": "wrong"})).json()
    good = (await client.post(f"{PREFIX}/registry/validate", json={"text": "a: 1"})).json()
    assert [error["line"] for error in bad["errors"]] == [2, 4]
    assert bad["effective"] is None
    assert (good["errors"], good["warnings"]) == ([], ["huge is not listed"])
    assert await store.registry_version() == 0


async def test_reading_a_registry_holds_up_no_chat(client: Client, runtime: FakeRuntime) -> None:
    await client.post(f"{PREFIX}/registry/validate", json={"text": "a: 1"})
    await client.put(f"{PREFIX}/registry", json={"text": "a: 1"})
    assert len(runtime.readers) == 2
    assert threading.get_ident() not in runtime.readers


async def test_old_versions_can_be_looked_at_to_go_back(client: Client, store: Store) -> None:
    await store.registry_save("a: 1", "first")
    await store.registry_save("a: 2", "second")
    items = (await client.get(f"{PREFIX}/registry/history")).json()["items"]
    assert [(item["version"], item["comment"]) for item in items] == [(2, "second"), (1, "first")]
    assert (await client.get(f"{PREFIX}/registry/1")).json()["text"] == "a: 1"


async def test_a_registry_of_unlimited_size_is_refused(client: Client) -> None:
    response = await client.put(f"{PREFIX}/registry", json={"text": "x" * 1_000_001})
    assert response.status_code == 422
    assert "body text" in response.json()["detail"]
    assert len(response.text) < 300


async def test_who_may_use_smart_can_be_changed(client: Client, runtime: FakeRuntime) -> None:
    response = await client.put(f"{PREFIX}/access", json={"access": "groups", "groups": ["g1"]})
    assert response.json()["access"] == "groups"
    assert runtime.asked == [("groups", ["g1"], "admin")]
    for wish in ({"access": "nobody"}, {"access": "groups", "groups": []}, {}):
        assert (await client.put(f"{PREFIX}/access", json=wish)).status_code == 422
    assert len(runtime.asked) == 1


async def test_a_decision_is_explained_without_a_chat(client: Client) -> None:
    body = {"messages": [{"role": "user", "content": "Hi"}]}
    found = (await client.post(f"{PREFIX}/explain", json=body)).json()
    assert found == DECISION
    shapes.DecisionShape.model_validate(found, strict=True)


async def test_a_body_that_cannot_be_used_is_400_and_no_json_is_422(client: Client) -> None:
    for path in (f"{PREFIX}/explain", "/openai/chat/completions/smart"):
        response = await client.post(path, json={})
        assert (response.status_code, response.json()["detail"]) == (
            400,
            "messages: expected a list with at least one message",
        )
        for content in (b"[1]", b"{", b"null"):
            response = await client.post(path, content=content, headers={"Content-Type": "application/json"})
            assert response.status_code == 422
            assert isinstance(response.json()["detail"], str)


async def test_records_are_only_dropped_when_it_was_said_plainly(client: Client, store: Store) -> None:
    assert (await client.delete(f"{PREFIX}/records")).status_code == 422
    assert (await client.delete(f"{PREFIX}/records?confirm=yes")).status_code == 422
    assert await store.registry_version() == 0
    assert (await client.delete(f"{PREFIX}/records?confirm=purge")).json() == {"purged": True}
    assert (await client.get(f"{PREFIX}/requests")).status_code == 503


async def test_the_smart_endpoint_answers_plain_and_streamed(client: Client) -> None:
    body = {"messages": [{"role": "user", "content": "Hi"}]}
    plain = await client.post("/openai/chat/completions/smart", json=body)
    assert plain.json() == {"object": "chat.completion", "user": "admin"}
    streamed = await client.post("/openai/chat/completions/smart", json={**body, "stream": True})
    assert streamed.headers["content-type"].startswith("text/event-stream")
    assert streamed.text == "data: [DONE]\n\n"
