"""Streams of OpenAI's Responses API, as chunks of a chat completion.

Open WebUI passes them on as they come from connections of that type. One form for all backends is
what lets one go on where another broke off, and what a caller of a chat completion expects. See
https://platform.openai.com/docs/api-reference/responses-streaming. What has no place in a chat
completion (encrypted reasoning, calls of the provider's own tools) is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import UpstreamError
from .errors import classify_error


def is_responses_event(body: Mapping[str, Any]) -> bool:
    kind = body.get("type")
    return isinstance(kind, str) and (kind.startswith("response.") or kind == "error")


class ResponsesConverter:
    """Takes the events of one response in order; gives chunks of a chat completion."""

    def __init__(self) -> None:
        self._base: dict[str, Any] = {"object": "chat.completion.chunk"}
        self._calls: dict[int, int] = {}
        self._spoken: set[int] = set()
        self._argued: set[int] = set()

    def convert(self, body: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Raises UpstreamError for an error or a failed response."""
        kind = body["type"]
        item = body.get("item")
        if kind in ("error", "response.failed"):
            raise _error(body)
        if kind == "response.created":
            return self._begin(body)
        if kind in ("response.output_text.delta", "response.refusal.delta"):
            self._spoken.add(body.get("output_index") or 0)
            return [self._chunk({"content": body.get("delta") or ""})]
        if kind in ("response.reasoning_summary_text.delta", "response.reasoning_text.delta"):
            return [self._chunk({"reasoning_content": body.get("delta") or ""})]
        if kind == "response.reasoning_summary_part.added" and body.get("summary_index"):
            return [self._chunk({"reasoning_content": "\n\n"})]
        if kind == "response.function_call_arguments.delta":
            return self._argue(body.get("output_index") or 0, body.get("delta") or "")
        if kind == "response.output_text.annotation.added":
            return self._annotate(body.get("annotation"))
        if kind in ("response.output_item.added", "response.output_item.done") and isinstance(item, Mapping):
            index = body.get("output_index") or 0
            return self._add(item, index) if kind.endswith("added") else self._complete(item, index)
        if kind in ("response.completed", "response.incomplete"):
            return self._end(body.get("response") or {})
        return []

    def _begin(self, body: Mapping[str, Any]) -> list[dict[str, Any]]:
        response = body.get("response") or {}
        for key, theirs in (("id", "id"), ("created", "created_at"), ("model", "model")):
            if response.get(theirs) is not None:
                self._base[key] = response[theirs]
        return [self._chunk({"role": "assistant", "content": ""})]

    def _add(self, item: Mapping[str, Any], index: int) -> list[dict[str, Any]]:
        if item.get("type") != "function_call" or index in self._calls:
            return []
        number = self._calls[index] = len(self._calls)
        function = {"name": item.get("name") or "", "arguments": ""}
        call = {"index": number, "id": item.get("call_id"), "type": "function", "function": function}
        return [self._chunk({"tool_calls": [call]})]

    def _argue(self, index: int, arguments: str) -> list[dict[str, Any]]:
        self._argued.add(index)
        call = {"index": self._calls.get(index, 0), "function": {"arguments": arguments}}
        return [self._chunk({"tool_calls": [call]})]

    def _complete(self, item: Mapping[str, Any], index: int) -> list[dict[str, Any]]:
        """An item is done: its content, from servers that sent it without deltas."""
        if item.get("type") == "function_call":
            chunks = self._add(item, index)
            if index not in self._argued and item.get("arguments"):
                chunks += self._argue(index, item["arguments"])
            return chunks
        if item.get("type") == "message" and index not in self._spoken:
            text = "".join(
                part.get("text") or part.get("refusal") or ""
                for part in item.get("content") or ()
                if isinstance(part, Mapping)
            )
            return [self._chunk({"content": text})] if text else []
        return []

    def _annotate(self, annotation: Any) -> list[dict[str, Any]]:
        if not isinstance(annotation, Mapping) or annotation.get("type") != "url_citation":
            return []
        citation = annotation.get("url_citation") or {k: v for k, v in annotation.items() if k != "type"}
        return [self._chunk({"annotations": [{"type": "url_citation", "url_citation": citation}]})]

    def _end(self, response: Mapping[str, Any]) -> list[dict[str, Any]]:
        details = response.get("incomplete_details") or {}
        reason = "tool_calls" if self._calls else "stop"
        if details.get("reason") == "max_output_tokens":
            reason = "length"
        elif details.get("reason") == "content_filter":
            reason = "content_filter"
        chunks = [self._chunk({}, reason)]
        usage = response.get("usage")
        if isinstance(usage, Mapping) and usage:
            counted = {
                "prompt_tokens": usage.get("input_tokens", 0),
                "completion_tokens": usage.get("output_tokens", 0),
            }
            chunks.append({**self._base, "choices": [], "usage": {**counted, **usage}})
        return chunks

    def _chunk(self, delta: dict[str, Any], finish_reason: str | None = None) -> dict[str, Any]:
        return {**self._base, "choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}]}


def _error(body: Mapping[str, Any]) -> UpstreamError:
    if body["type"] == "response.failed":
        response = body.get("response")
        error = response.get("error") if isinstance(response, Mapping) else None
        return classify_error(None, None, {"error": error or "the response failed"})
    inner = body.get("error")
    error = inner if isinstance(inner, Mapping) else {k: v for k, v in body.items() if k != "type"}
    return classify_error(None, None, {"error": error})
