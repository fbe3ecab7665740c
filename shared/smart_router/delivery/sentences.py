"""What the user reads when there is no answer: one sentence, without a provider's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..errors import ErrorKind

_TROUBLE = {
    ErrorKind.RATE_LIMITED: "is over its rate limit",
    ErrorKind.AUTH: "refused our key",
    ErrorKind.NOT_FOUND: "is not available",
    ErrorKind.CONTEXT_TOO_LONG: "cannot read a conversation this long",
    ErrorKind.CONTENT_FILTER: "declined this content",
    ErrorKind.BAD_REQUEST: "did not accept the request",
    ErrorKind.BAD_PARAMETER: "did not accept the request",
    ErrorKind.OVERLOADED: "is overloaded",
    ErrorKind.SERVER_ERROR: "had an internal error",
    ErrorKind.TIMEOUT_FIRST_TOKEN: "did not start to answer in time",
    ErrorKind.TIMEOUT_IDLE: "stopped in the middle of its answer",
    ErrorKind.CONNECTION: "cannot be reached",
    ErrorKind.MID_STREAM: "broke off in the middle of its answer",
    ErrorKind.EMPTY_ANSWER: "gave an empty answer",
    ErrorKind.CANCELLED: "was stopped",
}
#: The HTTP status that says the same to a program.
STATUS = {
    ErrorKind.RATE_LIMITED: 429,
    ErrorKind.CONTEXT_TOO_LONG: 400,
    ErrorKind.CONTENT_FILTER: 400,
    ErrorKind.BAD_REQUEST: 400,
    ErrorKind.BAD_PARAMETER: 400,
    ErrorKind.TIMEOUT_FIRST_TOKEN: 504,
    ErrorKind.TIMEOUT_IDLE: 504,
    ErrorKind.CANCELLED: 499,
}
_SHOWN = 3
INTERNAL = "Smart had an internal error. Please try again; an administrator finds it in the log."
BROKEN_OFF = "The answer broke off: {trouble}. What you see is incomplete; regenerate it to try again."


def status_of(kind: ErrorKind | None) -> int:
    return 503 if kind is None else STATUS.get(kind, 502)


def failure_sentence(failures: Iterable[tuple[str, ErrorKind]], names: Mapping[str, str]) -> str:
    """For a request that nobody answered: `failures` are (backend, kind) of each attempt in order."""
    last = dict(failures)
    if not last:
        return "No model can take this request right now: each has just failed or is busy. Try again soon."
    kinds = set(last.values())
    if kinds == {ErrorKind.CONTEXT_TOO_LONG}:
        return "This conversation is too long for every model here: shorten it or start a new chat."
    if ErrorKind.CONTENT_FILTER in kinds:
        backend = next(b for b, kind in last.items() if kind is ErrorKind.CONTENT_FILTER)
        return f"{names.get(backend, backend)} declined this request because of its content rules."
    parts = [f"{names.get(b, b)} {_TROUBLE[kind]}" for b, kind in list(last.items())[:_SHOWN]]
    if len(last) > _SHOWN:
        parts.append(f"{len(last) - _SHOWN} more failed too")
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}, and {parts[-1]}"
    advice = (
        "ask an administrator" if kinds <= {ErrorKind.AUTH, ErrorKind.NOT_FOUND} else "try again in a moment"
    )
    return f"No model could answer: {listed}. Please {advice}."


def broken_sentence(backend: str, kind: ErrorKind, names: Mapping[str, str]) -> str:
    """For an answer of which a part is already on the screen."""
    trouble = _TROUBLE[ErrorKind.MID_STREAM if kind is ErrorKind.CONNECTION else kind]
    return BROKEN_OFF.format(trouble=f"{names.get(backend, backend)} {trouble}")
