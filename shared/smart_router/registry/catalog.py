"""Open WebUI's live models and the registry → the Catalog.

What the registry says wins, then what Open WebUI and Ollama say, then the table of figures, then
what the name suggests; everything of the last two that nobody told us for certain is marked as
guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..ports import LiveModel
from . import kinds
from .figures import Facts, Figures, default_figures
from .names import Identity, identify
from .patterns import fits, is_glob
from .schema import Model, Registry
from .types import Backend, Catalog

OURS = "smart_router"


def build_catalog(
    live: Sequence[LiveModel],
    registry: Registry,
    now: float,
    registry_version: int = 0,
    figures: Figures | None = None,
) -> Catalog:
    """All backends that may answer a chat, as of `now` (epoch seconds).

    Left out: our own models, presets that lead to them, other pipes, arena, embedding, image and
    speech models. A model that the registry names and Open WebUI does not list is in it with
    `available=False`, and is warned of.
    """
    figures = figures or default_figures()
    by_id = {model.id: model for model in live}
    backends: dict[str, Backend] = {}
    for model in live:
        base = _base(model, by_id)
        if base is not None and _may_answer(model, base):
            backends[model.id] = _backend(model, base, registry, figures)
    warnings: list[str] = []
    for entry in registry.models:
        if is_glob(entry.id):
            if not any(fits(entry.id, backend) for backend in backends):
                warnings.append(f"The registry's models {entry.id!r} fit no model that Open WebUI lists now.")
        elif entry.id not in backends:
            warnings.append(_missing(entry.id, by_id))
            absent = LiveModel(entry.id, entry.id, local=bool(entry.local))
            backends[entry.id] = _backend(absent, absent, registry, figures, listed=False)
    warnings += _unknown_names(registry, backends)
    baseline = _baseline(registry, backends)
    if registry.baseline and baseline is None:
        warnings.append(f"The baseline {registry.baseline!r} is not a model that Open WebUI lists now.")
    return Catalog(
        backends=backends,
        baseline=baseline,
        registry_version=registry_version,
        built_at=now,
        warnings=tuple(warnings),
    )


def _is_ours(model_id: str) -> bool:
    return model_id == OURS or model_id.startswith(f"{OURS}.")


def _base(model: LiveModel, by_id: Mapping[str, LiveModel]) -> LiveModel | None:
    """The model at the end of a preset's chain; None when it leads to us, nowhere, or round in a circle."""
    seen: set[str] = set()
    while model.base_model_id:
        if model.id in seen or _is_ours(model.base_model_id):
            return None
        seen.add(model.id)
        found = by_id.get(model.base_model_id) or _by_base_name(model.base_model_id, by_id)
        if found is None:
            return None
        model = found
    return None if _is_ours(model.id) or (model.preset and not model.base_model_id) else model


def _by_base_name(wanted: str, by_id: Mapping[str, LiveModel]) -> LiveModel | None:
    # Open WebUI finds a preset's Ollama base by its name without the tag, too.
    name = wanted.partition(":")[0]
    for model in by_id.values():
        if model.provider == "ollama" and not model.preset and model.id.partition(":")[0] == name:
            return model
    return None


def _may_answer(model: LiveModel, base: LiveModel) -> bool:
    return model.kind == "chat" and base.kind == "chat" and kinds.answers_chats(identify(base.id).key)


def _missing(model_id: str, by_id: Mapping[str, LiveModel]) -> str:
    if model_id in by_id or _is_ours(model_id):
        return (
            f"The registry's model {model_id!r} is in Open WebUI, but is no backend that can answer a chat."
        )
    return f"The registry's model {model_id!r} is not listed by Open WebUI now; it is kept, as unavailable."


def _unknown_names(registry: Registry, backends: Mapping[str, Backend]) -> Iterable[str]:
    """Names in routes, rules, aliases, … that fit nothing."""
    tags = {tag for backend in backends.values() for tag in backend.tags}
    named: list[tuple[str, str]] = []
    for name, route in registry.routes.items():
        lists = (
            [route.models]
            if isinstance(route.models, tuple)
            else [route.models.simple, route.models.medium, route.models.hard]
        )
        named += [(f"route {name}", model) for models in lists for model in models]
    wishes: list[tuple[str, Any]] = [(f"rule {rule.name!r}", rule.then) for rule in registry.rules]
    wishes += [(f"group {name!r}", group) for name, group in registry.groups.items()]
    wishes += [(f"alias @{name}", alias) for name, alias in registry.aliases.items()]
    wishes += [(f"variant {name}", variant) for name, variant in registry.variants.items()]
    named += [(where, wish.model) for where, wish in wishes if wish.model]
    for where, model in named:
        known = model[4:] in tags if model.startswith("tag:") else any(fits(model, b) for b in backends)
        if not known:
            yield f"The registry's {where} names {model!r}, which is no model that Open WebUI lists now."


