"""Trains the intent and difficulty model: classify/weights/intent.bin, and its figures.

    python scripts/training/train.py [--data ../shared/data] [--check]

Hashed features, linearly and through a small hidden layer, to twelve intents and hardness. One
thread, fixed seeds and folds: same input, same bytes on the same machine. `--check` measures on
the prompts that were kept aside, by cross-validation over topics, and with every public task left
out in turn. Needs torch, scipy and numpy, which come with Open WebUI.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
import torch
from corpus import DEFAULT_DATA, ROOT, Example, held_out_prompts, own_prompts, public_examples
from torch import nn
from torch.nn import functional

from smart_router.classify.decide import rule_scores
from smart_router.classify.features import NUMBERS, Before, features_of
from smart_router.classify.follow_up import earlier_ask
from smart_router.classify.look import look_at
from smart_router.classify.types import INTENTS

OUT = ROOT / "shared/smart_router/classify/weights/intent.bin"
FIGURES = Path(__file__).parent / "figures.json"
VERSION = "hidden-3"
BITS = 16
HIDDEN = 24
SCALES = (2.0, 3.0, 0.8, 0.4)
RULES_SCALE = 0.35
NUMBER_SCALE = 0.75
PUBLIC_WEIGHT = 1.0
PUBLIC_PER_GROUP = 70
HARD_WEIGHT = 0.5
EPOCHS = 6
BATCH = 64
RATE = 3e-3
DROPPED_FEATURES, DROPPED_HIDDEN = 0.1, 0.2
FOLDS = 5
WIDTH = len(INTENTS) + 1


class Net(nn.Module):
    """Sums of rows: WIDTH columns that count directly, HIDDEN that go through the hidden layer."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(rows, WIDTH + HIDDEN, mode="sum")
        self.bias = nn.Parameter(torch.zeros(WIDTH + HIDDEN))
        self.out = nn.Linear(HIDDEN, WIDTH, bias=False)
        with torch.no_grad():
            self.table.weight[:, :WIDTH] = 0
            self.table.weight[:, WIDTH:].normal_(std=0.05)

    def forward(self, index: torch.Tensor, starts: torch.Tensor, values: torch.Tensor) -> torch.Tensor:
        summed = self.table(index, starts, per_sample_weights=values) + self.bias
        hidden = functional.dropout(functional.relu(summed[:, WIDTH:]), DROPPED_HIDDEN, self.training)
        return summed[:, :WIDTH] + self.out(hidden)


def describe(examples: list[Example], befores: list[Before | None] | None = None) -> sparse.csr_matrix:
    """One row each: 2^BITS hashed features, the rules' scores, the numbers; scaled.

    `befores` are what follow-ups come after; without them everything is taken as standing alone.
    """
    data: list[float] = []
    index: list[int] = []
    ends = [0]
    size = 1 << BITS
    for example, before in zip(examples, befores or [None] * len(examples), strict=True):
        look = look_at(example.signals.ask, example.signals.code_share)
        features = features_of(look, example.signals, before)
        row: dict[int, float] = defaultdict(float)
        for place, block in enumerate((features.words, features.chars, features.facts, features.pairs)):
            weight = SCALES[place] / math.sqrt(len(block)) if place < 2 and block else SCALES[place]
            for feature in block:
                row[feature & (size - 1)] += weight
        scores, _ = rule_scores(look, example.signals, before)
        for number, intent in enumerate(INTENTS):
            row[size + number] = RULES_SCALE * scores[intent]
        for number, value in enumerate(features.numbers):
            row[size + len(INTENTS) + number] = NUMBER_SCALE * value
        keys = sorted(row)
        index += keys
        data += [row[key] for key in keys]
        ends.append(len(index))
    shape = (len(examples), size + len(INTENTS) + NUMBERS)
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


def fit(rows: sparse.csr_matrix, wished: Wished, seed: int = 0) -> Net:
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    net = Net(rows.shape[1])
    adam = torch.optim.Adam(net.parameters(), lr=RATE)
    for epoch in range(EPOCHS):
        net.train()
        for group in adam.param_groups:
            group["lr"] = RATE * (1 - epoch / EPOCHS)
        shuffled = order.permutation(rows.shape[0])
        for start in range(0, len(shuffled), BATCH):
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


