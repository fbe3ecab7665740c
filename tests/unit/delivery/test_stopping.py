"""Stop button, closed tab, shutdown: the upstream is closed and the record says so, once."""

from __future__ import annotations

import asyncio

import anyio
import pytest

from smart_router.delivery import Delivery, DeliverySettings, deliver_plain, deliver_stream
from smart_router.errors import ErrorKind
from smart_router.policy.types import Candidate

from .fakes import Bench, Hang, Wait, answer, begins, fails, says


async def test_closing_the_stream_closes_the_upstream_and_records_what_was_delivered() -> None:
    prices = {"input_usd_per_mtok": 1.0, "output_usd_per_mtok": 1.0}
    bench = Bench({"ada": prices}, ada=[says("Hello ", "there", " friend")])
    stream = deliver_stream(bench.plan)
    async for event in stream:
        if b"there" in event:
            break
    await stream.aclose()
    assert bench.channel.closed == ["ada"]
    delivery = bench.delivery
    assert delivery.outcome == "stopped"
    assert delivery.error_kind is ErrorKind.CANCELLED
    assert delivery.backend == "ada"
    assert delivery.text_chars == len("Hello there")
    assert delivery.usage_estimated
    assert delivery.output_tokens == 3
    assert delivery.cost_usd == pytest.approx(10e-6)
    assert bench.attempts == [("ada", "answer", "cancelled")]


