"""The figures of our API as a person reads them in a terminal."""

from __future__ import annotations

from typing import Any

from .output import Output


def show_status(output: Output, health: dict[str, Any], breakers: list[dict[str, Any]]) -> None:
    """Health in a few lines, and each circuit breaker that is not simply closed."""
    registry = health.get("registry") or {}
    store = health.get("store") or {}
    output.line(f"Smart Router {health.get('version')} in Open WebUI {health.get('open_webui', '?')}")
    output.line(f"status    {health.get('status')}")
    version = registry.get("version")
    output.line(f"registry  {f'version {version}' if version else 'none saved, zero configuration'}")
    for error in registry.get("errors") or []:
        output.line(f"          {error if isinstance(error, str) else _issue(error)}")
    lag = store.get("lag_ms")
    output.line(
        f"records   {'ok' if store.get('ok') else 'cannot be written'}, {store.get('dialect', '?')}"
        + (f", {lag:.0f} ms behind" if isinstance(lag, int | float) and lag >= 1 else "")
    )
    output.line(f"redis     {health.get('redis', '?')}")
    if (workers := health.get("workers")) is not None:
        output.line(f"workers   {workers if isinstance(workers, int | str) else len(workers)}")
    telling = [b for b in breakers if b["state"] != "closed" or b["consecutive_failures"]]
    if not telling:
        output.line(f"breakers  all closed ({len(breakers)})")
        return
    output.table(
        "Circuit breakers",
        ["id", "state", "failures in a row", "trips", "reason"],
        [
            [
                str(b["id"]),
                str(b["state"]).replace("_", "-"),
                str(b["consecutive_failures"]),
                str(b["trips"]),
                b["reason"] or "",
            ]
            for b in telling
        ],
    )


def show_summary(output: Output, summary: dict[str, Any]) -> None:
    """The headline figures beside those of the period before, then who answered."""
    before = summary.get("previous") or {}

    def row(name: str, *path: str, form: str = "count") -> list[str]:
        return [name, _figure(_at(summary, path), form), _figure(_at(before, path), form)]

    output.table(
        f"Smart Router, {summary.get('range')}",
        ["", "now", "before"],
        [
            row("requests", "requests"),
            row("errors", "errors"),
            row("fallbacks", "fallbacks"),
            row("escalations", "escalations"),
            row("cost", "cost_usd", form="usd"),
            row("saved", "savings_usd", form="usd"),
            row("saved of the baseline", "savings_rate", form="share"),
            row("input tokens", "input_tokens"),
            row("output tokens", "output_tokens"),
            row("time to first token, median", "first_token_ms", "p50", form="ms"),
            row("time to first token, 95 %", "first_token_ms", "p95", form="ms"),
            row("time to the end, median", "latency_ms", "p50", form="ms"),
            row("time to the end, 95 %", "latency_ms", "p95", form="ms"),
            row("confidence, mean", "confidence_mean", form="share"),
        ],
    )
    for key, title in (("by_backend", "By backend"), ("by_intent", "By intent")):
        if rows := _breakdown(summary.get(key)):
            output.table(title, ["", "requests", "cost"], rows)


def show_classification(output: Output, found: dict[str, Any]) -> None:
    """What was made of one message, with the evidence for it."""
    output.line(f"intent      {found['intent']} (confidence {_figure(found['confidence'], 'share')})")
    others = sorted(found["intents"].items(), key=lambda pair: -pair[1])[:4]
    output.line("            " + ", ".join(f"{intent} {_figure(p, 'share')}" for intent, p in others))
    output.line(f"complexity  {found['complexity']} (p_hard {found['p_hard']:.2f})")
    output.line(f"language    {found['language'] or '–'}")
    kinds = f": {', '.join(found['kinds'])}" if found["kinds"] else ""
    output.line(f"sensitive   {'yes' if found['sensitive'] else 'no'}{kinds}")
    for evidence in found.get("evidence", []):
        output.line(f"            {evidence}")
    output.line(f"took        {found['micros']:,.0f} µs")


def _breakdown(found: Any) -> list[list[str]]:
    """A breakdown, whether it is a list of rows or a mapping, with counts or with more."""
    if isinstance(found, list):
        pairs = [(entry.get("key") or entry.get("id") or entry.get("name"), entry) for entry in found]
    elif isinstance(found, dict):
        pairs = list(found.items())
    else:
        return []
    rows = []
    for name, entry in pairs:
        requests = entry.get("requests") if isinstance(entry, dict) else entry
        cost = entry.get("cost_usd") if isinstance(entry, dict) else None
        rows.append([str(name), _figure(requests, "count"), _figure(cost, "usd")])
    return rows


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _figure(value: Any, form: str) -> str:
    """A number in its unit; unknown is a dash, never nought."""
    if not isinstance(value, int | float):
        return "–"
    if form == "usd":
        return f"${value:,.4f}" if abs(value) < 1 else f"${value:,.2f}"
    if form == "ms":
        return f"{value:,.0f} ms"
    if form == "share":
        return f"{value:.1%}"
    return f"{value:,.0f}"


def _issue(error: dict[str, Any]) -> str:
    return f"line {error.get('line')}: {error.get('key')}: {error.get('message')}"