def _baseline(registry: Registry, backends: Mapping[str, Backend]) -> str | None:
    if registry.baseline:
        known = backends.get(registry.baseline)
        return known.id if known and known.listed else None
    hosted = [b for b in backends.values() if not b.local and b.available and not b.preset]
    priced = [b for b in hosted if b.output_usd_per_mtok is not None] or hosted
    best = max(priced, key=lambda b: (b.quality.get("general", 0.0), b.id), default=None)
    return best.id if best else None


def _backend(
    model: LiveModel, base: LiveModel, registry: Registry, figures: Figures, listed: bool = True
) -> Backend:
    identity = identify(base.id)
    told = _merged(registry.models, model.id)
    details = base.details
    guessed: list[str] = []
    facts = figures.facts(identity)

    local = told.local if told.local is not None else base.local and not _is_cloud(identity, details)
    size = _pick(told.size_b, _parameter_size(details.get("parameter_size")))
    if size is None and identity.size_b is not None:
        size = identity.size_b
        guessed.append("size_b")
    rated = figures.rated(identity, size)
    quality, source = dict(rated.quality), rated.how
    if told.quality:
        quality = _told_quality(told.quality, quality)
        source = "registry"
    elif rated.how != "rated":
        guessed.append("quality")

    context = _whole(
        details.get("context_length"), details.get("max_model_len"), details.get("context_window")
    )
    maximum = context or (facts.context_tokens if facts else None)
    effective = told.context_tokens or model.context_tokens or base.context_tokens
    if effective is None:
        effective, sure = _effective_context(base, local, context, maximum, registry)
        if not sure:
            guessed.append("effective_context_tokens")
    if maximum is None or maximum < effective:
        maximum = effective

    abilities, sure = _capabilities(model, base, identity, facts)
    if not sure and not told.capabilities:
        guessed.append("capabilities")
    abilities = (abilities | {c for c, has in told.capabilities.items() if has}) - {
        c for c, has in told.capabilities.items() if not has
    }
    known_languages = (
        frozenset(told.languages) if told.languages is not None else kinds.languages(identity.key)
    )
    if told.languages is None and known_languages:
        guessed.append("languages")
    prices = _prices(told, local, facts, guessed)
    return Backend(
        id=model.id,
        name=model.name,
        provider=base.provider,
        connections=base.connections,
        local=local,
        family=str(details["family"]) if details.get("family") else identity.family,
        quantization=str(details["quantization_level"])
        if details.get("quantization_level")
        else identity.quantization,
        size_b=size,
        active_b=_pick(told.active_b, identity.active_b),
        size_bytes=_whole(details.get("size")),
        loaded=base.loaded,
        context_tokens=maximum,
        effective_context_tokens=effective,
        max_output_tokens=told.max_output_tokens or (facts.max_output_tokens if facts else None),
        input_usd_per_mtok=prices[0],
        cached_input_usd_per_mtok=prices[1],
        output_usd_per_mtok=prices[2],
        usd_per_hour=_pick(told.usd_per_hour, registry.local_usd_per_hour) if local else None,
        capabilities=frozenset(abilities),
        languages=known_languages,
        quality=quality,
        quality_source=source,
        tags=frozenset(told.tags),
        guessed=tuple(guessed),
        available=listed,
        preset=model.preset or model.base_model_id is not None,
        listed=listed,
        refuses=kinds.refuses(identity.key) | frozenset(told.refuses),
        administrator_parameters=model.administrator_parameters | base.administrator_parameters,
        max_concurrency=told.max_concurrency,
        first_token_ms=told.first_token_ms,
        tokens_per_second=told.tokens_per_second,
    )


_NOTHING_SAID = Model(id="*")


