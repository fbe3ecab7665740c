"""Valves and the library's settings are one thing in two places: functions may be older or newer."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from smart_router.runtime.settings import Settings

PIPES = Path(__file__).parents[3] / "pipes"


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PIPES))
    spec = importlib.util.spec_from_file_location("pipe_under_test", PIPES / "smart_router.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules.pop("loader", None)
    return module


def test_the_librarys_defaults_are_the_pipes(pipe: ModuleType) -> None:
    assert Settings.from_valves(pipe.Pipe.Valves().model_dump()) == Settings()


def test_every_valve_reaches_the_library(pipe: ModuleType) -> None:
    assert set(pipe.Pipe.Valves.model_fields) == set(Settings.__slots__)


def test_every_valve_has_a_title_and_a_description(pipe: ModuleType) -> None:
    for model in (pipe.Pipe.Valves, pipe.Pipe.UserValves):
        for name, field in model.model_fields.items():
            assert field.title, name
            assert field.description, name


def test_a_number_says_its_limits_and_its_default(pipe: ModuleType) -> None:
    """Open WebUI refuses what lies outside, and shows no reason."""
    numbers = 0
    for name, field in pipe.Pipe.Valves.model_fields.items():
        limits = [getattr(limit, "ge", None) or getattr(limit, "le", None) for limit in field.metadata]
        if not field.metadata:
            continue
        numbers += 1
        said = field.description.replace(",", "").split()
        for number in [*filter(None, limits), field.default]:
            assert any(word.rstrip(".;") == f"{number:.10g}" for word in said), (name, number)
    assert numbers > 5


def test_a_choice_is_offered_as_a_drop_down_with_every_value(pipe: ModuleType) -> None:
    field = pipe.Pipe.Valves.model_fields["sensitive"]
    options = field.json_schema_extra["input"]["options"]
    assert [option["value"] for option in options] == ["prefer_local", "require_local", "off"]


def test_the_scrape_token_is_typed_into_a_password_field_and_in_no_log(pipe: ModuleType) -> None:
    field = pipe.Pipe.Valves.model_fields["metrics_token"]
    assert field.json_schema_extra == {"input": {"type": "password"}}
    assert "s3cret" not in repr(Settings(metrics_token="s3cret"))


def test_unknown_valves_are_ignored_and_missing_ones_default() -> None:
    assert Settings.from_valves({"of_the_future": 1, "fallback": False, "log_level": None}) == Settings(
        fallback=False
    )
