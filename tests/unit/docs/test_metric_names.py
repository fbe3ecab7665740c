"""Metrics keep to Prometheus' conventions of names, units, types and labels.

The rules are those that `promtool check metrics` applies, and of
https://prometheus.io/docs/practices/naming/.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from scripts.reference.metrics import families, labels

FAMILIES = list(families())

#: Words that a unit would be, were it not a base unit.
_NO_BASE_UNIT = (
    "milliseconds", "ms", "microseconds", "minutes", "hours", "days", "kilobytes", "megabytes", "kb", "mb",
    "cents", "percent", "percentage",
)  # fmt: skip
_TYPES = ("counter", "gauge", "histogram", "summary")
#: What the format itself appends; a name that ends in one would be read as something else.
_SUFFIXES = ("_count", "_sum", "_bucket")
#: Label values that have no end.
_ENDLESS = ("user", "user_id", "chat", "chat_id", "request", "request_id", "message", "email", "error_text")


def every(test: Callable[[Any], None]) -> Callable[[], None]:
    """The test, of all families; fails with the names of those that fail it."""

    def of_all() -> None:
        wrong = {}
        for family in FAMILIES:
            try:
                test(family)
            except AssertionError as error:
                wrong[family.name] = str(error)
        assert FAMILIES
        assert not wrong, wrong

    return of_all


@every
def test_a_name_is_ours_and_in_snake_case(family: Any) -> None:
    assert re.fullmatch(r"smart_router(_[a-z][a-z0-9]*)+", family.name)


@every
def test_help_is_a_sentence(family: Any) -> None:
    assert re.match(r"[A-Z0-9]", family.documentation)
    assert family.documentation.endswith(".")


@every
def test_counters_alone_end_in_total(family: Any) -> None:
    names = {sample.name for sample in family.samples}
    if family.type == "counter":
        assert names == {f"{family.name}_total"}
    else:
        assert not any(name.endswith("_total") for name in names)


@every
def test_a_name_does_not_end_in_what_the_format_appends(family: Any) -> None:
    assert not family.name.endswith(_SUFFIXES)


@every
def test_a_name_does_not_repeat_its_type_or_its_labels(family: Any) -> None:
    words = family.name.split("_")
    assert not set(words) & set(_TYPES)
    assert not any(f"by_{label}" in family.name for label in labels(family))


@every
def test_units_are_base_units(family: Any) -> None:
    assert not set(family.name.split("_")) & set(_NO_BASE_UNIT)


@every
def test_what_takes_time_is_in_seconds_at_the_end_of_its_name(family: Any) -> None:
    if family.type == "histogram" or set(family.name.split("_")) & {"latency", "lag", "duration", "age"}:
        assert family.name.endswith("_seconds")


@every
def test_what_says_a_fact_is_called_info_and_is_one(family: Any) -> None:
    if family.name.endswith("_info"):
        assert family.type == "gauge"
        assert {sample.value for sample in family.samples} == {1.0}


@every
def test_labels_are_in_snake_case_and_have_an_end(family: Any) -> None:
    for label in labels(family):
        assert re.fullmatch(r"[a-z][a-z0-9_]*", label)
        assert label not in (*_ENDLESS, "le", "quantile", "job", "instance")


def test_buckets_rise_and_end_with_all() -> None:
    histograms = [family for family in FAMILIES if family.type == "histogram"]
    assert len(histograms) == 2
    for family in histograms:
        bounds = [sample.labels["le"] for sample in family.samples if sample.name.endswith("_bucket")]
        numbers = [float(bound) for bound in bounds]
        assert numbers == sorted(set(numbers))
        assert bounds[-1] == "+Inf"
