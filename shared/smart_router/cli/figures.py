"""status, stats and cost: the page's figures, asked of a running Open WebUI, as a person reads them."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from .client import OpenWebUI, Params
from .errors import DEGRADED, FAILING, ApiError
from .form import DASH, Form, at, clock, figure, word
from .output import View, table

STYLES = {"ok": "green", "degraded": "yellow", "failing": "red"}
_STATUS = {"ok": 0, "degraded": DEGRADED, "failing": FAILING}

#: What is counted apart from the headline figures.
_APART = ("tasks", "direct")

_COSTS = ("requests", "cost_usd", "baseline_cost_usd", "savings_usd")


def look_at_status(client: OpenWebUI) -> View:
    """Health and breakers; the exit status says ok, degraded or failing."""
    health = client.ours("GET", "/health")
    breakers = client.ours("GET", "/circuit-breakers")["items"]
    shown = Group(health_lines(health, breakers), *breaker_tables(breakers))
    return View(shown, {**health, "circuit_breakers": breakers}, exit_status(health))


def look_at_stats(client: OpenWebUI, params: Params) -> View:
    summary = client.ours("GET", "/summary", params=params)
    return View(Group(*_summary_tables(summary)), summary)


def look_at_cost(client: OpenWebUI, params: Params) -> View:
    """Cost, baseline cost and savings: together, by backend, by intent, by user."""
    summary = client.ours("GET", "/summary", params=params)
    # The very range of the other figures, which may have been one that ends now.
    of: Params = {
        "from": repr(summary["range"]["from"]),
        "to": repr(summary["range"]["to"]),
        "group_by": "user",
    }
    users = client.ours("GET", "/breakdown", params=of)["items"]
    by_user = _costs([{**entry, "user": entry["group"]} for entry in users], "user")
    names = _names(client) if by_user else {}
    value = {
        "range": summary["range"],
        "baseline": summary.get("baseline"),
        "baselines": summary.get("baselines", []),
        **{
            name: summary[name]
            for name in (*_COSTS, "savings_rate", "unpriced_requests", "estimated_cost_usd")
        },
        **{part: {name: summary[part][name] for name in ("requests", "cost_usd")} for part in _APART},
        "by_backend": _costs(summary["by_backend"], "backend"),
        "by_intent": _costs(summary["by_intent"], "intent"),
        "by_user": [{**entry, "name": names.get(entry["user"])} for entry in by_user],
    }
    return View(Group(*_cost_tables(value)), value)


def exit_status(health: dict[str, Any]) -> int:
    return _STATUS.get(health["status"], FAILING)


def health_lines(health: dict[str, Any], breakers: list[dict[str, Any]], *, named: bool = False) -> Text:
    """Health in a few lines, what is wrong first. `named`: with each breaker that is not closed."""
    registry, store = health["registry"], health["store"]
    version, status = registry["version"], word(health["status"])
    state = "ok" if store["ok"] else f"cannot be written: {word(store.get('error'))}"
    if store["lag_ms"] >= 1:
        state += f", {store['lag_ms']:.0f} ms behind"
    if store.get("dropped"):
        state += f", {figure(store['dropped'])} lost"
    known = [state for state in health["breakers"].values() if state != "closed"]
    said: list[tuple[str, str, str]] = [
        ("status", status, STYLES.get(status, "")),
        *(("", word(warning), "yellow") for warning in health.get("warnings", [])),
        (
            "breakers",
            f"{len(known)} of {len(breakers)} not closed" if known else f"all closed ({len(breakers)})",
            "yellow" if known else "",
        ),
        *(
            ("", _in_words(breaker), "yellow")
            for breaker in breakers
            if named and breaker["state"] != "closed"
        ),
        ("registry", f"version {version}" if version else "none saved, zero configuration", ""),
        *(
            (
                "",
                word(": ".join(filter(None, (f"line {issue['line']}", issue["key"], issue["message"])))),
                "red",
            )
            for issue in registry["errors"]
        ),
        ("records", f"{state}, {word(store['dialect'])}", "" if store["ok"] else "red"),
        ("redis", word(health["redis"]), "red" if health["redis"] == "down" else ""),
        ("workers", figure(health["workers"]), ""),
    ]
    text = Text(f"Smart Router {word(health['version'])} in Open WebUI {word(health['open_webui'])}")
    for name, what, style in said:
        text.append(f"\n{name:<10}")
        text.append(what, style=style)
    return text


def _in_words(breaker: dict[str, Any]) -> str:
    state = word(breaker["state"]).replace("_", "-")
    return f"{word(breaker['name'] or breaker['id'])}: {state}, {word(breaker['reason'])}"


def breaker_tables(breakers: list[dict[str, Any]]) -> list[RenderableType]:
    """Each breaker that is not simply closed; nothing where all are."""
    telling = [b for b in breakers if b["state"] != "closed" or b["consecutive_failures"]]
    if not telling:
        return []
    rows = [
        [
            _identity(b),
            str(b["state"]).replace("_", "-"),
            figure(b["consecutive_failures"]),
            figure(b["trips"]),
            b["reason"] or "",
        ]
        for b in telling
    ]
    return [
        table("Circuit breakers", ["id", "state", "failures in a row", "trips", "reason"], rows, text=(4,))
    ]


def _identity(breaker: dict[str, Any]) -> str:
    """What `reset` takes, and behind it the name where that is another."""
    id, name = word(breaker["id"]), word(breaker.get("name"))
    return id if name in (id, DASH) else f"{id} ({name})"


def _summary_tables(summary: dict[str, Any]) -> list[RenderableType]:
    """The headline figures beside those of the period before, then who answered what."""
    before = summary["previous"]

    def row(name: str, *path: str, form: Form = "count") -> list[str]:
        return [name, figure(at(summary, *path), form), figure(at(before, *path), form)]

    headline = table(
        f"Smart Router, {_range_in_words(summary)}",
        ["", "now", "before"],
        [
            row("requests", "requests"),
            row("errors", "errors"),
            row("fallbacks", "fallbacks"),
            row("escalations", "escalations"),
            row("cost", "cost_usd", form="usd"),
            row("saved", "savings_usd", form="usd"),
            row("saved of the baseline's cost", "savings_rate", form="share"),
            row("input tokens", "input_tokens"),
            row("output tokens", "output_tokens"),
            row("time to first token, median", "first_token_ms", "p50", form="ms"),
            row("time to first token, 95 %", "first_token_ms", "p95", form="ms"),
            row("time to the end, median", "latency_ms", "p50", form="ms"),
            row("time to the end, 95 %", "latency_ms", "p95", form="ms"),
            row("confidence, mean", "confidence_mean", form="share"),
        ],
    )
    return [
        headline,
        *(made for group in ("backend", "intent", "complexity") for made in _by(summary, group)),
    ]


def _by(summary: dict[str, Any], group: str) -> list[RenderableType]:
    rows = [
        [
            word(entry[group]),
            figure(entry["requests"]),
            figure(entry["error_rate"], "share"),
            figure(entry["cost_usd"], "usd"),
            figure(entry["first_token_ms"]["p50"], "ms"),
        ]
        for entry in summary[f"by_{group}"]
    ]
    if not rows:
        return []
    shown = table(f"By {group}", [group, "requests", "errors", "cost", "first token"], rows)
    # With fallbacks the lines add up to more than there were requests.
    if group == "backend" and sum(entry["requests"] for entry in summary["by_backend"]) > summary["requests"]:
        shown.caption, shown.caption_justify = "A request counts for every backend that was asked.", "left"
    return [shown]


def _costs(entries: list[dict[str, Any]], group: str) -> list[dict[str, Any]]:
    """Of figures by group, what costs are about; the dearest first."""
    chosen = [{group: entry[group], **{name: entry[name] for name in _COSTS}} for entry in entries]
    return sorted(chosen, key=lambda entry: (-(entry["cost_usd"] or 0.0), -entry["requests"]))


def _names(client: OpenWebUI) -> dict[str, str]:
    """Name by id. Without them the ids must do: that is no reason to show no costs."""
    try:
        return client.user_names()
    except ApiError:
        return {}


def _cost_tables(cost: dict[str, Any]) -> list[RenderableType]:
    whole = table(
        f"Smart Router's cost, {_range_in_words(cost)}",
        ["", ""],
        [
            ["requests", figure(cost["requests"])],
            ["cost", figure(cost["cost_usd"], "usd")],
            ["cost with the baseline", figure(cost["baseline_cost_usd"], "usd")],
            ["the baseline", _compared_with(cost)],
            ["saved", figure(cost["savings_usd"], "usd")],
            ["saved of the baseline's cost", figure(cost["savings_rate"], "share")],
            ["of the cost, estimated", figure(cost["estimated_cost_usd"], "usd")],
            ["requests without a known price", figure(cost["unpriced_requests"])],
            ["beside these: background tasks", figure(cost["tasks"]["cost_usd"], "usd")],
            ["beside these: chats with other models", figure(cost["direct"]["cost_usd"], "usd")],
        ],
    )
    tables: list[RenderableType] = [whole]
    for group in ("backend", "intent", "user"):
        rows = [
            [
                word(entry.get("name") or entry[group]),
                figure(entry["requests"]),
                figure(entry["cost_usd"], "usd"),
                figure(entry["baseline_cost_usd"], "usd"),
                figure(entry["savings_usd"], "usd"),
            ]
            for entry in cost[f"by_{group}"]
        ]
        if rows:
            tables.append(table(f"By {group}", [group, "requests", "cost", "baseline", "saved"], rows))
    return tables


def _compared_with(cost: dict[str, Any]) -> str:
    """The baselines that the figures were computed with, the last used first; with none, the present one."""
    uses = cost["baselines"]
    if not uses:
        return word(cost["baseline"])
    # Those of the last hour are told apart no further.
    last = [use for use in uses if use["to"] == uses[0]["to"]]
    before = [f"until {clock(use['to'], cost['range']['to'])} {_baseline(use)}" for use in uses[len(last) :]]
    return "; ".join([" and ".join(map(_baseline, last)), *before])


def _baseline(use: dict[str, Any]) -> str:
    return word(use["baseline"] or "not recorded")


def _range_in_words(figures: dict[str, Any]) -> str:
    return word(at(figures, "range", "name")).replace(DASH, "the chosen range")
