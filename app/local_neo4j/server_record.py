"""The note about a running server that other processes read: a pid file with a memory.

A note is only believed while the process it names carries this instance's argument file on its
command line; so a number that the system gave to another program since is never taken for ours.
"""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

import psutil
from pydantic import TypeAdapter

from app.local_neo4j import state_files
from app.local_neo4j.instance import Instance

_CLOCK_TOLERANCE_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerRecord:
    """One server process, and the process that ends it when it ends itself (`None`: detached).

    `new_archive` is the class archive the server leaves behind when it stops in good order, for
    others to find in `class_archive`;
    `stop_requested` tells a supervising process that the end it will see is wanted.
    """

    pid: int
    owner_pid: int | None
    owner_started_at: float
    http_port: int
    bolt_port: int
    neo4j_version: str
    new_archive: Path | None = None
    class_archive: Path | None = None
    stop_requested: bool = False

    @property
    def owner_is_alive(self) -> bool:
        """Whether the process that started it still runs; never true of a detached server."""
        if self.owner_pid is None:
            return False
        try:
            started_at = psutil.Process(self.owner_pid).create_time()
        except psutil.Error:
            return False
        return abs(started_at - self.owner_started_at) < _CLOCK_TOLERANCE_SECONDS


_RECORD = TypeAdapter(ServerRecord)


def write(instance: Instance, record: ServerRecord) -> None:
    """Replace the note."""
    state_files.write(instance.record_file, _RECORD, record)


def remove(instance: Instance, *, pid: int) -> None:
    """Take the note about that process away, once it is dead; a note about another one stays."""
    record = read(instance)
    if record is not None and record.pid == pid:
        instance.record_file.unlink(missing_ok=True)


def read(instance: Instance) -> ServerRecord | None:
    """The note as it stands, even if its server is dead."""
    return state_files.read(instance.record_file, _RECORD)


def running(instance: Instance) -> ServerRecord | None:
    """The server that runs here, if one does; a note about a dead one counts for nothing."""
    record = read(instance)
    return record if record is not None and is_server(instance, record.pid) else None


def is_server(instance: Instance, pid: int) -> bool:
    """Whether that process is alive and a server of this instance."""
    with contextlib.suppress(psutil.Error):
        return f"@{instance.arguments_file}" in psutil.Process(pid).cmdline()
    return False


def find_unrecorded(instance: Instance) -> ServerRecord | None:
    """A server of this instance that no note tells of, for one whose parent died within its first instant."""
    marker = instance.marker
    if marker is None or marker.http_port is None or marker.bolt_port is None:
        return None
    for process in psutil.process_iter():
        if is_server(instance, process.pid):
            return ServerRecord(
                pid=process.pid,
                owner_pid=None,
                owner_started_at=0.0,
                http_port=marker.http_port,
                bolt_port=marker.bolt_port,
                neo4j_version=marker.neo4j_version,
            )
    return None


def this_process() -> tuple[int, float]:
    """Our process id and start time in seconds, for a record's owner."""
    return os.getpid(), psutil.Process().create_time()
