"""What can go wrong on the command line, and the exit status of each.

SmartRouterError
└── CommandError             1  the command failed; the message is for the person who typed it
    ├── UsageError           2  an option is missing or makes no sense
    ├── Unreachable          3  no Open WebUI answers at that address
    ├── NotSignedIn          4  no token, or one that Open WebUI does not take (401)
    ├── NotAllowed           5  the account is no administrator (403)
    ├── ApiError             1  Open WebUI or our own API answered with an error; carries its status
    └── BundleError          1  the tree cannot be bundled; names the file and the reason

Two more are no errors: `status` and `dashboard --once` end with them when they could look, and what
they saw is not well.
    DEGRADED                 6  it works, but something is wrong: see the warnings and breakers
    FAILING                  7  no backend can answer
"""

from __future__ import annotations

from typing import ClassVar

from ..errors import SmartRouterError

DEGRADED = 6
FAILING = 7


class CommandError(SmartRouterError):
    """The command failed. The message says what was wrong and what to do."""

    exit_code: ClassVar[int] = 1


class UsageError(CommandError):
    """An option is missing or makes no sense."""

    exit_code = 2


class Unreachable(CommandError):
    """No Open WebUI answers at that address."""

    exit_code = 3


class NotSignedIn(CommandError):
    """No token, or one that Open WebUI does not take."""

    exit_code = 4


class NotAllowed(CommandError):
    """The account is known but is no administrator."""

    exit_code = 5


class ApiError(CommandError):
    """Open WebUI, or our own API in it, answered with an error.

    `status` is the HTTP status, `detail` what the answer said of the cause.
    """

    def __init__(self, message: str, *, status: int, detail: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.detail = detail


class BundleError(CommandError):
    """The tree cannot be bundled; the message names the file and the reason."""
