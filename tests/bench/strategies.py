"""What the strategies are worth: score and cost on prompts of which nine models' scores are known.

    python -m tests.bench strategies [DATA]

The prompts (ulab_scores, 4,484 of twelve tasks) are read from DATA, `../shared/data` by default;
where they are not, this benchmark says so and measures nothing. Each strategy chooses among the
nine models by what it knows without them: prices, and quality from the table of figures. Random,
best single, prompt length and oracle stand beside it. Cost is that of the prompt's own tokens and
of the same assumed answer for every model, in US dollars per thousand requests.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from smart_router.classify import classify
from smart_router.classify.types import Classification
from smart_router.health.types import HealthView
from smart_router.policy import Adjustments, Context, Limits, decide
from smart_router.ports import LiveModel
from smart_router.registry import Catalog, Registry, build_catalog, parse_registry
from smart_router.request import ChatRequest, Overrides, User
from smart_router.signals import read_signals

from .table import show

ANSWER_TOKENS = 300
STRATEGIES = ("cost_aggressive", "balanced", "quality_first", "latency_first")
PICTURE = Path("artifacts") / "strategies.svg"
Row = tuple[str, float, float]


def models(described: dict[str, dict[str, Any]], names: Sequence[str]) -> tuple[Registry, Catalog]:
    entries = [
        {
            "id": name,
            "size_b": float(described[name]["size"].rstrip("B")),
            "context_tokens": 32_768,
            "input_usd_per_mtok": described[name]["input_price"],
            "output_usd_per_mtok": described[name]["output_price"],
        }
        for name in names
    ]
    registry = parse_registry(json.dumps({"models": entries}))
    return registry, build_catalog([LiveModel(name, name) for name in names], registry, 0.0)


def classified(prompt: str) -> Classification:
    request = ChatRequest(
        messages=({"role": "user", "content": prompt},), parameters={}, user=User("bench"), turn_id="bench"
    )
    return classify(read_signals(request))


def compare(data: Path) -> list[Row]:
    """(policy, mean score, cost per thousand) for every way to choose."""
    with (data / "prompts" / "ulab_scores.jsonl").open(encoding="utf-8") as lines:
        prompts = [json.loads(line) for line in lines]
    described = json.loads((data / "models" / "ulab_models.json").read_text())
    names = sorted(prompts[0]["scores"])
    registry, catalog = models(described, names)
    asked = [classified(p["prompt"]) for p in prompts]

    def cost(name: str, n: int) -> float:
        backend = catalog.backends[name]
        into = asked[n].signals.input_tokens * (backend.input_usd_per_mtok or 0)
        return (into + ANSWER_TOKENS * (backend.output_usd_per_mtok or 0)) / 1e6

    def row(policy: str, choose: Callable[[int], str]) -> Row:
        chosen = [choose(n) for n in range(len(prompts))]
        score = statistics.mean(prompts[n]["scores"][name] for n, name in enumerate(chosen))
        return policy, score, 1000 * statistics.mean(cost(name, n) for n, name in enumerate(chosen))

    def by(strategy: str) -> Callable[[int], str]:
        def choose(n: int) -> str:
            context = Context(overrides=Overrides(strategy=strategy))
            decision = decide(
                asked[n], context, catalog, registry, HealthView(), Adjustments(), Limits(), 0.0, dice
            )
            return decision.chosen or names[0]

        return choose

    def oracle(n: int) -> str:
        scores = prompts[n]["scores"]
        return min(names, key=lambda name: (-scores[name], cost(name, n)))

    dice = random.Random(0)
    mean = {name: statistics.mean(p["scores"][name] for p in prompts) for name in names}
    best = max(names, key=lambda name: mean[name])
    cheapest = min(names, key=lambda name: (cost(name, 0), -mean[name]))
    median = statistics.median(c.signals.input_tokens for c in asked)
    return [
        row("random", lambda n: dice.choice(names)),
        row(f"cheapest single ({cheapest})", lambda n: cheapest),
        row(f"best single ({best})", lambda n: best),
        row("prompt length", lambda n: best if asked[n].signals.input_tokens > median else cheapest),
        *(row(strategy, by(strategy)) for strategy in STRATEGIES),
        row("oracle", oracle),
    ]


def picture(rows: Sequence[Row]) -> str:
    """Score over cost as an SVG."""
    width, height, left, bottom = 720, 420, 60, 50
    top_cost, top_score = max(r[2] for r in rows) * 1.15, max(r[1] for r in rows) * 1.1
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        'font-size="12"><rect width="100%" height="100%" fill="white"/>',
        f'<path d="M{left} 10V{height - bottom}H{width - 10}" fill="none" stroke="#888"/>',
        f'<text x="{width / 2}" y="{height - 12}" text-anchor="middle">USD per thousand requests</text>',
        f'<text x="16" y="{height / 2}" transform="rotate(-90 16 {height / 2})" text-anchor="middle">'
        "mean score</text>",
    ]
    for name, score, cost in rows:
        x = left + cost / top_cost * (width - left - 160)
        y = height - bottom - score / top_score * (height - bottom - 20)
        fill = "#2563eb" if name in STRATEGIES else "#9ca3af"
        parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="5" fill="{fill}"/>')
        parts.append(f'<text x="{x + 9:.0f}" y="{y + 4:.0f}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>\n"])


def run(data: Path = Path("../shared/data")) -> list[Row]:
    """Compare, print the table, write the picture; returns the rows."""
    if not (data / "prompts" / "ulab_scores.jsonl").is_file():
        print(f"strategies: no prompts at {data}; nothing was measured")
        return []
    rows = compare(data)
    show(
        "Strategies on prompts with known scores",
        ("policy", "mean score", "USD per 1,000"),
        [(name, f"{score:.3f}", f"{cost:.3f}") for name, score, cost in rows],
        f"The same answer of {ANSWER_TOKENS} tokens is assumed for all. Picture: {PICTURE}",
    )
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(rows))
    return rows


if __name__ == "__main__":
    run(*(Path(argument) for argument in sys.argv[1:2]))
