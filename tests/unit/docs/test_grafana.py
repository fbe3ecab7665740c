"""The Grafana dashboard asks for metrics and labels that there are, and for all of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts.reference.metrics import families, labels

DASHBOARD: dict[str, Any] = json.loads(
    (Path(__file__).parents[3] / "docs" / "grafana" / "smart-router.json").read_text("utf-8")
)
FAMILIES = {family.name: family for family in families()}
#: Sample name → the family that it is of.
SAMPLES = {sample.name: family for family in FAMILIES.values() for sample in family.samples}
#: What Prometheus adds to each series, and the format to histograms.
ADDED = {"job", "instance", "le"}

_SELECTOR = re.compile(r"(smart_router_\w+)(?:\{([^}]*)\})?(?:\[([^\]]+)\])?")
_MATCHER = re.compile(r'(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"')
_GROUPING = re.compile(r"\b(?:by|on|without|ignoring|group_left|group_right) \(([^)]*)\)")


def panels() -> list[dict[str, Any]]:
    return [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]


def queries() -> Iterator[tuple[str, str]]:
    """Whose it is, and the expression."""
    for panel in panels():
        for target in panel["targets"]:
            yield panel["title"], target["expr"]
    for variable in DASHBOARD["templating"]["list"]:
        if variable["type"] == "query":
            yield variable["name"], variable["query"]["query"]


QUERIES = list(queries())


@pytest.mark.parametrize(("title", "expression"), QUERIES, ids=[title for title, _ in QUERIES])
def test_a_query_asks_for_what_there_is(title: str, expression: str) -> None:
    found = list(_SELECTOR.finditer(expression))
    assert found
    for opening, closing in ("()", "[]", "{}"):
        assert expression.count(opening) == expression.count(closing)
    present: set[str] = set(ADDED)
    for selector in found:
        name, matchers, span = selector.groups()
        assert name in SAMPLES, name
        present |= set(labels(SAMPLES[name]))
        for label, _, value in _MATCHER.findall(matchers or ""):
            assert label in {*labels(SAMPLES[name]), *ADDED}, (name, label)
            assert value.startswith("$") or value in VALUES.get((name, label), {value}), (name, label, value)
        if span is not None:
            counts = SAMPLES[name].type in ("counter", "histogram")
            assert counts, f"{name} is a gauge: rate and increase make no sense of it"
    for names in _GROUPING.findall(expression):
        assert {label.strip() for label in names.split(",") if label.strip()} <= present


#: Fixed values that a query may name.
VALUES = {
    ("smart_router_requests_total", "kind"): {"chat", "task"},
    ("smart_router_requests_total", "outcome"): {"failed"},
    ("smart_router_breaker_state", "state"): {"open", "half_open", "closed"},
    ("smart_router_attempts_total", "error"): {""},
}


def test_counters_are_never_shown_as_they_are_but_in_totals() -> None:
    """A counter by itself only ever rises, and falls when a worker starts anew."""
    for title, expression in QUERIES:
        for selector in _SELECTOR.finditer(expression):
            name, _, span = selector.groups()
            if SAMPLES[name].type == "counter" and title not in ("Records lost", "backend"):
                assert span is not None, (title, name)


def test_every_metric_is_shown() -> None:
    asked = {SAMPLES[name].name for _, query in QUERIES for name, *_ in _SELECTOR.findall(query)}
    assert asked == set(FAMILIES)


def test_every_value_of_a_state_is_shown_as_something() -> None:
    values = {sample.labels["state"] for sample in FAMILIES["smart_router_breaker_state"].samples}
    assert values == VALUES["smart_router_breaker_state", "state"]


def test_panels_have_titles_units_and_places_of_their_own() -> None:
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(ids) == len(set(ids))
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        place = panel["gridPos"]
        assert panel["title"]
        assert place["x"] + place["w"] <= 24
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, panel["title"]
        taken |= cells
    for panel in panels():
        assert panel["fieldConfig"]["defaults"]["unit"], panel["title"]
        seconds = any("_seconds" in target["expr"] for target in panel["targets"])
        assert seconds == (panel["fieldConfig"]["defaults"]["unit"] == "s"), panel["title"]
        money = any("_usd" in target["expr"] for target in panel["targets"])
        assert money == (panel["fieldConfig"]["defaults"]["unit"] == "currencyUSD"), panel["title"]


def test_everything_is_asked_of_the_chosen_data_source() -> None:
    for panel in panels():
        for asked in (panel, *panel["targets"]):
            assert asked["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
