"""Leave to call a backend."""

from __future__ import annotations

import asyncio


class Admission:
    """Leave to call one backend once. Ends with exactly one of success, failure or release."""

    __slots__ = ("answering", "backend", "connection", "connection_probe", "ended", "probe")

    def __init__(
        self, backend: str, connection: str | None, *, probe: bool = False, connection_probe: bool = False
    ) -> None:
        self.backend = backend
        self.connection = connection
        self.probe = probe
        self.connection_probe = connection_probe
        self.ended = False
        #: Closes the breakers that this call probed, since its first token.
        self.answering: asyncio.Task[None] | None = None
