"""Looking again and again, and the full screen."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from rich.console import Console
from rich.text import Text

from smart_router.cli.bundle import Function
from smart_router.cli.dashboard import look_at_dashboard
from smart_router.cli.errors import ApiError, NotSignedIn, Unreachable
from smart_router.cli.output import Output, View
from smart_router.cli.watch import watch
from smart_router.records import Attempt, Record


class Enough(KeyboardInterrupt):
    """Ctrl-C."""


def pausing(times: int) -> Any:
    left = iter(range(times))

    def pause(_: float) -> None:
        if next(left, None) is None:
            raise Enough

    return pause


def looks(*what: View | Exception) -> Any:
    each: Iterator[View | Exception] = iter(what)

    def look() -> View:
        found = next(each)
        if isinstance(found, Exception):
            raise found
        return found

    return look


def view(text: str, status: int = 0) -> View:
    return View(Text(text), {"said": text}, status)


def screen(width: int = 140, height: int = 45) -> Console:
    return Console(
        file=io.StringIO(), force_terminal=True, width=width, height=height, markup=False, color_system=None
    )


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_program_gets_a_line_for_each_look(capsys: pytest.CaptureFixture[str]) -> None:
    status = watch(looks(view("one"), view("two", 6)), Output(as_json=True), 1.0, pause=pausing(1))
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"said": "one"},
        {"said": "two"},
    ]
    assert status == 6


def test_a_server_that_is_away_for_a_while_ends_nothing() -> None:
    console = screen()
    away = Unreachable("cannot reach it")
    status = watch(looks(view("one"), away, view("two")), Output(console=console), 1.0, pause=pausing(2))
    assert status == 0
    assert "cannot reach it; looking again" in printed(console)
    assert printed(console).rstrip().endswith("two") or "two" in printed(console).split("looking again")[-1]


def test_while_it_is_away_the_last_look_stays_and_the_status_tells() -> None:
    console = screen()
    broken = ApiError("GET: 503", status=503)
    assert watch(looks(view("one"), broken), Output(console=console), 1.0, pause=pausing(1)) == 1
    assert "one" in printed(console).split("looking again")[-1]


def test_what_waiting_does_not_help_ends_it() -> None:
    for error in (NotSignedIn("stale"), ApiError("no such route", status=404)):
        with pytest.raises(type(error)):
            watch(looks(view("one"), error), Output(as_json=True), 1.0, pause=pausing(5))


@pytest.fixture
def smart(fake: Any, functions: list[Function]) -> Any:
    """A fake with Smart in it, and a log with hostile names."""
    fake.functions = {f.id: {"id": f.id, "is_active": True, "content": f.content} for f in functions}
    for n in range(3):
        fake.records.append(
            Record(
                id=f"r{n}",
                turn_id=f"t{n}",
                created_at=1000.0 + n,
                outcome="fallback" if n else "ok",
                backend="evil[/red]\x1b[2J",
                intent="coding",
                complexity="hard",
                sentence=f"Chosen for reason {n}.",
                attempts=(Attempt(backend="x", purpose="answer", started_at=1000.0),),
            )
        )
    return fake


def test_the_dashboard_fits_the_screen_and_shows_every_panel(smart: Any) -> None:
    console = screen()
    with smart.client() as client:
        shown = look_at_dashboard(client, {"range": "1h"}, full_screen=True, now=lambda: 1060.0).shown
    console.print(shown)
    text = printed(console)
    assert len(text.splitlines()) == 45
    assert max(map(len, text.splitlines())) <= 140
    for title in ("Smart Router", "Health", "Figures", "Requests", "Last requests"):
        assert title in text
    for found in ("GPT-4o: open, timeout", "Chosen for reason 2.", "fallback", "█", "requests over time"):
        assert found in text
    assert "evil[/red]�[2J" in text
    assert "\x1b[2J" not in text


@pytest.mark.parametrize(("width", "height"), [(80, 24), (40, 10), (200, 60)])
def test_the_dashboard_bears_any_size_of_terminal(smart: Any, width: int, height: int) -> None:
    console = screen(width, height)
    with smart.client() as client:
        console.print(look_at_dashboard(client, {"range": "1h"}, full_screen=True).shown)
    assert len(printed(console).splitlines()) <= height
    assert max(map(len, printed(console).splitlines())) <= width


def test_on_a_narrow_terminal_a_request_keeps_its_time_and_outcome(smart: Any) -> None:
    console = screen(80, 60)
    with smart.client() as client:
        console.print(look_at_dashboard(client, {"range": "1h"}, full_screen=False, now=lambda: 1060.0).shown)
    rows = [line for line in printed(console).splitlines() if "coding" in line]
    assert len(rows) == 3
    for row in rows:
        assert re.search(r"\d\d:\d\d:\d\d +(fallback|ok) +coding +evil", row), row


def test_the_dashboard_once_shows_all_of_it(smart: Any) -> None:
    console = screen(160, 10)
    with smart.client() as client:
        found = look_at_dashboard(client, {"range": "1h"}, full_screen=False)
    console.print(found.shown)
    assert "Chosen for reason 0." in printed(console)
    assert {"health", "circuit_breakers", "summary", "requests", "errors", "last", "url"} == set(found.value)
