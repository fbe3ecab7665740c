"""Trains the intent and difficulty model: classify/weights/intent.bin, and its figures.

    python scripts/training/train.py --embeddings static.npy [--data ../shared/data] [--check]

A linear model, fitted in the dual (a few thousand examples, many more features): the kernel is
factored once and softmax regression runs on the factor, which gives the same weights as the
primal problem. One thread, fixed seeds and folds: same input, same bytes on the same machine.
`--check` measures by cross-validation over topics, and with every public task left out in turn.
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.optimize as optimize
import scipy.sparse as sparse
from corpus import DEFAULT_DATA, ROOT, Example, own_prompts, public_examples

from smart_router.classify.features import NUMBERS, features_of, piece_weight
from smart_router.classify.look import look_at
from smart_router.classify.rules import score_by_rules
from smart_router.classify.types import INTENTS

OUT = ROOT / "shared/smart_router/classify/weights/intent.bin"
VERSION = "linear-1"
BITS = 16
SCALES = (2.0, 3.0, 0.8, 0.4)
RULES_SCALE = 0.7
NUMBER_SCALE = 1.5
PIECE_SCALE = 6.0
LAMBDA = 0.001
HARD_LAMBDA = 0.002
PUBLIC_WEIGHT = 0.3
PUBLIC_PER_GROUP = 70
FOLDS = 5


@dataclass
class Described:
    """The scaled feature matrix, the mean embeddings, and the rules' scores with the numbers."""

    hashed: sparse.csr_matrix
    embedded: np.ndarray
    dense: np.ndarray


EMBEDDINGS: np.ndarray = np.zeros((0, 0))


def describe(examples: list[Example]) -> Described:
    data: list[float] = []
    index: list[int] = []
    ends = [0]
    dense = np.zeros((len(examples), len(INTENTS) + NUMBERS))
    embedded = np.zeros((len(examples), EMBEDDINGS.shape[1]))
    mask = (1 << BITS) - 1
    for number, example in enumerate(examples):
        look = look_at(example.signals.ask, example.signals.code_share)
        features = features_of(look, example.signals)
        row: dict[int, float] = defaultdict(float)
        for place, block in enumerate((features.words, features.chars, features.facts, features.pairs)):
            weight = SCALES[place] / math.sqrt(len(block)) if place < 2 and block else SCALES[place]
            for feature in block:
                row[feature & mask] += weight
        keys = sorted(row)
        index += keys
        data += [row[key] for key in keys]
        ends.append(len(index))
        scores = score_by_rules(look, example.signals)
        dense[number, : len(INTENTS)] = [RULES_SCALE * scores[intent] for intent in INTENTS]
        dense[number, len(INTENTS) :] = NUMBER_SCALE * np.array(features.numbers)
        if features.pieces:
            pieces = list(features.pieces)
            shares = np.array([piece_weight(piece) for piece in pieces])
            embedded[number] = PIECE_SCALE * (EMBEDDINGS[pieces] * shares[:, None]).sum(0) / shares.sum()
    hashed = sparse.csr_matrix((data, index, ends), shape=(len(examples), 1 << BITS))
    return Described(hashed, embedded, dense)


def kernel(a: Described, b: Described) -> np.ndarray:
    return (a.hashed @ b.hashed.T).toarray() + a.embedded @ b.embedded.T + a.dense @ b.dense.T


def stacked(a: Described, b: Described) -> Described:
    return Described(
        sparse.vstack([a.hashed, b.hashed]).tocsr(),
        np.vstack([a.embedded, b.embedded]),
        np.vstack([a.dense, b.dense]),
    )


def factor(k: np.ndarray) -> np.ndarray:
    return np.linalg.cholesky(k + 1e-6 * np.trace(k) / len(k) * np.eye(len(k)))


def fit(
    lower: np.ndarray, targets: np.ndarray, weights: np.ndarray, penalty: float
) -> tuple[np.ndarray, np.ndarray]:
    """Softmax regression on target distributions; dual coefficients and biases."""
    rows, width = targets.shape
    share = weights / weights.sum()

    def loss(v: np.ndarray) -> tuple[float, np.ndarray]:
        w, b = v[: rows * width].reshape(rows, width), v[rows * width :]
        s = lower @ w + b
        s -= s.max(1, keepdims=True)
        e = np.exp(s)
        z = e.sum(1, keepdims=True)
        value = -(share * ((s - np.log(z)) * targets).sum(1)).sum() + 0.5 * penalty * (w * w).sum()
        slope = (e / z - targets) * share[:, None]
        return value, np.r_[(lower.T @ slope + penalty * w).ravel(), slope.sum(0)]

    start = np.zeros(rows * width + width)
    found = optimize.minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 120, "ftol": 1e-7}
    )
    w, b = found.x[: rows * width].reshape(rows, width), found.x[rows * width :]
    return np.linalg.solve(lower.T, w), b


