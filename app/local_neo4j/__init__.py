"""A real Neo4j with nothing installed: fetched, verified, started as a child, and ended with its parent.

This page is the whole interface; the modules behind it are not for use from outside. Everything comes
in through `LocalNeo4jConfig`; every failure is a `StartupError` whose text says what to do.
"""

from app.local_neo4j.address import ServerAddress, of_running
from app.local_neo4j.config import NEO4J_VERSION, LocalNeo4jConfig
from app.local_neo4j.installation import Installation, prepare
from app.local_neo4j.lifecycle import ServerStatus, status, stop
from app.local_neo4j.maintenance import CheckReport, check, reset
from app.local_neo4j.progress import SILENT, Progress
from app.local_neo4j.server import RunningServer, start, start_detached
from app.local_neo4j.supervision import Change, RestartPolicy, ServerEvent, supervise

__all__ = [
    "NEO4J_VERSION",
    "SILENT",
    "Change",
    "CheckReport",
    "Installation",
    "LocalNeo4jConfig",
    "Progress",
    "RestartPolicy",
    "RunningServer",
    "ServerAddress",
    "ServerEvent",
    "ServerStatus",
    "check",
    "of_running",
    "prepare",
    "reset",
    "start",
    "start_detached",
    "status",
    "stop",
    "supervise",
]
