"""A streamed answer: well-formed server-sent events, one for each piece that is yielded."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any

from ..errors import ErrorKind, UpstreamError
from .call import Call
from .course import Try
from .escalation import Escalation
from .head import Head
from .run import Run
from .sentences import INTERNAL
from .sse import DONE_EVENT, json_event
from .types import Plan

log = logging.getLogger(__name__)

#: Open WebUI stops reading here, to run the code.
_CODE_ENDS = "</code_interpreter>"


async def deliver_stream(plan: Plan) -> AsyncIterator[bytes]:
    """Yields the answer's events, then `[DONE]`. Errors are events too; nothing is raised.

    Closing it early closes the upstream and records the delivery as stopped.
    """
    run = Run(plan)
    escalation = Escalation(run)
    weak: _Weak | None = None
    try:
        step = run.course.start(run.now)
        while isinstance(step, Try):
            call = await run.enter(step)
            if call is None:
                step = run.course.turned_away(run.now)
                continue
            try:
                async with aclosing(_speak(run, escalation, call, step)) as events:
                    async for event in events:
                        yield event
            except _Weak as answer:
                weak = answer
                await run.replaced(call, call.reading.usage)
                step = run.course.escalate(call.backend, run.now, complete=bool(weak.events))
            except UpstreamError as error:
                error = await run.failed(call, error)
                step = run.course.failed(
                    call.backend, error, run.sent(call), run.now, added_chars=call.added_chars
                )
            else:
                ending = _ending(run, escalation, call)
                await run.succeeded(call, call.reading.usage, **_facts(run, call))
                for event in ending:
                    yield event
                return
        if weak is not None and weak.events and not run.anything_sent:
            await run.kept_weak(**weak.facts)
            for event in weak.events:
                yield event
            return
        yield error_event(await run.gave_up(step.error), step.error)
        yield DONE_EVENT
    except (asyncio.CancelledError, GeneratorExit):
        await run.stopped(finished=_wants_to_run_code(run))
        raise
    except Exception:
        log.exception("a delivery failed in our own code")
        await run.finish("failed", error_kind=ErrorKind.SERVER_ERROR, user_message=INTERNAL, status=500)
        yield error_event(INTERNAL, None)
        yield DONE_EVENT


class _Weak(Exception):
    """An answer of which nothing has gone out is too weak. `events` are all of it, when it is complete."""

    def __init__(self, events: list[bytes], facts: Mapping[str, Any]) -> None:
        super().__init__()
        self.events = events
        self.facts = facts


async def _speak(run: Run, escalation: Escalation, call: Call, step: Try) -> AsyncGenerator[bytes, None]:
    """One attempt: its events but for the last ones. Raises UpstreamError and _Weak."""
    reading = call.reading
    await call.open(run.plan.channel, run.body(step))
    head = escalation.head(call)
    while (payloads := await call.read(head.deadline if head else None)) is not None:
        for payload in payloads:
            events = reading.take(payload)
            if call.took():
                run.first_token(call)
                if head is not None:
                    head.begin(run.now)
            if head is not None:
                head.events += events
                continue
            for event in events:
                yield event
        if head is None:
            if call.keeps_tools_too_long():
                for event in reading.release_tools():
                    yield event
        elif reading.tool_calls or head.is_over(run.now, sum(map(len, reading.text))):
            left_s = head.until - run.now
            if not reading.tool_calls and await escalation.is_weak_so_far(
                reading.judged(complete=False), left_s
            ):
                raise _Weak([], {})
            for event in _shown(call, head):
                yield event
            head = None
    reading.check_complete()
    if head is not None:
        if not reading.tool_calls and await escalation.is_weak_for_good(reading.judged(complete=True)):
            ending = _ending(run, escalation, call)
            raise _Weak([*head.events, *ending], _facts(run, call))
        for event in _shown(call, head):
            yield event


def _shown(call: Call, head: Head) -> list[bytes]:
    call.kept_back = False
    return head.events


def _facts(run: Run, call: Call) -> dict[str, Any]:
    """What the record says of a complete answer."""
    reading = call.reading
    return {
        "finish_reason": reading.finish_reason,
        "text_chars": sum(map(len, (*run.text, *reading.text))),
        "tool_calls": reading.tool_calls,
        "tool_call_ids": tuple(reading.tool_call_ids),
    }


def _ending(run: Run, escalation: Escalation, call: Call) -> list[bytes]:
    """The last events: attribution, finish, usage. To be sent once the record is written."""
    reading = call.reading
    request = run.plan.request
    in_ui = bool(request.session_id and request.chat_id and request.message_id)
    tools = reading.release_tools()
    ending = reading.ending(usage=in_ui or _asked_for_usage(request.parameters))
    if not call.kept_back and not reading.tool_calls:
        escalation.score(reading.judged(complete=True))
    attribute = not reading.tool_calls and not _runs_code([*run.text, *reading.text])
    if in_ui:
        attribution = [json_event({"selected_model_id": call.backend})] if attribute else []
        return [*tools, *attribution, *ending, DONE_EVENT]
    return [*tools, *_marked(ending, call.backend if attribute else None), DONE_EVENT]


def _marked(ending: list[bytes], backend: str | None) -> list[bytes]:
    """For programs the backend's id rides on the finish: a line of its own has no choices to read."""
    if backend is None:
        return ending
    for position, event in enumerate(ending):
        if _has_choices(event):
            body = json.loads(event[6:])
            return [
                *ending[:position],
                json_event({**body, "selected_model_id": backend}),
                *ending[position + 1 :],
            ]
    return ending


def _has_choices(event: bytes) -> bool:
    body = json.loads(event[6:])
    return isinstance(body, dict) and bool(body.get("choices"))


def _asked_for_usage(parameters: Mapping[str, Any]) -> bool:
    options = parameters.get("stream_options")
    return isinstance(options, Mapping) and bool(options.get("include_usage"))


def error_body(sentence: str, error: UpstreamError | None) -> dict[str, Any]:
    """As Open WebUI's page (`detail`) and OpenAI's clients (`message`) look for it."""
    code = error.kind.value if error else "unavailable"
    return {"error": {"message": sentence, "detail": sentence, "type": "smart_router", "code": code}}


def error_event(sentence: str, error: UpstreamError | None) -> bytes:
    return json_event(error_body(sentence, error))


def _runs_code(text: list[str]) -> bool:
    return any("<" in part for part in text) and "<code_interpreter" in "".join(text)


def _wants_to_run_code(run: Run) -> bool:
    parts = run.call.reading.text if run.call else []
    return _CODE_ENDS in "".join(parts[-len(_CODE_ENDS) :])
