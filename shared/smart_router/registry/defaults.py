"""What holds where the registry says nothing: routes, least sizes, variants."""

from __future__ import annotations

import functools

from .schema import MinimumSize, Registry, Route, Variant
from .vocabulary import EXPECTED_OUTPUT_TOKENS, OUTPUT_BY_COMPLEXITY

#: Exact work wants no dice; prose some. A status line has no use for more than 40 tokens.
ROUTES: dict[str, Route] = {
    "coding": Route(parameters={"temperature": 0.0}),
    "math": Route(parameters={"temperature": 0.0}),
    "rag": Route(parameters={"temperature": 0.0}),
    "extract": Route(parameters={"temperature": 0.0}),
    "explain": Route(parameters={"temperature": 0.2}),
    "creative": Route(parameters={"temperature": 0.6}),
    "status": Route(parameters={"max_tokens": 40}),
}

_PLAIN_ROUTE = Route()
_PLAIN_VARIANT = Variant()

_DEMANDING = MinimumSize(simple=0, medium=4, hard=8)
_OTHER = MinimumSize(simple=0, medium=1, hard=4)
MINIMUM_SIZE_B: dict[str, MinimumSize] = {"coding": _DEMANDING, "math": _DEMANDING, "reasoning": _DEMANDING}

VARIANTS: dict[str, Variant] = {
    "fast": Variant(name="Smart (fast)", strategy="latency_first"),
    "quality": Variant(name="Smart (quality)", strategy="quality_first"),
    "local": Variant(name="Smart (local)", local_only=True),
}


@functools.lru_cache(maxsize=1)
def default_registry() -> Registry:
    """The registry of an installation that has saved none: zero configuration."""
    return Registry()


def route(registry: Registry, name: str) -> Route:
    """The registry's route over the default one, key by key."""
    default = ROUTES.get(name, _PLAIN_ROUTE)
    written = registry.routes.get(name)  # type: ignore[call-overload]
    if written is None:
        return default
    return default.model_copy(update={key: getattr(written, key) for key in written.model_fields_set})


def minimum_size_b(registry: Registry, route_name: str, complexity: str) -> float:
    """The least size, in billions of parameters, for this work."""
    written = registry.minimum_size_b.get(route_name)  # type: ignore[call-overload]
    if written is None and route_name not in MINIMUM_SIZE_B:
        written = registry.minimum_size_b.get("general")
    sizes = written or MINIMUM_SIZE_B.get(route_name, _OTHER)
    return float(getattr(sizes, complexity, sizes.medium))


def variant(registry: Registry, name: str) -> Variant:
    """A further smart model's wishes; what the registry writes goes over the default of that name."""
    default = VARIANTS.get(name, _PLAIN_VARIANT)
    written = registry.variants.get(name)  # type: ignore[call-overload]
    if written is None:
        return default
    return default.model_copy(update={key: getattr(written, key) for key in written.model_fields_set})


def offered_variants(registry: Registry) -> dict[str, str]:
    """The further smart models that the registry turns on: their names after the dot, and for people."""
    offered = {name: variant(registry, name) for name in registry.variants}
    return {name: found.name or f"Smart ({name})" for name, found in offered.items() if found.enabled}


def expected_output_tokens(registry: Registry, route_name: str, complexity: str) -> int:
    """How long an answer will be, in tokens, before the caller's own limit."""
    written = route(registry, route_name).expected_output_tokens
    if written is not None:
        return written
    return round(EXPECTED_OUTPUT_TOKENS[route_name] * OUTPUT_BY_COMPLEXITY.get(complexity, 1.0))
