"""A catalog laid out in columns, so that a decision over a thousand backends is a few array operations.

Built once per catalog and registry, kept for the next request. Rows are in the order of their ids,
so the order in which Open WebUI lists models can make no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..registry.patterns import fits, is_glob
from ..registry.schema import ByComplexity, Registry, Wish
from ..registry.types import Backend, Catalog

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: What a local machine's time counts in the score while the registry gives no price for it: a
#: tie-breaker between free backends, for a busy machine makes others wait. Never in the records or
#: in a sentence.
SHADOW_USD_PER_HOUR = 0.03
#: Until something is observed. Hosted: typical of 2025's APIs. Local: a 7B model on a consumer GPU
#: makes some 50 tokens a second and reads some 1,500; both fall with the parameters in use. All
#: assumptions, replaced by what is observed.
HOSTED_TOKENS_PER_SECOND = 80.0
HOSTED_FIRST_TOKEN_S = 0.6
HOSTED_READING_TOKENS_PER_SECOND = 8_000.0
LOCAL_TOKENS_PER_SECOND_7B = 50.0
LOCAL_READING_TOKENS_PER_SECOND_7B = 1_500.0
LOCAL_FIRST_TOKEN_S = 0.15
#: A reasoning model thinks before it answers: so many times the visible answer, in tokens.
THINKING_FACTOR = 3.0
#: Loading from disk, in bytes per second, for a local model that is not in memory.
LOADING_BYTES_PER_SECOND = 1.0e9
LOADING_UNKNOWN_S = 5.0


class Table:
    """The columns of one catalog under one registry."""

    def __init__(self, catalog: Catalog, registry: Registry) -> None:
        self.catalog = catalog
        self.registry = registry
        self.backends: list[Backend] = [catalog.backends[i] for i in sorted(catalog.backends)]
        self.ids: list[str] = [b.id for b in self.backends]
        self.row: dict[str, int] = {b.id: n for n, b in enumerate(self.backends)}
        self.everywhere: Bools = np.ones(len(self.backends), dtype=np.bool_)
        self.nowhere: Bools = ~self.everywhere

        self.local = self._bools(lambda b: b.local)
        self.vision = self._bools(lambda b: "vision" in b.capabilities)
        self.tools = self._bools(lambda b: "tools" in b.capabilities)
        self.not_local, self.blind, self.without_tools = ~self.local, ~self.vision, ~self.tools
        self.context = self._floats(lambda b: b.effective_context_tokens or np.inf)
        self.maximum_context = self._floats(
            lambda b: (
                b.context_tokens or np.inf
                if "effective_context_tokens" in b.guessed
                else b.effective_context_tokens or np.inf
            )
        )
        self.context_guessed = self._bools(lambda b: "effective_context_tokens" in b.guessed)
        self.size = self._floats(lambda b: np.inf if b.size_b is None else b.size_b)
        self.unavailable = self._bools(lambda b: not (b.available and b.listed))
        self.denied = self._bools(lambda b: not self._allowed(b))
        self.persona = self._bools(lambda b: b.preset and not self._named(b))

        self.input_usd = self._floats(lambda b: (b.input_usd_per_mtok or 0.0) / 1e6)
        self.cached_usd = (
            self._floats(
                lambda b: (
                    (
                        b.input_usd_per_mtok
                        if b.cached_input_usd_per_mtok is None
                        else b.cached_input_usd_per_mtok
                    )
                    or 0.0
                )
            )
            / 1e6
        )
        self.output_usd = self._floats(lambda b: (b.output_usd_per_mtok or 0.0) / 1e6)
        self.usd_per_second = self._floats(lambda b: (b.usd_per_hour or 0.0) if b.local else 0.0) / 3600
        self.shadow_usd_per_second = (
            self._floats(lambda b: SHADOW_USD_PER_HOUR if b.local and not b.usd_per_hour else 0.0) / 3600
        )
        self.unpriced = self._bools(
            lambda b: not b.local and b.input_usd_per_mtok is None and b.output_usd_per_mtok is None
        )
        self.price_unknown = self._bools(
            lambda b: not b.local and (b.input_usd_per_mtok is None or b.output_usd_per_mtok is None)
        )
        self.some_unpriced = bool(self.unpriced.any())
        self.some_price_unknown = bool(self.price_unknown.any())
        self.first_token_s = self._floats(_first_token_s)
        self.seconds_per_token = self._floats(_seconds_per_token)
        self.seconds_per_read_token = self._floats(_seconds_per_read_token)
        self.output_factor = self._floats(
            lambda b: THINKING_FACTOR if "reasoning" in b.capabilities and b.refuses else 1.0
        )
        self.concurrency = self._floats(lambda b: float(b.max_concurrency or (4 if b.local else 32)))
        self._memo: dict[Any, Any] = {}

    def __len__(self) -> int:
        return len(self.backends)

    def _floats(self, read: Callable[[Backend], float]) -> Floats:
        return np.array([read(b) for b in self.backends], dtype=np.float64)

    def _bools(self, read: Callable[[Backend], bool]) -> Bools:
        return np.array([read(b) for b in self.backends], dtype=np.bool_)

    def _allowed(self, backend: Backend) -> bool:
        registry = self.registry
        if any(fits(pattern, backend.id) for pattern in registry.deny):
            return False
        if registry.allow is not None and not any(fits(pattern, backend.id) for pattern in registry.allow):
            return False
        enabled = [
            m.enabled for m in registry.models if "enabled" in m.model_fields_set and fits(m.id, backend.id)
        ]
        return enabled[-1] if enabled else True

    def _named(self, backend: Backend) -> bool:
        """A preset is somebody's persona, and answers only where the registry names it."""
        named = {m.id for m in self.registry.models} | set(self.registry.allow or ())
        for route in self.registry.routes.values():
            models = route.models
            named.update(
                (*models.simple, *models.medium, *models.hard) if isinstance(models, ByComplexity) else models
            )
        wishes: list[Wish] = [r.then for r in self.registry.rules]
        wishes += [*self.registry.groups.values(), *self.registry.aliases.values()]
        wishes += [*self.registry.variants.values()]
        named.update(w.model for w in wishes if w.model)
        return backend.id in named

    def remember(self, key: Any, make: Callable[[], Any]) -> Any:
        """A value that depends on this table and `key` alone, made once."""
        try:
            return self._memo[key]
        except KeyError:
            if len(self._memo) > 2_000:
                self._memo.clear()
            return self._memo.setdefault(key, make())

    def quality(self, route_name: str) -> Floats:
        """Quality 0…1 for this kind of work, one per row."""

        def make() -> Floats:
            return self._floats(lambda b: b.quality.get(route_name, b.quality.get("general", 0.5)))

        found: Floats = self.remember(("quality", route_name), make)
        return found

    def speaks(self, language: str) -> Bools:
        found: Bools = self.remember(
            ("speaks", language), lambda: self._bools(lambda b: not b.languages or language in b.languages)
        )
        return found

    def fitting(self, patterns: Iterable[str]) -> Bools:
        """The rows that any of these names (id, glob, `tag:WORD`) means."""
        wanted = tuple(patterns)
        found: Bools = self.remember(
            ("fitting", wanted), lambda: self._bools(lambda b: any(means(p, b) for p in wanted))
        )
        return found

    def order(self, patterns: tuple[str, ...]) -> Floats:
        """The place of each row in an ordered list of names; inf for those not in it."""

        def place(backend: Backend) -> float:
            return next((float(n) for n, p in enumerate(patterns) if means(p, backend)), np.inf)

        found: Floats = self.remember(("order", patterns), lambda: self._floats(place))
        return found

    def accessible(self, ids: frozenset[str] | None) -> Bools:
        if ids is None:
            return self.everywhere
        found: Bools = self.remember(("access", ids), lambda: self._bools(lambda b: b.id in ids))
        return found


