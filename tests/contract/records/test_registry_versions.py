"""Registry versions: the newest is the truth, nothing is overwritten. Same on both databases."""

from __future__ import annotations

import asyncio

import pytest

from smart_router.records import RegistryConflict, Store


async def test_with_none_saved_there_is_no_version(store: Store) -> None:
    assert await store.registry_current() is None
    assert await store.registry_version() == 0
    assert await store.registry_history() == []


async def test_each_save_is_a_new_version_and_the_newest_counts(store: Store) -> None:
    await store.registry_save("a: 1", "first", "ann")
    saved = await store.registry_save("a: 2", "second", "bob")
    assert saved.version == 2
    assert await store.registry_current() == saved
    assert await store.registry_version() == 2
    assert [(v.version, v.comment, v.saved_by) for v in await store.registry_history()] == [
        (2, "second", "bob"),
        (1, "first", "ann"),
    ]
    old = await store.registry_get(1)
    assert old is not None
    assert old.text == "a: 1"
    for absent in (9, 0, 2**31, 2**64):
        assert await store.registry_get(absent) is None


async def test_a_text_based_on_an_older_version_is_refused(store: Store) -> None:
    await store.registry_save("a: 1", expected_version=0)
    await store.registry_save("a: 2", expected_version=1)
    with pytest.raises(RegistryConflict, match="version 2") as conflict:
        await store.registry_save("a: 3", expected_version=1)
    assert conflict.value.current == 2
    assert await store.registry_version() == 2


async def test_of_two_who_save_at_once_on_the_same_version_one_is_refused(store: Store) -> None:
    results = await asyncio.gather(
        *(store.registry_save(f"a: {i}", expected_version=0) for i in range(5)), return_exceptions=True
    )
    assert sum(isinstance(result, RegistryConflict) for result in results) == 4
    assert await store.registry_version() == 1


async def test_saves_at_once_without_an_expectation_all_get_a_version(store: Store) -> None:
    saved = await asyncio.gather(*(store.registry_save(f"a: {i}") for i in range(5)))
    assert sorted(version.version for version in saved) == [1, 2, 3, 4, 5]
