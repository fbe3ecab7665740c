"""Chats in which Open WebUI does some of the work: files, search, code, channels, automations, delegation."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from tests.openwebui.test_tool_rounds import text_of
from tests.support.installation import SMART, Installation, eventually
from tests.support.window import WindowChat

FIRST, SECOND = "gpt-4o-mini", "mistral:7b"
FACT = "The harbour of Dover is nineteen metres deep."
LEGACY = {"function_calling": "legacy"}


@pytest.fixture
def window(smart: Installation) -> WindowChat:
    smart.in_order(FIRST, "gpt-4o")
    return WindowChat(smart, smart.admin)


@contextmanager
def setting(
    smart: Installation, path: str, *, read: str = "", write: str = "", **values: Any
) -> Iterator[None]:
    """A part of Open WebUI's configuration, changed and put back."""
    with smart.api(smart.admin) as client:
        before = client.get(read or path).json()
        client.post(write or path, json={**before, **values}).raise_for_status()
        try:
            yield
        finally:
            client.post(write or path, json=before).raise_for_status()


@pytest.fixture(scope="module")
def embedding(running: Installation) -> None:
    """Embeddings come from the demo backend: without a network Open WebUI has no model of its own."""
    with running.api(running.admin) as client:
        client.post(
            "/api/v1/retrieval/embedding/update",
            json={
                "RAG_EMBEDDING_ENGINE": "openai",
                "RAG_EMBEDDING_MODEL": "text-embedding-3-small",
                "openai_config": {"url": running.backends.openai_url, "key": "simulated"},
            },
        ).raise_for_status()


def upload(smart: Installation) -> dict[str, Any]:
    with smart.api(smart.admin) as client:
        answer = client.post(
            "/api/v1/files/",
            params={"process_in_background": False},
            files={"file": ("dover.txt", FACT.encode(), "text/plain")},
        )
        answer.raise_for_status()
    file = answer.json()
    return {"type": "file", "id": file["id"], "name": "dover.txt", "file": file, "url": file["id"]}


def chats(smart: Installation) -> list[dict[str, Any]]:
    """What the backends were asked beside embeddings, oldest first."""
    return [s.body | {"path": s.path} for s in smart.backends.requests if "embeddings" not in s.path]


@pytest.mark.usefixtures("embedding")
@pytest.mark.parametrize("context", [{}, {"context": "full"}])
def test_a_file_is_read_and_its_text_reaches_the_backend_with_its_source(
    smart: Installation, window: WindowChat, context: dict[str, str]
) -> None:
    answer = window.send("how deep is Dover", files=[upload(smart) | context], params=LEGACY)
    assert "**Simulated answer from" in text_of(answer), str(answer)
    assert FACT in str(chats(smart)[-1]["messages"])
    assert FACT in str(answer["sources"][0]["document"])
    records = smart.records(chat_id=window.chat_id)
    assert {record["backend"] for record in records} == {FIRST}
    searched = [record for record in records if record["task"] == "query_generation"]
    assert len(searched) == (0 if context else 1)


@contextmanager
def search_engine() -> Iterator[str]:
    """A SearXNG of one result."""

    class Engine(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = {"url": "http://harbours.example/dover", "title": "Dover", "content": FACT}
            body = json.dumps({"results": [found]}).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Engine)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/search"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("mode", ["native", "legacy"])
def test_web_search_finds_and_the_answer_knows_it(smart: Installation, window: WindowChat, mode: str) -> None:
    with (
        search_engine() as url,
        smart.api(smart.admin) as client,
    ):
        before = client.get("/api/v1/retrieval/config").json()["web"]
        web = {
            **before,
            "ENABLE_WEB_SEARCH": True,
            "WEB_SEARCH_ENGINE": "searxng",
            "SEARXNG_QUERY_URL": url,
            "BYPASS_WEB_SEARCH_WEB_LOADER": True,
            "BYPASS_WEB_SEARCH_EMBEDDING_AND_RETRIEVAL": True,
        }
        client.post("/api/v1/retrieval/config/update", json={"web": web}).raise_for_status()
        try:
            answer = window.send(
                "search_web for the depth of Dover",
                features={"web_search": True},
                params={"function_calling": mode},
            )
        finally:
            client.post("/api/v1/retrieval/config/update", json={"web": before}).raise_for_status()
    assert FACT in str(chats(smart)[-1]["messages"])
    assert "**Simulated answer from" in text_of(answer), str(answer)
    records = smart.records(chat_id=window.chat_id)
    assert {record["backend"] for record in records} == {FIRST}
    done = {(str(r["task"]), r["round"]) for r in records}
    # In legacy mode the query is asked for once for the search and once for what it found.
    assert done == (
        {("None", 0), ("None", 1)} if mode == "native" else {("None", 0), ("query_generation", 0)}
    )


