"""Smart in front of a real inference server: nothing on the way is simulated but the model's weights."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smart_router.cli.access import Access
from smart_router.cli.bundle import build, sources
from smart_router.cli.client import OpenWebUI
from smart_router.cli.install import install
from tests.support.installation import SMART, content_of, grant_models
from tests.support.server import OpenWebUIServer
from tests.support.tiny_model import make_model, serving

ASK = {"model": SMART, "messages": [{"role": "user", "content": "Hello there"}], "max_tokens": 12}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_smart_chats_through_a_real_inference_server(tmp_path: Path) -> None:
    folder = tmp_path / "tiny-llama"
    folder.mkdir()
    make_model(folder)
    with serving(folder) as url, OpenWebUIServer(tmp_path / "data", url) as server:
        admin = server.sign_up()
        model = str(folder)
        with server.client(admin) as client:
            # Offline the server cannot list its models, so the connection names the one there is.
            config = client.get("/openai/config").json()
            config["OPENAI_API_CONFIGS"] = {"0": {"enable": True, "model_ids": [model]}}
            client.post("/openai/config/update", json=config).raise_for_status()
        grant_models(server, admin, [model])
        with OpenWebUI(server.url, admin.token) as client:
            install(client, build(sources()), say=lambda _: None, access=Access("everyone"))
        with server.client(admin) as client:
            plain = client.post("/api/chat/completions", json=ASK).json()
            records = client.get("/api/v1/observability/requests").json()["items"]
        assert plain["choices"][0]["message"]["content"].strip()
        assert plain["selected_model_id"] == model
        assert plain["usage"]["completion_tokens"] > 0
        assert records[0]["backend"] == model
        assert records[0]["outcome"] == "ok"
        assert records[0]["output_tokens"] == plain["usage"]["completion_tokens"]

        events = stream(server, admin.headers)
        assert content_of(events).strip()
        assert events[-1]["choices"][0]["finish_reason"]


def stream(server: OpenWebUIServer, headers: dict[str, str]) -> list[dict[str, object]]:
    with (
        server.client() as client,
        client.stream(
            "POST", "/api/chat/completions", json={**ASK, "stream": True}, headers=headers
        ) as answer,
    ):
        lines = [line[5:].strip() for line in answer.iter_lines() if line.startswith("data:")]
    return [json.loads(line) for line in lines if line != "[DONE]"]
