"""What the classifier is trained and measured on: our own prompts, and public sets by reference.

Our prompts are `prompts/*.jsonl`, one thought a line: topic, intent, complexity, language, the
turns (user, assistant, user …; the last one is the ask), and what else would be right (`also`).
The public sets are read from the data folder and never copied.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

from smart_router.request import ChatRequest, User
from smart_router.signals import Signals, read_signals

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


DEFAULT_DATA = ROOT.parent / "shared/data"


@dataclass(frozen=True)
class Example:
    """`intent` None: not labelled. `hard` is the wished p_hard in 0…1, None where unknown."""

    source: str
    group: str
    signals: Signals
    intent: str | None
    also: tuple[str, ...] = ()
    hard: float | None = None
    complexity: str | None = None
    language: str = "en"
    weight: float = 1.0


def signals_of(
    turns: list[str], *, retrieved: bool = False, files: bool = False, parameters: dict | None = None
) -> Signals:
    roles = ("user", "assistant")
    messages = tuple({"role": roles[i % 2], "content": text} for i, text in enumerate(turns))
    request = ChatRequest(
        messages=messages, parameters=parameters or {}, user=User("nobody"), turn_id="0", files=int(files)
    )
    signals = read_signals(request)
    return replace(signals, retrieved=True) if retrieved else signals


HARDNESS = {"simple": 0.06, "medium": 0.4, "hard": 0.92}


class NearDuplicates:
    """Tells texts of which nearly the same was there before: four fifths of their character 5-grams."""

    #: Texts that share so much share one of their smallest hashes, all but surely.
    KEPT = 8

    def __init__(self) -> None:
        self._seen: list[frozenset[str]] = []
        self._by_hash: dict[int, list[int]] = {}

    def add(self, text: str) -> bool:
        """Whether this is one; if not, it is remembered."""
        plain = " ".join(text.lower().split())
        grams = frozenset(plain[i : i + 5] for i in range(max(1, len(plain) - 4)))
        smallest = sorted(crc32(gram.encode()) for gram in grams)[: self.KEPT]
        others = {number for value in smallest for number in self._by_hash.get(value, ())}
        if any(len(grams & self._seen[n]) > 0.8 * len(grams | self._seen[n]) for n in others):
            return True
        for value in smallest:
            self._by_hash.setdefault(value, []).append(len(self._seen))
        self._seen.append(grams)
        return False


def own_prompts(before: NearDuplicates | None = None) -> list[Example]:
    """The prompts to train on, without near-duplicates; how many were thrown out is printed."""
    seen = before or NearDuplicates()
    return [
        example for path in sorted((HERE / "prompts").glob("*.jsonl")) for example in _examples(path, seen)
    ]


def held_out_prompts() -> dict[str, list[Example]]:
    """The prompts that were kept aside, by file; nothing is trained on them, or on what resembles them."""
    seen = NearDuplicates()
    own_prompts(seen)
    return {path.stem: _examples(path, seen) for path in sorted((HERE / "held_out").glob("*.jsonl"))}


def _examples(path: Path, seen: NearDuplicates) -> list[Example]:
    examples = []
    lines = path.read_text("utf-8").strip().split("\n")
    for row in map(json.loads, lines):
        if seen.add(" / ".join(row["turns"])):
            continue
        examples.append(
            Example(
                source=path.stem,
                group=row["topic"],
                intent=row["intent"],
                also=tuple(row.get("also", ())),
                signals=signals_of(row["turns"], retrieved="retrieved" in row, files="files" in row),
                hard=HARDNESS[row["complexity"]],
                complexity=row["complexity"],
                language=row["language"],
            )
        )
    if len(examples) < len(lines):
        print(f"{path.name}: {len(lines) - len(examples)} near-duplicates thrown out")
    return examples


#: ulab's tasks and the intents that are right for their prompts.
ULAB = {
    "agentverse-logicgrid": ("reasoning",),
    "agentverse-mgsm": ("math",),
    "commongen": ("creative", "extract"),
    "natural_qa": ("qa", "explain"),
    "trivia_qa": ("qa",),
    "openbook_qa": ("qa", "reasoning", "explain"),
    "arc_challenge": ("qa", "reasoning", "explain"),
    "gpqa": ("reasoning", "explain", "math", "qa"),
    "mbpp": ("coding",),
    "human_eval": ("coding",),
    "commonsense_qa": ("qa", "reasoning"),
    "math": ("math",),
}

#: The models of ulab_scores that stand for a small model, and for a large one.
SMALL = ("qwen2.5-7b-instruct", "llama-3.1-8b-instruct", "gemma-2-9b-it", "mistral-7b-instruct-v0.3")


#: Tasks scored by how much of the wording matches: a right answer in other words counts as a
#: failure there, so their failures are taken for less.
WORDING = {"natural_qa": 0.4, "trivia_qa": 0.4, "commongen": 0.5}


def ulab(data: Path) -> Iterator[tuple[str, str, float]]:
    """(task, prompt, failed): `failed` is one less the mean score of the small models."""
    for line in (data / "prompts/ulab_scores.jsonl").read_text("utf-8").strip().split("\n"):
        row = json.loads(line)
        scores = [row["scores"].get(name) or 0.0 for name in SMALL]
        yield row["task"], row["prompt"], 1 - sum(scores) / len(scores)


ARENA = {
    "coding": ("coding", "reasoning"),
    "math": ("math", "coding", "reasoning"),
    "creative_writing": ("creative",),
}

CLINC_NAMES = {
    "status": """
        timer alarm reminder reminder_update calendar calendar_update todo_list todo_list_update
        shopping_list shopping_list_update smart_home play_music next_song update_playlist change_speed
        change_volume whisper_mode sync_device reset_settings find_phone make_call text repeat cancel
        share_location uber change_accent change_language change_ai_name change_user_name flip_coin
        roll_dice freeze_account schedule_meeting pto_request order book_hotel book_flight
        restaurant_reservation cancel_reservation confirm_reservation pay_bill transfer
        report_lost_card schedule_maintenance order_status pto_request_status flight_status
        application_status current_location what_song
    """,
    "chat": """
        greeting goodbye thank_you what_are_your_hobbies do_you_have_pets where_are_you_from
        how_old_are_you are_you_a_bot what_is_your_name who_made_you who_do_you_work_for fun_fact
        tell_joke yes no maybe user_name what_can_i_ask_you meaning_of_life
    """,
    "qa": """
        weather time date timezone exchange_rate calories nutrition_info distance definition spelling
        plug_type measurement_conversion gas_type next_holiday mpg food_last cook_time
        international_fees vaccines international_visa how_busy interest_rate balance routing
        credit_limit min_payment payday w2 travel_alert carry_on taxes restaurant_reviews
    """,
    "translate": """
        translate
    """,
    "math": """
        calculator
    """,
    "explain": """
        oil_change_how tire_change jump_start recipe improve_credit_score rollover_401k
    """,
}
CLINC = {intent: names.split() for intent, names in CLINC_NAMES.items()}

#: What else would be right for a label of CLINC's.
CLINC_ALSO = {
    "qa": ("status", "explain"),
    "math": ("qa",),
    "explain": ("qa",),
    "chat": ("qa", "creative"),
    "status": ("qa", "chat"),
    "translate": (),
}


def clinc(data: Path, split: str) -> Iterator[tuple[str, str]]:
    """(our intent, utterance) for CLINC's intents that have a clear place in the taxonomy."""
    of = {name: intent for intent, names in CLINC.items() for name in names}
    for text, name in json.loads((data / "prompts/clinc150.json").read_text("utf-8"))[split]:
        if name in of:
            yield of[name], text


