"""Pretended embeddings: the same text gives the same unit vector."""

from __future__ import annotations

import math
import random


def vector(text: str, dimensions: int) -> list[float]:
    """A unit vector that depends on the text alone; near texts are not near each other."""
    source = random.Random(text)
    values = [source.gauss(0, 1) for _ in range(dimensions)]
    length = math.sqrt(sum(value * value for value in values)) or 1.0
    return [round(value / length, 7) for value in values]
