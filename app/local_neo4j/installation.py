"""What a start needs that does not depend on the instance: verified jars and a Java."""

from dataclasses import dataclass
from pathlib import Path

from app.local_neo4j import artifacts, class_archive, download, java
from app.local_neo4j.class_archive import ClassArchive
from app.local_neo4j.config import LocalNeo4jConfig
from app.local_neo4j.jar_cache import JarCache
from app.local_neo4j.java import Java
from app.local_neo4j.progress import SILENT, Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A Neo4j that can be started: its class path, its Java, and where parsed classes are kept."""

    java: Java
    class_path: tuple[Path, ...]
    archive: ClassArchive


def prepare(config: LocalNeo4jConfig, *, progress: Progress = SILENT) -> Installation:
    """Find Java and make all jars present and verified; takes milliseconds when they already are.

    Raises: JavaMissing, DownloadFailed.
    """
    found = java.find(config)
    lock = artifacts.load_lock()
    # Absolute, because the JVM runs in another directory.
    folder = config.cache_dir.resolve() / f"neo4j-{lock.neo4j_version}"
    cache = JarCache(
        folder=folder,
        lock=lock,
        repository=config.mirror or download.MAVEN_CENTRAL,
        offline=config.offline,
    )
    class_path = cache.fill(progress=progress)
    archive = class_archive.locate(found, class_path, folder=folder)
    return Installation(java=found, class_path=class_path, archive=archive)
