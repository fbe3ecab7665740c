"""The catalog and the registry stay usable when the database or a text is not."""

from __future__ import annotations

import asyncio
import gzip
import json
from typing import Any

from smart_router.assets import read_asset
from smart_router.errors import StoreError
from smart_router.host.open_webui import AccessCache
from smart_router.ports import LiveModel
from smart_router.records import RegistryVersion
from smart_router.records.model_figures import LoadedFigures
from smart_router.registry import default_figures
from smart_router.runtime.catalog import CatalogKeeper
from tests.support.host import FakeHost

GOOD, BROKEN = "deny: [big]\n", "nonsense: 1\n"


class Loaded:
    """Tables of public figures, oldest first."""

    def __init__(self) -> None:
        self.contents: list[bytes | None] = []

    async def newest(self) -> int:
        return len(self.contents)

    async def current(self) -> LoadedFigures | None:
        return LoadedFigures(len(self.contents), "a file", self.contents[-1], 0.0, None)


class Saved:
    """Registry versions, oldest first; None is a database that does not answer."""

    def __init__(self, *texts: str, down: bool = False) -> None:
        self.texts, self.down = list(texts), down
        self.model_figures = Loaded()

    async def registry_version(self) -> int:
        if self.down:
            raise StoreError("the tables are not there")
        return len(self.texts)

    async def registry_history(self, limit: int = 50) -> list[RegistryVersion]:
        return [RegistryVersion(n, text, "", 0.0, None) for n, text in enumerate(self.texts, 1)][::-1]

    async def registry_current(self) -> RegistryVersion | None:
        return next(iter(await self.registry_history()), None)


def keeper(store: Saved) -> CatalogKeeper:
    host = FakeHost(LiveModel(id="big", name="Big"), LiveModel(id="small", name="Small"))
    saved: Any = store
    return CatalogKeeper(host, saved, AccessCache(host))


async def test_without_our_tables_there_is_a_catalog_all_the_same() -> None:
    found = await keeper(Saved(down=True)).ready()
    assert set(found.backends) == {"big", "small"}


async def test_a_registry_that_breaks_leaves_the_one_in_use() -> None:
    store = Saved(GOOD)
    kept = keeper(store)
    await kept.refresh()
    store.texts.append(BROKEN)
    await kept.refresh()
    assert kept.registry.deny == ("big",)
    assert (kept.registry_version, len(kept.issues)) == (2, 1)


async def test_after_a_start_too_a_broken_registry_leaves_the_last_good_one() -> None:
    kept = keeper(Saved("deny: [small]\n", GOOD, BROKEN, BROKEN))
    await kept.refresh()
    assert kept.registry.deny == ("big",)
    assert (kept.registry_version, len(kept.issues)) == (4, 1)
    assert not await kept.load_registry()


async def test_with_no_good_one_at_all_zero_configuration_answers() -> None:
    kept = keeper(Saved(BROKEN))
    assert set((await kept.ready()).backends) == {"big", "small"}
    assert kept.issues


def table(**changes: Any) -> bytes:
    """The carried table of figures with some of it changed."""
    return json.dumps(
        {**json.loads(gzip.decompress(read_asset("registry/figures.json.gz"))), **changes}
    ).encode()


async def test_loaded_figures_are_used_until_one_goes_back() -> None:
    store = Saved()
    kept = keeper(store)
    await kept.refresh()
    carried = kept.figures_in_use().date
    store.model_figures.contents.append(table(provenance={"date": "2031-05"}))
    await kept.refresh()
    assert kept.figures_in_use().date == "2031-05"
    assert await kept.load_figures() is False
    store.model_figures.contents.append(None)
    assert await kept.load_figures() is True
    assert kept.figures_in_use().date == carried


async def test_figures_of_a_form_that_is_not_known_leave_the_carried_ones() -> None:
    store = Saved()
    store.model_figures.contents.append(table(format=99))
    kept = keeper(store)
    await kept.refresh()
    assert kept.figures_in_use().date == default_figures().date
    assert set(kept.catalog.backends) == {"big", "small"}


async def test_a_look_that_never_ends_holds_up_no_chat_for_ever() -> None:
    class Hanging(FakeHost):
        hangs = True

        async def live_models(self) -> tuple[LiveModel, ...]:
            if self.hangs:
                await asyncio.Event().wait()
            return await super().live_models()

    host = Hanging(LiveModel(id="big", name="Big"))
    saved: Any = Saved()
    kept = CatalogKeeper(host, saved, AccessCache(host), look_s=0.01)
    assert not (await kept.ready()).backends
    host.hangs = False
    assert set((await kept.ready()).backends) == {"big"}
