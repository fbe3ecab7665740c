"""`make bench`: every benchmark, or those named. Figures are ratios and differences within one run."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

#: Run first: what the others add to.
_FIRST = ("chat",)


def main(wanted: list[str]) -> int:
    found = {module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])} - {
        "__main__",
        "table",
    }
    unknown = set(wanted) - found
    if unknown:
        print(f"no such benchmark: {', '.join(sorted(unknown))}; there is: {', '.join(sorted(found))}")
        return 2
    for name in sorted(wanted or found, key=lambda name: (name not in _FIRST, name)):
        importlib.import_module(f"tests.bench.{name}").run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
