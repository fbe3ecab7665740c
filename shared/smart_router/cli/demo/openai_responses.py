"""The Responses protocol: the same answers, as `response.*` events.

See https://platform.openai.com/docs/api-reference/responses-streaming
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .ask import Ask, Message, text_of
from .compact import dumps
from .faults import Fault
from .models import DemoModel
from .openai_chat import sse
from .openai_errors import BROKEN, openai_fault
from .perform import Failure, Part
from .reply import Reply
from .tokens import pieces


def messages_of(body: dict[str, Any]) -> tuple[Message, ...]:
    """`instructions` and `input` as messages; a function's output is a tool's."""
    messages = []
    if body.get("instructions"):
        messages.append(Message("system", str(body["instructions"])))
    given = body.get("input", "")
    for item in [{"role": "user", "content": given}] if isinstance(given, str) else given:
        kind = item.get("type", "message")
        if kind == "message":
            messages.append(Message(str(item.get("role", "user")), *text_of(item.get("content"))))
        elif kind == "function_call":
            messages.append(Message("assistant", f"{item.get('name')} {item.get('arguments')}"))
        elif kind == "function_call_output":
            messages.append(Message("tool", *text_of(item.get("output"))))
    return tuple(messages)


@dataclass(slots=True)
class ResponsesDialect:
    """One response, plain or as numbered events."""

    ask: Ask
    stream_media_type: str = "text/event-stream; charset=utf-8"
    head_first: bool = True
    id: str = field(default_factory=lambda: f"resp_{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))
    _number: int = 0

    @property
    def model(self) -> DemoModel:
        return self.ask.model

    def whole(self, reply: Reply) -> bytes:
        return dumps(self._response(reply, _status(reply))).encode()

    def stream(self, reply: Reply) -> Iterator[Part]:
        yield self._event("response.created", response=self._response(None, "in_progress"))
        yield self._event("response.in_progress", response=self._response(None, "in_progress"))
        for index, item in enumerate(self._items(reply)):
            begun: dict[str, Any] = {**item, "status": "in_progress"}
            begun.update(
                {key: type(item[key])() for key in ("content", "summary", "arguments") if key in item}
            )
            yield self._event("response.output_item.added", output_index=index, item=begun)
            yield from self._item(index, item)
            yield self._event("response.output_item.done", output_index=index, item=item)
        status = _status(reply)
        yield self._event(f"response.{status}", response=self._response(reply, status))

    def _item(self, index: int, item: dict[str, Any]) -> Iterator[Part]:
        where: dict[str, Any] = {"item_id": item["id"], "output_index": index}
        if item["type"] == "function_call":
            name, text = "response.function_call_arguments", str(item["arguments"])
            done: dict[str, Any] = {"arguments": text}
        elif item["type"] == "reasoning":
            name, text = "response.reasoning_summary_text", str(item["summary"][0]["text"])
            where["summary_index"] = 0
            done = {"text": text}
            yield self._event(
                "response.reasoning_summary_part.added", **where, part={"type": "summary_text", "text": ""}
            )
        else:
            name, text = "response.output_text", str(item["content"][0]["text"])
            where["content_index"] = 0
            done = {"text": text}
            part = {"type": "output_text", "text": "", "annotations": []}
            yield self._event("response.content_part.added", **where, part=part)
        for piece in pieces(text):
            yield self._event(f"{name}.delta", token=True, **where, delta=piece)
        yield self._event(f"{name}.done", **where, **done)
        if item["type"] == "message":
            yield self._event("response.content_part.done", **where, part=item["content"][0])
        elif item["type"] == "reasoning":
            yield self._event("response.reasoning_summary_part.done", **where, part=item["summary"][0])

    def broken(self) -> bytes:
        return self._event("response.failed", response={**self._response(None, "failed"), **BROKEN}).data

    def failure(self, kind: str, fault: Fault) -> Failure:
        return openai_fault(kind, self.model.id, fault)

    def usage(self, reply: Reply) -> dict[str, object]:
        return {
            "input_tokens": reply.input_tokens,
            "input_tokens_details": {"cached_tokens": reply.cached_tokens},
            "output_tokens": reply.output_tokens,
            "output_tokens_details": {"reasoning_tokens": reply.reasoning_tokens},
            "total_tokens": reply.input_tokens + reply.output_tokens,
        }

    def _items(self, reply: Reply) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        tail = self.id.removeprefix("resp_")
        if reply.reasoning:
            summary = [{"type": "summary_text", "text": reply.reasoning}]
            items.append({"id": f"rs_{tail}", "type": "reasoning", "status": "completed", "summary": summary})
        for number, call in enumerate(reply.calls):
            items.append(
                {
                    "id": f"fc_{tail}{number}",
                    "type": "function_call",
                    "status": "completed",
                    "call_id": call.id,
                    "name": call.name,
                    "arguments": dumps(call.arguments),
                }
            )
        if not reply.calls:
            content = [{"type": "output_text", "text": reply.text, "annotations": []}]
            items.append(
                {
                    "id": f"msg_{tail}",
                    "type": "message",
                    "status": "completed",
                    "role": "assistant",
                    "content": content,
                }
            )
        return items

    def _response(self, reply: Reply | None, status: str) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": "response",
            "created_at": self.created,
            "status": status,
            "error": None,
            "incomplete_details": {"reason": "max_output_tokens"} if status == "incomplete" else None,
            "model": self.model.id,
            "output": self._items(reply) if reply else [],
            "parallel_tool_calls": True,
            "store": False,
            "usage": self.usage(reply) if reply else None,
        }

    def _event(self, kind: str, *, token: bool = False, **fields: Any) -> Part:
        body = {"type": kind, "sequence_number": self._number, **fields}
        self._number += 1
        return Part(sse(body, kind), token)


def _status(reply: Reply) -> str:
    return "incomplete" if reply.finish == "length" else "completed"
