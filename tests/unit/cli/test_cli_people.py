"""export --user: whom an e-mail address, a name or an id means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from smart_router.cli.bundle import Function
from smart_router.records import Record

from .typed import Run


@pytest.fixture
def smart(fake: Any, functions: list[Function]) -> Any:
    """Installed, with a record of each user, and one of a user whose account is gone."""
    fake.functions = {f.id: {"id": f.id, "is_active": True, "content": f.content} for f in functions}
    fake.users.append({"id": "u4", "name": "ada@example.org", "email": "cy@example.org"})
    fake.records = [
        Record(id=f"of-{user}", turn_id=user, created_at=100.0 + n, outcome="ok", user_id=user)
        for n, user in enumerate(("u1", "u2", "u3", "u4"))
    ]
    return fake


def exported(run: Run, *users: str) -> list[str]:
    """The ids of the records of these users."""
    options = [part for user in users for part in ("--user", user)]
    said = run("export", "--out", "-", "--from", "0", "--to", "1000", *options, token="admin")
    assert said.status == 0, said.err
    return [json.loads(line)["id"] for line in said.out.splitlines()]


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("u2", ["of-u2"]),
        ("ADA@example.org", ["of-u1"]),
        ("ada [B]", ["of-u1"]),
        ("bo.two@example.org", ["of-u3"]),
    ],
)
def test_a_user_is_an_id_an_email_address_or_a_name(run: Run, smart: Any, said: str, ids: list[str]) -> None:
    assert exported(run, said) == ids


def test_several_users_are_alternatives_and_one_said_twice_is_one(run: Run, smart: Any) -> None:
    assert exported(run, "u2", "ada@example.org", "u1") == ["of-u1", "of-u2"]
    assert len(exported(run)) == 4


def test_a_name_of_several_is_refused_with_all_of_them(run: Run, smart: Any, tmp_path: Path) -> None:
    out = tmp_path / "records.jsonl"
    said = run("export", "--out", str(out), "--user", "bo", token="admin")
    assert said.status == 2
    assert said.err == (
        "smart-router: --user bo: 2 accounts fit: Bo <bo@example.org> (u2), "
        "Bo <bo.two@example.org> (u3); pass an id\n"
    )
    assert not out.exists()


def test_a_user_that_is_nobody_is_refused_and_no_file_is_begun(run: Run, smart: Any, tmp_path: Path) -> None:
    said = run("export", "--out", str(tmp_path / "records.jsonl"), "--user", "Nobody", token="admin")
    assert said.status == 2
    assert "--user Nobody: no account has this id, e-mail address or name" in said.err
    assert not list(tmp_path.glob("records*"))


def test_an_id_without_an_account_is_taken_where_records_have_it(run: Run, smart: Any) -> None:
    smart.users = [user for user in smart.users if user["id"] != "u1"]
    assert exported(run, "u1") == ["of-u1"]


def test_a_plain_user_is_told_that_it_is_for_administrators(run: Run, smart: Any) -> None:
    said = run("export", "--out", "-", "--user", "u1", token="user")
    assert (said.status, "no administrator" in said.err) == (5, True)
