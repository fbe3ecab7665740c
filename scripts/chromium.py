"""Prints where a Chromium for the browser tests is, after installing one if there is none.

The system's chromium or google-chrome; else apt-get, when this is root; else Playwright's own
download. When all of that fails it says what to do, and the tests do not run without it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
VARIABLE = "SMART_ROUTER_CHROMIUM"


def runs(path: str | None) -> bool:
    """Whether this is a browser that starts; Ubuntu's chromium may be a stub that only asks for snap."""
    if not path or not Path(path).exists():
        return False
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def of_the_system() -> str | None:
    candidates = [shutil.which(name) for name in NAMES] + list(MAC)
    return next((path for path in candidates if runs(path)), None)


def by_apt() -> str | None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    say("installing chromium with apt-get")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-q", "-y", "chromium"]):
        if subprocess.run(command, stdout=sys.stderr, env=environment).returncode:
            say("apt-get did not manage")
            return None
    return of_the_system()


def by_playwright() -> str | None:
    found = playwrights_path()
    if not runs(found):
        say("downloading Playwright's Chromium")
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdout=sys.stderr)
        found = playwrights_path()
    return found if runs(found) else None


def playwrights_path() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def say(text: str) -> None:
    print(f"chromium: {text}", file=sys.stderr, flush=True)


def main() -> None:
    named = os.environ.get(VARIABLE)
    if named:
        found = named if runs(named) else None
        if found is None:
            say(f"{VARIABLE} is {named}, and that is no browser that runs")
            raise SystemExit(1)
    else:
        found = of_the_system() or by_apt() or by_playwright()
    if found is None:
        say(
            "the browser tests need a Chromium and none could be installed. Install the package chromium "
            f"or google-chrome, or set {VARIABLE} to one that you have"
        )
        raise SystemExit(1)
    print(found)


if __name__ == "__main__":
    main()
