"""What providers really say, and the kind that we make of it."""

from __future__ import annotations

from typing import Any

import pytest

from smart_router.delivery.errors import classify_error, classify_exception, refused_by_open_webui


def openai(message: str, code: str | None = None, param: str | None = None) -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error", "param": param, "code": code}}


CASES: list[tuple[int | None, Any, str, str | None]] = [
    (429, openai("Rate limit reached for gpt-4o", "rate_limit_exceeded"), "rate_limited", None),
    (429, openai("You exceeded your current quota", "insufficient_quota"), "auth", None),
    (429, openai("Request too large on tokens per min", "rate_limit_exceeded"), "rate_limited", None),
    (401, openai("Incorrect API key provided: sk-abcdefgh12345", "invalid_api_key"), "auth", None),
    (402, {"error": {"message": "Insufficient credits", "code": 402}}, "auth", None),
    (404, openai("The model `gpt-9` does not exist", "model_not_found"), "not_found", None),
    (400, openai("The maximum context length is 8192 tokens.", "context_length_exceeded", "messages"),
     "context_too_long", None),
    (400, {"error": {"type": "invalid_request_error", "message": "prompt is too long: 210000 > 200000"}},
     "context_too_long", None),
    (400, {"error": {"code": 400, "message": "the request exceeds the available context size",
                     "type": "exceed_context_size_error"}}, "context_too_long", None),
    (413, "Payload Too Large", "context_too_long", None),
    (400, openai("The response was filtered due to the content management policy", "content_filter"),
     "content_filter", None),
    (403, {"error": {"message": "Input was flagged by moderation", "code": 403}}, "content_filter", None),
    (400, openai("Unsupported value: 'temperature' does not support 0.2 with this model.",
                 "unsupported_value", "temperature"), "bad_parameter", "temperature"),
    (400, openai("Unsupported parameter: 'max_tokens' is not supported with this model."),
     "bad_parameter", "max_tokens"),
    (400, {"error": {"message": "Unrecognized request argument supplied: top_k"}}, "bad_parameter", "top_k"),
    (400, {"error": {"message": "Unrecognized request argument: 'top_k'"}}, "bad_parameter", "top_k"),
    (422, {"detail": [{"loc": ["body", "min_p"], "msg": "extra fields"}]}, "bad_parameter", "min_p"),
    (400, "registry.ollama.ai/library/tiny does not support tools", "bad_parameter", "tools"),
    (400, {"error": {"message": "max_tokens: 9999 > 4096, which is the maximum allowed"}},
     "bad_parameter", "max_tokens"),
    (400, openai("Invalid image data", None, "messages.[1].content"), "bad_request", None),
    (400, {"error": "this model does not accept messages like these"}, "bad_request", None),
    (500, "Internal Server Error", "server_error", None),
    (500, {"detail": "Open WebUI: Server Connection Error"}, "connection", None),
    (500, "Ollama: Cannot connect to host localhost:11434", "connection", None),
    (500, "", "server_error", None),
    (502, "<html>Bad Gateway</html>", "server_error", None),
    (503, {"error": {"message": "Service Unavailable"}}, "overloaded", None),
    (529, {"error": {"type": "overloaded_error", "message": "Busy"}}, "overloaded", None),
    (504, "", "overloaded", None),
    (None, {"error": {"message": "Provider returned error", "code": 429}}, "rate_limited", None),
    (None, {"error": "llama runner process has terminated"}, "server_error", None),
    (200, {"error": {"message": "boom"}}, "server_error", None),
    (403, {"detail": "Model 'x' was not found"}, "not_found", None),
    (404, {"detail": "Model not found"}, "not_found", None),
    (None, b'{"error": {"type": "rate_limit_error", "message": "slow down"}}', "rate_limited", None),
]  # fmt: skip


@pytest.mark.parametrize(("status", "body", "kind", "parameter"), CASES)
def test_a_provider_error_gets_its_kind(
    status: int | None, body: Any, kind: str, parameter: str | None
) -> None:
    error = classify_error(status, {}, body)
    assert (error.kind.value, error.parameter) == (kind, parameter)
    assert error.message


@pytest.mark.parametrize(
    "body", [None, [], {}, 7, b"\xff\xfe", [{"error": None}], {"error": {"message": None}}]
)
def test_nothing_that_a_provider_sends_breaks_the_classification(body: Any) -> None:
    assert classify_error(400, None, body).kind.value == "bad_request"
    assert classify_error(None, None, body).kind.value == "server_error"


@pytest.mark.parametrize(
    ("headers", "message", "seconds"),
    [
        ({"Retry-After": "20"}, "", 20),
        ({"retry-after": "0.5"}, "", 0.5),
        ({"retry-after-ms": "1500", "retry-after": "9"}, "", 1.5),
        ({"retry-after": "Fri, 15 Jan 2027 08:00:30 GMT"}, "", 30),
        ({"retry-after": "Fri, 15 Jan 2027 07:00:00 GMT"}, "", 0),
        ({"retry-after": "soon"}, "", None),
        ({}, "Please try again in 1m30s.", 90),
        ({}, "Please try again in 20ms.", 0.02),
        ({}, "Please try again in 6.5s.", 6.5),
        ({}, "Please try again later.", None),
        ({}, "Please try again in 1.2.3s or in .s.", None),
    ],
)
def test_when_to_come_back_is_read_wherever_it_is_said(
    headers: dict[str, str], message: str, seconds: float | None
) -> None:
    error = classify_error(429, headers, {"error": {"message": message}}, now=1_800_000_000.0)
    assert error.retry_after_s == (None if seconds is None else pytest.approx(seconds))


def test_keys_that_providers_quote_are_masked() -> None:
    error = classify_error(
        401, {}, openai("Incorrect API key provided: sk-proj-1234567890abcdef. Bearer xyz")
    )
    assert "1234567890" not in error.message
    assert "xyz" not in error.message


def test_an_exception_with_a_status_is_read_as_an_http_error() -> None:
    class HTTPException(Exception):
        status_code = 429
        detail = "slow down"
        headers = {"retry-after": "3"}

    error = classify_exception(HTTPException())
    assert (error.kind.value, error.retry_after_s, error.status) == ("rate_limited", 3, 429)


def test_any_other_exception_is_a_connection_that_failed() -> None:
    assert classify_exception(ConnectionResetError()).kind.value == "connection"
    assert classify_exception(ConnectionResetError()).message == "ConnectionResetError"
    assert classify_exception(classify_error(401, {}, "")).kind.value == "auth"


def test_open_webuis_own_refusal_is_told_from_a_providers() -> None:
    assert refused_by_open_webui(classify_exception(Exception("Model not found")))
    assert refused_by_open_webui(classify_error(403, {}, {"detail": "Model 'x' was not found"}))
    assert not refused_by_open_webui(classify_error(404, {}, openai("The model `x` does not exist")))


def test_a_prompt_that_a_provider_sends_back_is_not_searched_whole() -> None:
    """Searching all of this one would take minutes: the expression goes back at each of its words."""
    echoed = "input token count " * 60_000
    error = classify_error(400, {}, {"error": {"message": echoed + "the context length is 8192"}})
    assert error.kind.value == "context_too_long"
    assert classify_error(400, {}, {"error": {"message": echoed}}).kind.value == "bad_request"
