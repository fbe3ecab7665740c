"""How good an answer looks, from the answer alone: the answer score.

1 is nothing to object to; every objection has its own value, and the worst counts. The values are
ours: below 0.7, the valve's default, is what people would ask again for.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..request import ChatRequest
from ..signals.language import identify_language

_REFUSAL = re.compile(
    r"\b(i(['’]m| am) (sorry|afraid)[^.]{0,40}\b(can(no|['’])t|unable|not able)"
    r"|i (can(no|['’])t|am unable to|am not able to) (help|assist|comply|provide|fulfil|do that|answer)"
    r"|as an ai( language model)?,? i (can(no|['’])t|do not|don['’]t)"
    r"|(es )?tut mir leid[^.]{0,30}\bkann\b[^.]{0,60}\bnicht"
    r"|lo siento[^.]{0,20}\bno puedo|je suis désolé[^.]{0,30}\bne peux pas"
    r"|mi dispiace[^.]{0,20}\bnon posso|desculpe[^.]{0,20}\bnão posso"
    r"|извините[^.]{0,20}\bне могу)"
    r"|申し訳ありませんが|(抱歉|对不起)[，,]?.{0,10}(无法|不能)",
    re.IGNORECASE,
)
_LOOP = re.compile(r"(.{4,60}?)\1{7,}\s*\S{0,60}$", re.DOTALL)
_CODE = re.compile(r"```.*?(```|$)", re.DOTALL)
#: A refusal is said in the beginning; what is looked at further on is quoted or discussed.
_BEGINNING = 240


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the request asks of its answer. `language` is ISO 639-1, None when any will do."""

    language: str | None = None
    json: bool = False
    schema: Mapping[str, Any] | None = None
    limited: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """`value` in 0…1, and the worst objection in a few words, None when there is none."""

    value: float = 1.0
    objection: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer, or its beginning (not `complete`), of which not everything can be said yet."""

    text: str
    complete: bool = True
    finish_reason: str | None = None
    logprobs: Sequence[float] = ()


def wanted_of(request: ChatRequest, language: str | None) -> Wanted:
    form = request.parameters.get("response_format")
    kind = form.get("type") if isinstance(form, Mapping) else None
    schema = form.get("json_schema") if isinstance(form, Mapping) else None
    inner = schema.get("schema") if isinstance(schema, Mapping) else None
    limits = ("max_tokens", "max_completion_tokens", "num_predict")
    return Wanted(
        language=language,
        json=kind in ("json_object", "json_schema"),
        schema=inner if isinstance(inner, Mapping) else None,
        limited=any(request.parameters.get(name) for name in limits),
    )


def score_answer(answer: Judged, wanted: Wanted) -> Score:
    """The worst objection to the answer, and its value."""
    text = answer.text
    objections = [
        _refusal(text),
        _repetition(text),
        _language(text, wanted.language),
        _unsure(answer.logprobs),
    ]
    if answer.complete:
        objections += [_empty(text), _cut(answer.finish_reason, wanted), _format(text, wanted)]
    return min((o for o in objections if o is not None), key=lambda o: o.value, default=Score())


def _empty(text: str) -> Score | None:
    return None if text.strip() else Score(0.0, "empty")


def _refusal(text: str) -> Score | None:
    return Score(0.2, "refused") if _REFUSAL.search(text[:_BEGINNING]) else None


def _repetition(text: str) -> Score | None:
    if _LOOP.search(text[-1200:]):
        return Score(0.2, "repeats itself")
    words = _CODE.sub(" ", text).split()
    if len(words) < 120:
        return None
    fours = [tuple(words[i : i + 4]) for i in range(len(words) - 3)]
    return Score(0.2, "repeats itself") if len(set(fours)) < 0.3 * len(fours) else None


def _cut(finish_reason: str | None, wanted: Wanted) -> Score | None:
    return Score(0.5, "cut by its length") if finish_reason == "length" and not wanted.limited else None


def _language(text: str, wanted: str | None) -> Score | None:
    prose = _CODE.sub(" ", text[:1200]).strip()
    if wanted is None or len(prose) < 60:
        return None
    found, confidence = identify_language(prose)
    if found is None or found == wanted or confidence < 0.9:
        return None
    return Score(0.4, f"in {found} instead of {wanted}")


def _unsure(logprobs: Sequence[float]) -> Score | None:
    """The geometric mean of the tokens' probabilities, with some leave for free wording."""
    if len(logprobs) < 20:
        return None
    value = math.exp(sum(logprobs) / len(logprobs)) + 0.15
    return Score(round(value, 3), "unsure of its words") if value < 1 else None


def _format(text: str, wanted: Wanted) -> Score | None:
    if not wanted.json:
        return None
    try:
        body = json.loads(text)
    except ValueError:
        return Score(0.1, "no valid JSON")
    if wanted.schema is not None and not fits(body, wanted.schema):
        return Score(0.2, "not as the schema asks")
    return None


def fits(value: Any, schema: Mapping[str, Any]) -> bool:
    """The part of JSON Schema that structured answers use: types, required, properties, items, enum."""
    options = schema.get("anyOf")
    if isinstance(options, list):
        return any(fits(value, option) for option in options if isinstance(option, Mapping))
    if "enum" in schema and value not in schema["enum"]:
        return False
    kinds = schema.get("type")
    if kinds is not None and not any(
        _is(value, kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    ):
        return False
    if isinstance(value, dict):
        properties = schema.get("properties") or {}
        if any(name not in value for name in schema.get("required") or ()):
            return False
        if schema.get("additionalProperties") is False and not value.keys() <= properties.keys():
            return False
        return all(fits(value[name], part) for name, part in properties.items() if name in value)
    items = schema.get("items")
    if isinstance(value, list) and isinstance(items, Mapping):
        return all(fits(item, items) for item in value)
    return True


def _is(value: Any, kind: str) -> bool:
    if kind == "null":
        return value is None
    if kind == "boolean":
        return isinstance(value, bool)
    if isinstance(value, bool):
        return False
    if kind == "integer":
        return isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    names: dict[str, type | tuple[type, ...]] = {
        "number": (int, float), "string": str, "object": dict, "array": list,
    }  # fmt: skip
    return kind not in names or isinstance(value, names[kind])
