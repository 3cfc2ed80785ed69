"""The lock: which jars make up the server, where they lie in a Maven repository, and their digests.

The lock names no host; `download` knows where a repository is.
"""

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

LOCK_FILE = Path(__file__).with_name("artifacts.lock.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """One jar: Maven coordinates, path below a repository's root, size in bytes, SHA-256 in hexadecimal."""

    coordinates: str
    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtifactLock:
    """Every jar of one Neo4j version, ordered by path; this is also the order of the class path."""

    neo4j_version: str
    artifacts: tuple[Artifact, ...]


ADAPTER = TypeAdapter(ArtifactLock)


def load_lock() -> ArtifactLock:
    """The committed lock."""
    return ADAPTER.validate_json(LOCK_FILE.read_bytes())
