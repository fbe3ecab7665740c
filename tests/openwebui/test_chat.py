"""A chat through Smart in the real server: whole, counted once, and said to be from whom it is."""

from __future__ import annotations

import pytest

from tests.support.installation import SMART, Installation, content_of, eventually
from tests.support.server import Account

HELLO = [{"role": "user", "content": "hello there"}]


def account(smart: Installation, name: str) -> Account:
    return {"admin": smart.admin, "user": smart.user}[name]


@pytest.mark.parametrize("who", ["admin", "user"])
def test_a_plain_answer_is_whole_and_counted_once(smart: Installation, who: str) -> None:
    client = smart.openai(account(smart, who))
    answer = client.chat.completions.create(model=SMART, messages=HELLO)  # type: ignore[arg-type]
    text = answer.choices[0].message.content or ""
    seen = smart.backends.requests
    assert len(seen) == 1
    assert text.startswith(f"**Simulated answer from `{seen[0].model}`.**")
    assert text.endswith("system prompt: none")
    assert answer.usage is not None
    assert answer.usage.completion_tokens == seen[0].usage["completion_tokens"]
    record = smart.last_record()
    assert record["outcome"] == "ok"
    assert record["user_id"] == account(smart, who).id
    assert record["backend"] == seen[0].model == answer.model_extra["selected_model_id"]  # type: ignore[index]
    assert (record["input_tokens"], record["output_tokens"]) == (
        answer.usage.prompt_tokens,
        answer.usage.completion_tokens,
    )


