"""What `make run` does once Open WebUI runs: nothing twice, and nothing to what a person has saved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from first_steps import EVERYONE, Account, add_user, put_registry, share_demo_models

from smart_router.cli.client import OpenWebUI
from smart_router.cli.demo import MODELS
from smart_router.cli.errors import ApiError

USER = Account("Demo User", "user@example.com", "smart-demo", "user")


class Answering:
    """An Open WebUI with one registry, one list of models, and one answer to whoever adds a user."""

    def __init__(self, registry: dict[str, Any] | None = None, status: int = 200) -> None:
        self.registry, self.status = registry or {}, status
        self.rows: list[dict[str, Any]] = []
        self.client = OpenWebUI("http://webui.test", "admin", transport=httpx.MockTransport(self.answer))

    def answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path.endswith("/registry"):
            if request.method == "PUT":
                self.registry = json.loads(request.content)
            return httpx.Response(200, json=self.registry)
        if path == "/api/v1/auths/add":
            return httpx.Response(self.status, json={"detail": "as it is"})
        if path == "/api/v1/models/create":
            self.rows.append(json.loads(request.content))
            return httpx.Response(200, json=self.rows[-1])
        if path == "/api/v1/models/base":
            return httpx.Response(200, json=self.rows)
        return httpx.Response(200, json={"data": []})


@pytest.mark.parametrize(
    ("there", "told", "now"),
    [
        ({}, "as shipped, saved now", "shipped"),
        ({"text": "shipped", "comment": "Mine"}, "as shipped", "shipped"),
        ({"text": "of a version before", "comment": "Demo"}, "as shipped, saved now", "shipped"),
        ({"text": "a person's", "comment": "Mine"}, "one that was saved before; left alone", "a person's"),
    ],
)
def test_a_registry_that_a_person_saved_is_left_alone(
    tmp_path: Path, there: dict[str, Any], told: str, now: str
) -> None:
    shipped = tmp_path / "model_registry.yaml"
    shipped.write_text("shipped")
    webui = Answering(there)
    assert put_registry(webui.client, shipped) == told
    assert webui.registry["text"] == now


def test_a_user_who_is_there_already_is_no_failure_and_all_else_is() -> None:
    for status in (200, 400):
        add_user(Answering(status=status).client, USER)
    with pytest.raises(ApiError):
        add_user(Answering(status=500).client, USER)


def test_simulated_models_are_shared_with_everyone_once() -> None:
    webui = Answering()
    for _ in range(2):
        share_demo_models(webui.client)
    assert [row["id"] for row in webui.rows] == [model.id for model in MODELS if not model.embedding]
    assert all(row["access_grants"] == EVERYONE for row in webui.rows)
