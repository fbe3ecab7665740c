"""Reading one backend's stream: what may go out now, what is kept back, and how it ended."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..errors import ErrorKind, UpstreamError
from .answer import NO_CHAT, empty_answer, logprobs_of, tool_call_ids_of
from .continuation import Seam
from .errors import classify_error
from .responses import ResponsesConverter, is_responses_event
from .sse import DONE, dump, event, json_event
from .usage import Usage, read_usage
from .weakness import Judged

_NOTHING: tuple[bytes, ...] = ()
_REASONING = ("reasoning_content", "reasoning", "thinking", "reasoning_details")
_CONTENT = ("refusal", "images", "audio", "annotations")
_CODE_INTERPRETER = "<code_interpreter"


class Reading:
    """Takes the payloads of one attempt's stream, in order.

    `take` returns the events that may be sent now. Kept back are: what comes before the first
    token (so that a fallback starts clean), the finish and the usage (so that the record is
    written before the last bytes leave, and usage is passed on exactly once), and the parts of
    tool calls until `release_tools`. Events are forwarded byte for byte unless usage must be
    taken out of them.
    """

    __slots__ = (
        "_converter",
        "_finished",
        "_head",
        "_kept_text",
        "_tail",
        "_tools",
        "_usage_payload",
        "choices",
        "done",
        "finish_reason",
        "hold_tools",
        "limited",
        "logprobs",
        "mute_thoughts",
        "other_sent",
        "provider",
        "raw_usage",
        "reasoning_chars",
        "seam",
        "started",
        "template",
        "text",
        "thoughts_sent",
        "tool_call_ids",
        "tool_calls",
        "tools_sent",
        "visible",
    )

    def __init__(self, provider: str = "openai", *, hold_tools: bool = True) -> None:
        self.provider = provider
        self.hold_tools = hold_tools
        #: The request has a stop sequence or a limit of tokens.
        self.limited = False
        #: How many answers at a time it asks for.
        self.choices = 1
        #: What has been handed out for sending, as text of the first choice.
        self.text: list[str] = []
        self.reasoning_chars = 0
        #: Thoughts were handed out for sending, and whether any may be.
        self.thoughts_sent = self.mute_thoughts = False
        #: A token of any kind has come.
        self.started = False
        #: The answer has something in it that a user sees.
        self.visible = False
        self.tool_calls = False
        self.tool_call_ids: list[str] = []
        self.tools_sent = False
        self.finish_reason: str | None = None
        self.done = False
        #: Something was handed out that no other backend can go on with.
        self.other_sent = False
        self.logprobs: list[float] = []
        self.raw_usage: Any = None
        self._converter = ResponsesConverter()
        self._finished: set[int] = set()
        self._usage_payload: bytes | None = None
        self._kept_text: list[str] = []
        self._head: list[bytes] = []
        self._tools: list[bytes] = []
        self._tail: list[bytes] = []
        #: id, model and time of the message, which all its events share.
        self.template: dict[str, Any] = {}
        #: Set when this goes on with another backend's text: what the two share is taken out.
        self.seam: Seam | None = None

    def take(self, payload: bytes) -> tuple[bytes, ...] | list[bytes]:
        """Raises UpstreamError for an error that comes as an event, and for what is no chat at all."""
        try:
            return self._take_payload(payload)
        except (AttributeError, TypeError, LookupError, ValueError) as error:
            # A string where an object belongs, and the like: another backend may do better.
            raise UpstreamError(ErrorKind.SERVER_ERROR, NO_CHAT) from error

    def _take_payload(self, payload: bytes) -> tuple[bytes, ...] | list[bytes]:
        if payload == DONE:
            self.done = True
            return self._rest()
        try:
            chunk = json.loads(payload)
        except ValueError:
            # Half an event before a dropped connection; that the end is missing will be noticed.
            return _NOTHING
        if not isinstance(chunk, dict):
            return _NOTHING
        if "type" in chunk and is_responses_event(chunk):
            # That API has no several choices, whatever was asked for.
            self.choices = 1
            return [out for part in self._converter.convert(chunk) for out in self._take(part, dump(part))]
        return self._take(chunk, payload)

    def _take(self, chunk: dict[str, Any], payload: bytes) -> list[bytes]:
        if chunk.get("error"):
            raise classify_error(None, None, chunk)
        choices = chunk.get("choices")
        if chunk.get("usage"):
            payload = self._take_usage(chunk, payload, bool(choices))
        if not choices:
            return self._take_other(chunk, payload)
        if not self.template:
            self.template = {k: chunk[k] for k in ("id", "created", "model") if k in chunk}
        choice = choices[0]
        delta = choice.get("delta") or {}
        if self.mute_thoughts and any(key in delta for key in _REASONING):
            self._take_thoughts_out(delta)
            if not any(delta.values()) and not choice.get("finish_reason") and not choice.get("error"):
                return []
            payload = dump({key: value for key, value in chunk.items() if key != "usage"})
        if self.seam is not None:
            return self._take_continued(self.seam, chunk, choice, delta)
        return self._take_choice(choice, delta, payload)

    def _take_continued(
        self, seam: Seam, chunk: dict[str, Any], choice: dict[str, Any], delta: dict[str, Any]
    ) -> list[bytes]:
        """A piece of a continuation, as a piece of the message that it goes on with."""
        delta.pop("role", None)
        content = delta.get("content")
        text = seam.feed(content) if isinstance(content, str) and content else ""
        if content:
            self.started = True
            self.visible = self.visible or not str(content).isspace()
        if choice.get("finish_reason") and (self.provider != "ollama" or self.raw_usage):
            text += seam.flush()
        if isinstance(content, str) or text:
            delta["content"] = text
        choice["delta"] = delta
        if not any(delta.values()) and not choice.get("finish_reason") and not choice.get("error"):
            return []
        return self._take_choice(choice, delta, dump({**chunk, **self.template}))

    def _rest(self) -> list[bytes]:
        """What a seam still held when a continuation ended without saying so."""
        text = self.seam.flush() if self.seam is not None else ""
        if not text:
            return []
        self.text.append(text)
        return [self._event([{"index": 0, "delta": {"content": text}}])]

    def _take_choice(
        self, choice: Mapping[str, Any], delta: Mapping[str, Any], payload: bytes
    ) -> list[bytes]:
        if choice.get("error"):
            raise classify_error(None, None, choice)
        reason = choice.get("finish_reason")
        if reason == "error":
            raise UpstreamError(ErrorKind.SERVER_ERROR, "the provider ended the answer with an error")
        content = delta.get("content")
        calls = delta.get("tool_calls") or delta.get("function_call")
        if content or calls:
            self.started = True
            self.tool_calls = self.tool_calls or bool(calls)
            if calls:
                self.tool_call_ids += tool_call_ids_of(calls)
            if content and not self.visible:
                self.visible = not isinstance(content, str) or not content.isspace()
        elif any(delta.get(key) for key in _REASONING):
            self.started = self.thoughts_sent = True
            self._count_reasoning(delta)
        elif any(delta.get(key) for key in _CONTENT):
            self.started = self.visible = True
        text = content if isinstance(content, str) and not choice.get("index") else ""
        if reason:
            self.finish_reason = reason
            self._finished.add(choice.get("index") or 0)
        if choice.get("logprobs"):
            self.logprobs += logprobs_of(choice)
        if self.hold_tools and (calls or self._tools):
            return self._keep(self._tools, payload, text)
        if reason:
            return self._keep(self._tail, payload, text)
        if not self.started:
            return self._keep(self._head, payload, text)
        if calls:
            self.tools_sent = True
        if text:
            self.text.append(text)
        elif not calls and not any(delta.get(key) for key in _REASONING):
            self.other_sent = self.other_sent or bool(content) or any(delta.get(k) for k in _CONTENT)
        return self._with_head(event(payload))

    def _keep(self, where: list[bytes], payload: bytes, text: str) -> list[bytes]:
        where.append(event(payload))
        if text:
            self._kept_text.append(text)
        return []

    def _with_head(self, sse: bytes) -> list[bytes]:
        """This event, behind whatever was kept back and turns out not to have been the end."""
        if not self._head and not self._tail:
            return [sse]
        out = [*self._head]
        if self.provider != "ollama":
            out += self._tail
        # Open WebUI ends every empty piece of Ollama's with a "stop" that means nothing.
        self.finish_reason = None
        self._head.clear()
        self._tail.clear()
        return [*out, sse]

    def _take_other(self, chunk: Mapping[str, Any], payload: bytes) -> list[bytes]:
        if chunk.get("usage") or "selected_model_id" in chunk:
            return []
        if self.started and not self._tail and not self._tools:
            return [event(payload)]
        (self._tail or self._tools or self._head).append(event(payload))
        return []

    def _take_usage(self, chunk: dict[str, Any], payload: bytes, has_choices: bool) -> bytes:
        """Remember the newest usage; where it rides on a piece of the answer, take it off."""
        self.raw_usage = chunk["usage"]
        if not has_choices:
            self._usage_payload = payload
            return payload
        self._usage_payload = None
        return dump({k: v for k, v in chunk.items() if k != "usage"})

    def _take_thoughts_out(self, delta: dict[str, Any]) -> None:
        """They are paid for and show that the backend is at work."""
        self.started = self.started or any(delta.get(key) for key in _REASONING)
        self._count_reasoning(delta)
        for key in ("role", *_REASONING):
            delta.pop(key, None)

    def _count_reasoning(self, delta: Mapping[str, Any]) -> None:
        for key in _REASONING[:3]:
            value = delta.get(key)
            if isinstance(value, str):
                self.reasoning_chars += len(value)
                return

    def release_tools(self) -> list[bytes]:
        """The tool calls so far, to be sent; from here on they pass through."""
        self.hold_tools = False
        if not self._tools:
            return []
        self.tools_sent = True
        out = [*self._head, *self._tools]
        self._head.clear()
        self._tools.clear()
        self._hand_out_kept_text()
        return out

    def _hand_out_kept_text(self) -> None:
        self.text += self._kept_text
        self._kept_text.clear()

    def check_complete(self) -> None:
        """After the last byte. Raises UpstreamError when this was no complete answer."""
        if self.provider == "ollama" and self.raw_usage is None:
            # Ollama always counts; Open WebUI turns its error line into an empty "stop" without usage.
            kind = ErrorKind.MID_STREAM if self.visible else ErrorKind.SERVER_ERROR
            raise UpstreamError(kind, "Ollama broke off with an error, which Open WebUI does not pass on")
        if not self.tool_calls and not self.visible:
            if self.finish_reason == "content_filter":
                raise UpstreamError(
                    ErrorKind.CONTENT_FILTER, "the provider's content filter stopped the answer"
                )
            message = "the stream ended without an answer"
            if self.reasoning_chars and self.finish_reason == "length":
                message = "all tokens went into thinking, none into an answer"
            raise empty_answer(self.limited, self.finish_reason, self.usage, message)
        if not self.done and not self._all_finished:
            raise UpstreamError(ErrorKind.MID_STREAM, "the stream ended in the middle of the answer")

    def ending(self, *, usage: bool = True) -> list[bytes]:
        """The finish and, when wanted, the usage: sent last. Call `release_tools` before."""
        out = [*self._head, *self._tail]
        self._head.clear()
        self._tail.clear()
        self._hand_out_kept_text()
        if self.finish_reason is None:
            self.finish_reason = "tool_calls" if self.tool_calls else "stop"
            out.append(self._event([{"index": 0, "delta": {}, "finish_reason": self.finish_reason}]))
        if not usage:
            return out
        if self._usage_payload is not None:
            out.append(event(self._usage_payload))
        elif self.raw_usage:
            out.append(self._event([], usage=self.raw_usage))
        return out

    def _event(self, choices: list[dict[str, Any]], **more: Any) -> bytes:
        return json_event({**self.template, "object": "chat.completion.chunk", "choices": choices, **more})

    def judged(self, *, complete: bool) -> Judged:
        """The answer as it is scored."""
        text = "".join((*self.text, *self._kept_text))
        return Judged(text, complete, self.finish_reason if complete else None, self.logprobs)

    @property
    def said_all(self) -> bool:
        """The end of the answer was announced: what breaks after that takes nothing away."""
        return self.done or (self._all_finished and self.provider != "ollama")

    @property
    def _all_finished(self) -> bool:
        return self.finish_reason is not None and (self.choices == 1 or len(self._finished) >= self.choices)

    @property
    def usage(self) -> Usage | None:
        return read_usage(self.raw_usage)

    @property
    def runs_code(self) -> bool:
        """Open WebUI will run code from this text and call again, as after tool calls."""
        return any("<" in part for part in self.text) and _CODE_INTERPRETER in "".join(self.text)
