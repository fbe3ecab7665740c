"""The beginning of an answer, kept back until it is clear that it is good enough to be shown."""

from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass(slots=True)
class Head:
    """Keeps events until `hold_s` after the first word, or until `chars` of text have come.

    `until` is that moment in the event loop's time. Thoughts before the first word are not kept.
    """

    hold_s: float = math.inf
    chars: float = math.inf
    until: float = math.inf
    begun: bool = False
    events: list[bytes] = field(default_factory=list)

    def keeps(self, spoke: bool, now: float) -> bool:
        """Whether what was just read is kept; `spoke`: something of the answer itself has come."""
        if spoke and not self.begun:
            self.begun = True
            self.until = now + self.hold_s
        return self.begun

    def is_over(self, now: float, chars: int) -> bool:
        return now >= self.until or chars >= self.chars

    @property
    def deadline(self) -> float | None:
        """When a reader must stop waiting for more; None when only the end of the answer ends it."""
        return None if math.isinf(self.until) else self.until
