"""A stream put together into one unstreamed answer, for backends that stream without being asked."""

from __future__ import annotations

import json
from typing import Any


class Assembly:
    """Adds up chunks to an OpenAI chat completion."""

    def __init__(self) -> None:
        self._base: dict[str, Any] = {}
        self._choices: dict[int, dict[str, Any]] = {}

    def add(self, payload: bytes) -> None:
        """One payload that `Reading` has taken without complaint."""
        try:
            chunk = json.loads(payload)
        except ValueError:
            return
        if not isinstance(chunk, dict):
            return
        for key in ("id", "created", "model", "system_fingerprint"):
            if key in chunk:
                self._base.setdefault(key, chunk[key])
        for choice in chunk.get("choices") or ():
            self._add_choice(choice)

    def _add_choice(self, choice: dict[str, Any]) -> None:
        index = choice.get("index") or 0
        kept = self._choices.setdefault(
            index, {"index": index, "message": {"role": "assistant", "content": ""}, "finish_reason": None}
        )
        message = kept["message"]
        for key, value in (choice.get("delta") or {}).items():
            if key == "tool_calls":
                _add_calls(message.setdefault("tool_calls", []), value)
            elif isinstance(value, str) and key != "role":
                message[key] = (message.get(key) or "") + value
            elif isinstance(value, list):
                message[key] = [*(message.get(key) or []), *value]
            elif value is not None:
                message[key] = value
        if choice.get("finish_reason"):
            kept["finish_reason"] = choice["finish_reason"]
        logprobs = choice.get("logprobs")
        if isinstance(logprobs, dict) and logprobs.get("content"):
            kept.setdefault("logprobs", {"content": []})["content"].extend(logprobs["content"])

    def body(self, usage: Any) -> dict[str, Any]:
        choices = [self._choices[index] for index in sorted(self._choices)]
        for choice in choices:
            calls = choice["message"].get("tool_calls")
            for call in calls or ():
                call.pop("index", None)
            choice["finish_reason"] = choice["finish_reason"] or ("tool_calls" if calls else "stop")
        usage_part = {"usage": usage} if usage else {}
        return {**self._base, "object": "chat.completion", "choices": choices, **usage_part}


def _add_calls(kept: list[dict[str, Any]], deltas: Any) -> None:
    for delta in deltas if isinstance(deltas, list) else ():
        index = delta.get("index", len(kept))
        call = next((c for c in kept if c.get("index") == index), None)
        if call is None:
            call = {"index": index, "type": "function", "function": {"name": "", "arguments": ""}}
            kept.append(call)
        for key in ("id", "type"):
            if delta.get(key):
                call[key] = delta[key]
        function = delta.get("function") or {}
        call["function"]["name"] = function.get("name") or call["function"]["name"]
        call["function"]["arguments"] += function.get("arguments") or ""
