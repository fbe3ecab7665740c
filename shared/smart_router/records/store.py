"""Store: records and registry versions, from opening to purging."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from ..errors import StoreError
from ..ports import Clock
from .database import Database
from .encoding import clean_text
from .migrations import migrate
from .model_figures import ModelFigures
from .registry_versions import RegistryVersion, RegistryVersions
from .rollups import Rollups, forget_user, freeze, lower_watermark, mark
from .rows import record_to_row
from .tables import tables
from .tally import Tally
from .types import Record
from .writer import Patience, Writer


class Store:
    """What happened, in Open WebUI's own database.

    `engine` is Open WebUI's asynchronous engine (aiosqlite or psycopg 3), or a function that
    returns it. Every method that reads or writes raises StoreError when the database does not do
    what it should; chats go on without.
    """

    def __init__(
        self,
        engine: AsyncEngine | Callable[[], AsyncEngine],
        schema: str | None = None,
        patience: Patience | None = None,
        now: Clock = time.time,
    ) -> None:
        self.database = Database(engine if isinstance(engine, AsyncEngine) else engine(), tables(schema))
        self._now = now
        self._writer = Writer(self.database, self.open, patience or Patience(), now)
        self._registry = RegistryVersions(self.database, now)
        self.model_figures = ModelFigures(self.database, now)
        #: What figures are read from; one worker of the installation keeps it up to date.
        self.rollups = Rollups(self.database, now)
        #: Counters of this process since it started.
        self.tally = Tally()
        self._opened = False
        self._opening = asyncio.Lock()

    @property
    def ok(self) -> bool:
        """True when the tables are there and the last commit worked."""
        return self._opened and self._writer.ok

    @property
    def error(self) -> str | None:
        """Why the last commit failed; None when it did not."""
        return None if self._writer.error is None else str(self._writer.error)

    @property
    def lag_ms(self) -> float:
        """How long the oldest unwritten record has waited; with none, what the last commit took."""
        return self._writer.lag_ms

    @property
    def waiting(self) -> int:
        """Records that are in memory only, because the database does not take them now."""
        return self._writer.waiting

    @property
    def dropped(self) -> int:
        """Records lost in this process: refused by the database, or too many were waiting."""
        return self._writer.dropped

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.database.dialect

    async def open(self) -> None:
        """Create or migrate the tables; safe when several workers do so at once, quick when it is done.

        A failure is not final: the next write tries again.
        """
        if self._opened:
            return
        async with self._opening:
            if not self._opened:
                await migrate(self.database)
                self._opened = True

    async def close(self, timeout_s: float = 5.0) -> None:
        """Write what is waiting, then let go of the database. The engine is Open WebUI's and stays."""
        await self._writer.close(timeout_s)

    async def flush(self) -> None:
        """Returns when every record that was handed over has been written or refused."""
        await self._writer.flush()

    async def write(self, record: Record) -> None:
        """Returns when the record is committed, together with those that were written meanwhile.

        Raises StoreError when it could not be committed now. It is then kept in memory and
        written when the database answers again, unless the process ends first.
        """
        try:
            row = record_to_row(record)
        except (TypeError, ValueError) as error:
            raise StoreError(f"this record cannot be stored: {error}") from error
        self.tally.add(record)
        await self._writer.write(row)

    async def write_many(self, records: Iterable[Record], batch: int = 1000) -> int:
        """Commit many records, `batch` in a transaction; how many they were. For imports: nothing
        is kept when the database fails, and the counters of this process do not count them."""
        await self.open()
        written = 0
        rows = (record_to_row(record) for record in records)
        while part := [{**row, "written_at": self._now()} for row in islice(rows, batch)]:
            async with self.database.writing() as connection:
                await connection.execute(insert(self.database.tables.records), part)
            written += len(part)
        return written

    async def newest_direct(self) -> float | None:
        """When the newest recorded answer of a chat with another model was begun, epoch seconds."""
        c = self.database.tables.records.c
        async with self.database.reading() as connection:
            found: float | None = await connection.scalar(
                select(func.max(c.created_at)).where(c.source == "direct")
            )
        return found

    async def write_direct(self, records: Sequence[Record]) -> int:
        """Commit records of chats with other models, each once however often it comes, and none of
        a message that Smart answered. Returns how many were new."""
        if not records:
            return 0
        t = self.database.tables.records
        insert_new = (sqlite if self.database.is_sqlite else postgresql).insert(t)
        messages = {record.message_id for record in records}
        ours = select(t.c.message_id).where(t.c.message_id.in_(messages), t.c.source != "direct")
        ids = select(t.c.id).where(t.c.id.in_([record.id for record in records]))
        async with self.database.writing() as connection:
            known = {*await connection.scalars(ours), *await connection.scalars(ids)}
            rows = [
                {**record_to_row(record), "written_at": self._now()}
                for record in records
                if record.message_id not in known and record.id not in known
            ]
            if rows:
                # Another worker may be doing the same.
                await connection.execute(insert_new.on_conflict_do_nothing(index_elements=["id"]), rows)
        return len(rows)

    async def rate(
        self,
        message_id: str,
        rating: int | None,
        *,
        chat_id: str | None = None,
        user_id: str | None = None,
        reason: str | None = None,
        feedback_id: str | None = None,
    ) -> str | None:
        """Put a user's rating of an answer on its record; None takes it back.

        The answer's record is the newest of that message that is no background task. `user_id`:
        only where it is this user's own. `feedback_id` is Open WebUI's id of the rating. Returns the
        record's id, None where there is none (another model's answer, or a temporary chat).
        """
        t = self.database.tables.records
        newest = select(t.c.seq, t.c.id).where(
            t.c.message_id == message_id, t.c.task.is_(None), t.c.source != "direct"
        )
        if chat_id is not None:
            newest = newest.where(t.c.chat_id == chat_id)
        if user_id is not None:
            newest = newest.where(t.c.user_id == user_id)
        async with self.database.writing() as connection:
            row = (await connection.execute(newest.order_by(t.c.seq.desc()).limit(1))).first()
            if row is None:
                return None
            values: dict[str, Any] = {
                "rating": rating,
                "rating_reason": None if rating is None or reason is None else clean_text(str(reason), 1000),
                "rated_at": None if rating is None else self._now(),
                "feedback_id": feedback_id,
            }
            await connection.execute(update(t).where(t.c.seq == row.seq).values(values))
            await mark(connection, self.database.tables, row.seq)
        return str(row.id)

    async def withdraw_rating(self, feedback_id: str) -> bool:
        """A rating was deleted; False when no record has it (any more)."""
        return bool(await self._withdraw(self.database.tables.records.c.feedback_id == feedback_id))

    async def withdraw_ratings(self, user_id: str | None = None) -> int:
        """All ratings of a user were deleted, or, without one, everybody's. How many it were."""
        c = self.database.tables.records.c
        return await self._withdraw(*([] if user_id is None else [c.user_id == user_id]))

    async def _withdraw(self, *of: ColumnElement[bool], batch: int = 500) -> int:
        """Take the ratings off those records, and have their cells counted anew."""
        t = self.database.tables.records
        withdrawn, after = 0, 0
        while True:
            rated = select(t.c.seq).where(*of, t.c.rating.is_not(None), t.c.seq > after)
            async with self.database.writing() as connection:
                seqs = list(await connection.scalars(rated.order_by(t.c.seq).limit(batch)))
                if seqs:
                    nothing = {"rating": None, "rating_reason": None, "rated_at": None, "feedback_id": None}
                    await connection.execute(update(t).where(t.c.seq.in_(seqs)).values(nothing))
                    await mark(connection, self.database.tables, *seqs)
            withdrawn += len(seqs)
            if len(seqs) < batch:
                return withdrawn
            after = seqs[-1]

    async def anonymise_user(self, user_id: str, batch: int = 500) -> int:
        """Take a person out of the records: user, chat and message ids and prompts. How many it were."""
        nobody = {"user_id": None, "chat_id": None, "message_id": None, "prompt": None}
        unrated_by = {**nobody, "feedback_id": None}

        def forget(row: dict[str, Any]) -> None:
            if row["user_id"] == user_id:
                row.update(nobody)

        self._writer.amend(forget)
        if self.ok:
            await self.flush()
        t = self.database.tables.records
        changed = 0
        while True:
            theirs = select(t.c.seq).where(t.c.user_id == user_id).limit(batch)
            async with self.database.writing() as connection:
                result = await connection.execute(update(t).where(t.c.seq.in_(theirs)).values(unrated_by))
            changed += result.rowcount
            if result.rowcount < batch:
                break
        async with self.database.writing() as connection:
            await forget_user(connection, self.database.tables, user_id)
            for saved in (self.database.tables.registry, self.database.tables.model_figures):
                await connection.execute(
                    update(saved).where(saved.c.saved_by == user_id).values(saved_by=None)
                )
        return changed

    async def knows_user(self, user_id: str) -> bool:
        """Whether any record is this person's."""
        c = self.database.tables.records.c
        async with self.database.reading() as connection:
            return await connection.scalar(select(c.seq).where(c.user_id == user_id).limit(1)) is not None

    async def delete_before(self, t: float, batch: int = 500) -> int:
        """Delete the records of before `t` (epoch seconds), `batch` in a transaction: other writers
        get their turn in between. Figures keep what was counted. Returns how many there were."""
        records = self.database.tables.records
        oldest = (
            select(records.c.seq).where(records.c.created_at < t).order_by(records.c.created_at).limit(batch)
        )
        deleted = 0
        while True:
            async with self.database.writing() as connection:
                await freeze(connection, self.database.tables, t)
                result = await connection.execute(delete(records).where(records.c.seq.in_(oldest)))
                await lower_watermark(connection, self.database.tables)
            deleted += result.rowcount
            if result.rowcount < batch:
                return deleted
            await asyncio.sleep(0)

    async def purge(self) -> None:
        """Drop our tables, and with them all that we know. The store is closed afterwards."""
        await self.close(timeout_s=0)
        self._opened = False
        async with self.database.writing() as connection:
            await connection.run_sync(self.database.tables.metadata.drop_all)

    async def registry_current(self) -> RegistryVersion | None:
        """The newest version; None when none was ever saved."""
        return await self._registry.current()

    async def registry_version(self) -> int:
        """The newest version's number, 0 for none: cheap enough to ask every few seconds."""
        return await self._registry.newest()

    async def registry_history(self, limit: int = 50) -> list[RegistryVersion]:
        """The newest versions first."""
        return await self._registry.history(limit)

    async def registry_get(self, version: int) -> RegistryVersion | None:
        """One version, for looking at it or going back to it."""
        return await self._registry.get(version)

    async def registry_save(
        self, text: str, comment: str = "", user_id: str | None = None, expected_version: int | None = None
    ) -> RegistryVersion:
        """Save a text, already validated, as the newest version.

        Raises RegistryConflict when `expected_version` is given and no longer the newest one.
        """
        return await self._registry.save(text, comment, user_id, expected_version)
