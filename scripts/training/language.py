"""Makes signals/data/language.bin: naive Bayes over hashed n-grams, for languages that share a script.

    python scripts/training/language.py [--data ../shared/data] [--check]

`--check` also measures: five-fold cross-validation over the Lingua sentences, whole and cut to one
to five words. The sentences themselves are never written anywhere. Same input, same bytes.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter, defaultdict
from pathlib import Path

from smart_router.signals import language as runtime
from smart_router.signals.ngrams import split_words, word_features

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


BITS = 14
SCALE = 0.05
SMOOTHING = 0.4
WORD_LIST_WEIGHT = 4
OUT = ROOT / "shared/smart_router/signals/data/language.bin"
GROUPS = runtime._SHARED


def read_sentences(data: Path) -> dict[str, list[str]]:
    folder = data / "prompts/lingua"
    return {
        p.stem: [s for s in p.read_text("utf-8").splitlines() if s.strip()]
        for p in sorted(folder.glob("*.txt"))
    }


def read_word_lists() -> dict[str, str]:
    lists = {}
    for line in (HERE / "frequent_words.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, words = line.split(":", 1)
            lists[code] = words.strip()
    return lists


def count_features(texts: list[str]) -> Counter[int]:
    counts: Counter[int] = Counter()
    mask = (1 << BITS) - 1
    for text in texts:
        for word in split_words(text.lower()):
            counts.update(f & mask for f in word_features(word))
    return counts


def make_table(texts: dict[str, list[str]]) -> bytes:
    """Bytes of the table: per bucket and language, -log p(bucket | language) against the script's best."""
    languages = [code for group in GROUPS.values() for code in group]
    rows = bytearray((1 << BITS) * len(languages))
    column = 0
    for group in GROUPS.values():
        counted = {code: count_features(texts[code]) for code in group}
        totals = {code: sum(counted[code].values()) for code in group}
        for bucket in range(1 << BITS):
            costs = [
                -math.log((counted[code][bucket] + SMOOTHING) / (totals[code] + SMOOTHING * (1 << BITS)))
                for code in group
            ]
            least = min(costs)
            for offset, cost in enumerate(costs):
                rows[bucket * len(languages) + column + offset] = min(255, round((cost - least) / SCALE))
        column += len(group)
    header = " ".join([str(BITS), str(SCALE), *languages])
    return header.encode() + b"\n" + bytes(rows)


def read_prompts() -> dict[str, list[str]]:
    """Our own training prompts by language: how people write to an assistant, which news do not show."""
    prompts: dict[str, list[str]] = defaultdict(list)
    for path in sorted((HERE / "prompts").glob("*.jsonl")):
        for line in path.read_text("utf-8").strip().split("\n"):
            row = json.loads(line)
            # What is to be translated or extracted from is often in another language.
            if row["intent"] not in ("translate", "extract"):
                prompts[row["language"]].append(row["turns"][-1])
    return prompts


def with_word_lists(sentences: dict[str, list[str]]) -> dict[str, list[str]]:
    lists = read_word_lists()
    joined = {}
    for code, texts in sentences.items():
        joined[code] = [*texts, *[lists[code]] * WORD_LIST_WEIGHT] if code in lists else list(texts)
    return joined


def use(table: bytes) -> None:
    """Makes the run-time module answer from this table."""
    loaded = runtime.read_table(table)
    runtime._table = lambda: loaded  # type: ignore[assignment]


def cut(sentence: str, rng: random.Random) -> str:
    words = sentence.split()
    if len(words) < 3:
        size = rng.randint(4, 12)
        start = rng.randrange(max(1, len(sentence) - size))
        return sentence[start : start + size]
    size = rng.randint(1, 5)
    start = rng.randrange(max(1, len(words) - size + 1))
    return " ".join(words[start : start + size])


def check(sentences: dict[str, list[str]]) -> None:
    right: dict[str, Counter[str]] = {"whole": Counter(), "short": Counter()}
    seen: Counter[str] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    lengths: defaultdict[int, list[bool]] = defaultdict(list)
    rng = random.Random(7)
    prompts = read_prompts()
    own: dict[str, list[bool]] = defaultdict(list)
    for fold in range(5):
        kept = {c: [s for i, s in enumerate(t) if i % 5 != fold] for c, t in sentences.items()}
        for code, texts in prompts.items():
            kept[code] += [t for i, t in enumerate(texts) if i % 5 != fold]
        use(make_table(with_word_lists(kept)))
        for code, texts in prompts.items():
            for text in texts[fold::5]:
                own["short" if len(text.split()) <= 5 else "long"].append(
                    runtime.identify_language(text)[0] == code
                )
        for code, texts in sentences.items():
            for sentence in texts[fold::5]:
                seen[code] += 1
                right["whole"][code] += runtime.identify_language(sentence)[0] == code
                short = cut(sentence, rng)
                guess = runtime.identify_language(short)[0]
                right["short"][code] += guess == code
                lengths[len(short.split())].append(guess == code)
                if guess != code:
                    confused[(code, str(guess))] += 1
    print("own prompts", {n: f"{sum(v)} of {len(v)}" for n, v in own.items()})
    for name, counts in right.items():
        print(
            name,
            f"{sum(counts.values()) / sum(seen.values()):.4f}",
            {c: round(counts[c] / seen[c], 3) for c in seen if counts[c] < 0.97 * seen[c]},
        )
    print({n: round(sum(v) / len(v), 3) for n, v in sorted(lengths.items())}, confused.most_common(10))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    sentences = read_sentences(arguments.data)
    if arguments.check:
        check(sentences)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    for code, texts in read_prompts().items():
        sentences[code] += texts
    OUT.write_bytes(make_table(with_word_lists(sentences)))
    print(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
