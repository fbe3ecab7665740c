"""kill -9 under load: what was finished is there afterwards, and nothing is there by halves."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import httpx
import pytest

from tests.openwebui.test_lifecycle import fetch
from tests.support.installation import Installation, content_of, eventually

from .storm import AT_ONCE, HEALTHY


def test_no_finished_record_is_lost_and_no_half_written_one_counted(smart: Installation) -> None:
    smart.in_order(HEALTHY, "gpt-4o-mini")
    smart.valves(store_prompts=True)
    before = {record["id"] for record in smart.records(limit=200)}
    requests = smart.get("/summary")["requests"]
    finished: list[str] = []
    enough = threading.Event()

    def keep_asking(who: int) -> None:
        for n in range(1000):
            question = f"hello number {who}-{n}"
            if n % 2:
                whole = content_of(smart.stream(question, smart.user)).endswith("system prompt: none")
            else:
                whole = "choices" in smart.chat(question, smart.user)
            assert whole, question
            finished.append(question)
            if len(finished) >= 100:
                enough.set()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        asking = [pool.submit(keep_asking, who) for who in range(AT_ONCE)]
        assert enough.wait(60)
        smart.server.stop(kill=True)
        for one in asking:
            with pytest.raises((httpx.HTTPError, AssertionError)):
                one.result()
    smart.server.start()
    assert eventually(lambda: "Smart Router" in fetch(smart, "/admin/observability").text)
    with closing(sqlite3.connect(smart.server.data_dir / "webui.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    records = [r for r in smart.records(limit=200) if r["id"] not in before]
    kept = [record["prompt"] for record in records]
    assert set(finished) <= set(kept)
    assert len(kept) == len(set(kept)) <= len(finished) + AT_ONCE
    for record in records:
        assert record["outcome"] == "ok", "one that was cut off has no record, for nobody finished it"
        assert record["attempts"][-1]["output_tokens"] == record["output_tokens"] > 0
    assert smart.get("/summary")["requests"] == requests + len(records)
    assert smart.chat("hello there", smart.user)["choices"]
