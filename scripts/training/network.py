"""The network that is trained: features by their hashes, linearly and through a small hidden layer, to twelve
intents and hardness. Several are trained that differ by their seeds alone, and made into one that says what
they say on average: each errs elsewhere. One thread and fixed seeds: same input, same bytes on the same
machine.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sparse
import torch
from corpus import Example
from torch import nn
from torch.nn import functional

from smart_router.classify.decide import rule_scores
from smart_router.classify.features import NUMBERS, Before, Features, features_of
from smart_router.classify.follow_up import earlier_ask
from smart_router.classify.look import look_at
from smart_router.classify.types import INTENTS

#: A feature costs 4 bytes and one for each column; with these the weights stay below 4 MB.
MOST_FEATURES = 120_000
#: Networks that become one, and hidden units of each.
NETWORKS, HIDDEN = 2, 8
LEAST_PROMPTS = 3
SCALES = (2.0, 3.0, 0.8, 0.4)
RULES_SCALE = 0.35
NUMBER_SCALE = 0.75
PUBLIC_WEIGHT = 1.0
HARD_WEIGHT = 0.5
EPOCHS = 6
BATCH = 64
RATE = 3e-3
DROPPED_FEATURES, DROPPED_HIDDEN = 0.1, 0.2
WIDTH = len(INTENTS) + 1


class Net(nn.Module):
    """Sums of rows: WIDTH columns that count directly, `hidden` that go through the hidden layer."""

    def __init__(self, rows: int, hidden: int = HIDDEN) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(rows, WIDTH + hidden, mode="sum")
        self.bias = nn.Parameter(torch.zeros(WIDTH + hidden))
        self.out = nn.Linear(hidden, WIDTH, bias=False)
        with torch.no_grad():
            self.table.weight[:, :WIDTH] = 0
            self.table.weight[:, WIDTH:].normal_(std=0.05)

    def forward(self, index: torch.Tensor, starts: torch.Tensor, values: torch.Tensor) -> torch.Tensor:
        summed = self.table(index, starts, per_sample_weights=values) + self.bias
        hidden = functional.dropout(functional.relu(summed[:, WIDTH:]), DROPPED_HIDDEN, self.training)
        return summed[:, :WIDTH] + self.out(hidden)


@dataclass(frozen=True, slots=True)
class Read:
    """What the network is told of one prompt: its features, and the rules' scores by intent."""

    features: Features
    rules: tuple[float, ...]

    def blocks(self) -> tuple[tuple[int, ...], ...]:
        found = self.features
        return found.words, found.chars, found.facts, found.pairs


def read(examples: list[Example], befores: list[Before | None] | None = None) -> list[Read]:
    """`befores` are what follow-ups come after; without them everything is taken as standing alone."""
    found = []
    for example, before in zip(examples, befores or [None] * len(examples), strict=True):
        look = look_at(example.signals.ask, example.signals.code_share)
        scores, _ = rule_scores(look, example.signals, before)
        features = features_of(look, example.signals, before)
        found.append(Read(features, tuple(scores[intent] for intent in INTENTS)))
    return found


def vocabulary_of(reads: list[Read]) -> np.ndarray:
    """The features worth a row, as sorted hashes: those of several prompts, the most frequent first.

    All others are noise: what one prompt alone has is learnt by heart, and what none has would be
    looked up in the row of another.
    """
    prompts = Counter(feature for one in reads for feature in set().union(*one.blocks()))
    frequent = [feature for feature, times in prompts.items() if times >= LEAST_PROMPTS]
    frequent.sort(key=lambda feature: (-prompts[feature], feature))
    return np.array(sorted(frequent[:MOST_FEATURES]), np.uint32)


def rows_of(reads: list[Read], vocabulary: np.ndarray) -> sparse.csr_matrix:
    """One row each: the known features, the rules' scores, the numbers; scaled."""
    data: list[float] = []
    index: list[int] = []
    ends = [0]
    size = len(vocabulary)
    place_of = {int(feature): place for place, feature in enumerate(vocabulary)}
    for one in reads:
        row: dict[int, float] = defaultdict(float)
        for number, block in enumerate(one.blocks()):
            known = [place_of[feature] for feature in block if feature in place_of]
            weight = SCALES[number] / math.sqrt(len(known)) if number < 2 and known else SCALES[number]
            for place in known:
                row[place] += weight
        for number, score in enumerate(one.rules):
            row[size + number] = RULES_SCALE * score
        for number, value in enumerate(one.features.numbers):
            row[size + len(INTENTS) + number] = NUMBER_SCALE * value
        keys = sorted(row)
        index += keys
        data += [row[key] for key in keys]
        ends.append(len(index))
    shape = (len(reads), size + len(INTENTS) + NUMBERS)
    return sparse.csr_matrix((np.array(data, np.float32), index, ends), shape=shape)


def bags(rows: sparse.csr_matrix) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    starts = torch.tensor(rows.indptr[:-1], dtype=torch.long)
    return torch.tensor(rows.indices, dtype=torch.long), starts, torch.tensor(rows.data)


