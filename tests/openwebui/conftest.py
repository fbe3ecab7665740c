"""One real Open WebUI for all tests in this folder, and for each process that runs some of its files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.installation import Installation, installed


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("open_webui")) as installation:
        yield installation
    assert installation.own_errors() == []


@pytest.fixture
def smart(running: Installation) -> Installation:
    """The installation as it was installed: whatever the test before did is undone."""
    running.settle()
    return running
