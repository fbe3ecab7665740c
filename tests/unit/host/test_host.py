"""The fake installation, and the real one over simulated tables of Open WebUI, keep the same promises."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from smart_router.host.open_webui import OpenWebUI
from smart_router.host.seam import NAMES, Seam
from smart_router.ports import Host, LiveModel
from smart_router.request import User
from tests.support.host import FakeHost

ANN, ADMIN, NOBODY = User("ann", "user", "Ann"), User("root", "admin", "Root"), User("nobody", "user", "")
URL = "http://one.example/v1"
RATING = SimpleNamespace(user_id="ann", data={"rating": 1}, meta={})


def fake() -> FakeHost:
    host = FakeHost(
        LiveModel(id="big", name="Big"),
        LiveModel(id="small", name="Small"),
        connections={"openai": [(URL, "a"), (URL, None)], "ollama": []},
    )
    host.granted, host.groups, host.rows = {"ann": frozenset({"small"})}, {"ann": frozenset({"g1"})}, {}
    host.rows["f1"] = RATING
    return host


def real() -> OpenWebUI:
    """Ann may call `small`; her group is g1; the administrator may call everything."""
    settings = {
        "openai.api_base_urls": [URL, URL],
        "openai.api_configs": {"0": {"prefix_id": "a"}},
        "ollama.base_urls": [],
    }

    async def filtered(models: list[Any], user: Any) -> list[Any]:
        return models if user.role == "admin" else [m for m in models if m["id"] == "small"]

    async def user(id: str) -> Any:
        return {u.id: u for u in (ANN, ADMIN)}.get(id)

    async def groups(user_id: str) -> list[Any]:
        return [SimpleNamespace(id="g1")] if user_id == "ann" else []

    async def rating(id: str) -> Any:
        return RATING if id == "f1" else None

    async def rows(ids: list[str]) -> list[Any]:
        return []

    async def many(*keys: str) -> dict[str, Any]:
        return {key: settings[key] for key in keys if key in settings}

    names: dict[str, Any] = dict.fromkeys(NAMES)
    seam = replace(
        Seam(**names),
        get_filtered_models=filtered,
        users=SimpleNamespace(get_user_by_id=user),
        groups=SimpleNamespace(get_groups_by_member_id=groups),
        feedbacks=SimpleNamespace(get_feedback_by_id=rating),
        models=SimpleNamespace(get_models_by_ids=rows),
        config=SimpleNamespace(get_many=many),
    )
    listed = {id: {"id": id, "name": id.title(), "owned_by": "openai"} for id in ("big", "small")}
    return OpenWebUI(SimpleNamespace(state=SimpleNamespace(MODELS=listed)), seam)


@pytest.fixture(params=[fake, real], ids=["fake", "real"])
def host(request: pytest.FixtureRequest) -> Host:
    made: Host = request.param()
    return made


async def test_every_model_is_listed_and_the_list_is_the_same_until_it_is_made_anew(host: Host) -> None:
    seen = host.models_seen()
    assert [(model.id, model.name) for model in await host.live_models()] == [
        ("big", "Big"),
        ("small", "Small"),
    ]
    assert host.models_seen() == seen


async def test_a_user_may_call_what_was_granted_of_what_was_asked_about(host: Host) -> None:
    asked = frozenset({"big", "small", "gone"})
    assert await host.accessible(ANN, asked) == {"small"}
    assert await host.accessible(ANN, frozenset({"big"})) == frozenset()
    assert await host.accessible(ADMIN, asked) == {"big", "small"}
    assert await host.accessible(NOBODY, asked) == frozenset()


async def test_connections_groups_and_ratings_are_those_of_the_installation(host: Host) -> None:
    assert await host.connections() == {"openai": [(URL, "a"), (URL, None)], "ollama": []}
    assert await host.group_ids("ann") == {"g1"}
    assert await host.group_ids("nobody") == frozenset()
    assert (await host.feedback("f1")).user_id == "ann"
    assert await host.feedback("f2") is None
