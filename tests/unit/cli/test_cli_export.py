"""export: every record once, however often it broke off."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from admin_pages.observability.export import CSV_COLUMNS
from smart_router.cli.bundle import Function
from smart_router.cli.errors import ApiError, CommandError, Unreachable, UsageError
from smart_router.cli.export import Lines, Wanted, export_to_file, export_to_pipe, format_of
from smart_router.cli.output import Output
from smart_router.records import Record


@pytest.fixture
def smart(fake: Any, functions: list[Function]) -> Any:
    """A fake with twenty records, five to a moment, whose sentences have lines and quotes in them."""
    fake.functions = {f.id: {"id": f.id, "is_active": True, "content": f.content} for f in functions}
    fake.records = [
        Record(
            id=f"r{n:02}",
            turn_id=f"t{n}",
            created_at=100.0 + n // 5 + 0.1,
            outcome="ok",
            backend="a" if n % 2 else "b",
            sentence='Line one,\nline "two"' + "." * n,
        )
        for n in range(20)
    ]
    return fake


def wanted(format: str = "jsonl", **params: Any) -> Wanted:
    return Wanted("http://webui.test", format_of(Path("x"), format), {"range": "24h", **params})


def export(smart: Any, path: Path, what: Wanted | None = None, **options: Any) -> dict[str, Any]:
    with smart.client() as client:
        return export_to_file(
            client, path, what or wanted(), Output(as_json=True), pause=lambda s: None, **options
        )


def ids(path: Path, format: str = "jsonl") -> list[str]:
    text = path.read_bytes().decode()
    if format == "jsonl":
        return [json.loads(line)["id"] for line in text.splitlines()]
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert tuple(header) == CSV_COLUMNS
    return [row[0] for row in rows]


ALL = [f"r{n:02}" for n in range(20)]


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_every_record_is_written_once(smart: Any, tmp_path: Path, format: str) -> None:
    path = tmp_path / "records"
    found = export(smart, path, wanted(format))
    assert ids(path, format) == ALL
    assert (found["records"], found["resumed_after"], found["bytes"]) == (20, 0, path.stat().st_size)
    assert [entry.name for entry in tmp_path.iterdir()] == ["records"]


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_an_export_that_broke_anywhere_goes_on(smart: Any, tmp_path: Path, format: str) -> None:
    """By itself where the server comes back; the bytes are those of one that did not break."""
    export(smart, tmp_path / "whole", wanted(format))
    whole = (tmp_path / "whole").read_bytes()
    for after in range(1, 9000, 389):
        smart.breaks = [after, 1, after]
        export(smart, tmp_path / f"broken {after}", wanted(format))
        assert (tmp_path / f"broken {after}").read_bytes() == whole, after


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_typed_again_it_goes_on_where_it_stopped(smart: Any, tmp_path: Path, format: str) -> None:
    path = tmp_path / "records"
    smart.breaks = [4000, 0, 0, 0, 0, 0]
    with pytest.raises(Unreachable, match=r"the same command goes on with .*records\.part"):
        export(smart, path, wanted(format))
    assert not path.exists()
    smart.breaks = []
    asked: list[httpx.QueryParams] = []
    smart.on_export = lambda request: asked.append(request.url.params)
    found = export(smart, path, wanted(format))
    assert ids(path, format) == ALL
    assert found["resumed_after"] > 0
    assert float(asked[0]["from"]) > 100.0
    assert asked[0]["to"] == "1000.0"


def test_the_range_stays_that_of_the_first_attempt(smart: Any, tmp_path: Path) -> None:
    smart.breaks = [4000, 0, 0, 0, 0, 0]
    with pytest.raises(Unreachable):
        export(smart, tmp_path / "records")
    smart.breaks = []
    smart.calls.clear()
    export(smart, tmp_path / "records")
    assert not any(call.endswith("/timeseries") for call in smart.calls)


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_a_line_that_was_cut_is_written_anew(smart: Any, tmp_path: Path, format: str) -> None:
    """As a machine leaves it that lost its power."""
    export(smart, tmp_path / "whole", wanted(format))
    whole = (tmp_path / "whole").read_bytes()
    for cut in (0, 5, 900, len(whole) // 2, len(whole) - 1):
        path = tmp_path / f"cut-{cut}"
        path.with_name(path.name + ".part").write_bytes(whole[:cut])
        note = {"wanted": wanted(format).to_json(), "from": 0.0, "to": 1000.0}
        path.with_name(path.name + ".part.json").write_text(json.dumps(note))
        export(smart, path, wanted(format))
        assert path.read_bytes() == whole, cut


def test_records_of_the_same_moment_that_came_meanwhile_are_not_lost(smart: Any, tmp_path: Path) -> None:
    smart.breaks = [4000, 0, 0, 0, 0, 0]
    with pytest.raises(Unreachable):
        export(smart, tmp_path / "records")
    last = json.loads((tmp_path / "records.part").read_text().splitlines()[-1])
    smart.breaks = []
    smart.records.append(
        Record(id="late", turn_id="t", created_at=last["created_at"], outcome="ok", backend="a")
    )
    export(smart, tmp_path / "records")
    assert sorted(ids(tmp_path / "records")) == sorted([*ALL, "late"])


def test_a_record_that_was_deleted_meanwhile_does_no_harm(smart: Any, tmp_path: Path) -> None:
    smart.breaks = [4000, 0, 0, 0, 0, 0]
    with pytest.raises(Unreachable):
        export(smart, tmp_path / "records")
    last = json.loads((tmp_path / "records.part").read_text().splitlines()[-1])
    smart.breaks = []
    smart.records = [record for record in smart.records if record.id != last["id"]]
    export(smart, tmp_path / "records")
    assert ids(tmp_path / "records") == ALL


def test_another_export_is_not_gone_on_with(smart: Any, tmp_path: Path) -> None:
    smart.breaks = [4000, 0, 0, 0, 0, 0]
    with pytest.raises(Unreachable):
        export(smart, tmp_path / "records")
    smart.breaks = []
    for other in (wanted("csv"), wanted(backend=["a"]), wanted(range="7d")):
        with pytest.raises(UsageError, match=r"of another export; pass --restart"):
            export(smart, tmp_path / "records", other)
    export(smart, tmp_path / "records", wanted(backend=["a"]), restart=True)
    assert ids(tmp_path / "records") == [f"r{n:02}" for n in range(1, 20, 2)]


def test_a_file_that_is_there_is_replaced_only_when_told(smart: Any, tmp_path: Path) -> None:
    path = tmp_path / "records"
    path.write_text("mine")
    with pytest.raises(UsageError, match="--overwrite"):
        export(smart, path)
    assert path.read_text() == "mine"
    export(smart, path, overwrite=True)
    assert ids(path) == ALL


def test_a_refusal_is_not_asked_again(smart: Any, tmp_path: Path) -> None:
    def refuse(request: httpx.Request) -> None:
        raise httpx.ConnectError("not this time")

    smart.on_export = refuse
    asked = len(smart.calls)
    with pytest.raises(Unreachable):
        export(smart, tmp_path / "records")
    assert len(smart.calls) - asked == 1 + 5
    plain = smart.answer
    smart.answer = lambda request: (
        httpx.Response(422, json={"detail": "intent: unknown"})
        if "export" in str(request.url)
        else plain(request)
    )
    with pytest.raises(ApiError, match=r"intent: unknown$"):
        export(smart, tmp_path / "other")
    assert not list(tmp_path.glob("other*")), "the corrected command must be able to begin"


def test_other_columns_than_before_are_refused(smart: Any, tmp_path: Path) -> None:
    path = tmp_path / "records"
    (tmp_path / "records.part").write_text("id,created_at\r\nr00,100.1\r\n")
    note = {"wanted": wanted("csv").to_json(), "from": 0.0, "to": 1000.0}
    (tmp_path / "records.part.json").write_text(json.dumps(note))
    with pytest.raises(CommandError, match="columns are not those"):
        export(smart, path, wanted("csv"))


def test_a_part_that_is_none_of_ours_is_refused(smart: Any, tmp_path: Path) -> None:
    (tmp_path / "records.part").write_text("hello\n")
    note = {"wanted": wanted().to_json(), "from": 0.0, "to": 1000.0}
    (tmp_path / "records.part.json").write_text(json.dumps(note))
    with pytest.raises(CommandError, match="a line that is no record"):
        export(smart, tmp_path / "records")


def test_progress_is_shown_on_a_terminal_alone(smart: Any, tmp_path: Path) -> None:
    def said(name: str, **of: Any) -> str:
        console = Console(file=io.StringIO(), width=100, **of.pop("console"))
        with smart.client() as client:
            export_to_file(client, tmp_path / name, wanted(), Output(console=console, **of))
        assert isinstance(console.file, io.StringIO)
        return console.file.getvalue()

    assert "100%" in said("a", console={"force_terminal": True})
    assert said("b", console={}).startswith("20 records, ")
    assert said("c", console={}, as_json=True) == ""


def test_into_a_pipe_it_goes_as_it_comes(smart: Any) -> None:
    pipe = io.BytesIO()
    with smart.client() as client:
        export_to_pipe(client, Wanted("", "jsonl", {"from": "0", "backend": ["a"]}), pipe)
    assert len(pipe.getvalue().splitlines()) == 10


def test_the_name_says_the_format() -> None:
    assert format_of(Path("a.CSV"), None) == "csv"
    assert format_of(Path("a.jsonl"), None) == format_of(Path("-"), None) == "jsonl"
    assert format_of(Path("a.csv"), "jsonl") == "jsonl"
    with pytest.raises(UsageError, match="jsonl or csv"):
        format_of(Path("a"), "xml")


CELLS = st.lists(st.text(max_size=6, alphabet=st.sampled_from('a",\n\r')), min_size=2, max_size=3)


@given(st.lists(CELLS, max_size=8), st.integers(1, 9))
@settings(max_examples=200, deadline=None)
def test_records_are_cut_where_the_csv_module_cuts_them(rows: list[list[str]], size: int) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    data, lines = text.getvalue().encode(), Lines("csv")
    found = [record for n in range(0, len(data), size) for record in lines.feed(data[n : n + size])]
    assert b"".join(found) == data
    assert lines.whole
    assert [next(csv.reader(io.StringIO(r.decode(), newline=""))) for r in found] == rows
