"""read_signals: the one entry of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..lazily import lazily
from ..request import ChatRequest, Message
from .code import code_share, without_fences
from .language import identify_language
from .messages import call_texts, count_files, count_images, role_of, text_of
from .sensitive import HARMLESS, find_sensitive
from .tokens import IMAGE_TOKENS, MESSAGE_OVERHEAD, estimate_tokens
from .types import Signals
from .unwrap import unwrap

#: How much of the conversation is kept for judging a follow-up.
_HISTORY_TURNS = 4
_HISTORY_CHARACTERS = 1500
_ANSWER_CHARACTERS = 600

#: A message of at most so many words may be a follow-up; ideographs count a third of a word each.
_FOLLOW_UP_WORDS = 16

_REASONING = lazily(r"<details\b[^>]*>[\s\S]*?(?:</details>|\Z)|<think>[\s\S]*?(?:</think>|\Z)")


def read_signals(request: ChatRequest) -> Signals:
    """The signals of one request. Never raises on any content; linear in what is sent."""
    messages = request.messages
    asked = [i for i, message in enumerate(messages) if role_of(message) == "user"]
    last = asked[-1] if asked else None
    unwrapped = unwrap(text_of(messages[last]) if last is not None else "")
    ask = unwrapped.ask
    language, confidence = identify_language(ask)
    code = code_share(ask)
    texts = [text for message in messages for text in (text_of(message), *call_texts(message)) if text]
    everything = "\n\n".join(texts)
    # Only what this message is about: a picture that was talked about earlier must not hold the
    # conversation at a backend that sees. Delivery leaves older ones out where nobody can.
    images = sum(map(count_images, messages[last or 0 :]))
    kinds = find_sensitive(everything + _texts_in(request.parameters))
    previous = asked[:-1]
    history = tuple(
        unwrap(text_of(messages[i])).ask[:_HISTORY_CHARACTERS] for i in previous[-_HISTORY_TURNS:]
    )
    if code and language is None:
        language, confidence = identify_language(without_fences(ask))
    tools = request.needed_tools()
    ask_tokens = estimate_tokens(ask, language, code)
    return Signals(
        ask=ask,
        history=history,
        previous_answer=_previous_answer(messages, last),
        language=language,
        language_confidence=confidence,
        input_tokens=(
            ask_tokens
            if texts == [ask]
            else sum(estimate_tokens(text, language, code if len(texts) == 1 else 0.0) for text in texts)
        )
        + MESSAGE_OVERHEAD * len(messages)
        + IMAGE_TOKENS * images
        + _tool_tokens(tools),
        ask_tokens=ask_tokens,
        characters=len(everything),
        turns=max(1, len(asked)),
        images=images,
        tools=len(tools),
        files=max(request.files, count_files(messages)),
        retrieved=unwrapped.retrieved or _system_context(messages),
        json_mode=_json_mode(request.parameters),
        code_share=code,
        sensitive=any(kind not in HARMLESS for kind in kinds),
        sensitive_kinds=kinds,
        follow_up=bool(history) and _words(ask) <= _FOLLOW_UP_WORDS,
        tool_round=bool(messages) and role_of(messages[-1]) in ("tool", "function"),
        task=request.task or unwrapped.task,
    )


def _words(text: str) -> float:
    """Words, with unspaced scripts counted by their characters."""
    if len(text) > 400:
        return float(len(text))
    wide = 0 if text.isascii() else sum(c >= "\u0e00" and not "\u1100" > c > "\u0eff" for c in text)
    return len(text.split()) + (wide / 3 if wide > 6 else 0.0)


def _previous_answer(messages: tuple[Message, ...], last: int | None) -> str:
    """The end of what the assistant said before the ask: its offers and questions stand there."""
    for message in reversed(messages[: last or 0]):
        if role_of(message) == "assistant":
            text = text_of(message)
            if "<" in text[:200]:
                text = _REASONING.sub("", text)
            return text.strip()[-_ANSWER_CHARACTERS:]
    return ""


def _system_context(messages: tuple[Message, ...]) -> bool:
    """Open WebUI can put retrieved text into the system prompt (RAG_SYSTEM_CONTEXT)."""
    for message in messages:
        if role_of(message) in ("system", "developer"):
            text = text_of(message)
            if "<context>" in text and "<source" in text:
                return True
    return False


def _json_mode(parameters: Mapping[str, Any]) -> bool:
    """`response_format` of OpenAI's protocol, `format` of Ollama's."""
    wanted = parameters.get("response_format")
    if isinstance(wanted, Mapping) and wanted.get("type") in ("json_object", "json_schema"):
        return True
    form = parameters.get("format")
    return form == "json" or (isinstance(form, Mapping) and bool(form))


def _tool_tokens(tools: tuple[Mapping[str, Any], ...]) -> int:
    """What the tool definitions take: their text at four characters a token."""
    return sum(len(str(tool)) for tool in tools) // 4


def _texts_in(parameters: Mapping[str, Any]) -> str:
    """Texts that parameters carry to the backend."""
    found = [v for k in ("system", "suffix", "prediction") if isinstance(v := parameters.get(k), str)]
    return "\n" + "\n".join(found) if found else ""
