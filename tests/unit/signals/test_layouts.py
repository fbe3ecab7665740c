"""Layouts are found in long shapes as in short ones."""

from __future__ import annotations

import random

import pytest

from smart_router.signals.sensitive import shapes
from smart_router.signals.sensitive.shapes import Layouts, places, shape_of

LITERALS = (b"ddd-dd-dddd", b"dddddddd", b"A-ddddddd-A", b"d dd dd", b"dddddd+dddd", b"AdddA", b"dd.ddd")


@pytest.mark.parametrize("seed", range(20))
def test_a_prepared_shape_has_the_same_places(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(seed)
    pieces = [
        "123-45-6789",
        "12345678",
        "X-1234567-L",
        "1 22 33",
        "123456+7890",
        "A123B",
        "12.345",
        "é",
        "\n",
    ]
    text = "".join(dice.choice([*pieces, " ", " ", "-", "7", "a", "_", "."]) for _ in range(400))
    shape = shape_of(text)
    monkeypatch.setattr(shapes, "_LONG", 0)
    prepared = Layouts(shape)
    assert prepared.prepared
    found = {literal: list(prepared.places(literal)) for literal in LITERALS}
    assert found == {literal: list(places(shape, literal)) for literal in LITERALS}
    assert any(found.values())


def test_a_layout_at_either_end_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "_LONG", 0)
    assert list(Layouts(b"ddd-dd-dddd").places(b"ddd-dd-dddd")) == [0]
    assert list(Layouts(b"xx ddd-dd-dddd").places(b"ddd-dd-dddd")) == [3]
    assert list(Layouts(b"ddd-dd-ddd").places(b"ddd-dd-dddd")) == []
