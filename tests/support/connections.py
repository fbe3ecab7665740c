"""Open WebUI's connections, models and functions, changed as an administrator does and put back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from .installation import EVERYONE, Installation


def models_changed(installation: Installation) -> None:
    """Let Open WebUI make its model list anew, as it does whenever somebody opens its window."""
    with installation.api(installation.admin) as client:
        client.get("/api/models", params={"refresh": True}).raise_for_status()


@contextmanager
def without_connections(installation: Installation) -> Iterator[None]:
    """Neither OpenAI nor Ollama is connected."""
    with installation.api(installation.admin) as client:
        openai, ollama = client.get("/openai/config").json(), client.get("/ollama/config").json()
        _configure(installation, "/openai", {**openai, "ENABLE_OPENAI_API": False})
        _configure(installation, "/ollama", {**ollama, "ENABLE_OLLAMA_API": False})
        try:
            yield
        finally:
            _configure(installation, "/openai", openai)
            _configure(installation, "/ollama", ollama)
            models_changed(installation)


@contextmanager
def another_connection(installation: Installation, url: str, model_ids: Sequence[str]) -> Iterator[None]:
    """A further OpenAI connection, whose models are named because it may not list them itself."""
    with installation.api(installation.admin) as client:
        before = client.get("/openai/config").json()
    urls = [*before["OPENAI_API_BASE_URLS"], url]
    configs = {
        **before["OPENAI_API_CONFIGS"],
        str(len(urls) - 1): {"enable": True, "model_ids": list(model_ids)},
    }
    added = {
        "ENABLE_OPENAI_API": True,
        "OPENAI_API_BASE_URLS": urls,
        "OPENAI_API_KEYS": [*before["OPENAI_API_KEYS"], "none"],
        "OPENAI_API_CONFIGS": configs,
    }
    _configure(installation, "/openai", added)
    models_changed(installation)
    try:
        yield
    finally:
        _configure(installation, "/openai", before)
        models_changed(installation)


def _configure(installation: Installation, router: str, form: dict[str, Any]) -> None:
    with installation.api(installation.admin) as client:
        client.post(f"{router}/config/update", json=form).raise_for_status()


@contextmanager
def arena(installation: Installation) -> Iterator[None]:
    """Open WebUI's arena, a model that picks among all others, is switched on."""
    with installation.api(installation.admin) as client:
        client.post("/api/v1/evaluations/config", json={"ENABLE_EVALUATION_ARENA_MODELS": True})
        models_changed(installation)
        try:
            yield
        finally:
            client.post("/api/v1/evaluations/config", json={"ENABLE_EVALUATION_ARENA_MODELS": False})
            models_changed(installation)


@contextmanager
def model_row(installation: Installation, id: str, **fields: Any) -> Iterator[None]:
    """A model of Open WebUI's own: a preset with `base_model_id`, else what is said of a listed model."""
    form = {
        "id": id,
        "base_model_id": None,
        "name": id,
        "meta": {},
        "params": {},
        "access_grants": EVERYONE,
        **fields,
    }
    with installation.api(installation.admin) as client:
        there = client.get("/api/v1/models/model", params={"id": id})
        before = there.json() if there.status_code == 200 else None
        way = "create" if before is None else "model/update"
        client.post(f"/api/v1/models/{way}", json=form).raise_for_status()
        models_changed(installation)
        try:
            yield
        finally:
            if before is None:
                client.post("/api/v1/models/model/delete", json={"id": id}).raise_for_status()
            else:
                client.post("/api/v1/models/model/update", json=before).raise_for_status()
            models_changed(installation)


@contextmanager
def function(installation: Installation, id: str, content: str) -> Iterator[None]:
    """A function of somebody else, switched on."""
    form = {"id": id, "name": id, "content": content, "meta": {"description": "for a test"}}
    with installation.api(installation.admin) as client:
        client.post("/api/v1/functions/create", json=form).raise_for_status()
        client.post(f"/api/v1/functions/id/{id}/toggle").raise_for_status()
        models_changed(installation)
        try:
            yield
        finally:
            client.delete(f"/api/v1/functions/id/{id}/delete").raise_for_status()
            models_changed(installation)