def test_the_code_interpreter_goes_only_to_a_backend_that_calls_tools(
    smart: Installation, window: WindowChat
) -> None:
    smart.in_order("gemma:2b", FIRST)
    window.send("add two and two", features={"code_interpreter": True})
    (sent,) = chats(smart)
    assert sent["model"] == FIRST
    assert "execute_code" in [tool["function"]["name"] for tool in sent["tools"]]
    excluded = {c["backend"]: c["excluded"] for c in smart.last_record()["ranking"]}
    assert excluded["gemma:2b"] == "no_tools"


def test_in_legacy_mode_the_code_interpreter_is_a_prompt_that_any_backend_reads(
    smart: Installation, window: WindowChat
) -> None:
    smart.in_order("mistral:7b")
    window.send("add two and two", features={"code_interpreter": True}, params=LEGACY)
    (sent,) = chats(smart)
    assert sent["model"] == "mistral:7b"
    assert "code_interpreter" in str(sent["messages"])
    assert not sent.get("tools")


def test_smart_answers_in_a_channel(smart: Installation) -> None:
    smart.in_order(FIRST, "gpt-4o")
    smart.backends.fault(FIRST, "overloaded")
    config = "/api/v1/auths/admin/config"
    with setting(smart, config, ENABLE_CHANNELS=True), smart.api(smart.admin) as client:
        form = {"name": f"harbour-{uuid.uuid4().hex[:6]}", "type": "", "access_grants": []}
        channel = client.post("/api/v1/channels/create", json=form).raise_for_status().json()["id"]
        message = {"content": f"<@M:{SMART}|Smart> hello there"}
        client.post(f"/api/v1/channels/{channel}/messages/post", json=message).raise_for_status()

        def answer() -> str:
            record = next((r for r in smart.records() if r["chat_id"] == f"channel:{channel}"), None)
            if record is None:
                return ""
            stored = client.get(f"/api/v1/channels/{channel}/messages/{record['message_id']}").json()
            return str(stored.get("content") or "")

        said = eventually(answer)
        client.delete(f"/api/v1/channels/{channel}/delete")
    assert "answer from `gpt-4o`" in said
    assert said.count("**Simulated answer from") == 1
    assert smart.last_record()["outcome"] == "fallback"


def test_an_automation_runs_on_smart(smart: Installation) -> None:
    smart.in_order(FIRST)
    data = {"prompt": "hello there", "model_id": SMART, "rrule": "FREQ=YEARLY"}
    with smart.api(smart.admin) as client:
        form = {"name": "Tides", "data": data, "is_active": False}
        made = client.post("/api/v1/automations/create", json=form).raise_for_status().json()
        client.post(f"/api/v1/automations/{made['id']}/run").raise_for_status()

        def ran() -> dict[str, Any] | None:
            runs = client.get(f"/api/v1/automations/{made['id']}/runs").json()
            return runs[0] if runs and runs[0].get("chat_id") else None

        run = eventually(ran)
        assert run is not None
        records = eventually(lambda: smart.records(chat_id=run["chat_id"]))
        client.delete(f"/api/v1/automations/{made['id']}/delete").raise_for_status()
    assert run["status"] != "error", run
    (record,) = records
    assert (record["backend"], record["outcome"], record["user_id"]) == (FIRST, "ok", smart.admin.id)


def test_a_delegated_task_works_on_smart_and_reports_back(smart: Installation, window: WindowChat) -> None:
    switch = "ENABLE_SUBAGENTS"
    # Open WebUI's route is called after its setting.
    path = f"/api/v1/configs/{switch.removeprefix('ENABLE_').lower()}"
    with setting(smart, path, **{switch: True, "SUBAGENTS_BACKGROUND_ENABLED": False}):
        answer = window.send("please delegate_task to somebody")
    assert "The tools said:" in text_of(answer)
    assert "Simulated answer from" in text_of(answer).split("The tools said:")[1]
    models = {seen.model for seen in smart.backends.requests}
    assert models == {FIRST}
    rounds = smart.records(limit=3)
    assert [(r["chat_id"] == window.chat_id, r["round"]) for r in rounds] == [
        (True, 1),
        (False, 0),
        (True, 0),
    ]
