"""Whether an answer is good enough to be shown: the checks, the held-back beginning, the judge."""

from __future__ import annotations

import asyncio

from ..errors import ErrorKind, UpstreamError
from ..ports import Answer
from .answer import text_of
from .call import Call
from .course import Try
from .head import Head
from .judge import judge_body, read_verdict
from .run import Run
from .usage import read_usage
from .weakness import Judged, score_answer, wanted_of

#: With less time than this left no judge is asked: none would be done.
_LEAST_S = 0.1


class Escalation:
    """Scores the answers of one delivery. The score stays in `run.answer_score`."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._settings = run.plan.settings
        self._on = self._settings.escalation != "off" and run.plan.request.task is None
        self._wanted = wanted_of(run.plan.request, run.plan.language)

    def possible(self, call: Call) -> bool:
        """Once per delivery, for a whole answer, and only to someone better."""
        return (
            self._on
            and self._run.replaced_backend is None
            and call.purpose != "continuation"
            and self._run.course.stronger(call.backend) is not None
        )

    def head(self, call: Call) -> Head | None:
        """What keeps the beginning of this call's answer back; None when it may go out at once."""
        if not self.possible(call):
            return None
        call.kept_back = True
        if self._settings.verify_full:
            return Head()
        return Head(self._settings.escalation_hold_s, self._settings.escalation_hold_chars)

    def score(self, answer: Judged) -> None:
        """Remember the score of an answer, or of what there is of it; a replaced one's is kept."""
        if self._on and self._run.replaced_backend is None:
            self._run.answer_score = score_answer(answer, self._wanted).value

    def is_weak(self, answer: Judged) -> bool:
        """By the checks alone."""
        self.score(answer)
        return self._is_low(self._run.answer_score)

    async def is_weak_so_far(self, beginning: Judged, left_s: float) -> bool:
        """As `is_weak`, of a beginning. Where a judge is set it is asked as well when there is time left
        until the beginning must go out; being late is no fault of its."""
        if self.is_weak(beginning):
            return True
        if left_s < _LEAST_S:
            return False
        return self._is_lower(await self._verdict(beginning.text, left_s))

    async def is_weak_for_good(self, answer: Judged) -> bool:
        """As `is_weak`, of a whole answer: where a judge is set it has the last word."""
        return self.is_weak(answer) or self._is_lower(await self._verdict(answer.text))

    def _is_lower(self, verdict: float | None) -> bool:
        """Whether the judge's verdict makes the answer weak; the score is the lower of the two."""
        if verdict is None or self._run.answer_score is None:
            return False
        self._run.answer_score = min(self._run.answer_score, verdict)
        return self._is_low(self._run.answer_score)

    def _is_low(self, score: float | None) -> bool:
        return score is not None and score < self._settings.answer_score_threshold

    async def _verdict(self, text: str, left_s: float | None = None) -> float | None:
        """The judge's grade, 0…1. None without a judge, and when it does not do its work. With `left_s` the
        text is a beginning, and the grade must be there by then."""
        run, backend = self._run, self._settings.judge
        if self._settings.escalation != "judge" or backend is None:
            return None
        answering = run.call
        call = await run.enter(Try(backend, "judge"), None if left_s is None else 0.0)
        run.call = answering
        if call is None:
            return None
        try:
            return await self._grade(call, text, left_s)
        except UpstreamError as error:
            run.note(call, None, error)
            await run.plan.health.failure(backend, error.kind, run.told(error), admission=call.admission)
            return None
        except asyncio.CancelledError:
            stopped = UpstreamError(ErrorKind.CANCELLED, "stopped by the reader")
            run.note(call, call.reading.usage, stopped)
            raise
        finally:
            await call.close()
            await run.plan.health.release(call.admission)

    async def _grade(self, call: Call, text: str, left_s: float | None) -> float | None:
        run, beginning = self._run, left_s is not None
        within_s = self._settings.judge_timeout_s if left_s is None else left_s
        question = judge_body(run.plan.request.messages, text, beginning=beginning)
        try:
            async with asyncio.timeout(within_s):
                answer = await call.answer(run.plan.channel, question)
        except TimeoutError:
            kind = ErrorKind.CANCELLED if beginning else ErrorKind.TIMEOUT_FIRST_TOKEN
            raise UpstreamError(kind, "no verdict within the time allowed") from None
        body = answer.body if isinstance(answer, Answer) else {}
        run.note(call, read_usage(body.get("usage")), None)
        await run.plan.health.success(call.backend, admission=call.admission)
        return read_verdict(text_of(body))