def intent_targets(examples: list[Example]) -> np.ndarray:
    """The label takes most of the mass; what else would be right shares a little of it."""
    targets = np.zeros((len(examples), len(INTENTS)))
    for row, example in enumerate(examples):
        shared = 0.2 if example.also else 0.0
        targets[row, INTENTS.index(example.intent)] = 1 - shared
        for other in example.also:
            targets[row, INTENTS.index(other)] += shared / len(example.also)
    return targets


def hard_targets(examples: list[Example]) -> np.ndarray:
    hard = np.array([example.hard for example in examples])
    return np.c_[hard, 1 - hard]


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


def check(own: list[Example], public: list[Example], figures: dict[str, Any]) -> float:
    """Prints and collects the figures; returns the temperature that calibrates best."""
    labelled = [e for e in public if e.intent]
    a, b = describe(own), describe(labelled)
    everything = stacked(a, b)
    k = kernel(everything, everything)
    targets = np.vstack([intent_targets(own), intent_targets(labelled)])
    hard = np.vstack([hard_targets(own), hard_targets(labelled)])
    weights = np.r_[np.ones(len(own)), np.full(len(labelled), PUBLIC_WEIGHT)]
    fold = folds_of(own)
    is_own = np.arange(len(weights)) < len(own)
    scores = np.zeros((len(own), len(INTENTS)))
    hardness = np.zeros(len(own))
    for number in range(FOLDS):
        out = is_own & np.r_[fold == number, np.zeros(len(labelled), bool)]
        lower = factor(k[np.ix_(~out, ~out)])
        w, bias = fit(lower, targets[~out], weights[~out], LAMBDA)
        scores[fold == number] = k[np.ix_(out, ~out)] @ w + bias
        w, bias = fit(lower, hard[~out], weights[~out], HARD_LAMBDA)
        s = k[np.ix_(out, ~out)] @ w + bias
        hardness[fold == number] = 1 / (1 + np.exp(s[:, 1] - s[:, 0]))
    right = accepted(scores, own)
    english = np.array([e.language == "en" for e in own])
    by_rules = accepted(a.dense[:, : len(INTENTS)], own)
    figures["own prompts, topics left out"] = {
        "n": len(own), "model": right.mean(), "model, English": right[english].mean(),
        "model, other languages": right[~english].mean(), "rules": by_rules.mean(),
    }  # fmt: skip
    label = np.array([e.intent for e in own])
    figures["per intent"] = {i: right[label == i].mean() for i in INTENTS if (label == i).any()}
    confused = Counter(
        (e.intent, INTENTS[j]) for e, j, ok in zip(own, scores.argmax(1), right, strict=True) if not ok
    )
    figures["most confused"] = [f"{x} as {y}: {n}" for (x, y), n in confused.most_common(12)]
    best = min(np.arange(0.5, 3.01, 0.05), key=lambda t: calibration_error(softmax(scores / t).max(1), right))
    p = softmax(scores / best)
    figures["calibration error"] = calibration_error(p.max(1), right)
    figures["temperature"] = float(best)
    wished = np.array([e.hard for e in own])
    length = np.array([e.signals.characters for e in own])
    figures["p_hard, own prompts"] = {
        "rank correlation": spearman(hardness, wished),
        "length": spearman(length, wished),
    }
    buckets = np.array([e.complexity for e in own])
    guess = np.where(hardness >= 0.58, "hard", np.where(hardness >= 0.22, "medium", "simple"))
    figures["complexity, own prompts"] = {
        "exact": (guess == buckets).mean(),
        **{
            f"{x} as {y}": ((buckets == x) & (guess == y)).sum()
            for x in ("simple", "medium", "hard")
            for y in ("simple", "medium", "hard")
            if x != y
        },
    }
    # Public sets: every group left out in turn, with its relatives (all of CLINC, all of Arena) too.
    families = sorted({e.group.split()[0] for e in labelled})
    figures["public groups left out"] = {}
    pooled: dict[str, list[float]] = defaultdict(list)
    for family in families:
        gone = np.r_[np.zeros(len(own), bool), [e.group.split()[0] == family for e in labelled]]
        lower = factor(k[np.ix_(~gone, ~gone)])
        w, bias = fit(lower, targets[~gone], weights[~gone], LAMBDA)
        s = k[np.ix_(gone, ~gone)] @ w + bias
        out = [e for e, g in zip(labelled, gone[len(own) :], strict=True) if g]
        ok, ruled = accepted(s, out), accepted(b.dense[gone[len(own) :], : len(INTENTS)], out)
        for group in sorted({e.group for e in out}):
            these = np.array([e.group == group for e in out])
            figures["public groups left out"][group] = {
                "model": ok[these].mean(),
                "rules": ruled[these].mean(),
            }
        w, bias = fit(lower, hard[~gone], weights[~gone], HARD_LAMBDA)
        s = k[np.ix_(gone, ~gone)] @ w + bias
        wished = np.array([e.hard for e in out])
        pooled["model"] += list(s[:, 0] - s[:, 1])
        pooled["length"] += [e.signals.characters for e in out]
        pooled["hard"] += list(wished)
        if out[0].source == "ulab":
            figures["public groups left out"][family].update(
                {
                    "p_hard rank": spearman(s[:, 0] - s[:, 1], wished),
                    "length rank": spearman(np.array([e.signals.characters for e in out]), wished),
                }
            )
    figures["p_hard, public groups left out, pooled"] = {
        "rank correlation": spearman(np.array(pooled["model"]), np.array(pooled["hard"])),
        "length": spearman(np.array(pooled["length"]), np.array(pooled["hard"])),
    }
    return float(best)


