"""The figures of our API as a person reads them in a terminal."""

from __future__ import annotations

from typing import Any

from .output import Output


def show_status(output: Output, health: dict[str, Any], breakers: list[dict[str, Any]]) -> None:
    """Health in a few lines, and each circuit breaker that is not simply closed."""
    registry, store = health["registry"], health["store"]
    output.line(f"Smart Router {health['version']} in Open WebUI {health['open_webui']}")
    output.line(f"status    {health['status']}")
    for warning in health.get("warnings", []):
        output.line(f"          {warning}")
    version = registry["version"]
    output.line(f"registry  {f'version {version}' if version else 'none saved, zero configuration'}")
    for error in registry["errors"]:
        output.line(f"          line {error['line']}: {error['key']}: {error['message']}")
    state = "ok" if store["ok"] else f"cannot be written: {store.get('error')}"
    behind = f", {store['lag_ms']:.0f} ms behind" if store["lag_ms"] >= 1 else ""
    output.line(f"records   {state}, {store['dialect']}{behind}")
    output.line(f"redis     {health['redis']}")
    output.line(f"workers   {_figure(health['workers'], 'count')}")
    telling = [b for b in breakers if b["state"] != "closed" or b["consecutive_failures"]]
    if not telling:
        output.line(f"breakers  all closed ({len(breakers)})")
        return
    output.table(
        "Circuit breakers",
        ["id", "name", "state", "failures in a row", "trips", "reason"],
        [
            [
                str(b["id"]),
                b.get("name") or "",
                str(b["state"]).replace("_", "-"),
                str(b["consecutive_failures"]),
                str(b["trips"]),
                b["reason"] or "",
            ]
            for b in telling
        ],
    )


def show_summary(output: Output, summary: dict[str, Any]) -> None:
    """The headline figures beside those of the period before, then who answered what."""
    before = summary["previous"]

    def row(name: str, *path: str, form: str = "count") -> list[str]:
        return [name, _figure(_at(summary, path), form), _figure(_at(before, path), form)]

    output.table(
        f"Smart Router, {summary['range']['name'] or 'the chosen range'}",
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
    for group in ("backend", "intent", "complexity"):
        rows = [
            [
                str(entry[group] or "–"),
                _figure(entry["requests"], "count"),
                _figure(entry["error_rate"], "share"),
                _figure(entry["cost_usd"], "usd"),
                _figure(entry["first_token_ms"]["p50"], "ms"),
            ]
            for entry in summary[f"by_{group}"]
        ]
        if rows:
            output.table(f"By {group}", [group, "requests", "errors", "cost", "first token"], rows)


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


def show_decision(output: Output, decision: dict[str, Any]) -> None:
    """The choice in a sentence, then every model in the order in which it was considered."""
    output.line(str(decision["sentence"]))
    sure = _figure(decision["confidence"], "share")
    output.line(f"{decision['intent']}, {decision['complexity']} (confidence {sure})")
    output.line(f"strategy {decision['strategy']}")
    ranked = [candidate for candidate in decision["candidates"] if not candidate["excluded"]]
    factors = sorted({name for candidate in ranked for name in candidate["factors"]})
    # A factor that is the same for all of them decided nothing.
    telling = [name for name in factors if len({candidate["factors"].get(name) for candidate in ranked}) > 1]
    if ranked:
        output.table(
            "Candidates, best first",
            ["model", "score", *telling],
            [
                [
                    candidate["backend"],
                    f"{candidate['score']:.3f}",
                    *(_decimal(candidate["factors"].get(name)) for name in telling),
                ]
                for candidate in ranked
            ],
        )
    for candidate in decision["candidates"]:
        if candidate["excluded"]:
            why = candidate.get("sentence") or candidate["excluded"]
            output.line(f"left out: {candidate['backend']}: {why}")
    for warning in decision.get("warnings", []):
        output.line(f"warning: {warning}")


def _decimal(value: Any) -> str:
    return f"{value:.2f}" if isinstance(value, int | float) else "–"


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
