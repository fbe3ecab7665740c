"""How much of a text is code, told by fences and by the look of its lines."""

from __future__ import annotations

import re

from ..lazily import lazily
from .excerpt import head_and_tail

_FENCE = lazily(r"```[^\n`]*\n?([\s\S]*?)(?:```|\Z)")

#: Lines that prose does not have: statements, braces, prompts of a shell, frames of a trace.
_CODE_LINE = lazily(
    r"^\s*(?:"
    r"(?:def|class|import|from|return|async|await|const|let|var|function|fn|func|public|private|protected|static|struct|enum|impl|package|using|namespace|#include|#define|try|except|catch|elif|else:|end|begin|require|export|module|interface|type|template|void|int|float|double|char|bool|string|echo|sudo|cd|git|docker|kubectl|npm|pip|curl|apt)\b[^.?!]{0,200}[;{}():=]"
    r"|[\w.\[\]\"'>-]{1,60}\s*(?:=|\+=|-=|:=|=>|->|==)\s*\S"
    r"|[\w.:]{1,80}\([^\n]{0,200}\)\s*[;{]?\s*$"
    r"|[{}\[\]();,]{1,8}\s*$"
    r"|(?:select|insert|update|delete|create|alter|drop|with)\b[^\n]{0,200}\b(?:from|into|table|set|where|as|values)\b"
    r"|(?:at |File \"|Traceback|Caused by|Exception in|goroutine )\S"
    r"|</?[a-z][\w-]{0,30}(?:\s[^<>\n]{0,200})?>"
    r"|[$#>]\s\S+"
    r"|//|/\*|\*/|<!--|--\s"
    r")",
    re.IGNORECASE,
)


def code_share(text: str) -> float:
    """The share of the text's characters that is code, 0…1. Long texts are judged by head and tail."""
    text = head_and_tail(text, 6000, 3000)
    if not text:
        return 0.0
    fenced = sum(len(match[1]) for match in _FENCE.finditer(text)) if "```" in text else 0
    rest = _FENCE.sub("\n", text) if fenced else text
    plain = _code_in_lines(rest.split("\n")) if "\n" in rest or ";" in rest else 0
    return min(1.0, (fenced + plain) / len(text))


def _code_in_lines(lines: list[str]) -> int:
    """Characters of the lines that look like code, and of the indented ones below them."""
    total = 0
    inside = False
    for line in lines[:200]:
        if _CODE_LINE.match(line[:300]):
            inside = True
        elif not (inside and line[:2] in ("  ", "\t", "")) and line[:1] != "\t":
            inside = False
        total += (len(line) + 1) * inside
    return total


def without_fences(text: str) -> str:
    """The prose around fenced code."""
    return _FENCE.sub("\n", text) if "```" in text else text
