"""Every name and signature of Open WebUI that we lean on, in one readable place."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.server import shielded_environment

_PIPES = Path(__file__).parents[2] / "pipes"

#: A name, a column and a setting that are there, and one each that is not.
_LOOK = """
import importlib, json, sys
from smart_router.host import seam as module
seam = module.open_seam()
found = {"mismatches": module.mismatches(), "known": seam.known, "version": seam.version}
module.COLUMNS = {"function_table": ("id", "colour"), "chat_message_table": ("usage", "smell")}
module.CONFIG_KEYS = ("task.model.default", "task.model.colour")
found["lacking"] = module.mismatches()
imports, columns = json.loads(sys.argv[1])
found["pipes_lack"] = [
    f"{path}.{name}" for path, name in imports if not hasattr(importlib.import_module(path), name)
] + [name for name in columns if name not in seam.function_table.__table__.columns]
print(json.dumps(found))
"""


def asked_by_the_functions() -> tuple[list[tuple[str, str]], list[str]]:
    """What the thin functions take from Open WebUI without the seam, (module, name) each, and the columns
    of its functions that the loader reads."""
    nodes = [node for path in sorted(_PIPES.glob("*.py")) for node in ast.walk(ast.parse(path.read_text()))]
    imports = [
        (node.module, alias.name)
        for node in nodes
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("open_webui")
        for alias in node.names
        if node.module
    ]
    columns = [
        str(node.args[0].value)
        for node in nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "_carrier"
        and isinstance(node.args[0], ast.Constant)
    ]
    return imports, columns


@pytest.fixture(scope="module")
def developers_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the environment of somebody who runs the tests says that their own Open WebUI's data are."""
    path = tmp_path_factory.mktemp("developer") / "webui.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{path}")
        yield path


@pytest.fixture(scope="module")
def seam(tmp_path_factory: pytest.TempPathFactory, developers_database: Path) -> dict[str, object]:
    """The seam, looked at in a process of its own: importing Open WebUI opens its database."""
    environment = shielded_environment() | {
        "FROM_INIT_PY": "true",
        "DATA_DIR": str(tmp_path_factory.mktemp("open_webui")),
        "WEBUI_SECRET_KEY": "t" * 40,
        "OFFLINE_MODE": "true",
        "HF_HUB_OFFLINE": "1",
    }
    ran = subprocess.run(
        [sys.executable, "-c", _LOOK, json.dumps(asked_by_the_functions())],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    return dict(json.loads(ran.stdout.strip().splitlines()[-1]))


def test_every_function_takes_what_we_pass_and_every_column_and_setting_is_there(
    seam: dict[str, object],
) -> None:
    assert seam["mismatches"] == []


def test_a_column_or_a_setting_that_is_gone_is_named(seam: dict[str, object]) -> None:
    assert seam["lacking"] == [
        "Function has no column colour",
        "ChatMessage has no column smell",
        "there is no setting task.model.colour",
    ]


def test_what_the_thin_functions_take_past_the_seam_is_there(seam: dict[str, object]) -> None:
    imports, columns = asked_by_the_functions()
    assert ("open_webui.models.functions", "Function") in imports
    assert set(columns) == {"version_id", "content"}
    assert seam["pipes_lack"] == []


def test_the_installed_open_webui_is_a_version_that_we_know(seam: dict[str, object]) -> None:
    assert seam["known"], (
        f"Open WebUI {seam['version']} is new: try everything, then add it to KNOWN_VERSIONS"
    )


def test_the_database_of_whoever_runs_the_tests_is_left_alone(
    seam: dict[str, object], developers_database: Path
) -> None:
    assert seam
    assert not developers_database.exists()
