"""Faults strike whom, how and as often as they are scripted, over real sockets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from smart_router.cli.demo import KINDS, DemoBackends, FaultBook
from smart_router.errors import InvalidRequest, SmartRouterError

HOSTED, LOCAL = "gpt-4o", "gemma:2b"
BOTH = pytest.mark.parametrize("model", [HOSTED, LOCAL])


@pytest.fixture(scope="module")
def running() -> Iterator[DemoBackends]:
    with DemoBackends() as backends:
        yield backends


@pytest.fixture
def backends(running: DemoBackends) -> DemoBackends:
    running.clear()
    return running


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=10) as client:
        yield client


def url(backends: DemoBackends, model: str) -> str:
    return f"{backends.openai_url}/chat/completions" if model == HOSTED else f"{backends.ollama_url}/api/chat"


def body(model: str, *, stream: bool = False) -> dict[str, Any]:
    return {"model": model, "stream": stream, "messages": [{"role": "user", "content": "hello"}]}


def ask(client: httpx.Client, backends: DemoBackends, model: str, *, stream: bool = False) -> httpx.Response:
    return client.post(url(backends, model), json=body(model, stream=stream))


def outcomes(backends: DemoBackends) -> list[str]:
    assert backends.wait_idle()
    return [seen.outcome for seen in backends.requests]


@BOTH
@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("rate_limited", 429), ("auth", 401), ("not_found", 404), ("content_filter", 400),
        ("overloaded", 503), ("server_error_text", 500), ("server_error_json", 500), ("error_200", 200),
    ],
)  # fmt: skip
@pytest.mark.parametrize("stream", [False, True])
def test_an_error_response_comes_with_its_status(
    client: httpx.Client, backends: DemoBackends, model: str, kind: str, status: int, stream: bool
) -> None:
    backends.fault(model, kind, times=1, retry_after_s=7)
    answer = ask(client, backends, model, stream=stream)
    assert answer.status_code == status
    assert answer.headers.get("retry-after") == ("7" if kind == "rate_limited" else None)
    if kind == "server_error_text":
        assert answer.headers["content-type"].startswith("text/plain")
    else:
        assert answer.json()["error"]
    assert outcomes(backends) == ["error"]


@BOTH
def test_a_refused_connection_gets_no_response(
    client: httpx.Client, backends: DemoBackends, model: str
) -> None:
    backends.fault(model, "refuse", times=1)
    with pytest.raises(httpx.RemoteProtocolError):
        ask(client, backends, model)
    assert outcomes(backends) == ["dropped"]


def test_a_server_that_does_not_listen_refuses_and_comes_back_on_the_same_port(
    client: httpx.Client, backends: DemoBackends
) -> None:
    backends.refuse_connections("ollama")
    with pytest.raises(httpx.ConnectError):
        ask(client, backends, LOCAL)
    assert ask(client, backends, HOSTED).status_code == 200
    backends.accept_connections("ollama")
    assert ask(client, backends, LOCAL).status_code == 200


@BOTH
@pytest.mark.parametrize("stream", [False, True])
def test_a_dropped_socket_breaks_the_body_in_the_middle(
    client: httpx.Client, backends: DemoBackends, model: str, stream: bool
) -> None:
    backends.fault(model, "drop", times=1, after_tokens=2)
    with client.stream("POST", url(backends, model), json=body(model, stream=stream)) as answer:
        parts = answer.iter_raw()
        received = next(parts)
        with pytest.raises(httpx.RemoteProtocolError):
            list(parts)
    assert received
    assert outcomes(backends) == ["dropped"]


@BOTH
def test_an_error_in_mid_stream_ends_it_with_the_protocols_error(
    client: httpx.Client, backends: DemoBackends, model: str
) -> None:
    backends.fault(model, "error_mid_stream", after_tokens=2)
    lines = [line for line in ask(client, backends, model, stream=True).text.splitlines() if line]
    assert json.loads(lines[-1].removeprefix("data: "))["error"]
    assert backends.requests[0].tokens_sent == 2
    assert ask(client, backends, model).status_code == 500


@BOTH
@pytest.mark.parametrize("stream", [False, True])
def test_an_empty_answer_is_well_formed(
    client: httpx.Client, backends: DemoBackends, model: str, stream: bool
) -> None:
    backends.fault(model, "empty", times=1)
    answer = ask(client, backends, model, stream=stream)
    assert answer.status_code == 200
    assert "Simulated" not in answer.text
    assert backends.requests[0].tokens_sent == 0
    assert outcomes(backends) == ["answered"]


@BOTH
@pytest.mark.parametrize("kind", ["hang", "stall", "slow_tokens"])
def test_a_client_that_leaves_ends_the_waiting_and_is_seen(
    client: httpx.Client, backends: DemoBackends, model: str, kind: str
) -> None:
    backends.fault(model, kind, times=1, headers=True, delay_s=3600)
    with client.stream("POST", url(backends, model), json=body(model, stream=True)) as answer:
        assert answer.status_code == 200
    assert outcomes(backends) == ["disconnected"]


@BOTH
@pytest.mark.parametrize("kind", ["hang", "stall"])
def test_silence_with_an_end_is_followed_by_the_answer(
    client: httpx.Client, backends: DemoBackends, model: str, kind: str
) -> None:
    backends.fault(model, kind, times=1, delay_s=0.01)
    assert ask(client, backends, model, stream=True).text.count("\n") > 10
    assert outcomes(backends) == ["answered"]


def test_stopping_ends_what_still_hangs() -> None:
    with DemoBackends() as backends:
        backends.fault(HOSTED, "stall")
        with (
            httpx.Client(timeout=10) as client,
            client.stream("POST", url(backends, HOSTED), json=body(HOSTED, stream=True)) as answer,
        ):
            parts = answer.iter_raw()
            next(parts)
            backends.stop()
            with pytest.raises(httpx.TransportError):
                list(parts)


def test_tools_are_refused_only_where_they_are_offered(client: httpx.Client, backends: DemoBackends) -> None:
    backends.fault(LOCAL, "no_tools")
    assert ask(client, backends, LOCAL).status_code == 200
    tools = [{"type": "function", "function": {"name": "x"}}]
    refused = client.post(url(backends, LOCAL), json={**body(LOCAL), "tools": tools})
    assert refused.status_code == 400
    assert "does not support tools" in refused.json()["error"]


def test_faults_are_scripted_listed_and_cleared_over_http(
    client: httpx.Client, backends: DemoBackends
) -> None:
    root = backends.openai_url.removesuffix("/v1")
    made = client.post(f"{root}/_faults", json={"model": HOSTED, "kind": "overloaded", "times": 2})
    assert made.status_code == 201
    assert ask(client, backends, HOSTED).status_code == 503
    assert [(f["kind"], f["left"]) for f in client.get(f"{root}/_faults").json()["items"]] == [
        ("overloaded", 1)
    ]
    assert client.delete(f"{root}/_faults").json() == {"cleared": 1}
    assert ask(client, backends, HOSTED).status_code == 200


def test_a_fault_posted_to_one_server_spares_the_other(client: httpx.Client, backends: DemoBackends) -> None:
    client.post(f"{backends.ollama_url}/_faults", json={"kind": "overloaded"})
    assert ask(client, backends, HOSTED).status_code == 200
    assert ask(client, backends, LOCAL).status_code == 503


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "nonsense"},
        {"kind": "hang", "oops": 1},
        {"kind": "hang", "times": "x"},
        {"kind": "hang", "rate": 2},
    ],
)
def test_a_fault_that_cannot_be_is_refused_with_the_reason(
    client: httpx.Client, backends: DemoBackends, wrong: dict[str, Any]
) -> None:
    answer = client.post(f"{backends.ollama_url}/_faults", json=wrong)
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_the_log_over_http_tells_body_and_outcome(client: httpx.Client, backends: DemoBackends) -> None:
    client.post(
        url(backends, HOSTED),
        json=body(HOSTED),
        headers={"authorization": "Bearer demo-key-1234", "x-openwebui-user-id": "u1"},
    )
    assert backends.wait_idle()
    root = backends.ollama_url
    (entry,) = client.get(f"{root}/_requests", params={"model": HOSTED}).json()["items"]
    assert entry["body"]["messages"][0]["content"] == "hello"
    assert (entry["outcome"], entry["status"], entry["key"]) == ("answered", 200, "demo-key")
    assert entry["headers"] == {"x-openwebui-user-id": "u1"}
    assert entry["usage"]["completion_tokens"] == entry["tokens_sent"] > 10
    client.delete(f"{root}/_requests")
    assert backends.requests == []


def test_a_taken_port_is_told_plainly(running: DemoBackends) -> None:
    taken = int(running.ollama_url.rsplit(":", 1)[1])
    with pytest.raises(SmartRouterError, match=f"port {taken}"):
        DemoBackends(openai_port=taken).start()


async def test_the_backends_can_be_used_from_a_coroutine() -> None:
    async with DemoBackends() as backends, httpx.AsyncClient() as client:
        assert (await client.get(f"{backends.openai_url}/models")).status_code == 200


def test_a_fault_strikes_as_often_as_it_is_told() -> None:
    book = FaultBook()
    book.add("overloaded", "m", times=2)
    assert [book.take("openai", "m") is not None for _ in range(4)] == [True, True, False, False]


def test_a_fault_at_a_rate_strikes_about_that_share() -> None:
    book = FaultBook(seed=1)
    book.add("overloaded", rate=0.25)
    struck = sum(book.take("openai", "m") is not None for _ in range(2000))
    assert 400 < struck < 600


def test_the_newest_fault_goes_first_and_one_for_another_model_stays_out() -> None:
    book = FaultBook()
    book.add("overloaded")
    book.add("auth", "other")
    book.add("empty", "m", times=1)
    assert [fault.kind for fault in (book.take("ollama", "m"), book.take("ollama", "m")) if fault] == [
        "empty",
        "overloaded",
    ]


def test_clearing_one_model_leaves_the_others() -> None:
    book = FaultBook()
    book.add("overloaded", "a")
    book.add("overloaded", "b")
    assert book.clear("a") == 1
    assert book.take("openai", "a") is None
    assert book.take("openai", "b")


def test_an_unknown_kind_is_refused_by_name() -> None:
    with pytest.raises(InvalidRequest, match="nonsense"):
        FaultBook().add("nonsense")
    assert "rate_limited" in KINDS
