"""What the servers saw: one entry per request, for a test to hold against our own records."""

from __future__ import annotations

import copy
import itertools
import threading
import time
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from .models import ServerName

#: `running` until it ends; `error` is an HTTP error or an error in the body or stream, `dropped`
#: our own closing of the socket, `disconnected` the client's leaving before the end.
Outcome = Literal["running", "answered", "error", "dropped", "disconnected"]


@dataclass(slots=True)
class Seen:
    """One request to a model as the server saw it. Times are epoch seconds.

    `tokens_sent` are the pieces of the answer that went out; `usage` is what was reported for them.
    `headers` holds what Open WebUI forwards about its user, `key` the beginning of the credentials.
    """

    id: int
    server: ServerName
    path: str
    model: str
    stream: bool
    body: dict[str, Any]
    received_at: float
    headers: dict[str, str] = field(default_factory=dict)
    key: str = ""
    finished_at: float | None = None
    outcome: Outcome = "running"
    fault: str | None = None
    status: int | None = None
    tokens_sent: int = 0
    usage: dict[str, Any] = field(default_factory=dict)


class RequestLog:
    """The last requests, oldest first. Written by the servers' thread, read by any other."""

    def __init__(self, keep: int = 10_000) -> None:
        self._condition = threading.Condition()
        self._entries: deque[Seen] = deque(maxlen=keep)
        self._ids = itertools.count(1)
        self._running = 0

    def begin(
        self,
        server: ServerName,
        path: str,
        model: str,
        stream: bool,
        body: dict[str, Any],
        headers: dict[str, str],
    ) -> Seen:
        forwarded = {name: value for name, value in headers.items() if name.startswith("x-")}
        key = headers.get("authorization", "").removeprefix("Bearer ")[:8]
        with self._condition:
            entry = Seen(
                next(self._ids), server, path, model, stream, copy.deepcopy(body), time.time(), forwarded, key
            )
            self._entries.append(entry)
            self._running += 1
        return entry

    def end(self, entry: Seen, outcome: Outcome) -> None:
        with self._condition:
            entry.outcome, entry.finished_at = outcome, time.time()
            self._running -= 1
            self._condition.notify_all()

    def entries(self, model: str | None = None) -> list[Seen]:
        """A copy of the entries, of one model or of all."""
        with self._condition:
            return [copy.copy(entry) for entry in self._entries if model in (None, entry.model)]

    def listed(self, model: str | None = None) -> list[dict[str, Any]]:
        """The same as JSON."""
        return [asdict(entry) for entry in self.entries(model)]

    def clear(self) -> None:
        with self._condition:
            self._entries.clear()

    def wait_idle(self, timeout_s: float = 10.0) -> bool:
        """Block until no request is in progress; False when that took too long."""
        with self._condition:
            return self._condition.wait_for(lambda: self._running == 0, timeout_s)
