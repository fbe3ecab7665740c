"""OpenAI's parameters where Ollama looks for them: Open WebUI itself moves only `stop` and `max_tokens`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: See https://github.com/ollama/ollama/blob/main/docs/modelfile.mdx#parameter. `think`, `keep_alive` and
#: `format` are taken out of the options again by Open WebUI.
_OPTIONS = frozenset(
    {
        "temperature", "top_p", "top_k", "min_p", "typical_p", "seed", "num_ctx", "num_predict", "num_keep",
        "num_batch", "num_gpu", "num_thread", "use_mmap", "use_mlock", "mirostat", "mirostat_eta",
        "mirostat_tau", "repeat_last_n", "repeat_penalty", "presence_penalty", "frequency_penalty",
        "think", "keep_alive", "format",
    }
)  # fmt: skip


def for_ollama(body: dict[str, Any]) -> dict[str, Any]:
    """The body of a call to Ollama; what the caller put into `options` itself comes first."""
    own = body.get("options")
    options = {key: body[key] for key in _OPTIONS & body.keys()}
    if "max_completion_tokens" in body:
        options["num_predict"] = body["max_completion_tokens"]
    wanted = body.get("response_format")
    if isinstance(wanted, Mapping) and wanted.get("type") == "json_object":
        options["format"] = "json"
    options |= own if isinstance(own, Mapping) else {}
    rest = {key: value for key, value in body.items() if key not in _OPTIONS and key != "options"}
    return {**rest, "options": options} if options else rest
