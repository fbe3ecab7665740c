"""The body's `smart_router` key, validated: what an API caller may ask for."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..classify.types import Complexity, Intent
from ..errors import InvalidRequest
from ..registry.vocabulary import LatencyTarget, Strategy
from ..request import Overrides

KEY = "smart_router"
_Name = Annotated[str, Field(min_length=1, max_length=300)]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())

    intent: Intent | None = None
    complexity: Complexity | None = None
    latency_target: LatencyTarget | None = None
    cost_priority: Annotated[bool, Field(strict=True)] | None = None
    quality_preference: Annotated[float, Field(ge=0, le=1, strict=True)] | None = None
    strategy: Strategy | None = None
    model: _Name | None = None
    exclude: Annotated[list[_Name], Field(max_length=100)] = []


def parse_overrides(value: Any) -> Overrides:
    """Read the `smart_router` key of a body; None (no such key) asks for nothing.

    Raises InvalidRequest, which names the key that is wrong and what was expected.
    """
    if value is None:
        return Overrides()
    if not isinstance(value, dict):
        raise InvalidRequest(f"{KEY}: expected an object, not {value!r:.60}")
    try:
        asked = _Asked.model_validate(value)
    except ValidationError as error:
        raise InvalidRequest(
            "; ".join(sorted({_said(e) for e in error.errors(include_url=False)}))
        ) from error
    return Overrides(
        intent=asked.intent,
        complexity=asked.complexity,
        latency_target=asked.latency_target,
        cost_priority=asked.cost_priority,
        quality_preference=asked.quality_preference,
        strategy=asked.strategy,
        model=asked.model,
        exclude=tuple(asked.exclude),
    )


def _said(error: Any) -> str:
    key = ".".join([KEY, *(str(step) for step in error["loc"])])
    if error["type"] == "extra_forbidden":
        return f"{key}: unknown key; expected one of {', '.join(_Asked.model_fields)}"
    if error["type"] == "literal_error":
        return f"{key}: expected one of {error['ctx']['expected']}, not {error['input']!r:.60}"
    return f"{key}: {error['msg']}, not {error['input']!r:.60}"
