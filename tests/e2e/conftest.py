"""Starts the real command as a user would, each time on directories of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.command import LociProcess


@pytest.fixture(scope="module")
def loci(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LociProcess]:
    """A running service that the tests of one module share; its tenant's key was set before the start."""
    process = LociProcess(data_dir=tmp_path_factory.mktemp("e2e") / "data", api_key="key-of-the-e2e-tests")
    process.start()
    try:
        yield process
    finally:
        process.stop()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data directory that does not exist yet."""
    return tmp_path / "data"
