"""Numbers and lists in help texts and valves are those of the code."""

from __future__ import annotations

import re
from typing import Any, get_args

from typer.main import get_command

from scripts.reference import FOLDER
from smart_router.cli.app import app
from smart_router.health.types import HealthSettings
from smart_router.records.types import Outcome


def valve(name: str) -> str:
    """A valve's line in the reference, which a test holds to the pipe."""
    lines = (FOLDER / "valves.md").read_text("utf-8").splitlines()
    return next(line for line in lines if f"| `{name}` |" in line)


def test_what_opens_a_circuit_breaker_is_said_as_it_is() -> None:
    settings, said = HealthSettings(), valve("breaker_failures")
    assert (settings.window_error_rate, settings.slow_first_token_ms) == (0.5, None)
    assert f"half of {settings.window_calls} calls or more within two minutes" in said
    assert settings.window_s == 120
    assert f"up to {settings.recovery_cap_s / 60:.0f} minutes" in valve("breaker_recovery_s")


def test_every_outcome_can_be_read_in_the_help_of_export() -> None:
    export: Any = get_command(app).commands["export"]  # type: ignore[attr-defined]
    said = next(p.help for p in export.params if p.name == "outcome")
    assert set(re.findall(r"[a-z]+", said.partition(":")[2])) - {"or"} == set(get_args(Outcome))
