"""Answers as Ollama writes them: one JSON object, or one per line.

See https://github.com/ollama/ollama/blob/main/docs/api.md
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from .ask import Ask
from .compact import dumps
from .faults import Fault
from .perform import Failure, Part
from .reply import Reply
from .tokens import pieces

_UNEXPECTED = "an error was encountered while running the model: unexpected EOF"


def ollama_failure(status: int, message: str) -> Failure:
    return Failure(status, dumps({"error": message}).encode())


def ollama_fault(kind: str, model: str, fault: Fault) -> Failure:
    """The response for a scripted fault."""
    said = fault.message
    if kind == "server_error_text":
        return Failure(500, (said or "Internal Server Error").encode(), "text/plain; charset=utf-8")
    if kind == "rate_limited":
        body = ollama_failure(429, said or "too many requests, please try again later").body
        return Failure(429, body, headers={"retry-after": f"{fault.retry_after_s:g}"})
    status, message = {
        "auth": (401, "unauthorized"),
        "not_found": (404, f"model '{model}' not found"),
        "content_filter": (400, "the request was refused for its content"),
        "no_tools": (400, f"registry.ollama.ai/library/{model} does not support tools"),
        "overloaded": (503, "server busy, please try again.  maximum pending requests exceeded"),
        "error_200": (200, "model requires more system memory (9.4 GiB) than is available (6.1 GiB)"),
    }.get(kind, (500, "llama runner process has terminated: exit status 2"))
    return ollama_failure(status, said or message)


def now_text() -> str:
    """A time as Ollama writes it."""
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class OllamaDialect:
    """One answer of `/api/chat` or of `/api/generate`. `load_ms` is told as load_duration."""

    ask: Ask
    kind: Literal["chat", "generate"] = "chat"
    load_ms: float = 0.0
    stream_media_type: str = "application/x-ndjson"
    head_first: bool = False

    def whole(self, reply: Reply) -> bytes:
        return dumps(self._closed(reply, reply.text, whole=True)).encode()

    def stream(self, reply: Reply) -> Iterator[Part]:
        for piece in pieces(reply.reasoning):
            yield self._line("", token=True, thinking=piece)
        for piece in pieces(reply.text):
            yield self._line(piece, token=True)
        if reply.calls:
            yield self._line("", token=True, tool_calls=_calls(reply))
        yield Part(dumps(self._closed(reply, "")).encode() + b"\n")

    def broken(self) -> bytes:
        return dumps({"error": _UNEXPECTED}).encode() + b"\n"

    def failure(self, kind: str, fault: Fault) -> Failure:
        return ollama_fault(kind, self.ask.model.id, fault)

    def usage(self, reply: Reply) -> dict[str, object]:
        second = 1_000_000_000
        per_token = int(second / self.ask.model.tokens_per_second)
        load, read = int(self.load_ms * 1e6), int(self.ask.model.first_token_ms * 1e6)
        return {
            "total_duration": load + read + reply.output_tokens * per_token,
            "load_duration": load,
            "prompt_eval_count": reply.input_tokens,
            "prompt_eval_duration": read,
            "eval_count": reply.output_tokens,
            "eval_duration": reply.output_tokens * per_token,
        }

    def _said(self, text: str, **more: Any) -> dict[str, Any]:
        if self.kind == "generate":
            return {"response": text, **more}
        return {"message": {"role": "assistant", "content": text, **more}}

    def _line(self, text: str, *, token: bool = False, **more: Any) -> Part:
        body = {
            "model": self.ask.model.id,
            "created_at": now_text(),
            **self._said(text, **more),
            "done": False,
        }
        return Part(dumps(body).encode() + b"\n", token)

    def _closed(self, reply: Reply, text: str, *, whole: bool = False) -> dict[str, Any]:
        more: dict[str, Any] = {}
        if whole and reply.reasoning:
            more["thinking"] = reply.reasoning
        if whole and reply.calls:
            more["tool_calls"] = _calls(reply)
        return {
            "model": self.ask.model.id,
            "created_at": now_text(),
            **self._said(text, **more),
            "done": True,
            "done_reason": "length" if reply.finish == "length" else "stop",
            **self.usage(reply),
        }


def _calls(reply: Reply) -> list[dict[str, Any]]:
    return [
        {"id": call.id, "function": {"index": index, "name": call.name, "arguments": call.arguments}}
        for index, call in enumerate(reply.calls)
    ]
