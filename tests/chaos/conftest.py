"""A server of its own: nobody else's chats are in its records, its log and its memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.connections import function
from tests.support.installation import Installation, installed

from .probe import SOURCE


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("chaos")) as installation:
        with function(installation, "probe", SOURCE):
            yield installation
        assert installation.own_errors() == []


@pytest.fixture
def smart(running: Installation) -> Installation:
    running.settle()
    return running
