"""classify and explain, as a person reads them in a terminal."""

from __future__ import annotations

from typing import Any

from .form import DASH, figure
from .output import Output


def show_classification(output: Output, found: dict[str, Any]) -> None:
    """What was made of one message, with the evidence for it."""
    output.line(f"intent      {found['intent']} (confidence {figure(found['confidence'], 'share')})")
    others = sorted(found["intents"].items(), key=lambda pair: -pair[1])[:4]
    output.line("            " + ", ".join(f"{intent} {figure(p, 'share')}" for intent, p in others))
    output.line(f"complexity  {found['complexity']} (p_hard {found['p_hard']:.2f})")
    output.line(f"language    {found['language'] or DASH}")
    kinds = f": {', '.join(found['kinds'])}" if found["kinds"] else ""
    output.line(f"sensitive   {'yes' if found['sensitive'] else 'no'}{kinds}")
    for evidence in found.get("evidence", []):
        output.line(f"            {evidence}")
    output.line(f"took        {found['micros']:,.0f} µs, as the first one of a process")


def show_decision(output: Output, decision: dict[str, Any]) -> None:
    """The choice in a sentence, then every model in the order in which it was considered."""
    output.line(str(decision["sentence"]))
    sure = figure(decision["confidence"], "share")
    output.line(f"{decision['intent']}, {decision['complexity']} (confidence {sure})")
    output.line(f"strategy {decision['strategy']}")
    ranked = [candidate for candidate in decision["candidates"] if not candidate["excluded"]]
    factors = sorted({name for candidate in ranked for name in candidate["factors"]})
    # A factor that is the same for all of them decided nothing.
    telling = [name for name in factors if len({candidate["factors"].get(name) for candidate in ranked}) > 1]
    if ranked:
        output.table(
            "In order of trying",
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
    return f"{value:.2f}" if isinstance(value, int | float) else DASH
