"""Figures of a trained network: on prompts kept aside, by cross-validation over topics, and with every
public task left out in turn; and what is fitted on scores of prompts that were left out.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from corpus import Example, held_out_prompts
from material import Material
from network import Trained, befores_of, fit, joined, read
from scipy.optimize import minimize
from scipy.stats import spearmanr

from smart_router.classify.decide import rule_scores, said
from smart_router.classify.features import Before
from smart_router.classify.follow_up import earlier_ask
from smart_router.classify.look import look_at
from smart_router.classify.types import INTENTS

FOLDS = 5


@dataclass(frozen=True)
class Calibration:
    """What is fitted on scores of prompts that were left out: the intents' temperature, what p_hard owes
    to the network and what to length, and where it parts the buckets."""

    temperature: float
    hardness_scale: float
    hardness_length: float
    hardness_bias: float
    medium_from: float
    hard_from: float

    def p_hard(self, learnt: np.ndarray, examples: list[Example]) -> np.ndarray:
        """As the run-time's model does it."""
        weights = np.array([self.hardness_scale, self.hardness_length, self.hardness_bias])
        return 1 / (1 + np.exp(-_measures(learnt, examples) @ weights))

    def buckets(self, hardness: np.ndarray) -> np.ndarray:
        medium = np.where(hardness >= self.medium_from, "medium", "simple")
        return np.where(hardness >= self.hard_from, "hard", medium)


def temperature_for(scores: np.ndarray, right: np.ndarray) -> float:
    return float(
        min(np.arange(0.5, 4.01, 0.05), key=lambda t: calibration_error(softmax(scores / t).max(1), right))
    )


def _measures(learnt: np.ndarray, examples: list[Example]) -> np.ndarray:
    """A row each: the network's log-odds, the logarithm of how much was said, and 1."""
    learnt = np.clip(learnt, 1e-6, 1 - 1e-6)
    lengths = np.log1p([said(e.signals) for e in examples])
    return np.stack([np.log(learnt / (1 - learnt)), lengths, np.ones(len(learnt))], 1)


def calibrate(temperature: float, aside: list[Example], learnt: np.ndarray) -> Calibration:
    """What fits prompts of another hand best; by our own the cuts would lean upwards."""
    measures, wished = _measures(learnt, aside), np.array([e.hard for e in aside])

    def loss(weights: np.ndarray) -> float:
        odds = measures @ weights
        return float(np.mean(np.logaddexp(0, odds) - wished * odds))

    weights = [round(float(w), 3) for w in minimize(loss, [1.0, 0.0, 0.0]).x]
    labels = np.array([e.complexity for e in aside])
    cuts = [
        Calibration(temperature, *weights, float(medium), float(hard))
        for medium in np.arange(0.14, 0.41, 0.02)
        for hard in np.arange(0.5, 0.81, 0.02)
    ]
    p_hard = cuts[0].p_hard(learnt, aside)
    return max(cuts, key=lambda c: recall_of_buckets(c.buckets(p_hard), labels))


def recall_of_buckets(guess: np.ndarray, right: np.ndarray) -> float:
    """The mean over the buckets of how many of each were found: simple ones must not outvote the others."""
    return float(np.mean([(guess[right == label] == label).mean() for label in ("simple", "medium", "hard")]))


def complexity(examples: list[Example], hardness: np.ndarray, calibration: Calibration) -> dict[str, Any]:
    """How often the bucket is the label's, where it went otherwise, and p_hard as a ranker."""
    labels = ("simple", "medium", "hard")
    label = np.array([e.complexity for e in examples])
    guess = calibration.buckets(hardness)
    wished = np.array([e.hard for e in examples])
    length = np.array([e.signals.characters for e in examples])
    return {
        "exact": (guess == label).mean(),
        **{f"{x} as {y}": int(((label == x) & (guess == y)).sum()) for x in labels for y in labels if x != y},
        "rank correlation": rank_correlation(hardness, wished),
        "rank correlation, length": rank_correlation(length, wished),
    }


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


