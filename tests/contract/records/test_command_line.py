"""simulate and rebuild: work on a database that the command line opens itself."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from smart_router.cli.app import main
from smart_router.cli.simulate import BASELINE, MARK, simulated
from smart_router.records import Record

START, END = 1_700_000_000.0, 1_700_600_000.0


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--json"])
    assert ended.value.code == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert ended.value.code == 2
    return capsys.readouterr().err


def ask(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(folder / "webui.db")
    try:
        found = connection.execute(sql).fetchall()
        connection.commit()
        return found
    finally:
        connection.close()


def requests(folder: Path, grain: int) -> int:
    sql = f"SELECT sum(requests) FROM smart_router_rollups WHERE dimension = 'all' AND grain = {grain}"
    return int(ask(folder, sql)[0][0] or 0)


def test_simulated_records_say_so_and_are_in_the_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = run(capsys, "simulate", "--records", "300", "--days", "2", "--data-dir", str(tmp_path))
    assert (said["written"], said["simulated"]) == (300, True)
    assert ask(tmp_path, "SELECT count(*), min(substr(id, 1, 10)) FROM smart_router_records") == [(300, MARK)]
    turns = ask(tmp_path, "SELECT count(DISTINCT turn_id) FROM smart_router_records WHERE task IS NULL")[0][0]
    assert requests(tmp_path, 3600) == requests(tmp_path, 86400) == turns


def test_a_rebuild_puts_figures_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "simulate", "--records", "1000", "--days", "1", "--data-dir", str(tmp_path))
    before = requests(tmp_path, 86400)
    ask(tmp_path, "UPDATE smart_router_rollups SET requests = 7")
    assert requests(tmp_path, 86400) != before
    assert run(capsys, "rebuild", "--data-dir", str(tmp_path))["hours"] >= 20
    assert requests(tmp_path, 86400) == before


def test_simulated_records_are_not_mixed_with_real_ones_unasked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "simulate", "--records", "20", "--days", "1", "--data-dir", str(tmp_path))
    ask(tmp_path, "UPDATE smart_router_records SET id = 'real' WHERE seq = 1")
    arguments = ("simulate", "--records", "20", "--seed", "2", "--data-dir", str(tmp_path))
    assert "--mix" in refused(capsys, *arguments)
    assert run(capsys, *arguments, "--mix")["written"] == 20


@pytest.mark.parametrize(
    "arguments",
    [
        ("rebuild",),
        ("rebuild", "--data-dir", "/nowhere"),
        ("rebuild", "--database", "mysql://host/db"),
        ("rebuild", "--database", "sqlite:///a", "--data-dir", "/tmp"),
    ],
)
def test_it_says_what_is_missing(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, *arguments).startswith("smart-router: ")


def test_simulated_traffic_has_everything_that_real_traffic_has() -> None:
    records = list(simulated(3000, START, END, seed=4))
    assert len(records) == len({record.id for record in records}) == 3000
    assert all(record.created_at >= START for record in records)
    assert {record.outcome for record in records} >= {"ok", "fallback", "failed", "escalated", "stopped"}
    assert any(record.round for record in records)
    assert any(record.task for record in records)
    assert {record.rating for record in records} == {None, 1, -1}
    assert all(record.sentence.startswith("Simulated") for record in records)
    # Failed and escalated attempts are paid too.
    assert all(close(record) for record in records if record.task is None)
    assert {record.baseline for record in records if record.baseline} == {BASELINE.name}
    assert list(simulated(50, START, END, seed=4)) == list(simulated(50, START, END, seed=4))


def close(record: Record) -> bool:
    known = [attempt.cost_usd for attempt in record.attempts if attempt.cost_usd is not None]
    return record.cost_usd == (pytest.approx(sum(known)) if known else None)
