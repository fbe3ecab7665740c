"""The trained model: a linear one over hashed features, and over what the rules say.

`weights/intent.bin` is one line of JSON (bits, columns, biases, scales, the weights of the rules'
scores) and then the table, one signed byte per bucket and column; a second table has a row per
word piece. scripts/training/train.py makes it. numpy adds the rows up where it is there; plain
Python does the same sums otherwise, some ten times slower.
"""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..assets import read_asset
from .features import Features, piece_weight
from .types import INTENTS

try:
    import numpy as np
except ImportError:  # pragma: no cover - Open WebUI brings numpy; the library works without it
    np = None  # type: ignore[assignment]


def sum_with_numpy(table: Any, rows: Sequence[int], width: int) -> Sequence[float]:
    """The sum of the given rows of a two-dimensional array."""
    summed: list[float] = table[np.array(rows, dtype=np.int64)].sum(axis=0, dtype=np.int32).tolist()
    return summed


def sum_in_python(table: Any, rows: Sequence[int], width: int) -> Sequence[float]:
    """The same for a flat array."""
    totals = [0] * width
    for row in rows:
        start = row * width
        for column, value in enumerate(table[start : start + width]):
            totals[column] += value
    return totals


@dataclass(frozen=True, slots=True)
class Model:
    """`table[bucket * width + column]`; the columns are the intents and then hardness."""

    version: str
    mask: int
    width: int
    scales: tuple[float, float, float, float]
    step: tuple[float, ...]
    bias: tuple[float, ...]
    rules: tuple[tuple[float, ...], ...]
    numbers: tuple[tuple[float, ...], ...]
    temperature: float
    table: Any
    piece_step: tuple[float, ...]
    piece_table: Any
    sum_rows: Callable[[Any, Sequence[int], int], Sequence[float]]

    def scores(self, features: Features, rules: Mapping[str, float]) -> tuple[dict[str, float], float]:
        """Log-odds per intent (unnormalised, already divided by the temperature), and of hardness."""
        totals = list(self.bias)
        blocks = (features.words, features.chars, features.facts, features.pairs)
        for place, (block, scale) in enumerate(zip(blocks, self.scales, strict=True)):
            if not block:
                continue
            weight = scale / math.sqrt(len(block)) if place < 2 else scale
            for column, value in enumerate(
                self.sum_rows(self.table, [f & self.mask for f in block], self.width)
            ):
                totals[column] += weight * value * self.step[column]
        if features.pieces:
            weight = 1 / sum(map(piece_weight, features.pieces))
            for column, value in enumerate(self.sum_rows(self.piece_table, features.pieces, self.width)):
                totals[column] += weight * value * self.piece_step[column]
        for number, row in zip(features.numbers, self.numbers, strict=True):
            for column, value in enumerate(row):
                totals[column] += number * value
        for intent, row in zip(INTENTS, self.rules, strict=True):
            score = rules[intent]
            if score:
                for column, value in enumerate(row):
                    totals[column] += score * value
        return {i: totals[n] / self.temperature for n, i in enumerate(INTENTS)}, totals[len(INTENTS)]


def _table(data: bytes, width: int) -> Any:
    if np is not None:
        return np.frombuffer(data, dtype=np.int8).reshape(-1, width)
    return array("b", data)


@lru_cache(maxsize=1)
def load_model() -> Model | None:
    """The model, read once; None when the package was built without its weights."""
    try:
        header, table = read_asset("classify/weights/intent.bin").split(b"\n", 1)
    except (FileNotFoundError, OSError):
        return None
    meta = json.loads(header)
    width = len(INTENTS) + 1
    end = (1 << meta["bits"]) * width
    return Model(
        version=meta["version"],
        mask=(1 << meta["bits"]) - 1,
        width=width,
        scales=tuple(meta["scales"]),
        step=tuple(meta["step"]),
        bias=tuple(meta["bias"]),
        rules=tuple(tuple(row) for row in meta["rules"]),
        numbers=tuple(tuple(row) for row in meta["numbers"]),
        temperature=meta["temperature"],
        table=_table(table[:end], width),
        piece_step=tuple(meta["piece_step"]),
        piece_table=_table(table[end:], width),
        sum_rows=sum_in_python if np is None else sum_with_numpy,
    )
