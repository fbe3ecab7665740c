"""Every error this project raises.

SmartRouterError
├── InvalidRequest       the caller's body cannot be used (400)
├── Refused              policy found nothing it may use; its text is for the user
├── UpstreamError        one call to one backend failed; carries an ErrorKind
├── RegistryError        a registry that does not validate; carries the issues with their lines
├── StoreError           our tables cannot be used
└── HostError            Open WebUI is not what we know, or answers something we cannot use
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class ErrorKind(StrEnum):
    """Why a call failed. One taxonomy for log, metrics, page and user text."""

    RATE_LIMITED = "rate_limited"
    AUTH = "auth"
    NOT_FOUND = "not_found"
    CONTEXT_TOO_LONG = "context_too_long"
    CONTENT_FILTER = "content_filter"
    BAD_REQUEST = "bad_request"
    BAD_PARAMETER = "bad_parameter"
    OVERLOADED = "overloaded"
    SERVER_ERROR = "server_error"
    TIMEOUT_FIRST_TOKEN = "timeout_first_token"
    TIMEOUT_IDLE = "timeout_idle"
    CONNECTION = "connection"
    MID_STREAM = "mid_stream"
    EMPTY_ANSWER = "empty_answer"
    CANCELLED = "cancelled"


class SmartRouterError(Exception):
    """The root: `except SmartRouterError` catches what we raise and nothing else."""


class InvalidRequest(SmartRouterError):
    """The caller's body cannot be used; the message says which key and what was expected."""


class Refused(SmartRouterError):
    """No backend may take this request. The message is one sentence for the user."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class UpstreamError(SmartRouterError):
    """One call to one backend failed.

    `status` is the HTTP status where there was one, `retry_after_s` the provider's own wish in
    seconds, `parameter` the body key that a 400 complained about. `callers_own`: the request itself
    asked for what went wrong, which says nothing about the backend.
    """

    def __init__(
        self,
        kind: ErrorKind,
        message: str,
        *,
        status: int | None = None,
        retry_after_s: float | None = None,
        parameter: str | None = None,
        body: Any = None,
        callers_own: bool = False,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.status = status
        self.retry_after_s = retry_after_s
        self.parameter = parameter
        self.body = body
        self.callers_own = callers_own


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong with a registry: where (1-based line and column, dotted key) and what was expected."""

    line: int
    column: int
    key: str
    message: str


class RegistryError(SmartRouterError):
    """The registry text does not validate."""

    def __init__(self, issues: list[Issue]) -> None:
        super().__init__("; ".join(f"line {i.line}: {i.key}: {i.message}" for i in issues))
        self.issues = issues


class StoreError(SmartRouterError):
    """Our tables cannot be opened, migrated or written."""


class HostError(SmartRouterError):
    """Open WebUI lacks something we use; the message names it and the version."""
