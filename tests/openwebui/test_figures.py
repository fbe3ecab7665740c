"""Figures in the real server: what the page is told equals plain SQL over Open WebUI's database."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

import pytest

from tests.support.installation import Installation, eventually
from tests.support.window import WindowChat


def ask(smart: Installation, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(smart.server.data_dir / "webui.db", timeout=10)
    try:
        found = connection.execute(sql, values).fetchall()
        connection.commit()
        return found
    finally:
        connection.close()


def test_figures_equal_plain_sql_before_and_after_they_are_rolled_up(smart: Installation) -> None:
    smart.in_order("gpt-4o-mini", "mistral:7b")
    smart.chat("hello there")
    smart.backends.fault("gpt-4o-mini", "overloaded", times=1)
    smart.stream("how are you?")
    smart.backends.fault("*", "overloaded")
    smart.chat("hello there")
    now = time.time()
    wanted = {"from": now - 3000, "to": now + 3000}
    fresh = smart.get("/summary", **wanted)
    newest = ask(smart, "SELECT max(seq) FROM smart_router_records")[0][0]
    rolled_up = "SELECT watermark FROM smart_router_rollup_state"
    assert eventually(lambda: ask(smart, rolled_up)[0][0] >= newest, 40)
    cells = ask(
        smart, "SELECT grain, sum(requests) FROM smart_router_rollups WHERE dimension = 'all' GROUP BY 1"
    )
    assert {grain for grain, _ in cells} == {60, 3600, 86400}
    assert len({requests for _, requests in cells}) == 1
    (turns,) = ask(
        smart,
        """SELECT count(*), sum(failed), sum(fell), sum(cost), sum(baseline), sum(input), sum(output) FROM (
        SELECT max(outcome = 'failed') AS failed, max(outcome = 'fallback') AS fell, sum(cost_usd) AS cost,
        sum(baseline_cost_usd) AS baseline, sum(input_tokens) AS input, sum(output_tokens) AS output
        FROM smart_router_records WHERE task IS NULL AND source = 'smart' AND created_at >= ?
        GROUP BY turn_id)""",
        wanted["from"],
    )
    compared = ask(
        smart,
        """SELECT baseline, sum(baseline_cost_usd) FROM smart_router_records WHERE task IS NULL
        AND source = 'smart' AND created_at >= ? AND baseline_cost_usd IS NOT NULL GROUP BY 1""",
        wanted["from"],
    )
    assert compared
    rolled = smart.get("/summary", **wanted)
    for found in (fresh, rolled):
        assert (found["requests"], found["errors"], found["fallbacks"]) == turns[:3]
        named = {use["baseline"]: use["baseline_cost_usd"] for use in found["baselines"]}
        assert named == pytest.approx(dict(compared))
        for name, value in zip(
            ("cost_usd", "baseline_cost_usd", "input_tokens", "output_tokens"), turns[3:], strict=True
        ):
            assert found[name] is None if value is None else abs(found[name] - value) < 1e-9 * max(1, value)
    users = smart.get("/timeseries", metric="requests", group_by="user", **wanted)["items"]
    assert sum(p["value"] for item in users for p in item["points"]) == turns[0]
    assert {item["group"] for item in users} >= {smart.admin.id}


def test_saved_chats_with_other_models_are_counted_apart(smart: Installation) -> None:
    before = smart.get("/summary", range="24h")
    # Open WebUI keeps the tokens of a chat where the model's settings have it ask for them.
    message = WindowChat(smart, smart.admin, model="gpt-4o").send(
        "hello there", stream_options={"include_usage": True}
    )
    own = WindowChat(smart, smart.admin).send("hello there")
    # As if it had been a while ago: answers are read when they are surely finished.
    for one in (message, own):
        ask(
            smart,
            "UPDATE chat_message SET created_at = created_at - 1000 WHERE id LIKE '%' || ?",
            one["id"],
        )
    record = eventually(lambda: next(iter(smart.records(source="direct", q=message["id"])), None), 40)
    assert record is not None
    assert (record["backend"], record["outcome"], record["source"]) == ("gpt-4o", "ok", "direct")
    assert record["output_tokens"] == message["usage"]["output_tokens"]
    assert record["cost_usd"] > 0
    assert record["user_id"] == smart.admin.id
    after = smart.get("/summary", range="24h")
    assert after["direct"]["requests"] == before["direct"]["requests"] + 1
    assert after["requests"] == before["requests"] + 1
    assert [one["source"] for one in smart.records(q=own["id"])] == ["smart"] * len(
        smart.records(q=own["id"])
    )
    assert smart.records(q=message["id"]) == []
