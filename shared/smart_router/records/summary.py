"""The headline figures of a range, each with the previous period."""

from __future__ import annotations

from typing import Any

from .cells import Cell
from .cover import HOUR
from .database import Database
from .ranges import Range
from .reading import Cells, Reader
from .turns import ALL, BASELINE, DIRECT, TASK, Group

_BY: tuple[Group, ...] = ("backend", "intent", "complexity")


async def summary(database: Database, wanted: Range) -> dict[str, Any]:
    """The interface's `summary`: figures count turns that began in the range, without tasks and
    without chats with other models, which are counted under `tasks` and `direct`.

    `by_backend`, `by_intent` and `by_complexity` are lists of the same figures, most requests
    first. `baselines` are those that baseline cost and savings were computed with, the last used
    first, each with when it was used, by the hour; None is one that is not known any more.
    `previous` has the totals of the stretch of the same length before. Percentiles are within
    2.5 % of what was measured, of the turns that were answered. `behind` is how many records are
    not counted yet: 0 but while the figures are built for the first time.
    """
    async with database.reading() as connection:
        reader = await Reader.of(connection, database.tables)
        now = await reader.cells(wanted, (ALL, *_BY, TASK, DIRECT, BASELINE))
        several = sum(of == BASELINE for _, of, _ in now) > 1
        # When each was used is a question only where there are several.
        hours = await reader.cells(wanted, (BASELINE,), HOUR, ("requests",)) if several else {}
        before = await reader.cells(wanted.previous, (ALL,))
    return {
        "range": wanted.to_json(),
        **_whole(now, ALL).figures(),
        **{f"by_{group}": grouped(now, group) for group in _BY},
        "baselines": _baselines(now, hours, wanted),
        "tasks": _apart(now, TASK),
        "direct": _apart(now, DIRECT),
        "previous": _whole(before, ALL).figures(),
        "behind": reader.behind,
    }


async def figures_by(database: Database, wanted: Range, group: Group) -> list[dict[str, Any]]:
    """The figures of every group, most requests first, the group's name under its kind."""
    async with database.reading() as connection:
        reader = await Reader.of(connection, database.tables)
        return grouped(await reader.cells(wanted, (group,)), group)


def grouped(cells: Cells, group: Group) -> list[dict[str, Any]]:
    """Cells of one range as `figures_by` has them."""
    items = [{group: key, **cell.figures()} for (_, of, key), cell in cells.items() if of == group]
    return sorted(items, key=lambda item: (-item["requests"], str(item[group])))


def _baselines(cells: Cells, hours: Cells, wanted: Range) -> list[dict[str, Any]]:
    items = []
    for (_, of, baseline), cell in cells.items():
        if of != BASELINE:
            continue
        used = [hour for hour, _, key in hours if key == baseline]
        items.append(
            {
                "baseline": baseline,
                "baseline_cost_usd": cell.figures(timed=False)["baseline_cost_usd"],
                "from": max(wanted.start, min(used) * HOUR) if used else wanted.start,
                "to": min(wanted.end, (max(used) + 1) * HOUR) if used else wanted.end,
            }
        )
    return sorted(items, key=lambda item: (-item["to"], -item["from"], str(item["baseline"])))


def _whole(cells: Cells, dimension: str) -> Cell:
    found = Cell()
    for (_, of, _), cell in cells.items():
        if of == dimension:
            found.merge(cell)
    return found


def _apart(cells: Cells, dimension: str) -> dict[str, Any]:
    figures = _whole(cells, dimension).figures()
    names = ("requests", "cost_usd", "input_tokens", "output_tokens")
    return {name: figures[name] if figures["requests"] else None for name in names} | {
        "requests": figures["requests"]
    }
