"""One instance's directory: its layout, how it is recognised as ours, and its password.

    instance.json   the marker: who made the directory, for which Neo4j version, on which ports
    password        of the user `neo4j`, mode 0600
    server.json     the running server, if one runs (`server_record`)
    conf/ home/ data/ logs/ run/ import/   as Neo4j expects them

The marker is written before anything else and the password before Neo4j learns it, so a first start
that was cut short anywhere is simply continued by the next one.
"""

import contextlib
import secrets
import threading
from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from app.errors import DatabaseNotStarted
from app.local_neo4j import giving_up, state_files
from app.local_neo4j.config import NEO4J_VERSION

_FOLDERS = ("conf", "home", "home/lib", "data", "logs", "run", "import")
_OURS = frozenset({"instance.json", "password", "server.json", "server.lock", *_FOLDERS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What is remembered about an instance between starts."""

    made_by: Literal["loci"] = "loci"
    neo4j_version: str
    http_port: int | None = None
    bolt_port: int | None = None


_MARKER = TypeAdapter(Marker)


@dataclass(frozen=True, slots=True)
class Instance:
    """The paths below one data directory."""

    root: Path

    @property
    def conf_file(self) -> Path:
        """Neo4j's configuration, written anew at each start."""
        return self.root / "conf" / "neo4j.conf"

    @property
    def arguments_file(self) -> Path:
        """The JVM's arguments; its path on a command line identifies a server of this instance."""
        return self.root / "conf" / "jvm.arguments"

    @property
    def console_log(self) -> Path:
        """What the JVM printed since the latest start."""
        return self.root / "logs" / "console.log"

    @property
    def password_file(self) -> Path:
        """The password of the user `neo4j`."""
        return self.root / "password"

    @property
    def record_file(self) -> Path:
        """The running server, see `server_record`."""
        return self.root / "server.json"

    @property
    def marker_file(self) -> Path:
        """The sign that the directory is ours."""
        return self.root / "instance.json"

    @property
    def holds_databases(self) -> bool:
        """Whether Neo4j ever ran here; from then on its password no longer comes from a file."""
        return (self.root / "data" / "databases" / "system").exists()

    @property
    def marker(self) -> Marker | None:
        """The marker, or `None` where it is missing or unreadable."""
        return state_files.read(self.marker_file, _MARKER)

    def foreign_entries(self) -> list[str]:
        """Names directly below the root that we never create."""
        if not self.root.is_dir():
            return []
        names = (entry.name for entry in self.root.iterdir() if entry.suffix != ".tmp")
        return sorted(name for name in names if name not in _OURS)


@contextlib.contextmanager
def locked(
    instance: Instance, *, timeout_seconds: float, given_up: threading.Event | None = None
) -> Generator[None]:
    """Hold the instance's lock while it is started, stopped or checked; a crash lets go of it.

    Raises: DatabaseNotStarted where the directory is not ours or cannot be used, another process is
    busy with it, or `given_up` is set while that one is waited for.
    """
    given_up = given_up or threading.Event()
    with usable(instance):
        _refuse_foreign(instance)
        instance.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(instance.root / "server.lock")
        try:
            held = lock.acquire(timeout_seconds, cancel_check=given_up.is_set)
        except Timeout as error:
            giving_up.check(given_up)
            raise DatabaseNotStarted(
                f"Another process has been starting or stopping the database in {instance.root} for"
                f" {timeout_seconds:.0f} s; wait for it or end it."
            ) from error
        with held:
            yield


@contextlib.contextmanager
def usable(instance: Instance) -> Generator[None]:
    """Turn what the system says against the directory into a sentence. Raises: DatabaseNotStarted."""
    try:
        yield
    except OSError as error:
        raise DatabaseNotStarted(
            f"The data directory {instance.root} cannot be used ({error.strerror}: {error.filename});"
            " make it a writable directory, or choose another with LOCI_DATA_DIR."
        ) from error


def _refuse_foreign(instance: Instance) -> None:
    foreign = instance.foreign_entries()
    if foreign and instance.marker is None:
        raise DatabaseNotStarted(
            f"{instance.root} holds files that are not a Loci database, such as {foreign[0]};"
            " choose an empty directory."
        )


def claim(instance: Instance) -> Marker:
    """Make the directory ours, or recognise it; the lock must be held.

    Raises: DatabaseNotStarted where a newer Neo4j wrote it or its marker or password is lost.
    """
    marker = instance.marker
    if marker is None and instance.holds_databases:
        raise DatabaseNotStarted(
            f"{instance.root} holds a database, but its instance.json is missing or damaged; restore it from"
            " a backup or move the directory away."
        )
    marker = marker or Marker(neo4j_version=NEO4J_VERSION)
    _refuse_newer(instance, marker)
    instance.root.chmod(0o700)
    for folder in _FOLDERS:
        (instance.root / folder).mkdir(exist_ok=True)
    return remember(instance, replace(marker, neo4j_version=NEO4J_VERSION))


def remember(instance: Instance, marker: Marker) -> Marker:
    """Write the marker if it changed."""
    if marker != instance.marker:
        state_files.write(instance.marker_file, _MARKER, marker)
    return marker


def password(instance: Instance) -> str:
    """The password of the user `neo4j`, made at random where Neo4j has none yet.

    Raises: DatabaseNotStarted where a database exists, but the file with its password does not.
    """
    with contextlib.suppress(FileNotFoundError):
        if text := instance.password_file.read_text().strip():
            return text
    if instance.holds_databases:
        raise DatabaseNotStarted(
            f"{instance.password_file} is missing, and without it the database beside it cannot be opened;"
            " restore the file, or delete the database with `./loci db reset`."
        )
    made = secrets.token_hex(20)
    state_files.write_text(instance.password_file, made + "\n")
    return made


def _refuse_newer(instance: Instance, marker: Marker) -> None:
    if _numbers(marker.neo4j_version) > _numbers(NEO4J_VERSION):
        raise DatabaseNotStarted(
            f"The database in {instance.root} was written by Neo4j {marker.neo4j_version}, newer than the"
            f" {NEO4J_VERSION} of this Loci; update Loci or choose another data directory."
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
