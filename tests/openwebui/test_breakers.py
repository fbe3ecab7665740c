"""Circuit breakers: opened by failures, skipped while open, probed after, reset by hand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.installation import PAGE_API, Installation, eventually

FIRST, SECOND = "gpt-4o-mini", "mistral:7b"


def breaker(smart: Installation, id: str = FIRST) -> dict[str, Any]:
    found = {item["id"]: item for item in smart.get("/circuit-breakers")["items"]}
    return dict(found.get(id, {"state": "closed", "consecutive_failures": 0, "retry_at": None}))


def excluded(smart: Installation, backend: str = FIRST) -> str | None:
    by_id = {c["backend"]: c["excluded"] for c in smart.last_record()["ranking"]}
    return by_id[backend]  # type: ignore[no-any-return]


def calls(smart: Installation, backend: str = FIRST) -> int:
    return sum(1 for seen in smart.backends.requests if seen.model == backend)


@pytest.fixture
def failing(smart: Installation) -> Installation:
    """The first of two backends fails; two failures open its breaker."""
    smart.in_order(FIRST, SECOND)
    smart.valves(breaker_failures=2, breaker_recovery_s=60)
    smart.backends.fault(FIRST, "server_error_json")
    return smart


def trip(smart: Installation) -> None:
    for _ in range(2):
        assert smart.chat("hello there")["selected_model_id"] == SECOND


def test_after_the_threshold_it_opens_and_the_backend_is_left_alone(failing: Installation) -> None:
    failing.chat("hello there")
    assert (breaker(failing)["state"], breaker(failing)["consecutive_failures"]) == ("closed", 1)
    failing.chat("hello there")
    opened = breaker(failing)
    assert (opened["state"], opened["trips"] >= 1) == ("open", True)
    assert opened["retry_at"] > opened["opened_at"]
    assert "server_error" in opened["reason"]
    assert calls(failing) == 2
    for ask in (failing.chat, failing.stream):
        ask("hello there")
        assert excluded(failing) == "breaker_open"
    assert calls(failing) == 2
    assert failing.last_record()["outcome"] == "ok"


def test_a_success_in_between_starts_the_count_anew(failing: Installation) -> None:
    failing.backends.clear()
    for _ in range(3):
        failing.backends.fault(FIRST, "server_error_json", times=1)
        failing.chat("hello there")
        failing.chat("hello there")
    assert breaker(failing)["state"] == "closed"


def test_after_the_recovery_time_one_request_probes_and_closes_it(failing: Installation) -> None:
    failing.valves(breaker_failures=2, breaker_recovery_s=1)
    trip(failing)
    failing.backends.clear()
    assert eventually(lambda: breaker(failing)["state"] == "half_open", 10)
    failing.backends.fault(FIRST, "slow_tokens", delay_s=0.02)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: failing.chat(f"hello number {n}"), range(4)))
    assert [answer["selected_model_id"] for answer in answers].count(FIRST) == calls(failing) == 1
    assert breaker(failing)["state"] == "closed"
    assert failing.chat("hello there")["selected_model_id"] == FIRST


def test_a_probe_that_fails_opens_it_again_for_longer(failing: Installation) -> None:
    failing.valves(breaker_failures=2, breaker_recovery_s=1)
    trip(failing)
    first = breaker(failing)
    assert eventually(lambda: breaker(failing)["state"] == "half_open", 10)
    assert failing.chat("hello there")["selected_model_id"] == SECOND
    again = breaker(failing)
    assert again["state"] == "open"
    assert again["retry_at"] - again["opened_at"] > first["retry_at"] - first["opened_at"]


def test_one_is_reset_by_its_id_and_no_other(failing: Installation) -> None:
    failing.backends.fault(SECOND, "server_error_json")
    for _ in range(2):
        failing.chat("hello there")
    assert breaker(failing)["state"] == breaker(failing, SECOND)["state"] == "open"
    failing.backends.clear()
    result = failing.post(f"/circuit-breakers/{FIRST}/reset")
    assert result["reset"] == 1
    assert breaker(failing)["state"] == "closed"
    assert breaker(failing, SECOND)["state"] == "open"
    assert failing.chat("hello there")["selected_model_id"] == FIRST


def test_all_are_reset_at_once(failing: Installation) -> None:
    failing.backends.fault(SECOND, "server_error_json")
    for _ in range(2):
        failing.chat("hello there")
    assert failing.post("/circuit-breakers/reset")["reset"] >= 2
    assert {item["state"] for item in failing.get("/circuit-breakers")["items"]} == {"closed"}
    failing.backends.clear()
    assert failing.chat("hello there")["selected_model_id"] == FIRST


def test_an_id_with_a_slash_is_reset_and_one_that_is_not_there_is_said_so(smart: Installation) -> None:
    slashed = "meta-llama/llama-3.3-70b-instruct"
    smart.in_order(slashed, SECOND)
    smart.valves(breaker_failures=1)
    smart.backends.fault(slashed, "overloaded")
    smart.chat("hello there")
    assert breaker(smart, slashed)["state"] == "open"
    assert smart.post(f"/circuit-breakers/{slashed}/reset")["reset"] == 1
    assert breaker(smart, slashed)["state"] == "closed"
    with smart.api(smart.admin) as client:
        assert client.post(f"{PAGE_API}/circuit-breakers/no/such/model/reset").status_code == 404


def test_when_every_breaker_is_open_one_sentence_says_so(failing: Installation) -> None:
    failing.backends.fault(SECOND, "server_error_json")
    for _ in range(2):
        failing.chat("hello there")
    before = len(failing.backends.requests)
    answer = failing.chat("hello there")
    assert "failed just now" in answer["error"]["message"]
    assert len(failing.backends.requests) == before
    assert failing.last_record()["outcome"] == "refused"


def test_what_the_caller_did_wrong_does_not_count(smart: Installation) -> None:
    smart.in_order(FIRST)
    smart.valves(breaker_failures=1)
    smart.backends.fault(FIRST, "content_filter")
    smart.chat("hello there")
    assert calls(smart) == 1
    assert breaker(smart)["state"] == "closed"
    assert breaker(smart)["consecutive_failures"] == 0


def test_what_one_provider_declines_goes_to_the_next_where_the_registry_says_so(smart: Installation) -> None:
    smart.registry(
        "version: 1\nstrategy: task_type_optimized\nsensitive: 'off'\nconfidence_threshold: 1.0\n"
        "content_filter_fallback: true\nminimum_size_b: {general: {simple: 0, medium: 0, hard: 0}}\n"
        f"routes: {{general: {{models: ['{FIRST}', '{SECOND}'], only: true}}}}\n"
    )
    smart.backends.fault(FIRST, "content_filter")
    assert smart.chat("hello there")["selected_model_id"] == SECOND
    assert [attempt["error_kind"] for attempt in smart.last_record()["attempts"]] == ["content_filter", None]


def test_a_wrong_key_opens_it_at_once(smart: Installation) -> None:
    smart.in_order(FIRST, SECOND)
    assert not any("refuses the key" in warning for warning in smart.get("/health")["warnings"])
    smart.backends.fault(FIRST, "auth")
    smart.chat("hello there")
    assert breaker(smart)["state"] == "open"
    (warning,) = [w for w in smart.get("/health")["warnings"] if "refuses the key" in w]
    assert warning.startswith(f"{FIRST} ")


def test_retry_after_is_obeyed(smart: Installation) -> None:
    smart.in_order(FIRST, SECOND)
    smart.backends.fault(FIRST, "rate_limited", retry_after_s=30)
    smart.chat("hello there")
    held = breaker(smart)
    assert held["state"] == "closed"
    assert held["retry_at"] is not None
    smart.chat("hello there")
    assert excluded(smart) == "breaker_open"
    assert calls(smart) == 1


def test_failures_of_chats_that_go_to_the_model_directly_count_too(failing: Installation) -> None:
    for _ in range(2):
        failing.chat("hello there", model=FIRST)
    # Open WebUI tells of them in its own time, after the caller has the answer.
    assert eventually(lambda: breaker(failing)["state"] == "open")
    assert failing.chat("hello there")["selected_model_id"] == SECOND
    assert calls(failing) == 2


def test_a_failure_of_our_own_call_counts_once(failing: Installation) -> None:
    failing.valves(breaker_failures=10)
    for n in range(1, 4):
        failing.chat("hello there")
        assert breaker(failing)["consecutive_failures"] == n


def test_a_dead_connection_is_told_from_a_dead_model(smart: Installation) -> None:
    smart.in_order("mistral:7b", "phi3:3.8b", "qwen2.5:3b", FIRST)
    smart.valves(breaker_failures=2)
    smart.backends.refuse_connections("ollama")
    smart.chat("hello there")
    items = smart.get("/circuit-breakers")["items"]
    (connection,) = [i for i in items if i["kind"] == "connection" and i["state"] == "open"]
    assert connection["name"] == urlsplit(smart.backends.ollama_url).netloc, (
        "an administrator knows it by that"
    )
    assert smart.chat("hello there")["selected_model_id"] == FIRST
    record = smart.last_record()
    assert {excluded(smart, id) for id in ("mistral:7b", "phi3:3.8b", "qwen2.5:3b")} == {"breaker_open"}
    assert [a["backend"] for a in record["attempts"]] == [FIRST]
    smart.backends.accept_connections("ollama")
    smart.post(f"/circuit-breakers/{connection['id']}/reset")
    assert smart.chat("hello there")["selected_model_id"] in ("mistral:7b", "phi3:3.8b", "qwen2.5:3b")
