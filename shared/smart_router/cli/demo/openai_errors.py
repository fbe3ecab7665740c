"""OpenAI's error bodies, word for word as its API says them."""

from __future__ import annotations

from .compact import dumps
from .faults import Fault
from .perform import Failure


def openai_failure(
    status: int, message: str, kind: str, *, param: str | None = None, code: str | None = None
) -> Failure:
    """`{"error": {message, type, param, code}}` with a status."""
    error = {"message": message, "type": kind, "param": param, "code": code}
    return Failure(status, dumps({"error": error}).encode())


def openai_fault(kind: str, model: str, fault: Fault) -> Failure:
    """The response for a scripted fault."""
    invalid, server = "invalid_request_error", "server_error"
    wait = f"{fault.retry_after_s:g}"
    said = fault.message
    if kind == "server_error_text":
        return Failure(500, (said or "Internal Server Error").encode(), "text/plain; charset=utf-8")
    if kind == "rate_limited":
        text = f"Rate limit reached for {model} on requests per min (RPM). Please try again in {wait}s."
        failure = openai_failure(429, said or text, "requests", code="rate_limit_exceeded")
        return Failure(429, failure.body, headers={"retry-after": wait})
    if kind == "auth":
        return openai_failure(401, said or "Incorrect API key provided.", invalid, code="invalid_api_key")
    if kind == "not_found":
        return unknown_model(model)
    if kind == "content_filter":
        text = "Your request was rejected by our safety system."
        return openai_failure(400, said or text, invalid, code="content_policy_violation")
    if kind == "no_tools":
        return openai_failure(400, said or f"{model} does not support tools.", invalid, param="tools")
    if kind == "overloaded":
        return openai_failure(
            503, said or "The engine is currently overloaded, please try again later.", server
        )
    text = said or "The server had an error while processing your request. Sorry about that!"
    return openai_failure(200 if kind == "error_200" else 500, text, server)


def unknown_model(model: str) -> Failure:
    return openai_failure(
        404,
        f"The model `{model}` does not exist or you do not have access to it.",
        "invalid_request_error",
        code="model_not_found",
    )


#: What a failing stream says.
BROKEN = {
    "error": {
        "message": "The server had an error while processing your request. Sorry about that!",
        "type": "server_error",
        "param": None,
        "code": "server_error",
    }
}
