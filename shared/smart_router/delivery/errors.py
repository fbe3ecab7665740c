"""What a provider's error means: one kind out of status, headers and whatever the body says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from ..errors import ErrorKind, UpstreamError
from ..log import redact
from ..signals.excerpt import head_and_tail

_CONTEXT = re.compile(
    r"context[ _](length|window|size)|maximum context|prompt is too long|input is too long"
    r"|too many (input )?tokens|exceeds? the (maximum|available) (number of )?(context|tokens|input)"
    r"|reduce the length|input token count .* exceeds|longer than the model",
    re.IGNORECASE,
)
_FILTER = re.compile(
    r"content[ _](filter|policy|management)|responsibleai|moderation|flagged|safety (system|settings)",
    re.IGNORECASE,
)
_NO_MODEL = re.compile(
    r"model .{0,200}(not found|does not exist|not exist|is not available)|no such model|unknown model"
    r"|invalid model",
    re.IGNORECASE,
)
_OVERLOADED = re.compile(r"overloaded|at capacity|too busy|temporarily unavailable", re.IGNORECASE)
_RATE = re.compile(r"rate[ _-]?limit|too many requests|quota exceeded", re.IGNORECASE)
_CONNECTION = re.compile(
    r"server connection error|cannot connect|connection (refused|reset|closed|error)|could not connect"
    r"|name or service not known|timed? ?out|server disconnected|payload is not completed",
    re.IGNORECASE,
)
_PARAMETER = (
    re.compile(r"does not support (?:parameters?:? ?)?(?:the )?['\"`\[]+(?P<name>[\w.]+)", re.IGNORECASE),
    re.compile(
        r"(?:unsupported|unknown|unrecognized|unexpected|invalid|extra)"
        r" (?:request )?(?:arguments?|parameters?|fields?|values?|inputs?)(?: supplied)?:? ?"
        r"['\"`\[]+(?P<name>[\w.]+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"['\"`](?P<name>[\w.]+)['\"`]\]? (?:parameter )?(?:is|are|does) (?:not|n't|deprecated)",
        re.IGNORECASE,
    ),
    re.compile(r"arguments? supplied: (?P<name>\w+)", re.IGNORECASE),
    re.compile(r"does not support (?P<name>tools|temperature|top_p|logprobs|images?)\b", re.IGNORECASE),
    re.compile(
        r"\b(?P<name>max_tokens|max_completion_tokens|temperature|top_p|top_k|n|seed|logprobs)\b"
        r"(?: is too large| must be| should be|: )",
        re.IGNORECASE,
    ),
)
_TRY_AGAIN = re.compile(
    r"(?:try again|retry) (?:in|after) (?:(\d+)m(?!s))?\s*(?:(\d+(?:\.\d+)?)\s*(ms|s))?", re.IGNORECASE
)
#: What Open WebUI's own checks say when the user may not use the model, or it is not there.
_OWN_CHECK = re.compile(r"^(model not found|model '.*' was not found)\.?$", re.IGNORECASE)

_BY_WORD = {
    "rate_limit_error": ErrorKind.RATE_LIMITED,
    "rate_limit_exceeded": ErrorKind.RATE_LIMITED,
    "insufficient_quota": ErrorKind.AUTH,
    "authentication_error": ErrorKind.AUTH,
    "invalid_api_key": ErrorKind.AUTH,
    "permission_error": ErrorKind.AUTH,
    "billing_error": ErrorKind.AUTH,
    "not_found_error": ErrorKind.NOT_FOUND,
    "model_not_found": ErrorKind.NOT_FOUND,
    "overloaded_error": ErrorKind.OVERLOADED,
    "timeout_error": ErrorKind.OVERLOADED,
    "context_length_exceeded": ErrorKind.CONTEXT_TOO_LONG,
    "exceed_context_size_error": ErrorKind.CONTEXT_TOO_LONG,
    "string_above_max_length": ErrorKind.CONTEXT_TOO_LONG,
    "content_filter": ErrorKind.CONTENT_FILTER,
    "content_policy_violation": ErrorKind.CONTENT_FILTER,
}
_KEPT = 500
#: So many characters of an error are read, at its beginning and at its end.
_READ = 3000
_READ_END = 1000


def classify_error(
    status: int | None,
    headers: Mapping[str, str] | None = None,
    body: Any = None,
    *,
    now: float | None = None,
) -> UpstreamError:
    """The UpstreamError for an HTTP error, or for an error that came as a success (status None).

    `body` is whatever there is: parsed JSON, text, bytes or None. `now` (epoch seconds) is needed
    only for a Retry-After that is a date. Secrets that providers like to quote are masked.
    """
    body = _parsed(body)
    error = _error_object(body)
    said = _message(error, body) or (f"HTTP {status}" if status else "an error without a message")
    # Some providers send the whole prompt back in it: what is searched must not grow with that.
    message = head_and_tail(said, _READ, _READ_END)
    words = {
        str(error.get(key)).lower()
        for key in ("code", "type", "status")
        if isinstance(error.get(key), (str, int))
    }
    effective = status if status is not None and status >= 400 else _status_in(error)
    parameter = _parameter(error, body, message)
    kind = _kind(effective, words, message, parameter)
    return UpstreamError(
        kind,
        redact(message)[:_KEPT],
        status=status if status is not None else effective,
        retry_after_s=_retry_after(headers or {}, message, now),
        parameter=parameter if kind is ErrorKind.BAD_PARAMETER else None,
        body=body,
    )


def classify_exception(error: BaseException, *, now: float | None = None) -> UpstreamError:
    """The UpstreamError for what a call raised.

    Anything with a `status_code` and a `detail` (Starlette's HTTPException) is read as an HTTP
    error; the rest is a connection that failed.
    """
    if isinstance(error, UpstreamError):
        return error
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        headers = getattr(error, "headers", None)
        return classify_error(status, headers, getattr(error, "detail", None), now=now)
    text = str(error) or type(error).__name__
    kind = ErrorKind.NOT_FOUND if _OWN_CHECK.match(text) else ErrorKind.CONNECTION
    return UpstreamError(kind, redact(text)[:_KEPT])


def refused_by_open_webui(error: UpstreamError) -> bool:
    """Open WebUI itself turned the user away: it says nothing about the backend's health."""
    return error.kind is ErrorKind.NOT_FOUND and bool(_OWN_CHECK.match(error.message))


def _kind(status: int | None, words: set[str], message: str, parameter: str | None) -> ErrorKind:
    if _OWN_CHECK.match(message):
        return ErrorKind.NOT_FOUND
    for word in words:
        if word in _BY_WORD:
            return _BY_WORD[word]
    if status == 429:
        return ErrorKind.RATE_LIMITED
    if _CONTEXT.search(message):
        return ErrorKind.CONTEXT_TOO_LONG
    if _FILTER.search(message):
        return ErrorKind.CONTENT_FILTER
    if status in (401, 402, 403):
        return ErrorKind.AUTH
    if status == 413:
        return ErrorKind.CONTEXT_TOO_LONG
    if status is None or status >= 500:
        return _server_kind(status, message)
    if _NO_MODEL.search(message) or status == 404:
        return ErrorKind.NOT_FOUND
    if status in (408, 409, 425):
        return ErrorKind.OVERLOADED
    if parameter is not None:
        return ErrorKind.BAD_PARAMETER
    return ErrorKind.BAD_REQUEST


def _server_kind(status: int | None, message: str) -> ErrorKind:
    if status in (503, 504, 524, 529) or _OVERLOADED.search(message):
        return ErrorKind.OVERLOADED
    if _RATE.search(message):
        return ErrorKind.RATE_LIMITED
    if _CONNECTION.search(message):
        return ErrorKind.CONNECTION
    return ErrorKind.SERVER_ERROR


def _parsed(body: Any) -> Any:
    if isinstance(body, (bytes, bytearray)):
        body = bytes(body).decode("utf-8", "replace")
    if isinstance(body, str):
        try:
            return json.loads(body)
        except ValueError:
            return body.strip()
    return body


def _error_object(body: Any) -> Mapping[str, Any]:
    """The innermost mapping that describes the error; providers nest it under error or detail."""
    for _ in range(4):
        if isinstance(body, list) and len(body) == 1:
            body = body[0]
        if not isinstance(body, Mapping):
            return {}
        inner = next((body[k] for k in ("error", "detail") if isinstance(body.get(k), (Mapping, list))), None)
        if inner is None or (isinstance(inner, list) and len(inner) != 1):
            return body
        body = inner
    return body if isinstance(body, Mapping) else {}


def _message(error: Mapping[str, Any], body: Any) -> str:
    for key in ("message", "msg", "error", "detail", "error_description", "title"):
        value = error.get(key)
        if isinstance(value, str) and value:
            return value
    if isinstance(body, str):
        return body
    return json.dumps(body, default=str, ensure_ascii=False) if body else ""


def _status_in(error: Mapping[str, Any]) -> int | None:
    for key in ("code", "status", "status_code"):
        value = error.get(key)
        if isinstance(value, str) and value.isdigit():
            value = int(value)
        if isinstance(value, int) and 400 <= value < 600:
            return value
    return None


def _parameter(error: Mapping[str, Any], body: Any, message: str) -> str | None:
    """The body key that the provider complains about, None when it names none."""
    named = error.get("param")
    candidates = [named] if isinstance(named, str) and named else list(_locations(body))
    if not candidates:
        candidates = [found.group("name") for p in _PARAMETER if (found := p.search(message))]
    names = [_top_level(name) for name in candidates]
    return next((name for name in names if name not in _NO_PARAMETERS), None)


#: Without these there is no request.
_NO_PARAMETERS = frozenset({"messages", "model", "input", "prompt", "stream"})


def _locations(body: Any) -> Iterator[str]:
    """FastAPI's validation errors: {"detail": [{"loc": ["body", "top_k"], …}]}."""
    details = body.get("detail") if isinstance(body, Mapping) else None
    for item in details if isinstance(details, list) else ():
        place = item.get("loc") if isinstance(item, Mapping) else None
        if isinstance(place, list) and len(place) > 1 and place[0] == "body" and isinstance(place[1], str):
            yield place[1]


def _top_level(name: str) -> str:
    return re.split(r"[.\[]", name, maxsplit=1)[0]


def _retry_after(headers: Mapping[str, str], message: str, now: float | None) -> float | None:
    lowered = {str(k).lower(): str(v) for k, v in headers.items()}
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        value = lowered.get(name)
        if value is None:
            continue
        try:
            return max(0.0, float(value) * scale)
        except ValueError:
            pass
        try:
            at = parsedate_to_datetime(value).timestamp()
        except (TypeError, ValueError):
            continue
        if now is not None:
            return max(0.0, at - now)
    found = _TRY_AGAIN.search(message)
    if found and (found.group(1) or found.group(2)):
        seconds = float(found.group(2) or 0) * (0.001 if found.group(3) == "ms" else 1.0)
        return int(found.group(1) or 0) * 60 + seconds
    return None