def predict(net: Net, rows: sparse.csr_matrix) -> tuple[np.ndarray, np.ndarray]:
    """Scores of the intents, and p_hard."""
    with torch.no_grad():
        scores = net(*bags(rows)).numpy().astype(np.float64)
    return scores[:, :-1], 1 / (1 + np.exp(-scores[:, -1]))


def softmax(s: np.ndarray) -> np.ndarray:
    e = np.exp(s - s.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def accepted(p: np.ndarray, examples: list[Example]) -> np.ndarray:
    return np.array(
        [INTENTS[k] == e.intent or INTENTS[k] in e.also for k, e in zip(p.argmax(1), examples, strict=True)]
    )


def folds_of(examples: list[Example]) -> np.ndarray:
    groups = sorted({example.group for example in examples})
    random.Random(4).shuffle(groups)
    place = {group: i % FOLDS for i, group in enumerate(groups)}
    return np.array([place[example.group] for example in examples])


def calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over equal-width bins."""
    total = 0.0
    for low in np.linspace(0, 1, bins, endpoint=False):
        inside = (confidence > low) & (confidence <= low + 1 / bins)
        if inside.any():
            total += inside.mean() * abs(confidence[inside].mean() - right[inside].mean())
    return total


def ranks(values: np.ndarray) -> np.ndarray:
    order = np.empty(len(values))
    order[np.argsort(values, kind="stable")] = np.arange(len(values))
    for value in np.unique(values):
        same = values == value
        order[same] = order[same].mean()
    return order


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    ra, rb = ranks(a), ranks(b)
    return float(np.corrcoef(ra, rb)[0, 1]) if ra.std() and rb.std() else 0.0


def sample_public(data: Path) -> list[Example]:
    groups: dict[str, list[Example]] = defaultdict(list)
    for example in public_examples(data):
        groups[example.group].append(example)
    rng = random.Random(2)
    return [e for g in sorted(groups) for e in rng.sample(groups[g], min(PUBLIC_PER_GROUP, len(groups[g])))]


def shares(examples: list[Example], right: np.ndarray) -> dict[str, Any]:
    """Accuracy over all, by language, by length and by intent."""
    english = np.array([e.language == "en" for e in examples])
    words = np.array([len(e.signals.ask.split()) for e in examples])
    label = np.array([e.intent for e in examples])
    return {
        "n": len(examples), "all": right.mean(),
        "English": right[english].mean(), "other languages": right[~english].mean(),
        "up to 8 words": right[words <= 8].mean(),
        "9 to 30 words": right[(words > 8) & (words <= 30)].mean(),
        "longer": right[words > 30].mean(),
        "follow-ups": right[np.array([e.signals.follow_up for e in examples])].mean(),
        "by intent": {i: right[label == i].mean() for i in INTENTS if (label == i).any()},
    }  # fmt: skip


@dataclass(frozen=True)
class Calibration:
    """What is fitted on scores of prompts that were left out: the intents' temperature, and where
    p_hard parts the buckets."""

    temperature: float
    medium_from: float
    hard_from: float

    def buckets(self, hardness: np.ndarray) -> np.ndarray:
        medium = np.where(hardness >= self.medium_from, "medium", "simple")
        return np.where(hardness >= self.hard_from, "hard", medium)


def temperature_for(scores: np.ndarray, right: np.ndarray) -> float:
    return float(
        min(np.arange(0.5, 4.01, 0.05), key=lambda t: calibration_error(softmax(scores / t).max(1), right))
    )


def calibrate(temperature: float, aside: list[Example], hardness: np.ndarray) -> Calibration:
    """The cuts that part prompts of another hand best; by our own they would lean upwards."""
    said = np.array([e.complexity for e in aside])
    cuts = [
        Calibration(temperature, float(medium), float(hard))
        for medium in np.arange(0.14, 0.41, 0.02)
        for hard in np.arange(0.5, 0.81, 0.02)
    ]
    return max(cuts, key=lambda c: recall_of_buckets(c.buckets(hardness), said))


def recall_of_buckets(guess: np.ndarray, said: np.ndarray) -> float:
    """The mean over the buckets of how many of each were found: simple ones must not outvote the others."""
    return float(np.mean([(guess[said == label] == label).mean() for label in ("simple", "medium", "hard")]))


def complexity(examples: list[Example], hardness: np.ndarray, calibration: Calibration) -> dict[str, Any]:
    """How often the bucket is the label's, where it went otherwise, and p_hard as a ranker."""
    labels = ("simple", "medium", "hard")
    said = np.array([e.complexity for e in examples])
    guess = calibration.buckets(hardness)
    wished = np.array([e.hard for e in examples])
    length = np.array([e.signals.characters for e in examples])
    return {
        "exact": (guess == said).mean(),
        **{f"{x} as {y}": int(((said == x) & (guess == y)).sum()) for x in labels for y in labels if x != y},
        "rank correlation": spearman(hardness, wished),
        "rank correlation, length": spearman(length, wished),
    }


def befores_of(first: Net, examples: list[Example]) -> list[Before | None]:
    """What each follow-up comes after, by a model of asks that stand alone; None for all others."""
    follow_ups = [e for e in examples if e.signals.follow_up]
    earlier = [replace(e, signals=earlier_ask(e.signals)) for e in follow_ups]
    scores, hardness = predict(first, describe(earlier))
    found = iter([Before(INTENTS[s.argmax()], float(h)) for s, h in zip(scores, hardness, strict=True)])
    return [next(found) if e.signals.follow_up else None for e in examples]


def first_model(own: list[Example], public: list[Example]) -> Net:
    """A model of the asks that stand alone; it tells what follow-ups come after."""
    alone = [e for e in own if not e.signals.follow_up]
    wished = joined(wished_of(alone, 1.0), wished_of(public, PUBLIC_WEIGHT))
    return fit(describe(alone + public), wished)


def cross_validate(
    own: list[Example], rows: sparse.csr_matrix, wished: Wished, public: tuple[sparse.csr_matrix, Wished]
) -> np.ndarray:
    """Scores of every own prompt by a model that saw nothing of its topic."""
    fold = folds_of(own)
    scores = np.zeros((len(own), len(INTENTS)))
    for number in range(FOLDS):
        kept = np.flatnonzero(fold != number)
        net = fit(sparse.vstack([rows[kept], public[0]]).tocsr(), joined(wished.of(kept), public[1]), number)
        out = np.flatnonzero(fold == number)
        scores[out], _ = predict(net, rows[out])
    return scores


def check(own: list[Example], public: list[Example], figures: dict[str, Any]) -> Calibration:
    """Prints and collects the figures; returns what calibrates best."""
    first = first_model(own, public)
    rows, wished = describe(own, befores_of(first, own)), wished_of(own, 1.0)
    public_rows, public_wished = describe(public), wished_of(public, PUBLIC_WEIGHT)
    scores = cross_validate(own, rows, wished, (public_rows, public_wished))
    right = accepted(scores, own)
    figures["own prompts, topics left out"] = shares(own, right)
    by_rules = accepted(np.array([list(ruled(e).values()) for e in own]), own)
    figures["own prompts, topics left out"]["rules alone"] = by_rules.mean()
    confused = Counter(
        (e.intent, INTENTS[j]) for e, j, ok in zip(own, scores.argmax(1), right, strict=True) if not ok
    )
    figures["most confused"] = [f"{x} as {y}: {n}" for (x, y), n in confused.most_common(12)]
    temperature = temperature_for(scores, right)
    sure = softmax(scores / temperature).max(1)
    figures["calibration error, topics left out"] = calibration_error(sure, right)

    everything = sparse.vstack([rows, public_rows]).tocsr()
    whole = fit(everything, joined(wished, public_wished))
    figures |= kept_aside(first, whole, temperature)
    figures |= public_figures(rows, wished, public, public_rows, public_wished)
    return Calibration(**figures["calibration"])


def kept_aside(first: Net, whole: Net, temperature: float) -> dict[str, Any]:
    """Figures on the prompts of other hands; the first set also says where the buckets part."""
    figures: dict[str, Any] = {}
    best: Calibration | None = None
    for name, aside in held_out_prompts().items():
        scores, hardness = predict(whole, describe(aside, befores_of(first, aside)))
        if best is None:
            best = calibrate(temperature, aside, hardness)
            figures["calibration"] = vars(best)
        right = accepted(scores, aside)
        figures[f"kept aside: {name}"] = {
            **shares(aside, right),
            "calibration error": calibration_error(softmax(scores / best.temperature).max(1), right),
            "rules alone": accepted(np.array([list(ruled(e).values()) for e in aside]), aside).mean(),
            "complexity": complexity(aside, hardness, best),
        }
    return figures


def public_figures(
    rows: sparse.csr_matrix,
    wished: Wished,
    public: list[Example],
    public_rows: sparse.csr_matrix,
    public_wished: Wished,
) -> dict[str, Any]:
    """Every public task left out in turn, with its relatives (all of CLINC, all of Arena) too."""
    found: dict[str, Any] = {}
    pooled: dict[str, list[float]] = defaultdict(list)
    family_of = np.array([e.group.split()[0] for e in public])
    for family in sorted(set(family_of)):
        kept, gone = np.flatnonzero(family_of != family), np.flatnonzero(family_of == family)
        net = fit(sparse.vstack([rows, public_rows[kept]]).tocsr(), joined(wished, public_wished.of(kept)))
        scores, hardness = predict(net, public_rows[gone])
        out = [public[i] for i in gone]
        for group in sorted({e.group for e in out if e.intent}):
            these = [i for i, e in enumerate(out) if e.group == group]
            some = [out[i] for i in these]
            found[group] = {
                "model": accepted(scores[these], some).mean(),
                "rules": accepted(np.array([list(ruled(e).values()) for e in some]), some).mean(),
            }
        aim = np.array([e.hard for e in out])
        length = np.array([e.signals.characters for e in out])
        pooled["model"] += list(hardness)
        pooled["length"] += list(length)
        pooled["hard"] += list(aim)
        if out[0].source == "ulab":
            found[family] |= {
                "p_hard rank": spearman(hardness, aim), "length rank": spearman(length, aim)
            }  # fmt: skip
    return {
        "public groups left out": found,
        "p_hard, public groups left out, pooled": {
            "rank correlation": spearman(np.array(pooled["model"]), np.array(pooled["hard"])),
            "length": spearman(np.array(pooled["length"]), np.array(pooled["hard"])),
        },
    }


def ruled(example: Example) -> dict[str, float]:
    """What the rules alone say, of a follow-up with what they make of the ask before it."""
    before = None
    if example.signals.follow_up:
        earlier = ruled(replace(example, signals=earlier_ask(example.signals)))
        before = Before(max(earlier, key=lambda intent: earlier[intent]), 0.0)
    look = look_at(example.signals.ask, example.signals.code_share)
    scores, _ = rule_scores(look, example.signals, before)
    return {intent: scores[intent] for intent in INTENTS}


def write_model(own: list[Example], public: list[Example], calibration: Calibration) -> None:
    examples = own + public
    wished = joined(wished_of(own, 1.0), wished_of(public, PUBLIC_WEIGHT))
    befores = befores_of(first_model(own, public), own) + [None] * len(public)
    net = fit(describe(examples, befores), wished)
    weights = net.table.weight.detach().numpy().astype(np.float64)
    size = 1 << BITS
    table, step = quantise(weights[:size])
    header = {
        "version": VERSION,
        "bits": BITS,
        "hidden": HIDDEN,
        "scales": SCALES,
        "step": step,
        "bias": brief(net.bias.detach().numpy()),
        "rules": [brief(RULES_SCALE * row) for row in weights[size : size + len(INTENTS)]],
        "numbers": [brief(NUMBER_SCALE * row) for row in weights[size + len(INTENTS) :]],
        "out": [brief(row) for row in net.out.weight.detach().numpy().T],
        **{name: round(value, 3) for name, value in vars(calibration).items()},
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_bytes(json.dumps(header).encode() + b"\n" + table.tobytes())
    print(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size} bytes from {len(own)} + {len(public)} examples")


def brief(values: np.ndarray) -> list[float]:
    return [round(float(value), 5) for value in values]


def quantise(table: np.ndarray) -> tuple[np.ndarray, list[float]]:
    """Signed bytes, and per column what one step of them is worth."""
    step = np.abs(table).max(0) / 127
    return np.rint(table / step).astype(np.int8), [float(f"{s:.6g}") for s in step]


def rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: rounded(v) for key, v in value.items()}
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return (
        round(float(value), 4)
        if isinstance(value, float | np.floating)
        else int(value)
        if isinstance(value, np.integer)
        else value
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    own = own_prompts()
    public = sample_public(arguments.data)
    figures: dict[str, Any] = {}
    if arguments.check:
        calibration = check(own, public, figures)
        text = json.dumps(rounded(figures), indent=1, ensure_ascii=False)
        FIGURES.write_text(text + "\n", "utf-8")
        print(text)
    else:
        calibration = Calibration(**json.loads(FIGURES.read_text("utf-8"))["calibration"])
    write_model(own, public, calibration)


if __name__ == "__main__":
    main()
