"""What delivery is given, and what it reports when an answer is over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from ..errors import ErrorKind
from ..health import Health
from ..policy.types import Decision
from ..ports import Channel, Clock
from ..records.types import Attempt, Outcome
from ..registry.types import Catalog
from ..request import ChatRequest

__all__ = ["Attempt", "Delivery", "DeliverySettings", "Outcome", "Plan"]


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """How long to wait, and what to do when an attempt fails. All times in seconds.

    `first_token_timeout_s` and `idle_timeout_s` hold for each attempt of a stream; an unstreamed
    answer gets `answer_timeout_s`, by default one first-token and two idle timeouts. After
    `total_timeout_s` no new attempt begins and no answer is awaited any longer, but a stream that
    flows is left to flow. `retry_wait_s` is the longest wait for the same backend's second chance.
    `queue_wait_s` is how long to wait for a backend that is busy up to its concurrency limit.
    `hold_tool_calls_s` is how long the parts of a tool call are kept back to be sent whole: what
    has not been sent can still be replaced when the backend breaks. `tail_wait_s` is how long to
    wait for the usage after an answer has declared itself finished. `max_continuations` is how often
    an answer that breaks off is gone on with; who fails without adding a word does not count.

    With `escalation` an answer that scores below `answer_score_threshold` is replaced by that of a
    stronger candidate before the user sees it. Of a stream that is judged by its first
    `escalation_hold_chars` characters, or what has come of them after `escalation_hold_s`; with
    `verify_full` the whole answer is kept back. In the mode "judge" the backend `judge` grades
    what passes the checks: whole answers, and beginnings as far as it is done before they must go out.
    """

    fallback: bool = True
    first_token_timeout_s: float = 60.0
    idle_timeout_s: float = 60.0
    answer_timeout_s: float | None = None
    total_timeout_s: float = 600.0
    mid_stream: Literal["continue", "error"] = "continue"
    max_continuations: int = 3
    content_filter_fallback: bool = False
    backoff_s: float = 0.5
    retry_wait_s: float = 20.0
    retries: int = 2
    queue_wait_s: float = 2.0
    hold_tool_calls_s: float = 5.0
    tail_wait_s: float = 2.0
    close_timeout_s: float = 1.0
    escalation: Literal["off", "checks", "judge"] = "off"
    answer_score_threshold: float = 0.7
    escalation_hold_s: float = 0.5
    escalation_hold_chars: int = 400
    verify_full: bool = False
    judge: str | None = None
    judge_timeout_s: float = 10.0

    @property
    def whole_answer_s(self) -> float:
        if self.answer_timeout_s is not None:
            return self.answer_timeout_s
        return self.first_token_timeout_s + 2 * self.idle_timeout_s


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one pipe call ended. Unknown is None.

    Tokens and cost are sums over all attempts, which is what was paid; `usage_estimated` means
    that some of them had to be guessed from the text. `backend` is the one that answered last.
    `user_message` is the sentence the user read instead of an answer. `status` is the HTTP
    status that an API caller should get for it. `tool_call_ids` name the calls that it ends with, by
    which their results are known again. `answer_score` is the answer's, or that of the weak
    one which was replaced; None without escalation.
    """

    outcome: Outcome
    backend: str | None = None
    attempts: tuple[Attempt, ...] = ()
    error_kind: ErrorKind | None = None
    user_message: str | None = None
    status: int = 200
    latency_ms: float = 0.0
    first_token_ms: float | None = None
    input_tokens: int | None = None
    cached_tokens: int | None = None
    output_tokens: int | None = None
    usage_estimated: bool = False
    cost_usd: float | None = None
    cost_source: Literal["reported", "estimated"] | None = None
    finish_reason: str | None = None
    text_chars: int = 0
    tool_calls: bool = False
    tool_call_ids: tuple[str, ...] = ()
    answer_score: float | None = None


async def _nothing(delivery: Delivery) -> None:
    """The default of `Plan.on_finish`."""


def _silent(backend: str, failed: tuple[Attempt, ...]) -> str | None:
    """The default of `Plan.describe`."""
    return None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that one delivery needs.

    `describe(backend, failed_attempts)` gives the text of the status line when a backend is tried,
    None for none. `on_finish` is awaited exactly once, before the last bytes leave; it is not
    interrupted when the user stops. `input_tokens` is an estimate, used when a provider reports
    no usage. `previous_backend` answered the conversation before: what it signed is replayed to
    it alone. `language` is the one that the answer should be in (ISO 639-1), None when that is not
    certain or another was asked for.
    """

    request: ChatRequest
    decision: Decision
    catalog: Catalog
    channel: Channel
    health: Health
    clock: Clock
    random: Random
    settings: DeliverySettings = field(default_factory=DeliverySettings)
    describe: Callable[[str, tuple[Attempt, ...]], str | None] = _silent
    on_finish: Callable[[Delivery], Awaitable[None]] = _nothing
    input_tokens: int | None = None
    previous_backend: str | None = None
    language: str | None = None
