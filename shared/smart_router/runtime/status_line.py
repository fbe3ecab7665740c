"""The line above an answer: which model gave it, and why."""

from __future__ import annotations

from collections.abc import Callable

from ..delivery import Attempt
from ..errors import ErrorKind
from ..policy import Decision
from ..registry.types import Catalog
from ..request import ChatRequest
from .settings import Settings

#: In the status line of an answer to a sensitive chat that a hosted backend gave.
NOT_LOCAL = "sensitive, yet not local"
#: Where local ones were wanted: by the user's switch, or else (what the chat holds, a group, a rule).
LOCAL_ONLY, KEPT_LOCAL = "local only", "kept local"
#: Error kinds of an answer that had begun.
_BROKEN = frozenset({ErrorKind.MID_STREAM, ErrorKind.TIMEOUT_IDLE})


def status_line(
    decision: Decision, catalog: Catalog, settings: Settings, chat: ChatRequest
) -> Callable[[str, tuple[Attempt, ...]], str | None]:
    """Gives the text for the backend that answers, after those that failed; None when nobody wants one."""
    wanted = settings.status_line and chat.preferences.show_status is not False and chat.task is None

    def text(backend: str, failed: tuple[Attempt, ...]) -> str | None:
        if not wanted:
            return None
        name = catalog.backends[backend].name
        if place := _place(decision, chat, local=catalog.backends[backend].local):
            name = f"{name} · {place}"
        before = [attempt for attempt in failed if attempt.purpose != "judge"]
        if before:
            last = before[-1]
            other = catalog.backends[last.backend].name
            # What it had already said stays; the next one goes on from there.
            broke = last.first_token_ms is not None and last.error_kind in _BROKEN
            what = f"goes on where {other} broke off" if broke else f"{other} did not answer"
            if last.error_kind is None:
                what = f"the answer of {other} was weak"
            # Why the first one was chosen does not say why this one answers.
            return f"{name} · {what} · {decision.note.rpartition(' · ')[0]}"
        return f"{name} · {decision.note}"

    return text


def _place(decision: Decision, chat: ChatRequest, *, local: bool) -> str | None:
    """What the user should know of where the chat is read."""
    if chat.local_only:
        return LOCAL_ONLY
    if decision.private:
        # A hosted backend may read it as long as local ones are merely preferred.
        return KEPT_LOCAL if local else NOT_LOCAL
    return None
