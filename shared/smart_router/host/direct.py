"""Chats with other models, as Open WebUI keeps them: what was answered, by whom, with how many tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select

from .seam import COLUMNS, Seam

#: Read in the order of these two; what comes next is after the last one's.
Position = tuple[int, str]


@dataclass(frozen=True, slots=True)
class DirectAnswer:
    """One answer in a saved chat, without a word of it. `usage` is what the provider reported."""

    id: str
    chat_id: str
    message_id: str
    user_id: str | None
    model: str
    created_at: int
    failed: bool
    usage: Any

    @property
    def position(self) -> Position:
        return self.created_at, self.id


async def answers(seam: Seam, after: Position, until: int, limit: int) -> list[DirectAnswer]:
    """The next finished answers that were begun until `until` (epoch seconds), oldest first; Smart's
    own are among them where a preset stands on it.

    Walks the index of Open WebUI's table by time, and reads neither questions nor answers.
    """
    table = seam.chat_message_table
    at, id = after
    query = (
        select(*[getattr(table, name) for name in COLUMNS["chat_message_table"]])
        .where(
            table.created_at >= at,
            or_(table.created_at > at, and_(table.created_at == at, table.id > id)),
            table.created_at <= until,
            table.role == "assistant",
        )
        .order_by(table.created_at, table.id)
        .limit(limit)
    )
    async with seam.get_async_db_context() as session:
        rows = (await session.execute(query)).all()
    return [
        DirectAnswer(
            id=row.id,
            chat_id=row.chat_id,
            message_id=row.id.removeprefix(f"{row.chat_id}-"),
            user_id=row.user_id,
            model=row.model_id or "",
            # An answer that never ended, of which there is no saying how it was.
            failed=bool(row.error) or row.done is False,
            created_at=int(row.created_at),
            usage=row.usage,
        )
        for row in rows
    ]
