"""Where the tests get a real Neo4j from, in this order: the one given, a container, the local jars.

There is always one, or the tests fail and say why; they are never skipped for want of a database.
"""

import gc
import os
import tempfile
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from app import local_neo4j, settings, wiring

IMAGE = f"neo4j:{local_neo4j.NEO4J_VERSION}"
_PASSWORD = "password-of-the-tests"


@dataclass(frozen=True, slots=True, kw_only=True)
class TestDatabase:
    """A Neo4j that the tests may fill and empty; `origin` says where it came from."""

    __test__ = False

    uri: str
    username: str
    password: str = field(repr=False)
    origin: str


def is_given() -> bool:
    """Whether there is a database that the tests have to share."""
    return bool(os.environ.get("NEO4J_TEST_URI"))


@contextmanager
def provided() -> Generator[TestDatabase]:
    """The database of this test run. Raises: StartupError when none can be had."""
    if is_given():
        yield TestDatabase(
            uri=os.environ["NEO4J_TEST_URI"],
            username=os.environ.get("NEO4J_TEST_USERNAME", "neo4j"),
            password=os.environ.get("NEO4J_TEST_PASSWORD", ""),
            origin="NEO4J_TEST_URI",
        )
    elif _docker_answers():
        with _container() as database:
            yield database
    else:
        with local_server() as database:
            yield database


@contextmanager
def local_server() -> Generator[TestDatabase]:
    """A server of our own from the local jars, ended and removed with the context. Raises: StartupError."""
    with tempfile.TemporaryDirectory(prefix="loci-tests-") as directory:
        config = replace(
            wiring.local_config(settings.load(data_dir=Path(directory) / "data")),
            heap_mebibytes=512,
            page_cache_mebibytes=128,
            bolt_port=None,
            http_port=None,
        )
        server = local_neo4j.start(config)
        try:
            yield TestDatabase(
                uri=server.bolt_uri,
                username=server.username,
                password=server.password,
                origin="the local jars",
            )
        finally:
            server.stop()


def _docker_answers() -> bool:
    import docker
    from docker.errors import DockerException

    with warnings.catch_warnings():
        # The client leaves its socket to the garbage collector when nobody answers.
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            docker.from_env(timeout=5).close()
        except DockerException:
            return False
        finally:
            gc.collect()
    return True


@contextmanager
def _container() -> Generator[TestDatabase]:
    from testcontainers.community.neo4j import Neo4jContainer

    with Neo4jContainer(IMAGE, password=_PASSWORD) as container:
        yield TestDatabase(
            uri=container.get_connection_url(),
            username=container.username,
            password=container.password,
            origin=f"the container {IMAGE}",
        )
