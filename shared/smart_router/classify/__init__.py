"""Signals → Classification: intent, complexity, confidence, evidence. No I/O, no clock."""

from __future__ import annotations

from .decide import classify
from .types import Classification

__all__ = ["Classification", "classify"]
