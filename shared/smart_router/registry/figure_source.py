"""A newer table of figures, from an address."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx

from .figures import MAX_BYTES, FiguresError

#: For the whole download, in seconds: it is an administrator's click, not a chat's path.
TIMEOUT_S = 15.0


async def fetch_figures(
    url: str, client: Callable[[], httpx.AsyncClient] | None = None, timeout_s: float = TIMEOUT_S
) -> bytes:
    """Load a table made by `scripts/model_figures.py` from an http or https address, as it is there.

    Raises FiguresError: not reachable in time, no such page, too large. Whether it is a table is for
    `read_figures` to say.
    """
    if not url.startswith(("https://", "http://")) or not url.isprintable():
        raise FiguresError("an address of a table of figures begins with https://")
    make = client or (lambda: httpx.AsyncClient(follow_redirects=True, timeout=timeout_s))
    content = bytearray()
    try:
        async with asyncio.timeout(timeout_s), make() as http, http.stream("GET", url) as response:
            if response.status_code != 200:
                raise FiguresError(f"{url} answered with status {response.status_code}")
            async for part in response.aiter_bytes():
                content += part
                if len(content) > MAX_BYTES:
                    raise FiguresError(f"{url} is larger than {MAX_BYTES:,} bytes")
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise FiguresError(f"{url} cannot be read: {str(error) or type(error).__name__}") from error
    return bytes(content)
