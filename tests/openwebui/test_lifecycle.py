"""Installing, upgrading, switching off and taking out, on a server of its own, while people chat."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx
import pytest

from smart_router.cli.access import Access
from smart_router.cli.bundle import Function, to_json
from smart_router.cli.install import install, uninstall, upgrade
from tests.support.installation import (
    PAGE_API,
    SMART,
    Installation,
    content_of,
    eventually,
    installed,
)

COMMAND = Path(sys.executable).with_name("smart-router")
CARRIER = "smart_router_library"
HELLO = [{"role": "user", "content": "hello there"}]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("lifecycle")) as installation:
        yield installation
    # The one that a test provokes: a library that does not load.
    assert [line for line in installation.own_errors() if "keeps its present library" not in line] == []


@pytest.fixture
def smart(own: Installation) -> Installation:
    """Installed as on the first day, whatever the test before took out."""
    put(own)
    own.settle()
    own.in_order("gpt-4o-mini", "mistral:7b")
    return own


def quiet(_: str) -> None:
    return None


def put(smart: Installation, functions: list[Function] | None = None) -> None:
    with smart.ours() as client:
        install(client, functions or smart.functions, say=quiet, access=Access("everyone"))


def called(functions: list[Function], version: str) -> list[Function]:
    """The same release under another version: the smallest upgrade there is."""
    before = functions[0].version
    return [
        replace(
            function,
            content=function.content.replace(f'VERSION = "{before}"', f'VERSION = "{version}"').replace(
                f'__version__ = "{before}"', f'__version__ = "{version}"'
            ),
            meta={**function.meta, "manifest": {**function.meta["manifest"], "version": version}},
        )
        if function.id == CARRIER
        else function
        for function in functions
    ]


def carrier(smart: Installation, content: str) -> None:
    with smart.ours() as client:
        there = client.function(CARRIER)
        client.update_function(
            CARRIER, name=there["name"], content=content, meta=there["meta"], commit_message="for a test"
        )


def fetch(smart: Installation, path: str) -> httpx.Response:
    with smart.api(smart.admin) as client:
        return client.get(path)


def is_there(smart: Installation) -> bool:
    """Page, routes and script: all of them, or none."""
    page = "Smart Router" in fetch(smart, "/admin/observability").text
    api = fetch(smart, f"{PAGE_API}/health").headers["content-type"] == "application/json"
    script = "/admin/observability" in fetch(smart, "/static/loader.js").text
    assert page == api == script, (page, api, script)
    return page


def listed(smart: Installation) -> bool:
    return SMART in {model["id"] for model in fetch(smart, "/api/models").json()["data"]}


def toggle(smart: Installation, id: str = "smart_router") -> None:
    with smart.ours() as client:
        client.toggle_function(id)


def our_tables(smart: Installation) -> set[str]:
    with closing(sqlite3.connect(smart.server.data_dir / "webui.db")) as database:
        rows = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'smart_router%'"
        )
        return {name for (name,) in rows}


def test_installing_twice_changes_nothing(smart: Installation) -> None:
    said: list[str] = []
    with smart.ours() as client:
        before = client.functions()
        install(client, smart.functions, say=said.append, access=Access("everyone"))
        after = client.functions()
    assert {id: f["updated_at"] for id, f in before.items()} == {
        id: f["updated_at"] for id, f in after.items()
    }
    assert sum("already at version" in line for line in said) == 4
    assert before[CARRIER]["is_active"] is False


def test_an_upgrade_drops_none_of_ten_streams_and_new_chats_use_it_at_once(smart: Installation) -> None:
    old, new = smart.functions[0].version, "99.0.0"
    smart.backends.fault("gpt-4o-mini", "slow_tokens", delay_s=0.1)
    under_way = Barrier(11)

    def slow(n: int) -> list[dict[str, Any]]:
        events: list[dict[str, Any]] = []
        with (
            smart.api(smart.user) as client,
            client.stream(
                "POST",
                "/api/chat/completions",
                json={
                    "model": SMART,
                    "stream": True,
                    "messages": [{"role": "user", "content": f"count to {n}"}],
                },
            ) as answer,
        ):
            for line in answer.iter_lines():
                if line.startswith("data: {"):
                    events.append(json.loads(line[6:]))
                    if len(events) == 3:
                        under_way.wait(30)
        return events

    with ThreadPoolExecutor(10) as pool:
        answers = [pool.submit(slow, n) for n in range(1, 11)]
        under_way.wait(30)
        with smart.ours() as client:
            upgrade(client, called(smart.functions, new), say=quiet)
        assert smart.get("/health")["version"] == new
        assert smart.chat("hello there", smart_router={"model": "mistral:7b"})["choices"]
        assert smart.last_record()["library_version"] == new
        assert not any(answer.done() for answer in answers), "the upgrade came too late to prove anything"
        events = [answer.result() for answer in answers]
    for n, got in enumerate(events, 1):
        assert [event for event in got if "error" in event] == []
        text = content_of(got)
        assert f"You asked: “count to {n}”" in text
        assert text.endswith("system prompt: none")
        assert text.count("Simulated") == 1
    records = [r for r in smart.records() if r["library_version"] == old][:10]
    assert {record["outcome"] for record in records} == {"ok"}
    assert len(records) == 10


def test_breakers_survive_an_upgrade(smart: Installation) -> None:
    smart.valves(breaker_failures=1)
    smart.backends.fault("gpt-4o-mini", "overloaded")
    smart.chat("hello there")
    with smart.ours() as client:
        upgrade(client, called(smart.functions, "99.0.1"), say=quiet)
    assert smart.get("/health")["breakers"]["gpt-4o-mini"] == "open"
    assert smart.get("/health")["redis"] == "absent"
    smart.backends.clear()
    assert smart.post("/circuit-breakers/reset")["reset"] >= 1
    assert smart.chat("hello there")["selected_model_id"] == "gpt-4o-mini"


def test_upgrading_keeps_valves_switches_and_access(smart: Installation) -> None:
    smart.valves(retention_days=7)
    toggle(smart, "smart_router_filter")
    with smart.ours() as client:
        upgrade(client, called(smart.functions, "99.0.2"), say=quiet)
        assert client.functions()["smart_router_filter"]["is_active"] is False
        valves = client.get("/api/v1/functions/id/smart_router/valves")
    assert valves["retention_days"] == 7
    assert smart.get("/access")["access"] == "everyone"


def test_switching_off_takes_everything_away_at_once_and_on_brings_it_back(smart: Installation) -> None:
    assert is_there(smart)
    assert listed(smart)
    toggle(smart)
    assert not is_there(smart)
    assert not listed(smart)
    assert "smart_router" not in fetch(smart, "/openapi.json").text.replace(SMART, "")
    assert fetch(smart, "/static/loader.js").text.strip() == ""
    assert "choices" not in smart.chat("hello there")
    assert smart.chat("hello there", model="gpt-4o-mini")["choices"], "other models go on"
    toggle(smart)
    assert listed(smart)
    assert smart.chat("hello there")["choices"]
    assert is_there(smart)


def test_without_event_and_filter_the_pipe_does_the_main_job(smart: Installation) -> None:
    for id in ("smart_router_filter", "smart_router_events"):
        toggle(smart, id)
    toggle(smart)
    assert not is_there(smart)
    toggle(smart)
    assert smart.chat("hello there", smart.user)["choices"]
    assert is_there(smart)


def test_with_a_broken_library_chats_go_on_with_the_one_before(smart: Installation) -> None:
    carrier(smart, "class Action:\n    pass\n")
    for _ in range(2):
        assert smart.chat("hello there", smart.user)["choices"]
    assert smart.get("/health")["version"] == smart.functions[0].version
    assert "keeps its present library" in smart.server.log()


def test_uninstalling_leaves_nothing_but_the_records(smart: Installation) -> None:
    smart.chat("hello there", smart.user)
    newest = smart.last_record()["id"]
    with smart.ours() as client:
        uninstall(client, say=quiet)
        assert [id for id in client.functions() if id.startswith("smart_router")] == []
        assert [id for id in client.model_rows() if id.startswith("smart_router")] == []
    assert not is_there(smart)
    assert not listed(smart)
    assert our_tables(smart)
    put(smart)
    assert smart.last_record()["id"] == newest
    assert smart.get("/registry")["version"] > 0


def test_purging_takes_the_tables_as_well_and_a_new_start_works(smart: Installation) -> None:
    smart.chat("hello there", smart.user)
    with smart.ours() as client:
        uninstall(client, say=quiet, purge=True)
    assert our_tables(smart) == set()
    assert not is_there(smart)
    put(smart)
    assert smart.records() == []
    assert smart.chat("hello there", smart.user)["choices"]
    assert len(smart.records()) == 1
    assert smart.get("/health")["store"]["ok"] is True


def test_the_commands_put_it_in_renew_it_and_take_it_out(smart: Installation, tmp_path: Path) -> None:
    """As typed one after the other, the address and the token known from the login alone."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OPEN_WEBUI_")}
    environment["XDG_CONFIG_HOME"] = str(tmp_path)

    def typed(*arguments: str, stdin: str = "") -> Any:
        done = subprocess.run(
            [COMMAND, *arguments, "--json"], env=environment, input=stdin, capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (0, ""), arguments
        return json.loads(done.stdout)

    new = tmp_path / "smart_router.json"
    new.write_text(to_json(called(smart.functions, "99.0.3")), "utf-8")
    with smart.ours() as client:
        uninstall(client, say=quiet)
    who = ("--url", smart.url, "--email", smart.admin.email)
    assert typed("login", *who, "--password-stdin", stdin=f"{smart.admin.password}\n")["role"] == "admin"
    typed("install", "--access", "everyone")
    assert is_there(smart)
    assert smart.chat("hello there", smart.user)["choices"]
    told = typed("status")
    assert (told["status"], told["version"]) == ("ok", smart.functions[0].version)
    typed("upgrade", "--bundle", str(new))
    assert typed("status")["version"] == "99.0.3"
    assert smart.chat("hello there", smart.user)["choices"]
    typed("uninstall", "--yes")
    with smart.ours() as client:
        assert [id for id in client.functions() if id.startswith("smart_router")] == []
    assert not is_there(smart)


@pytest.mark.parametrize("order", ["as written", "reversed"])
def test_imported_in_the_admin_panel_it_works_in_either_order(smart: Installation, order: str) -> None:
    """As Admin → Functions → Import posts the file's entries, and an administrator switches them on."""
    with smart.ours() as client:
        uninstall(client, say=quiet)
    entries = [function.to_json() for function in smart.functions]
    if order == "reversed":
        entries.reverse()
    with smart.api(smart.admin) as http:
        for entry in entries:
            http.post("/api/v1/functions/create", json=entry).raise_for_status()
        assert not is_there(smart)
        for entry in entries:
            if entry["id"] != CARRIER:
                http.post(f"/api/v1/functions/id/{entry['id']}/toggle").raise_for_status()
        http.get("/api/models", params={"refresh": True}).raise_for_status()
        assert is_there(smart)
        assert smart.chat("hello there")["choices"]
        assert smart.get("/access") == {"access": "admins", "groups": [], "model_exists": False}
        assert "choices" not in smart.chat("hello there", smart.user)
        http.put(f"{PAGE_API}/access", json={"access": "everyone"}).raise_for_status()
    assert smart.chat("hello there", smart.user)["choices"]
    assert smart.get("/access")["access"] == "everyone"


def test_a_page_that_is_open_does_not_hold_a_server_that_stops(smart: Installation) -> None:
    with smart.api(smart.admin) as client, client.stream("GET", f"{PAGE_API}/events") as events:
        parts = events.iter_text()
        begun = next(parts)
        os.kill(smart.server.pid, signal.SIGTERM)
        # What comes until the connection is closed. Had the stream's own time run out, it would end
        # without a word.
        last = "".join(parts)
    assert begun.startswith("retry:")
    assert last.endswith(": the server stops\n\n")
    assert smart.server.ended()
    smart.server.start()
    assert eventually(lambda: "Smart Router" in fetch(smart, "/admin/observability").text)


def test_a_killed_server_loses_no_finished_record_and_starts_with_the_page_in_place(
    smart: Installation,
) -> None:
    for n in range(5):
        smart.chat(f"hello number {n}", smart.user)
    finished = [record["id"] for record in smart.records()]
    smart.backends.fault("gpt-4o-mini", "slow_tokens", delay_s=0.2)
    with ThreadPoolExecutor(3) as pool:
        cut = [pool.submit(smart.stream, "hello there", smart.user) for _ in range(3)]
        assert eventually(lambda: len([s for s in smart.backends.requests if s.outcome == "running"]) == 3)
        smart.server.stop(kill=True)
        for answer in cut:
            assert isinstance(answer.exception(), httpx.HTTPError)
    smart.backends.clear()
    smart.server.start()
    assert eventually(lambda: "Smart Router" in fetch(smart, "/admin/observability").text)
    assert is_there(smart), "before anybody has chatted"
    after = [record["id"] for record in smart.records()]
    assert after == finished, "the answers that were cut were never finished"
    assert smart.chat("hello there", smart.user)["choices"]


def test_without_its_library_after_a_start_smart_says_what_to_do(smart: Installation) -> None:
    with smart.ours() as client:
        client.delete_function(CARRIER)
    smart.server.stop()
    smart.server.start()
    sentence = (
        "Smart is not ready: the function “Smart Router library” is missing. "
        "An administrator should import Smart Router's functions again."
    )
    assert listed(smart)
    assert sentence in str(smart.chat("hello there", smart.user))
    assert sentence in str(smart.stream("hello there", smart.user))
    assert smart.chat("hello there", smart.user, model="gpt-4o-mini")["choices"], "other models go on"
    with smart.ours() as client:
        client.create_function(next(f for f in smart.functions if f.id == CARRIER))
    assert smart.chat("hello there", smart.user)["choices"]
    assert is_there(smart)
