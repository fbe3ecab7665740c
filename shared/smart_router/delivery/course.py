"""The state machine of one delivery: what has been tried, and what comes next.

    chosen ──▶ attempting ──▶ streaming ──▶ finished
                 │  ▲             │  │
        fallback └──┘◀────────────┘  ├──▶ failed
                      continuation   └──▶ stopped

It makes no calls and knows no clock of its own: it is told what happened and answers with the
next step. `RULES` is the whole policy on failures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from ..errors import ErrorKind, UpstreamError
from ..policy.constraints import LEAST_REPLY_TOKENS
from ..records.types import Purpose
from ..registry.types import Catalog
from .types import DeliverySettings
from .usage import CHARS_PER_TOKEN
from .watch import has_come


class Phase(StrEnum):
    CHOSEN = "chosen"
    ATTEMPTING = "attempting"
    STREAMING = "streaming"
    FINISHED = "finished"
    FAILED = "failed"
    STOPPED = "stopped"


_MOVES: dict[Phase, frozenset[Phase]] = {
    Phase.CHOSEN: frozenset({Phase.ATTEMPTING, Phase.FAILED, Phase.STOPPED}),
    Phase.ATTEMPTING: frozenset(
        {Phase.ATTEMPTING, Phase.STREAMING, Phase.FINISHED, Phase.FAILED, Phase.STOPPED}
    ),
    Phase.STREAMING: frozenset({Phase.ATTEMPTING, Phase.FINISHED, Phase.FAILED, Phase.STOPPED}),
    Phase.FINISHED: frozenset(),
    Phase.FAILED: frozenset(),
    Phase.STOPPED: frozenset(),
}


class Sent(StrEnum):
    """What the user already has of the answer. Nothing is ever sent twice."""

    NOTHING = "nothing"
    TEXT = "text"
    TOOL_CALLS = "tool_calls"
    #: Images, several choices, and whatever else another backend cannot go on with.
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Rule:
    """`elsewhere`: another candidate may do better. `again`: the same one may, a moment later."""

    elsewhere: bool = True
    again: bool = False


RULES: dict[ErrorKind, Rule] = {
    ErrorKind.RATE_LIMITED: Rule(again=True),
    ErrorKind.OVERLOADED: Rule(again=True),
    ErrorKind.SERVER_ERROR: Rule(again=True),
    ErrorKind.CONNECTION: Rule(again=True),
    ErrorKind.EMPTY_ANSWER: Rule(again=True),
    ErrorKind.MID_STREAM: Rule(again=True),
    ErrorKind.TIMEOUT_IDLE: Rule(again=True),
    # Waiting once more for so long helps nobody.
    ErrorKind.TIMEOUT_FIRST_TOKEN: Rule(),
    ErrorKind.AUTH: Rule(),
    ErrorKind.NOT_FOUND: Rule(),
    ErrorKind.CONTEXT_TOO_LONG: Rule(),
    ErrorKind.BAD_PARAMETER: Rule(),
    ErrorKind.BAD_REQUEST: Rule(),
    # A provider declined the content: asking around would be shopping for a laxer one.
    ErrorKind.CONTENT_FILTER: Rule(elsewhere=False),
    ErrorKind.CANCELLED: Rule(elsewhere=False),
}

#: Health counts a Retry-After on the wall's clock, the wait for it is timed by the event loop's, which
#: may count in whole milliseconds: who comes too early is turned away.
_CLOCKS_APART_S = 0.05

#: A call without these is a different request: better another backend than a silent change.
KEPT_PARAMETERS = frozenset({"tools", "tool_choice", "functions", "response_format"})


@dataclass(frozen=True, slots=True)
class Try:
    """Call this backend next, after waiting, without the parameters that it refused."""

    backend: str
    purpose: Purpose
    wait_s: float = 0.0
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Nothing is left to try. `error` is what the user is told about, None when nothing was called."""

    error: UpstreamError | None


Step = Try | GiveUp


@dataclass(slots=True)
class _Chance:
    """A second chance for a backend, from `at` on."""

    backend: str
    at: float | None


