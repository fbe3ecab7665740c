"""A route's parameters, reduced to what may be added to one backend's body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..registry.types import Backend

#: Different names for one thing: if the caller set one, the route adds none of them.
_SAME = (frozenset({"max_tokens", "max_completion_tokens", "num_predict", "max_output_tokens"}),)


def parameters_for(wanted: Mapping[str, Any], backend: Backend, caller: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `wanted` that nobody set and the backend takes.

    What the caller sets always wins, then what the administrator set on the model. A model's own
    output limit caps `max_tokens`.
    """
    taken = {key for key, value in caller.items() if value is not None} | backend.administrator_parameters
    for names in _SAME:
        if not names.isdisjoint(taken):
            taken |= names
    added = {key: value for key, value in wanted.items() if key not in taken and key not in backend.refuses}
    limit = backend.max_output_tokens
    if limit and isinstance(added.get("max_tokens"), int):
        added["max_tokens"] = min(added["max_tokens"], limit)
    return added
