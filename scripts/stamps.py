"""Remembers what a folder was made from, so that a second run need not make it again."""

import hashlib
from pathlib import Path


def digest(*parts):
    """One hash over texts and files; a folder counts with every file below it."""
    total = hashlib.sha256()
    for part in parts:
        if not isinstance(part, Path):
            total.update(str(part).encode() + b"\0")
            continue
        for path in sorted(p for p in part.rglob("*") if p.is_file()) if part.is_dir() else [part]:
            total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def is_current(stamp, wanted):
    """Whether the stamp says that this very thing was made."""
    return stamp.is_file() and stamp.read_text() == wanted


def set_current(stamp, wanted):
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)
