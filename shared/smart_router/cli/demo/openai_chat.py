"""Chat completions as OpenAI writes them: plain, and as server-sent events.

See https://platform.openai.com/docs/api-reference/chat
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .compact import dumps
from .faults import Fault
from .models import DemoModel
from .openai_errors import BROKEN, openai_fault
from .perform import Failure, Part
from .reply import Reply, ToolCall
from .tokens import pieces

#: How many characters of a tool call's arguments go into one delta.
_ARGUMENT_PIECE = 8


@dataclass(slots=True)
class ChatDialect:
    """One chat completion. `include_usage` asks for the closing usage chunk of a stream."""

    model: DemoModel
    include_usage: bool = False
    stream_media_type: str = "text/event-stream; charset=utf-8"
    head_first: bool = True
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex[:29]}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, reply: Reply) -> bytes:
        message: dict[str, Any] = {"role": "assistant", "content": reply.text or None, "refusal": None}
        if reply.text == "" and not reply.calls:
            message["content"] = ""
        if reply.reasoning:
            message["reasoning_content"] = reply.reasoning
        if reply.calls:
            message["tool_calls"] = [_call(call) for call in reply.calls]
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": reply.finish}
        body = {
            "id": self.id,
            "object": "chat.completion",
            "created": self.created,
            "model": self.model.id,
            "choices": [choice],
            "usage": self.usage(reply),
            "system_fingerprint": "fp_demo",
        }
        return dumps(body).encode()

    def stream(self, reply: Reply) -> Iterator[Part]:
        yield self._delta({"role": "assistant", "content": None if reply.calls else ""})
        for piece in pieces(reply.reasoning):
            yield self._delta({"reasoning_content": piece}, token=True)
        for piece in pieces(reply.text):
            yield self._delta({"content": piece}, token=True)
        for index, call in enumerate(reply.calls):
            first = {"index": index, **_call(call), "function": {"name": call.name, "arguments": ""}}
            yield self._delta({"tool_calls": [first]}, token=True)
            arguments = dumps(call.arguments)
            for start in range(0, len(arguments), _ARGUMENT_PIECE):
                part = {"arguments": arguments[start : start + _ARGUMENT_PIECE]}
                yield self._delta({"tool_calls": [{"index": index, "function": part}]}, token=True)
        yield self._delta({}, finish=reply.finish)
        if self.include_usage:
            yield self._chunk([], usage=self.usage(reply))
        yield Part(b"data: [DONE]\n\n")

    def broken(self) -> bytes:
        return sse(BROKEN)

    def failure(self, kind: str, fault: Fault) -> Failure:
        return openai_fault(kind, self.model.id, fault)

    def usage(self, reply: Reply) -> dict[str, object]:
        usage: dict[str, object] = {
            "prompt_tokens": reply.input_tokens,
            "completion_tokens": reply.output_tokens,
            "total_tokens": reply.input_tokens + reply.output_tokens,
            "prompt_tokens_details": {"cached_tokens": reply.cached_tokens, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": reply.reasoning_tokens, "audio_tokens": 0},
        }
        if self.model.reports_cost:
            micro_usd = (
                reply.input_tokens * self.model.input_usd_per_mtok
                + reply.output_tokens * self.model.output_usd_per_mtok
            )
            usage["cost"] = micro_usd / 1_000_000
        return usage

    def _delta(self, delta: dict[str, Any], *, token: bool = False, finish: str | None = None) -> Part:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return Part(self._chunk([choice]).data, token)

    def _chunk(self, choices: list[dict[str, Any]], usage: dict[str, object] | None = None) -> Part:
        body: dict[str, Any] = {
            "id": self.id,
            "object": "chat.completion.chunk",
            "created": self.created,
            "model": self.model.id,
            "system_fingerprint": "fp_demo",
            "choices": choices,
        }
        if self.include_usage:
            body["usage"] = usage
        return Part(sse(body))


def sse(body: Any, event: str | None = None) -> bytes:
    """One server-sent event."""
    name = f"event: {event}\n" if event else ""
    return f"{name}data: {dumps(body)}\n\n".encode()


def _call(call: ToolCall) -> dict[str, Any]:
    arguments = dumps(call.arguments)
    return {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": arguments}}
