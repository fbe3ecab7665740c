"""The trained model: hashed features and the rules' scores, added up directly and through a hidden layer.

`weights/intent.bin` is one line of JSON (biases, scales, the weights of the rules' scores and of the
numbers, the hidden layer's way out), then the hashes of all known features in ascending order, four
bytes each, lowest first, and then the table, a row of signed bytes per known feature: a column per
intent, one for hardness, and the hidden ones. Features that training did not know say nothing.
scripts/training/train.py makes it. numpy adds the rows up where it is there; plain Python does the
same sums otherwise, some ten times slower.
"""

from __future__ import annotations

import json
import math
import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
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


#: How much the rows of one block of features weigh, when so many of them are known.
Weigh = Callable[[int], float]


def add_with_numpy(
    known: Any, table: Any, blocks: Iterable[tuple[Sequence[int], Weigh]], width: int
) -> list[float]:
    """The weighed sum of the rows of all features that are `known`, sorted hashes; `table` is
    two-dimensional."""
    totals = np.zeros(width)
    for features, weigh in blocks:
        hashes = np.array(features, dtype=np.uint32)
        places = known.searchsorted(hashes)
        places[places == len(known)] = 0
        places = places[known[places] == hashes]
        if len(places):
            totals += weigh(len(places)) * table[places].sum(axis=0, dtype=np.int32)
    summed: list[float] = totals.tolist()
    return summed


def add_in_python(
    known: Any, table: Any, blocks: Iterable[tuple[Sequence[int], Weigh]], width: int
) -> list[float]:
    """The same for flat arrays."""
    totals = [0.0] * width
    for features, weigh in blocks:
        places = [bisect_left(known, feature) for feature in features]
        places = [p for p, f in zip(places, features, strict=True) if p < len(known) and known[p] == f]
        weight = weigh(len(places)) if places else 0.0
        for place in places:
            for column, value in enumerate(table[place * width : (place + 1) * width]):
                totals[column] += weight * value
    return totals


@dataclass(frozen=True, slots=True)
class Model:
    """`table[place * width + column]`, for the feature at that place of `known`; the columns are the
    intents, hardness, and the hidden ones.

    `medium_from` and `hard_from` are where its p_hard parts the buckets best.
    """

    version: str
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
    known: Any
    table: Any
    add_rows: Callable[[Any, Any, Iterable[tuple[Sequence[int], Weigh]], int], list[float]]

    def scores(self, features: Features, rules: Mapping[str, float]) -> tuple[dict[str, float], float]:
        """Log-odds per intent (unnormalised, already divided by the temperature), and of hardness."""
        words, chars, facts, pairs = self.scales
        blocks = (
            (features.words, lambda n: words / math.sqrt(n)),
            (features.chars, lambda n: chars / math.sqrt(n)),
            (features.facts, lambda n: facts),
            (features.pairs, lambda n: pairs),
        )
        summed = self.add_rows(self.known, self.table, blocks, self.width)
        totals = [b + v * s for b, v, s in zip(self.bias, summed, self.step, strict=True)]
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


def _arrays(data: bytes, features: int, width: int) -> tuple[Any, Any]:
    """The hashes of the known features, and their rows."""
    hashes, rows = data[: 4 * features], data[4 * features :]
    if np is not None:
        return np.frombuffer(hashes, dtype="<u4"), np.frombuffer(rows, dtype=np.int8).reshape(-1, width)
    known = array("I", hashes)
    if sys.byteorder == "big":
        known.byteswap()
    return known, array("b", rows)


@lru_cache(maxsize=1)
def load_model() -> Model | None:
    """The model, read once; None when the package was built without its weights."""
    try:
        header, data = read_asset("classify/weights/intent.bin").split(b"\n", 1)
    except (FileNotFoundError, OSError):
        return None
    meta = json.loads(header)
    width = _OUTPUTS + meta["hidden"]
    known, table = _arrays(data, meta["features"], width)
    return Model(
        version=meta["version"],
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
        known=known,
        table=table,
        add_rows=add_in_python if np is None else add_with_numpy,
    )
