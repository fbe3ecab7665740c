"""The page's routes in the real server, on what chats have left behind."""

from __future__ import annotations

import json

import pytest

from tests.support.installation import PAGE_API, SMART, Installation

HELLO = [{"role": "user", "content": "hello there"}]


def test_health_says_what_it_stands_on(smart: Installation) -> None:
    smart.chat("hello there")
    health = smart.get("/health")
    assert (health["status"], health["open_webui"], health["redis"]) == ("ok", "0.12.4", "absent")
    assert health["version"] == smart.functions[0].version
    assert (health["store"]["ok"], health["store"]["dialect"]) == (True, "sqlite")
    assert health["warnings"] == []


def test_health_is_degraded_by_an_open_breaker(smart: Installation) -> None:
    smart.valves(breaker_failures=1)
    smart.in_order("gpt-4o-mini", "gpt-4o")
    smart.backends.fault("gpt-4o-mini", "server_error_json")
    smart.chat("hello there")
    health = smart.get("/health")
    assert (health["status"], health["breakers"]["gpt-4o-mini"]) == ("degraded", "open")


def test_explain_decides_as_the_chat_does_and_sends_and_stores_nothing(smart: Installation) -> None:
    smart.in_order("mistral:7b", "gpt-4o-mini")
    newest = [record["id"] for record in smart.records()[:1]]
    decision = smart.post("/explain", {"model": SMART, "messages": HELLO})
    assert smart.backends.requests == []
    assert [record["id"] for record in smart.records()[:1]] == newest
    assert decision["chosen"] == "mistral:7b" == smart.chat("hello there")["selected_model_id"]
    record = smart.last_record()
    for key in ("intent", "complexity", "strategy", "signals", "sentence"):
        assert decision[key] == record[key], key


@pytest.mark.parametrize("body", [{}, {"messages": []}, {"messages": "hello"}])
def test_explain_refuses_what_is_no_chat(smart: Installation, body: dict[str, object]) -> None:
    with smart.api(smart.admin) as client:
        answer = client.post(f"{PAGE_API}/explain", json=body)
    assert answer.status_code == 400
    assert "messages" in answer.json()["detail"]


def test_headline_figures_count_each_chat_once(smart: Installation) -> None:
    smart.in_order("gpt-4o-mini", "mistral:7b")
    before = smart.get("/summary", range="1h")
    smart.chat("hello there")
    smart.backends.fault("gpt-4o-mini", "overloaded", times=1)
    smart.stream("hello there")
    smart.backends.fault("*", "overloaded")
    smart.chat("hello there")
    after = smart.get("/summary", range="1h")
    grown = {key: after[key] - before[key] for key in ("requests", "fallbacks", "errors")}
    assert grown == {"requests": 3, "fallbacks": 1, "errors": 1}
    assert after["cost_usd"] > before["cost_usd"]


def test_the_log_filters_pages_and_shows_one_record_whole(smart: Installation) -> None:
    smart.in_order("mistral:7b")
    for n in range(3):
        smart.chat(f"hello number {n}", smart.user)
    first = smart.get("/requests", limit=2, backend="mistral:7b", user_id=smart.user.id)
    second = smart.get(
        "/requests", limit=2, backend="mistral:7b", user_id=smart.user.id, cursor=first["next_cursor"]
    )
    ids = [item["id"] for item in first["items"] + second["items"]]
    assert len(ids) == len(set(ids)) >= 3
    times = [item["created_at"] for item in first["items"] + second["items"]]
    assert times == sorted(times, reverse=True)
    with smart.api(smart.admin) as client:
        assert client.get(f"{PAGE_API}/requests/nothing").status_code == 404


def test_export_has_a_line_for_every_record(smart: Installation) -> None:
    smart.chat("hello there")
    newest = smart.last_record()["id"]
    with smart.api(smart.admin) as client:
        lines = client.get(f"{PAGE_API}/export", params={"format": "jsonl", "range": "1h"}).text.splitlines()
        table = client.get(f"{PAGE_API}/export", params={"format": "csv", "range": "1h"}).text.splitlines()
    records = [json.loads(line) for line in lines]
    assert newest in {record["id"] for record in records}
    assert len(table) == len(records) + 1


def test_metrics_count_what_was_asked(smart: Installation) -> None:
    def value(text: str) -> float:
        wanted = [
            line
            for line in text.splitlines()
            if line.startswith("smart_router_requests_total{") and 'backend="mistral:7b"' in line
        ]
        return sum(float(line.rsplit(" ", 1)[1]) for line in wanted)

    smart.in_order("mistral:7b")
    with smart.api(smart.admin) as client:
        before = value(client.get(f"{PAGE_API}/metrics").text)
        smart.chat("hello there")
        assert value(client.get(f"{PAGE_API}/metrics").text) == before + 1


def test_a_registry_with_mistakes_is_refused_with_their_lines(smart: Installation) -> None:
    with smart.api(smart.admin) as client:
        answer = client.put(f"{PAGE_API}/registry", json={"text": "version: 1\nstrategi: balanced\n"})
        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert (error["line"], error["key"]) == (2, "strategi")
        newest = client.get(f"{PAGE_API}/registry").json()["version"]
        stale = client.put(f"{PAGE_API}/registry", json={"text": "version: 1", "version": newest - 1})
        assert stale.status_code == 409
        gone = client.post(
            f"{PAGE_API}/registry/validate", json={"text": "version: 1\nmodels: [{id: gone, tags: [x]}]\n"}
        ).json()
        assert (gone["errors"], len(gone["warnings"])) == ([], 1)
        assert "gone" in gone["warnings"][0]


def test_the_page_is_whole_and_may_only_run_its_own_script(smart: Installation) -> None:
    with smart.api(smart.admin) as client:
        # Not Open WebUI's own page, which answers every address that nothing else does.
        slashed = client.get("/admin/observability/", params={"range": "7d"})
        assert (slashed.status_code, slashed.headers["location"]) == (307, "/admin/observability?range=7d")
        page = client.get("/admin/observability")
        assert page.status_code == 200
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "<script" in page.text
        again = client.get("/admin/observability", headers={"If-None-Match": page.headers["etag"]})
        assert again.status_code == 304


def test_our_routes_are_in_open_webuis_own_description(smart: Installation) -> None:
    with smart.api() as client:
        paths = client.get("/openapi.json").json()["paths"]
    assert f"{PAGE_API}/health" in paths
    assert "/openai/chat/completions/smart" in paths
    assert "/static/loader.js" not in paths
