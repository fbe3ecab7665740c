"""Chats as Open WebUI's own window holds them: saved, with messages, status lines and background tasks."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from .installation import SMART, Installation, eventually
from .server import Account


@dataclass
class WindowChat:
    """One conversation of one user. `chat_id` is None until the first message is sent."""

    installation: Installation
    account: Account
    model: str = SMART
    chat_id: str | None = None
    session_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    _last: str | None = None
    _asked: dict[str, Any] = field(default_factory=dict)
    _messages: list[dict[str, str]] = field(default_factory=list)

    def send(
        self, text: str, *, wait: bool = True, attached: list[dict[str, Any]] | None = None, **body: Any
    ) -> dict[str, Any]:
        """Send a message as the window does, with files `attached` to it; the answer's once it is done."""
        self._messages.append({"role": "user", "content": text})
        self._asked = {
            "id": str(uuid.uuid4()),
            "role": "user",
            "content": text,
            "parentId": self._last,
            "childrenIds": [],
            "models": [self.model],
            "timestamp": int(time.time()),
            **({"files": attached} if attached else {}),
        }
        return self._ask(wait, body)

    def regenerate(self, **body: Any) -> dict[str, Any]:
        """Have the last message answered once more, beside the answer that is there."""
        self._messages.pop()
        return self._ask(True, body)

    def _ask(self, wait: bool, body: dict[str, Any]) -> dict[str, Any]:
        answered = str(uuid.uuid4())
        form = {
            "model": self.model,
            "messages": self._messages,
            "stream": True,
            "session_id": self.session_id,
            "parent_id": self._asked["parentId"],
            "user_message": self._asked,
            "message_ids": [{"model_id": self.model, "message_id": answered}],
            **({"chat_id": self.chat_id} if self.chat_id else {}),
            **body,
        }
        with self.installation.api(self.account) as client:
            response = client.post("/api/chat/completions", json=form)
            response.raise_for_status()
        self.chat_id = response.json()["chat_id"]
        self._last = answered
        if not wait:
            return {"id": answered}
        message = self.answer(answered)
        self._messages.append({"role": "assistant", "content": message.get("content", "")})
        return message

    def answer(self, message_id: str) -> dict[str, Any]:
        """A message of this chat, as soon as it is done."""

        def done() -> dict[str, Any] | None:
            message = self.stored(message_id)
            return message if message.get("done") else None

        message = eventually(done, 30)
        assert message is not None, self.stored(message_id)
        return message

    def stored(self, message_id: str) -> dict[str, Any]:
        with self.installation.api(self.account) as client:
            response = client.get(f"/api/v1/chats/{self.chat_id}")
            response.raise_for_status()
        return dict(response.json()["chat"]["history"]["messages"].get(message_id, {}))

    def rate(self, message: dict[str, Any], rating: int, reason: str = "") -> str:
        """Thumb up (1) or down (-1), as the window sends it; the feedback's id."""
        form = {
            "type": "rating",
            "data": {"rating": rating, "model_id": self.model, "reason": reason},
            "meta": {"model_id": self.model, "message_id": message["id"], "chat_id": self.chat_id},
        }
        with self.installation.api(self.account) as client:
            response = client.post("/api/v1/evaluations/feedback", json=form)
            response.raise_for_status()
        return str(response.json()["id"])
