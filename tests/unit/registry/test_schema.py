"""What is generated from the registry's models is up to date, and says what the parser says."""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest
import yaml

from smart_router.errors import RegistryError
from smart_router.registry import Registry, parse_registry

ROOT = Path(__file__).parents[3]
EXAMPLES = [ROOT / "model_registry.yaml", *sorted((ROOT / "docs" / "registries").glob("*.yaml"))]


def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "registry_reference", ROOT / "scripts" / "registry_reference.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def schema() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((ROOT / "docs" / "registry.schema.json").read_text())
    return read


@cache
def validator() -> Any:
    """Of the schema, once it is a schema itself."""
    kind = jsonschema.validators.validator_for(schema())
    kind.check_schema(schema())
    return kind(schema())


def test_the_schema_in_the_documentation_is_the_codes_own() -> None:
    made = reference()
    assert (ROOT / "docs" / "registry.schema.json").read_text() == made.schema(), made.__doc__
    page = (ROOT / "docs" / "registry.md").read_text()
    assert page == made.page(page), made.__doc__


def test_every_key_is_explained_in_the_schema() -> None:
    unexplained = [
        f"{name}.{key}"
        for name, part in [("Registry", schema()), *schema()["$defs"].items()]
        for key, told in part.get("properties", {}).items()
        if "description" not in told
        and name not in ("ByComplexity", "Range", "Hours", "MinimumSize", "Weights")
    ]
    assert unexplained == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
def test_the_registries_that_we_ship_are_valid_for_parser_and_schema(path: Path) -> None:
    text = path.read_text()
    assert isinstance(parse_registry(text), Registry)
    validator().validate(yaml.safe_load(text))


def test_the_examples_of_the_page_are_valid() -> None:
    blocks = (ROOT / "docs" / "registry.md").read_text().split("```yaml\n")[1:]
    texts = [block.split("```")[0] for block in blocks]
    assert len(texts) >= 5
    for text in texts:
        parse_registry(text)


@pytest.mark.parametrize(
    "text",
    ["foo: 1", "models: [{id: a, size_b: x}]", "routes: {codign: {}}", "strategy: x", "rules: [{name: a}]"],
)
def test_schema_and_parser_refuse_the_same(text: str) -> None:
    with pytest.raises(RegistryError):
        parse_registry(text)
    with pytest.raises(jsonschema.ValidationError):
        validator().validate(yaml.safe_load(text))
