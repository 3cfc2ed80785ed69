"""Small real servers; the jars come from the user's cache, so they are fetched once per machine."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import platformdirs
import pytest

from app import local_neo4j
from app.local_neo4j import LocalNeo4jConfig, RunningServer

MakeConfig = Callable[[Path], LocalNeo4jConfig]


@pytest.fixture(scope="session")
def make_config() -> MakeConfig:
    """A configuration with little memory for a data directory."""
    smallest = LocalNeo4jConfig(
        data_dir=Path(),
        cache_dir=Path(platformdirs.user_cache_dir("loci")),
        heap_mebibytes=256,
        page_cache_mebibytes=32,
        start_timeout_seconds=120.0,
    )
    return lambda data_dir: replace(smallest, data_dir=data_dir)


@pytest.fixture(scope="module")
def config(make_config: MakeConfig, tmp_path_factory: pytest.TempPathFactory) -> LocalNeo4jConfig:
    """The instance that the tests of one module share."""
    return make_config(tmp_path_factory.mktemp("neo4j") / "data")


@pytest.fixture(scope="module")
def server(config: LocalNeo4jConfig) -> Iterator[RunningServer]:
    """Its server."""
    running = local_neo4j.start(config)
    try:
        yield running
    finally:
        running.stop()
