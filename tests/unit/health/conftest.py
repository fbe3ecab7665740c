"""Health over a state in memory."""

from __future__ import annotations

import pytest

from smart_router.health import Health
from smart_router.state import MemoryState

from .acts import Time


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def state(time: Time) -> MemoryState:
    return MemoryState(time)


@pytest.fixture
def health(state: MemoryState, time: Time) -> Health:
    return Health(state, time)
