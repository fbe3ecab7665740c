"""What a provider says of an error is kept; what it quotes of the chat is not."""

from __future__ import annotations

import pytest

from smart_router.delivery import DeliverySettings, deliver_plain, deliver_stream
from smart_router.delivery.errors import classify_error
from smart_router.delivery.redact import without_prompt

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