def rank_correlation(a: np.ndarray, b: np.ndarray) -> float:
    """Spearman's; 0 where one of them never changes."""
    return float(spearmanr(a, b).statistic) if np.ptp(a) and np.ptp(b) else 0.0


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


def cross_validate(material: Material) -> np.ndarray:
    """Scores of every own prompt by a network that saw nothing of its topic: one alone, which is quicker
    and says a little less well what several say together."""
    own, wished = material.own, material.own_wished
    fold = folds_of(own)
    scores = np.zeros((len(own), len(INTENTS)))
    for number in range(FOLDS):
        kept, out = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        reads = [material.own_reads[i] for i in kept] + material.public_reads
        model = fit(reads, joined(wished.of(kept), material.public_wished), number, 1)
        scores[out], _ = model.predict([material.own_reads[i] for i in out])
    return scores


def topics_left_out(material: Material) -> dict[str, Any]:
    """Figures on our own prompts by networks that saw nothing of their topics, and the temperature."""
    own = material.own
    scores = cross_validate(material)
    right = accepted(scores, own)
    by_rules = accepted(np.array([list(ruled(e).values()) for e in own]), own)
    confused = Counter(
        (e.intent, INTENTS[j]) for e, j, ok in zip(own, scores.argmax(1), right, strict=True) if not ok
    )
    temperature = temperature_for(scores, right)
    sure = softmax(scores / temperature).max(1)
    return {
        "temperature": temperature,
        "topics": {**shares(own, right), "rules alone": by_rules.mean()},
        "topics, most confused": [f"{x} as {y}: {n}" for (x, y), n in confused.most_common(12)],
        "topics, calibration error": calibration_error(sure, right),
    }


def kept_aside(first: Trained, whole: Trained, temperature: float) -> tuple[dict[str, Any], Calibration]:
    """Figures on the prompts of other hands; the first set also says where the buckets part."""
    figures: dict[str, Any] = {}
    best: Calibration | None = None
    for name, aside in held_out_prompts().items():
        scores, learnt = whole.predict(read(aside, befores_of(first, aside)))
        if best is None:
            best = calibrate(temperature, aside, learnt)
            figures["calibration"] = vars(best)
        right = accepted(scores, aside)
        figures[f"kept aside: {name}"] = {
            **shares(aside, right),
            "calibration error": calibration_error(softmax(scores / best.temperature).max(1), right),
            "rules alone": accepted(np.array([list(ruled(e).values()) for e in aside]), aside).mean(),
            "complexity": complexity(aside, best.p_hard(learnt, aside), best),
        }
    assert best is not None, "nothing was kept aside"
    return figures, best


def public_left_out(material: Material, calibration: Calibration) -> dict[str, Any]:
    """Every public task left out in turn, with its relatives (all of CLINC, all of Arena) too; by one
    network alone."""
    public, public_reads = material.public, material.public_reads
    found: dict[str, Any] = {}
    pooled: dict[str, list[float]] = defaultdict(list)
    family_of = np.array([e.group.split()[0] for e in public])
    for family in sorted(set(family_of)):
        kept, gone = np.flatnonzero(family_of != family), np.flatnonzero(family_of == family)
        others = material.own_reads + [public_reads[i] for i in kept]
        model = fit(others, joined(material.own_wished, material.public_wished.of(kept)), networks=1)
        scores, learnt = model.predict([public_reads[i] for i in gone])
        out = [public[i] for i in gone]
        hardness = calibration.p_hard(learnt, out)
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
                "p_hard rank": rank_correlation(hardness, aim), "length rank": rank_correlation(length, aim)
            }  # fmt: skip
    return {
        "public groups": found,
        "public groups, p_hard pooled": {
            "rank correlation": rank_correlation(np.array(pooled["model"]), np.array(pooled["hard"])),
            "length": rank_correlation(np.array(pooled["length"]), np.array(pooled["hard"])),
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