def _merged(entries: Sequence[Model], model_id: str) -> Model:
    """All that the registry says of one model: later entries win, key by key."""
    if not any(fits(entry.id, model_id) for entry in entries):
        return _NOTHING_SAID
    said: dict[str, Any] = {"id": model_id}
    for entry in entries:
        if fits(entry.id, model_id):
            for key in entry.model_fields_set - {"id"}:
                value = getattr(entry, key)
                if isinstance(value, dict):
                    value = {**said.get(key, {}), **value}
                said[key] = value
    return Model.model_construct(**said)


def _pick(*values: float | None) -> float | None:
    return next((value for value in values if value is not None), None)


def _whole(*values: Any) -> int | None:
    for value in values:
        # A provider may list anything, infinity too.
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 2**63:
            return int(value)
    return None


_PARAMETER_SIZE = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*([BMKT])\s*$", re.IGNORECASE)


def _parameter_size(said: Any) -> float | None:
    """Ollama's "27.4B" or "137M", in billions."""
    match = _PARAMETER_SIZE.match(str(said or ""))
    if not match:
        return None
    value = float(match[1]) * {"T": 1000.0, "B": 1.0, "M": 0.001, "K": 0.000001}[match[2].upper()]
    return round(value, 4) or None


def _is_cloud(identity: Identity, details: Mapping[str, Any]) -> bool:
    """Ollama lists models that run on its own servers as if they were here."""
    return identity.cloud or bool(details.get("remote_host") or details.get("remote_model"))


def _told_quality(told: Mapping[Any, float], known: Mapping[str, float]) -> dict[str, float]:
    general = told.get("general")
    return {intent: told.get(intent, general if general is not None else q) for intent, q in known.items()}


def _effective_context(
    base: LiveModel, local: bool, said: int | None, maximum: int | None, registry: Registry
) -> tuple[int, bool]:
    """What is really read, and whether somebody told us so."""
    if base.provider == "ollama" and local:
        if base.loaded and said:
            return said, True
        return min(maximum or registry.ollama_context_tokens, registry.ollama_context_tokens), False
    if maximum:
        return maximum, said is not None
    # Models served today read at least this much; smaller ones are old or small local ones.
    return 32_768 if not local else 8_192, False


def _capabilities(
    model: LiveModel, base: LiveModel, identity: Identity, facts: Facts | None
) -> tuple[set[str], bool]:
    listed = base.details.get("capabilities")
    if isinstance(listed, list | tuple) and listed:
        known = {{"thinking": "reasoning"}.get(str(c), str(c)) for c in listed} & {
            "vision",
            "tools",
            "reasoning",
        }
        return known, True
    told = base.details.get("families")
    families = told if isinstance(told, list | tuple) else ()
    sure = facts is not None and facts.exact and bool(facts.capabilities)
    abilities = set(facts.capabilities) if facts else set()
    # Price lists leave capabilities out, resellers' most of all; what the family can do, they serve.
    family = kinds.capabilities(identity.key)
    abilities |= family & {"tools"} if sure else family
    if base.provider == "ollama" and "tools" not in family:
        # What a provider serves with tools, Ollama may not: it has them for certain families only.
        abilities.discard("tools")
    if "clip" in families or "mllama" in families:
        abilities.add("vision")
    if not sure and not base.local and base.provider == "openai" and not abilities:
        # A hosted model that no table knows is a new one, and new ones take tools.
        abilities.add("tools")
    for source in (base, model):
        # Open WebUI's own form ticks every capability: an unticked one is a statement, a ticked
        # one only where nobody knows better.
        if source.capabilities.get("vision") is False:
            abilities.discard("vision")
        elif source.capabilities.get("vision") and not sure and base.provider == "openai":
            abilities.add("vision")
    return abilities, sure


def _prices(
    told: Model, local: bool, facts: Facts | None, guessed: list[str]
) -> tuple[float | None, float | None, float | None]:
    """Input, cached input and output, in US dollars per million tokens."""
    into, cached, out = told.input_usd_per_mtok, told.cached_input_usd_per_mtok, told.output_usd_per_mtok
    if local:
        return into or 0.0, cached if cached is not None else into or 0.0, out or 0.0
    if into is None and out is None and facts:
        if (
            facts.input_usd_per_mtok is not None or facts.output_usd_per_mtok is not None
        ) and not facts.exact:
            guessed += ["input_usd_per_mtok", "output_usd_per_mtok"]
        into, out = facts.input_usd_per_mtok, facts.output_usd_per_mtok
        cached = cached if cached is not None else facts.cached_input_usd_per_mtok
    if cached is None:
        cached = into
    return into, cached, out
