"""Unit tests are many and small: what collecting them left behind is not walked through again and again."""

import gc

import pytest


def pytest_collection_finish(session: pytest.Session) -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)
