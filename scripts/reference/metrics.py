"""The metrics page, from what the metrics route makes of one record of everything."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from prometheus_client.parser import text_string_to_metric_families

from admin_pages.observability.metrics import exposition
from smart_router.health.types import BreakerStatus
from smart_router.records import Attempt, Record
from smart_router.records.tally import FIRST_TOKEN_BOUNDS_S, LATENCY_BOUNDS_S, Tally

from .markdown import code, table


def families() -> Iterator[Any]:
    """Every metric family, with one sample of each at least, as Prometheus reads them."""
    tally = Tally()
    tally.add(
        Record(
            id="r", turn_id="t", created_at=0.0, outcome="ok", backend="b", intent="chat", latency_ms=1.0,
            first_token_ms=1.0, input_tokens=1, output_tokens=1, cost_usd=1.0, baseline_cost_usd=2.0,
            attempts=(Attempt(backend="b", purpose="answer", started_at=0.0),),
        )
    )  # fmt: skip
    runtime: Any = SimpleNamespace(
        store=SimpleNamespace(tally=tally, ok=True, lag_ms=0.0, waiting=0, dropped=0),
        catalog=SimpleNamespace(backends={}, registry_version=0),
        breakers=lambda: [BreakerStatus("b")],
        describe=lambda: {"version": "1", "open_webui": "1"},
    )
    yield from text_string_to_metric_families(exposition(runtime)[0].decode())


def labels(family: Any) -> list[str]:
    """The labels of a family in order, without what belongs to the format."""
    found = dict.fromkeys(label for sample in family.samples for label in sample.labels if label != "le")
    return list(found)


def tables() -> str:
    """Markdown."""
    rows = []
    for family in families():
        name = f"{family.name}_total" if family.type == "counter" else family.name
        rows.append([code(name), family.type, ", ".join(map(code, labels(family))), family.documentation])
    bounds = {"latency": LATENCY_BOUNDS_S, "first_token": FIRST_TOKEN_BOUNDS_S}
    lines = ["## All metrics", "", *table(["name", "type", "labels", "meaning"], rows)]
    lines += ["## Buckets", ""]
    for name, values in bounds.items():
        lines.append(f"- `smart_router_{name}_seconds`: {', '.join(f'{value:g}' for value in values)}")
    return "\n".join(lines)
