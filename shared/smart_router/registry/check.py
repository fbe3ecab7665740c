"""What is wrong with a registry text, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import Issue, RegistryError
from ..ports import LiveModel
from .catalog import build_catalog
from .parse import parse_registry


@dataclass(frozen=True, slots=True)
class RegistryCheck:
    """`errors` keep a text from being used, `warnings` are sentences, `effective` is the whole
    registry with every default filled in, None when there are errors."""

    errors: Sequence[Issue] = ()
    warnings: Sequence[str] = ()
    effective: Mapping[str, Any] | None = None


def check_registry(text: str, live: Sequence[LiveModel], now: float) -> RegistryCheck:
    """Parse a text that is not in use, and hold it against the models that are there."""
    try:
        registry = parse_registry(text)
    except RegistryError as error:
        return RegistryCheck(errors=tuple(error.issues))
    catalog = build_catalog(live, registry, now)
    return RegistryCheck(warnings=catalog.warnings, effective=registry.model_dump(mode="json"))
