"""Routes that read figures apart: by group, and how durations are spread."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from starlette.responses import JSONResponse, Response

from smart_router.records.cells import Cell
from smart_router.records.histogram import GROWTH, SMALLEST_MS, unpack
from smart_router.records.ranges import Range
from smart_router.records.reading import Reader
from smart_router.records.summary import figures_by
from smart_router.records.turns import ALL, Group

from . import shapes
from .dependencies import Dependencies
from .parameters import range_of

View = Callable[..., Any]
Duration = Literal["latency_ms", "first_token_ms"]

#: Where the bars of a distribution begin, in ms: six to a decade, at numbers that people read easily.
EDGES_MS = (0.0, *(step * 10**power for power in range(1, 7) for step in (1, 1.5, 2, 3, 5, 7)))


def add_breakdown(router: APIRouter, dependencies: Dependencies, view: View) -> None:
    """Figures by group, and distributions."""
    range_wanted = range_of(dependencies.now)

    @router.get("/breakdown", response_model=shapes.Breakdown)
    async def get_breakdown(
        group_by: Annotated[Group, Query()],
        _: Any = Depends(dependencies.admin),
        runtime: Any = Depends(view),
        wanted: Range = Depends(range_wanted),
    ) -> Response:
        """The figures of the summary for each backend, intent, user and so on; most requests first."""
        found = await figures_by(runtime.store.database, wanted, group_by)
        items = [{"group": item.pop(group_by), **item} for item in found]
        return JSONResponse({"group_by": group_by, "range": wanted.to_json(), "items": items})

    @router.get("/distribution", response_model=shapes.Distribution)
    async def get_distribution(
        metric: Annotated[Duration, Query()] = "latency_ms",
        _: Any = Depends(dependencies.admin),
        runtime: Any = Depends(view),
        wanted: Range = Depends(range_wanted),
    ) -> Response:
        """How many turns took how long."""
        async with runtime.store.database.reading() as connection:
            reader = await Reader.of(connection, runtime.store.database.tables)
            cells = await reader.cells(wanted, (ALL,))
        whole = next(iter(cells.values()), Cell())
        bars = _bars(whole.to_row()[metric])
        return JSONResponse(
            {
                "metric": metric,
                "range": wanted.to_json(),
                "requests": sum(bar["requests"] for bar in bars),
                "percentiles": whole.figures()[metric],
                "items": bars,
            }
        )


def _bars(packed: bytes) -> list[dict[str, Any]]:
    """`{from_ms, to_ms, requests}` from the first bar that holds something to the last one."""
    counts = [0] * len(EDGES_MS)
    for bucket, count in unpack([packed]).items():
        ms = 0.0 if bucket == 0 else SMALLEST_MS * GROWTH ** (bucket - 0.5)
        counts[bisect_right(EDGES_MS, ms) - 1] += count
    used = [index for index, count in enumerate(counts) if count]
    if not used:
        return []
    ends: tuple[float | None, ...] = (*EDGES_MS[1:], None)
    return [
        {"from_ms": EDGES_MS[index], "to_ms": ends[index], "requests": counts[index]}
        for index in range(used[0], used[-1] + 1)
    ]
