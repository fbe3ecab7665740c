"""Choosing in the real server: models that nobody knows, a registry over its life, models that come and go,
a long conversation that explains itself, users with different rights, and newer figures."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from smart_router.assets import read_asset
from smart_router.cli.access import Access
from smart_router.cli.bundle import build, sources
from smart_router.cli.client import OpenWebUI
from smart_router.cli.demo import DemoBackends, DemoModel
from smart_router.cli.install import install
from tests.support.installation import (
    EVERYONE,
    PAGE_API,
    Installation,
    eventually,
    grant_models,
    reading,
)
from tests.support.server import OpenWebUIServer
from tests.support.window import WindowChat


def unknown(id: str, *, local: bool = False, **facts: object) -> DemoModel:
    server = "ollama" if local else "openai"
    return DemoModel(id, server, 32_768, 5, 2000, **facts)  # type: ignore[arg-type]


#: Names that no table of figures has. What can be known of them is in the name, or in Ollama's details.
UNKNOWN = (
    unknown("zephyrine-flagship"),
    unknown("acme/quokka-72b-instruct"),
    unknown("acme/quokka-7b-instruct"),
    unknown("house-model-v3"),
    unknown("nimbus-vl-12b", vision=True),
    unknown("tinyfox:1b", local=True, family="tinyfox", parameters="1.1B", quantization="Q4_K_M"),
    unknown("bigbear:34b", local=True, family="bigbear", parameters="34B", quantization="Q4_K_M"),
    unknown("owl:latest", local=True, family="owl", parameters="8.0B", quantization="Q8_0"),
)
EASY, HARD = (
    "hi",
    "Prove that every finite integral domain is a field, then say where the proof needs finiteness.",
)


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("strangers")
    functions = build(sources())
    with (
        DemoBackends(models=UNKNOWN) as backends,
        OpenWebUIServer(folder, backends.openai_url, backends.ollama_url) as server,
    ):
        admin = server.sign_up()
        user, outsider = server.add_user(admin, "User"), server.add_user(admin, "Outsider")
        with OpenWebUI(server.url, admin.token) as client:
            install(client, functions, say=lambda _: None, access=Access("everyone"))
        installation = Installation(server, backends, functions, admin, user, outsider)
        yield installation
        assert installation.own_errors() == []


def sizes(smart: Installation) -> dict[str, float | None]:
    return {item["id"]: item["size_b"] for item in smart.get("/models")["items"]}


def test_eight_unknown_models_and_no_registry(strangers: Installation) -> None:
    smart = strangers
    assert smart.get("/registry")["text"].strip() in ("", "version: 1")
    hello = smart.chat(EASY)
    assert hello["choices"][0]["message"]["content"]
    known = sizes(smart)
    assert set(known) == {model.id for model in UNKNOWN}
    assert (known["acme/quokka-72b-instruct"], known["bigbear:34b"], known["owl:latest"]) == (72, 34, 8)
    assert known["house-model-v3"] is None
    # What is a guess is marked as one: the prices of models in no table, for instance.
    backends = {item["id"]: item for item in smart.get("/models")["items"]}
    assert "quality" in backends["house-model-v3"]["guessed"]
    assert backends["bigbear:34b"]["local"] is True
    assert backends["acme/quokka-72b-instruct"]["local"] is False

    proof = smart.chat(HARD)
    record = smart.last_record()
    # A proof does not go to what is known to be small, nor hello to the largest.
    assert record["intent"] == "math"
    assert known[proof["selected_model_id"]] is None or known[proof["selected_model_id"]] >= 8
    assert known[hello["selected_model_id"]] is None or known[hello["selected_model_id"]] < 72
    assert len(record["ranking"]) == len(UNKNOWN)
    picture = [
        {"type": "text", "text": "what is in this picture?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}},
    ]
    with smart.api(smart.admin) as client:
        answer = client.post(
            "/api/chat/completions",
            json={"model": "smart_router.auto", "messages": [{"role": "user", "content": picture}]},
        ).json()
    # The only one whose name says that it sees.
    assert answer["selected_model_id"] == "nimbus-vl-12b", answer


def test_a_registry_is_saved_broken_and_rolled_back(strangers: Installation) -> None:
    smart = strangers
    first = (
        "version: 1\nroutes: {general: {models: [house-model-v3], only: true}}\nconfidence_threshold: 1.0\n"
    )
    smart.registry(first)
    saved = smart.get("/registry")["version"]
    assert smart.chat(EASY)["selected_model_id"] == "house-model-v3"

    # What is broken is refused with its line, and the one in force stays in force.
    with smart.api(smart.admin) as client:
        refused = client.put(f"{PAGE_API}/registry", json={"text": first + "stratgy: balanced\n"})
    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert (error["line"], error["key"]) == (4, "stratgy")
    assert "strategy" in error["message"]
    assert smart.get("/registry")["version"] == saved
    assert smart.chat(EASY)["selected_model_id"] == "house-model-v3"

    smart.registry(first.replace("house-model-v3", "zephyrine-flagship"))
    assert smart.chat(EASY)["selected_model_id"] == "zephyrine-flagship"
    # Rolled back: an earlier version's text saved once more, on top of the history.
    versions = smart.get("/registry/history")["items"]
    assert saved in {version["version"] for version in versions}
    text = smart.get(f"/registry/{saved}")["text"]
    assert text == first
    smart.registry(text)
    assert smart.chat(EASY)["selected_model_id"] == "house-model-v3"
    assert smart.get("/registry")["version"] > versions[0]["version"]
    smart.registry("version: 1")


def test_a_model_disappears_and_returns(strangers: Installation) -> None:
    smart = strangers
    smart.in_order("owl:latest", "acme/quokka-7b-instruct")
    assert smart.chat(EASY)["selected_model_id"] == "owl:latest"
    smart.backends.withdraw("owl:latest")
    try:
        refresh(smart)
        # Unavailable, not forgotten: the registry's entry is a warning, and chats go on.
        assert eventually(lambda: smart.chat(EASY)["selected_model_id"] == "acme/quokka-7b-instruct")
        warnings = str(smart.get("/registry"))
        assert "owl:latest" in warnings
        by_id = {item["id"]: item for item in smart.get("/models")["items"]}
        assert by_id.get("owl:latest", {"available": False})["available"] is False
    finally:
        smart.backends.clear()
        refresh(smart)
    assert eventually(lambda: smart.chat(EASY)["selected_model_id"] == "owl:latest")
    smart.registry("version: 1")


def refresh(smart: Installation) -> None:
    with smart.api(smart.admin) as client:
        client.get("/api/models", params={"refresh": True}).raise_for_status()


TURNS = (
    "hi there",
    "how are you today?",
    "what is the capital of Australia?",
    "how many people live there?",
    "thanks",
    "Prove that the square root of two is irrational, and generalise the proof to all primes.",
    "why does the proof fail for perfect squares?",
    "ok thanks!",
    "Write a Python class for an LRU cache with a time to live per entry, thread-safe, with tests.",
    "now make it async",
    "add type hints",
    "thanks, that works",
    "translate 'good morning, dear colleagues' into French",
    "and into German",
    "what time is it?",
    "tell me a joke",
    "A farmer must cross a river with a wolf, a goat and a cabbage; the boat takes one. Plan the crossings, "
    "then prove that no plan with fewer crossings exists.",
    "thank you",
    "write a haiku about autumn",
    "bye",
)


def test_twenty_turns_and_every_change_of_backend_explained(strangers: Installation) -> None:
    smart = strangers
    # Quality and money decide, so that it does not hang on how busy the machine is when it moves.
    smart.registry("version: 1\nquality_preference: 0.8\nweights: {latency: 0}")
    window = WindowChat(smart, smart.admin)
    served = [window.send(turn)["selectedModelId"] for turn in TURNS]
    records = [r for r in smart.records(limit=200) if r["chat_id"] == window.chat_id and not r["task"]][::-1]
    assert [record["backend"] for record in records] == served
    changes = [n for n in range(1, len(TURNS)) if served[n] != served[n - 1]]
    names = {item["id"]: item["name"] for item in smart.get("/models")["items"]}
    for n in changes:
        said = smart.get(f"/requests/{records[n]['id']}")["sentence"]
        assert f"This conversation was on {names[served[n - 1]]}" in said, (TURNS[n], said)
    # It moves up for the proof and does not go to and fro: fewer changes than halves of the conversation.
    assert served[5] != served[0], served
    assert len(changes) <= len(TURNS) // 2, served
    # A thank-you stays where the work was done.
    assert served[7] == served[6]


def test_users_with_different_grants_have_different_candidates(strangers: Installation) -> None:
    smart = strangers
    smart.registry("version: 1")
    shared, mine, theirs = "acme/quokka-7b-instruct", "owl:latest", "bigbear:34b"
    grant_models(smart.server, smart.admin, [shared], EVERYONE)
    grant_models(smart.server, smart.admin, [mine], reading(smart.user))
    grant_models(smart.server, smart.admin, [theirs], reading(smart.outsider))
    eligible = {}
    for account in (smart.user, smart.outsider):
        assert "choices" in smart.chat("Why is the sky blue?", account)
        ranking = smart.last_record()["ranking"]
        eligible[account.id] = {c["backend"] for c in ranking if c["excluded"] != "no_access"}
    assert eligible == {smart.user.id: {shared, mine}, smart.outsider.id: {shared, theirs}}


def test_newer_figures_are_loaded_from_a_file_or_an_address_and_taken_back(strangers: Installation) -> None:
    smart = strangers
    table = json.loads(gzip.decompress(read_asset("registry/figures.json.gz")))
    context = {"house-model-v3": [1.0, 2.0, None, 7_777, None, 0, True]}
    table = {**table, "facts": {**table["facts"], **context}, "provenance": {"date": "2031-05"}}

    def of_house_model() -> tuple[str, int | None]:
        models = {item["id"]: item for item in smart.get("/models")["items"]}
        return smart.get("/model-figures")["date"], models["house-model-v3"]["context_tokens"]

    carried = of_house_model()
    with smart.api(smart.admin) as client, served(gzip.compress(json.dumps(table).encode())) as url:
        refused = client.put(f"{PAGE_API}/model-figures?name=prices.csv", content=b"model;price")
        assert refused.status_code == 422
        assert "prices.csv: not a table of figures" in refused.json()["detail"]
        refused = client.post(f"{PAGE_API}/model-figures/fetch", json={"url": url + "/elsewhere"})
        assert (refused.status_code, "status 404" in refused.json()["detail"]) == (422, True)
        assert of_house_model() == carried

        client.put(f"{PAGE_API}/model-figures?name=own.json", json=table).raise_for_status()
        assert of_house_model() == ("2031-05", 7_777)
        assert smart.get("/model-figures")["source"] == "own.json"
        client.delete(f"{PAGE_API}/model-figures").raise_for_status()
        assert of_house_model() == carried
        client.post(f"{PAGE_API}/model-figures/fetch", json={"url": url}).raise_for_status()
        assert of_house_model() == ("2031-05", 7_777)
        assert smart.get("/model-figures")["source"] == url
        client.delete(f"{PAGE_API}/model-figures").raise_for_status()


@contextmanager
def served(content: bytes) -> Iterator[str]:
    """An address on this machine where `content` is to be had, and nothing else."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/table" else 404)
            self.end_headers()
            self.wfile.write(content if self.path == "/table" else b"")

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/table"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
