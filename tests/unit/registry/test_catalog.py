"""What Open WebUI lists and what the registry says → backends."""

from __future__ import annotations

from typing import Any

import pytest

from smart_router.ports import LiveModel
from smart_router.registry import Backend, Catalog, build_catalog, default_registry, parse_registry

NOW = 1_790_000_000.0


def ollama(model_id: str, **more: Any) -> LiveModel:
    return LiveModel(model_id, model_id, **({"provider": "ollama", "local": True} | more))


def hosted(model_id: str, **more: Any) -> LiveModel:
    return LiveModel(model_id, model_id, **more)


def build(*live: LiveModel, registry: str = "") -> Catalog:
    return build_catalog(live, parse_registry(registry), NOW, 7)


def one(model: LiveModel, registry: str = "") -> Backend:
    return build(model, registry=registry).backends[model.id]


# Who is a candidate


@pytest.mark.parametrize(
    "model",
    [
        LiveModel("smart_router.auto", "Smart", kind="pipe"),
        LiveModel("smart_router.auto", "Smart"),
        LiveModel("other.pipe", "Other", kind="pipe"),
        LiveModel("arena-model", "Arena", kind="arena"),
        ollama("nomic-embed-text", kind="embedding"),
        ollama("nomic-embed-text"),
        ollama("mxbai-embed-large:335m"),
        ollama("bge-m3:567m"),
        hosted("text-embedding-3-small"),
        hosted("dall-e-3", kind="image"),
        hosted("gpt-image-1"),
        hosted("whisper-1", kind="speech"),
        hosted("gpt-4o-mini-transcribe"),
        hosted("tts-1-hd"),
        hosted("omni-moderation-latest"),
        ollama("llama-guard3:8b"),
    ],
    ids=lambda m: f"{m.id} {m.kind}",
)
def test_what_cannot_answer_a_chat_is_never_a_candidate(model: LiveModel) -> None:
    assert list(build(model, hosted("gpt-4o")).backends) == ["gpt-4o"]


def test_a_preset_whose_chain_leads_to_us_is_never_a_candidate() -> None:
    catalog = build(
        hosted("gpt-4o"),
        LiveModel("smart_router.auto", "Smart", kind="pipe"),
        LiveModel("writer", "Writer", preset=True, base_model_id="smart_router.auto"),
        LiveModel("poet", "Poet", preset=True, base_model_id="writer"),
        LiveModel("gone", "Gone", preset=True, base_model_id="no-longer-there"),
        LiveModel("one", "One", preset=True, base_model_id="two"),
        LiveModel("two", "Two", preset=True, base_model_id="one"),
        LiveModel("piped", "Piped", preset=True, base_model_id="pipe"),
        LiveModel("pipe", "Pipe", kind="pipe"),
    )
    assert list(catalog.backends) == ["gpt-4o"]


def test_a_preset_has_its_bases_figures_and_says_that_it_is_one() -> None:
    pirate = LiveModel("pirate", "Pirate", preset=True, base_model_id="gpt-4o")
    backend = build(pirate, hosted("gpt-4o", connections=("c1",))).backends["pirate"]
    assert backend.preset
    assert backend.output_usd_per_mtok == 10.0
    assert backend.connections == ("c1",)


def test_a_presets_ollama_base_is_found_without_its_tag_as_open_webui_does() -> None:
    preset = LiveModel("helper", "Helper", preset=True, base_model_id="llama3.2")
    assert "helper" in build(preset, ollama("llama3.2:3b")).backends


# Zero configuration


def test_a_hosted_model_is_known_from_its_name_alone() -> None:
    backend = one(hosted("gpt-4o-mini"))
    assert not backend.local
    assert (backend.input_usd_per_mtok, backend.output_usd_per_mtok) == (0.15, 0.6)
    assert backend.cached_input_usd_per_mtok == 0.075
    assert backend.effective_context_tokens == 128_000
    assert {"vision", "tools"} <= backend.capabilities
    assert backend.quality_source == "rated"
    assert "quality" not in backend.guessed


def test_a_reasoning_model_refuses_a_temperature() -> None:
    assert {"temperature", "top_p", "max_tokens"} <= one(hosted("o3-mini")).refuses
    assert "temperature" in one(hosted("gpt-5")).refuses
    assert not one(hosted("gpt-4o")).refuses
    assert not one(hosted("gpt-5-chat-latest")).refuses


def test_ollamas_details_are_facts() -> None:
    backend = one(
        ollama(
            "mine:latest",
            details={
                "parameter_size": "27.4B",
                "quantization_level": "Q4_K_M",
                "family": "gemma3",
                "size": 17_000_000_000,
            },
        )
    )
    assert backend.size_b == 27.4
    assert backend.quantization == "Q4_K_M"
    assert backend.family == "gemma3"
    assert backend.size_bytes == 17_000_000_000
    assert "size_b" not in backend.guessed


