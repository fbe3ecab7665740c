"""SharedState within one process: for installations without Redis, and for tests."""

from __future__ import annotations

from ..ports import Clock

#: After so many writes, what has expired is looked for and let go.
_SWEEP_EVERY = 1_000


class MemoryState:
    """Keeps everything in a dict. Every method is atomic, because none of them awaits."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._values: dict[str, tuple[bytes, float | None]] = {}
        self._writes = 0

    def __len__(self) -> int:
        """How many values are held, expired ones that nobody has asked for since included."""
        return len(self._values)

    async def get(self, key: str) -> bytes | None:
        return self._read(key)

    async def compare_and_set(
        self, key: str, expected: bytes | None, new: bytes | None, ttl_s: float | None = None
    ) -> bool:
        if self._read(key) != expected:
            return False
        if new is None:
            self._values.pop(key, None)
        else:
            self._write(key, new, ttl_s)
        return True

    async def increment(self, key: str, by: int = 1, ttl_s: float | None = None) -> int:
        value = int(self._read(key) or 0) + by
        self._write(key, str(value).encode(), ttl_s)
        return value

    async def lease(self, name: str, holder: str, ttl_s: float) -> bool:
        key, owner = _lease_key(name), holder.encode()
        if self._read(key) not in (None, owner):
            return False
        self._write(key, owner, ttl_s)
        return True

    async def release(self, name: str, holder: str) -> None:
        key = _lease_key(name)
        if self._read(key) == holder.encode():
            del self._values[key]

    async def scan(self, prefix: str) -> dict[str, bytes]:
        found = {}
        for key in [k for k in self._values if k.startswith(prefix)]:
            value = self._read(key)
            if value is not None:
                found[key] = value
        return found

    def _read(self, key: str) -> bytes | None:
        entry = self._values.get(key)
        if entry is None:
            return None
        value, expires_at = entry
        if expires_at is not None and expires_at <= self._clock():
            del self._values[key]
            return None
        return value

    def _write(self, key: str, value: bytes, ttl_s: float | None) -> None:
        expires_at = None if ttl_s is None else self._clock() + ttl_s
        self._values[key] = (value, expires_at)
        self._writes += 1
        if self._writes % _SWEEP_EVERY == 0:
            self._sweep()

    def _sweep(self) -> None:
        """Most keys are a conversation's, which nobody reads again once it is over."""
        now = self._clock()
        self._values = {k: v for k, v in self._values.items() if v[1] is None or v[1] > now}


def _lease_key(name: str) -> str:
    return f"lease:{name}"
