"""Records as a download: a line per record, written as they are read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

from smart_router.records import Record, record_to_json
from smart_router.records.log import LONG_FIELDS

#: Lines are handed on in parts of about this many bytes.
_PART = 64 * 1024

#: A cell that begins like this is a formula to a spreadsheet program, whoever wrote it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

CSV_COLUMNS = tuple(
    name
    for name in record_to_json(Record(id="", turn_id="", created_at=0.0, outcome="ok"))
    if name not in (*LONG_FIELDS, "temporary")
)


async def jsonl(records: AsyncIterator[Record]) -> AsyncGenerator[bytes, None]:
    """The interface's `request` shape, one per line."""
    part = bytearray()
    async for record in records:
        part += json.dumps(record_to_json(record), ensure_ascii=False, separators=(",", ":")).encode()
        part += b"\n"
        if len(part) >= _PART:
            yield bytes(part)
            part.clear()
    yield bytes(part)


async def comma_separated(records: AsyncIterator[Record]) -> AsyncGenerator[bytes, None]:
    """A header and the columns of CSV_COLUMNS (RFC 4180); unknown is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    async for record in records:
        values = record_to_json(record)
        writer.writerow([_cell(values[name]) for name in CSV_COLUMNS])
        if text.tell() >= _PART:
            yield _taken(text)
    yield _taken(text)


async def begun(parts: AsyncGenerator[bytes, None]) -> AsyncIterator[bytes]:
    """The same parts, the first of them read already: what fails at once is still an answer with a status."""
    first = await anext(parts)

    async def whole() -> AsyncIterator[bytes]:
        async with aclosing(parts):
            yield first
            async for part in parts:
                yield part

    return whole()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _taken(text: io.StringIO) -> bytes:
    part = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return part
