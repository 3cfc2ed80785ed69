"""A repository of two files, closed after each test."""

from collections.abc import Iterator

import pytest

from tests.unit.local_neo4j.maven_repository import MavenRepository

FILES = {"org/one/1/one-1.jar": b"one" * 50_000, "org/two/1/two-1.jar": b"two" * 70_000}


@pytest.fixture
def repository() -> Iterator[MavenRepository]:
    served = MavenRepository(FILES)
    try:
        yield served
    finally:
        served.close()
