"""Tables of public figures that an administrator loaded in place of the one that the library carries."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from ..errors import StoreError
from ..ports import Clock
from .database import Database
from .encoding import clean_text


@dataclass(frozen=True, slots=True)
class LoadedFigures:
    """One that was loaded. `content` is as it came, packed or not; None is the carried one again.

    `saved_at` is epoch seconds, `saved_by` Open WebUI's user id, `source` an address or a file's name.
    """

    version: int
    source: str
    content: bytes | None
    saved_at: float
    saved_by: str | None


class ModelFigures:
    """All that were loaded, numbered from 1; the newest holds. Going back to the carried one is one too."""

    def __init__(self, database: Database, now: Clock) -> None:
        self._now = now
        self._database = database
        self._table = database.tables.model_figures

    async def newest(self) -> int:
        """The newest one's number, 0 for none: cheap enough to ask every few seconds."""
        async with self._database.reading() as connection:
            return int(await connection.scalar(select(func.max(self._table.c.version))) or 0)

    async def current(self) -> LoadedFigures | None:
        """The newest one, None when none was ever loaded."""
        query = select(self._table).order_by(self._table.c.version.desc()).limit(1)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).mappings().first()
        return None if row is None else LoadedFigures(**row)

    async def save(self, content: bytes | None, source: str, user_id: str | None) -> LoadedFigures:
        """Keep one that was read before, as the newest."""
        while True:
            version = await self.newest() + 1
            loaded = LoadedFigures(version, clean_text(source, 500), content, self._now(), user_id)
            values = {name: getattr(loaded, name) for name in self._table.c.keys()}  # noqa: SIM118
            try:
                async with self._database.writing() as connection:
                    await connection.execute(self._table.insert().values(values))
            except StoreError as error:
                # Two saved at once: the number is taken, so look again.
                if not isinstance(error.__cause__, IntegrityError):
                    raise
            else:
                return loaded
