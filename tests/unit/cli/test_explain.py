"""smart-router explain: the Decision, offline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smart_router.cli.explain import ModelsError, explain, read_models, read_request, request_from
from smart_router.errors import InvalidRequest, RegistryError

ROOT = Path(__file__).parents[3]
OPENAI = (ROOT / "docs" / "registries" / "openai.yaml").read_text()
LOCAL = (ROOT / "docs" / "registries" / "local.yaml").read_text()


def test_a_message_and_a_registry_are_enough() -> None:
    found = explain("Write a Python function to reverse a string", OPENAI)
    assert found["chosen"] == "gpt-4o-mini"
    assert found["intent"] == "coding"
    assert found["parameters"] == {"temperature": 0}
    assert found["sentence"]
    assert {c["backend"] for c in found["candidates"]} == {"gpt-4o", "gpt-4o-mini"}


def test_the_shape_is_the_interfaces() -> None:
    found = explain("Hello", OPENAI)
    assert set(found) >= {
        "signals", "intent", "complexity", "p_hard", "confidence", "evidence", "strategy", "arm",
        "chosen", "candidates", "parameters", "sentence",
    }  # fmt: skip
    json.dumps(found)


def test_a_body_may_bring_overrides_and_aliases() -> None:
    body = {"messages": [{"role": "user", "content": "Hello"}], "smart_router": {"model": "gpt-4o"}}
    assert explain(body, OPENAI)["chosen"] == "gpt-4o"
    body = {"messages": [{"role": "user", "content": "@best Hello"}]}
    assert explain(body, OPENAI)["chosen"] == "gpt-4o"


def test_models_may_be_what_open_webui_answers_or_a_list_of_ids() -> None:
    answer = {
        "data": [
            {
                "id": "mistral:7b",
                "owned_by": "ollama",
                "connection_type": "local",
                "ollama": {"details": {"parameter_size": "7.2B"}},
            },
            {"id": "gpt-4o", "owned_by": "openai", "connection_type": "external"},
            {"id": "smart_router.auto", "owned_by": "openai", "pipe": {"type": "pipe"}},
        ]
    }
    found = explain("Hello", models_text=json.dumps(answer))
    assert {c["backend"] for c in found["candidates"]} == {"mistral:7b", "gpt-4o"}
    ids = read_models(
        '["mistral:7b", "gpt-4o", "meta-llama/llama-3.3-70b-instruct:free", {"id": "gemma:2b"}]'
    )
    assert [m.local for m in ids] == [True, False, False, True]


def test_warnings_of_the_catalog_are_told() -> None:
    found = explain("Hello", LOCAL, '["gemma:2b"]')
    assert any("mistral:7b" in warning for warning in found["warnings"])


def test_mistakes_are_told_as_what_they_are() -> None:
    with pytest.raises(RegistryError):
        explain("Hello", "strategy: x", '["a"]')
    with pytest.raises(ModelsError, match="not JSON"):
        explain("Hello", None, "nonsense")
    with pytest.raises(ModelsError, match="entry 1"):
        explain("Hello", None, '["a", 3]')
    with pytest.raises(ModelsError, match="no models"):
        explain("Hello")
    with pytest.raises(InvalidRequest, match="messages"):
        explain({"messages": []}, OPENAI)
    with pytest.raises(InvalidRequest, match="smart_router"):
        explain({"messages": [{"role": "user", "content": "x"}], "smart_router": {"x": 1}}, OPENAI)


def test_a_request_is_a_file_standard_input_or_the_message_itself(tmp_path: Path) -> None:
    body = {"messages": [{"role": "user", "content": "hi"}]}
    path = tmp_path / "body.json"
    path.write_text(json.dumps(body))
    assert request_from(str(path), lambda: "") == body
    assert request_from("-", lambda: json.dumps(body)) == body
    assert request_from("what is { this", lambda: "") == "what is { this"
    assert request_from("long " * 2_000, lambda: "") == "long " * 2_000
    assert read_request('{"a": 1}') == '{"a": 1}'
    with pytest.raises(InvalidRequest, match="not"):
        read_request('{"messages": [')