def test_a_size_from_the_name_is_marked_as_guessed() -> None:
    backend = one(ollama("gemma3:27b"))
    assert backend.size_b == 27
    assert "size_b" in backend.guessed


@pytest.mark.parametrize(
    ("said", "size"), [("7B", 7), ("137M", 0.137), ("1.5b", 1.5), ("1T", 1000), ("", None), ("big", None)]
)
def test_parameter_sizes_are_read_in_every_unit(said: str, size: float | None) -> None:
    assert one(ollama("x", details={"parameter_size": said})).size_b == size


def test_what_nobody_knows_is_marked_as_guessed_and_still_usable() -> None:
    backend = one(hosted("company-assistant"))
    assert {"quality", "capabilities", "effective_context_tokens"} <= set(backend.guessed)
    assert backend.input_usd_per_mtok is None
    assert backend.effective_context_tokens
    assert 0 < backend.quality["coding"] < 1


def test_prices_of_resellers_are_marked_as_guessed() -> None:
    assert "input_usd_per_mtok" in one(hosted("meta-llama/Llama-3.3-70B-Instruct")).guessed


def test_eight_unknown_models_make_eight_backends() -> None:
    names = [
        "alpha",
        "beta:7b",
        "gamma-large",
        "delta-mini",
        "x/epsilon",
        "zeta.eta",
        "theta:latest",
        "iota-70b",
    ]
    catalog = build(*(hosted(name) for name in names))
    assert set(catalog.backends) == set(names)
    assert catalog.warnings == ()


# Local, context, capabilities


@pytest.mark.parametrize(
    ("model", "local"),
    [
        (ollama("llama3.2:3b"), True),
        (ollama("gpt-oss:120b-cloud"), False),
        (ollama("glm-4.6:cloud"), False),
        (ollama("mine", details={"remote_host": "https://ollama.com"}), False),
        (hosted("gpt-4o"), False),
        (hosted("qwen3", local=True), True),
        (ollama("llama3.2:3b", local=False), False),
    ],
    ids=lambda v: str(getattr(v, "id", v)),
)
def test_local_means_a_local_connection_and_no_cloud_mark(model: LiveModel, local: bool) -> None:
    assert one(model).local is local


def test_the_registry_has_the_last_word_on_local() -> None:
    assert one(hosted("gpt-4o"), "models: [{id: gpt-4o, local: true}]").local
    assert not one(ollama("llama3.2:3b"), "models: [{id: 'llama*', local: false}]").local


def test_the_context_is_what_ollama_really_reads() -> None:
    told = one(ollama("qwen2.5:3b", context_tokens=32_768))
    assert told.effective_context_tokens == 32_768
    assert "effective_context_tokens" not in told.guessed
    loaded = one(ollama("qwen2.5:3b", loaded=True, details={"context_length": 16_384}))
    assert loaded.effective_context_tokens == 16_384
    unknown = one(ollama("qwen2.5:7b"))
    assert unknown.effective_context_tokens == 4_096
    assert "effective_context_tokens" in unknown.guessed
    assert (unknown.context_tokens or 0) > 4_096
    raised = one(ollama("qwen2.5:7b"), "ollama_context_tokens: 8192")
    assert raised.effective_context_tokens == 8_192


def test_a_hosted_ollama_cloud_model_has_its_full_context() -> None:
    assert (one(ollama("gpt-oss:120b-cloud")).effective_context_tokens or 0) > 100_000


@pytest.mark.parametrize(
    ("model", "has", "lacks"),
    [
        ("llava:7b", {"vision"}, {"tools"}),
        ("llama3.2-vision:11b", {"vision"}, set()),
        ("gemma3:4b", {"vision"}, set()),
        ("gemma3:1b", set(), {"vision"}),
        ("qwen2.5vl:7b", {"vision"}, set()),
        ("llama3.1:8b", {"tools"}, {"vision"}),
        ("qwen2.5:3b", {"tools"}, {"vision"}),
        ("gemma:2b", set(), {"tools", "vision"}),
        ("phi3:3.8b", set(), {"vision"}),
        ("mistral-nemo:12b", {"tools"}, {"vision"}),
        ("moondream:1.8b", {"vision"}, {"tools"}),
        ("gemma:7b", set(), {"tools", "vision"}),
        ("gemma3:27b", {"vision"}, {"tools"}),
        ("codegemma:7b", set(), {"tools", "vision"}),
        ("llama3:8b", set(), {"vision"}),
        ("gemma4:12b", {"tools", "vision"}, set()),
    ],
)
def test_local_models_can_what_their_families_can(model: str, has: set[str], lacks: set[str]) -> None:
    abilities = one(ollama(model)).capabilities
    assert has <= abilities
    assert not lacks & abilities


def test_what_ollama_says_of_a_model_beats_what_its_name_suggests() -> None:
    backend = one(ollama("llava:7b", details={"capabilities": ["completion", "tools", "thinking"]}))
    assert backend.capabilities == {"tools", "reasoning"}
    assert "capabilities" not in backend.guessed


