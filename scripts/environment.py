"""Makes .venv with everything that this project needs: `python3 scripts/environment.py`.

Started by whatever python3 there is, so it keeps to what old ones understand until it has found a
Python 3.11 or 3.12. A second run with nothing changed does nothing.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from stamps import digest, is_current, set_current

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
STAMP = VENV / "smart-router.stamp"
CONSTRAINTS = ROOT / "constraints.txt"
WANTED = ((3, 12), (3, 11))


def fail(text):
    print("environment: " + text, file=sys.stderr)
    raise SystemExit(1)


def version_of(python):
    """(major, minor) of an interpreter, None when it does not run."""
    command = [python, "-c", "import sys; print(*sys.version_info[:2])"]
    try:
        answer = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return tuple(int(number) for number in answer.stdout.split())


def suitable_python():
    """The interpreter to build with: this one if it will do, else one that is installed beside it."""
    if sys.version_info[:2] in WANTED:
        return sys.executable
    for major, minor in WANTED:
        found = shutil.which(f"python{major}.{minor}")
        if found and version_of(found) == (major, minor):
            return found
    major, minor = sys.version_info[:2]
    return fail(
        f"Python 3.11 or 3.12 is needed (Open WebUI runs on no newer one); this is {major}.{minor}. "
        "Install python3.12, or say which to take: make PYTHON3=/path/to/python3.12"
    )


def requirements(python):
    """What pyproject.toml asks for, as text; read by the new Python, because old ones have no tomllib."""
    code = "import json,sys,tomllib;p=tomllib.load(open(sys.argv[1],'rb'))['project'];" + (
        "print(json.dumps([p['dependencies'],p['optional-dependencies']]))"
    )
    return subprocess.run(
        [str(python), "-c", code, str(ROOT / "pyproject.toml")], stdout=subprocess.PIPE, check=True
    ).stdout.decode()


def make_venv(python):
    present = version_of(str(VENV_PYTHON)) if VENV_PYTHON.exists() else None
    if present in WANTED:
        return
    if VENV.exists():
        print("environment: .venv has no usable Python; making it anew")
        shutil.rmtree(str(VENV))
    print("environment: making .venv")
    if subprocess.run([python, "-m", "venv", str(VENV)]).returncode:
        shutil.rmtree(str(VENV), ignore_errors=True)
        fail("python3 -m venv failed; on Debian and Ubuntu: apt-get install python3-venv")


def constrained():
    """Whether the tested versions are to be taken; `make constraints` looks for new ones."""
    return CONSTRAINTS.is_file() and "--without-constraints" not in sys.argv


def pip_install(*what):
    constraints = ["--constraint", str(CONSTRAINTS)] if constrained() else []
    command = [str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*command, *constraints, *what], cwd=str(ROOT)).returncode:
        fail("pip could not install " + " ".join(what) + "; its messages are above")


def main():
    python = suitable_python() if not VENV_PYTHON.exists() else str(VENV_PYTHON)
    if version_of(python) not in WANTED:
        python = suitable_python()
    make_venv(python)
    asked = requirements(VENV_PYTHON)
    pins = CONSTRAINTS.read_text() if constrained() else ""
    wanted = digest(asked, pins, version_of(str(VENV_PYTHON)))
    if is_current(STAMP, wanted):
        return
    # torch goes first and by its pin: asked for by Open WebUI alone, pip would take the newest.
    torch = next(line for line in json.loads(asked)[1]["webui"] if line.startswith("torch"))
    print("environment: installing Open WebUI and the tools; some minutes the first time", flush=True)
    pip_install(torch)
    pip_install("--editable", ".[webui,dev]")
    set_current(STAMP, wanted)
    print("environment: ready")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    main()
