"""A server that is told to stop does not wait for open answers, and records them as what they are."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from smart_router.runtime.under_way import STOPPED
from tests.support.installation import Installation, eventually, installed
from tests.support.window import WindowChat

from .test_lifecycle import fetch

BACKEND = "gpt-4o-mini"
LONG = "Tell me a story, count to 300"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("shutdown")) as installation:
        yield installation


def test_open_answers_end_at_once_and_are_recorded_as_stopped(own: Installation) -> None:
    own.in_order(BACKEND)
    own.backends.fault(BACKEND, "slow_tokens", delay_s=0.2)
    window = WindowChat(own, own.user)
    window.send(LONG, wait=False)
    with ThreadPoolExecutor(2) as pool:
        streamed = pool.submit(own.stream, LONG, own.user)
        plain = pool.submit(own.chat, LONG, own.user)
        assert eventually(lambda: [s.outcome for s in own.backends.requests] == ["running"] * 3)
        assert eventually(lambda: len([s for s in own.backends.requests if s.tokens_sent > 3]) >= 2)
        began = time.monotonic()
        os.kill(own.server.pid, signal.SIGTERM)
        assert own.backends.wait_idle(20.0)
        waited_s = time.monotonic() - began
        last = streamed.result()[-1]
        refused = plain.result()
    # The whole answers would have taken a minute.
    assert waited_s < 15
    assert last["error"]["message"] == STOPPED
    assert refused["error"]["message"] == STOPPED
    assert own.server.ended()
    own.server.start()
    assert eventually(lambda: "Smart Router" in fetch(own, "/admin/observability").text)
    assert [(r["outcome"], r["backend"]) for r in own.records()] == [("stopped", BACKEND)] * 3
    assert own.own_errors() == []
