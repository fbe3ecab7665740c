"""Routes that read: health, figures, the log, downloads, the catalog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Query
from starlette.responses import JSONResponse, Response, StreamingResponse

from smart_router.records import record_to_json
from smart_router.records.log import Filter, every_record, one_record, requests_page
from smart_router.records.ranges import Range
from smart_router.records.summary import figures_by, summary
from smart_router.records.timeseries import Metric, timeseries
from smart_router.records.turns import Group
from smart_router.registry.types import Backend

from . import shapes
from .answers import issues_json
from .dependencies import Dependencies, RuntimeView
from .export import begun, comma_separated, jsonl
from .parameters import range_of, wanted_filter

View = Callable[..., Any]


def add_figures(router: APIRouter, dependencies: Dependencies, view: View) -> None:
    """Everything that only looks."""
    admin = dependencies.admin
    range_wanted = range_of(dependencies.now)

    @router.get("/health", response_model=shapes.Health)
    async def health(_: Any = Depends(admin), runtime: Any = Depends(view)) -> Response:
        """How Smart is: `failing` when no backend can answer, `degraded` when something else is wrong."""
        return JSONResponse(health_json(runtime))

    @router.get("/summary", response_model=shapes.Summary)
    async def get_summary(
        _: Any = Depends(admin), runtime: Any = Depends(view), wanted: Range = Depends(range_wanted)
    ) -> Response:
        """The headline figures of a range, in turns, and those of the period before."""
        figures = await summary(runtime.store.database, wanted)
        return JSONResponse({**figures, "baseline": runtime.catalog.baseline})

    @router.get("/timeseries", response_model=shapes.Timeseries)
    async def get_timeseries(
        metric: Annotated[Metric, Query()] = "requests",
        group_by: Annotated[Group | None, Query()] = None,
        _: Any = Depends(admin),
        runtime: Any = Depends(view),
        wanted: Range = Depends(range_wanted),
    ) -> Response:
        """Points for a chart, in at most about 120 buckets."""
        return JSONResponse(await timeseries(runtime.store.database, wanted, metric, group_by))

    @router.get("/requests", response_model=shapes.Requests, responses=shapes.UNUSABLE)
    async def get_requests(
        cursor: Annotated[str | None, Query(max_length=200)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        brief: Annotated[bool, Query(description="Without signals, evidence, ranking and attempts.")] = False,
        _: Any = Depends(admin),
        runtime: Any = Depends(view),
        wanted: Range = Depends(range_wanted),
        filter_: Filter = Depends(wanted_filter),
    ) -> Response:
        """The log, newest first. `next_cursor` leads on; it stays valid while new records come in. With
        `q` or `attempted` an answer looks through some thousand records at most: `searched_to` then says
        how far back it came, and `next_cursor` looks on from there."""
        try:
            page = await requests_page(
                runtime.store.database, wanted, filter_, cursor=cursor or None, limit=limit, brief=brief
            )
        except ValueError as error:
            raise HTTPException(400, str(error)) from None
        return JSONResponse(
            {"items": page.items, "next_cursor": page.next_cursor, "searched_to": page.searched_to}
        )

    @router.get("/requests/{id:path}", response_model=shapes.RecordShape, responses=shapes.MISSING)
    async def get_request(id: str, _: Any = Depends(admin), runtime: Any = Depends(view)) -> Response:
        """One record, with its attempts and the whole explanation."""
        record = await one_record(runtime.store.database, id)
        if record is None:
            raise HTTPException(404, "There is no such record, or not any more.")
        return JSONResponse(record_to_json(record))

    @router.get("/export", response_class=StreamingResponse)
    async def export(
        format: Annotated[Literal["jsonl", "csv"], Query()] = "jsonl",
        _: Any = Depends(admin),
        runtime: Any = Depends(view),
        wanted: Range = Depends(range_wanted),
        filter_: Filter = Depends(wanted_filter),
    ) -> Response:
        """Every record of a range, oldest first, as a download."""
        records = every_record(runtime.store.database, wanted, filter_)
        name = f"smart-router-{int(wanted.start)}-{int(wanted.end)}.{format}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        parts = comma_separated(records) if format == "csv" else jsonl(records)
        media_type = "text/csv; charset=utf-8" if format == "csv" else "application/x-ndjson"
        return StreamingResponse(await begun(parts), media_type=media_type, headers=headers)

    @router.get("/models", response_model=shapes.Models)
    async def models(
        _: Any = Depends(admin), runtime: Any = Depends(view), wanted: Range = Depends(range_wanted)
    ) -> Response:
        """The catalog: what there is to choose from, how it is, and how it was used in the range."""
        return JSONResponse(await models_json(runtime, wanted))


def health_json(runtime: RuntimeView) -> dict[str, Any]:
    """The interface's `health` shape."""
    said, store, registry = runtime.describe(), runtime.store, runtime.registry_in_use()
    states = {status.id: status.state for status in runtime.breakers()}
    return {
        "status": _status(runtime, states, bool(registry.errors)),
        "version": said.get("version"),
        "open_webui": said.get("open_webui"),
        "registry": {"version": runtime.catalog.registry_version, "errors": issues_json(registry.errors)},
        "store": {
            "ok": store.ok,
            "dialect": store.dialect,
            "lag_ms": round(store.lag_ms, 3),
            "waiting": store.waiting,
            "dropped": store.dropped,
            "error": store.error,
        },
        "breakers": states,
        "redis": said.get("redis", "absent"),
        "workers": said.get("workers"),
        "warnings": [*said.get("warnings", ()), *runtime.catalog.warnings],
    }


def _status(runtime: RuntimeView, states: dict[str, Any], registry_broken: bool) -> str:
    backends = [backend for backend in runtime.catalog.backends.values() if backend.available]
    now = runtime.health_of(backends)

    def can_answer(backend: Backend) -> bool:
        # Not its own failures alone: its connections', or a wait that its provider asked for.
        kept = now.of(backend.id).blocked and now.of(backend.id).blocked_by != "failures"
        return states.get(backend.id, "closed") != "open" and not kept

    if not any(map(can_answer, backends)):
        return "failing"
    if registry_broken or not runtime.store.ok or any(state != "closed" for state in states.values()):
        return "degraded"
    return "ok"


async def models_json(runtime: RuntimeView, wanted: Range) -> dict[str, Any]:
    """The interface's `backend` shapes, by name."""
    backends = sorted(runtime.catalog.backends.values(), key=lambda backend: (backend.name, backend.id))
    health = runtime.health_of(backends)
    used = {item["backend"]: item for item in await figures_by(runtime.store.database, wanted, "backend")}

    def item(backend: Backend) -> dict[str, Any]:
        now, use = health.of(backend.id), used.get(backend.id)
        speed = now.tokens_per_second
        return {
            **backend.to_json(),
            "connection_names": [runtime.connection_names.get(id, id) for id in backend.connections],
            "state": now.state,
            "first_token_ms_p50": use["first_token_ms"]["p50"] if use else None,
            "tokens_per_second": None if speed is None else round(speed, 2),
            "requests": use["requests"] if use else 0,
            "errors": use["errors"] if use else 0,
        }

    return {
        "items": [item(backend) for backend in backends],
        "next_cursor": None,
        "baseline": runtime.catalog.baseline,
        "warnings": list(runtime.catalog.warnings),
    }
