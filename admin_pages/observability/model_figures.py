"""Routes for the table of public figures: see which one is in use, load a newer one, go back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from smart_router.registry import FiguresError, default_figures, read_figures
from smart_router.registry.figure_source import fetch_figures
from smart_router.registry.figures import MAX_BYTES

from . import shapes
from .dependencies import Dependencies

View = Callable[..., Any]


class Address(BaseModel):
    """Where a table made by `scripts/model_figures.py` is to be had."""

    url: str = Field(max_length=2000)


class ModelFiguresShape(shapes.Shape):
    """The table in use. `source` is where it came from, null for the one that is carried along."""

    version: int
    date: str
    provenance: dict[str, str]
    source: str | None
    saved_at: float | None
    saved_by: str | None
    carried_date: str


def add_model_figures(router: APIRouter, dependencies: Dependencies, view: View) -> None:
    """Prices, contexts and ratings of models that the catalog starts from."""
    admin, admin_bearer = dependencies.admin, dependencies.admin_bearer

    @router.get("/model-figures", response_model=ModelFiguresShape)
    async def read(_: Any = Depends(admin), runtime: Any = Depends(view)) -> Response:
        """Which table is in use, of what date, and where it came from."""
        return JSONResponse(await _json(runtime))

    @router.post("/model-figures/fetch", response_model=ModelFiguresShape, responses=shapes.UNUSABLE)
    async def fetch(
        address: Address, user: Any = Depends(admin_bearer), runtime: Any = Depends(view)
    ) -> Response:
        """Load a table from an address and use it. What is in use stays when that fails."""
        try:
            content = await fetch_figures(address.url)
        except FiguresError as error:
            raise HTTPException(422, str(error)) from error
        return await _use(runtime, content, address.url, user)

    @router.put("/model-figures", response_model=ModelFiguresShape)
    async def upload(
        request: Request,
        name: Annotated[str, Query(max_length=200)] = "a file",
        user: Any = Depends(admin_bearer),
        runtime: Any = Depends(view),
    ) -> Response:
        """Use the table that is the request's body, packed with gzip or not."""
        content = bytearray()
        async for part in request.stream():
            content += part
            if len(content) > MAX_BYTES:
                raise HTTPException(422, f"{name} is larger than {MAX_BYTES:,} bytes")
        return await _use(runtime, bytes(content), name, user)

    @router.delete("/model-figures", response_model=ModelFiguresShape)
    async def go_back(user: Any = Depends(admin_bearer), runtime: Any = Depends(view)) -> Response:
        """Back to the table that the library carries."""
        await runtime.store.model_figures.save(None, "the library", _id_of(user))
        await runtime.model_figures_saved()
        return JSONResponse(await _json(runtime))


async def _use(runtime: Any, content: bytes, source: str, user: Any) -> Response:
    try:
        await asyncio.to_thread(read_figures, content)
    except FiguresError as error:
        raise HTTPException(422, f"{source}: {error}") from error
    await runtime.store.model_figures.save(content, source, _id_of(user))
    await runtime.model_figures_saved()
    return JSONResponse(await _json(runtime))


async def _json(runtime: Any) -> dict[str, Any]:
    loaded = await runtime.store.model_figures.current()
    figures = runtime.model_figures()
    ours = loaded if loaded is not None and loaded.content is not None else None
    return {
        "version": loaded.version if loaded else 0,
        "date": figures.date,
        "provenance": figures.provenance,
        "source": ours.source if ours else None,
        "saved_at": ours.saved_at if ours else None,
        "saved_by": ours.saved_by if ours else None,
        "carried_date": default_figures().date,
    }


def _id_of(user: Any) -> str | None:
    return getattr(user, "id", None)
