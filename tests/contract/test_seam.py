"""Every name and signature of Open WebUI that we lean on, in one readable place."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.server import shielded_environment

_LOOK = """
import json
from smart_router.host.seam import mismatches, open_seam
seam = open_seam()
print(json.dumps({"mismatches": mismatches(), "known": seam.known, "version": seam.version}))
"""


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
        [sys.executable, "-c", _LOOK], env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    return dict(json.loads(ran.stdout.strip().splitlines()[-1]))


def test_every_function_takes_what_we_pass(seam: dict[str, object]) -> None:
    assert seam["mismatches"] == []


def test_the_installed_open_webui_is_a_version_that_we_know(seam: dict[str, object]) -> None:
    assert seam["known"], (
        f"Open WebUI {seam['version']} is new: try everything, then add it to KNOWN_VERSIONS"
    )


def test_the_database_of_whoever_runs_the_tests_is_left_alone(
    seam: dict[str, object], developers_database: Path
) -> None:
    assert seam
    assert not developers_database.exists()
