"""On an Open WebUI that nobody tried: Smart answers with a warning, or says one sentence; the rest works.

Another function of the same server plays the other version: it takes a name away that Smart needs,
and says another number.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from smart_router.cli.access import Access
from smart_router.cli.bundle import build, sources
from smart_router.cli.client import OpenWebUI
from smart_router.cli.demo import DemoBackends
from smart_router.cli.errors import CommandError
from smart_router.cli.install import install
from tests.support.installation import PAGE_API, SMART, Installation, content_of, eventually
from tests.support.server import OpenWebUIServer

BACKEND = "gpt-4o-mini"
LACKING = """
import open_webui.env
import open_webui.utils.access_control as rooms

open_webui.env.VERSION = "0.99.0"
if {lacks}:
    rooms.kept = rooms.__dict__.pop("has_base_model_access", None) or rooms.kept
elif hasattr(rooms, "kept"):
    rooms.has_base_model_access = rooms.kept


class Pipe:
    def pipes(self):
        return []

    def pipe(self, body):
        return ""
"""


@pytest.fixture(scope="module")
def other_version(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("unknown_version")
    with (
        DemoBackends() as backends,
        OpenWebUIServer(folder, backends.openai_url, backends.ollama_url) as server,
    ):
        admin = server.sign_up()
        functions = build(sources())
        with OpenWebUI(server.url, admin.token) as client:
            becomes(client, lacks=True)
            with pytest.raises(CommandError, match="does not answer; Open WebUI's log says why"):
                install(client, functions, say=lambda _: None, access=Access("everyone"))
        yield Installation(server, backends, functions, admin, admin, admin)


def becomes(client: OpenWebUI, *, lacks: bool) -> None:
    """The server turns into the other version, with or without a name that Smart needs."""
    source = LACKING.format(lacks=lacks)
    function = {"id": "other_version", "name": "Other version", "content": source, "meta": {}}
    known = any(f["id"] == "other_version" for f in client.get("/api/v1/functions/"))
    path = "/api/v1/functions/id/other_version/update" if known else "/api/v1/functions/create"
    client.call("POST", path, function)
    if not known:
        client.toggle_function("other_version")
    client.get("/api/models?refresh=true")


def test_smart_says_one_sentence_and_comes_by_itself_once_it_can(other_version: Installation) -> None:
    said = str(other_version.chat("hello there"))
    assert "Open WebUI 0.99.0 lacks open_webui.utils.access_control.has_base_model_access" in said
    assert "Traceback" not in said
    events = other_version.stream("hello there")
    assert "Smart Router needs another release" in str(events)
    assert content_of(events) == ""

    # Everything else of Open WebUI goes on: its own models, its list of models, its pages.
    assert other_version.chat("hello there", model=BACKEND)["choices"][0]["message"]["content"]
    with other_version.api(other_version.admin) as client:
        assert BACKEND in {model["id"] for model in client.get("/api/models").json()["data"]}
        assert client.get("/").status_code == 200
        assert client.get("/static/loader.js").status_code == 200
        # Nothing of ours stands in the way of its own answer to an address it does not know.
        assert "smart_router" not in client.get(f"{PAGE_API}/health").text

    with other_version.ours() as client:
        becomes(client, lacks=False)
    assert eventually(lambda: "choices" in other_version.chat("hello there"), 30)
    answer = other_version.chat("hello there")
    assert answer["choices"][0]["message"]["content"]
    assert answer["selected_model_id"]
    assert content_of(other_version.stream("hello there"))
    health = other_version.get("/health")
    assert health["open_webui"] == "0.99.0"
    assert any("0.99.0" in warning for warning in health["warnings"]), health
    assert SMART in {model["id"] for model in other_version.ours().get("/api/models")["data"]}
