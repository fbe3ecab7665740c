"""Data files that travel with the library: weights, tables, built pages."""

from __future__ import annotations

import pkgutil


def read_asset(name: str) -> bytes:
    """The bytes of a file below this package, for instance `classify/weights/intent.bin`.

    Works from a checkout, a wheel, and a bundle whose loader holds its files in memory: all that
    is asked of the package's loader is `get_data` (PEP 302). Raises FileNotFoundError.
    """
    data = pkgutil.get_data(__package__, name)
    if data is None:
        raise FileNotFoundError(f"{__package__} has no data file {name!r}")
    return data
