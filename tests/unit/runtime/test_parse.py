"""Open WebUI's body becomes a ChatRequest."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from smart_router.errors import InvalidRequest
from smart_router.runtime.parse import parse_request

USER = {"id": "u1", "role": "user", "name": "Someone"}
HELLO = [{"role": "user", "content": "hello"}]


def test_parameters_are_what_a_backend_may_see() -> None:
    body = {
        "model": "smart_router.fast",
        "messages": HELLO,
        "stream": True,
        "temperature": 0.3,
        "chat_id": "c",
    }
    chat = parse_request(body, USER, {"chat_id": "c", "message_id": "m"}, None)
    assert dict(chat.parameters) == {"temperature": 0.3}
    assert (chat.variant, chat.stream, chat.chat_id, chat.message_id) == ("fast", True, "c", "m")


def test_the_calls_of_one_answer_share_a_turn_and_count_its_tool_rounds() -> None:
    call = {"role": "assistant", "content": "", "tool_calls": [{"id": "1"}]}
    result = {"role": "tool", "tool_call_id": "1", "content": "42"}
    metadata = {"message_id": "m"}
    first = parse_request({"messages": HELLO}, USER, metadata, None)
    third = parse_request({"messages": [*HELLO, call, result, call, result]}, USER, metadata, None)
    assert first.turn_id == third.turn_id == "m"
    assert (first.round, third.round) == (0, 2)


def test_calls_without_a_message_are_turns_of_their_own() -> None:
    one, other = (parse_request({"messages": HELLO}, USER, {}, None) for _ in range(2))
    assert one.turn_id != other.turn_id


def test_the_switch_under_the_input_reaches_titles_and_other_tasks() -> None:
    metadata = {"filter_ids": ["smart_router_filter"]}
    assert parse_request({"messages": HELLO}, USER, metadata, "title_generation").local_only
    assert not parse_request({"messages": HELLO}, USER, {}, None).local_only


def test_a_task_belongs_to_the_turn_of_the_answer_that_set_it_off() -> None:
    answered = [*HELLO, {"role": "assistant", "id": "m", "content": "hello"}]
    for body in ({"message_id": "m", "messages": HELLO}, {"messages": answered}):
        assert parse_request({"messages": HELLO}, USER, {"task_body": body}, "tags_generation").turn_id == "m"
    alone = {"task_body": {"messages": HELLO}}
    assert parse_request({"messages": HELLO}, USER, alone, "title_generation").turn_id


@pytest.mark.parametrize("prefix", ["temporary:", "local:"])
def test_a_temporary_chat_is_known_by_its_id(prefix: str) -> None:
    assert parse_request({"messages": HELLO}, USER, {"chat_id": f"{prefix}1"}, None).temporary
    assert not parse_request({"messages": HELLO}, USER, {"chat_id": "1"}, None).temporary


def test_the_users_own_valves_become_preferences() -> None:
    valves = SimpleNamespace(prefer="speed", show_status=False)
    chat = parse_request({"messages": HELLO}, {**USER, "valves": valves}, {}, None)
    assert chat.preferences.priority == "speed"
    assert chat.preferences.show_status is False
    default = parse_request(
        {"messages": HELLO}, {**USER, "valves": SimpleNamespace(prefer="default")}, {}, None
    )
    assert default.preferences.priority is None


@pytest.mark.parametrize(
    ("messages", "says"),
    [(None, "at least one message"), ([], "at least one message"), ("hi", "at least one message"),
     (["hi"], r"messages\[0\]"), ([{"content": "hi"}], r"messages\[0\]")],
)  # fmt: skip
def test_a_body_that_is_no_chat_is_refused_with_the_reason(messages: object, says: str) -> None:
    with pytest.raises(InvalidRequest, match=says):
        parse_request({"messages": messages}, USER, {}, None)


def tools(*names: str) -> list[dict[str, object]]:
    return [{"type": "function", "function": {"name": name}} for name in names]


def test_tools_that_open_webui_merely_offers_are_not_needed() -> None:
    metadata = {"tools": {"get_time": {"type": "builtin"}, "look_up": {"type": "external"}}}
    body = {"messages": HELLO, "tools": tools("get_time", "look_up")}
    assert len(parse_request(body, USER, metadata, None).needed_tools()) == 1
    assert len(parse_request({**body, "tools": tools("get_time")}, USER, metadata, None).needed_tools()) == 0


def test_a_feature_that_the_user_switched_on_needs_its_tools() -> None:
    metadata = {"tools": {"search_web": {"type": "builtin"}}, "features": {"web_search": True}}
    body = {"messages": HELLO, "tools": tools("search_web")}
    assert len(parse_request(body, USER, metadata, None).needed_tools()) == 1


def test_once_a_tool_was_called_all_of_them_are_needed() -> None:
    metadata = {"tools": {"get_time": {"type": "builtin"}}}
    call = {"role": "assistant", "content": "", "tool_calls": [{"id": "1"}]}
    result = {"role": "tool", "tool_call_id": "1", "content": "noon"}
    body = {"messages": [*HELLO, call, result], "tools": tools("get_time")}
    assert len(parse_request(body, USER, metadata, None).needed_tools()) == 1


def test_tools_that_an_api_caller_sends_are_needed() -> None:
    assert (
        len(parse_request({"messages": HELLO, "tools": tools("anything")}, USER, {}, None).needed_tools())
        == 1
    )


@pytest.mark.parametrize("metadata", [{"features": ["web"]}, {"files": 3}, {"tools": ["get_time"]}])
def test_metadata_of_another_shape_is_no_error(metadata: dict[str, object]) -> None:
    assert parse_request({"messages": HELLO}, USER, metadata, None).files == 0
