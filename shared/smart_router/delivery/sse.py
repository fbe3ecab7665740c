"""Server-sent events: bytes cut anywhere into data lines, and data lines back into bytes.

See https://html.spec.whatwg.org/multipage/server-sent-events.html; model providers put each event
on one `data:` line, and so does Open WebUI read them: one event for each piece that we yield.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

DONE = b"[DONE]"
DONE_EVENT = b"data: [DONE]\n\n"


class Lines:
    """Cuts a stream into the payloads of its data lines.

    Blank lines, comments (": keepalive") and other fields vanish. A bare JSON object is let
    through too: some servers put an error between the events without `data:`.
    """

    __slots__ = ("_pieces",)

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def feed(self, piece: bytes | str) -> list[bytes]:
        if isinstance(piece, str):
            piece = piece.encode()
        if b"\n" not in piece:
            # Joined only when the line is complete: a long one comes in many pieces.
            self._pieces.append(piece)
            return []
        if self._pieces:
            piece = b"".join((*self._pieces, piece))
            self._pieces.clear()
        *lines, rest = piece.split(b"\n")
        if rest:
            self._pieces.append(rest)
        return [payload for line in lines if (payload := _payload(line))]

    def flush(self) -> list[bytes]:
        """What the last line held, for streams that end without a line break."""
        rest = b"".join(self._pieces)
        self._pieces.clear()
        payload = _payload(rest)
        return [payload] if payload else []


def _payload(line: bytes) -> bytes:
    if line.startswith(b"data:"):
        return line[5:].strip()
    return line.strip() if line.startswith(b"{") else b""


def event(payload: bytes) -> bytes:
    return b"data: " + payload + b"\n\n"


def json_event(body: Mapping[str, Any]) -> bytes:
    return event(dump(body))


def dump(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()
