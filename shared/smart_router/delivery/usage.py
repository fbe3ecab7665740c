"""Tokens and money of one answer, in the words of every provider."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..registry.types import Backend

#: Characters per token when nobody counted: OpenAI's rule of thumb for English text.
CHARS_PER_TOKEN = 4

#: Tokens, or dollars: what is more was not counted. Sums of many such answers still fit into a column.
_MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as reported; `cost_usd` only when the provider says it."""

    input_tokens: int | None = None
    cached_tokens: int | None = None
    output_tokens: int | None = None
    cost_usd: float | None = None
    estimated: bool = False


def read_usage(raw: Any) -> Usage | None:
    """OpenAI's, Anthropic's, Ollama's, llama.cpp's and DeepSeek's words. None when there is nothing."""
    if not isinstance(raw, Mapping) or not raw:
        return None
    details = raw.get("prompt_tokens_details") or raw.get("input_tokens_details")
    cached = _number(details, "cached_tokens") if isinstance(details, Mapping) else None
    usage = Usage(
        input_tokens=_integer(_number(raw, "prompt_tokens", "input_tokens", "prompt_eval_count", "prompt_n")),
        cached_tokens=_integer(
            cached
            if cached is not None
            else _number(raw, "prompt_cache_hit_tokens", "cache_read_input_tokens", "cache_n")
        ),
        output_tokens=_integer(
            _number(raw, "completion_tokens", "output_tokens", "eval_count", "predicted_n")
        ),
        cost_usd=_number(raw, "cost", "total_cost"),
    )
    return None if usage == Usage() else usage


def estimate(input_tokens: int | None, chars: int) -> Usage:
    """What an answer of so many characters roughly took, when the provider did not say."""
    return Usage(input_tokens=input_tokens, output_tokens=-(-chars // CHARS_PER_TOKEN), estimated=True)


def price(backend: Backend | None, usage: Usage) -> float | None:
    """US dollars by the catalog's prices; None when a price or a count is unknown."""
    if (
        backend is None
        or backend.input_usd_per_mtok is None
        or backend.output_usd_per_mtok is None
        or usage.input_tokens is None
        or usage.output_tokens is None
    ):
        return None
    cached = min(usage.cached_tokens or 0, usage.input_tokens)
    cached_price = backend.cached_input_usd_per_mtok
    if cached_price is None:
        cached_price = backend.input_usd_per_mtok
    return (
        (usage.input_tokens - cached) * backend.input_usd_per_mtok
        + cached * cached_price
        + usage.output_tokens * backend.output_usd_per_mtok
    ) / 1_000_000


def _number(raw: Mapping[str, Any], *names: str) -> float | None:
    for name in names:
        value = raw.get(name)
        # Python reads infinity and "not a number" out of JSON; some say -1 for what they did not count.
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _MOST:
            return float(value)
    return None


def _integer(value: float | None) -> int | None:
    return None if value is None else int(value)
