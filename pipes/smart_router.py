"""
title: Smart Router
author: Smart Router for Open WebUI contributors
description: One model that picks the right backend for each chat, falls back, and explains itself.
version: 0.1.0
license: MIT
"""

from typing import Literal

from loader import LibraryMissing, library
from pydantic import BaseModel, Field


def choice(preset, title, description, **options):
    """A valve that the admin page shows as a drop-down; options are value="Label"."""
    return Field(
        default=preset,
        title=title,
        description=description,
        json_schema_extra={
            "input": {
                "type": "select",
                "options": [{"value": value, "label": label} for value, label in options.items()],
            }
        },
    )


class Pipe:
    """The smart models in the selector. Everything else is in the library."""

    class Valves(BaseModel):
        default_strategy: Literal[
            "balanced", "cost_aggressive", "quality_first", "latency_first", "task_type_optimized", "control"
        ] = choice(
            "balanced",
            "Default strategy",
            "What to weigh where neither the registry nor the user says so.",
            balanced="Balanced",
            cost_aggressive="Save cost",
            quality_first="Quality first",
            latency_first="Speed first",
            task_type_optimized="The order in the registry's route",
            control="Always the baseline",
        )
        status_line: bool = Field(
            default=True,
            title="Status line",
            description="Show above each answer which model gave it and why. Users can turn it off.",
        )
        fallback: bool = Field(
            default=True,
            title="Fallback",
            description="When a backend fails before its first word, the next best one is tried.",
        )
        mid_stream: Literal["continue", "error"] = choice(
            "continue",
            "When a stream breaks in the middle of an answer",
            "Another backend can continue the text from where it stopped.",
            **{"continue": "Continue with another backend", "error": "End with a clear error"},
        )
        escalation: Literal["off", "checks", "judge"] = choice(
            "off",
            "Escalation",
            "Replace a weak answer (empty, cut, refused, repetitive, in the wrong language) by that of a "
            "stronger model before the user sees it. Of a stream only the beginning is checked.",
            off="Off",
            checks="Check each answer",
            judge="Check each answer, and let a small model grade it",
        )
        judge_backend: str = Field(
            default="",
            title="Escalation: judge",
            description="The id of the model that grades. Empty: the cheapest that may read the chat. It is "
            "asked once for each answer; of a stream it sees the beginning, and is not waited for longer "
            "than that is kept back.",
        )
        answer_score_threshold: float = Field(
            default=0.7,
            ge=0,
            le=1,
            title="Escalation: answer score",
            description="Answers that score below this count as weak: 0 takes every answer, 1 hardly any. "
            "0.7 by default.",
        )
        escalation_hold_ms: float = Field(
            default=500.0,
            ge=0,
            le=10_000,
            title="Escalation: hold back (milliseconds)",
            description="The longest time that the beginning of a stream is kept back to be checked. "
            "At most 10,000; 500 by default.",
        )
        sensitive: Literal["prefer_local", "require_local", "off"] = choice(
            "prefer_local",
            "Sensitive chats",
            "What to do with personal data and secrets. When local models are only preferred, the status "
            "line says where a hosted one answered. The registry's `sensitive` wins.",
            prefer_local="Prefer local models",
            require_local="Require local models, refuse otherwise",
            off="Treat like any other chat",
        )
        second_opinion: Literal["off", "task_model"] = choice(
            "off",
            "Second opinion",
            "Whom to ask what kind of request it is when the confidence is below the registry's threshold. "
            "Open WebUI's task models are set in the Admin Panel under Settings → Interface: the local one "
            "is asked where a local model would answer or the chat is sensitive, else the external one. "
            "Chats wait for it.",
            off="Nobody",
            task_model="Open WebUI's task model",
        )
        second_opinion_ms: float = Field(
            default=1500.0,
            gt=0,
            le=10_000,
            title="Second opinion: deadline (milliseconds)",
            description="A second opinion that comes later does not count. At most 10,000; 1,500 by default.",
        )
        open_backends: str = Field(
            default="",
            title="Backends open to everyone through Smart",
            description="Model ids, separated by commas. Whoever may use Smart is answered by these as well, "
            "without a grant on them; outside Smart they stay as they are.",
        )
        first_token_timeout_s: float = Field(
            default=60.0,
            gt=0,
            le=3600,
            title="First-token timeout (seconds)",
            description="How long to wait for a backend's first word. At most 3,600; 60 by default.",
        )
        idle_timeout_s: float = Field(
            default=60.0,
            gt=0,
            le=3600,
            title="Idle timeout (seconds)",
            description="How long a stream may be silent before it counts as broken. At most 3,600; 60 by "
            "default.",
        )
        breaker_failures: int = Field(
            default=5,
            ge=1,
            le=100,
            title="Circuit breaker: failures",
            description="This many failures in a row open a backend's circuit breaker: it gets no chats "
            "then. A refused key opens it at once; so do failures of half of 20 calls or more within two "
            "minutes. 1 to 100; 5 by default.",
        )
        breaker_recovery_s: float = Field(
            default=60.0,
            gt=0,
            le=86400,
            title="Circuit breaker: recovery time (seconds)",
            description="After this time an open circuit breaker lets one chat through as a probe. Each "
            "probe that fails doubles the time, up to 15 minutes. At most 86,400; 60 by default.",
        )
        max_input_characters: int = Field(
            default=2_000_000,
            ge=1_000,
            title="Longest conversation (characters)",
            description="Anything longer is refused with a sentence, before any backend is called. At least "
            "1,000; 2,000,000 by default.",
        )
        store_prompts: bool = Field(
            default=False,
            title="Store prompts",
            description="Keep the text of what was asked in the records, temporary chats excepted. Off: only "
            "facts about it.",
        )
        retention_days: int = Field(
            default=90,
            ge=1,
            le=3650,
            title="Record retention (days)",
            description="How long records are kept. Figures made from them stay. 1 to 3,650; 90 by default.",
        )
        metrics_token: str = Field(
            default="",
            title="Metrics: scrape token",
            description="Whoever sends it as Authorization: Bearer … reads the metrics for Prometheus, and "
            "nothing else. Empty: administrators alone do.",
            json_schema_extra={"input": {"type": "password"}},
        )
        admin_link: bool = Field(
            default=True,
            title="Link in the admin pages",
            description="Show the observability page in Open WebUI's admin header and settings.",
        )
        log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = choice(
            "INFO",
            "Log level",
            "How much Smart Router writes to Open WebUI's log.",
            DEBUG="Debug",
            INFO="Info",
            WARNING="Warning",
            ERROR="Error",
        )

    class UserValves(BaseModel):
        prefer: Literal["default", "quality", "balanced", "speed"] = choice(
            "default",
            "Prefer",
            "What matters most to you.",
            default="As your administrator set it",
            quality="Quality",
            balanced="Balanced",
            speed="Speed",
        )
        show_status: bool = Field(
            default=True,
            title="Show status",
            description="Show above each answer which model gave it and why.",
        )

    # There is no `self.valves`: Open WebUI would read them from its database on every chat. The library
    # reads them when they change.

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
        )
