"""Only what a user may use: Smart itself, and every backend that a chat may lead to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.support.connections import models_changed
from tests.support.installation import (
    PAGE_API,
    SMART,
    USER_BACKENDS,
    Installation,
    content_of,
    reading,
)
from tests.support.server import Account
from tests.support.window import WindowChat

NO_ACCESS = (
    "You have no access to a model that could answer this. You can ask an administrator for access to one."
)


def used(smart: Installation) -> set[str]:
    return {seen.model for seen in smart.backends.requests}


def access(smart: Installation, kind: str, groups: list[str] | None = None) -> None:
    with smart.api(smart.admin) as client:
        wish = {"access": kind, "groups": groups or []}
        client.put(f"{PAGE_API}/access", json=wish).raise_for_status()


@contextmanager
def granted(smart: Installation, backend: str, *accounts: Account) -> Iterator[None]:
    """The backend is granted to these accounts alone."""

    def write(grants: list[dict[str, str]]) -> None:
        with smart.api(smart.admin) as client:
            client.post(
                "/api/v1/models/model/access/update", json={"id": backend, "access_grants": grants}
            ).raise_for_status()
        models_changed(smart)

    write(reading(*accounts))
    try:
        yield
    finally:
        write(reading(smart.user))


@pytest.fixture
def team(smart: Installation) -> Iterator[str]:
    """A group with the outsider in it; everyone may use Smart again afterwards."""
    with smart.api(smart.admin) as client:
        made = client.post("/api/v1/groups/create", json={"name": "Team", "description": ""}).json()
        client.post(
            f"/api/v1/groups/id/{made['id']}/users/add", json={"user_ids": [smart.outsider.id]}
        ).raise_for_status()
        yield str(made["id"])
        client.delete(f"/api/v1/groups/id/{made['id']}/delete").raise_for_status()
    access(smart, "everyone")


@pytest.fixture
def row_of_its_own(smart: Installation) -> Iterator[None]:
    """A test may do to Smart's row what it likes: it is made anew afterwards."""
    yield
    with smart.api(smart.admin) as client:
        client.post("/api/v1/models/model/delete", json={"id": SMART}).raise_for_status()
    access(smart, "everyone")


def sees_smart(smart: Installation, account: Account) -> bool:
    with smart.api(account) as client:
        return SMART in {model["id"] for model in client.get("/api/models").json()["data"]}


def test_an_administrator_may_use_every_backend(smart: Installation) -> None:
    smart.chat("hello there", smart.admin)
    assert "no_access" not in {c["excluded"] for c in smart.last_record()["ranking"]}


def test_a_user_is_offered_what_was_granted_and_nothing_else(smart: Installation) -> None:
    smart.chat("hello there", smart.user)
    excluded = {c["backend"]: c["excluded"] for c in smart.last_record()["ranking"]}
    assert {id for id, reason in excluded.items() if reason != "no_access"} == set(USER_BACKENDS)
    assert len(excluded) > len(USER_BACKENDS)


@pytest.mark.parametrize("streamed", [False, True])
def test_somebody_without_any_backend_reads_whom_to_ask(smart: Installation, streamed: bool) -> None:
    ask = smart.stream if streamed else smart.chat
    answer = ask("hello there", smart.outsider)
    error = answer[0]["error"] if isinstance(answer, list) else answer["error"]
    assert error["message"] == NO_ACCESS
    assert smart.backends.requests == []
    record = smart.last_record()
    assert (record["outcome"], record["user_id"]) == ("refused", smart.outsider.id)
    # Nobody was called: that is a price, and a known one.
    assert record["cost_usd"] == 0.0


def test_in_the_window_the_refusal_is_the_messages_error(smart: Installation) -> None:
    message = WindowChat(smart, smart.outsider).send("hello there")
    assert not message.get("content")
    assert NO_ACCESS in str(message["error"])


@pytest.mark.parametrize("streamed", [False, True])
def test_a_fallback_never_leads_to_a_backend_without_a_grant(smart: Installation, streamed: bool) -> None:
    smart.in_order("o3-mini", *USER_BACKENDS, only=False)
    smart.backends.fault("*", "overloaded")
    ask = smart.stream if streamed else smart.chat
    ask("hello there", smart.user)
    assert used(smart) == set(USER_BACKENDS)
    assert smart.last_record()["outcome"] == "failed"


def test_a_continuation_never_leads_to_a_backend_without_a_grant(smart: Installation) -> None:
    smart.in_order("gpt-4o-mini", "o3-mini", "mistral:7b")
    smart.backends.fault("gpt-4o-mini", "drop", after_tokens=20)
    assert content_of(smart.stream("hello there", smart.user))
    assert used(smart) == {"gpt-4o-mini", "mistral:7b"}


