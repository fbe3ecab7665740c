"""The models that the demo servers pretend to have: real names, real limits, different speeds."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Literal

ServerName = Literal["openai", "ollama"]


@dataclass(frozen=True, slots=True)
class DemoModel:
    """One simulated model.

    `first_token_ms` and `tokens_per_second` hold at pace 1. Prices are US dollars per million
    tokens; `reports_cost` puts the money into `usage.cost`, as OpenRouter does. `tools` False means
    that offered tools are ignored (the fault `no_tools` refuses them instead). `size_bytes`,
    `parameters`, `quantization` and `family` are what Ollama says of a model.
    """

    id: str
    server: ServerName
    context_tokens: int
    first_token_ms: float
    tokens_per_second: float
    vision: bool = False
    tools: bool = False
    reasoning: bool = False
    embedding: bool = False
    reports_cost: bool = False
    input_usd_per_mtok: float = 0.0
    output_usd_per_mtok: float = 0.0
    owner: str = "system"
    family: str = ""
    parameters: str = ""
    quantization: str = ""
    size_bytes: int = 0
    dimensions: int = 0


HOSTED = (
    DemoModel(
        "gpt-4o-mini", "openai", 128_000, 250, 90, vision=True, tools=True,
        input_usd_per_mtok=0.15, output_usd_per_mtok=0.60,
    ),
    DemoModel(
        "gpt-4.1-nano", "openai", 1_047_576, 200, 140, vision=True, tools=True,
        input_usd_per_mtok=0.10, output_usd_per_mtok=0.40,
    ),
    DemoModel(
        "gpt-4o", "openai", 128_000, 450, 60, vision=True, tools=True,
        input_usd_per_mtok=2.50, output_usd_per_mtok=10.00,
    ),
    DemoModel(
        "o3-mini", "openai", 200_000, 1500, 80, tools=True, reasoning=True,
        input_usd_per_mtok=1.10, output_usd_per_mtok=4.40,
    ),
    DemoModel(
        "meta-llama/llama-3.3-70b-instruct", "openai", 131_072, 350, 120, tools=True, reports_cost=True,
        input_usd_per_mtok=0.12, output_usd_per_mtok=0.30, owner="meta-llama",
    ),
    DemoModel(
        "text-embedding-3-small", "openai", 8_191, 60, 1000, embedding=True,
        input_usd_per_mtok=0.02, dimensions=1536,
    ),
)  # fmt: skip

LOCAL = (
    DemoModel(
        "gemma:2b", "ollama", 8_192, 150, 70,
        family="gemma", parameters="2.5B", quantization="Q4_0", size_bytes=1_678_456_656,
    ),
    DemoModel(
        "phi3:3.8b", "ollama", 4_096, 200, 55,
        family="phi3", parameters="3.8B", quantization="Q4_0", size_bytes=2_176_178_913,
    ),
    DemoModel(
        "qwen2.5:3b", "ollama", 32_768, 180, 60, tools=True,
        family="qwen2", parameters="3.1B", quantization="Q4_K_M", size_bytes=1_929_912_432,
    ),
    DemoModel(
        "mistral:7b", "ollama", 8_192, 350, 30, tools=True,
        family="llama", parameters="7.2B", quantization="Q4_K_M", size_bytes=4_372_824_384,
    ),
    DemoModel(
        "nomic-embed-text:latest", "ollama", 2_048, 30, 1000, embedding=True,
        family="nomic-bert", parameters="137M", quantization="F16", size_bytes=274_302_450, dimensions=768,
    ),
)  # fmt: skip

MODELS: tuple[DemoModel, ...] = HOSTED + LOCAL


def numbered(count: int) -> tuple[DemoModel, ...]:
    """`count` further hosted models (`demo-001`, …), for trying an installation with many."""
    return tuple(
        DemoModel(f"demo-{n:03}", "openai", 32_768, 200, 80, input_usd_per_mtok=1.0, output_usd_per_mtok=2.0)
        for n in range(1, count + 1)
    )


class ModelList:
    """The models of one server, found by the names that clients use for them.

    Those whose ids are in `withdrawn` are not there for now.
    """

    def __init__(
        self, server: ServerName, models: tuple[DemoModel, ...], withdrawn: Set[str] = frozenset()
    ) -> None:
        self.server = server
        self._by_id = {model.id: model for model in models if model.server == server}
        self._withdrawn = withdrawn

    def __iter__(self) -> Iterator[DemoModel]:
        return (model for model in self._by_id.values() if model.id not in self._withdrawn)

    def find(self, name: object) -> DemoModel | None:
        """The model of that name; `:latest` may be left out, as with Ollama."""
        found = self._by_id.get(str(name)) or self._by_id.get(f"{name}:latest")
        return None if found is None or found.id in self._withdrawn else found
