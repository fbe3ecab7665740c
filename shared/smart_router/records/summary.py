"""The headline figures of a range, each with the previous period."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from .database import Database
from .figures import Group, figures_json, figures_rows
from .ranges import Range

_BY: tuple[Group, ...] = ("backend", "intent", "complexity")


async def summary(database: Database, wanted: Range) -> dict[str, Any]:
    """The interface's `summary`: figures count turns, without tasks, which are counted under `tasks`.

    `by_backend`, `by_intent` and `by_complexity` are lists of the same figures, most requests
    first. `previous` has the totals of the stretch of the same length before. Percentiles are
    exact, of the turns that were answered.
    """
    async with database.reading() as connection:
        return {
            "range": wanted.to_json(),
            **await _totals(connection, database, wanted),
            **{f"by_{group}": await _grouped(connection, database, wanted, group) for group in _BY},
            "tasks": await _tasks(connection, database, wanted),
            "previous": await _totals(connection, database, wanted.previous),
        }


async def figures_by(database: Database, wanted: Range, group: Group) -> list[dict[str, Any]]:
    """The figures of every group, most requests first, the group's name under its kind."""
    async with database.reading() as connection:
        return await _grouped(connection, database, wanted, group)


async def _totals(connection: AsyncConnection, database: Database, wanted: Range) -> dict[str, Any]:
    (row,) = await figures_rows(connection, database, wanted)
    return figures_json(row)


async def _grouped(
    connection: AsyncConnection, database: Database, wanted: Range, group: Group
) -> list[dict[str, Any]]:
    rows = await figures_rows(connection, database, wanted, group)
    items = [{group: row["key"], **figures_json(row)} for row in rows]
    return sorted(items, key=lambda item: (-item["requests"], str(item[group])))


async def _tasks(connection: AsyncConnection, database: Database, wanted: Range) -> dict[str, Any]:
    c = database.tables.records.c
    query = select(
        func.count().label("requests"),
        func.sum(c.cost_usd).label("cost_usd"),
        func.sum(c.input_tokens).label("input_tokens"),
        func.sum(c.output_tokens).label("output_tokens"),
    ).where(
        c.created_at >= wanted.start,
        c.created_at < wanted.end,
        c.task.is_not(None),
        c.source == "smart",
    )
    row = (await connection.execute(query)).mappings().one()
    return {
        "requests": int(row["requests"]),
        "cost_usd": None if row["cost_usd"] is None else float(row["cost_usd"]),
        "input_tokens": None if row["input_tokens"] is None else int(row["input_tokens"]),
        "output_tokens": None if row["output_tokens"] is None else int(row["output_tokens"]),
    }
