"""export: records into a file, streamed; an export that broke off goes on where it stopped.

While it runs, records go to `FILE.part`, and `FILE.part.json` says what was asked for. Only when all
of them are there is the file given its name. The same command, typed again, finds the two, keeps
every whole line, and asks for the records from the time of the last one on; those of the same
moment that are already there, known by their ids, are left out. So no record is missing and none
comes twice, and the range stays the one of the first attempt.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal

from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

from .client import OpenWebUI, Params
from .errors import ApiError, CommandError, Unreachable, UsageError
from .output import Output

Format = Literal["jsonl", "csv"]
#: How often in a row the server may break off without a new record, and the pause before asking again.
_TRIES = 5
_PAUSE_S = 2.0

#: Records of one moment are among the last of a file; far fewer than this.
_TAIL = 2000

_SERVER_ERROR = 500
_RANGE = ("range", "from", "to")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an export is of. `params` are the filter's, and the range as it was typed."""

    url: str
    format: Format
    params: Params

    def to_json(self) -> dict[str, Any]:
        return {"url": self.url, "format": self.format, "params": self.params}


class Lines:
    """Cuts bytes into whole records. A cell of CSV may hold line ends, between quotes."""

    def __init__(self, format: Format) -> None:
        self._quotes_count = format == "csv"
        self._open: list[bytes] = []
        self._quotes = 0
        self._rest = b""

    def feed(self, chunk: bytes) -> list[bytes]:
        """The records that are whole with this chunk, each with its line end."""
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        found: list[bytes] = []
        for line in lines:
            self._open.append(line + b"\n")
            if self._quotes_count:
                self._quotes += line.count(b'"')
            if self._quotes % 2 == 0:
                found.append(b"".join(self._open))
                self._open.clear()
        return found

    @property
    def whole(self) -> bool:
        """Whether nothing has begun that did not end."""
        return not self._rest and not self._open


class Part:
    """The file while it is being written: its whole records, and where to go on."""

    def __init__(self, path: Path, format: Format) -> None:
        self.path = path
        self.format = format
        self.header: bytes | None = None
        self.records = 0
        #: When the last record was made, epoch seconds, and the ids of those of the same moment.
        self.last: float | None = None
        self.ids: set[str] = set()

    def recover(self) -> None:
        """Read what is there and cut off what is no whole record."""
        lines, tail = Lines(self.format), deque[bytes](maxlen=_TAIL)
        size = self.records = 0
        self.header = None
        if self.path.exists():
            with self.path.open("rb") as file:
                while chunk := file.read(1 << 20):
                    for record in lines.feed(chunk):
                        size += len(record)
                        if self.format == "csv" and self.header is None:
                            self.header = record
                            continue
                        self.records += 1
                        tail.append(record)
            os.truncate(self.path, size)
        self.last, self.ids = None, set()
        for record in reversed(tail):
            id, created_at = self.read(record)
            if self.last is not None and created_at != self.last:
                break
            self.last = created_at
            self.ids.add(id)

    def read(self, record: bytes) -> tuple[str, float]:
        """Id and time of one record. Raises CommandError for what is none."""
        try:
            text = record.decode()
            if self.format == "jsonl":
                found = json.loads(text)
            else:
                names = next(csv.reader([(self.header or b"").decode()]))
                found = dict(zip(names, next(csv.reader(io.StringIO(text, newline=""))), strict=True))
            return str(found["id"]), float(found["created_at"])
        except (ValueError, KeyError, TypeError, StopIteration):
            raise CommandError(
                f"{self.path} holds a line that is no record; pass --restart to begin anew"
            ) from None


def export_to_file(
    client: OpenWebUI,
    path: Path,
    wanted: Wanted,
    output: Output,
    *,
    restart: bool = False,
    overwrite: bool = False,
    pause: Callable[[float], None] = time.sleep,
) -> dict[str, Any]:
    """Write the file; what `--json` prints. Raises CommandError where it could not be ended: what is
    there stays, and the same call goes on with it."""
    if path.exists() and not overwrite:
        raise UsageError(f"{path} is already there; name another file or pass --overwrite")
    part, note = Part(_beside(path, ".part"), wanted.format), _beside(path, ".part.json")
    if restart:
        part.path.unlink(missing_ok=True)
        note.unlink(missing_ok=True)
    span = _span(client, wanted, part, note)
    part.recover()
    resumed = part.records
    if resumed:
        output.line(f"going on after {resumed:,} records")
    try:
        with _progress(output, part, span) as told:
            _fetch_all(client, part, wanted, span, told, pause)
    except KeyboardInterrupt:
        raise CommandError(f"stopped; the same command goes on with {part.path}") from None
    except (Unreachable, ApiError) as error:
        if isinstance(error, ApiError) and error.status < _SERVER_ERROR and not part.records:
            # Nothing to go on with; a corrected command must not be told of this one.
            part.path.unlink(missing_ok=True)
            note.unlink(missing_ok=True)
            raise
        error.args = (f"{error}; the same command goes on with {part.path}",)
        raise
    part.path.replace(path)
    note.unlink(missing_ok=True)
    output.line(f"{part.records:,} records, {path.stat().st_size:,} bytes: {path}")
    return {
        "path": str(path),
        "format": wanted.format,
        "from": span[0],
        "to": span[1],
        "records": part.records,
        "resumed_after": resumed,
        "bytes": path.stat().st_size,
    }


