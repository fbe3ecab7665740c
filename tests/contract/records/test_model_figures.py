"""Loaded tables of public figures: the newest holds, none is lost, nobody's name stays. On both databases."""

from __future__ import annotations

import asyncio

from smart_router.records import Store


async def test_the_newest_holds_and_going_back_is_one_too(store: Store) -> None:
    assert await store.model_figures.current() is None
    assert await store.model_figures.newest() == 0
    first = await store.model_figures.save(b"\x00\xff", "https://figures.example/table", "ann")
    assert (first.version, first.content, first.saved_by) == (1, b"\x00\xff", "ann")
    assert await store.model_figures.current() == first
    await store.model_figures.save(None, "the library", "bob")
    current = await store.model_figures.current()
    assert current is not None
    assert (current.version, current.content, current.source) == (2, None, "the library")
    assert await store.model_figures.newest() == 2


async def test_saves_at_once_all_get_a_version(store: Store) -> None:
    saved = await asyncio.gather(*(store.model_figures.save(b"x", "a file", None) for _ in range(4)))
    assert sorted(loaded.version for loaded in saved) == [1, 2, 3, 4]


async def test_who_saved_is_forgotten_with_the_person(store: Store) -> None:
    await store.model_figures.save(b"x", "a file", "ann")
    await store.anonymise_user("ann")
    current = await store.model_figures.current()
    assert current is not None
    assert current.saved_by is None
