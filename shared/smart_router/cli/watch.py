"""Looking again and again, until Ctrl-C."""

from __future__ import annotations

import time
from collections.abc import Callable

from rich.console import Group, RenderableType
from rich.live import Live
from rich.text import Text

from .errors import ApiError, CommandError, Unreachable
from .output import Output, View

#: What may pass by itself: a server that starts anew, a database that comes back.
_FIRST_SERVER_ERROR = 500


def watch(
    look: Callable[[], View],
    output: Output,
    every_s: float,
    *,
    full_screen: bool = False,
    pause: Callable[[float], None] = time.sleep,
) -> int:
    """Show each look in place of the one before; the last one's exit status.

    A program gets a line of JSON per look, `{"error": …}` for one that failed. A server that is
    away for a while ends nothing; a token that it does not take does.
    """
    status = 0
    screen = not output.as_json and output.console.is_terminal
    # Elsewhere than on a screen the looks follow each other as they come.
    place = (
        Live(console=output.console, screen=full_screen, auto_refresh=False) if screen else _Printed(output)
    )
    with place as live:
        last: RenderableType | None = None
        try:
            while True:
                try:
                    view = look()
                except (Unreachable, ApiError) as error:
                    status = _passing(error).exit_code
                    output.item({"error": str(error)})
                    live.update(_with_notice(last, str(error)), refresh=True)
                else:
                    last, status = view.shown, view.status
                    output.item(view.value)
                    live.update(view.shown, refresh=True)
                pause(every_s)
        except KeyboardInterrupt:
            return status


def _passing(error: CommandError) -> CommandError:
    """The error, or out with it where waiting does not help."""
    if isinstance(error, ApiError) and error.status < _FIRST_SERVER_ERROR:
        raise error
    return error


def _with_notice(last: RenderableType | None, why: str) -> RenderableType:
    notice = Text(f"{time.strftime('%H:%M:%S')}  {why}; looking again", style="red")
    return notice if last is None else Group(notice, last)


class _Printed:
    """Stands in for Live where there is no screen to paint on."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def __enter__(self) -> _Printed:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def update(self, what: RenderableType, *, refresh: bool) -> None:
        self._output.show(what)
