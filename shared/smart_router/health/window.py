"""Recent calls of one backend: error rate, slow calls, and latency that forgets."""

from __future__ import annotations

from collections import deque

_KEPT = 500


class Window:
    """Calls of the last `window_s` seconds, the newest few hundred at most."""

    def __init__(self) -> None:
        self._calls: deque[tuple[float, bool, bool]] = deque(maxlen=_KEPT)

    def add(self, now: float, *, failed: bool, slow: bool = False) -> None:
        self._calls.append((now, failed, slow))

    def rates(self, now: float, window_s: float) -> tuple[int, float | None, float | None]:
        """How many calls, and which share failed and was slow; None without any."""
        calls = self._calls
        # What lies ahead is from before the clock was set back.
        while calls and not now - window_s < calls[0][0] <= now:
            calls.popleft()
        if not calls:
            return 0, None, None
        failed = sum(1 for _, f, _ in calls if f)
        slow = sum(1 for _, _, s in calls if s)
        return len(calls), failed / len(calls), slow / len(calls)

    def clear(self) -> None:
        self._calls.clear()


class FadingMean:
    """A mean in which a value counts half as much for every half-life that has passed since."""

    def __init__(self, half_life_s: float) -> None:
        self._half_life_s = half_life_s
        self._sum = 0.0
        self._weight = 0.0
        self._at = 0.0

    def add(self, now: float, value: float) -> None:
        fade = self._fade(now)
        self._sum = self._sum * fade + value
        self._weight = self._weight * fade + 1.0
        self._at = now

    def at(self, now: float) -> float | None:
        """The mean, or None when all that was seen has faded (below a twentieth of one value)."""
        if self._weight * self._fade(now) < 0.05:
            return None
        return self._sum / self._weight

    def _fade(self, now: float) -> float:
        # What lies ahead is from before the clock was set back: it fades from now on.
        self._at = min(self._at, now)
        return float(0.5 ** ((now - self._at) / self._half_life_s))
