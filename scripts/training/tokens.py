"""Makes signals/data/tokens.json: what a character of each class costs in tokens.

    python scripts/training/tokens.py --tokenizers DIR [--data ../shared/data]

DIR is `litellm/litellm_core_utils/tokenizers` of an unpacked litellm wheel, which carries the
tables of o200k_base (GPT-4o and later) and DeepSeek V3. The target is their weighted geometric
mean, o200k counting double. Every fifth sample is kept out of the fit, and the errors printed are
on those.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sysconfig
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.optimize import nnls

from smart_router.signals import tokens as runtime
from smart_router.signals.code import code_share
from smart_router.signals.language import identify_language

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


OUT = ROOT / "shared/smart_router/signals/data/tokens.json"


def samples(data: Path) -> list[tuple[str, str, str]]:
    """(kind, language, text): sentences in 24 languages, real prompts, source code."""
    rng = random.Random(3)
    rows = []
    for path in sorted((data / "prompts/lingua").glob("*.txt")):
        lines = path.read_text("utf-8").splitlines()
        while lines:
            size = rng.choice((1, 1, 2, 4, 8))
            rows.append((path.stem, path.stem, "\n".join(lines[:size])))
            lines = lines[size:]
    for name in ("arena_hard_v2.jsonl", "arena_hard_v0.1.jsonl", "ulab_scores.jsonl"):
        lines = (data / "prompts" / name).read_text("utf-8").splitlines()
        for line in rng.sample(lines, min(400, len(lines))):
            text = json.loads(line)["prompt"]
            rows.append((name.split(".")[0], identify_language(text)[0] or "en", text))
    library = Path(sysconfig.get_paths()["stdlib"])
    for path in sorted(library.glob("*.py"))[:150]:
        text = path.read_text("utf-8", "replace")
        start = rng.randrange(max(1, len(text) - 1500))
        rows.append(("python", "en", text[start : start + rng.choice((300, 800, 1500))]))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    parser.add_argument("--tokenizers", type=Path, required=True)
    arguments = parser.parse_args()
    os.environ["TIKTOKEN_CACHE_DIR"] = str(arguments.tokenizers)
    import tiktoken
    from tokenizers import Tokenizer

    gpt = {name: tiktoken.get_encoding(name) for name in ("o200k_base", "cl100k_base")}
    files = {"deepseek": "deepseek_tokenizer.json", "anthropic (2023)": "anthropic_tokenizer.json"}
    others = {name: Tokenizer.from_file(str(arguments.tokenizers / file)) for name, file in files.items()}

    def count(name: str, text: str) -> int:
        if name in gpt:
            return len(gpt[name].encode(text, disallowed_special=()))
        return len(others[name].encode(text, add_special_tokens=False).ids)

    rows = [row for row in samples(arguments.data) if row[2].strip()]
    real = {name: np.array([count(name, text) for _, _, text in rows], float) for name in (*gpt, *others)}
    target = (real["o200k_base"] ** 2 * real["deepseek"]) ** (1 / 3)
    described = []
    for _, language, text in rows:
        classes = runtime.count_classes(text, language)
        code = code_share(text)
        for name in [n for n in classes if n.startswith("latin.")]:
            letters = classes.pop(name)
            classes[name] = classes.get(name, 0.0) + (1 - code) * letters
            classes["latin.code"] = classes.get("latin.code", 0.0) + code * letters
        described.append(classes)
    names = sorted({name for classes in described for name in classes} | {"other"})
    matrix = np.array([[classes.get(name, 0.0) for name in names] for classes in described])
    held = np.arange(len(rows)) % 5 == 4
    # Relative errors count, not absolute ones: each row is divided by its target. Two rounds of
    # reweighting bring the squared error near the absolute one.
    weights = np.ones(len(rows))
    for _ in range(4):
        scaled = matrix / target[:, None] * weights[:, None]
        solution, _ = nnls(scaled[~held], weights[~held])
        error = np.abs(matrix @ solution / target - 1)
        weights = 1 / np.sqrt(np.maximum(error, 0.02))
    prices = dict(zip(names, solution, strict=True))
    prices["other"] = prices["other"] or 0.8
    prices["emoji"] = prices.get("emoji") or 1.5
    for name in [n for n in ("symbol",) if not prices.get(n)]:
        prices[name] = 1.0
    OUT.write_text(json.dumps({n: round(float(v), 4) for n, v in sorted(prices.items())}, indent=1) + "\n")
    runtime._prices.cache_clear()
    estimate = np.array(
        [runtime.estimate_tokens(text, identify_language(text)[0], code_share(text)) for _, _, text in rows],
        float,
    )
    by_kind: dict[str, list[int]] = defaultdict(list)
    for i in np.flatnonzero(held):
        by_kind[rows[i][0]].append(i)
    for name in real:
        errors = np.abs(estimate / real[name] - 1)
        per = {kind: round(float(errors[i].mean()), 3) for kind, i in sorted(by_kind.items())}
        volume = abs(estimate[held].sum() / real[name][held].sum() - 1)
        print(f"{name}: mean error {errors[held].mean():.3f}, of the total {volume:.3f}", per)


if __name__ == "__main__":
    main()
