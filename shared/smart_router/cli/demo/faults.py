"""Faults on demand: which request goes wrong, how, and how often."""

from __future__ import annotations

import itertools
import random
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ...errors import InvalidRequest
from .models import ServerName

#: Every kind of fault, with what the client meets.
KINDS: Mapping[str, str] = {
    "rate_limited": "429 with Retry-After",
    "auth": "401, a wrong key",
    "not_found": "404, no such model",
    "content_filter": "400, refused for its content",
    "no_tools": "400, but only for requests that offer tools",
    "overloaded": "503 as JSON",
    "server_error_text": "500 as plain text",
    "server_error_json": "500 as JSON",
    "error_200": "200 with an error as its body",
    "refuse": "the connection is closed without a response",
    "hang": "no first token, until the client leaves or delay_s is over",
    "stall": "a beginning, then silence until the client leaves or delay_s is over",
    "drop": "a beginning, then the socket is closed",
    "error_mid_stream": "a beginning, then an error chunk (a 500 when not streamed)",
    "empty": "a well-formed answer without any content",
    "slow_tokens": "delay_s before every token",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One scripted fault.

    `model` is an id or `*`; `server` limits it to one of the two servers. It strikes the next
    `times` requests that it fits (None: until cleared), each with probability `rate` (None: 1).
    `after_tokens` is how much comes before a break in the middle. `headers` decides whether a
    hanging stream has sent its response head; None is the protocol's habit (OpenAI's servers
    have, Ollama has not).
    """

    id: int
    kind: str
    model: str = "*"
    server: ServerName | None = None
    times: int | None = None
    rate: float | None = None
    retry_after_s: float = 20.0
    after_tokens: int = 3
    delay_s: float | None = None
    headers: bool | None = None
    message: str | None = None


class FaultBook:
    """The faults in force, shared by both servers and by the test that scripts them."""

    def __init__(self, seed: int = 0) -> None:
        self._lock = threading.Lock()
        self._faults: dict[int, Fault] = {}
        self._left: dict[int, int | None] = {}
        self._ids = itertools.count(1)
        self._random = random.Random(seed)

    def add(self, kind: str, model: str = "*", **options: Any) -> Fault:
        """Put a fault in force. Raises InvalidRequest for a kind or an option that there is not."""
        if kind not in KINDS:
            raise InvalidRequest(f"kind: {kind!r} is no fault; expected one of {', '.join(KINDS)}")
        known = set(Fault.__dataclass_fields__) - {"id", "kind", "model"}
        if unknown := set(options) - known:
            raise InvalidRequest(f"{sorted(unknown)[0]}: no such option; expected {', '.join(sorted(known))}")
        _check(options)
        with self._lock:
            fault = Fault(next(self._ids), kind, model, **options)
            self._faults[fault.id] = fault
            self._left[fault.id] = fault.times
        return fault

    def take(self, server: ServerName, model: str, *, tools: bool = False) -> Fault | None:
        """The fault that strikes this request, if any; the newest one that fits, used up by one."""
        with self._lock:
            for fault in reversed(self._faults.values()):
                if not self._fits(fault, server, model, tools):
                    continue
                left = self._left[fault.id]
                if left is not None:
                    self._left[fault.id] = left - 1
                return fault
        return None

    def _fits(self, fault: Fault, server: ServerName, model: str, tools: bool) -> bool:
        if fault.server not in (None, server) or fault.model not in ("*", model):
            return False
        if self._left[fault.id] == 0 or (fault.kind == "no_tools" and not tools):
            return False
        return fault.rate is None or self._random.random() < fault.rate

    def clear(self, model: str | None = None, server: ServerName | None = None) -> int:
        """Take faults out of force: all, or those of one model or server. How many went."""
        with self._lock:
            gone = [
                fault.id
                for fault in self._faults.values()
                if (model is None or fault.model == model)
                and (server is None or fault.server in (None, server))
            ]
            for number in gone:
                del self._faults[number], self._left[number]
        return len(gone)

    def listed(self) -> list[dict[str, Any]]:
        """The faults in force as JSON, each with how many requests it still has to strike."""
        with self._lock:
            return [{**asdict(fault), "left": self._left[fault.id]} for fault in self._faults.values()]


def _check(options: Mapping[str, Any]) -> None:
    """Numbers are numbers within their range; anything else would only show as a fault that never strikes."""
    ranges = {
        "times": (1, 1_000_000),
        "rate": (0, 1),
        "retry_after_s": (0, 86_400),
        "after_tokens": (0, 100_000),
    }
    for name, (low, high) in {**ranges, "delay_s": (0, 86_400)}.items():
        value = options.get(name)
        if value is None and name in ("times", "rate", "delay_s"):
            continue
        if name in options and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise InvalidRequest(f"{name}: {value!r} is no number")
        if isinstance(value, int | float) and not low <= value <= high:
            raise InvalidRequest(f"{name}: {value} is outside {low}…{high}")
    if options.get("server") not in (None, "openai", "ollama"):
        raise InvalidRequest(f"server: {options['server']!r} is neither openai nor ollama")
