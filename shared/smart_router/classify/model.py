"""The trained model: hashed features and the rules' scores, added up directly and through a hidden layer.

`weights/intent.bin` is one line of JSON (bits, biases, scales, the weights of the rules' scores and
of the numbers, the hidden layer's way out) and then the table, a row of signed bytes per bucket:
a column per intent, one for hardness, and the hidden ones. scripts/training/train.py makes it.
numpy adds the rows up where it is there; plain Python does the same sums otherwise, some ten times
slower.
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
from .features import Features
from .types import INTENTS

try:
    import numpy as np
except ImportError:  # pragma: no cover - Open WebUI brings numpy; the library works without it
    np = None  # type: ignore[assignment]

#: Intents, and hardness.
_OUTPUTS = len(INTENTS) + 1


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
    """`table[bucket * width + column]`; the columns are the intents, hardness, and the hidden ones.

    `medium_from` and `hard_from` are where its p_hard parts the buckets best.
    """

    version: str
    mask: int
    width: int
    scales: tuple[float, float, float, float]
    step: tuple[float, ...]
    bias: tuple[float, ...]
    rules: tuple[tuple[float, ...], ...]
    numbers: tuple[tuple[float, ...], ...]
    out: tuple[tuple[float, ...], ...]
    temperature: float
    medium_from: float
    hard_from: float
    table: Any
    sum_rows: Callable[[Any, Sequence[int], int], Sequence[float]]

    def scores(self, features: Features, rules: Mapping[str, float]) -> tuple[dict[str, float], float]:
        """Log-odds per intent (unnormalised, already divided by the temperature), and of hardness."""
        totals = list(self.bias)
        blocks = (features.words, features.chars, features.facts, features.pairs)
        for place, (block, scale) in enumerate(zip(blocks, self.scales, strict=True)):
            if not block:
                continue
            weight = scale / math.sqrt(len(block)) if place < 2 else scale
            summed = self.sum_rows(self.table, [f & self.mask for f in block], self.width)
            totals = [t + weight * v * s for t, v, s in zip(totals, summed, self.step, strict=True)]
        for number, row in zip(features.numbers, self.numbers, strict=True):
            if number:
                totals = [t + number * v for t, v in zip(totals, row, strict=True)]
        for intent, row in zip(INTENTS, self.rules, strict=True):
            if score := rules[intent]:
                totals = [t + score * v for t, v in zip(totals, row, strict=True)]
        outputs = totals[:_OUTPUTS]
        for value, row in zip(totals[_OUTPUTS:], self.out, strict=True):
            if value > 0:
                outputs = [o + value * v for o, v in zip(outputs, row, strict=True)]
        return {i: outputs[n] / self.temperature for n, i in enumerate(INTENTS)}, outputs[len(INTENTS)]


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
    width = _OUTPUTS + meta["hidden"]
    return Model(
        version=meta["version"],
        mask=(1 << meta["bits"]) - 1,
        width=width,
        scales=tuple(meta["scales"]),
        step=tuple(meta["step"]),
        bias=tuple(meta["bias"]),
        rules=tuple(tuple(row) for row in meta["rules"]),
        numbers=tuple(tuple(row) for row in meta["numbers"]),
        out=tuple(tuple(row) for row in meta["out"]),
        temperature=meta["temperature"],
        medium_from=meta["medium_from"],
        hard_from=meta["hard_from"],
        table=_table(table, width),
        sum_rows=sum_in_python if np is None else sum_with_numpy,
    )