def write_model(own: list[Example], public: list[Example], temperature: float) -> None:
    labelled = [e for e in public if e.intent]
    examples = own + labelled
    described = describe(examples)
    lower = factor(kernel(described, described))
    weights = np.r_[np.ones(len(own)), np.full(len(labelled), PUBLIC_WEIGHT)]
    w, bias = fit(lower, intent_targets(examples), weights, LAMBDA)
    v, hard_bias = fit(lower, hard_targets(examples), weights, HARD_LAMBDA)
    dual = np.c_[w, v[:, 0] - v[:, 1]]
    table, step = quantise(np.asarray(described.hashed.T @ dual))
    shares = np.array([piece_weight(n) for n in range(len(EMBEDDINGS))])
    pieces, piece_step = quantise(
        (EMBEDDINGS * shares[:, None]) @ (PIECE_SCALE * described.embedded.T @ dual)
    )
    dense = described.dense.T @ dual
    dense[: len(INTENTS)] *= RULES_SCALE
    dense[len(INTENTS) :] *= NUMBER_SCALE
    header = {
        "version": VERSION,
        "bits": BITS,
        "scales": SCALES,
        "step": step,
        "piece_step": piece_step,
        "bias": [round(float(b), 5) for b in (*bias, hard_bias[0] - hard_bias[1])],
        "rules": [[round(float(r), 5) for r in row] for row in dense[: len(INTENTS)]],
        "numbers": [[round(float(r), 5) for r in row] for row in dense[len(INTENTS) :]],
        "temperature": round(temperature, 3),
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_bytes(json.dumps(header).encode() + b"\n" + table.tobytes() + pieces.tobytes())
    print(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size} bytes from {len(own)} + {len(labelled)} examples")


def quantise(table: np.ndarray) -> tuple[np.ndarray, list[float]]:
    """Signed bytes, and per column what one step of them is worth."""
    step = np.abs(table).max(0) / 127
    return np.rint(table / step).astype(np.int8), [float(f"{s:.6g}") for s in step]


def read_embeddings(path: Path) -> np.ndarray:
    """Static embeddings of the pieces that we keep, centred and brought to length one."""
    vectors = np.load(path).astype(np.float64)
    vectors = vectors - vectors.mean(0)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


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
    parser.add_argument("--temperature", type=float, default=0.75, help="what --check found last")
    parser.add_argument("--embeddings", type=Path, required=True, help="made by distil.py")
    arguments = parser.parse_args()
    global EMBEDDINGS
    EMBEDDINGS = read_embeddings(arguments.embeddings)
    # Follow-ups are the rules' matter (classify/follow_up.py); the model learns what stands alone.
    own = [example for example in own_prompts() if not example.signals.follow_up]
    public = sample_public(arguments.data)
    temperature = arguments.temperature
    if arguments.check:
        figures: dict[str, Any] = {}
        temperature = check(own, public, figures)
        text = json.dumps(rounded(figures), indent=1, ensure_ascii=False)
        (Path(__file__).parent / "figures.json").write_text(text + "\n", "utf-8")
        print(text)
    write_model(own, public, temperature)


if __name__ == "__main__":
    main()
