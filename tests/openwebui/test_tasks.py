"""Open WebUI's background work on Smart: cheap, marked as what it is, and not counted as chats."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.installation import SMART, Installation, eventually
from tests.support.window import WindowChat

TALK = [
    {"role": "user", "content": "How do tides come about?"},
    {"role": "assistant", "content": "The Moon pulls at the water."},
]
TASKS = {
    "title": "title_generation",
    "follow_up": "follow_up_generation",
    "tags": "tags_generation",
    "image_prompt": "image_prompt_generation",
    "queries": "query_generation",
    "auto": "autocomplete_generation",
    "emoji": "emoji_generation",
}


def run(smart: Installation, name: str, **body: Any) -> dict[str, Any]:
    form = {"model": SMART, "messages": TALK, "prompt": "How do tides", "type": "web_search", **body}
    with smart.api(smart.user) as client:
        answer = client.post(f"/api/v1/tasks/{name}/completions", json=form)
        answer.raise_for_status()
    return dict(answer.json())


@pytest.fixture(scope="module")
def _autocomplete(running: Installation) -> None:
    """Open WebUI ships with it off; every other task is on."""
    with running.api(running.admin) as client:
        config = client.get("/api/v1/tasks/config").json()
        client.post(
            "/api/v1/tasks/config/update", json={**config, "ENABLE_AUTOCOMPLETE_GENERATION": True}
        ).raise_for_status()


@pytest.mark.usefixtures("_autocomplete")
@pytest.mark.parametrize("name", TASKS)
def test_every_task_is_answered_and_marked(smart: Installation, name: str) -> None:
    answer = run(smart, name)
    assert answer["choices"][0]["message"]["content"]
    record = smart.last_record()
    assert record["task"] == TASKS[name]
    assert record["outcome"] == "ok"
    assert [attempt["purpose"] for attempt in record["attempts"]] == ["task"]


def test_a_title_is_the_json_that_open_webui_reads(smart: Installation) -> None:
    assert '"title"' in run(smart, "title")["choices"][0]["message"]["content"]


def test_titles_go_to_the_cheapest_that_is_ready_whatever_the_strategy(smart: Installation) -> None:
    smart.valves(default_strategy="quality_first")
    run(smart, "title")
    record = smart.last_record()
    backends = {item["id"]: item for item in smart.get("/models")["items"]}
    chosen = backends[record["backend"]]
    assert not chosen["local"] or chosen["loaded"]
    ready = [
        backends[candidate["backend"]]
        for candidate in record["ranking"]
        if candidate["excluded"] is None
        and (not backends[candidate["backend"]]["local"] or backends[candidate["backend"]]["loaded"])
    ]
    assert len(ready) > 1
    assert chosen["output_usd_per_mtok"] == min(item["output_usd_per_mtok"] or 0 for item in ready)


def test_tasks_are_not_counted_among_the_requests(smart: Installation) -> None:
    before = smart.get("/summary")
    run(smart, "title")
    run(smart, "tags")
    after = smart.get("/summary")
    assert after["requests"] == before["requests"]
    assert smart.records(task="any")[0]["task"] == "tags_generation"
    assert all(record["task"] is None for record in smart.records(task="none"))


def test_a_failing_task_falls_back_like_any_chat_and_ends_as_an_error(smart: Installation) -> None:
    smart.backends.fault("*", "server_error_json", times=1)
    assert run(smart, "title")["choices"]
    record = smart.last_record()
    assert record["outcome"] == "fallback"
    assert len(record["attempts"]) == 2
    smart.backends.fault("*", "server_error_json")
    with smart.api(smart.user) as client:
        answer = client.post("/api/v1/tasks/title/completions", json={"model": SMART, "messages": TALK})
    assert answer.status_code == 502
    assert "error" in answer.json()
    assert smart.last_record()["outcome"] == "failed"


def test_a_chat_in_the_window_gets_its_title_tags_and_follow_ups(smart: Installation) -> None:
    chat = WindowChat(smart, smart.user)
    answer = chat.send(
        "How do tides come about?",
        background_tasks={"title_generation": True, "tags_generation": True, "follow_up_generation": True},
    )
    assert eventually(lambda: chat.stored(answer["id"]).get("followUps"))
    records = eventually(lambda: found if len(found := smart.records(chat_id=chat.chat_id)) == 4 else None)
    assert records is not None
    assert sorted(str(record["task"]) for record in records) == [
        "None", "follow_up_generation", "tags_generation", "title_generation",
    ]  # fmt: skip
    turns = {record["task"]: record["turn_id"] for record in records}
    assert turns[None] == answer["id"]
    assert turns["follow_up_generation"] == turns["tags_generation"] == answer["id"]


def test_questions_for_a_search_are_asked_of_the_chats_own_backend(smart: Installation) -> None:
    smart.in_order("mistral:7b", only=False)
    chat = WindowChat(smart, smart.user)
    chat.send("How do tides come about?")
    smart.registry("version: 1\nstrategy: latency_first")
    run(smart, "queries", chat_id=chat.chat_id)
    record = smart.last_record()
    assert (record["backend"], record["reason"]) == ("mistral:7b", "chat_backend")
