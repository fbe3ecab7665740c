"""The smallest value that a JSON schema allows, for JSON answers and for a tool's arguments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def example_of(schema: Mapping[str, Any], text: str = "simulated") -> Any:
    """A value that fits: required keys only, `text` where a string is wanted.

    References are followed within the schema; of alternatives the first is taken. Constraints beyond
    type, enum, const, default, minimum and minItems are not looked at.
    """
    return _value(schema, schema, text, 0)


def _value(schema: Mapping[str, Any], root: Mapping[str, Any], text: str, depth: int) -> Any:
    if depth > 12:
        return None
    schema = _resolved(schema, root)
    for key in ("const", "default"):
        if key in schema:
            return schema[key]
    if schema.get("enum"):
        return schema["enum"][0]
    kind = schema.get("type") or ("object" if "properties" in schema else "string")
    if isinstance(kind, list):
        kind = next((k for k in kind if k != "null"), "null")
    if kind == "object":
        return _object(schema, root, text, depth)
    if kind == "array":
        items = schema.get("items")
        one = _value(items if isinstance(items, Mapping) else {}, root, text, depth + 1)
        return [one] * max(1, int(schema.get("minItems", 1)))
    low = schema.get("minimum", 1)
    plain: dict[str, Any] = {"integer": int(low), "number": float(low), "boolean": True, "null": None}
    return plain.get(kind, text)


def _object(schema: Mapping[str, Any], root: Mapping[str, Any], text: str, depth: int) -> dict[str, Any]:
    properties = schema.get("properties")
    if not isinstance(properties, Mapping):
        return {}
    wanted = schema.get("required", list(properties))
    return {name: _value(properties.get(name, {}), root, text, depth + 1) for name in wanted}


def _resolved(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    for _ in range(12):
        if isinstance(reference := schema.get("$ref"), str) and reference.startswith("#/"):
            found: Any = root
            for step in reference[2:].split("/"):
                found = found.get(step, {}) if isinstance(found, Mapping) else {}
            schema = found
        elif alternatives := schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf"):
            schema = next((a for a in alternatives if a.get("type") != "null"), {})
        else:
            break
    return schema
