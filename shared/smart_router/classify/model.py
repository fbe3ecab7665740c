"""The trained model: hashed features and the rules' scores, added up directly and through a hidden layer.

`weights/intent.bin` is one line of JSON (biases, scales, the weights of the rules' scores and of the
numbers, the hidden layer's way out), then the hashes of all known features in ascending order, four
bytes each, lowest first, and then the table, a row of signed bytes per known feature: a column per
intent, one for hardness, and the hidden ones. Features that training did not know say nothing.
scripts/training/train.py makes it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..assets import read_asset
from .features import Features
from .network import Network, Weights, network_of
from .types import INTENTS


@dataclass(frozen=True, slots=True)
class Model:
    """`network` says the log-odds of each intent, and of hardness, from features and measures: the
    numbers, then the rules' scores.

    `hardness` are what its log-odds of hardness count, what the logarithm of the characters said counts,
    and what is added. `medium_from` and `hard_from` are where the resulting p_hard parts the buckets best.
    """

    version: str
    scales: tuple[float, float, float, float]
    temperature: float
    hardness: tuple[float, float, float]
    medium_from: float
    hard_from: float
    network: Network

    def scores(self, features: Features, rules: Mapping[str, float]) -> tuple[dict[str, float], float]:
        """Log-odds per intent (unnormalised, already divided by the temperature), and of hardness."""
        words, chars, facts, pairs = self.scales
        *intents, hardness = self.network.outputs(
            (
                (features.words, lambda n: words / math.sqrt(n)),
                (features.chars, lambda n: chars / math.sqrt(n)),
                (features.facts, lambda n: facts),
                (features.pairs, lambda n: pairs),
            ),
            (*features.numbers, *(rules[intent] for intent in INTENTS)),
        )
        return {i: value / self.temperature for i, value in zip(INTENTS, intents, strict=True)}, hardness

    def p_hard(self, learnt: float, characters: int) -> float:
        """The p_hard of what the network says, 0…1, given how much was said: it counts length too little."""
        scale, by_length, bias = self.hardness
        learnt = min(max(learnt, 1e-6), 1 - 1e-6)
        odds = scale * math.log(learnt / (1 - learnt)) + by_length * math.log1p(characters) + bias
        return 1 / (1 + math.exp(-odds))


@lru_cache(maxsize=1)
def load_model() -> Model | None:
    """The model, read once; None when the package was built without its weights."""
    try:
        header, data = read_asset("classify/weights/intent.bin").split(b"\n", 1)
    except (FileNotFoundError, OSError):
        return None
    meta = json.loads(header)
    hashes = 4 * meta["features"]
    weights = Weights(
        known=data[:hashes],
        table=data[hashes:],
        step=meta["step"],
        bias=meta["bias"],
        measures=[*meta["numbers"], *meta["rules"]],
        out=meta["out"],
    )
    return Model(
        version=meta["version"],
        scales=tuple(meta["scales"]),
        temperature=meta["temperature"],
        hardness=(meta["hardness_scale"], meta["hardness_length"], meta["hardness_bias"]),
        medium_from=meta["medium_from"],
        hard_from=meta["hard_from"],
        network=network_of(weights),
    )
