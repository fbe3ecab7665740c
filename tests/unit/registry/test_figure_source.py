"""A newer table of figures from an address."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from smart_router.assets import read_asset
from smart_router.registry import FiguresError
from smart_router.registry.figure_source import fetch_figures

URL = "https://figures.example/table.json.gz"


def answering(answer: Callable[[httpx.Request], httpx.Response]) -> Callable[[], httpx.AsyncClient]:
    return lambda: httpx.AsyncClient(transport=httpx.MockTransport(answer))


async def test_a_table_is_loaded_from_an_address() -> None:
    content = read_asset("registry/figures.json.gz")
    assert await fetch_figures(URL, answering(lambda _: httpx.Response(200, content=content))) == content


def unreachable(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectTimeout("took too long", request=request)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda _: httpx.Response(404), "status 404"),
        (lambda _: httpx.Response(200, content=b"x" * 5_000_000), "larger than"),
        (unreachable, "cannot be read"),
    ],
)
async def test_what_is_no_table_is_refused_with_the_reason(
    answer: Callable[[httpx.Request], httpx.Response], said: str
) -> None:
    with pytest.raises(FiguresError, match=said):
        await fetch_figures(URL, answering(answer))


async def test_only_addresses_of_the_web_are_read() -> None:
    with pytest.raises(FiguresError, match="https"):
        await fetch_figures("file:///etc/passwd")


@pytest.mark.parametrize(
    ("url", "said"),
    [("http://[::1", "cannot be read: Invalid"), ("http://\x00/", "https"), ("https://\ud83d/", "https")],
)
async def test_what_only_looks_like_an_address_is_refused_with_the_reason(url: str, said: str) -> None:
    with pytest.raises(FiguresError, match=said) as caught:
        await fetch_figures(url)
    assert str(caught.value).encode()


async def test_a_download_that_never_ends_is_given_up() -> None:
    async def dripping() -> AsyncIterator[bytes]:
        while True:
            yield b"x"
            await asyncio.sleep(0.001)

    with pytest.raises(FiguresError, match="cannot be read: TimeoutError"):
        await fetch_figures(URL, answering(lambda _: httpx.Response(200, content=dripping())), 0.05)