def test_a_task_never_leads_to_a_backend_without_a_grant(smart: Installation) -> None:
    smart.backends.fault("*", "overloaded")
    with smart.api(smart.user) as client:
        client.post(
            "/api/v1/tasks/title/completions",
            json={"model": SMART, "messages": [{"role": "user", "content": "hello"}]},
        )
    assert used(smart) == set(USER_BACKENDS)


def test_asking_for_a_backend_by_name_gives_no_right_to_it(smart: Installation) -> None:
    answer = smart.chat("hello there", smart.user, smart_router={"model": "o3-mini"})
    assert "o3-mini was asked for, but this user has no access to it" in answer["error"]["message"]
    assert smart.backends.requests == []


def test_a_new_grant_holds_from_the_next_chat_and_one_that_is_gone_no_longer(smart: Installation) -> None:
    smart.in_order("gpt-4o", "mistral:7b")
    assert smart.chat("hello there", smart.user)["selected_model_id"] == "gpt-4o"
    assert smart.chat("hello there", smart.outsider)["error"]["message"] == NO_ACCESS
    with granted(smart, "gpt-4o", smart.outsider):
        assert smart.chat("hello there", smart.outsider)["selected_model_id"] == "gpt-4o"
        assert smart.chat("hello there", smart.user)["selected_model_id"] == "mistral:7b"
    assert smart.chat("hello there", smart.outsider)["error"]["message"] == NO_ACCESS
    assert smart.chat("hello there", smart.user)["selected_model_id"] == "gpt-4o"


def test_tool_rounds_of_a_plain_user_stay_on_the_backend_and_within_its_grants(smart: Installation) -> None:
    smart.in_order("gpt-4o", "mistral:7b")
    tool = {"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}
    first = smart.chat("what is the weather", smart.user, tools=[tool])
    call = first["choices"][0]["message"]
    assert "selected_model_id" not in first
    messages = [
        {"role": "user", "content": "what is the weather"},
        call,
        {"role": "tool", "tool_call_id": call["tool_calls"][0]["id"], "content": "sunny"},
    ]
    second = smart.chat("", smart.user, tools=[tool], messages=messages)
    assert "sunny" in second["choices"][0]["message"]["content"]
    assert used(smart) == {"gpt-4o"}


def test_smart_is_for_whom_the_administrator_says(smart: Installation, team: str) -> None:
    everybody = (smart.admin, smart.user, smart.outsider)

    def seen_by() -> list[str]:
        return [account.name for account in everybody if sees_smart(smart, account)]

    assert seen_by() == ["Admin", "User", "Outsider"]
    access(smart, "groups", [team])
    state = smart.get("/access")
    assert (state["access"], [g["id"] for g in state["groups"] if g["selected"]]) == ("groups", [team])
    assert seen_by() == ["Admin", "Outsider"]
    access(smart, "admins")
    assert seen_by() == ["Admin"]
    refused: dict[str, Any] = smart.chat("hello there", smart.user)
    assert "choices" not in refused
    assert smart.backends.requests == []
    assert smart.chat("hello there", smart.admin)["selected_model_id"]
    access(smart, "everyone")
    assert seen_by() == ["Admin", "User", "Outsider"]


def test_the_switch_stays_on_smart_when_its_access_changes(smart: Installation) -> None:
    access(smart, "admins")
    access(smart, "everyone")
    with smart.api(smart.user) as client:
        models = {m["id"]: m for m in client.get("/api/models").json()["data"]}
    assert [f["id"] for f in models[SMART]["filters"]] == ["smart_router_filter"]
    assert models[SMART]["name"] == "Smart"


@pytest.mark.usefixtures("row_of_its_own")
def test_a_row_that_was_made_in_open_webui_gets_the_switch_with_its_access(smart: Installation) -> None:
    """As after an import in the admin panel, when Smart was edited in Settings → Models first."""
    form = {
        "id": SMART,
        "base_model_id": None,
        "name": "Our Smart",
        "meta": {"description": "For the house", "tags": [{"name": "house"}]},
        "params": {"temperature": 0.5},
        "access_grants": reading(smart.outsider),
    }
    with smart.api(smart.admin) as client:
        client.post("/api/v1/models/model/delete", json={"id": SMART}).raise_for_status()
        client.post("/api/v1/models/create", json=form).raise_for_status()
    access(smart, "everyone")
    with smart.api(smart.user) as client:
        models = {m["id"]: m for m in client.get("/api/models").json()["data"]}
    assert [f["id"] for f in models[SMART]["filters"]] == ["smart_router_filter"]
    with smart.api(smart.admin) as client:
        row = client.get("/api/v1/models/model", params={"id": SMART}).json()
    assert (row["name"], row["params"], row["is_active"]) == ("Our Smart", {"temperature": 0.5}, True)
    assert (row["meta"]["description"], row["meta"]["tags"]) == ("For the house", [{"name": "house"}])
    # Given to one user by the administrator: no choice of ours, so it stays.
    assert {(g["principal_type"], g["principal_id"]) for g in row["access_grants"]} == {
        ("user", "*"),
        ("user", smart.outsider.id),
    }