class Course:
    """One request on its way through the candidates. Times are seconds of a monotonic clock."""

    def __init__(
        self,
        eligible: tuple[str, ...],
        catalog: Catalog,
        settings: DeliverySettings,
        random: Random,
        *,
        deadline: float,
        task: bool = False,
        strength: Mapping[str, float] | None = None,
        input_tokens: int | None = None,
    ) -> None:
        self.phase = Phase.CHOSEN
        self._waiting = list(eligible if settings.fallback else eligible[:1])
        self._catalog = catalog
        self._settings = settings
        self._random = random
        self._deadline = deadline
        self._first: Purpose = "task" if task else "answer"
        self._strength = strength or {}
        self._input_tokens = input_tokens or 0
        self._sent_chars = 0
        self._escalating = False
        self._chances: list[_Chance] = []
        self._seconds = 0
        self._retried: set[str] = set()
        self._without: dict[str, frozenset[str]] = {}
        self._continuations = 0
        self._continuing = False
        self._attempted = False
        self._error: UpstreamError | None = None

    def start(self, now: float) -> Step:
        return self._next(now)

    def streaming(self) -> None:
        """The first piece of the answer is there."""
        self._move(Phase.STREAMING)

    def finished(self) -> None:
        self._move(Phase.FINISHED)

    def stopped(self) -> None:
        if _MOVES[self.phase]:
            self._move(Phase.STOPPED)

    def stronger(self, backend: str) -> str | None:
        """The best candidate not yet tried that is expected to answer better than this one."""
        own = self._strength.get(backend, 1.0)
        return next((c for c in self._waiting if self._strength.get(c, 0.0) > own), None)

    def escalate(self, backend: str, now: float, *, complete: bool) -> Step:
        """Replace the weak answer of `backend`, of which nothing has gone out.

        When nobody better answers, it is asked again, unless its answer is `complete` and at hand.
        """
        better = self.stronger(backend)
        if better is None:
            return self._next(now)
        self._waiting.remove(better)
        self._escalating = True
        if not complete:
            self._chances.append(_Chance(backend, None))
        return self._attempt(better, 0.0)

    def turned_away(self, now: float) -> Step:
        """The backend was not called: its breaker is open, or it is busy."""
        return self._next(now)

    def failed(
        self, backend: str, error: UpstreamError, sent: Sent, now: float, *, added_chars: int = 0
    ) -> Step:
        """An attempt failed after `sent` had gone out, of which `added_chars` of text were its own."""
        self._error = error
        if not self._may_continue(sent, added_chars):
            return self._give_up()
        if sent is Sent.TEXT:
            self._continuing = True
            self._sent_chars += added_chars
            # Who failed without a word leaves the text as it was: the next one does the same work.
            self._continuations += 1 if added_chars else 0
        parameter = error.parameter
        if (
            error.kind is ErrorKind.BAD_PARAMETER
            and parameter
            and parameter not in KEPT_PARAMETERS
            and backend not in self._without
            and not has_come(self._deadline, now)
        ):
            self._without[backend] = frozenset({parameter})
            return self._attempt(backend, 0.0)
        rule = RULES[error.kind]
        if error.kind is ErrorKind.CONTENT_FILTER and self._settings.content_filter_fallback:
            rule = Rule()
        if not rule.elsewhere:
            return self._give_up()
        if error.kind is ErrorKind.CONTEXT_TOO_LONG:
            self._drop_shorter_than(backend)
        if rule.again and not error.callers_own and backend not in self._retried:
            at = None if error.retry_after_s is None else now + error.retry_after_s
            self._chances.append(_Chance(backend, at))
        return self._next(now)

    def _next(self, now: float) -> Step:
        if has_come(self._deadline, now):
            return self._give_up()
        fitting = next((c for c in self._waiting if self._reads_all(c)), None)
        if fitting is not None:
            self._waiting.remove(fitting)
            return self._attempt(fitting, 0.0)
        chance = self._second_chance(now)
        if chance is not None:
            return chance
        # Too small by our count, which is an estimate.
        return self._attempt(self._waiting.pop(0), 0.0) if self._waiting else self._give_up()

    def _second_chance(self, now: float) -> Try | None:
        """Everyone has had a turn: back to the best that failed for a passing reason."""
        while self._chances and self._seconds < self._settings.retries:
            self._seconds += 1
            chance = min(self._chances, key=lambda c: c.at or 0.0)
            self._chances.remove(chance)
            self._retried.add(chance.backend)
            jittered_s = self._settings.backoff_s * self._seconds * (0.5 + self._random.random())
            wait_s = jittered_s if chance.at is None else max(jittered_s, chance.at + _CLOCKS_APART_S - now)
            longest_s = self._settings.retry_wait_s + _CLOCKS_APART_S
            if wait_s <= longest_s and now + wait_s < self._deadline:
                return self._attempt(chance.backend, wait_s)
        return None

    def _attempt(self, backend: str, wait_s: float) -> Try:
        self._move(Phase.ATTEMPTING)
        purpose: Purpose = self._first
        if self._continuing:
            purpose = "continuation"
        elif self._attempted:
            purpose = "escalation" if self._escalating else "fallback"
        self._escalating = False
        self._attempted = True
        return Try(backend, purpose, wait_s, self._without.get(backend, frozenset()))

    def _give_up(self) -> GiveUp:
        self._move(Phase.FAILED)
        return GiveUp(self._error)

    def _may_continue(self, sent: Sent, added_chars: int) -> bool:
        if sent is Sent.NOTHING:
            return True
        if sent is not Sent.TEXT or self._settings.mid_stream != "continue":
            return False
        return not added_chars or self._continuations < self._settings.max_continuations

    def _drop_shorter_than(self, backend: str) -> None:
        """Leave only candidates that read more than this one; unknown sizes may."""
        limit = self._context_of(backend)
        if limit is not None:
            self._waiting = [c for c in self._waiting if (self._context_of(c) or limit + 1) > limit]

    def _reads_all(self, backend: str) -> bool:
        """Whether a candidate, which was chosen for the question, has room for what was answered as well."""
        limit = self._context_of(backend)
        if limit is None or not self._continuing:
            return True
        return limit >= self._input_tokens + self._sent_chars // CHARS_PER_TOKEN + LEAST_REPLY_TOKENS

    def _context_of(self, backend: str) -> int | None:
        known = self._catalog.backends.get(backend)
        return known.effective_context_tokens or known.context_tokens if known else None

    def _move(self, to: Phase) -> None:
        if to not in _MOVES[self.phase]:
            raise RuntimeError(f"a delivery cannot go from {self.phase} to {to}")
        self.phase = to
