"""The catalog and the registry stay usable when the database or a text is not."""

from __future__ import annotations

from typing import Any

from smart_router.errors import StoreError
from smart_router.ports import LiveModel
from smart_router.records import RegistryVersion
from smart_router.runtime.catalog import CatalogKeeper

GOOD, BROKEN = "deny: [big]\n", "nonsense: 1\n"


class Host:
    def models_seen(self) -> int:
        return 1

    async def live_models(self) -> tuple[LiveModel, ...]:
        return (LiveModel(id="big", name="Big"), LiveModel(id="small", name="Small"))


class Saved:
    """Registry versions, oldest first; None is a database that does not answer."""

    def __init__(self, *texts: str, down: bool = False) -> None:
        self.texts, self.down = list(texts), down

    async def registry_version(self) -> int:
        if self.down:
            raise StoreError("the tables are not there")
        return len(self.texts)

    async def registry_history(self, limit: int = 50) -> list[RegistryVersion]:
        return [RegistryVersion(n, text, "", 0.0, None) for n, text in enumerate(self.texts, 1)][::-1]

    async def registry_current(self) -> RegistryVersion | None:
        return next(iter(await self.registry_history()), None)


class Access:
    def forget(self) -> None:
        pass


def keeper(store: Saved) -> CatalogKeeper:
    parts: tuple[Any, ...] = (Host(), store, Access())
    return CatalogKeeper(*parts)


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
