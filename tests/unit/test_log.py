"""Lines for Open WebUI's log: redacted, with their request, and once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import pytest

from smart_router import log as ours
from smart_router.log import begin_request, configure, redact


class Heard(logging.Handler):
    """What Open WebUI's handler on the root is given."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    @property
    def lines(self) -> list[str]:
        return [record.getMessage() for record in self.records]


@pytest.fixture
def heard() -> Iterator[Heard]:
    """In place of Open WebUI's; and our loggers as they were, afterwards."""
    root, logger, handler = logging.getLogger(), logging.getLogger("smart_router"), Heard()
    before = (logger.level, logger.propagate, list(logger.handlers))
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)
    logger.level, logger.propagate = before[:2]
    logger.handlers[:] = before[2]
    ours._request.set(None)


SECRET = "Zm9vYmFyYmF6cXV4MTIz"


@pytest.mark.parametrize(
    "text",
    [
        f"Incorrect API key provided: sk-proj-{SECRET}. You can find it",
        f"headers={{'Authorization': 'Bearer {SECRET}'}}",
        f"Authorization: Basic {SECRET}==",
        f'{{"api_key": "{SECRET}", "model": "gpt-4o"}}',
        f"x-api-key={SECRET}",
        f"api-key: {SECRET}",
        f"postgresql://owui:{SECRET}@db.internal:5432/owui is not there",
        f"redis://:{SECRET}@cache:6379/0",
        f"GET https://api.example/v1/models?key={SECRET}&page=2",
        f"token eyJhbGciOiJIUzI1NiJ9.{SECRET}.{SECRET}",
        f"password={SECRET} host=db",
        f"client_secret: '{SECRET}'",
        f"AIza{SECRET}",
        f"ghp_{SECRET}",
    ],
)
def test_secrets_are_hidden_and_the_rest_stays(text: str) -> None:
    hidden = redact(text)
    assert SECRET not in hidden
    assert "[masked]" in hidden
    for word in ("You can find it", "gpt-4o", "db.internal:5432/owui", "page=2", "host=db", "cache:6379"):
        assert (word in hidden) == (word in text)
    assert redact(hidden) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "circuit breaker org/llama3:8b is now open: timeout_first_token",
        "line 4, models[0].size_b: expected a number, not '7b'",
        "the request used 1,234 tokens; the key was not found in the registry",
        "https://chat.example/admin/observability?range=24h&q=key",
        "desk-top-publishing-is-no-key and task-based-routing-works",
    ],
)
def test_what_is_no_secret_is_left_alone(text: str) -> None:
    assert redact(text) == text


def test_a_line_is_heard_once_and_of_its_level(heard: Heard) -> None:
    configure("INFO")
    configure("WARNING")
    logging.getLogger("smart_router.delivery.plain").warning("closing %s: %r", "x", "sk-" + SECRET)
    logging.getLogger("smart_router").info("too quiet")
    assert heard.lines == ["closing x: '[masked]'"]
    assert heard.records[0].name == "smart_router.delivery.plain"
    assert heard.records[0].funcName == "test_a_line_is_heard_once_and_of_its_level"


def test_another_librarys_lines_are_none_of_our_business(heard: Heard) -> None:
    configure("INFO")
    logging.getLogger("somebody.else").warning("password=%s", "theirs")
    assert heard.lines == ["password=theirs"]


async def test_a_line_names_the_request_that_it_is_about(heard: Heard) -> None:
    configure("INFO")
    log = logging.getLogger("smart_router")

    async def chat(name: str) -> str:
        id = begin_request()
        await asyncio.sleep(0)
        # What a chat starts beside itself is about it too.
        await asyncio.create_task(later(name))
        return id

    async def later(name: str) -> None:
        log.warning("%s", name)

    first, second = await asyncio.gather(asyncio.create_task(chat("a")), asyncio.create_task(chat("b")))
    log.warning("nobody's")
    assert set(heard.lines) == {f"a [request {first}]", f"b [request {second}]", "nobody's"}


def test_an_error_keeps_its_trace(heard: Heard) -> None:
    configure("INFO")
    try:
        raise ValueError("no such thing")
    except ValueError:
        logging.getLogger("smart_router").exception("a chat failed")
    (record,) = heard.records
    assert record.getMessage() == "a chat failed"
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], ValueError)


def test_an_error_with_a_secret_in_its_words_is_written_without_it(heard: Heard) -> None:
    configure("INFO")
    try:
        raise ValueError(f"cannot reach redis://:{SECRET}@cache")
    except ValueError:
        logging.getLogger("smart_router").exception("a chat failed")
    (record,) = heard.records
    assert record.exc_info is None
    assert "redis://[masked]@cache" in record.getMessage()
    assert "Traceback" in record.getMessage()
    assert SECRET not in record.getMessage()


def test_a_line_that_cannot_be_put_together_harms_nobody(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", False)
    configure("INFO")
    logging.getLogger("smart_router").warning("%d", "no number")
    assert heard.lines == []