@pytest.mark.parametrize("who", ["admin", "user"])
def test_a_streamed_answer_is_whole_and_counted_once(smart: Installation, who: str) -> None:
    client = smart.openai(account(smart, who))
    chunks = list(
        client.chat.completions.create(
            model=SMART,
            messages=HELLO,
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    seen = smart.backends.requests
    assert len(seen) == 1
    assert text.startswith(f"**Simulated answer from `{seen[0].model}`.**")
    assert text.endswith("system prompt: none")
    usages = [chunk.usage for chunk in chunks if chunk.usage]
    assert [usage.completion_tokens for usage in usages] == [seen[0].usage["completion_tokens"]]
    named = [m for chunk in chunks if (m := (chunk.model_extra or {}).get("selected_model_id"))]
    record = smart.last_record()
    assert named == [record["backend"]] == [seen[0].model]
    assert record["user_id"] == account(smart, who).id
    assert record["first_token_ms"] is not None
    assert record["output_tokens"] == usages[0].completion_tokens


@pytest.mark.parametrize("backend", ["gpt-4o-mini", "mistral:7b"])
def test_an_answer_reads_the_same_streamed_and_not(smart: Installation, backend: str) -> None:
    smart.in_order(backend)
    plain = smart.chat("hello there")["choices"][0]["message"]["content"]
    assert content_of(smart.stream("hello there")) == plain


def test_a_stream_whose_caller_asks_for_no_usage_carries_none(smart: Installation) -> None:
    assert [event for event in smart.stream("hello there") if event.get("usage")] == []
    assert smart.last_record()["usage_estimated"] is False


def test_the_record_is_there_before_the_answer_has_ended(smart: Installation) -> None:
    for _ in range(5):
        answer = smart.chat("hello there", smart.user)
        record = smart.last_record()
        assert (record["backend"], record["output_tokens"]) == (
            answer["selected_model_id"],
            answer["usage"]["completion_tokens"],
        )


def test_the_openai_address_of_its_own_takes_a_chat_without_a_model(smart: Installation) -> None:
    with smart.api(smart.user) as client:
        answer = client.post("/openai/chat/completions/smart", json={"messages": HELLO})
        assert answer.status_code == 200
        assert answer.json()["selected_model_id"] == smart.last_record()["backend"]
        with client.stream(
            "POST", "/openai/chat/completions/smart", json={"messages": HELLO, "stream": True}
        ) as stream:
            lines = [line for line in stream.iter_lines() if line]
        assert lines[-1] == "data: [DONE]"
        assert all(line.startswith("data: ") for line in lines)
        refused = client.post("/openai/chat/completions/smart", json={"messages": []})
        assert refused.status_code == 400
        assert "at least one message" in refused.text


def test_what_the_caller_demands_in_the_body_is_obeyed(smart: Installation) -> None:
    named = smart.chat("hello there", smart_router={"model": "mistral:7b"})
    assert named["selected_model_id"] == "mistral:7b"
    assert smart.last_record()["reason"] == "requested"
    excluding = smart.chat("hello there", smart_router={"exclude": ["gpt-*", "o3-mini", "meta-llama/*"]})
    assert ":" in excluding["selected_model_id"]
    hard = smart.chat("hello there", smart_router={"intent": "math", "complexity": "hard"})
    assert "error" not in hard
    record = smart.last_record()
    assert (record["intent"], record["complexity"], record["route"]) == ("math", "hard", "math")


@pytest.mark.parametrize(
    ("demand", "says"),
    [
        ({"modle": "x"}, "unknown key"),
        ({"intent": "poetry"}, "expected one of"),
        ({"model": "gone"}, "'gone'"),
    ],
)
def test_a_demand_that_cannot_be_met_is_refused_with_the_reason(
    smart: Installation, demand: dict[str, str], says: str
) -> None:
    answer = smart.chat("hello there", smart_router=demand)
    assert says in answer["error"]["message"]
    assert smart.backends.requests == []


def test_our_own_body_key_never_reaches_a_backend(smart: Installation) -> None:
    smart.chat("hello there", smart_router={"complexity": "simple"})
    assert "smart_router" not in smart.backends.requests[0].body


def test_parameters_of_the_caller_reach_the_backend(smart: Installation) -> None:
    smart.in_order("gpt-4o-mini")
    smart.chat("hello there", temperature=0.3, top_p=0.9, seed=7, stop=["END"], user="someone")
    sent = smart.backends.requests[0].body
    assert {key: sent.get(key) for key in ("temperature", "top_p", "seed", "stop", "user")} == {
        "temperature": 0.3,
        "top_p": 0.9,
        "seed": 7,
        "stop": ["END"],
        "user": "someone",
    }


def test_parameters_of_the_route_are_sent_where_nobody_else_set_them(smart: Installation) -> None:
    smart.registry(
        "version: 1\nstrategy: task_type_optimized\nroutes:\n  math:\n    models: [gpt-4o-mini]\n"
        "    parameters: {temperature: 0.1, top_p: 0.8}\n    system_prompt: Show every step.\n"
    )
    demand = {"intent": "math", "complexity": "simple"}
    smart.chat("12 times 12", smart_router=demand)
    smart.chat("12 times 12", smart_router=demand, temperature=0.7)
    first, second = (seen.body for seen in smart.backends.requests)
    assert (first["temperature"], first["top_p"]) == (0.1, 0.8)
    assert (second["temperature"], second["top_p"]) == (0.7, 0.8)
    assert [m["content"] for m in first["messages"]] == ["Show every step.", "12 times 12"]


def test_a_parameter_that_the_backend_refuses_is_left_out_and_the_chat_goes_on(smart: Installation) -> None:
    smart.in_order("o3-mini")
    answer = smart.chat("hello there", temperature=0.3)
    assert answer["selected_model_id"] == "o3-mini"
    assert "temperature" not in smart.backends.requests[-1].body
    assert smart.last_record()["outcome"] in ("ok", "fallback")


def test_a_stopped_answer_closes_the_backend_and_is_recorded_as_stopped(smart: Installation) -> None:
    smart.in_order("gpt-4o-mini")
    smart.backends.fault("gpt-4o-mini", "slow_tokens", delay_s=0.05)
    before = {record["id"] for record in smart.records(task="none", limit=200)}
    with (
        smart.api(smart.user) as client,
        client.stream(
            "POST", "/api/chat/completions", json={"model": SMART, "messages": HELLO, "stream": True}
        ) as answer,
    ):
        next(line for line in answer.iter_lines() if "Simula" in line)
    assert smart.backends.wait_idle(5)
    assert smart.backends.requests[0].outcome == "disconnected"
    record = eventually(lambda: next((r for r in smart.records(task="none") if r["id"] not in before), None))
    assert record is not None
    assert record["outcome"] == "stopped"
    assert record["attempts"][0]["error_kind"] == "cancelled"
    assert record["usage_estimated"] is True
    failures = {b["id"]: b["consecutive_failures"] for b in smart.get("/circuit-breakers")["items"]}
    assert failures.get("gpt-4o-mini", 0) == 0
