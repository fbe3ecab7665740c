"""dashboard: the whole state of Smart on one screen of a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.layout import Layout
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from .client import OpenWebUI, Params
from .figures import STYLES, exit_status, health_lines
from .form import Form, at, clock, figure, sparkline, squeezed, word
from .output import View

#: Backends that have a line of their own, and requests that are listed, at most.
_MOST_BACKENDS = 8
_MOST_REQUESTS = 30
#: From how many characters on a request's line has everything in it.
_WIDE = 100

_OUTCOME_STYLES = {
    "failed": "red",
    "refused": "red",
    "stopped": "dim",
    "fallback": "yellow",
    "escalated": "cyan",
}


def look_at_dashboard(
    client: OpenWebUI, params: Params, *, full_screen: bool, now: Callable[[], float] = time.time
) -> View:
    """Everything that the page's first panels show; the exit status is that of `status`."""
    health = client.ours("GET", "/health")
    value = {
        "url": client.url,
        "health": health,
        "circuit_breakers": client.ours("GET", "/circuit-breakers")["items"],
        "summary": client.ours("GET", "/summary", params=params),
        "requests": client.ours(
            "GET", "/timeseries", params={**params, "metric": "requests", "group_by": "backend"}
        ),
        "errors": client.ours("GET", "/timeseries", params={**params, "metric": "errors"}),
        "last": client.ours(
            "GET", "/requests", params={**params, "limit": _MOST_REQUESTS, "brief": True, "task": "none"}
        )["items"],
    }
    shown = _Screen(value, now()) if full_screen else Group(*_panels(value, now()))
    return View(shown, value, exit_status(health))


def _panels(value: dict[str, Any], now: float) -> list[RenderableType]:
    return [_title(value, now), _health(value), _headline(value), _traffic(value), _requests(value, now)]


class _Screen:
    """The panels side by side, as large as the screen is."""

    def __init__(self, value: dict[str, Any], now: float) -> None:
        self._value, self._now = value, now

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        title, health, headline, traffic, requests = _panels(self._value, self._now)
        height = options.height or console.height
        said, series = len(_health_text(self._value).plain.splitlines()), self._value["requests"]["items"]
        layout = Layout()
        upper = Layout(name="upper", size=max(11, min(said + 2, height * 2 // 5)))
        upper.split_row(Layout(health), Layout(headline))
        layout.split_column(
            Layout(title, size=1),
            upper,
            Layout(traffic, size=min(len(series), _MOST_BACKENDS) + 4),
            Layout(requests, minimum_size=4),
        )
        yield from console.render(layout, options.update(height=height))


def _title(value: dict[str, Any], now: float) -> Text:
    status = word(value["health"]["status"])
    text = Text(" Smart Router ", style="bold")
    text.append(f" {status} ", style=f"reverse {STYLES.get(status, '')}")
    text.append(f" {word(value['url'])}  {word(at(value, 'summary', 'range', 'name'))}  {clock(now, now)}")
    text.no_wrap, text.overflow = True, "ellipsis"
    return text


def _health_text(value: dict[str, Any]) -> Text:
    return health_lines(value["health"], value["circuit_breakers"], named=True)


def _health(value: dict[str, Any]) -> Panel:
    return Panel(_health_text(value), title="Health", title_align="left")


def _headline(value: dict[str, Any]) -> Panel:
    summary = value["summary"]

    def row(name: str, *path: str, form: Form = "count") -> None:
        grid.add_row(name, figure(at(summary, *path), form), figure(at(summary, "previous", *path), form))

    grid = Table.grid(padding=(0, 2))
    grid.add_column()
    grid.add_column(justify="right")
    grid.add_column(justify="right")
    grid.add_row("", Text("now", style="dim"), Text("before", style="dim"))
    row("requests", "requests")
    row("errors", "error_rate", form="share")
    row("fallbacks", "fallbacks")
    row("escalations", "escalations")
    row("first token, median", "first_token_ms", "p50", form="ms")
    row("first token, 95 %", "first_token_ms", "p95", form="ms")
    row("cost", "cost_usd", form="usd")
    row("saved", "savings_usd", form="usd")
    return Panel(grid, title="Figures", title_align="left")


def _traffic(value: dict[str, Any]) -> Panel:
    """Who answered how much, over the range; the same scale for all backends."""
    series = {item["group"]: _values(item) for item in value["requests"]["items"]}
    figures = {entry["backend"]: entry for entry in value["summary"]["by_backend"]}
    ranked = sorted(series, key=lambda backend: -sum(series[backend]))
    grid = Table(box=None, expand=True, padding=(0, 1), header_style="dim")
    grid.add_column("backend", no_wrap=True, overflow="ellipsis", max_width=32)
    grid.add_column("requests over time", ratio=1, no_wrap=True)
    for name in ("requests", "errors", "first token", "cost"):
        grid.add_column(name, justify="right", no_wrap=True)
    for backend in ranked[:_MOST_BACKENDS]:
        entry = figures.get(backend, {})
        grid.add_row(
            word(backend),
            _Bars(series[backend], "green", series.values()),
            figure(sum(series[backend])),
            figure(entry.get("error_rate"), "share"),
            figure(at(entry, "first_token_ms", "p50"), "ms"),
            figure(entry.get("cost_usd"), "usd"),
        )
    errors = [n for item in value["errors"]["items"] for n in _values(item)]
    grid.add_row("errors", _Bars(errors, "red", [errors]), figure(sum(errors)), "", "", "")
    return Panel(grid, title="Requests", title_align="left")


def _values(item: dict[str, Any]) -> list[float]:
    return [point["value"] or 0.0 for point in item["points"]]


class _Bars:
    """A sparkline as wide as the column that it lies in, on the scale of its `peers`."""

    def __init__(self, values: list[float], style: str, peers: Iterable[list[float]]) -> None:
        self._values, self._style, self._peers = values, style, peers

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        top = max((n or 0.0 for peer in self._peers for n in squeezed(peer, width)), default=0.0)
        yield Text(sparkline(self._values, width, top), style=self._style, no_wrap=True, overflow="crop")


def _requests(value: dict[str, Any], now: float) -> Panel:
    body: RenderableType = (
        _Last(value["last"], now) if value["last"] else Text("none in this range", style="dim")
    )
    return Panel(body, title="Last requests", title_align="left")


class _Last:
    """A line for each record. What says least is left out where there is no room for all."""

    def __init__(self, records: list[dict[str, Any]], now: float) -> None:
        self._records, self._now = records, now

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wide = options.max_width >= _WIDE
        grid = Table(box=None, expand=True, padding=(0, 1), header_style="dim")
        for name in ("when", "outcome", "intent", *(["complexity"] if wide else [])):
            grid.add_column(name, no_wrap=True, overflow="ellipsis")
        grid.add_column("backend", no_wrap=True, overflow="ellipsis", ratio=None if wide else 1)
        for name in ("first token", "cost"):
            grid.add_column(name, justify="right", no_wrap=True)
        if wide:
            grid.add_column("why", ratio=1, no_wrap=True, overflow="ellipsis")
        for record in self._records:
            outcome = word(record["outcome"])
            why = record["error_kind"] or record["sentence"] or record["reason"]
            grid.add_row(
                clock(record["created_at"], self._now),
                Text(outcome, style=_OUTCOME_STYLES.get(outcome, "")),
                word(record["intent"]),
                *([word(record["complexity"])] if wide else []),
                word(record["backend"]),
                figure(record["first_token_ms"], "ms"),
                figure(record["cost_usd"], "usd"),
                *([word(why)] if wide else []),
            )
        yield grid
