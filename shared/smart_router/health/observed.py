"""What this worker itself saw of calls: failures and slow ones by breaker, latency by backend."""

from __future__ import annotations

from .types import HealthSettings
from .window import FadingMean, Window


class Observed:
    """Windows are kept under the breakers' keys, latency under the backends' ids."""

    def __init__(self) -> None:
        self._windows: dict[str, Window] = {}
        self._first_token: dict[str, FadingMean] = {}
        self._speed: dict[str, FadingMean] = {}

    @property
    def keys(self) -> frozenset[str]:
        """Of the breakers whose calls were seen."""
        return frozenset(self._windows)

    def succeeded(self, key: str, now: float, settings: HealthSettings, *, slow: bool = False) -> str | None:
        """A call that ended well. Why the breaker should open nevertheless: too many were slow."""
        window = self._window(key)
        window.add(now, failed=False, slow=slow)
        if not slow:
            return None
        calls, _, rate = window.rates(now, settings.window_s)
        if calls < settings.window_calls or rate is None or rate < settings.slow_rate:
            return None
        window.clear()
        return f"{rate:.0%} of the last {calls} calls were slow"

    def failed(self, key: str, now: float, settings: HealthSettings) -> str | None:
        """A call that failed. Why the breaker should open, if too many did."""
        window = self._window(key)
        window.add(now, failed=True)
        calls, rate, _ = window.rates(now, settings.window_s)
        if calls < settings.window_calls or rate is None or rate < settings.window_error_rate:
            return None
        return f"{rate:.0%} of the last {calls} calls failed"

    def error_rate(self, key: str, now: float, settings: HealthSettings) -> float | None:
        """The share of failed calls; None without any call."""
        window = self._windows.get(key)
        return window.rates(now, settings.window_s)[1] if window else None

    def clear(self, key: str) -> None:
        """Forget a breaker's calls."""
        if key in self._windows:
            self._windows[key].clear()

    def answered(
        self,
        backend: str,
        now: float,
        settings: HealthSettings,
        first_token_ms: float | None,
        tokens_per_second: float | None,
    ) -> None:
        """How fast an answer was; None is not known."""
        for means, value in ((self._first_token, first_token_ms), (self._speed, tokens_per_second)):
            if value is not None:
                means.setdefault(backend, FadingMean(settings.latency_half_life_s)).add(now, value)

    def latency(self, backend: str, now: float) -> tuple[float | None, float | None]:
        """Milliseconds to the first token, and tokens per second; None where nothing was seen lately."""
        first_token, speed = self._first_token.get(backend), self._speed.get(backend)
        return first_token.at(now) if first_token else None, speed.at(now) if speed else None

    def _window(self, key: str) -> Window:
        return self._windows.setdefault(key, Window())
