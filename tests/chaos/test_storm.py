"""A third of all calls fails in every way there is: every chat still ends whole, or with one clear error."""

from __future__ import annotations

import itertools
import json
import statistics
from collections import Counter
from typing import Any

import pytest

from smart_router.cli.demo import KINDS
from tests.support.installation import Installation, eventually

from .probe import look
from .storm import FAILING, FAULTY, HEALTHY, TIMEOUT_S, Chat, chats, check_attempts, fail, run

#: A breaker that opened is tried again this much later, so that they open and close many times.
RECOVERY_S = 1.0
#: What memory may grow by: a list that keeps every chat's record takes more, an allocator's unrest less.
MOST_BYTES_PER_CHAT = 2000.0


@pytest.fixture
def stormy(smart: Installation) -> Installation:
    smart.valves(
        store_prompts=True,
        first_token_timeout_s=TIMEOUT_S,
        idle_timeout_s=TIMEOUT_S,
        breaker_recovery_s=RECOVERY_S,
    )
    return smart


def check_storm(smart: Installation, asked: list[Chat]) -> None:
    for chat in asked:
        if chat.declined:
            assert [e["message"] for e in chat.errors] == [declined(chat)], str(chat)
        else:
            assert chat.errors == [], str(chat)
            assert chat.is_whole(), str(chat)
            assert chat.finishes == 1, str(chat)
            for call in chat.calls:
                assert isinstance(json.loads(call["arguments"]), dict), str(chat)
        check_attempts(chat)
    calls = [seen for chat in asked for seen in chat.seen if seen.model in FAULTY]
    failed = [seen for seen in calls if seen.fault]
    assert FAILING / 2 < len(failed) / len(calls) < FAILING * 2
    assert {seen.fault for seen in failed} == set(KINDS)
    assert {seen.fault for chat in asked for seen in chat.seen if seen.model == HEALTHY} == {None}
    outcomes = {chat.record["outcome"] for chat in asked}
    assert outcomes == {"ok", "fallback", "continued", "failed"}


def declined(chat: Chat) -> str:
    who = chat.record["backend"]
    if chat.text:
        # It was to go on with what another had begun.
        return (
            f"The answer broke off: {who} declined this content. What you see is incomplete; "
            "regenerate it to try again."
        )
    return f"{who} declined this request because of its content rules."


def check_breakers(smart: Installation, asked: list[Chat]) -> None:
    """They opened, nobody was called while they were open, and they are closed when the storm is over."""
    started: dict[str, list[float]] = {}
    for chat in asked:
        for attempt in chat.record["attempts"]:
            started.setdefault(attempt["backend"], []).append(attempt["started_at"])
    items = {item["id"]: item for item in smart.get("/circuit-breakers")["items"]}
    assert sum(items[id]["trips"] for id in FAULTY) > 0
    assert items[HEALTHY]["trips"] == 0
    assert [item["id"] for item in items.values() if item["kind"] == "connection" and item["trips"]] == []
    for id in FAULTY:
        for opened, ended in open_spans(items[id]["history"]):
            assert [at for at in started[id] if opened < at < ended] == [], (id, items[id]["history"])
    smart.backends.clear()

    def all_closed() -> bool:
        for id in FAULTY:
            smart.chat("hello there", smart_router={"model": id})
        return {item["state"] for item in smart.get("/circuit-breakers")["items"]} == {"closed"}

    assert eventually(all_closed, 30)


def open_spans(history: list[dict[str, Any]]) -> list[tuple[float, float]]:
    """From each opening to the probe that followed it."""
    return [
        (event["at"], after["at"]) for event, after in itertools.pairwise(history) if event["state"] == "open"
    ]


def tasks_at_rest(smart: Installation) -> Counter[str]:
    """What runs in the server when nobody asks anything, once it has answered somebody."""
    smart.in_order(HEALTHY)
    smart.chat("hello there")
    smart.backends.clear()
    return look(smart).tasks


def check_nothing_left(smart: Installation, at_rest: Counter[str]) -> None:
    def idle() -> bool:
        held = look(smart)
        return held.under_way == 0 and not held.tasks - at_rest

    assert eventually(idle), look(smart).tasks - at_rest
    assert smart.own_errors() == []


def storm(smart: Installation, count: int, first: int) -> list[Chat]:
    smart.in_order(*FAULTY, HEALTHY)
    fail(smart, FAULTY, FAILING)
    asked = chats(count, first)
    run(smart, asked)
    return asked


def test_with_one_healthy_backend_every_chat_gets_its_whole_answer_once(stormy: Installation) -> None:
    at_rest = tasks_at_rest(stormy)
    asked = storm(stormy, 200, 10_000)
    check_storm(stormy, asked)
    check_breakers(stormy, asked)
    check_nothing_left(stormy, at_rest)


def test_without_a_healthy_backend_every_chat_gets_one_clear_error(stormy: Installation) -> None:
    at_rest = tasks_at_rest(stormy)
    stormy.in_order(*FAULTY)
    for backend in FAULTY:
        stormy.backends.fault(backend, "server_error_json")
    fail(stormy, FAULTY, 0.7, each_once=False)
    asked = chats(100, 20_000)
    run(stormy, asked)
    for chat in asked:
        # One that is only slow answers in the end, when a chat gets that far.
        if any(seen.fault == "slow_tokens" for seen in chat.seen) and not chat.errors:
            assert chat.is_whole(), str(chat)
        else:
            assert len(chat.errors) == 1, str(chat)
            assert chat.after_error == 0, str(chat)
            message = chat.errors[0]["message"]
            assert message.endswith((".", "!")), str(chat)
            assert "Simulated" not in message, "a provider's own words are not for users"
            assert chat.record["outcome"] in ("failed", "refused"), str(chat)
            if not chat.text:
                assert chat.finishes == 0, str(chat)
        check_attempts(chat)
    check_nothing_left(stormy, at_rest)


@pytest.mark.soak
def test_two_thousand_chats_leave_nothing_behind(stormy: Installation) -> None:
    """Memory is flat once warm: over the second half of the storm a chat leaves next to nothing."""
    at_rest = tasks_at_rest(stormy)
    resident: list[int] = []
    sockets: list[int] = []
    for _ in range(10):
        # The same questions each time: words are remembered, up to some ten thousand.
        asked = storm(stormy, 200, 30_000)
        check_storm(stormy, asked)
        check_breakers(stormy, asked)
        check_nothing_left(stormy, at_rest)
        held = look(stormy, tidy=True)
        resident.append(held.resident_bytes)
        sockets.append(held.sockets)
        stormy.backends.clear()
        print(f"resident: {held.resident_bytes / 1e6:.1f} MB, {held.sockets} sockets, {held.threads} threads")
    chats_by_then = [200.0 * part for part in range(5)]
    per_chat = statistics.linear_regression(chats_by_then, resident[5:]).slope
    assert per_chat < MOST_BYTES_PER_CHAT, (per_chat, resident)
    assert max(sockets) <= 2 * 16, sockets
