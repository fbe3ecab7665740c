"""classify_lines: the offline classifier over JSONL, one line in, one out."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..classify import classify
from ..request import ChatRequest, User
from ..signals import read_signals

_NOBODY = User(id="offline")


def classify_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Classifies `{"id", "messages", "files"?, "tools"?}` per line, streaming.

    Yields `{"id", "intent", "intents", "complexity", "p_hard", "confidence", "language",
    "sensitive", "kinds", "micros"}`; `micros` is the time from the parsed line to the answer in
    microseconds. A line that cannot be read yields `{"id", "line", "error"}`; blank lines nothing.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            body = json.loads(line)
        except ValueError as error:
            yield {"id": None, "line": number, "error": f"not JSON: {error}"}
            continue
        request = request_of(body)
        if request is None:
            identity = body.get("id") if isinstance(body, dict) else None
            yield {
                "id": identity,
                "line": number,
                "error": 'expected {"id", "messages": [{"role", "content"}]}',
            }
            continue
        yield {"id": body.get("id"), **classify_timed(request)}


def request_of(body: Any) -> ChatRequest | None:
    """The request of one line, or None when it has no list of messages."""
    if not isinstance(body, Mapping) or not isinstance(body.get("messages"), list):
        return None
    messages = tuple(message for message in body["messages"] if isinstance(message, Mapping))
    files = body.get("files")
    parameters = {
        key: value for key, value in body.items() if key not in ("id", "messages", "files", "model", "stream")
    }
    return ChatRequest(
        messages=messages,
        parameters=parameters,
        user=_NOBODY,
        turn_id="offline",
        files=files if isinstance(files, int) else len(files) if isinstance(files, list) else 0,
    )


def classify_timed(request: ChatRequest) -> dict[str, Any]:
    """The answer for one request, with the time that it took."""
    started = time.perf_counter_ns()
    signals = read_signals(request)
    result = classify(signals)
    micros = (time.perf_counter_ns() - started) / 1000
    return {
        "intent": result.intent,
        "intents": {intent: round(p, 4) for intent, p in result.intents.items()},
        "complexity": result.complexity,
        "p_hard": round(result.p_hard, 4),
        "confidence": round(result.confidence, 4),
        "language": signals.language,
        "sensitive": signals.sensitive,
        "kinds": list(signals.sensitive_kinds),
        "evidence": list(result.evidence),
        "micros": round(micros, 1),
    }
