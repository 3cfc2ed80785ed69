"""Status and stop, from any process, by the note that a running server leaves in its directory."""

from dataclasses import dataclass, replace
from pathlib import Path

from app.local_neo4j import instance, launch, server_record
from app.local_neo4j.config import NEO4J_VERSION, LocalNeo4jConfig
from app.local_neo4j.instance import Instance
from app.local_neo4j.server_process import DetachedProcess
from app.local_neo4j.server_record import ServerRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerStatus:
    """What is known of an instance: where it runs, or last ran; `None` before its first start.

    `owner_pid` is the process that the server ends with; `None` where it is detached or not running.
    """

    running: bool
    pid: int | None
    owner_pid: int | None
    bolt_uri: str | None
    browser_url: str | None
    neo4j_version: str
    data_dir: Path


def status(config: LocalNeo4jConfig) -> ServerStatus:
    """Look, without starting or changing anything.

    Raises: DatabaseNotStarted where the directory cannot be read.
    """
    place = Instance(config.data_dir.resolve())
    with instance.usable(place):
        record, marker = server_record.running(place), place.marker
    http_port = record.http_port if record else marker and marker.http_port
    bolt_port = record.bolt_port if record else marker and marker.bolt_port
    return ServerStatus(
        running=record is not None,
        pid=record.pid if record else None,
        owner_pid=record.owner_pid if record else None,
        bolt_uri=f"bolt://127.0.0.1:{bolt_port}" if bolt_port else None,
        browser_url=f"http://127.0.0.1:{http_port}/browser/" if http_port else None,
        neo4j_version=marker.neo4j_version if marker else NEO4J_VERSION,
        data_dir=place.root,
    )


def stop(config: LocalNeo4jConfig) -> bool:
    """End the server that runs on this data, whichever process started it. False where none runs.

    A process that supervises it does not bring it back.

    Raises: DatabaseNotStarted where the directory is not ours or cannot be used.
    """
    place = Instance(config.data_dir.resolve())
    with instance.usable(place):
        if not place.root.exists():
            return False
    # A process that is starting the server holds the lock until it answers.
    with instance.locked(place, timeout_seconds=config.start_timeout_seconds):
        record = server_record.running(place) or server_record.find_unrecorded(place)
        if record is None:
            return False
        _end(place, record, config)
    return True


def _end(place: Instance, record: ServerRecord, config: LocalNeo4jConfig) -> None:
    # The note stays until the next start, for the processes that watch this server: its owner, or those
    # that joined it.
    server_record.write(place, replace(record, stop_requested=True))
    if DetachedProcess(record.pid).end(timeout_seconds=config.stop_timeout_seconds):
        launch.keep_archive(record)
