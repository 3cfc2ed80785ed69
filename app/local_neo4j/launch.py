"""Starts the JVM of one instance and waits for it; the same for a first start and for a restart."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.local_neo4j import (
    class_archive,
    jvm,
    neo4j_conf,
    readiness,
    server_process,
    server_record,
    state_files,
)
from app.local_neo4j.config import NEO4J_VERSION, LocalNeo4jConfig
from app.local_neo4j.installation import Installation
from app.local_neo4j.instance import Instance
from app.local_neo4j.readiness import Expectation
from app.local_neo4j.server_process import OwnedProcess, ServerProcess
from app.local_neo4j.server_record import ServerRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that a launch needs, decided: it can be repeated and comes up at the same address."""

    config: LocalNeo4jConfig
    installation: Installation
    instance: Instance
    http_port: int
    bolt_port: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Launched:
    """A server that answers."""

    process: ServerProcess
    record: ServerRecord


def write_configuration(plan: Plan) -> None:
    """Write neo4j.conf for this plan."""
    text = neo4j_conf.text(
        plan.config, root=plan.instance.root, http_port=plan.http_port, bolt_port=plan.bolt_port
    )
    state_files.write_text(plan.instance.conf_file, text)


def owned(plan: Plan, *, given_up: threading.Event) -> Launched:
    """Launch a server that dies with this process, and wait until it answers.

    Raises: DatabaseNotStarted, also once `given_up` is set.
    """

    def start() -> ServerProcess:
        return OwnedProcess(
            plan.installation.java.executable,
            plan.instance.arguments_file,
            log=plan.instance.console_log,
            environment=jvm.environment(plan.instance),
            grace_seconds=round(plan.config.stop_timeout_seconds),
        )

    return _launch(plan, start, owner=server_record.this_process(), given_up=given_up)


def detached(plan: Plan) -> Launched:
    """Launch a server that outlives this process, and wait until it answers. Raises: DatabaseNotStarted."""

    def start() -> ServerProcess:
        return server_process.start_detached(
            plan.installation.java.executable,
            plan.instance.arguments_file,
            log=plan.instance.console_log,
            environment=jvm.environment(plan.instance),
        )

    return _launch(plan, start, owner=(None, 0.0), given_up=threading.Event())


def await_ready(plan: Plan, process: ServerProcess, *, given_up: threading.Event) -> None:
    """Wait until the server answers. Raises: DatabaseNotStarted, also once `given_up` is set."""
    readiness.wait(
        Expectation(
            http_port=plan.http_port,
            bolt_port=plan.bolt_port,
            console_log=plan.instance.console_log,
            timeout_seconds=plan.config.start_timeout_seconds,
            has_ended=process.has_ended,
            given_up=given_up,
        )
    )


def end(launched: Launched, plan: Plan) -> None:
    """Stop the server, in good order if it can, and keep the class archive it leaves then."""
    in_order = launched.process.end(timeout_seconds=plan.config.stop_timeout_seconds)
    server_record.remove(plan.instance, pid=launched.process.pid)
    if in_order:
        keep_archive(launched.record)


def keep_archive(record: ServerRecord) -> None:
    """Keep the class archive that a server left when it stopped in good order."""
    if record.new_archive is not None and record.class_archive is not None:
        class_archive.keep(record.new_archive, record.class_archive)


def _launch(
    plan: Plan,
    start: Callable[[], ServerProcess],
    *,
    owner: tuple[int | None, float],
    given_up: threading.Event,
) -> Launched:
    new_archive = _new_archive(plan)
    write_configuration(plan)
    arguments = jvm.server_arguments(plan.config, plan.installation, plan.instance, new_archive=new_archive)
    jvm.write(plan.instance.arguments_file, arguments)
    process = start()
    try:
        record = _record(plan, process.pid, owner=owner, new_archive=new_archive)
        server_record.write(plan.instance, record)
        await_ready(plan, process, given_up=given_up)
    except BaseException:
        # Also Ctrl-C: nothing may be left running that nobody knows of.
        process.end(timeout_seconds=plan.config.stop_timeout_seconds)
        server_record.remove(plan.instance, pid=process.pid)
        if (plan.instance.root / "logs" / f"hs_err_pid{process.pid}.log").exists():
            # The JVM itself crashed; should a damaged archive be the reason, the next start makes do without.
            plan.installation.archive.file.unlink(missing_ok=True)
        raise
    return Launched(process=process, record=record)


def _new_archive(plan: Plan) -> Path | None:
    leftover = plan.instance.root / "run" / "classes.jsa"
    leftover.unlink(missing_ok=True)
    return None if plan.installation.archive.file.exists() else leftover


def _record(
    plan: Plan, pid: int, *, owner: tuple[int | None, float], new_archive: Path | None
) -> ServerRecord:
    return ServerRecord(
        pid=pid,
        owner_pid=owner[0],
        owner_started_at=owner[1],
        http_port=plan.http_port,
        bolt_port=plan.bolt_port,
        neo4j_version=NEO4J_VERSION,
        new_archive=new_archive,
        class_archive=plan.installation.archive.file,
    )
