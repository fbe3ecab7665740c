"""Builds what is handed out: smart_router.json for Admin → Functions → Import, and the wheel.

Needs the built page and, for the wheel, the package `build`. Run by `make release`.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# What lies beside this script is handed out, whatever is installed.
sys.path.insert(0, str(ROOT / "shared"))

from smart_router.cli.bundle import build, sources, to_json  # noqa: E402
from smart_router.errors import SmartRouterError  # noqa: E402


def build_list(out: Path) -> Path:
    """smart_router.json, page included."""
    path = out / "smart_router.json"
    path.write_bytes(to_json(build(sources())).encode())
    return path


def build_wheel(out: Path) -> Path:
    """The wheel: library, functions and built page. Only new files of `out` are looked at."""
    before = {path: path.stat().st_mtime_ns for path in out.glob("*.whl")}
    # With the build backend at hand nothing needs to be fetched.
    isolation = ["--no-isolation"] if importlib.util.find_spec("hatchling") else []
    command = [sys.executable, "-m", "build", "--wheel", *isolation, "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    built = [path for path in out.glob("*.whl") if before.get(path) != path.stat().st_mtime_ns]
    if done.returncode or len(built) != 1:
        raise SystemExit(f"the wheel was not built:\n{done.stdout}{done.stderr}")
    return built[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder to write to")
    out = parser.parse_args().out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    try:
        paths = [build_list(out), build_wheel(out)]
    except SmartRouterError as error:
        raise SystemExit(f"release: {error}") from None
    for path in paths:
        print(f"{path}  {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
