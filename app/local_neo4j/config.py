"""What a caller decides about the local server. Nothing here, or below, reads the environment."""

from dataclasses import dataclass
from pathlib import Path

NEO4J_VERSION = "2026.08.1"
USERNAME = "neo4j"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalNeo4jConfig:
    """One instance (`data_dir`), the cache it shares with others (`cache_dir`) and its limits.

    `java_home` is the caller's explicit choice and is never replaced by another Java;
    `system_java_home` (JAVA_HOME) and `search_path` (PATH) are places to look. A port of `None` is
    picked once and kept for later starts. The default memory serves 100,000 memories (measured);
    a start after a crash replays the log, which is what the long start time-out allows for.
    """

    data_dir: Path
    cache_dir: Path
    java_home: Path | None = None
    system_java_home: Path | None = None
    search_path: str = ""
    mirror: str | None = None
    offline: bool = False
    heap_mebibytes: int = 1024
    page_cache_mebibytes: int = 512
    transaction_timeout_seconds: int = 30
    http_port: int | None = None
    bolt_port: int | None = None
    start_timeout_seconds: float = 180.0
    stop_timeout_seconds: float = 60.0
