"""Unit tests are many and small: what collecting them made is not walked through again and again."""

import gc

import pytest

gc.set_threshold(50_000, 50, 50)


def pytest_collection_finish(session: pytest.Session) -> None:
    gc.freeze()
