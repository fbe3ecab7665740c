"""Chats with other models → records with source `direct`, so that the page sees all saved traffic."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from .. import __version__
from ..delivery.usage import Usage, price, read_usage
from ..host.direct import DirectAnswer, Position
from ..records import Record, Store
from ..registry.types import Catalog

#: Answers are read when they were begun so long ago: nearly all are finished then.
BEHIND_S = 900

_AT_ONCE = 500

#: What ids of these records begin with.
MARK = "direct-"

Read = Callable[[Position, int, int], Awaitable[list[DirectAnswer]]]


class DirectTraffic:
    """Reads on where it stopped; after a start, from the newest such record that there is.

    Reading an answer twice is harmless: its record's id is made of its own.
    """

    def __init__(self, read: Read, store: Store, smart_prefix: str) -> None:
        self._read = read
        self._store = store
        self._smart_prefix = smart_prefix
        self._position: Position | None = None

    async def take(self, catalog: Catalog, since: float, now: float) -> bool:
        """Record the next answers, none from before `since` (epoch seconds); True when there are more."""
        if self._position is None:
            newest = await self._store.newest_direct()
            self._position = (int(max(since, newest or since)), "")
        found = await self._read(self._position, int(now - BEHIND_S), _AT_ONCE)
        others = [
            direct_record(one, catalog)
            for one in found
            if one.model and not one.model.startswith(self._smart_prefix)
        ]
        await self._store.write_direct(others)
        if found:
            self._position = found[-1].position
        return len(found) == _AT_ONCE


def direct_record(answer: DirectAnswer, catalog: Catalog) -> Record:
    """The record of one answer, at the catalog's present prices where the provider did not say.

    There is no baseline, because nobody decided anything; and no latency, which Open WebUI does not keep.
    """
    usage = read_usage(answer.usage) or Usage()
    priced = price(catalog.backends.get(answer.model), usage)
    cost = usage.cost_usd if usage.cost_usd is not None else priced
    return Record(
        id=f"{MARK}{answer.id}",
        turn_id=f"{MARK}{answer.id}",
        created_at=float(answer.created_at),
        outcome="failed" if answer.failed else "ok",
        source="direct",
        user_id=answer.user_id,
        chat_id=answer.chat_id,
        message_id=answer.message_id,
        backend=answer.model,
        input_tokens=usage.input_tokens,
        cached_tokens=usage.cached_tokens,
        output_tokens=usage.output_tokens,
        cost_usd=cost,
        cost_source=None if cost is None else "reported" if usage.cost_usd is not None else "estimated",
        reason="direct",
        sentence="The user chose this model, not Smart.",
        library_version=__version__,
    )
