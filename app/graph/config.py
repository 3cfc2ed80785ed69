"""How to reach the database and how long to wait for it."""

from dataclasses import dataclass, field
from pathlib import Path

from app.graph import cypher_files


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphConfig:
    """The address and credentials of a Neo4j, and the limits that every statement runs under.

    `database` is the server's default one if None. A statement is given up after
    `transaction_timeout_seconds`, a schema statement after `schema_timeout_seconds`; one that fails for a
    passing reason is repeated for `retry_seconds`. A server that does not take a connection within
    `connection_timeout_seconds` counts as away.
    """

    uri: str
    username: str
    password: str = field(repr=False)
    database: str | None = None
    cypher_directory: Path = field(default_factory=cypher_files.default_directory)
    retry_seconds: float = 3.0
    connection_timeout_seconds: float = 3.0
    acquisition_timeout_seconds: float = 5.0
    transaction_timeout_seconds: float = 20.0
    schema_timeout_seconds: float = 600.0
    connections: int = 100
