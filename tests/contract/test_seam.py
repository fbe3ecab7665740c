"""Every name and signature of Open WebUI that we lean on, in one readable place."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

_LOOK = """
import json
from smart_router.host.seam import mismatches, open_seam
seam = open_seam()
print(json.dumps({"mismatches": mismatches(), "known": seam.known, "version": seam.version}))
"""


@pytest.fixture(scope="module")
def seam(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """The seam, looked at in a process of its own: importing Open WebUI opens its database."""
    environment = os.environ | {
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
