"""What Open WebUI tells us afterwards: ratings, deleted users; and what temporary chats leave behind."""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing
from typing import Any

from tests.support.installation import PAGE_API, SMART, Installation, eventually
from tests.support.server import Account
from tests.support.window import WindowChat


def record_of(smart: Installation, message_id: str) -> dict[str, Any]:
    (found,) = [r for r in smart.records(q=message_id) if r["message_id"] == message_id]
    return found


def our_rows(smart: Installation) -> str:
    """Everything in our tables, as one text."""
    with closing(sqlite3.connect(smart.server.data_dir / "webui.db")) as database:
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'smart_router_%'"
        ).fetchall()
        return "\n".join(
            str(row) for (name,) in tables for row in database.execute(f'SELECT * FROM "{name}"')
        )


def test_a_rating_is_found_on_its_record_and_may_be_changed(smart: Installation) -> None:
    chat = WindowChat(smart, smart.user)
    first, second = chat.send("hello there"), chat.send("and how are you")
    feedback = chat.rate(second, -1, "too_verbose")
    assert record_of(smart, second["id"])["rating"] == -1
    assert record_of(smart, second["id"])["rating_reason"] == "too_verbose"
    assert record_of(smart, first["id"])["rating"] is None
    with smart.api(smart.user) as client:
        client.post(
            f"/api/v1/evaluations/feedback/{feedback}",
            json={
                "type": "rating",
                "data": {"rating": 1},
                "meta": {"message_id": second["id"], "chat_id": chat.chat_id},
            },
        ).raise_for_status()
    assert record_of(smart, second["id"])["rating"] == 1


def test_a_rating_that_is_deleted_leaves_its_record_and_the_figures(smart: Installation) -> None:
    chat = WindowChat(smart, smart.user)
    answers = [chat.send(text) for text in ("hello there", "how are you", "thank you")]
    others = WindowChat(smart, smart.admin)
    other = others.send("hello there")

    def delete(account: Account, path: str) -> None:
        with smart.api(account) as client:
            client.delete(f"/api/v1/evaluations/{path}").raise_for_status()

    def seen() -> tuple[int, list[int | None]]:
        up: int = smart.get("/summary")["ratings"]["up"]
        return up, [record_of(smart, answer["id"])["rating"] for answer in (*answers, other)]

    # What tests before this one left.
    delete(smart.admin, "feedbacks/all")
    assert eventually(lambda: seen() == (0, [None] * 4)), seen()
    feedbacks = [chat.rate(answer, 1) for answer in answers]
    others.rate(other, 1)
    assert eventually(lambda: seen() == (4, [1, 1, 1, 1])), seen()
    # One, by an administrator; a user's, by themselves; everybody's.
    for account, path, left in (
        (smart.admin, f"feedback/{feedbacks[0]}", (3, [None, 1, 1, 1])),
        (smart.user, "feedbacks", (1, [None, None, None, 1])),
        (smart.admin, "feedbacks/all", (0, [None, None, None, None])),
    ):
        delete(account, path)
        assert eventually(lambda left=left: seen() == left), (path, seen())


def test_nobody_rates_anothers_answer(smart: Installation) -> None:
    mine = WindowChat(smart, smart.user)
    answer = mine.send("hello there")
    theirs = WindowChat(smart, smart.outsider, chat_id=mine.chat_id)
    theirs.rate(answer, -1)
    assert record_of(smart, answer["id"])["rating"] is None


def test_a_rating_of_something_else_changes_nothing(smart: Installation) -> None:
    chat = WindowChat(smart, smart.user, model="gpt-4o-mini")
    answer = chat.send("hello there")
    chat.rate(answer, 1)
    assert [r for r in smart.records() if r["message_id"] == answer["id"]] == []


def test_a_regenerated_answer_comes_from_another_backend(smart: Installation) -> None:
    chat = WindowChat(smart, smart.user)
    first = chat.send("hello there")
    again = chat.regenerate()
    assert again["selectedModelId"] != first["selectedModelId"]
    assert record_of(smart, again["id"])["reason"] == "regenerated"


def test_a_conversation_stays_with_its_backend(smart: Installation) -> None:
    chat = WindowChat(smart, smart.user)
    backends = {chat.send(text)["selectedModelId"] for text in ("hello there", "how are you", "thank you")}
    assert len(backends) == 1


def test_deleting_a_user_takes_the_name_off_the_records(smart: Installation) -> None:
    leaver = smart.server.add_user(smart.admin, f"Leaver{uuid.uuid4().hex[:6]}")
    smart.chat("hello there", leaver)
    record = smart.last_record()
    assert record["user_id"] == leaver.id
    before = smart.get("/summary")["requests"]
    with smart.api(smart.admin) as client:
        assert client.delete(f"/api/v1/users/{leaver.id}").json() is True
    anonymous = smart.get(f"/requests/{record['id']}")
    assert leaver.id not in str(anonymous)
    assert (anonymous["chat_id"], anonymous["message_id"]) == (None, None)
    assert smart.records(user_id=leaver.id) == []
    assert smart.get("/summary")["requests"] == before


def test_a_temporary_chat_leaves_counts_and_nothing_else(smart: Installation) -> None:
    smart.valves(store_prompts=True)
    log, figures = [r["id"] for r in smart.records()], smart.get("/summary")
    session, message = str(uuid.uuid4()), str(uuid.uuid4())
    with smart.api(smart.user) as client:
        client.post(
            "/api/chat/completions",
            json={
                "model": SMART,
                "messages": [{"role": "user", "content": "a secret about okapis"}],
                "stream": True,
                "session_id": session,
                "chat_id": f"temporary:{session}",
                "id": message,
            },
        ).raise_for_status()
    after = eventually(
        lambda: now if (now := smart.get("/summary"))["requests"] > figures["requests"] else None
    )
    assert after is not None
    assert after["requests"] == figures["requests"] + 1
    assert after["output_tokens"] > figures["output_tokens"]
    assert [r["id"] for r in smart.records()] == log
    stored = our_rows(smart)
    assert stored
    assert not any(trace in stored for trace in ("okapis", session, message))


def test_a_stopped_answer_in_the_window_is_recorded_with_what_was_delivered(smart: Installation) -> None:
    smart.in_order("gpt-4o-mini")
    smart.backends.fault("gpt-4o-mini", "slow_tokens", delay_s=0.05)
    chat = WindowChat(smart, smart.user)
    sent = chat.send("hello there", wait=False)
    assert eventually(lambda: smart.backends.requests and smart.backends.requests[0].tokens_sent > 5)
    with smart.api(smart.user) as client:
        client.post(f"/api/tasks/chat/{chat.chat_id}/stop").raise_for_status()
    assert smart.backends.wait_idle(5)
    assert smart.backends.requests[0].outcome == "disconnected"
    records = eventually(lambda: [r for r in smart.records() if r["message_id"] == sent["id"]])
    (record,) = records
    assert (record["outcome"], record["error_kind"]) == ("stopped", "cancelled")
    assert record["output_tokens"] > 0


def test_a_chat_that_nobody_may_see_is_not_shown_to_them_by_us(smart: Installation) -> None:
    WindowChat(smart, smart.user).send("hello there")
    with smart.api(smart.user) as client:
        assert client.get(f"{PAGE_API}/requests").status_code == 403
