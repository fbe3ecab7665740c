"""Smart in front of a real inference server, not a simulated one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.connections import another_connection
from tests.support.installation import SMART, Installation
from tests.support.tiny_model import TinyServer, served

HELLO = [{"role": "user", "content": "hello there"}]


@pytest.fixture(scope="module")
def tiny(running: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TinyServer]:
    """A tiny model, served and connected. Its server cannot list it offline, so it is named."""
    with (
        served(tmp_path_factory.mktemp("tiny-llama")) as server,
        another_connection(running, server.url, [server.model]),
    ):
        yield server


def test_a_plain_answer_has_text_and_usage(smart: Installation, tiny: TinyServer) -> None:
    smart.in_order(tiny.model)
    answer = smart.openai().chat.completions.create(model=SMART, messages=HELLO, max_tokens=16)  # type: ignore[arg-type]
    assert answer.choices[0].message.content
    assert answer.usage is not None
    assert answer.usage.completion_tokens > 0
    record = smart.last_record()
    assert (record["backend"], record["outcome"]) == (tiny.model, "ok")
    assert (record["input_tokens"], record["output_tokens"]) == (
        answer.usage.prompt_tokens,
        answer.usage.completion_tokens,
    )
    assert record["usage_estimated"] is False


def test_a_streamed_answer_says_the_same_piece_by_piece(smart: Installation, tiny: TinyServer) -> None:
    smart.in_order(tiny.model)
    client = smart.openai()
    plain = client.chat.completions.create(model=SMART, messages=HELLO, max_tokens=16)  # type: ignore[arg-type]
    chunks = list(
        client.chat.completions.create(
            model=SMART,
            messages=HELLO,
            max_tokens=16,
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    pieces = [c.choices[0].delta.content for c in chunks if c.choices and c.choices[0].delta.content]
    assert len(pieces) > 1
    assert "".join(pieces) == plain.choices[0].message.content
    assert [c.usage.completion_tokens for c in chunks if c.usage] == [plain.usage.completion_tokens]  # type: ignore[union-attr]
    record = smart.last_record()
    assert (record["backend"], record["outcome"]) == (tiny.model, "ok")
    assert record["first_token_ms"] is not None
    assert record["output_tokens"] == plain.usage.completion_tokens  # type: ignore[union-attr]


def test_when_the_real_server_is_gone_another_answers(smart: Installation, tiny: TinyServer) -> None:
    """The last test here: the server does not come back."""
    smart.in_order(tiny.model, "gpt-4o-mini")
    tiny.stop()
    for ask in (smart.chat, smart.stream):
        ask("hello there")
        attempts = [(a["backend"], a["error_kind"]) for a in smart.last_record()["attempts"]]
        assert attempts == [(tiny.model, "connection"), ("gpt-4o-mini", None)]
