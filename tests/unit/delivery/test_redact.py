"""What a provider says of an error is kept; what it quotes of the chat is not."""

from __future__ import annotations

from functools import cached_property

import pytest

from smart_router.delivery import DeliverySettings, deliver_plain, deliver_stream
from smart_router.delivery.errors import classify_error
from smart_router.delivery.redact import Redactor, without_prompt
from smart_router.errors import ErrorKind, UpstreamError

from .fakes import Bench, answer, listen, says

SECRET = "My sister Anna Example owes 4,500 euros to the bank in Freiburg."
ASKED = ({"role": "system", "content": "Be kind."}, {"role": "user", "content": SECRET})


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("The model is overloaded. Please try again in a moment.", None),
        (f"Invalid prompt: '{SECRET}' is too long", "Invalid prompt: '[…].' is too long"),
        (f"bad input {SECRET[:39]}… (cut)", "bad input […]… (cut)"),
        ('{"input": "My sister\\nAnna  Example owes 4,500 euros to the bank"}', None),
        ("short", None),
    ],
)
def test_only_what_the_chat_says_too_is_taken_out(message: str, left: str | None) -> None:
    kept = without_prompt(message, ASKED)
    if left is not None:
        assert kept == left
    elif "sister" in message:
        assert "euros to the bank" not in kept
    else:
        assert kept == message


def test_languages_without_spaces_and_parts_are_found_as_well() -> None:
    text = "我的姐姐欠弗莱堡银行四千五百欧元她不知道该怎么办请帮帮她写一封信"
    asked = [{"role": "user", "content": [{"type": "text", "text": text}, {"type": "image_url"}]}]
    error = classify_error(400, {}, {"detail": [{"type": "invalid", "input": text}]})
    assert "弗莱堡银行" in error.message
    assert "弗莱堡银行" not in without_prompt(error.message, asked)


@pytest.mark.parametrize("stream", [False, True])
async def test_neither_record_nor_breaker_quotes_the_question(stream: bool) -> None:
    quoting = classify_error(500, {}, {"error": {"message": f"cannot parse: {SECRET}"}})
    bench = Bench("ada bob", ada=[quoting], bob=[says("hello") if stream else answer("hello")],
                  messages=ASKED, stream=stream, settings=DeliverySettings(retries=0))  # fmt: skip
    if stream:
        await listen(deliver_stream(bench.plan))
    else:
        await deliver_plain(bench.plan)
    error = bench.delivery.attempts[0].error
    assert error is not None
    assert error.startswith("cannot parse: […]")
    reasons = [status.reason or "" for status in bench.health.statuses()]
    assert any("cannot parse" in reason for reason in reasons)
    assert not any("Anna" in reason for reason in reasons)


def _long_chat() -> tuple[dict[str, str], ...]:
    turns = [f"{number} {'word ' * 6_000}" for number in range(50)]
    turns[0], turns[-1] = f"First {SECRET} {turns[0]}", f"{turns[-1]} {SECRET} last"
    return tuple({"role": "user", "content": turn} for turn in turns)


def test_however_long_the_chat_little_of_it_is_looked_through_and_its_ends_are() -> None:
    chat = _long_chat()
    assert sum(len(message["content"]) for message in chat) > 1_500_000
    redactor = Redactor(chat)
    assert len(redactor.said) <= 100_000
    for quoted in (
        "First My sister Anna Example",
        "Anna Example owes 4,500 euros to the bank in Freiburg. last",
    ):
        assert "Anna" not in redactor.without_prompt(f"cannot parse: {quoted}")


async def test_a_chat_is_read_once_for_all_attempts_and_each_message_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read, redacted = [], []
    said, clean = Redactor.said.func, Redactor._redacted
    counting = cached_property(lambda self: read.append(1) or said(self))
    counting.__set_name__(Redactor, "said")
    monkeypatch.setattr(Redactor, "said", counting)
    monkeypatch.setattr(
        Redactor, "_redacted", lambda self, message: redacted.append(message) or clean(self, message)
    )
    names = "abcdef"
    scripts = {
        name: [UpstreamError(ErrorKind.CONTEXT_TOO_LONG, f"{name} reads at most 128000 tokens of a chat")]
        for name in names
    }
    bench = Bench(" ".join(names), messages=_long_chat(), **scripts)
    await listen(deliver_stream(bench.plan))
    assert bench.channel.called == list(names)
    assert (len(read), len(redacted)) == (1, len(names))