def means(pattern: str, backend: Backend) -> bool:
    """Whether a registry's name for models (id, glob, `tag:WORD`) includes this backend."""
    if pattern.startswith("tag:"):
        return pattern[4:] in backend.tags
    if is_glob(pattern):
        return fits(pattern, backend.id)
    return pattern.lower() == backend.id.lower()


def _in_use_b(backend: Backend) -> float:
    return backend.active_b or backend.size_b or 7.0


def _first_token_s(backend: Backend) -> float:
    if backend.first_token_ms is not None:
        return backend.first_token_ms / 1000
    if not backend.local:
        return HOSTED_FIRST_TOKEN_S
    wait = LOCAL_FIRST_TOKEN_S
    if backend.provider == "ollama" and backend.loaded is False:
        wait += backend.size_bytes / LOADING_BYTES_PER_SECOND if backend.size_bytes else LOADING_UNKNOWN_S
    return wait


def _seconds_per_token(backend: Backend) -> float:
    if backend.tokens_per_second is not None:
        return 1 / backend.tokens_per_second
    if not backend.local:
        return 1 / HOSTED_TOKENS_PER_SECOND
    return float((_in_use_b(backend) / 7) ** 0.8) / LOCAL_TOKENS_PER_SECOND_7B


def _seconds_per_read_token(backend: Backend) -> float:
    if not backend.local:
        return 1 / HOSTED_READING_TOKENS_PER_SECOND
    return (_in_use_b(backend) / 7) / LOCAL_READING_TOKENS_PER_SECOND_7B


_tables: tuple[Table, ...] = ()


def table_for(catalog: Catalog, registry: Registry) -> Table:
    """The table of this very catalog and registry; the last few are kept."""
    global _tables
    for table in _tables:
        if table.catalog is catalog and table.registry is registry:
            return table
    table = Table(catalog, registry)
    _tables = (table, *_tables[:3])
    return table
