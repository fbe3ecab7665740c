"""Backends that the administrator opened through Smart, and every way that leads to a backend."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.openwebui.test_access import NO_ACCESS, access, granted, used
from tests.openwebui.test_tool_rounds import TIDES, text_of
from tests.support.connections import model_row, models_changed
from tests.support.installation import EVERYONE, SMART, USER_BACKENDS, Installation, content_of
from tests.support.server import Account
from tests.support.window import WindowChat

#: Nobody but administrators has a grant on these; the last two are opened where a test says so.
PRIVATE = ("o3-mini", "gpt-4.1-nano", "meta-llama/llama-3.3-70b-instruct")
OPENED = PRIVATE[1:]
GRANTED = USER_BACKENDS
#: They do not answer, but are shown the chat: one for administrators, one opened, one granted.
READERS = ("o3-mini", "gpt-4.1-nano", "gpt-4o-mini")
TOOL = {"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}
HELLO = [{"role": "user", "content": "hello there"}]


def open_backends(smart: Installation, **valves: Any) -> None:
    smart.valves(open_backends=", ".join(OPENED), **valves)


def accounts(smart: Installation) -> dict[str, Account]:
    return {"admin": smart.admin, "user": smart.user, "outsider": smart.outsider}


def plain(smart: Installation, who: Account) -> None:
    smart.chat("hello there", who)


def streamed(smart: Installation, who: Account) -> None:
    smart.stream("hello there", who)


def falls_back(smart: Installation, who: Account) -> None:
    """Every call fails, so that every backend that may be tried is tried."""
    smart.backends.fault("*", "not_found")
    smart.stream("hello there", who)


def goes_on(smart: Installation, who: Account) -> None:
    """Each breaks off after some words, so that each that may go on does so."""
    for backend in (*PRIVATE, *GRANTED):
        smart.backends.fault(backend, "drop", after_tokens=20)
    smart.stream("hello there", who)


def escalates(smart: Installation, who: Account) -> None:
    """Half of a JSON document is a weak answer, to be replaced by that of whoever is stronger."""
    open_or_not = {"open_backends": ", ".join(OPENED)} if _is_open(smart) else {}
    smart.valves(escalation="checks", **open_or_not)
    smart.in_order("gemma:2b", *OPENED[1:], *PRIVATE, *GRANTED, only=False)
    smart.chat("hello there", who, max_tokens=3, response_format={"type": "json_object"})


def runs_a_task(smart: Installation, who: Account) -> None:
    smart.backends.fault("*", "not_found")
    with smart.api(who) as client:
        client.post("/api/v1/tasks/title/completions", json={"model": SMART, "messages": HELLO})


def calls_a_tool(smart: Installation, who: Account) -> None:
    answer = smart.chat("what is the weather", who, tools=[TOOL])
    if "choices" not in answer:
        return
    call = answer["choices"][0]["message"]
    result = {"role": "tool", "tool_call_id": call["tool_calls"][0]["id"], "content": "sunny"}
    smart.backends.fault("*", "not_found")
    smart.chat("", who, tools=[TOOL], messages=[*HELLO, call, result])


def asks_by_name(smart: Installation, who: Account) -> None:
    for backend in (*PRIVATE, "gpt-4o"):
        smart.chat("hello there", who, smart_router={"model": backend})


def uses_a_preset(smart: Installation, who: Account) -> None:
    with model_row(smart, "on-smart", base_model_id=SMART):
        smart.backends.fault("*", "not_found")
        smart.chat("hello there", who, model="on-smart")


def goes_directly(smart: Installation, who: Account) -> None:
    for backend in PRIVATE:
        smart.chat("hello there", who, model=backend)


def set_task_models(smart: Installation, local: str, external: str) -> None:
    with smart.api(smart.admin) as client:
        config = client.get("/api/v1/tasks/config").json()
        client.post(
            "/api/v1/tasks/config/update",
            json={**config, "TASK_MODEL": local, "TASK_MODEL_EXTERNAL": external},
        ).raise_for_status()


def has_it_judged(smart: Installation, who: Account) -> None:
    """Each of the readers in turn is named to grade an answer."""
    open_or_not = {"open_backends": ", ".join(OPENED)} if _is_open(smart) else {}
    # An answer is judged where somebody could answer better: of those that are opened, the last is weaker.
    smart.in_order("gemma:2b", *reversed(OPENED), *PRIVATE, *GRANTED, only=False)
    for judge in READERS:
        smart.valves(escalation="judge", judge_backend=judge, **open_or_not)
        smart.chat("hello there", who)


def asks_for_an_opinion(smart: Installation, who: Account) -> None:
    """Each of the readers in turn is the task model, which is asked what an unclear request is."""
    open_or_not = {"open_backends": ", ".join(OPENED)} if _is_open(smart) else {}
    smart.registry("version: 1\nconfidence_threshold: 1.0\n")
    smart.valves(second_opinion="task_model", second_opinion_ms=10_000, **open_or_not)
    try:
        for reader in READERS:
            set_task_models(smart, reader, reader)
            smart.chat("the compiler, tonight", who)
    finally:
        set_task_models(smart, "", "")


def read_by(smart: Installation, purpose: str) -> set[str]:
    """Who was shown the newest chats for this purpose."""
    newest = smart.records()[: len(READERS)]
    return {a["backend"] for record in newest for a in record["attempts"] if a["purpose"] == purpose}


PATHS: list[Callable[[Installation, Account], None]] = [
    plain, streamed, falls_back, goes_on, escalates, runs_a_task, calls_a_tool, asks_by_name, uses_a_preset,
    goes_directly, has_it_judged, asks_for_an_opinion,
]  # fmt: skip


def _is_open(smart: Installation) -> bool:
    with smart.ours() as client:
        return bool((client.get("/api/v1/functions/id/smart_router/valves") or {}).get("open_backends"))


def allowed(smart: Installation, who: str, path: Callable[..., None], opened: bool) -> set[str]:
    """Which backends this account may reach on this path."""
    if who == "admin":
        return {*PRIVATE, *GRANTED}
    if path is goes_directly:
        return set()
    return {*(GRANTED if who == "user" else ()), *(OPENED if opened else ())}


@pytest.mark.parametrize("opened", [False, True], ids=["none opened", "opened"])
@pytest.mark.parametrize("who", ["admin", "user", "outsider"])
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_every_path_leads_only_where_the_account_may_go(
    smart: Installation, path: Callable[[Installation, Account], None], who: str, opened: bool
) -> None:
    smart.in_order(*PRIVATE, *GRANTED, only=False)
    if opened:
        open_backends(smart)
    may = allowed(smart, who, path, opened)
    path(smart, accounts(smart)[who])
    assert used(smart) <= may
    if may:
        assert used(smart), "a path that leads nowhere proves nothing"
    if path is escalates and len(may) > len(OPENED):
        assert [a["purpose"] for a in smart.last_record()["attempts"]] == ["answer", "escalation"]
    if path is has_it_judged:
        assert read_by(smart, "judge") == {*READERS} & may
    if path is asks_for_an_opinion:
        assert read_by(smart, "second_opinion") == {*READERS} & may
    if path in (falls_back, uses_a_preset, runs_a_task) and may:
        assert used(smart) == may


def test_whoever_has_only_what_was_opened_is_answered_by_it(smart: Installation) -> None:
    smart.in_order(*PRIVATE, only=False)
    open_backends(smart)
    assert smart.chat("hello there", smart.outsider)["selected_model_id"] == OPENED[0]
    assert "answer from `gpt-4.1-nano`" in content_of(smart.stream("hello there", smart.outsider))
    ranking = {c["backend"]: c["excluded"] for c in smart.last_record()["ranking"]}
    assert ranking["o3-mini"] == "no_access"
    assert {ranking[backend] for backend in OPENED} == {None}
    smart.valves()
    assert smart.chat("hello there", smart.outsider)["error"]["message"] == NO_ACCESS


def test_outside_smart_it_stays_closed_and_unlisted(smart: Installation) -> None:
    open_backends(smart)
    assert smart.chat("hello there", smart.outsider)["choices"]
    with smart.api(smart.outsider) as client:
        listed = {model["id"] for model in client.get("/api/models").json()["data"]}
    assert SMART in listed
    assert not listed & {*PRIVATE, *GRANTED}
    assert "choices" not in smart.chat("hello there", smart.outsider, model=OPENED[0])


def test_who_may_not_use_smart_gets_nothing_of_it(smart: Installation) -> None:
    open_backends(smart)
    access(smart, "admins")
    try:
        assert "choices" not in smart.chat("hello there", smart.outsider)
        with smart.api(smart.outsider) as client:
            client.post("/api/v1/tasks/title/completions", json={"model": SMART, "messages": HELLO})
            client.post("/openai/chat/completions/smart", json={"messages": HELLO})
        uses_a_preset(smart, smart.outsider)
        assert smart.backends.requests == []
    finally:
        access(smart, "everyone")


def test_a_group_that_gets_a_grant_is_offered_the_backend(smart: Installation) -> None:
    smart.in_order("o3-mini")
    with smart.api(smart.admin) as client:
        group = client.post("/api/v1/groups/create", json={"name": "Crew", "description": ""}).json()["id"]
        members = {"user_ids": [smart.outsider.id]}
        client.post(f"/api/v1/groups/id/{group}/users/add", json=members).raise_for_status()
        grant = {"principal_type": "group", "principal_id": group, "permission": "read"}
        try:
            with model_row(smart, "o3-mini", access_grants=[grant]):
                assert smart.chat("hello there", smart.outsider)["selected_model_id"] == "o3-mini"
                assert smart.chat("hello there", smart.user)["error"]["message"] == NO_ACCESS
        finally:
            client.delete(f"/api/v1/groups/id/{group}/delete").raise_for_status()
            models_changed(smart)
    assert smart.chat("hello there", smart.outsider)["error"]["message"] == NO_ACCESS


def test_a_preset_gives_no_right_to_the_private_model_that_it_stands_on(smart: Installation) -> None:
    with model_row(smart, "helper", base_model_id="o3-mini"), granted(smart, "gpt-4o", smart.outsider):
        smart.in_order("helper", "gpt-4o")
        assert smart.chat("hello there", smart.outsider)["selected_model_id"] == "gpt-4o"
        assert used(smart) == {"gpt-4o"}


@pytest.fixture
def tides(smart: Installation) -> Iterator[None]:
    form = {"id": "tides_open", "name": "Tides", "content": TIDES, "meta": {"description": "for a test"}}
    with smart.api(smart.admin) as client:
        client.post("/api/v1/tools/create", json={**form, "access_grants": EVERYONE}).raise_for_status()
        yield
        client.delete("/api/v1/tools/id/tides_open/delete").raise_for_status()


def test_in_the_window_an_opened_backend_runs_tools_and_the_chats_tasks(
    smart: Installation, tides: None
) -> None:
    smart.in_order(*OPENED)
    open_backends(smart)
    chat = WindowChat(smart, smart.outsider)
    answer = chat.send(
        "ask tide_table about Dover",
        tool_ids=["tides_open"],
        background_tasks={"tags_generation": True, "follow_up_generation": True},
    )
    assert "The tools said: high water at noon" in text_of(answer)
    assert answer["selectedModelId"] == OPENED[0]
    again = chat.send("thank you")
    assert "**Simulated answer from" in text_of(again)
    assert used(smart) <= set(OPENED)
