"""Open WebUI's own loader script stays what it was, with our link after it or without."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from smart_router.assets import read_asset
from smart_router.runtime.routes import build_routes
from smart_router.runtime.settings import Settings

THEIRS = "console.log('the site’s own');\n"


async def loader(static_dir: Path, *, admin_link: bool) -> bytes:
    async def user() -> Any:
        return None

    seam = SimpleNamespace(static_dir=str(static_dir), get_verified_user=user)
    runtime: Any = SimpleNamespace(seam=seam, settings=Settings(admin_link=admin_link))
    app = FastAPI()
    app.state.smart_router = runtime
    app.include_router(build_routes(runtime))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://webui") as client:
        return (await client.get("/static/loader.js")).content


@pytest.mark.parametrize("there", [True, False])
async def test_the_sites_own_script_comes_first_and_our_link_only_where_it_is_wanted(
    tmp_path: Path, there: bool
) -> None:
    if there:
        (tmp_path / "loader.js").write_text(THEIRS, "utf-8")
    theirs = THEIRS.encode() if there else b""
    assert await loader(tmp_path, admin_link=False) == theirs
    assert await loader(tmp_path, admin_link=True) == theirs + b"\n" + read_asset("host/loader.js")
