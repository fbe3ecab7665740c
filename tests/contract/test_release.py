"""What is handed out works without the checkout it was built from."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from smart_router.cli.bundle import FUNCTION_IDS, from_json
from smart_router.cli.carrier import CARRIER_ID, parse

ROOT = Path(__file__).resolve().parents[2]
PAGE = b"<!doctype html><title>Observability</title>"


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def copy_checkout(to: Path) -> None:
    """What a release is built from, without a built page."""
    ignore = shutil.ignore_patterns("__pycache__", "node_modules", "dist")
    for name in ("shared", "pipes", "admin_pages", "scripts"):
        shutil.copytree(ROOT / name, to / name, ignore=ignore)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, to / name)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `make release` fills, from a copy of this tree that is gone afterwards."""
    folder = tmp_path_factory.mktemp("release")
    copy, out = folder / "checkout", folder / "dist"
    copy_checkout(copy)
    page = copy / "admin_pages" / "observability" / "ui" / "dist"
    page.mkdir(parents=True)
    (page / "index.html").write_bytes(PAGE)
    run(sys.executable, "scripts/release.py", "--out", out, cwd=copy)
    shutil.rmtree(copy)
    return out


@pytest.fixture(scope="module")
def installed(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, installed into a folder of its own."""
    target = tmp_path_factory.mktemp("installed")
    wheel = next(release.glob("*.whl"))
    run(
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-index",
        "--target",
        target,
        wheel,
        cwd=target,
    )
    return target


def test_the_list_to_import_is_complete(release: Path) -> None:
    functions = from_json((release / "smart_router.json").read_text("utf-8"))
    assert [f.id for f in functions] == [CARRIER_ID, *FUNCTION_IDS]
    contents = parse(functions[0].content)
    assert contents.assets["observability/ui/index.html"] == PAGE
    assert contents.version in next(release.glob("*.whl")).name


@pytest.mark.parametrize("page", ["README.md", "docs/operations/install.md", "docs/operations/upgrade.md"])
def test_what_people_are_told_to_install_is_what_there_is(release: Path, page: str) -> None:
    """As typed in the folder in which `make release` was."""
    told = re.findall(r"pip install (?:--upgrade )?(\S+\.whl)", (ROOT / page).read_text("utf-8"))
    assert told
    for wheel in told:
        assert len(list(release.parent.glob(wheel))) == 1, wheel


def test_the_installed_command_bundles_the_same_bytes(release: Path, installed: Path, tmp_path: Path) -> None:
    command = [sys.executable, installed / "bin" / "smart-router", "bundle", "--out", tmp_path / "out"]
    run(*command, cwd=tmp_path, PYTHONPATH=str(installed))
    # By their digests: what differs in megabytes of text takes the test run hours to show.
    assert digest(tmp_path / "out" / "smart_router.json") == digest(release / "smart_router.json")


def test_the_installed_command_uses_its_own_library(installed: Path, tmp_path: Path) -> None:
    code = (
        "from smart_router.cli.bundle import sources; print(*map(str, [sources().library, sources().page]))"
    )
    said = run(sys.executable, "-c", code, cwd=tmp_path, PYTHONPATH=str(installed))
    assert said.split() == [str(installed / "smart_router"), str(installed / "smart_router/observability/ui")]


def test_the_wheel_carries_no_tests_and_no_build_leavings(installed: Path) -> None:
    files = [path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()]
    described = next(installed.glob("*.dist-info")).name
    assert {f.split("/")[0] for f in files} == {"bin", "smart_router", described}
    assert not [f for f in files if "node_modules" in f or "/ui/src" in f]
    assert "smart_router/py.typed" in files
    assert "smart_router/functions/loader.py" in files


def test_a_release_without_the_page_is_refused(tmp_path: Path) -> None:
    copy_checkout(tmp_path)
    command = [sys.executable, "scripts/release.py", "--out", "out"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert "run `make ui`" in done.stderr
