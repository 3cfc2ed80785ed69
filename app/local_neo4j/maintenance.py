"""What people do to a stopped instance: verify its store, or delete it."""

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from app.errors import DatabaseNotStarted
from app.local_neo4j import admin, instance, server_record
from app.local_neo4j.config import LocalNeo4jConfig
from app.local_neo4j.installation import prepare
from app.local_neo4j.instance import Instance
from app.local_neo4j.progress import SILENT, Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """Whether the store is consistent, and all that Neo4j's own check said about it."""

    ok: bool
    text: str


def check(config: LocalNeo4jConfig, *, progress: Progress = SILENT) -> CheckReport:
    """Verify the store of a stopped server with `database check`: 11 s for 100,000 memories (measured).

    Raises: DatabaseNotStarted where it runs or there is no database, DownloadFailed, JavaMissing.
    """
    place = Instance(config.data_dir.resolve())
    _require_database(place)
    installation = prepare(config, progress=progress)
    with instance.locked(place, timeout_seconds=config.start_timeout_seconds):
        _require_stopped(place)
        progress.step("Checking the database")
        report = f"--report-path={place.root / 'logs'}"
        done = admin.run(installation, place, "database", "check", "neo4j", report, timeout_seconds=None)
    return CheckReport(ok=done.returncode == 0, text=done.stdout.strip())


def reset(config: LocalNeo4jConfig) -> Path | None:
    """Delete the instance with everything in it; the path that was deleted, or `None` if there was none.

    Raises: DatabaseNotStarted where a server runs on it, or it holds anything that we did not put there.
    """
    place = Instance(config.data_dir.resolve())
    with instance.usable(place):
        if not place.root.exists():
            return None
    with instance.locked(place, timeout_seconds=config.stop_timeout_seconds):
        _require_stopped(place)
        _require_ours(place)
        # Renamed first: a deletion that is cut short must not leave half a database under the old name.
        doomed = place.root.with_name(f".{place.root.name}.deleted-{secrets.token_hex(4)}")
        os.replace(place.root, doomed)
    shutil.rmtree(doomed)
    return place.root


def _require_database(place: Instance) -> None:
    if not place.holds_databases:
        raise DatabaseNotStarted(f"There is no database in {place.root} yet; `./loci serve` creates it.")


def _require_stopped(place: Instance) -> None:
    record = server_record.running(place) or server_record.find_unrecorded(place)
    if record is not None:
        raise DatabaseNotStarted(
            f"Neo4j runs on {place.root} as process {record.pid}; stop it first with `./loci db stop`."
        )


def _require_ours(place: Instance) -> None:
    if place.marker is None:
        raise DatabaseNotStarted(
            f"{place.root} is not a Loci database (no instance.json); nothing was deleted."
        )
    foreign = place.foreign_entries()
    if foreign:
        raise DatabaseNotStarted(
            f"{place.root} also holds {foreign[0]}, which Loci did not put there; move it away first."
            " Nothing was deleted."
        )
