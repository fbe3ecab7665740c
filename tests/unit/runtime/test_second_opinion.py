"""Whom a second opinion is asked of, when, and that nothing is lost when there is none."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from smart_router.classify import Classification
from smart_router.errors import ErrorKind, UpstreamError
from smart_router.health import Health
from smart_router.policy import Context, Decision
from smart_router.ports import Answer, Stream
from smart_router.records.types import Attempt, Record
from smart_router.request import ChatRequest, Overrides, User
from smart_router.runtime.recording import preceded
from smart_router.runtime.second_opinion import SecondOpinions, is_wanted
from smart_router.runtime.settings import Settings
from smart_router.state import MemoryState
from tests.unit.policy.world import HOSTED, LOCAL, asked, catalog_of, choose

ON = Settings(second_opinion="task_model")
CATALOG = catalog_of(HOSTED + LOCAL)
AT_HOME = catalog_of(LOCAL)
REQUEST = ChatRequest(
    messages=({"role": "user", "content": "Sort it out for the whole department, please"},),
    parameters={},
    user=User("u"),
    turn_id="t",
)
UNSURE = asked("chat", "simple", confidence=0.3, ask="Sort it out")
SENSITIVE = asked(
    "chat", "simple", confidence=0.3, ask="Sort it out", sensitive=True, sensitive_kinds=("card",)
)


class Model:
    """A channel on which everybody answers the same, and a host with these task models."""

    def __init__(self, said: str | UpstreamError | None, local: str = "", external: str = "") -> None:
        self.said = said
        self.models = (local, external)
        self.asked: list[str] = []
        self.was_asked = asyncio.Event()
        self.health = Health(MemoryState(time.time), time.time)

    async def task_models(self) -> tuple[str, str]:
        return self.models

    async def complete(self, backend: str, body: Mapping[str, Any]) -> Answer | Stream:
        self.asked.append(backend)
        self.was_asked.set()
        if self.said is None:
            await asyncio.Event().wait()
        if isinstance(self.said, UpstreamError):
            raise self.said
        message = {"role": "assistant", "content": self.said}
        usage = {"prompt_tokens": 200, "completion_tokens": 4, "cost": 0.002}
        return Answer({"choices": [{"index": 0, "message": message}], "usage": usage})

    async def status(self, text: str, *, done: bool) -> None:
        raise AssertionError(text)

    async def hear(
        self,
        first: Classification,
        decision: Decision | None = None,
        *,
        deadline_ms: float = 60_000.0,
        catalog: Any = CATALOG,
    ) -> tuple[Classification, Attempt | None]:
        one = SecondOpinions(self, self.health, self, deadline_ms)  # type: ignore[arg-type]
        return await one.on(REQUEST, first, decision or choose(first, catalog), catalog)


def result(found: Classification) -> tuple[str | None, str]:
    assert found.second_opinion is not None
    return found.second_opinion.model, found.second_opinion.result


def unchanged(found: Classification, first: Classification) -> bool:
    return replace(found, second_opinion=None) == first


def test_nobody_is_asked_unless_it_is_switched_on_and_the_confidence_is_low() -> None:
    unsure, sure = choose(UNSURE, CATALOG), choose(asked(ask="Sort it out"), CATALOG)
    assert is_wanted(REQUEST, UNSURE, unsure, ON)
    assert not is_wanted(REQUEST, UNSURE, unsure, Settings())
    assert not is_wanted(REQUEST, UNSURE, sure, ON)


@pytest.mark.parametrize("change", [{"task": "title_generation"}, {"round": 1}])
def test_neither_for_background_tasks_nor_again_for_tool_rounds(change: dict[str, Any]) -> None:
    assert not is_wanted(replace(REQUEST, **change), UNSURE, choose(UNSURE, CATALOG), ON)


@pytest.mark.parametrize(
    "overrides", [Overrides(intent="math"), Overrides(model="gpt-4o"), Overrides(strategy="control")]
)
def test_nor_where_it_would_change_nothing(overrides: Overrides) -> None:
    decision = choose(UNSURE, CATALOG, context=Context(overrides=overrides))
    assert not is_wanted(REQUEST, UNSURE, decision, ON)


def test_nor_where_there_is_no_text() -> None:
    picture = asked(confidence=0.3, ask=" ", images=1)
    assert not is_wanted(REQUEST, picture, choose(picture, CATALOG), ON)


async def test_its_word_counts_and_its_call_is_recorded() -> None:
    model = Model("coding, hard", external="gpt-4.1-nano")
    found, attempt = await model.hear(UNSURE)
    assert (found.intent, found.complexity) == ("coding", "hard")
    assert result(found) == ("gpt-4.1-nano", "differs")
    assert attempt is not None
    assert (attempt.backend, attempt.purpose, attempt.error_kind) == ("gpt-4.1-nano", "second_opinion", None)
    assert (attempt.input_tokens, attempt.output_tokens, attempt.cost_usd) == (200, 4, 0.002)
    decision = choose(found, CATALOG)
    assert (decision.intent, decision.complexity, decision.route) == ("coding", "hard", "coding")
    assert not decision.unsure
    assert "a second opinion by gpt-4.1-nano: Coding, hard" in decision.sentence


async def test_the_local_task_model_is_asked_where_a_local_model_would_answer() -> None:
    model = Model("coding, hard", local="gemma:2b", external="gpt-4.1-nano")
    await model.hear(UNSURE)
    await model.hear(UNSURE, catalog=AT_HOME)
    assert model.asked == ["gpt-4.1-nano", "gemma:2b"]


async def test_late_it_changes_nothing_and_is_no_fault_of_the_backends() -> None:
    model = Model(None, external="gpt-4.1-nano")
    for _ in range(6):
        found, attempt = await model.hear(UNSURE, deadline_ms=5)
    assert unchanged(found, UNSURE)
    assert result(found) == ("gpt-4.1-nano", "late")
    assert attempt is not None
    assert (attempt.error_kind, attempt.cost_usd) == ("timeout_first_token", None)
    assert all(status.consecutive_failures == 0 for status in model.health.statuses())
    sentence = choose(found, CATALOG).sentence
    assert "not clear" in sentence
    assert "No second opinion: gpt-4.1-nano did not answer within 5 ms." in sentence


async def test_errors_change_nothing_open_the_breaker_and_then_nobody_is_asked() -> None:
    model = Model(UpstreamError(ErrorKind.SERVER_ERROR, "no", status=500), external="gpt-4.1-nano")
    for _ in range(5):
        found, attempt = await model.hear(UNSURE)
        assert unchanged(found, UNSURE)
        assert result(found) == ("gpt-4.1-nano", "failed")
        assert attempt is not None
        assert (attempt.status, attempt.error_kind) == (500, "server_error")
    found, attempt = await model.hear(UNSURE)
    assert (result(found), attempt) == (("gpt-4.1-nano", "not_asked"), None)
    assert len(model.asked) == 5


async def test_an_error_does_not_keep_what_was_asked() -> None:
    quoting = UpstreamError(ErrorKind.BAD_REQUEST, f"cannot read: {REQUEST.messages[0]['content']}")
    _, attempt = await Model(quoting, external="gpt-4.1-nano").hear(UNSURE)
    assert attempt is not None
    assert "department" not in str(attempt.error)


async def test_talk_is_no_opinion_but_was_paid() -> None:
    found, attempt = await Model("This looks like coding to me.", external="gpt-4.1-nano").hear(UNSURE)
    assert unchanged(found, UNSURE)
    assert result(found) == ("gpt-4.1-nano", "unreadable")
    assert attempt is not None
    assert attempt.cost_usd == 0.002


@pytest.mark.parametrize("policy", ["prefer_local", "require_local"])
async def test_what_is_sensitive_goes_to_a_local_task_model_or_to_none(policy: str) -> None:
    decision = choose(SENSITIVE, CATALOG, context=Context(sensitive=policy))
    model = Model("coding, hard", local="gemma:2b", external="gpt-4.1-nano")
    assert result((await model.hear(SENSITIVE, decision))[0]) == ("gemma:2b", "differs")
    # The one that is set for local chats may be hosted all the same.
    for local in ("gpt-4o-mini", ""):
        other = Model("coding, hard", local=local, external="gpt-4.1-nano")
        found, attempt = await other.hear(SENSITIVE, decision)
        assert unchanged(found, SENSITIVE)
        assert (result(found), attempt, other.asked) == ((None, "not_asked"), None, [])


async def test_sensitive_chats_of_which_only_hosted_models_are_left_are_asked_of_none() -> None:
    hosted = catalog_of(HOSTED)
    decision = choose(SENSITIVE, hosted)
    assert decision.left_local
    model = Model("coding, hard", local="gpt-4o-mini", external="gpt-4.1-nano")
    found, _ = await model.hear(SENSITIVE, decision, catalog=hosted)
    assert (result(found), model.asked) == ((None, "not_asked"), [])


async def test_the_local_one_is_asked_also_where_only_a_hosted_one_can_answer() -> None:
    picture = replace(SENSITIVE, signals=replace(SENSITIVE.signals, images=1))
    decision = choose(picture, CATALOG)
    assert decision.left_local
    model = Model("coding, hard", local="gemma:2b", external="gpt-4.1-nano")
    assert result((await model.hear(picture, decision))[0]) == ("gemma:2b", "differs")


async def test_where_sensitive_is_off_they_are_as_any_other() -> None:
    decision = choose(SENSITIVE, CATALOG, context=Context(sensitive="off"))
    model = Model("coding, hard", external="gpt-4.1-nano")
    assert result((await model.hear(SENSITIVE, decision))[0]) == ("gpt-4.1-nano", "differs")


@pytest.mark.parametrize(
    ("context", "name", "why"),
    [
        (Context(accessible=frozenset({"gpt-4o"})), "gpt-4.1-nano", "this user has no access to it"),
        (Context(overrides=Overrides(exclude=("*nano",))), "gpt-4.1-nano", "the request does not want it"),
        (Context(), "smart_router.fast", "none that Smart knows"),
        (Context(), "", "no external task model set"),
        (Context(local_only=True), "gpt-4.1-nano", "no local task model set"),
    ],
)
async def test_who_may_not_read_the_chat_is_not_asked(context: Context, name: str, why: str) -> None:
    model = Model("coding, hard", external=name)
    found, attempt = await model.hear(UNSURE, choose(UNSURE, CATALOG, context=context))
    assert unchanged(found, UNSURE)
    assert found.second_opinion is not None
    assert why in found.second_opinion.sentence
    assert (model.asked, attempt) == ([], None)


async def test_settings_that_cannot_be_read_hold_nothing_up() -> None:
    async def broken() -> tuple[str, str]:
        raise OSError("the database is locked")

    async def silent() -> tuple[str, str]:
        await asyncio.Event().wait()
        return "", ""

    for task_models in (broken, silent):
        model = Model("coding, hard")
        one = SecondOpinions(SimpleNamespace(task_models=task_models), model.health, model, 5)  # type: ignore[arg-type]
        found, attempt = await one.on(REQUEST, UNSURE, choose(UNSURE, CATALOG), CATALOG)
        assert (result(found), attempt) == ((None, "not_asked"), None)
        assert unchanged(found, UNSURE)


async def test_when_the_user_leaves_the_backend_is_let_go() -> None:
    model = Model(None, external="gpt-4.1-nano")
    asking = asyncio.create_task(model.hear(UNSURE))
    await model.was_asked.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert model.health.view([CATALOG.backends["gpt-4.1-nano"]]).of("gpt-4.1-nano").in_flight == 0


def test_the_record_counts_the_wait_the_tokens_and_the_money_of_both() -> None:
    opinion = Attempt(
        "nano", "second_opinion", 1.0, duration_ms=300.0, input_tokens=200, output_tokens=4, cost_usd=0.002
    )
    answer = Attempt("big", "answer", 2.0, input_tokens=50, output_tokens=90, cost_usd=0.01)
    record = Record(
        "r", "t", 0.5, "ok", attempts=(answer,), latency_ms=900.0, first_token_ms=100.0, input_tokens=50,
        output_tokens=90, cost_usd=0.01, cost_source="reported", baseline_cost_usd=0.03,
    )  # fmt: skip
    both = preceded(record, opinion)
    assert both.attempts == (opinion, answer)
    assert (both.latency_ms, both.first_token_ms) == (1200.0, 400.0)
    assert (both.input_tokens, both.output_tokens, both.cached_tokens) == (250, 94, None)
    assert both.cost_usd == pytest.approx(0.012)
    assert (both.cost_source, both.baseline_cost_usd) == ("reported", 0.03)
    assert preceded(record, None) is record


def test_a_late_one_costs_time_and_nothing_that_is_known() -> None:
    late = Attempt("nano", "second_opinion", 1.0, duration_ms=1500.0, error_kind="timeout_first_token")
    refused = preceded(Record("r", "t", 0.5, "refused", cost_usd=0.0), late)
    assert (refused.latency_ms, refused.first_token_ms) == (1500.0, None)
    assert (refused.cost_usd, refused.cost_source, refused.input_tokens) == (None, None, None)