def test_an_unticked_capability_in_open_webui_is_a_statement_and_a_ticked_one_a_default() -> None:
    assert "vision" not in one(hosted("gpt-4o", capabilities={"vision": False})).capabilities
    assert "vision" not in one(hosted("o3-mini", capabilities={"vision": True})).capabilities
    assert "vision" in one(hosted("company-assistant", capabilities={"vision": True})).capabilities


def test_languages_of_small_old_models_are_known_and_marked_as_guessed() -> None:
    assert one(ollama("gemma:2b")).languages == {"en"}
    assert "languages" in one(ollama("gemma:2b")).guessed
    assert one(ollama("qwen2.5:3b")).languages == frozenset()
    assert "de" in one(ollama("llama3.1:8b")).languages


def test_local_models_cost_nothing_unless_the_registry_says_what_an_hour_costs() -> None:
    free = one(ollama("llama3.1:8b"))
    assert (free.input_usd_per_mtok, free.output_usd_per_mtok, free.usd_per_hour) == (0.0, 0.0, 0.0)
    assert one(ollama("llama3.1:8b"), "local_usd_per_hour: 0.4").usd_per_hour == 0.4
    priced = one(ollama("llama3.1:8b"), "models: [{id: llama3.1:8b, usd_per_hour: 2}]")
    assert priced.usd_per_hour == 2


# The registry


def test_later_entries_win_key_by_key() -> None:
    backend = one(
        hosted("gpt-4o"),
        """
models:
  - {id: "gpt-*", tags: [hosted], input_usd_per_mtok: 9, quality: {general: 0.5, coding: 0.6}}
  - {id: gpt-4o, input_usd_per_mtok: 1, quality: {coding: 0.9}}
""",
    )
    assert backend.input_usd_per_mtok == 1
    assert backend.tags == {"hosted"}
    assert backend.quality["coding"] == 0.9
    assert backend.quality["creative"] == 0.5
    assert backend.quality_source == "registry"


def test_what_the_registry_says_is_no_guess() -> None:
    backend = one(
        hosted("company-assistant"),
        """
models:
  - id: company-assistant
    context_tokens: 50000
    quality: {general: 0.4}
    capabilities: {tools: true}
    languages: [de]
""",
    )
    assert backend.guessed == ()
    assert backend.effective_context_tokens == 50_000
    assert backend.capabilities == {"tools"}
    assert backend.languages == {"de"}


def test_a_model_that_is_not_listed_now_stays_as_unavailable_with_a_warning() -> None:
    catalog = build(hosted("gpt-4o"), registry="models: [{id: my-model, local: true, size_b: 8}]")
    absent = catalog.backends["my-model"]
    assert (absent.available, absent.listed, absent.local, absent.size_b) == (False, False, True, 8)
    assert any("my-model" in warning and "unavailable" in warning for warning in catalog.warnings)
    back = build(hosted("gpt-4o"), ollama("my-model"), registry="models: [{id: my-model, size_b: 8}]")
    assert back.backends["my-model"].available
    assert back.warnings == ()


@pytest.mark.parametrize(
    "registry",
    [
        "models: [{id: 'claude-*'}]",
        "routes: {coding: {models: [nonesuch]}}",
        "routes: {coding: {models: {hard: ['tag:nonesuch']}}}",
        "rules: [{name: r, when: {images: true}, then: {model: nonesuch}}]",
        "groups: {g: {model: nonesuch}}",
        "aliases: {a: {model: nonesuch}}",
        "baseline: nonesuch",
    ],
)
def test_a_name_that_fits_no_model_is_a_warning_and_not_an_error(registry: str) -> None:
    (warning,) = build(hosted("gpt-4o"), registry=registry).warnings
    assert "nonesuch" in warning or "claude-*" in warning


def test_the_baseline_is_the_best_rated_hosted_backend_unless_the_registry_says() -> None:
    models = [hosted("gpt-4o-mini"), hosted("claude-opus-4-5"), ollama("llama3.1:8b")]
    assert build(*models).baseline == "claude-opus-4-5"
    assert build(*models, registry="baseline: gpt-4o-mini").baseline == "gpt-4o-mini"
    assert build(ollama("llama3.1:8b")).baseline is None


def test_a_catalog_knows_when_and_from_what_it_was_made() -> None:
    catalog = build(hosted("gpt-4o"))
    assert (catalog.built_at, catalog.registry_version) == (NOW, 7)


def test_an_empty_installation_makes_an_empty_catalog() -> None:
    assert build_catalog((), default_registry(), NOW).backends == {}


def test_hostile_details_do_no_harm() -> None:
    backend = one(
        ollama(
            "x",
            details={
                "parameter_size": ["7B"],
                "context_length": "many",
                "size": -1,
                "families": None,
                "capabilities": "all",
            },
        )
    )
    assert backend.size_b is None
    assert backend.size_bytes is None
