"""The headline figures of a range, each with the previous period."""

from __future__ import annotations

from typing import Any

from .cells import Cell
from .database import Database
from .ranges import Range
from .reading import Cells, Reader
from .turns import ALL, DIRECT, TASK, Group

_BY: tuple[Group, ...] = ("backend", "intent", "complexity")


async def summary(database: Database, wanted: Range) -> dict[str, Any]:
    """The interface's `summary`: figures count turns that began in the range, without tasks and
    without chats with other models, which are counted under `tasks` and `direct`.

    `by_backend`, `by_intent` and `by_complexity` are lists of the same figures, most requests
    first. `previous` has the totals of the stretch of the same length before. Percentiles are
    within 2.5 % of what was measured, of the turns that were answered. `behind` is how many
    records are not counted yet: 0 but while the figures are built for the first time.
    """
    async with database.reading() as connection:
        reader = await Reader.of(connection, database.tables)
        now = await reader.cells(wanted, (ALL, *_BY, TASK, DIRECT))
        before = await reader.cells(wanted.previous, (ALL,))
    return {
        "range": wanted.to_json(),
        **_whole(now, ALL).figures(),
        **{f"by_{group}": grouped(now, group) for group in _BY},
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
