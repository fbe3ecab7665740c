"""Signals: facts read off a request, before anything is concluded from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SensitiveKind = str  # card, iban, api_key, private_key, national_id, medical, credentials, contact


@dataclass(frozen=True, slots=True)
class Signals:
    """What the request is made of.

    `ask` is the text that is to be answered, unwrapped; it is never stored. `history` is what the
    conversation before it was about, for follow-ups: the earlier asks, the latest one last;
    `previous_answer` is the end of what the assistant said to it. Neither is stored.
    `language` is ISO 639-1 or None when there is too little text. `*_tokens` are estimates.
    `code_share` is 0…1 of the ask's characters. `sensitive_kinds` may hold `contact` while
    `sensitive` is False.
    """

    ask: str = ""
    history: tuple[str, ...] = ()
    previous_answer: str = ""
    language: str | None = None
    language_confidence: float = 0.0
    input_tokens: int = 0
    ask_tokens: int = 0
    characters: int = 0
    turns: int = 1
    images: int = 0
    tools: int = 0
    files: int = 0
    retrieved: bool = False
    json_mode: bool = False
    code_share: float = 0.0
    sensitive: bool = False
    sensitive_kinds: tuple[SensitiveKind, ...] = ()
    follow_up: bool = False
    tool_round: bool = False
    task: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Everything but the text, as it is stored and shown."""
        return {
            "language": self.language,
            "language_confidence": round(self.language_confidence, 3),
            "input_tokens": self.input_tokens,
            "ask_tokens": self.ask_tokens,
            "characters": self.characters,
            "turns": self.turns,
            "images": self.images,
            "tools": self.tools,
            "files": self.files,
            "retrieved": self.retrieved,
            "json_mode": self.json_mode,
            "code_share": round(self.code_share, 3),
            "sensitive": self.sensitive,
            "sensitive_kinds": list(self.sensitive_kinds),
            "follow_up": self.follow_up,
            "tool_round": self.tool_round,
        }
