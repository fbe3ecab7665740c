"""The trained network's sums, with numpy and, some ten times slower, without.

Known features add their rows of the table, block by block and each block with a weight of its own;
measures add theirs; what comes out is outputs and hidden units, and the hidden ones that are positive
add to the outputs once more.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ..arrays import np

#: Hashes of features, and how much the row of each weighs when so many of them are known.
Block = tuple[Sequence[int], Callable[[int], float]]

Rows = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Weights:
    """`known`: the features' hashes, ascending, four bytes each, lowest first. `table`: a row of signed
    bytes for each, in units of `step` per column. `measures`: a row per measure. `out`: a row of
    outputs per hidden unit. Columns are the outputs, then the hidden units, as in `bias`."""

    known: bytes
    table: bytes
    step: Sequence[float]
    bias: Sequence[float]
    measures: Rows
    out: Rows


class Network(Protocol):
    """What adds up."""

    def outputs(self, blocks: Sequence[Block], measures: Sequence[float]) -> list[float]:
        """The outputs for these features and measures."""


class NumpyNetwork:
    """The sums by numpy."""

    def __init__(self, weights: Weights) -> None:
        self._known = np.frombuffer(weights.known, dtype="<u4")
        self._table = np.frombuffer(weights.table, dtype=np.int8).reshape(len(self._known), -1)
        self._step, self._bias = np.array(weights.step), np.array(weights.bias)
        self._measures, self._out = np.array(weights.measures), np.array(weights.out)

    def outputs(self, blocks: Sequence[Block], measures: Sequence[float]) -> list[float]:
        hashes = np.concatenate([np.asarray(features, dtype=np.uint32) for features, _ in blocks])
        places: Any = self._known.searchsorted(hashes)
        np.minimum(places, len(self._known) - 1, out=places)
        hit = self._known[places] == hashes
        counts: list[int] = []
        each: list[float] = []
        start = 0
        for features, weigh in blocks:
            count = int(np.count_nonzero(hit[start : start + len(features)]))
            counts.append(count)
            each.append(weigh(count) if count else 0.0)
            start += len(features)
        totals = (np.repeat(each, counts) @ self._table[places[hit]]) * self._step
        totals += self._bias
        totals += np.array(measures) @ self._measures
        size = self._out.shape[1]
        outputs: list[float] = (totals[:size] + np.maximum(totals[size:], 0.0) @ self._out).tolist()
        return outputs


class PlainNetwork:
    """The same sums in plain Python."""

    def __init__(self, weights: Weights) -> None:
        self._known = array("I", weights.known)
        if array("I", b"\1\0\0\0")[0] != 1:
            self._known.byteswap()
        self._table = array("b", weights.table)
        self._weights = weights

    def outputs(self, blocks: Sequence[Block], measures: Sequence[float]) -> list[float]:
        w = self._weights
        width = len(w.bias)
        summed: list[float] = [0.0] * width
        for features, weigh in blocks:
            places = [place for feature in features if (place := self._place(feature)) is not None]
            weight = weigh(len(places)) if places else 0.0
            for place in places:
                for column, value in enumerate(self._table[place * width : (place + 1) * width]):
                    summed[column] += weight * value
        totals = [b + v * s for b, v, s in zip(w.bias, summed, w.step, strict=True)]
        for measure, row in zip(measures, w.measures, strict=True):
            if measure:
                totals = [t + measure * v for t, v in zip(totals, row, strict=True)]
        outputs = totals[: len(w.out[0])]
        for unit, row in zip(totals[len(outputs) :], w.out, strict=True):
            if unit > 0:
                outputs = [o + unit * v for o, v in zip(outputs, row, strict=True)]
        return outputs

    def _place(self, feature: int) -> int | None:
        place = bisect_left(self._known, feature)
        return place if place < len(self._known) and self._known[place] == feature else None


def network_of(weights: Weights) -> Network:
    """The faster one of those that work here."""
    return PlainNetwork(weights) if np is None else NumpyNetwork(weights)