def public_examples(data: Path, seed: int = 5) -> list[Example]:
    """A sample of the public sets, as examples. Groups are tasks, so that whole tasks can be left out."""
    rng = random.Random(seed)
    examples = []
    by_task: dict[str, list[tuple[str, float]]] = {}
    for task, prompt, failed in ulab(data):
        by_task.setdefault(task, []).append((prompt, failed))
    for task, rows in sorted(by_task.items()):
        intents = ULAB[task]
        for prompt, failed in rows:
            examples.append(
                Example(
                    "ulab",
                    task,
                    signals_of([prompt]),
                    intents[0],
                    intents[1:],
                    failed * WORDING.get(task, 1.0),
                )
            )
    for name in ("arena_hard_v2.jsonl", "arena_hard_v0.1.jsonl"):
        for line in (data / "prompts" / name).read_text("utf-8").strip().split("\n"):
            row = json.loads(line)
            intents = ARENA.get(row.get("subcategory", ""), ())
            signals = signals_of([row["prompt"]])
            group = f"arena {row.get('subcategory') or 'v0.1'}"
            hard = 0.75 if "creative" in group else 0.9
            examples.append(
                Example(
                    "arena",
                    group,
                    signals,
                    intents[0] if intents else None,
                    intents[1:],
                    hard,
                    language=signals.language or "en",
                )
            )
    rows = list(clinc(data, "train"))
    for intent, text in rng.sample(rows, 1500):
        examples.append(
            Example("clinc", f"clinc {intent}", signals_of([text]), intent, CLINC_ALSO[intent], 0.04)
        )
    return examples
