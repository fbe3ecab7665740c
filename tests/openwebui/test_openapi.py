"""What Open WebUI's OpenAPI says of our routes is true: schemathesis asks the real server.

It makes requests from the description, right ones and wrong ones, and holds each answer against it:
no errors of the server, only statuses, media types, headers and shapes that are described.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support.installation import EMPTY_REGISTRY, PAGE_API, Installation

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
#: The same requests in every run; no answer is worth waiting long for.
FUZZ = settings(
    max_examples=25,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
#: It would take our tables away under the other tests; test_lifecycle has it.
LEFT_OUT = {("delete", f"{PAGE_API}/records")}

#: What no description can make right: ids of things that are there, a table, an address, a chat.
NEVER_RIGHT = {
    ("get", f"{PAGE_API}/requests/{{id}}"): 404,
    ("post", f"{PAGE_API}/circuit-breakers/{{id}}/reset"): 404,
    ("put", f"{PAGE_API}/model-figures"): 422,
    ("post", f"{PAGE_API}/model-figures/fetch"): 422,
    ("post", f"{PAGE_API}/explain"): 400,
    ("post", "/openai/chat/completions/smart"): 400,
}

RIGHT, WRONG = GenerationMode.POSITIVE, GenerationMode.NEGATIVE


@pytest.fixture(scope="module")
def description(running: Installation) -> dict[str, Any]:
    """Open WebUI's OpenAPI, of our routes alone."""
    with running.api() as client:
        whole = client.get("/openapi.json", timeout=60).json()
    ours = {
        path: {method: told for method, told in methods.items() if "Smart Router" in told.get("tags", ())}
        for path, methods in whole["paths"].items()
    }
    return {**whole, "paths": {path: methods for path, methods in ours.items() if methods}}


@pytest.fixture(scope="module")
def operations(description: dict[str, Any]) -> dict[tuple[str, str], APIOperation]:
    schema = schemathesis.openapi.from_dict(description)
    found = [result.ok() for result in schema.get_all_operations()]
    return {(operation.method, operation.path): operation for operation in found}


@pytest.fixture
def put_back(smart: Installation) -> Iterator[Installation]:
    """Access and registry are as they were, whatever was written."""
    yield smart
    with smart.api(smart.admin) as client:
        client.put(f"{PAGE_API}/access", json={"access": "everyone"}).raise_for_status()
    smart.registry(EMPTY_REGISTRY)


def answers(smart: Installation, operation: APIOperation, mode: GenerationMode, **fixed: Any) -> Counter[int]:
    """How often each status came, of answers that were all as described."""
    statuses: Counter[int] = Counter()
    headers = smart.admin.headers

    @FUZZ
    @given(case=operation.as_strategy(mode, **fixed))
    def ask(case: Case) -> None:
        response = case.call(base_url=smart.url, headers=headers, allow_redirects=False, timeout=30)
        statuses[response.status_code] += 1
        case.validate_response(response, checks=CHECKS, headers=headers)

    ask()
    return statuses


def fixed_for(path: str) -> dict[str, Any]:
    """It answers for as long as it is told to."""
    return {"query": {"seconds": 0}} if path.endswith("/events") else {}


def test_every_route_of_ours_is_described_with_its_errors(description: dict[str, Any]) -> None:
    for path, methods in description["paths"].items():
        for method, told in methods.items():
            assert {"200", "401", "403", "422", "503"} <= set(told["responses"]), (method, path)
            assert told.get("description") or path == "/admin/observability", (method, path)
    assert len(description["paths"]) >= 20


def test_right_requests_are_answered_as_described(
    put_back: Installation, operations: dict[tuple[str, str], APIOperation]
) -> None:
    for (method, path), operation in operations.items():
        if (method, path) in LEFT_OUT:
            continue
        statuses = answers(put_back, operation, RIGHT, **fixed_for(path))
        assert sum(statuses.values()) > 0, (method, path)
        assert 401 not in statuses, (method, path)
        assert statuses[NEVER_RIGHT.get((method, path), 200)] > 0, (method, path, statuses)


def test_wrong_requests_are_refused_as_described(
    put_back: Installation, operations: dict[tuple[str, str], APIOperation]
) -> None:
    refused: Counter[int] = Counter()
    for (method, path), operation in operations.items():
        if (method, path) not in LEFT_OUT:
            refused += answers(put_back, operation, WRONG, **fixed_for(path))
    assert refused[422] > 50
    assert refused[401] > 50


def test_deleting_all_records_takes_the_word_for_it(smart: Installation) -> None:
    before = len(smart.records())
    with smart.api(smart.admin) as client:
        for params in ({}, {"confirm": ""}, {"confirm": "yes"}, {"confirm": "PURGE"}):
            assert client.delete(f"{PAGE_API}/records", params=params).status_code == 422
    assert len(smart.records()) == before


TEXT = st.text(max_size=40)
PART = st.one_of(
    st.builds(lambda text: {"type": "text", "text": text}, TEXT),
    st.builds(lambda url: {"type": "image_url", "image_url": {"url": url}}, TEXT),
    st.dictionaries(TEXT, TEXT, max_size=2),
)
MESSAGE = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["user", "assistant", "system", "tool", "developer", ""]),
        "content": st.one_of(TEXT, st.none(), st.lists(PART, max_size=3), st.integers()),
    }
)
BODY = st.fixed_dictionaries(
    {"messages": st.lists(MESSAGE, min_size=1, max_size=4)},
    optional={
        "model": TEXT,
        "stream": st.booleans(),
        "temperature": st.floats(),
        "tools": st.lists(st.dictionaries(TEXT, TEXT, max_size=2), max_size=2),
        "smart_router": st.dictionaries(
            st.sampled_from(["model", "strategy", "local", "x"]), TEXT, max_size=2
        ),
    },
).filter(lambda body: body.get("temperature", 0.0) - body.get("temperature", 0.0) == 0)


def test_any_chat_body_is_explained_or_refused_as_described(
    smart: Installation, operations: dict[tuple[str, str], APIOperation]
) -> None:
    operation = operations["post", f"{PAGE_API}/explain"]
    statuses: Counter[int] = Counter()

    @settings(FUZZ, max_examples=150)
    @given(body=BODY)
    def ask(body: dict[str, Any]) -> None:
        case = operation.Case(body=body, media_type="application/json")
        response = case.call(base_url=smart.url, headers=smart.admin.headers, timeout=30)
        statuses[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)

    ask()
    assert statuses[200] > 20
    assert statuses[400] > 5
