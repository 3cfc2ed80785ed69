"""The committed lock is complete and names no host."""

import re

from app.local_neo4j import artifacts
from app.local_neo4j.config import NEO4J_VERSION


def test_the_lock_is_of_the_pinned_version_and_in_order() -> None:
    lock = artifacts.load_lock()
    paths = [one.path for one in lock.artifacts]
    assert lock.neo4j_version == NEO4J_VERSION
    assert paths == sorted(set(paths))
    assert all(re.fullmatch(r"[\w.+-]+(/[\w.+-]+)+\.jar", path) and ".." not in path for path in paths)


def test_the_lock_holds_the_server_and_the_browser() -> None:
    coordinates = {one.coordinates for one in artifacts.load_lock().artifacts}
    assert f"org.neo4j.app:neo4j-server:{NEO4J_VERSION}" in coordinates
    assert any(name.startswith("org.neo4j.client:neo4j-browser:") for name in coordinates)


def test_every_digest_is_a_sha256_and_every_size_is_positive() -> None:
    for one in artifacts.load_lock().artifacts:
        assert re.fullmatch(r"[0-9a-f]{64}", one.sha256)
        assert one.size > 0


def test_the_lock_names_no_host() -> None:
    assert "://" not in artifacts.LOCK_FILE.read_text()