@dataclass
class Wished:
    """What should come out, row by row; `hard` is weighed 0 where it is unknown."""

    intents: torch.Tensor
    hard: torch.Tensor
    weight: torch.Tensor
    labelled: torch.Tensor

    def of(self, rows: np.ndarray) -> Wished:
        where = torch.tensor(rows)
        return Wished(self.intents[where], self.hard[where], self.weight[where], self.labelled[where])


def wished_of(examples: list[Example], weight: float) -> Wished:
    intents = np.zeros((len(examples), len(INTENTS)), np.float32)
    for row, example in enumerate(examples):
        if example.intent is None:
            continue
        # The label takes most of the mass; what else would be right shares a little of it.
        shared = 0.2 if example.also else 0.0
        intents[row, INTENTS.index(example.intent)] = 1 - shared
        for other in example.also:
            intents[row, INTENTS.index(other)] += shared / len(example.also)
    hard = np.array([e.hard for e in examples], np.float32)
    labelled = np.array([e.intent is not None for e in examples], np.float32)
    weights = np.full(len(examples), weight, np.float32)
    return Wished(*(torch.tensor(a) for a in (intents, hard, weights, labelled)))


def joined(*parts: Wished) -> Wished:
    names = ("intents", "hard", "weight", "labelled")
    return Wished(*(torch.cat([getattr(part, name) for part in parts]) for name in names))


@dataclass(frozen=True, slots=True)
class Trained:
    """A network and the features that it has rows for."""

    net: Net
    vocabulary: np.ndarray

    def predict(self, reads: list[Read]) -> tuple[np.ndarray, np.ndarray]:
        """Scores of the intents, and p_hard."""
        with torch.no_grad():
            scores = self.net(*bags(rows_of(reads, self.vocabulary))).numpy().astype(np.float64)
        return scores[:, :-1], 1 / (1 + np.exp(-scores[:, -1]))


def fit(reads: list[Read], wished: Wished, seed: int = 0, networks: int = NETWORKS) -> Trained:
    vocabulary = vocabulary_of(reads)
    rows = rows_of(reads, vocabulary)
    nets = [fit_one(rows, wished, seed * NETWORKS + number) for number in range(networks)]
    return Trained(averaged(nets), vocabulary)


def fit_one(rows: sparse.csr_matrix, wished: Wished, seed: int) -> Net:
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    net = Net(rows.shape[1])
    adam = torch.optim.Adam(net.parameters(), lr=RATE)
    net.train()
    step, steps = 0, EPOCHS * math.ceil(rows.shape[0] / BATCH)
    for _ in range(EPOCHS):
        shuffled = order.permutation(rows.shape[0])
        for start in range(0, len(shuffled), BATCH):
            for group in adam.param_groups:
                group["lr"] = RATE * (1 - step / steps)
            step += 1
            these = shuffled[start : start + BATCH]
            index, starts, values = bags(rows[these])
            aim = wished.of(these)
            adam.zero_grad()
            scores = net(index, starts, functional.dropout(values, DROPPED_FEATURES))
            of_intent = -(functional.log_softmax(scores[:, :-1], 1) * aim.intents).sum(1) * aim.labelled
            of_hard = functional.binary_cross_entropy_with_logits(scores[:, -1], aim.hard, reduction="none")
            ((of_intent + HARD_WEIGHT * of_hard) * aim.weight).mean().backward()
            adam.step()
    return net.eval()


def averaged(nets: list[Net]) -> Net:
    """The network whose scores are the mean of theirs: their hidden units side by side."""
    together = Net(nets[0].table.num_embeddings, HIDDEN * len(nets)).eval()
    with torch.no_grad():
        for whole, parts in (
            (together.table.weight, [net.table.weight for net in nets]),
            (together.bias, [net.bias for net in nets]),
        ):
            direct = torch.stack([part[..., :WIDTH] for part in parts]).mean(0)
            whole.copy_(torch.cat([direct, *(part[..., WIDTH:] for part in parts)], -1))
        together.out.weight.copy_(torch.cat([net.out.weight for net in nets], 1) / len(nets))
    return together


def befores_of(first: Trained, examples: list[Example]) -> list[Before | None]:
    """What each follow-up comes after, by a model of asks that stand alone; None for all others."""
    follow_ups = [e for e in examples if e.signals.follow_up]
    earlier = [replace(e, signals=earlier_ask(e.signals)) for e in follow_ups]
    scores, hardness = first.predict(read(earlier))
    found = iter([Before(INTENTS[s.argmax()], float(h)) for s, h in zip(scores, hardness, strict=True)])
    return [next(found) if e.signals.follow_up else None for e in examples]


def first_model(own: list[Example], public: list[Example]) -> Trained:
    """A model of the asks that stand alone; it tells what follow-ups come after."""
    alone = [e for e in own if not e.signals.follow_up]
    wished = joined(wished_of(alone, 1.0), wished_of(public, PUBLIC_WEIGHT))
    return fit(read(alone + public), wished)
