"""Trains the intent and difficulty model: classify/weights/intent.bin, and its figures.

    python scripts/training/train.py [--data ../shared/data] [--check]

What it says of the prompts kept aside is measured each time, and p_hard is fitted to the first set of them.
`--check` also leaves out topics and public groups in turn (measure.py says how), which takes much
longer; without it those figures stay, with the number of prompts that they were measured with. Needs torch,
scipy and numpy, which come with Open WebUI.
"""

from __future__ import annotations

import argparse
import json
import os
import random

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from corpus import DEFAULT_DATA, ROOT, Example, own_prompts, public_examples
from material import Material
from measure import Calibration, kept_aside, public_left_out, topics_left_out
from network import NUMBER_SCALE, RULES_SCALE, SCALES, Trained

from smart_router.classify.types import INTENTS

OUT = ROOT / "shared/smart_router/classify/weights/intent.bin"
FIGURES = Path(__file__).parent / "figures.json"
VERSION = "vocabulary-4"
PUBLIC_PER_GROUP = 70


def sample_public(data: Path) -> list[Example]:
    groups: dict[str, list[Example]] = defaultdict(list)
    for example in public_examples(data):
        groups[example.group].append(example)
    rng = random.Random(2)
    return [e for g in sorted(groups) for e in rng.sample(groups[g], min(PUBLIC_PER_GROUP, len(groups[g])))]


def write_model(model: Trained, calibration: Calibration, examples: int) -> None:
    net, size = model.net, len(model.vocabulary)
    weights = net.table.weight.detach().numpy().astype(np.float64)
    table, step = quantise(weights[:size])
    header = {
        "version": VERSION,
        "features": size,
        "hidden": net.out.in_features,
        "scales": SCALES,
        "step": step,
        "bias": brief(net.bias.detach().numpy()),
        "rules": [brief(RULES_SCALE * row) for row in weights[size : size + len(INTENTS)]],
        "numbers": [brief(NUMBER_SCALE * row) for row in weights[size + len(INTENTS) :]],
        "out": [brief(row) for row in net.out.weight.detach().numpy().T],
        **{name: round(value, 3) for name, value in vars(calibration).items()},
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    known = model.vocabulary.astype("<u4").tobytes()
    OUT.write_bytes(json.dumps(header).encode() + b"\n" + known + table.tobytes())
    print(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size} bytes from {examples} examples")


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
    material = Material.read(own_prompts(), sample_public(arguments.data))
    model = material.fit()
    before: dict[str, Any] = json.loads(FIGURES.read_text("utf-8"))
    left_out = before["left out"]
    if arguments.check:
        left_out = {"prompts": len(material.own), **topics_left_out(material)}
    aside, calibration = kept_aside(material.first, model, left_out["temperature"])
    if arguments.check:
        left_out |= public_left_out(material, calibration)
    figures = {"prompts": len(material.own), **aside, "left out": left_out}
    text = json.dumps(rounded(figures), indent=1, ensure_ascii=False)
    FIGURES.write_text(text + "\n", "utf-8")
    print(text)
    write_model(model, calibration, len(material.own) + len(material.public))


if __name__ == "__main__":
    main()
