"""The OpenAI demo server answers as OpenAI does, as far as Open WebUI and we read it."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from smart_router.cli.demo import Stage, openai_app

IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}
WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string"}, "unit": {"enum": ["celsius", "fahrenheit"]}},
            "required": ["city", "unit"],
        },
    },
}


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def client(stage: Stage) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(openai_app(stage)), base_url="http://demo/v1")


def user(text: str, *parts: dict[str, Any]) -> dict[str, Any]:
    return {"role": "user", "content": [{"type": "text", "text": text}, *parts] if parts else text}


async def chat(
    client: httpx.AsyncClient, model: str = "gpt-4o", *messages: dict[str, Any], **more: Any
) -> httpx.Response:
    return await client.post("/chat/completions", json={"model": model, "messages": list(messages), **more})


def chunks(response: httpx.Response) -> list[dict[str, Any]]:
    lines = [line for line in response.text.split("\n\n") if line]
    assert lines.pop() == "data: [DONE]"
    return [json.loads(line.removeprefix("data: ")) for line in lines]


def deltas(response: httpx.Response, key: str) -> list[Any]:
    found = [choice["delta"].get(key) for chunk in chunks(response) for choice in chunk["choices"]]
    return [value for value in found if value]


async def test_the_models_are_listed_with_hosted_chat_and_embedding_models(client: httpx.AsyncClient) -> None:
    listed = {model["id"]: model for model in (await client.get("/models")).json()["data"]}
    assert {"gpt-4o", "gpt-4o-mini", "o3-mini", "text-embedding-3-small"} <= set(listed)
    assert "gemma:2b" not in listed


async def test_a_model_id_with_a_slash_can_be_looked_up(client: httpx.AsyncClient) -> None:
    found = await client.get("/models/meta-llama/llama-3.3-70b-instruct")
    assert found.json()["pricing"]["prompt"] == "0.0000001200"


async def test_an_answer_says_that_it_is_simulated_and_echoes_what_it_got(client: httpx.AsyncClient) -> None:
    system = {"role": "system", "content": "Be brief."}
    body = (await chat(client, "gpt-4o", system, user("What is rain?"), temperature=0.3, seed=7)).json()
    text = body["choices"][0]["message"]["content"]
    assert "Simulated answer from `gpt-4o`" in text
    for echoed in ("What is rain?", "Be brief.", "temperature=0.3", "seed=7"):
        assert echoed in text
    usage = body["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"] > 20


async def test_a_stream_joins_to_the_same_text_and_reports_usage_only_when_asked(
    client: httpx.AsyncClient,
) -> None:
    plain = (await chat(client, "gpt-4o", user("hello"))).json()
    silent = await chat(client, "gpt-4o", user("hello"), stream=True)
    told = await chat(client, "gpt-4o", user("hello"), stream=True, stream_options={"include_usage": True})
    assert "".join(deltas(silent, "content")) == plain["choices"][0]["message"]["content"]
    assert all("usage" not in chunk for chunk in chunks(silent))
    last = chunks(told)[-1]
    assert last["choices"] == []
    assert last["usage"] == plain["usage"]
    assert len({chunk["id"] for chunk in chunks(told)}) == 1


async def test_counting_gives_as_many_numbers_as_were_wanted(client: httpx.AsyncClient) -> None:
    text = (await chat(client, "gpt-4o", user("Please count to 120"))).json()["choices"][0]["message"][
        "content"
    ]
    assert "118, 119, 120." in text


async def test_a_token_limit_cuts_the_answer_and_says_length(client: httpx.AsyncClient) -> None:
    body = (await chat(client, "gpt-4o", user("hello"), max_tokens=5)).json()
    assert body["choices"][0]["finish_reason"] == "length"
    assert body["usage"]["completion_tokens"] == 5


async def test_a_conversation_read_before_counts_as_cached(client: httpx.AsyncClient) -> None:
    long = {"role": "system", "content": "word " * 1500}
    first = (await chat(client, "gpt-4o", long, user("one"))).json()["usage"]
    second = (await chat(client, "gpt-4o", long, user("two"))).json()["usage"]
    assert first["prompt_tokens_details"]["cached_tokens"] == 0
    assert 1024 <= second["prompt_tokens_details"]["cached_tokens"] <= second["prompt_tokens"]


async def test_an_aggregators_model_reports_what_it_cost(client: httpx.AsyncClient) -> None:
    usage = (await chat(client, "meta-llama/llama-3.3-70b-instruct", user("hello"))).json()["usage"]
    expected = (usage["prompt_tokens"] * 0.12 + usage["completion_tokens"] * 0.30) / 1e6
    assert usage["cost"] == pytest.approx(expected)
    assert "cost" not in (await chat(client, "gpt-4o", user("hello"))).json()["usage"]


async def test_a_tool_call_streams_its_arguments_in_pieces(client: httpx.AsyncClient) -> None:
    answer = await chat(client, "gpt-4o", user("Weather in Paris?"), tools=[WEATHER], stream=True)
    parts = [call for calls in deltas(answer, "tool_calls") for call in calls]
    assert parts[0]["id"].startswith("call_")
    assert parts[0]["function"] == {"name": "get_weather", "arguments": ""}
    assert len(parts) > 3
    assert json.loads("".join(part["function"]["arguments"] for part in parts)) == {
        "city": "Weather in Paris?",
        "unit": "celsius",
    }
    assert chunks(answer)[-1]["choices"][0]["finish_reason"] == "tool_calls"


async def test_after_a_tool_result_comes_text_that_quotes_it(client: httpx.AsyncClient) -> None:
    call = {"id": "call_1", "type": "function", "function": {"name": "get_weather", "arguments": "{}"}}
    history = (
        user("Weather?"),
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_1", "content": "sunny, 24 degrees"},
    )
    message = (await chat(client, "gpt-4o", *history, tools=[WEATHER])).json()["choices"][0]["message"]
    assert "sunny, 24 degrees" in message["content"]
    assert "tool_calls" not in message


async def test_of_a_long_list_of_tools_only_one_that_the_question_names_is_called(
    client: httpx.AsyncClient,
) -> None:
    names = ["search_notes", "view_chat", "get_current_timestamp", "get_weather"]
    tools = [{"type": "function", "function": {"name": name}} for name in names]
    idle = (await chat(client, "gpt-4o", user("Hello!"), tools=tools)).json()["choices"][0]
    asked = (await chat(client, "gpt-4o", user("What about the weather?"), tools=tools)).json()["choices"][0]
    assert idle["finish_reason"] == "stop"
    assert [call["function"]["name"] for call in asked["message"]["tool_calls"]] == ["get_weather"]


@pytest.mark.parametrize(("choice", "called"), [("none", False), ("required", True), ("auto", True)])
async def test_tool_choice_is_obeyed(client: httpx.AsyncClient, choice: str, called: bool) -> None:
    body = (await chat(client, "gpt-4o", user("Hello"), tools=[WEATHER], tool_choice=choice)).json()
    assert (body["choices"][0]["finish_reason"] == "tool_calls") is called


async def test_images_are_taken_by_vision_models_and_refused_by_the_others(client: httpx.AsyncClient) -> None:
    seen = await chat(client, "gpt-4o", user("What is this?", IMAGE))
    blind = await chat(client, "meta-llama/llama-3.3-70b-instruct", user("What is this?", IMAGE))
    assert "images: 1" in seen.json()["choices"][0]["message"]["content"]
    assert blind.status_code == 400
    assert "image_url" in blind.json()["error"]["message"]


async def test_the_reasoning_model_thinks_aloud_and_counts_it(client: httpx.AsyncClient) -> None:
    answer = await chat(client, "o3-mini", user("Why?"), stream=True, stream_options={"include_usage": True})
    thought = deltas(answer, "reasoning_content")
    usage = chunks(answer)[-1]["usage"]
    assert usage["completion_tokens_details"]["reasoning_tokens"] == len(thought) > 5
    assert usage["completion_tokens"] == len(thought) + len(deltas(answer, "content"))


@pytest.mark.parametrize("parameter", ["temperature", "top_p", "max_tokens"])
async def test_the_reasoning_model_names_the_parameter_it_does_not_take(
    client: httpx.AsyncClient, parameter: str
) -> None:
    answer = await chat(client, "o3-mini", user("Why?"), **{parameter: 1})
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["param"], error["code"]) == (parameter, "unsupported_parameter")


async def test_more_than_the_context_is_refused_with_openais_code(client: httpx.AsyncClient) -> None:
    answer = await chat(client, "gpt-4o", user("word " * 130_000))
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "context_length_exceeded"


async def test_json_mode_gives_json_and_a_schema_is_kept_to(client: httpx.AsyncClient) -> None:
    schema = {
        "type": "object",
        "properties": {"colour": {"enum": ["red"]}, "sizes": {"type": "array", "items": {"type": "integer"}}},
        "required": ["colour", "sizes"],
    }
    wanted = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
    free = (await chat(client, "gpt-4o", user("hi"), response_format={"type": "json_object"})).json()
    bound = (await chat(client, "gpt-4o", user("hi"), response_format=wanted)).json()
    assert json.loads(free["choices"][0]["message"]["content"])["simulated"] is True
    assert json.loads(bound["choices"][0]["message"]["content"]) == {"colour": "red", "sizes": [1]}


@pytest.mark.parametrize("model", ["no-such-model", "text-embedding-3-small"])
async def test_what_is_no_chat_model_is_not_found(client: httpx.AsyncClient, model: str) -> None:
    assert (await chat(client, model, user("hi"))).status_code == 404


async def test_the_responses_endpoint_gives_the_same_answer_plain_and_as_events(
    client: httpx.AsyncClient,
) -> None:
    body = {"model": "o3-mini", "instructions": "Be brief.", "input": [{"role": "user", "content": "Why?"}]}
    plain = (await client.post("/responses", json=body)).json()
    stream = await client.post("/responses", json={**body, "stream": True})
    events = [json.loads(block.split("data: ", 1)[1]) for block in stream.text.split("\n\n") if block]
    kinds = [event["type"] for event in events]
    text = "".join(event["delta"] for event in events if event["type"] == "response.output_text.delta")
    assert (kinds[0], kinds[-1]) == ("response.created", "response.completed")
    assert [item["type"] for item in plain["output"]] == ["reasoning", "message"]
    assert plain["output"][1]["content"][0]["text"] == text
    assert "Be brief." in text
    assert events[-1]["response"]["usage"] == plain["usage"]
    assert [event["sequence_number"] for event in events] == list(range(len(events)))


async def test_the_responses_endpoint_calls_tools_given_in_its_flat_form(client: httpx.AsyncClient) -> None:
    tool = {"type": "function", **WEATHER["function"]}
    body = {"model": "gpt-4o", "input": "Weather in Rome?", "tools": [tool]}
    call = (await client.post("/responses", json=body)).json()["output"][0]
    assert (call["type"], call["name"]) == ("function_call", "get_weather")
    done = {"type": "function_call_output", "call_id": call["call_id"], "output": "rainy"}
    body["input"] = [{"role": "user", "content": "Weather in Rome?"}, call, done]
    message = (await client.post("/responses", json=body)).json()["output"][0]
    assert "rainy" in message["content"][0]["text"]


async def test_embeddings_have_the_models_size_and_depend_on_the_text(client: httpx.AsyncClient) -> None:
    body = {"model": "text-embedding-3-small", "input": ["a", "b", "a"]}
    vectors = [item["embedding"] for item in (await client.post("/embeddings", json=body)).json()["data"]]
    assert len(vectors[0]) == 1536
    assert vectors[0] == vectors[2] != vectors[1]


async def test_a_body_that_is_no_json_is_the_callers_fault(client: httpx.AsyncClient) -> None:
    assert (await client.post("/chat/completions", content=b"{")).status_code == 400


async def test_a_model_that_is_told_to_go_on_says_the_rest_alone(client: httpx.AsyncClient) -> None:
    def said(response: httpx.Response) -> str:
        return str(response.json()["choices"][0]["message"]["content"])

    whole = said(await chat(client, "gpt-4o", user("hello")))
    begun = {"role": "assistant", "content": whole[:60].replace("gpt-4o", "another-model")}
    go_on = user("Your last message was cut off. Continue it from exactly that point.")
    assert said(await chat(client, "gpt-4o", user("hello"), begun, go_on)) == whole[60:]
