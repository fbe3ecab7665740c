"""What the page is told of this process."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from smart_router.errors import InvalidRequest
from smart_router.health import BreakerStatus
from smart_router.runtime.settings import Settings
from smart_router.runtime.view import View


def runtime(*, known: bool, breakers: tuple[BreakerStatus, ...] = ()) -> Any:
    return SimpleNamespace(
        seam=SimpleNamespace(version="9.9.9", known=known),
        redis_state=lambda: "absent",
        workers=SimpleNamespace(alive=3),
        health=SimpleNamespace(statuses=lambda: breakers),
    )


def test_an_open_webui_that_we_do_not_know_is_a_warning_and_no_more() -> None:
    said = View(runtime(known=False)).describe()
    assert said["open_webui"] == "9.9.9"
    assert len(said["warnings"]) == 1
    assert "9.9.9" in said["warnings"][0]


def test_workers_are_as_many_as_gave_a_sign() -> None:
    assert View(runtime(known=True)).describe()["workers"] == 3


def test_one_that_we_know_is_no_warning() -> None:
    assert View(runtime(known=True)).describe()["warnings"] == []


def test_each_backend_that_refuses_our_key_is_a_warning_until_it_takes_one() -> None:
    breakers = (
        BreakerStatus("ada", state="open", reason="auth: invalid key"),
        BreakerStatus("bob", state="half_open", reason="auth"),
        BreakerStatus("eve", state="open", reason="5 failures in a row, server_error: authority"),
        BreakerStatus("kim", state="closed", reason="auth: invalid key"),
        BreakerStatus("lee"),
    )
    warnings = View(runtime(known=True, breakers=breakers)).describe()["warnings"]
    assert [warning.split()[0] for warning in warnings] == ["ada", "bob"]
    assert "Connections" in warnings[0]


async def test_what_a_chat_would_be_refused_for_is_not_explained_either() -> None:
    view = View(SimpleNamespace(settings=Settings(max_input_characters=1000)))  # type: ignore[arg-type]
    user = SimpleNamespace(id="root", role="admin", name="Root")
    with pytest.raises(InvalidRequest, match="1,001 characters"):
        await view.explain({"messages": [{"role": "user", "content": "x" * 1001}]}, user)
