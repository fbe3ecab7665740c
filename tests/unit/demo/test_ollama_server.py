"""The Ollama demo server answers as Ollama does, as far as Open WebUI and we read it."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from smart_router.cli.demo import Stage, ollama_app
from smart_router.cli.demo.ollama_memory import keep_alive_s


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(clock: Clock) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(ollama_app(Stage(), clock)), base_url="http://demo"
    )


async def chat(client: httpx.AsyncClient, model: str, text: str, **more: Any) -> httpx.Response:
    body = {"model": model, "messages": [{"role": "user", "content": text}], **more}
    return await client.post("/api/chat", json=body)


async def loaded(client: httpx.AsyncClient) -> list[str]:
    return [model["model"] for model in (await client.get("/api/ps")).json()["models"]]


def lines(response: httpx.Response) -> list[dict[str, Any]]:
    return [json.loads(line) for line in response.text.splitlines()]


async def test_the_local_models_are_listed_with_their_details(client: httpx.AsyncClient) -> None:
    listed = {model["model"]: model for model in (await client.get("/api/tags")).json()["models"]}
    assert set(listed) == {"gemma:2b", "phi3:3.8b", "qwen2.5:3b", "mistral:7b", "nomic-embed-text:latest"}
    assert listed["mistral:7b"]["details"]["parameter_size"] == "7.2B"
    assert (await client.get("/api/version")).json()["version"].count(".") == 2


@pytest.mark.parametrize(
    ("model", "context"),
    [("gemma:2b", 8192), ("phi3:3.8b", 4096), ("qwen2.5:3b", 32768), ("mistral:7b", 8192)],
)
async def test_show_tells_context_and_capabilities(
    client: httpx.AsyncClient, model: str, context: int
) -> None:
    shown = (await client.post("/api/show", json={"model": model})).json()
    family = shown["details"]["family"]
    assert shown["model_info"][f"{family}.context_length"] == context
    assert shown["details"]["quantization_level"].startswith("Q4")
    assert ("tools" in shown["capabilities"]) is (model in ("qwen2.5:3b", "mistral:7b"))


async def test_a_chat_streams_lines_unless_told_otherwise(client: httpx.AsyncClient) -> None:
    streamed = lines(await chat(client, "gemma:2b", "hello"))
    plain = (await chat(client, "gemma:2b", "hello", stream=False)).json()
    assert "".join(line["message"]["content"] for line in streamed) == plain["message"]["content"]
    assert "Simulated answer from `gemma:2b`" in plain["message"]["content"]
    assert [line["done"] for line in streamed[-2:]] == [False, True]
    assert streamed[-1]["eval_count"] == plain["eval_count"] == len(streamed) - 1


async def test_options_and_system_prompt_are_echoed(client: httpx.AsyncClient) -> None:
    messages = [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "hello"}]
    body = {"model": "gemma:2b", "messages": messages, "stream": False, "options": {"temperature": 0.2}}
    text = (await client.post("/api/chat", json=body)).json()["message"]["content"]
    assert "Be kind." in text
    assert "temperature=0.2" in text


async def test_num_predict_cuts_the_answer(client: httpx.AsyncClient) -> None:
    answer = (await chat(client, "gemma:2b", "hello", stream=False, options={"num_predict": 4})).json()
    assert (answer["done_reason"], answer["eval_count"]) == ("length", 4)


async def test_a_tool_model_calls_and_the_others_answer_in_text(client: httpx.AsyncClient) -> None:
    tools = [{"type": "function", "function": {"name": "get_weather", "parameters": {"type": "object"}}}]
    calls = (await chat(client, "qwen2.5:3b", "weather?", stream=False, tools=tools)).json()["message"]
    text = (await chat(client, "gemma:2b", "weather?", stream=False, tools=tools)).json()["message"]
    assert calls["tool_calls"][0]["function"]["name"] == "get_weather"
    assert calls["tool_calls"][0]["function"]["arguments"] == {}
    assert "tool_calls" not in text


async def test_a_too_long_prompt_is_cut_in_silence_as_ollama_does(client: httpx.AsyncClient) -> None:
    answer = (await chat(client, "phi3:3.8b", "word " * 9000, stream=False)).json()
    small = (await chat(client, "qwen2.5:3b", "word " * 9000, stream=False, options={"num_ctx": 2048})).json()
    assert answer["prompt_eval_count"] == 4096
    assert small["prompt_eval_count"] == 2048
    assert "not read" in answer["message"]["content"]


async def test_a_too_long_prompt_is_refused_when_truncating_is_forbidden(client: httpx.AsyncClient) -> None:
    answer = await chat(client, "phi3:3.8b", "word " * 9000, stream=False, truncate=False)
    assert answer.status_code == 400


async def test_an_image_is_refused(client: httpx.AsyncClient) -> None:
    body = {"model": "gemma:2b", "messages": [{"role": "user", "content": "see?", "images": ["AAAA"]}]}
    assert (await client.post("/api/chat", json=body)).status_code == 400


async def test_format_json_gives_json(client: httpx.AsyncClient) -> None:
    schema = {"type": "object", "properties": {"n": {"type": "integer"}}}
    free = (await chat(client, "gemma:2b", "hi", stream=False, format="json")).json()
    bound = (await chat(client, "gemma:2b", "hi", stream=False, format=schema)).json()
    assert json.loads(free["message"]["content"])["model"] == "gemma:2b"
    assert json.loads(bound["message"]["content"]) == {"n": 1}


async def test_a_used_model_stays_loaded_until_its_time_is_over(
    client: httpx.AsyncClient, clock: Clock
) -> None:
    assert await loaded(client) == []
    first = (await chat(client, "gemma:2b", "hi", stream=False)).json()
    again = (await chat(client, "gemma:2b", "hi", stream=False)).json()
    assert first["load_duration"] > again["load_duration"] == 0
    assert await loaded(client) == ["gemma:2b"]
    clock.now += 301
    assert await loaded(client) == []


async def test_keep_alive_zero_unloads(client: httpx.AsyncClient) -> None:
    await chat(client, "gemma:2b", "hi", stream=False)
    answer = await client.post("/api/generate", json={"model": "gemma:2b", "keep_alive": 0, "prompt": ""})
    assert answer.json()["done_reason"] == "unload"
    assert await loaded(client) == []


async def test_a_model_that_needs_the_room_pushes_out_the_one_unused_longest(
    client: httpx.AsyncClient,
) -> None:
    for model in ("gemma:2b", "phi3:3.8b", "qwen2.5:3b", "gemma:2b", "mistral:7b"):
        await chat(client, model, "hi", stream=False)
    assert await loaded(client) == ["qwen2.5:3b", "gemma:2b", "mistral:7b"]


@pytest.mark.parametrize(
    ("text", "seconds"), [("5m", 300), ("90s", 90), (0, 0), ("0", 0), (30, 30), (None, 300)]
)
def test_keep_alive_is_read_as_ollama_writes_it(text: object, seconds: float) -> None:
    assert keep_alive_s(text) == seconds


async def test_generate_answers_a_prompt(client: httpx.AsyncClient) -> None:
    body = {"model": "gemma:2b", "prompt": "hello", "stream": False}
    assert "hello" in (await client.post("/api/generate", json=body)).json()["response"]


async def test_the_embedding_model_embeds_and_does_not_chat(client: httpx.AsyncClient) -> None:
    body = {"model": "nomic-embed-text", "input": ["a", "b"]}
    vectors = (await client.post("/api/embed", json=body)).json()["embeddings"]
    assert [len(vector) for vector in vectors] == [768, 768]
    assert (await chat(client, "nomic-embed-text", "hi")).status_code == 400
    assert (await client.post("/api/embed", json={**body, "model": "gemma:2b"})).status_code == 400


async def test_an_unknown_model_is_not_found(client: httpx.AsyncClient) -> None:
    answer = await chat(client, "llama9", "hi")
    assert answer.status_code == 404
    assert "llama9" in answer.json()["error"]
