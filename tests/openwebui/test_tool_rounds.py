"""Tools that Open WebUI runs between two calls of the pipe: one turn, one backend, one answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.openwebui.test_access import NO_ACCESS, granted, used
from tests.support.installation import EVERYONE, Installation, eventually
from tests.support.window import WindowChat

FIRST, SECOND = "gpt-4o", "gpt-4o-mini"
TABLE = "high water at noon"
TIDES = f'''
import asyncio


class Tools:
    async def tide_table(self, harbour: str) -> str:
        """
        The tides of a harbour.
        :param harbour: its name
        """
        await asyncio.sleep(1.5 if "slowly" in harbour else 0)
        return "{TABLE}"
'''
ASKS_A_TOOL = "ask tide_table about Dover"


@pytest.fixture(scope="module")
def _tides(running: Installation) -> Iterator[None]:
    form = {
        "id": "tides",
        "name": "Tides",
        "content": TIDES,
        "meta": {"description": "for a test"},
        "access_grants": EVERYONE,
    }
    with running.api(running.admin) as client:
        client.post("/api/v1/tools/create", json=form).raise_for_status()
        yield
        client.delete("/api/v1/tools/id/tides/delete").raise_for_status()


@pytest.fixture
def window(smart: Installation, _tides: None) -> WindowChat:
    smart.in_order(FIRST, SECOND)
    return WindowChat(smart, smart.user)


def ask(window: WindowChat, text: str = ASKS_A_TOOL, **body: Any) -> dict[str, Any]:
    return window.send(text, tool_ids=["tides"], **body)


def text_of(message: dict[str, Any]) -> str:
    """The answer that the window shows."""
    if content := message.get("content"):
        return str(content)
    parts = [item.get("content") for item in message.get("output", []) if item.get("type") == "message"]
    return "".join(part.get("text", "") for content in parts for part in content or [])


def rounds(smart: Installation, window: WindowChat) -> list[dict[str, Any]]:
    """The records of this chat, first round first."""
    return sorted(smart.records(chat_id=window.chat_id), key=lambda record: record["created_at"])


def test_in_the_window_the_rounds_stay_on_one_backend_and_make_one_turn(
    smart: Installation, window: WindowChat
) -> None:
    requests = smart.get("/summary")["requests"]
    answer = ask(window)
    assert f"The tools said: {TABLE}" in text_of(answer)
    assert text_of(answer).count("**Simulated answer from") == 1
    assert answer["selectedModelId"] == FIRST
    assert [seen.model for seen in smart.backends.requests] == [FIRST, FIRST]
    last = smart.backends.requests[-1].body["messages"]
    assert [message["role"] for message in last] == ["user", "assistant", "tool"]
    assert last[1]["tool_calls"][0]["id"] == last[2]["tool_call_id"]
    first, second = rounds(smart, window)
    assert first["turn_id"] == second["turn_id"] == answer["id"]
    assert (first["round"], second["round"]) == (0, 1)
    assert {first["backend"], second["backend"]} == {FIRST}
    assert smart.get("/summary")["requests"] == requests + 1
    spent = [seen.usage["completion_tokens"] for seen in smart.backends.requests]
    assert (first["output_tokens"], second["output_tokens"]) == tuple(spent)


def test_a_registry_that_changes_in_the_middle_of_a_turn_does_not_move_it(
    smart: Installation, window: WindowChat
) -> None:
    sent = ask(window, "ask tide_table about slowly moving Dover", wait=False)
    assert eventually(lambda: [seen.outcome for seen in smart.backends.requests] == ["answered"])
    smart.in_order(SECOND, FIRST)
    answer = window.answer(sent["id"])
    assert f"The tools said: {TABLE}" in text_of(answer)
    assert [seen.model for seen in smart.backends.requests] == [FIRST, FIRST]
    assert rounds(smart, window)[-1]["reason"] == "tool_round"


def test_a_backend_that_fails_in_the_second_round_is_replaced(
    smart: Installation, window: WindowChat
) -> None:
    sent = ask(window, "ask tide_table about slowly moving Dover", wait=False)
    assert eventually(lambda: [seen.outcome for seen in smart.backends.requests] == ["answered"])
    smart.backends.fault(FIRST, "overloaded")
    answer = window.answer(sent["id"])
    assert f"The tools said: {TABLE}" in text_of(answer)
    assert answer["selectedModelId"] == SECOND
    assert [record["outcome"] for record in rounds(smart, window)] == ["ok", "fallback"]


def test_somebody_without_a_grant_reads_whom_to_ask_before_any_tool_runs(
    smart: Installation, window: WindowChat
) -> None:
    window.account = smart.outsider
    answer = ask(window)
    assert NO_ACCESS in str(answer["error"])
    assert smart.backends.requests == []


def test_a_grant_that_goes_between_two_rounds_ends_in_one_clear_sentence(
    smart: Installation, window: WindowChat
) -> None:
    smart.in_order(FIRST)
    sent = ask(window, "ask tide_table about slowly moving Dover", wait=False)
    assert eventually(lambda: [seen.outcome for seen in smart.backends.requests] == ["answered"])
    with granted(smart, FIRST):
        answer = window.answer(sent["id"])
    assert "Model not found" not in str(answer)
    assert NO_ACCESS in str(answer["error"])
    assert used(smart) == {FIRST}
    assert len(smart.backends.requests) == 1
    assert [record["outcome"] for record in rounds(smart, window)] == ["ok", "refused"]


def test_legacy_tools_are_chosen_by_prompt_on_the_chats_own_backend(
    smart: Installation, window: WindowChat
) -> None:
    answer = ask(window, params={"function_calling": "legacy"})
    assert "**Simulated answer from" in text_of(answer)
    assert answer["sources"][0]["document"] == [TABLE]
    choosing, answering = smart.backends.requests
    assert {choosing.model, answering.model} == {FIRST}
    assert "tools" not in answering.body
    assert TABLE in str(answering.body["messages"])
    tasks = [record["task"] for record in rounds(smart, window)]
    assert sorted(map(str, tasks)) == ["None", "function_calling"]


def test_an_api_callers_own_tools_stream_whole_calls_and_their_results_come_back(
    smart: Installation,
) -> None:
    smart.in_order(FIRST, SECOND)
    parameters = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
    tool = {"type": "function", "function": {"name": "weather", "parameters": parameters}}
    client = smart.openai(smart.user)
    talk: list[Any] = [{"role": "user", "content": "what is the weather"}]
    with client.chat.completions.stream(model="smart_router.auto", messages=talk, tools=[tool]) as stream:
        message = stream.get_final_completion().choices[0].message
    (call,) = message.tool_calls or []
    assert call.function.name == "weather"
    talk += [
        message.model_dump(exclude_none=True),
        {"role": "tool", "tool_call_id": call.id, "content": "sun"},
    ]
    smart.in_order(SECOND, FIRST)
    with client.chat.completions.stream(model="smart_router.auto", messages=talk, tools=[tool]) as stream:
        text = stream.get_final_completion().choices[0].message.content or ""
    assert "The tools said: sun" in text
    assert [seen.model for seen in smart.backends.requests] == [FIRST, FIRST]
