"""What Open WebUI configures and lists, as we name it."""

from __future__ import annotations

from typing import Any

import pytest

from smart_router.host.models import connection_id, connection_names, live_models
from smart_router.registry import build_catalog, default_registry


@pytest.mark.parametrize(
    ("url", "prefix", "name"),
    [
        ("https://api.example.com/v1", None, "api.example.com"),
        ("http://localhost:11434", None, "localhost:11434"),
        ("https://api.example.com/v1", "lab", "api.example.com (lab)"),
        ("https://user:hunter2@api.example.com/secret/v1?key=k", None, "api.example.com"),
        ("http://[::1]:11434", None, "[::1]:11434"),
        ("", None, "openai"),
        # Not an address at all: it must not take the others' names away, nor the catalog.
        ("http://[::1", None, "openai"),
    ],
)
def test_a_connection_is_named_by_its_host_and_by_nothing_secret(
    url: str, prefix: str | None, name: str
) -> None:
    assert connection_names({"openai": [(url, prefix)]}) == {connection_id("openai", url, prefix): name}


@pytest.mark.parametrize("provider", ["openai", "ollama"])
@pytest.mark.parametrize("odd", ["fast", 5, True, [1], {"a": 1}, float("inf"), float("nan"), 2**70])
@pytest.mark.parametrize(
    "key",
    ["info", "openai", "ollama", "name", "urlIdx", "loaded", "preset", "context_length", "details", "size"],
)
def test_a_model_that_a_provider_lists_oddly_takes_no_other_out_of_the_catalog(
    key: str, odd: Any, provider: str
) -> None:
    details = {"families": odd, "family": odd, "parameter_size": odd, "quantization_level": odd}
    own = {"context_length": odd, "size": odd, "details": details, "urls": [0]}
    strange = {"id": "strange", "name": "Strange", "owned_by": provider, provider: own, key: odd}
    plain = {"id": "plain", "name": "Plain", "owned_by": "openai"}
    connections: dict[str, list[tuple[str, str | None]]] = {"openai": [("http://a", None)], "ollama": []}
    live = live_models([strange, plain], {}, connections)
    assert "plain" in build_catalog(live, default_registry(), 0.0, 0).backends
