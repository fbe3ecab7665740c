"""The request log: pages, filters, export. The same on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

import pytest

from smart_router.records import Store
from smart_router.records.log import LONG_FIELDS, Filter, every_record, one_record, requests_page
from smart_router.records.ranges import Range
from tests.support.records import AT, DAY, attempt, record


async def shown(store: Store, **filters: Any) -> list[str]:
    page = await requests_page(store.database, DAY, Filter(**filters))
    return sorted(item["id"] for item in page.items)


async def test_pages_hold_every_record_once_newest_first(store: Store) -> None:
    # Some share their time to the last digit.
    for i in range(23):
        await store.write(record(f"r{i:02}", created_at=AT + i // 4 + 0.1))
    found: list[str] = []
    cursor = None
    while True:
        page = await requests_page(store.database, DAY, cursor=cursor, limit=5)
        found += [item["id"] for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
        assert len(page.items) == 5
    assert found == [f"r{i:02}" for i in reversed(range(23))]


async def test_a_full_last_page_leads_nowhere(store: Store) -> None:
    for i in range(4):
        await store.write(record(f"r{i}"))
    page = await requests_page(store.database, DAY, limit=4)
    assert len(page.items) == 4
    assert page.next_cursor is None


async def test_records_that_come_in_meanwhile_do_not_shift_the_next_page(store: Store) -> None:
    for i in range(4):
        await store.write(record(f"r{i}", created_at=AT + i))
    first = await requests_page(store.database, DAY, limit=2)
    await store.write(record("new", created_at=AT + 100))
    second = await requests_page(store.database, DAY, cursor=first.next_cursor, limit=2)
    assert [item["id"] for item in (*first.items, *second.items)] == ["r3", "r2", "r1", "r0"]


async def test_an_item_has_the_whole_record_and_a_brief_one_leaves_out_what_is_long(store: Store) -> None:
    await store.write(record(prompt="private"))
    (whole,) = (await requests_page(store.database, DAY)).items
    (brief,) = (await requests_page(store.database, DAY, brief=True)).items
    assert whole["ranking"][0]["backend"] == "big"
    assert whole["attempts"][0]["duration_ms"] == 900.0
    assert whole["prompt"] == "private"
    assert not {*LONG_FIELDS, "prompt"} & brief.keys()
    assert brief == {k: v for k, v in whole.items() if k in brief} | {"attempt_count": 1}
    assert brief.keys() | {*LONG_FIELDS, "prompt"} == whole.keys() | {"attempt_count"}


async def test_the_range_includes_its_start_and_not_its_end(store: Store) -> None:
    for id, at in (("before", AT - 1), ("start", AT), ("end", AT + 10)):
        await store.write(record(id, created_at=at))
    page = await requests_page(store.database, Range(AT, AT + 10))
    assert [item["id"] for item in page.items] == ["start"]


async def test_a_filter_shows_only_what_it_names(store: Store) -> None:
    wanted = {
        "backend": "small",
        "intent": "chat",
        "complexity": "simple",
        "outcome": "failed",
        "error_kind": "auth",
        "user_id": "bob",
        "chat_id": "chat-2",
        "turn_id": "turn-2",
        "reason": "sticky",
        "source": "direct",
        "task": "tags_generation",
    }
    await store.write(record("other"))
    for field, value in wanted.items():
        await store.write(record(field, **{field: value}))
    for field, value in wanted.items():
        assert await shown(store, **{field: [value]}) == [field]


async def test_values_of_one_field_are_alternatives_and_fields_all_hold(store: Store) -> None:
    await store.write(record("a", intent="math", user_id="ann"))
    await store.write(record("b", intent="chat", user_id="ann"))
    await store.write(record("c", intent="chat", user_id="bob"))
    await store.write(record("d", intent="rag", user_id="ann"))
    assert await shown(store, intent=["math", "chat"]) == ["a", "b", "c"]
    assert await shown(store, intent=["math", "chat"], user_id=["ann"]) == ["a", "b"]


async def test_tasks_and_chats_can_be_told_apart(store: Store) -> None:
    await store.write(record("chat"))
    await store.write(record("title", task="title_generation"))
    assert await shown(store, task=["none"]) == ["chat"]
    assert await shown(store, task=["any"]) == ["title"]
    assert await shown(store) == ["chat", "title"]


async def test_attempted_finds_backends_that_were_called_and_did_not_answer(store: Store) -> None:
    failing = attempt("org/llama:8b", error_kind="overloaded")
    await store.write(record("a", attempts=(failing, attempt())))
    await store.write(record("b"))
    assert await shown(store, attempted=["org/llama:8b"]) == ["a"]
    assert await shown(store, attempted=["llama"]) == []
    assert await shown(store, attempted=["big"]) == ["a", "b"]
    assert await shown(store, backend=["org/llama:8b"]) == []


async def test_q_looks_into_text_whatever_its_case_and_among_ids(store: Store) -> None:
    await store.write(record("a", sentence="Mistral was 100% BUSY_now"))
    await store.write(record("b", prompt="a Poem about busyness"))
    await store.write(record("c", message_id="m-42"))
    assert await shown(store, q="busy") == ["a", "b"]
    assert await shown(store, q="100% busy_") == ["a"]
    assert await shown(store, q="%") == ["a"]
    assert await shown(store, q="m-42") == ["c"]
    assert await shown(store, q="m-4") == []
    assert await shown(store, q="' OR 1=1 --") == []


async def searched(store: Store, filter_: Filter, most: int, limit: int = 3) -> list[tuple[list[str], Any]]:
    """Ids and `searched_to` of every page."""
    pages = []
    cursor = None
    while True:
        page = await requests_page(store.database, DAY, filter_, cursor, limit=limit, most=most)
        pages.append(([item["id"] for item in page.items], page.searched_to))
        if (cursor := page.next_cursor) is None:
            return pages


async def test_a_search_looks_through_so_many_records_at_most_and_says_how_far_it_came(store: Store) -> None:
    # The last three share their time.
    times = [AT + i for i in range(28)] + [AT + 27] * 2
    for i, at in enumerate(times):
        one = {"sentence": "a needle"} if i in (2, 3, 4, 5, 25) else {}
        called = (attempt("hay"),) if i == 12 else (attempt(),)
        await store.write(record(f"r{i:02}", created_at=at, attempts=called, **one))
    assert await searched(store, Filter(q="needle"), most=10) == [
        (["r25"], AT + 20),
        ([], AT + 10),
        # A page that is full needs no word on it: the next one goes on after its last record.
        (["r05", "r04", "r03"], None),
        (["r02"], None),
    ]
    assert await searched(store, Filter(attempted=["hay"]), most=10) == [
        ([], AT + 20),
        (["r12"], AT + 10),
        ([], AT + 0),
        ([], None),
    ]
    # Nothing is looked for: nothing is left out.
    assert [to for _, to in await searched(store, Filter(backend=["big"]), most=10)] == [None] * 10


async def test_a_search_among_few_looks_through_those_alone(store: Store) -> None:
    for i in range(20):
        await store.write(record(f"r{i:02}", created_at=AT + i, user_id="bob" if i < 5 else "ann"))
    found = await searched(store, Filter(q="best", user_id=["bob"]), most=10, limit=9)
    assert found == [(["r04", "r03", "r02", "r01", "r00"], None)]


async def test_an_id_is_found_at_once_however_much_came_after(store: Store) -> None:
    await store.write(record("old", turn_id="old", message_id="m-1", created_at=AT))
    for i in range(20):
        await store.write(record(f"r{i:02}", created_at=AT + 1 + i, sentence="not like m-1"))
    # "old" is an id in two columns.
    for id in ("old", "m-1"):
        assert await searched(store, Filter(q=id), most=5) == [(["old"], None)]


async def test_an_export_finds_what_the_log_finds_through_all_of_it(store: Store) -> None:
    for i in range(11):
        await store.write(
            record(f"r{i:02}", created_at=AT + i, sentence="a needle" if i in (0, 7, 10) else "hay")
        )
    found = [r.id async for r in every_record(store.database, DAY, Filter(q="needle"), batch=2, most=4)]
    assert found == ["r00", "r07", "r10"]


async def test_a_cursor_that_is_none_of_ours_is_an_error_that_says_so(store: Store) -> None:
    nonsense = [
        "",
        "x",
        "!!!!",
        "bnVsbA",
        "WzFd",
        "WyJhIiwxXQ",
        "WzEuMCwiYSJd",
        "W05hTiwxXQ",
        "ä",
        "W1tbW1tb",
        # The number of a row that no database could hold.
        "WzEuMCwgOTIyMzM3MjAzNjg1NDc3NTgwOF0",
    ]
    for cursor in nonsense:
        with pytest.raises(ValueError, match="cursor"):
            await requests_page(store.database, DAY, cursor=cursor)


async def test_an_export_has_every_record_in_order_through_all_batches(store: Store) -> None:
    for i in range(11):
        await store.write(record(f"r{i:02}", created_at=AT + i // 3))
    found = [r.id async for r in every_record(store.database, DAY, batch=2)]
    assert found == [f"r{i:02}" for i in range(11)]
    some = every_record(store.database, Range(AT + 1, AT + 2), Filter(backend=["big"]), batch=2)
    assert [r.id async for r in some] == ["r03", "r04", "r05"]


async def test_a_character_that_no_database_holds_finds_nothing(store: Store) -> None:
    await store.write(record("a"))
    for field in ("backend", "attempted", "user_id", "task"):
        assert await shown(store, **{field: ["\x00"]}) == []
    assert await shown(store, q="\x00") == []
    assert await one_record(store.database, "\x00") is None
