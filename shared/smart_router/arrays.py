"""numpy where it is there, as inside Open WebUI; None elsewhere, where plain Python does the same, slower."""

from __future__ import annotations

try:
    import numpy as np
except ImportError:
    np = None  # type: ignore[assignment]

__all__ = ["np"]
