"""One delivery under way: what its attempts share, and how it is accounted for in the end."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from ..errors import ErrorKind, UpstreamError
from ..records.types import Attempt, Outcome
from .answer import choices_in
from .body import build_body
from .call import Call
from .continuation import Seam, continuation_messages
from .course import Course, Sent, Try
from .errors import refused_by_open_webui
from .redact import Redactor
from .sentences import broken_sentence, failure_sentence, status_of
from .status_line import StatusLine, keep
from .types import Delivery, Plan
from .usage import Usage, estimate

log = logging.getLogger(__name__)

#: After the first words have gone out these are all the same to the user.
_BROKEN = frozenset(
    {
        ErrorKind.CONNECTION,
        ErrorKind.SERVER_ERROR,
        ErrorKind.OVERLOADED,
        ErrorKind.RATE_LIMITED,
        ErrorKind.EMPTY_ANSWER,
    }
)


class Run:
    """The journal of one delivery. `finish` is the only way out, and works once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.call: Call | None = None
        self.text: list[str] = []
        self.template: dict[str, Any] = {}
        self.user_message: str | None = None
        #: The thoughts of a backend that then failed are on the screen: another one's would follow on them.
        self.thoughts_shown = False
        self._loop = asyncio.get_running_loop()
        self._began_at = self._loop.time()
        self._deadline = self._began_at + plan.settings.total_timeout_s
        self._attempts: list[Attempt] = []
        self._failures: list[tuple[str, ErrorKind]] = []
        self._redactor = Redactor(plan.request.messages)
        self._estimated = False
        self._reported_cost = False
        self._first_token_ms: float | None = None
        self._status = StatusLine(plan)
        self._end: asyncio.Task[None] | None = None
        self.course = Course(
            plan.decision.eligible,
            plan.catalog,
            plan.settings,
            plan.random,
            deadline=self._deadline,
            task=plan.request.task is not None,
            strength={c.backend: c.factors.get("quality", 0.0) for c in plan.decision.candidates},
            input_tokens=plan.input_tokens,
        )
        self.answer_score: float | None = None
        #: The backend whose weak answer was replaced.
        self.replaced_backend: str | None = None

    @property
    def now(self) -> float:
        return self._loop.time()

    async def enter(self, step: Try, queue_wait_s: float | None = None) -> Call | None:
        """Begin the attempt that `step` asks for; None when health turns it away. `queue_wait_s` in place
        of the settings' own."""
        plan = self.plan
        if step.wait_s > 0:
            await asyncio.sleep(step.wait_s)
        info = plan.catalog.backends.get(step.backend)
        connections = info.connections if info else ()
        admission = await plan.health.admit(
            step.backend,
            connections[0] if len(connections) == 1 else None,
            limit=info.max_concurrency if info else None,
            wait_s=plan.settings.queue_wait_s if queue_wait_s is None else queue_wait_s,
        )
        if admission is None:
            return None
        self.call = Call(
            step.backend,
            info,
            step.purpose,
            admission,
            plan.settings,
            started_at=plan.clock(),
            deadline=self._deadline,
        )
        self.call.reading.mute_thoughts = self.thoughts_shown
        if step.purpose == "continuation":
            self.call.reading.seam = Seam("".join(self.text))
            self.call.reading.template = self.template
        if step.purpose != "judge":
            self._status.show(step.backend, tuple(self._attempts))
        return self.call

    def body(self, step: Try) -> dict[str, Any]:
        """What this attempt sends: the request, or the request to go on with what was sent."""
        messages, without = None, step.without
        if step.purpose == "continuation":
            messages = continuation_messages(self.plan.request.messages, "".join(self.text))
            # The rest of a JSON document is none by itself.
            without |= {"response_format"}
        return build_body(
            self.plan.request,
            self.plan.decision,
            self.plan.catalog.backends.get(step.backend),
            without=without,
            same_backend=step.backend == self.plan.previous_backend,
            messages=messages,
        )

    def first_token(self, call: Call) -> None:
        self.course.streaming()
        self.plan.health.first_token(call.admission)
        if self._first_token_ms is None:
            self._first_token_ms = (self.now - self._began_at) * 1000

    def sent(self, call: Call) -> Sent:
        if call.kept_back:
            return Sent.TEXT if any(not part.isspace() for part in self.text) else Sent.NOTHING
        if call.reading.tools_sent:
            return Sent.TOOL_CALLS
        if call.reading.other_sent:
            return Sent.OTHER
        if all(part.isspace() for part in (*self.text, *call.reading.text)):
            return Sent.NOTHING
        # Of several answers only the first would be gone on with.
        return Sent.TEXT if choices_in(self.plan.request.parameters) == 1 else Sent.OTHER

    async def failed(self, call: Call, error: UpstreamError) -> UpstreamError:
        """Account for a failed attempt; the error as the next step should see it."""
        # One that fails before its first word broke nothing off, though another one's words are out.
        if call.reading.started and self.sent(call) is not Sent.NOTHING and error.kind in _BROKEN:
            error = UpstreamError(ErrorKind.MID_STREAM, error.message, status=error.status)
        await call.close()
        usage = call.reading.usage
        if usage is None and call.reading.started:
            usage = self._estimate(call)
        self.note(call, usage, error)
        self._failures.append((call.backend, error.kind))
        if call.kept_back:
            call.reading.text.clear()
        elif call.reading.thoughts_sent:
            self.thoughts_shown = True
        if call.reading.text:
            call.added_chars = sum(map(len, call.reading.text))
            self.text += call.reading.text
            call.reading.text.clear()
            self.template = self.template or call.reading.template
        if error.callers_own or refused_by_open_webui(error):
            await self.plan.health.release(call.admission)
        else:
            await self.plan.health.failure(
                call.backend,
                error.kind,
                self.told(error),
                retry_after_s=error.retry_after_s,
                admission=call.admission,
            )
        return error

    async def succeeded(
        self, call: Call, usage: Usage | None, *, chars: int | None = None, **facts: Any
    ) -> None:
        """Account for the answer, write the record. The last bytes leave after this.

        `chars` is the length of an answer that was not streamed.
        """
        self.course.finished()
        await call.close()
        speed = call.tokens_per_second(usage)
        if usage is None:
            usage = self._estimate(call, chars)
        self.note(call, usage, None)
        await self.plan.health.success(call.backend, call.first_token_ms, speed, admission=call.admission)
        await self.finish(self._outcome(call), backend=call.backend, **facts)

    def _outcome(self, call: Call) -> Outcome:
        if call.purpose == "continuation":
            return "continued"
        if self.replaced_backend is not None and self.replaced_backend != call.backend:
            return "escalated"
        return "fallback" if self._failures else "ok"

    async def replaced(self, call: Call, usage: Usage | None, *, chars: int | None = None) -> None:
        """Account for a weak answer that nobody gets to see: it was paid all the same."""
        self.replaced_backend = call.backend
        await call.close()
        speed = call.tokens_per_second(usage)
        self.note(call, usage if usage is not None else self._estimate(call, chars), None)
        await self.plan.health.success(call.backend, call.first_token_ms, speed, admission=call.admission)

    async def kept_weak(self, **facts: Any) -> None:
        """Nobody answered better: the weak answer goes out after all."""
        await self.finish("fallback" if self._failures else "ok", backend=self.replaced_backend, **facts)

    async def gave_up(self, error: UpstreamError | None) -> str:
        """Nothing is left to try: the sentence for the user, after the record is written."""
        plan = self.plan
        names = {b.id: b.name for b in plan.catalog.backends.values()}
        kind = error.kind if error else None
        backend = self._failures[-1][0] if self._failures else None
        outcome: Outcome = "failed"
        if plan.decision.chosen is None:
            sentence = plan.decision.sentence or "No model may take this request."
            outcome = "refused"
        elif backend is not None and kind is not None and self.anything_sent:
            sentence = broken_sentence(backend, kind, names)
        else:
            sentence = failure_sentence(self._failures, names)
        self.user_message = sentence
        await self.finish(
            outcome,
            backend=backend,
            error_kind=kind,
            user_message=sentence,
            status=400 if outcome == "refused" else status_of(kind),
            text_chars=sum(map(len, self.text)),
        )
        return sentence

    async def stopped(self, *, finished: bool = False) -> None:
        """The user or the server stopped it. Returns at once when we are being cancelled again.

        `finished`: the reader has left because it has all it wanted (Open WebUI does so when a
        code block is complete).
        """
        if self._end is None:
            self._end = asyncio.create_task(self._stop(finished))
            keep(self._end)
        try:
            await asyncio.shield(self._end)
        except asyncio.CancelledError:
            return

    async def finish(self, outcome: Outcome, **facts: Any) -> None:
        """Write the record, exactly once and undisturbed by a cancellation."""
        if self._end is None:
            self._end = asyncio.create_task(self._finish(outcome, **facts))
            keep(self._end)
        await asyncio.shield(self._end)

    async def _stop(self, finished: bool) -> None:
        call = self.call
        facts: dict[str, Any] = {}
        if call is not None:
            facts["text_chars"] = sum(
                map(len, self.text if call.kept_back else (*self.text, *call.reading.text))
            )
        if call is not None and not call.admission.ended:
            await call.close()
            usage = call.reading.usage
            if usage is None and call.reading.started:
                usage = self._estimate(call)
            error = None if finished else UpstreamError(ErrorKind.CANCELLED, "stopped by the reader")
            self.note(call, usage, error)
            facts |= {"backend": call.backend, "tool_calls": call.reading.tool_calls}
        elif call is not None:
            # Between two attempts: the last one is who the words on the screen are from.
            facts["backend"] = call.backend
        if finished:
            await self._finish("fallback" if self._failures else "ok", **facts)
        else:
            self.course.stopped()
            await self._finish("stopped", error_kind=ErrorKind.CANCELLED, status=499, **facts)

    async def _finish(self, outcome: Outcome, **facts: Any) -> None:
        if self.call is not None:
            await self.call.close()
            await self.plan.health.release(self.call.admission)
        await self._status.written()
        # A judge is done before the answer that it judges is accounted for.
        attempts = tuple(sorted(self._attempts, key=lambda attempt: attempt.started_at))
        delivery = Delivery(
            outcome=outcome,
            attempts=attempts,
            latency_ms=(self.now - self._began_at) * 1000,
            first_token_ms=self._first_token_ms,
            input_tokens=_sum(a.input_tokens for a in attempts),
            cached_tokens=_sum(a.cached_tokens for a in attempts),
            output_tokens=_sum(a.output_tokens for a in attempts),
            usage_estimated=self._estimated,
            cost_usd=_sum(a.cost_usd for a in attempts),
            cost_source=self._cost_source(attempts),
            answer_score=self.answer_score,
            **facts,
        )
        try:
            await self.plan.on_finish(delivery)
        except Exception:
            log.exception("the end of a delivery could not be recorded")

    def _cost_source(self, attempts: tuple[Attempt, ...]) -> Any:
        if all(a.cost_usd is None for a in attempts):
            return None
        return "reported" if self._reported_cost else "estimated"

    @property
    def anything_sent(self) -> bool:
        """The user has something of an answer on the screen."""
        call = self.call
        return call is not None and self.sent(call) is not Sent.NOTHING

    def _estimate(self, call: Call, chars: int | None = None) -> Usage:
        self._estimated = True
        if chars is None:
            chars = sum(map(len, call.reading.text)) + call.reading.reasoning_chars
        return estimate(self.plan.input_tokens, chars)

    def note(self, call: Call, usage: Usage | None, error: UpstreamError | None) -> None:
        """Enter an attempt that has ended into the journal."""
        if usage is not None and usage.cost_usd is not None:
            self._reported_cost = True
        self._attempts.append(call.attempt(usage, error, self.told(error) if error else None))

    def told(self, error: UpstreamError) -> str:
        """What may be kept of an error's message."""
        return self._redactor.without_prompt(error.message)


def _sum(values: Any) -> Any:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
