"""Valves, as the library uses them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """The administrator's valves. Defaults are those of the pipe's `Valves`; a test holds them equal."""

    default_strategy: str = "balanced"
    status_line: bool = True
    fallback: bool = True
    sensitive: str = "prefer_local"
    second_opinion: str = "off"
    second_opinion_ms: float = 1500.0
    open_backends: str = ""
    first_token_timeout_s: float = 60.0
    idle_timeout_s: float = 60.0
    mid_stream: str = "continue"
    escalation: str = "off"
    judge_backend: str = ""
    answer_score_threshold: float = 0.7
    escalation_hold_ms: float = 500.0
    breaker_failures: int = 5
    breaker_recovery_s: float = 60.0
    max_input_characters: int = 2_000_000
    store_prompts: bool = False
    retention_days: int = 90
    metrics_token: str = field(default="", repr=False)
    admin_link: bool = True
    log_level: str = "INFO"

    @classmethod
    def from_valves(cls, valves: Mapping[str, Any]) -> Settings:
        """Unknown valves are ignored and missing ones default: functions and library may differ in age."""
        names = {known.name for known in fields(cls)}
        return cls(**{name: value for name, value in valves.items() if name in names and value is not None})

    @property
    def opened(self) -> frozenset[str]:
        """The ids of backends that everyone may use through Smart, and only through it."""
        return frozenset(id.strip() for id in self.open_backends.split(",") if id.strip())
