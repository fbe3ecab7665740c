"""SharedState in Redis, on the client that Open WebUI already has (`app.state.redis`)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Protocol

# One key per script, so that they also run on a Redis cluster. An absent value is told from an
# empty one by ARGV[1] / ARGV[3]; ARGV[5] is the time to live in milliseconds, 0 for none.
_COMPARE_AND_SET = """
local current = redis.call('GET', KEYS[1])
if ARGV[1] == '0' then
  if current then return 0 end
elseif current ~= ARGV[2] then
  return 0
end
if ARGV[3] == '0' then
  redis.call('DEL', KEYS[1])
elseif ARGV[5] == '0' then
  redis.call('SET', KEYS[1], ARGV[4])
else
  redis.call('SET', KEYS[1], ARGV[4], 'PX', ARGV[5])
end
return 1
"""

_INCREMENT = """
local value = redis.call('INCRBY', KEYS[1], ARGV[1])
if ARGV[2] ~= '0' then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return value
"""

_LEASE = """
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""

_RELEASE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
"""


class Client(Protocol):
    """The part of `redis.asyncio.Redis` that is used here."""

    async def get(self, name: str) -> bytes | str | None: ...

    def eval(self, script: str, numkeys: int, *keys_and_args: Any) -> Any: ...

    def scan_iter(self, match: str, count: int) -> AsyncIterator[bytes | str]: ...


class RedisState:
    """Keeps everything under `namespace` in Redis.

    Works with clients that decode responses and with those that do not; values must therefore be
    UTF-8. Errors of the client pass through: the caller knows what to do without Redis.
    """

    def __init__(self, client: Client, namespace: str = "smart_router:") -> None:
        self._client = client
        self._namespace = namespace

    async def get(self, key: str) -> bytes | None:
        return _bytes(await self._client.get(self._namespace + key))

    async def compare_and_set(
        self, key: str, expected: bytes | None, new: bytes | None, ttl_s: float | None = None
    ) -> bool:
        arguments = (
            "0" if expected is None else "1",
            expected or b"",
            "0" if new is None else "1",
            new or b"",
            _milliseconds(ttl_s),
        )
        return bool(await self._client.eval(_COMPARE_AND_SET, 1, self._namespace + key, *arguments))

    async def increment(self, key: str, by: int = 1, ttl_s: float | None = None) -> int:
        arguments = (str(by), _milliseconds(ttl_s))
        return int(await self._client.eval(_INCREMENT, 1, self._namespace + key, *arguments))

    async def lease(self, name: str, holder: str, ttl_s: float) -> bool:
        key = f"{self._namespace}lease:{name}"
        return bool(await self._client.eval(_LEASE, 1, key, holder, _milliseconds(ttl_s)))

    async def release(self, name: str, holder: str) -> None:
        await self._client.eval(_RELEASE, 1, f"{self._namespace}lease:{name}", holder)

    async def scan(self, prefix: str) -> dict[str, bytes]:
        pattern = _escape(self._namespace + prefix) + "*"
        found: dict[str, bytes] = {}
        async for raw in self._client.scan_iter(match=pattern, count=200):
            name = raw.decode() if isinstance(raw, bytes) else raw
            value = _bytes(await self._client.get(name))
            if value is not None:
                found[name.removeprefix(self._namespace)] = value
        return found


def _bytes(value: bytes | str | None) -> bytes | None:
    return value.encode() if isinstance(value, str) else value


def _milliseconds(ttl_s: float | None) -> str:
    return "0" if ttl_s is None else str(max(1, round(ttl_s * 1000)))


def _escape(text: str) -> str:
    """Model ids may hold characters that are wildcards in a Redis pattern."""
    return "".join(f"\\{c}" if c in "*?[]\\" else c for c in text)
