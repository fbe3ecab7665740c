"""Chats with other models: each answer one record, once, with what it cost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from smart_router.host.direct import DirectAnswer, Position
from smart_router.records import Record, Store
from smart_router.records.log import every_record
from smart_router.records.ranges import Range
from smart_router.runtime.direct import BEHIND_S, DirectTraffic, direct_record
from tests.support.records import sqlite_engine

NOW = 1_700_000_000.0
OPENAI = {
    "prompt_tokens": 1000,
    "completion_tokens": 100,
    "prompt_tokens_details": {"cached_tokens": 600},
}
CATALOG: Any = SimpleNamespace(
    backends={
        "big": SimpleNamespace(
            input_usd_per_mtok=10.0, output_usd_per_mtok=20.0, cached_input_usd_per_mtok=1.0
        )
    }
)


def answer(number: int, **changes: Any) -> DirectAnswer:
    one = DirectAnswer(
        id=f"chat-m{number:04}",
        chat_id="chat",
        message_id=f"m{number:04}",
        user_id="ann",
        model="big",
        created_at=int(NOW) - 5000 + number,
        failed=False,
        usage=OPENAI,
    )
    return replace(one, **changes)


class OpenWebUI:
    """Answers in the order in which its table is read."""

    def __init__(self, *answers: DirectAnswer) -> None:
        self.answers = list(answers)

    async def read(self, after: Position, until: int, limit: int) -> list[DirectAnswer]:
        found = [one for one in self.answers if one.position > after and one.created_at <= until]
        return sorted(found, key=lambda one: one.position)[:limit]


@pytest.fixture
async def store(tmp_path: Path) -> Any:
    engine = sqlite_engine(tmp_path / "webui.db")
    store = Store(engine)
    await store.open()
    yield store
    await store.close()
    await engine.dispose()


def traffic(store: Store, *answers: DirectAnswer) -> DirectTraffic:
    return DirectTraffic(OpenWebUI(*answers).read, store, "smart_router.")


async def recorded(store: Store) -> list[Record]:
    return [one async for one in every_record(store.database, Range(0, NOW))]


def test_cached_tokens_cost_what_cached_tokens_cost() -> None:
    record = direct_record(answer(1), CATALOG)
    assert record.cost_usd == pytest.approx((400 * 10 + 600 * 1 + 100 * 20) / 1e6)
    assert (record.input_tokens, record.cached_tokens, record.output_tokens) == (1000, 600, 100)
    assert (record.source, record.outcome, record.cost_source) == ("direct", "ok", "estimated")
    assert (record.baseline_cost_usd, record.latency_ms) == (None, None)


def test_what_the_provider_says_it_cost_is_what_it_cost() -> None:
    record = direct_record(answer(1, usage={**OPENAI, "cost": 0.5}), CATALOG)
    assert (record.cost_usd, record.cost_source) == (0.5, "reported")


def test_what_nobody_knows_stays_unknown() -> None:
    for one in (answer(1, usage=None), answer(1, model="another")):
        record = direct_record(one, CATALOG)
        assert (record.cost_usd, record.cost_source) == (None, None)
    assert direct_record(answer(1, failed=True), CATALOG).outcome == "failed"


async def test_each_answer_is_recorded_once_however_often_it_is_read(store: Store) -> None:
    answers = [answer(number) for number in range(1200)]
    reading = traffic(store, *answers)
    while await reading.take(CATALOG, 0.0, NOW):
        pass
    # A second worker, or the same after a start.
    assert not await traffic(store, *answers).take(CATALOG, NOW - 5000, NOW)
    again = traffic(store, *answers)
    again._position = (0, "")
    while await again.take(CATALOG, 0.0, NOW):
        pass
    found = await recorded(store)
    assert len(found) == 1200
    assert len({one.id for one in found}) == 1200


@pytest.mark.parametrize("odd", [float("inf"), float("nan")])
async def test_counts_that_are_none_keep_the_answers_after_them_from_nobody(store: Store, odd: Any) -> None:
    usage = {"prompt_tokens": odd, "completion_tokens": 100, "cost": odd}
    await traffic(store, answer(1, usage=usage), answer(2)).take(CATALOG, 0.0, NOW)
    assert [(one.input_tokens, one.cost_usd is None) for one in await recorded(store)] == [
        (None, True),
        (1000, False),
    ]


async def test_what_smart_answered_is_smarts(store: Store) -> None:
    await store.write(
        Record(id="r", turn_id="t", created_at=NOW - 5000, outcome="ok", message_id="m0002", backend="big")
    )
    await traffic(store, answer(1), answer(2, model="preset"), answer(3, model="smart_router.auto")).take(
        CATALOG, 0.0, NOW
    )
    assert [(one.id, one.source) for one in await recorded(store)] == [
        ("r", "smart"),
        ("direct-chat-m0001", "direct"),
    ]


async def test_what_may_not_be_finished_and_what_is_too_old_is_left(store: Store) -> None:
    old = answer(1, created_at=int(NOW) - 90_000)
    new = answer(2, created_at=int(NOW) - BEHIND_S + 5)
    await traffic(store, old, new, answer(3)).take(CATALOG, NOW - 80_000, NOW)
    assert [one.message_id for one in await recorded(store)] == ["m0003"]


async def test_a_rating_of_another_models_answer_is_still_nobodys(store: Store) -> None:
    await traffic(store, answer(1)).take(CATALOG, 0.0, NOW)
    assert await store.rate("m0001", 1) is None
