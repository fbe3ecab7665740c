"""
title: Smart Router
author: Smart Router for Open WebUI contributors
description: One model named Smart that picks the right backend for each chat, falls back when one fails, and explains itself.
version: 0.1.0
license: MIT
"""

from typing import Literal

from loader import LibraryMissing, library
from pydantic import BaseModel, Field


def choice(default, description, options):
    """A valve that the admin page shows as a drop-down."""
    return Field(
        default=default,
        description=description,
        json_schema_extra={"input": {"type": "select", "options": options}},
    )


class Pipe:
    """The smart models in the selector. Everything else is in the library."""

    class Valves(BaseModel):
        default_strategy: Literal[
            "balanced", "cost_aggressive", "quality_first", "latency_first", "task_type_optimized", "control"
        ] = choice(
            "balanced",
            "What to weigh when a route says nothing: balanced, cheapest that is good enough, best, fastest, "
            "the order given in the registry's route, or always the baseline (control).",
            [
                {"value": "balanced", "label": "Balanced"},
                {"value": "cost_aggressive", "label": "Save cost"},
                {"value": "quality_first", "label": "Quality first"},
                {"value": "latency_first", "label": "Speed first"},
                {"value": "task_type_optimized", "label": "The registry's order"},
                {"value": "control", "label": "Always the baseline"},
            ],
        )
        status_line: bool = Field(
            default=True,
            description="Show above each answer which model gave it and why. Users can turn it off.",
        )
        fallback: bool = Field(
            default=True, description="When a backend fails before its first word, try the next best one."
        )
        sensitive: Literal["prefer_local", "require_local", "off"] = choice(
            "prefer_local",
            "Chats with personal data or secrets: prefer local models and say so when none can answer, "
            "require local models and refuse otherwise, or treat them like any other.",
            [
                {"value": "prefer_local", "label": "Prefer local models"},
                {"value": "require_local", "label": "Require local models"},
                {"value": "off", "label": "Treat like any other"},
            ],
        )
        first_token_timeout_s: float = Field(
            default=60.0, gt=0, le=3600, description="Seconds to wait for a backend's first word."
        )
        idle_timeout_s: float = Field(
            default=60.0,
            gt=0,
            le=3600,
            description="Seconds that a stream may be silent before it counts as broken.",
        )
        mid_stream: Literal["continue", "error"] = choice(
            "continue",
            "When a stream breaks in the middle of an answer: let another backend continue the text, "
            "or end with a clear error.",
            [
                {"value": "continue", "label": "Continue with another backend"},
                {"value": "error", "label": "End with an error"},
            ],
        )
        breaker_failures: int = Field(
            default=5, ge=1, le=100, description="Failures in a row that open a backend's circuit breaker."
        )
        breaker_recovery_s: float = Field(
            default=60.0,
            gt=0,
            le=86400,
            description="Seconds until an open circuit breaker lets one probe through.",
        )
        max_input_characters: int = Field(
            default=2_000_000,
            ge=1_000,
            description="Longer conversations are refused with a sentence, before any call.",
        )
        store_prompts: bool = Field(
            default=False,
            description="Keep the text of what was asked in the records. Off: only facts about it.",
        )
        retention_days: int = Field(default=90, ge=1, le=3650, description="Days that records are kept.")
        admin_link: bool = Field(
            default=True,
            description="Add a link to the observability page to Open WebUI's admin header and settings.",
        )
        log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = choice(
            "INFO", "How much Smart Router writes to Open WebUI's log.", ["DEBUG", "INFO", "WARNING", "ERROR"]
        )

    class UserValves(BaseModel):
        prefer: Literal["default", "quality", "balanced", "speed"] = choice(
            "default",
            "What matters most to you. Default follows your administrator.",
            [
                {"value": "default", "label": "Default"},
                {"value": "quality", "label": "Quality"},
                {"value": "balanced", "label": "Balanced"},
                {"value": "speed", "label": "Speed"},
            ],
        )
        show_status: bool = Field(
            default=True, description="Show above each answer which model gave it and why."
        )

    def __init__(self) -> None:
        self.valves = self.Valves()

    async def pipes(self) -> list[dict]:
        """Smart, and the variants that the registry turns on. Never raises: the list is for everyone."""
        try:
            from open_webui.main import app

            return (await library(app)).models()
        except Exception:
            # Without a library Smart stays in the list, so that whoever picks it reads what is missing.
            return [{"id": "auto", "name": "Smart"}]

    async def pipe(
        self,
        body: dict,
        __user__: dict,
        __request__,
        __metadata__: dict | None = None,
        __event_emitter__=None,
        __task__: str | None = None,
    ):
        try:
            runtime = await library(__request__.app)
        except LibraryMissing as missing:
            # Raised, Open WebUI shows it as the message's error; it is not an answer.
            raise RuntimeError(str(missing)) from missing
        return await runtime.chat(
            body=body,
            user=__user__,
            request=__request__,
            metadata=__metadata__ or {},
            emitter=__event_emitter__,
            task=__task__,
            valves=self.valves.model_dump(),
        )