async def test_cancelling_while_waiting_for_the_first_token_is_recorded_once() -> None:
    for script in (Hang(), [Hang()]):
        bench = Bench("ada", ada=[script])  # type: ignore[list-item]
        task = asyncio.create_task(_drain(bench))
        await asyncio.sleep(1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert bench.delivery.outcome == "stopped"
        assert bench.attempts == [("ada", "answer", "cancelled")]
        assert bench.delivery.output_tokens is None


async def test_a_stop_says_nothing_about_the_backend() -> None:
    bench = Bench("ada", ada=[[*begins("a"), Hang()]])
    for _ in range(6):
        task = asyncio.create_task(_drain(bench))
        await asyncio.sleep(1)
        task.cancel()
        await asyncio.wait({task})
    health = bench.health.view(bench.plan.catalog.backends.values()).of("ada")
    assert health.state == "closed"
    assert health.in_flight == 0


async def test_the_record_is_finished_though_the_scope_keeps_cancelling() -> None:
    written: list[Delivery] = []

    async def slowly(delivery: Delivery) -> None:
        await asyncio.sleep(5)
        written.append(delivery)

    bench = Bench("ada", ada=[[*begins("a"), Hang()]], on_finish=slowly)
    with anyio.move_on_after(1):
        await _drain(bench)
    assert written == []
    await asyncio.sleep(6)
    assert [d.outcome for d in written] == ["stopped"]
    assert bench.channel.closed == ["ada"]


async def test_a_stop_while_the_record_is_written_does_not_write_a_second() -> None:
    written: list[str] = []

    async def slowly(delivery: Delivery) -> None:
        await asyncio.sleep(5)
        written.append(delivery.outcome)

    bench = Bench("ada", ada=[says("a")], on_finish=slowly)
    task = asyncio.create_task(_drain(bench))
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait({task})
    await asyncio.sleep(6)
    assert written == ["ok"]


async def test_a_stop_between_two_attempts_is_recorded() -> None:
    limited = fails(ErrorKind.RATE_LIMITED, retry_after_s=10)
    bench = Bench("ada", ada=[limited, says("late")])
    task = asyncio.create_task(_drain(bench))
    await asyncio.sleep(5)
    task.cancel()
    await asyncio.wait({task})
    assert bench.delivery.outcome == "stopped"
    assert bench.attempts == [("ada", "answer", "rate_limited")]


async def test_a_stop_between_two_attempts_knows_what_is_on_the_screen() -> None:
    settings = DeliverySettings(backoff_s=5)
    bench = Bench("ada", ada=[[*begins("Some words "), ConnectionResetError()]], settings=settings)
    task = asyncio.create_task(_drain(bench))
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait({task})
    assert bench.delivery.outcome == "stopped"
    assert (bench.delivery.backend, bench.delivery.text_chars) == ("ada", len("Some words "))


async def test_a_stop_while_the_judge_grades_loses_nothing_that_was_paid() -> None:
    settings = DeliverySettings(escalation="judge", judge="judge")
    candidates = tuple(Candidate(name, factors={"quality": q}) for name, q in (("ada", 0.3), ("eve", 0.9)))
    bench = Bench("ada eve", ada=[answer("A fine answer.")], judge=[Hang()], settings=settings, stream=False,
                  decision={"candidates": candidates})  # fmt: skip
    task = asyncio.create_task(deliver_plain(bench.plan))
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait({task})
    assert sorted(bench.attempts) == [("ada", "answer", "cancelled"), ("judge", "judge", "cancelled")]
    delivery = bench.delivery
    assert (delivery.outcome, delivery.backend) == ("stopped", "ada")
    assert (delivery.input_tokens, delivery.output_tokens) == (10, 5)


async def test_a_stopped_unstreamed_answer_has_delivered_nothing() -> None:
    bench = Bench("ada", ada=[[*begins("Some words "), Hang()]], stream=False)
    task = asyncio.create_task(deliver_plain(bench.plan))
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait({task})
    assert (bench.delivery.outcome, bench.delivery.text_chars) == ("stopped", 0)
    assert bench.delivery.output_tokens == 3


async def test_a_stop_after_the_last_event_changes_nothing() -> None:
    bench = Bench("ada", ada=[says("a")])
    stream = deliver_stream(bench.plan)
    async for event in stream:
        if b"selected_model_id" in event:
            break
    await stream.aclose()
    assert bench.delivery.outcome == "ok"


async def test_a_reader_that_leaves_to_run_the_code_has_not_stopped_the_answer() -> None:
    bench = Bench("ada", ada=[says("<code_interpreter>", "1+1", "</code_", "interpreter>", "more")])
    stream = deliver_stream(bench.plan)
    async for event in stream:
        if b"interpreter>" in event and b"<" not in event:
            break
    await stream.aclose()
    assert bench.delivery.outcome == "ok"
    assert bench.attempts == [("ada", "answer", None)]


async def test_cancelling_an_unstreamed_answer_is_recorded() -> None:
    bench = Bench("ada", ada=[Hang()], stream=False)
    task = asyncio.create_task(deliver_plain(bench.plan))
    await asyncio.sleep(1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert bench.delivery.outcome == "stopped"


async def test_a_probe_that_is_stopped_lets_the_next_request_probe() -> None:
    bench = Bench("ada", ada=[[*begins("a"), Hang()], says("well again")])
    await bench.health.failure("ada", ErrorKind.AUTH)
    await asyncio.sleep(61)
    task = asyncio.create_task(_drain(bench))
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait({task})
    events = [event async for event in deliver_stream(bench.plan)]
    assert any(b"well again" in event for event in events)


async def test_an_upstream_that_does_not_close_is_left_after_a_second() -> None:
    bench = Bench("ada", ada=[[*says("a")]])

    async def never() -> None:
        await asyncio.Event().wait()

    complete = bench.channel.complete

    async def complete_and_stick(backend: str, body: object) -> object:
        stream = await complete(backend, body)  # type: ignore[arg-type]
        return type(stream)(stream.chunks, never)  # type: ignore[union-attr,call-arg]

    bench.channel.complete = complete_and_stick  # type: ignore[method-assign,assignment]
    await _drain(bench)
    assert bench.delivery.outcome == "ok"
    assert bench.delivery.latency_ms == pytest.approx(1000, abs=1)


async def test_our_own_errors_become_one_clear_error_and_free_the_backend() -> None:
    bench = Bench("ada", ada=[[Wait(1), *says("a")]])
    bench.channel.scripts["ada"] = [[b'data: {"choices": 7}\n']]
    events = [event async for event in deliver_stream(bench.plan)]
    assert b"internal error" in events[0]
    assert bench.delivery.outcome == "failed"
    assert bench.health.view(bench.plan.catalog.backends.values()).of("ada").in_flight == 0
    plain = Bench("ada", ada=[{"choices": [{"message": 7}], "usage": 3}], stream=False)
    assert "error" in await deliver_plain(plain.plan)


async def _drain(bench: Bench) -> None:
    async for _ in deliver_stream(bench.plan):
        pass