def export_to_pipe(client: OpenWebUI, wanted: Wanted, pipe: BinaryIO) -> None:
    """The same bytes into a pipe, once: nothing remembers what has gone into one."""
    params: Params = {**wanted.params, "format": wanted.format}
    with client.ours_streamed("/export", params) as chunks:
        for chunk in chunks:
            pipe.write(chunk)
    pipe.flush()


def _span(client: OpenWebUI, wanted: Wanted, part: Part, note: Path) -> tuple[float, float]:
    """From and to, of the export that broke off or as the server understands the range now."""
    if note.exists():
        try:
            kept = json.loads(note.read_text("utf-8"))
            same, span = kept["wanted"] == wanted.to_json(), (float(kept["from"]), float(kept["to"]))
        except (OSError, ValueError, KeyError, TypeError):
            same, span = False, (0.0, 0.0)
        if not same:
            raise UsageError(f"{note} is of another export; pass --restart to begin anew")
        return span
    params: Params = {"metric": "requests"}
    params |= {name: value for name, value in wanted.params.items() if name in _RANGE}
    found = client.ours("GET", "/timeseries", params=params)["range"]
    span = (float(found["from"]), float(found["to"]))
    try:
        # What lies there without a note is nobody's to go on with.
        part.path.unlink(missing_ok=True)
        note.write_text(json.dumps({"wanted": wanted.to_json(), "from": span[0], "to": span[1]}), "utf-8")
    except OSError as error:
        raise UsageError(f"cannot write beside {note}: {error.strerror}") from None
    return span


def _fetch_all(
    client: OpenWebUI,
    part: Part,
    wanted: Wanted,
    span: tuple[float, float],
    told: Callable[[float], None],
    pause: Callable[[float], None],
) -> None:
    tries = 0
    while True:
        before = part.records
        try:
            if _fetch(client, part, wanted, span, told):
                return
            error: CommandError = Unreachable(f"{client.url} broke off in the middle of a record")
        except Unreachable as unreachable:
            error = unreachable
        except ApiError as refused:
            if refused.status < _SERVER_ERROR:
                raise
            error = refused
        tries = 1 if part.records > before else tries + 1
        if tries >= _TRIES:
            raise error
        pause(_PAUSE_S * tries)
        part.recover()


def _fetch(
    client: OpenWebUI, part: Part, wanted: Wanted, span: tuple[float, float], told: Callable[[float], None]
) -> bool:
    """One answer of the server into the file; whether it was whole."""
    filters = {name: value for name, value in wanted.params.items() if name not in _RANGE}
    start = span[0] if part.last is None else part.last
    params: Params = {**filters, "format": wanted.format, "from": repr(start), "to": repr(span[1])}
    lines = Lines(wanted.format)
    header_due, seam = wanted.format == "csv", part.last is not None
    with client.ours_streamed("/export", params) as chunks, part.path.open("ab") as file:
        for chunk in chunks:
            found = lines.feed(chunk)
            if header_due and found:
                header_due = False
                _take_header(part, found.pop(0), file)
            if seam:
                found, seam = _new(part, found)
            file.write(b"".join(found))
            part.records += len(found)
            if found:
                told(part.read(found[-1])[1])
    return lines.whole and not header_due


def _new(part: Part, found: list[bytes]) -> tuple[list[bytes], bool]:
    """Those that are not in the file yet, and whether all were of its last record's moment."""
    kept: list[bytes] = []
    for number, record in enumerate(found):
        id, created_at = part.read(record)
        if created_at != part.last:
            return kept + found[number:], False
        if id not in part.ids:
            kept.append(record)
    return kept, True


def _take_header(part: Part, header: bytes, file: BinaryIO) -> None:
    if part.header is None:
        part.header = header
        file.write(header)
    elif part.header != header:
        raise CommandError(
            f"the columns are not those of {part.path} any more (Smart Router was upgraded); "
            "pass --restart to begin anew"
        )


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


@contextlib.contextmanager
def _progress(output: Output, part: Part, span: tuple[float, float]) -> Iterator[Callable[[float], None]]:
    """Told the time of a record, shows how much of the range is there: nobody counts the records first."""
    progress = output.progress(
        TextColumn("{task.fields[records]:,} records"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with progress:
        task = progress.add_task("", total=span[1] - span[0], records=part.records)

        def told(created_at: float) -> None:
            progress.update(task, completed=created_at - span[0], records=part.records)

        yield told
        progress.update(task, completed=span[1] - span[0], records=part.records)


def format_of(path: Path, said: str | None) -> Format:
    """The format that was said, else the one that the file's name says, else JSONL."""
    chosen = said or ("csv" if path.suffix.lower() == ".csv" else "jsonl")
    if chosen == "csv":
        return "csv"
    if chosen == "jsonl":
        return "jsonl"
    raise UsageError(f"--format takes jsonl or csv, not {chosen!r}")


def standard_output() -> BinaryIO:
    return sys.stdout.buffer
