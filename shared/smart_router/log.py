"""Our lines in Open WebUI's log: which request they are about, and no secrets in them.

Open WebUI takes every line of Python's logging and writes it as its operator wants it (text, or JSON
with LOG_FORMAT=json). Ours pass through here first. A line that was written while a request was
answered ends in ` [request ID]`, the id of its record on the page.
"""

from __future__ import annotations

import copy
import logging
import re
import traceback
import uuid
from contextvars import ContextVar

#: The name that our lines are known by. In a carrier the modules, and loggers named for them, have another.
NAME = "smart_router"
_PACKAGE = __name__.rpartition(".")[0]

_HIDDEN = "[masked]"
_SECRETS = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        # Whatever an address has between its scheme and its host.
        (r"(?<=://)[^\s/@:]*:[^\s/@]+(?=@)", _HIDDEN),
        (r"\b(bearer)\s+[\w.~+/-]{3,}=*", rf"\1 {_HIDDEN}"),
        (r"\b(basic)\s+[\w.~+/-]{8,}=*", rf"\1 {_HIDDEN}"),
        # JSON web tokens, which is what Open WebUI's sessions are.
        (r"\beyJ[\w-]{8,}\.[\w-]{8,}(\.[\w-]*)?", _HIDDEN),
        # Keys by what their issuers begin them with.
        # Some providers quote them half hidden, with asterisks.
        (r"\b(sk|pk|rk|key|gsk|xai|hf|ghp|gho|ghs|github_pat|glpat|xoxb|xoxp)[-_][\w*-]{8,}", _HIDDEN),
        (r"\b(AKIA|ASIA|AIza)[\w-]{12,}", _HIDDEN),
        # Values by their names: in JSON, in a query, in Python's own way of showing a mapping.
        (
            r"""\b((?:x-)?api[-_]?key|(?:access|refresh|session|id)[-_]?token|client[-_]?secret|secret"""
            r"""|passw(?:or)?d|passphrase|authorization)(["']?\s*[:=]\s*["']?)(?!\[masked)[^\s"'&,;)}\]]+""",
            rf"\1\2{_HIDDEN}",
        ),
        (r"([?&](?:key|token|sig|signature)=)[^\s&#\"']+", rf"\1{_HIDDEN}"),
    )
)

_request: ContextVar[str | None] = ContextVar("smart_router_request", default=None)


def begin_request() -> str:
    """The id of a new request; what is logged from here on, in this task and those it starts, is about it."""
    id = str(uuid.uuid4())
    _request.set(id)
    return id


def redact(text: str) -> str:
    """The text without keys, tokens and passwords, as far as they can be told by their looks or names."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


def configure(level: str) -> None:
    """Send our lines of this level and above to Open WebUI's log, through here. May be called again."""
    for name in {NAME, _PACKAGE}:
        logger = logging.getLogger(name)
        logger.setLevel(level)
        for handler in list(logger.handlers):
            # Also one of an older copy of the library.
            if handler.get_name() == NAME:
                logger.removeHandler(handler)
        logger.addHandler(_ToOpenWebUI())
        logger.propagate = False


class _ToOpenWebUI(logging.Handler):
    """Hands each line on to the handlers that everybody's lines go to."""

    def __init__(self) -> None:
        super().__init__()
        self.set_name(NAME)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            clean = _clean(record)
        except Exception:
            self.handleError(record)
        else:
            logging.getLogger().callHandlers(clean)


def _clean(record: logging.LogRecord) -> logging.LogRecord:
    text, request = redact(record.getMessage()), _request.get()
    if request is not None:
        text = f"{text} [request {request}]"
    clean = copy.copy(record)
    clean.args = ()
    if record.exc_info and record.exc_info[0] is not None:
        trace = "".join(traceback.format_exception(*record.exc_info))
        safe = redact(trace)
        if safe != trace:
            # Whoever writes it would make the text anew from the exception, which keeps its words.
            text, clean.exc_info, clean.exc_text = f"{text}\n{safe.rstrip()}", None, None
    clean.msg = text
    return clean
