"""Tables, and how types are named in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

_KINDS = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "true or false",
    "object": "object",
    "null": "null",
}


def table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table, and an empty one after it."""
    lines = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    lines += [f"| {' | '.join(cell(text) for text in row)} |" for row in rows]
    return [*lines, ""]


def cell(text: str) -> str:
    """Text that stays within its cell."""
    return " ".join(text.replace("|", "\\|").split())


def code(value: Any) -> str:
    """A value as one writes it; nothing for None."""
    return "" if value is None else f"`{value if isinstance(value, str) else json.dumps(value)}`"


def kind(schema: dict[str, Any]) -> str:
    """A JSON Schema's type in words; a shape is linked."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in schema:
        return ", ".join(code(value) for value in schema["enum"])
    if "const" in schema:
        return code(schema["const"])
    choices = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    if choices:
        return " or ".join(kind(choice) for choice in choices)
    if schema.get("type") == "array":
        return f"list of {kind(schema.get('items', {}))}"
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {kind(schema['additionalProperties'])}"
    return _KINDS.get(str(schema.get("type")), "anything") + _bounds(schema)


def _bounds(schema: dict[str, Any]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    above = schema.get("exclusiveMinimum")
    said = []
    if above is not None:
        said.append(f"above {above:,g}")
    if low is not None and high is not None:
        said.append(f"{low:,g} to {high:,g}")
    elif low is not None:
        said.append(f"{low:,g} or more")
    elif high is not None:
        said.append(f"at most {high:,g}")
    return f", {', '.join(said)}" if said else ""
