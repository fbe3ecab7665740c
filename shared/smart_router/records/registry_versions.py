"""The registry's versions: its truth is the newest text saved here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from ..errors import StoreError
from ..ports import Clock
from .database import Database
from .encoding import clean_text

#: PostgreSQL's largest Integer; drivers raise their own errors beyond it.
_LARGEST = 2**31 - 1


class RegistryConflict(StoreError):
    """Somebody else saved a registry in between. `current` is the newest version's number."""

    def __init__(self, expected: int, current: int) -> None:
        super().__init__(
            f"the registry is at version {current} by now, your text is based on version {expected}; "
            "look at the newer one, then save again"
        )
        self.current = current


@dataclass(frozen=True, slots=True)
class RegistryVersion:
    """One saved text. `saved_at` is epoch seconds, `saved_by` Open WebUI's user id."""

    version: int
    text: str
    comment: str
    saved_at: float
    saved_by: str | None


class RegistryVersions:
    """Every text that was ever saved, numbered from 1. Nothing is overwritten: going back saves anew."""

    def __init__(self, database: Database, now: Clock) -> None:
        self._now = now
        self._database = database
        self._table = database.tables.registry

    async def newest(self) -> int:
        async with self._database.reading() as connection:
            return int(await connection.scalar(select(func.max(self._table.c.version))) or 0)

    async def current(self) -> RegistryVersion | None:
        newest = await self.history(1)
        return newest[0] if newest else None

    async def history(self, limit: int) -> list[RegistryVersion]:
        query = select(self._table).order_by(self._table.c.version.desc()).limit(limit)
        async with self._database.reading() as connection:
            return [_version(row) for row in (await connection.execute(query)).mappings()]

    async def get(self, version: int) -> RegistryVersion | None:
        if not 0 < version <= _LARGEST:
            return None
        query = select(self._table).where(self._table.c.version == version)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).mappings().first()
        return None if row is None else _version(row)

    async def save(
        self, text: str, comment: str, user_id: str | None, expected: int | None
    ) -> RegistryVersion:
        while True:
            newest = await self.newest()
            if expected is not None and newest != expected:
                raise RegistryConflict(expected, newest)
            version = RegistryVersion(
                newest + 1, clean_text(text), clean_text(comment, 500), self._now(), user_id
            )
            try:
                await self._add(version)
            except StoreError as error:
                # Two saved at once: the number is taken, so look again.
                if not isinstance(error.__cause__, IntegrityError):
                    raise
            else:
                return version

    async def _add(self, version: RegistryVersion) -> None:
        async with self._database.writing() as connection:
            await connection.execute(
                self._table.insert().values(
                    version=version.version,
                    text=version.text,
                    comment=version.comment,
                    saved_at=version.saved_at,
                    saved_by=version.saved_by,
                )
            )


def _version(row: Any) -> RegistryVersion:
    return RegistryVersion(
        **{name: row[name] for name in ("version", "text", "comment", "saved_at", "saved_by")}
    )
