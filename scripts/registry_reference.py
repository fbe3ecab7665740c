"""Write docs/registry.schema.json and the tables of docs/registry.md from the registry's models.

python scripts/registry_reference.py
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from smart_router.registry.schema import (
    ByComplexity,
    Group,
    Hours,
    MinimumSize,
    Model,
    Range,
    Registry,
    Route,
    Rule,
    Then,
    Variant,
    Weights,
    When,
    Wish,
)

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "docs" / "registry.schema.json"
PAGE = ROOT / "docs" / "registry.md"
#: The parts in the order in which the page explains them, each by its place in the YAML.
PARTS: list[tuple[str, type[BaseModel]]] = [
    ("The top", Registry),
    ("`models[]`", Model),
    ("`routes.NAME`", Route),
    ("`routes.NAME.models`, by complexity", ByComplexity),
    ("`rules[]`", Rule),
    ("`rules[].when`", When),
    ("`rules[].when.tokens` and `turns`", Range),
    ("`rules[].when.hour`", Hours),
    ("`rules[].then`", Then),
    ("`groups.NAME`", Group),
    ("`aliases.NAME`", Wish),
    ("`variants.NAME`", Variant),
    ("`minimum_size_b.NAME`", MinimumSize),
    ("`weights`", Weights),
]
BEGIN, END = "<!-- generated: keys -->", "<!-- end of generated -->"


def schema() -> str:
    """The JSON Schema as text."""
    body = Registry.model_json_schema(by_alias=True)
    body = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Smart Router registry"} | {
        key: value for key, value in body.items() if key != "title"
    }
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def tables() -> str:
    """One table of keys for each part."""
    lines: list[str] = []
    for place, part in PARTS:
        properties = part.model_json_schema(by_alias=True)["properties"]
        lines += [f"### {place}", "", (part.__doc__ or "").strip().splitlines()[0], ""]
        lines += ["| key | value | default | meaning |", "|---|---|---|---|"]
        for key, told in properties.items():
            default = told.get("default")
            shown = (
                "" if default in (None, [], {}) or isinstance(default, dict) else f"`{json.dumps(default)}`"
            )
            meaning = told.get("description", "").replace("|", "\\|")
            lines.append(f"| `{key}` | {_kind(told)} | {shown} | {meaning} |")
        lines.append("")
    return "\n".join(lines)


def _kind(told: dict[str, Any]) -> str:
    if "enum" in told:
        return ", ".join(f"`{value}`" for value in told["enum"])
    if "const" in told:
        return f"`{told['const']}`"
    choices = told.get("anyOf") or told.get("oneOf")
    if choices:
        return " or ".join(_kind(choice) for choice in choices if choice.get("type") != "null")
    if "$ref" in told:
        return "keys"
    if told.get("type") == "array":
        return f"list of {_kind(told.get('items', {}))}"
    if told.get("type") == "object":
        return "keys"
    names = {"string": "text", "number": "number", "integer": "whole number", "boolean": "true or false"}
    kind = names.get(str(told.get("type")), "anything")
    low, high = told.get("minimum", told.get("exclusiveMinimum")), told.get("maximum")
    if low is not None and high is not None:
        return f"{kind}, {low:g} to {high:g}"
    if told.get("exclusiveMinimum") is not None:
        return f"{kind} above {low:g}"
    return kind


def page(text: str) -> str:
    """The page with its generated part made anew."""
    made = f"{BEGIN}\n\n{tables()}\n{END}"
    return re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: made, text, flags=re.DOTALL)


if __name__ == "__main__":
    SCHEMA.write_text(schema())
    PAGE.write_text(page(PAGE.read_text()))
    print(f"{SCHEMA.relative_to(ROOT)} and {PAGE.relative_to(ROOT)}")
