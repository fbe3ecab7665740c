"""Make the table of figures that the library carries.

    python scripts/model_figures.py [--data ../shared/data/models] [--out FILE]

Reads `model_facts.json` (prices, contexts, capabilities) and `arena_ratings.json` (ratings by
category), brings all spellings of a model together, and writes one row per model. The same data
gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import math
import statistics
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from smart_router.registry.figures import FORMAT
from smart_router.registry.names import Identity, identify

DATE = "2026-11"
#: Whose own price list is the truth for the models that they make.
MAKERS = {
    "openai": r"gpt o1 o3 o4 chatgpt codex computer chat daybreak",
    "anthropic": "claude",
    "gemini": "gemini gemma deep",
    "mistral": "mistral codestral magistral ministral devstral pixtral voxtral mixtral open labs",
    "deepseek": "deepseek",
    "xai": "grok",
    "cohere_chat": "command",
    "cohere": "command",
    "zai": "glm",
    "moonshot": "kimi moonshot",
    "dashscope": "qwen qwq",
    "minimax": "minimax",
    "perplexity": "sonar",
    "bedrock_converse": "nova",
    "ai21": "jamba",
    "meta": "muse",
    "xiaomi_mimo": "mimo",
    "v0": "v0",
}
CAPABILITIES = ["vision", "tools", "json_schema", "reasoning", "pdf", "audio", "web_search", "prompt_cache"]
LANGUAGES = ["chinese", "french", "german", "japanese", "korean", "russian", "spanish"]
#: Which of the Arena's categories speaks for an intent. Several: their mean.
CATEGORIES = {
    "coding": ["coding"],
    "math": ["math"],
    "reasoning": ["hard_6"],
    "creative": ["creative_writing"],
    "explain": ["english"],
    "qa": ["full"],
    "summarize": ["long_user"],
    "translate": LANGUAGES,
    "extract": ["if"],
    "rag": ["long_user", "if"],
    "status": ["full"],
    "chat": ["multiturn"],
    "general": ["full"],
}


def facts_rows(facts: list[dict[str, Any]]) -> dict[str, list[Any]]:
    groups: dict[str, list[tuple[Identity, dict[str, Any]]]] = defaultdict(list)
    for model in facts:
        if model["mode"] == "embedding" or "commitment" in model["id"] or model["id"].startswith("ft:"):
            continue
        identity = identify(model["id"])
        groups[identity.key].append((identity, model))
    rows: dict[str, list[Any]] = {}
    for key, members in sorted(groups.items()):
        undated = [m for i, m in members if not i.date] or [m for _, m in members]
        rows[key] = row(key, undated)
        dates = sorted({i.date for i, _ in members if i.date})
        for date in dates:
            dated = row(key, [m for i, m in members if i.date == date])
            # Only a row with a price of its own says something that the undated one does not.
            if dated[:2] != rows[key][:2] and dated[0] is not None and dated[6]:
                rows[f"{key}@{date}"] = dated
    return rows


def row(key: str, models: list[dict[str, Any]]) -> list[Any]:
    first = key.split("-")[0]
    own = [m for m in models if first in MAKERS.get(m["provider"], "").split()]
    source = own or models

    def middle(name: str) -> float | None:
        values = [m[name] for m in source if m.get(name) is not None]
        if name.endswith("usd_per_mtok"):
            values = [v for v in values if v > 0]
        return None if not values else statistics.median_low(values)

    counts = Counter(c for m in source for c in m.get("capabilities", []))
    told = sum(1 for m in source if m.get("capabilities"))
    bits = sum(1 << i for i, c in enumerate(CAPABILITIES) if told and counts[c] >= 0.4 * told)
    into, out = middle("input_usd_per_mtok"), middle("output_usd_per_mtok")
    cached = middle("cache_read_usd_per_mtok")
    # A cached price above the full one is another provider's; the median mixes them.
    if cached is not None and into is not None and cached > into:
        cached = None
    context, reply = middle("context_tokens"), middle("max_output_tokens")
    return [
        into,
        out,
        cached,
        None if context is None else int(context),
        None if reply is None else int(reply),
        bits,
        int(bool(own)),
    ]


def rating_rows(ratings: dict[str, dict[str, float]]) -> dict[str, list[int]]:
    """Ratings by intent for every model in `full`; a missing category is `full` plus its mean difference."""
    full = ratings["full"]
    shift = {
        category: statistics.mean(values[m] - full[m] for m in values if m in full)
        for category, values in ratings.items()
    }
    rows: dict[str, list[int]] = {}
    for name, overall in sorted(full.items(), key=lambda item: -item[1]):
        row = [
            round(statistics.mean(ratings[c].get(name, overall + shift[c]) for c in categories))
            for categories in CATEGORIES.values()
        ]
        # Of two revisions under one name the better rated, which is the later one.
        rows.setdefault(identify(name).dated, row)
    return dict(sorted(rows.items()))


def fit_by_size(rows: dict[str, list[int]]) -> list[list[float]]:
    """Per intent: rating of a 1B model and points per doubling, by least squares over sized models."""
    sized = [(math.log2(i.size_b), row) for k, row in rows.items() if (i := identify(k)).size_b]
    xs = [x for x, _ in sized]
    fits = []
    for column in range(len(CATEGORIES)):
        slope, base = statistics.linear_regression(xs, [row[column] for _, row in sized])
        fits.append([round(base, 1), round(slope, 1)])
    return fits


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data/models"))
    parser.add_argument("--out", type=Path, default=Path("shared/smart_router/registry/figures.json.gz"))
    options = parser.parse_args()
    ratings = rating_rows(json.loads((options.data / "arena_ratings.json").read_text()))
    facts = facts_rows(json.loads((options.data / "model_facts.json").read_text()))
    table = {
        "format": FORMAT,
        "provenance": {
            "date": DATE,
            "facts": "prices, contexts and capabilities from LiteLLM's price map (MIT)",
            "ratings": "Arena ratings by category, lmarena/arena-catalog, to December 2025",
        },
        "intents": list(CATEGORIES),
        "capabilities": CAPABILITIES,
        "facts": facts,
        "ratings": ratings,
        "by_size": fit_by_size(ratings),
    }
    text = json.dumps(table, separators=(",", ":"), sort_keys=True).encode()
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0, filename="") as file:
        file.write(text)
    options.out.write_bytes(packed.getvalue())
    print(f"{len(table['facts'])} priced, {len(ratings)} rated, {len(packed.getvalue()):,} bytes")


if __name__ == "__main__":
    main()
