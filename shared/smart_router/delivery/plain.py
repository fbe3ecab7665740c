"""An unstreamed answer: one OpenAI chat completion, or one error."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from ..errors import ErrorKind, UpstreamError
from ..ports import Answer
from .answer import finish_reason_of, has_tool_calls, logprobs_of, text_of, tool_call_ids_of
from .assembled import Assembly
from .call import Call
from .course import Sent, Try
from .escalation import Escalation
from .run import Run
from .sentences import INTERNAL
from .stream import error_body
from .types import Plan
from .usage import read_usage
from .weakness import Judged

log = logging.getLogger(__name__)


async def deliver_plain(plan: Plan) -> dict[str, Any]:
    """The completion with `selected_model_id`, or `{"error": {"message", "detail", "code"}}`."""
    run = Run(plan)
    escalation = Escalation(run)
    weak: dict[str, Any] = {}
    try:
        step = run.course.start(run.now)
        while isinstance(step, Try):
            call = await run.enter(step)
            if call is None:
                step = run.course.turned_away(run.now)
                continue
            try:
                body = await _body(plan, call, run.body(step))
            except UpstreamError as error:
                error = await run.failed(call, error)
                step = run.course.failed(call.backend, error, Sent.NOTHING, run.now)
                continue
            tools, usage = has_tool_calls(body), read_usage(body.get("usage"))
            if not tools:
                body["selected_model_id"] = call.backend
                if escalation.possible(call):
                    is_weak = await escalation.is_weak_for_good(_judged(body))
                else:
                    escalation.score(_judged(body))
                    is_weak = False
                if is_weak:
                    weak = body
                    await run.replaced(call, usage, chars=len(text_of(body)))
                    step = run.course.escalate(call.backend, run.now, complete=True)
                    continue
            await run.succeeded(call, usage, chars=len(text_of(body)), **_facts(body))
            return body
        if weak:
            await run.kept_weak(**_facts(weak))
            return weak
        return error_body(await run.gave_up(step.error), step.error)
    except asyncio.CancelledError:
        await run.stopped()
        raise
    except Exception:
        log.exception("a delivery failed in our own code")
        await run.finish("failed", error_kind=ErrorKind.SERVER_ERROR, user_message=INTERNAL, status=500)
        return error_body(INTERNAL, None)


def _facts(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "finish_reason": finish_reason_of(body),
        "text_chars": len(text_of(body)),
        "tool_calls": has_tool_calls(body),
        "tool_call_ids": tool_call_ids_of(body["choices"][0]["message"].get("tool_calls")),
    }


def _judged(body: dict[str, Any]) -> Judged:
    return Judged(text_of(body), True, finish_reason_of(body), logprobs_of(body["choices"][0]))


async def _body(plan: Plan, call: Call, request: dict[str, Any]) -> dict[str, Any]:
    # Until it is whole the caller has nothing of it, even of one that comes as a stream.
    call.kept_back = True
    answer = await call.answer(plan.channel, request)
    if isinstance(answer, Answer):
        return dict(answer.body)
    assembly = Assembly()
    while (payloads := await call.read()) is not None:
        for payload in payloads:
            call.reading.take(payload)
            call.took()
            assembly.add(payload)
    call.reading.check_complete()
    return assembly.body(call.reading.raw_usage)
