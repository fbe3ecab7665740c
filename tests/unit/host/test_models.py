"""What Open WebUI configures and lists, as we name it."""

from __future__ import annotations

import pytest

from smart_router.host.models import connection_id, connection_names


@pytest.mark.parametrize(
    ("url", "prefix", "name"),
    [
        ("https://api.example.com/v1", None, "api.example.com"),
        ("http://localhost:11434", None, "localhost:11434"),
        ("https://api.example.com/v1", "lab", "api.example.com (lab)"),
        ("https://user:hunter2@api.example.com/secret/v1?key=k", None, "api.example.com"),
        ("http://[::1]:11434", None, "[::1]:11434"),
        ("", None, "openai"),
    ],
)
def test_a_connection_is_named_by_its_host_and_by_nothing_secret(
    url: str, prefix: str | None, name: str
) -> None:
    assert connection_names({"openai": [(url, prefix)]}) == {connection_id("openai", url, prefix): name}
