"""The local server as its users see it: start one, or join one that runs already; then stop it."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.errors import DatabaseNotStarted
from app.local_neo4j import admin, instance, launch, ports, readiness, server_record
from app.local_neo4j.config import NEO4J_VERSION, USERNAME, LocalNeo4jConfig
from app.local_neo4j.giving_up import Checkpoints
from app.local_neo4j.installation import Installation, prepare
from app.local_neo4j.instance import Instance
from app.local_neo4j.launch import Launched, Plan
from app.local_neo4j.progress import SILENT, Progress
from app.local_neo4j.server_process import DetachedProcess
from app.local_neo4j.server_record import ServerRecord


class RunningServer:
    """A server that answered when this was made; `owned` says whether it ends with this process.

    Its methods may be called from several threads.
    """

    username = USERNAME

    def __init__(self, plan: Plan, launched: Launched, *, password: str) -> None:
        self.password = password
        self.version = launched.record.neo4j_version
        self.bolt_uri = f"bolt://127.0.0.1:{plan.bolt_port}"
        self.http_url = f"http://127.0.0.1:{plan.http_port}"
        self.browser_url = f"{self.http_url}/browser/"
        self._plan = plan
        self._launched = launched
        self._stopping = threading.Event()
        self._lifecycle = threading.Lock()

    @property
    def owned(self) -> bool:
        """Whether it ends with this process; one that was joined becomes ours when it has to be restarted."""
        return self._launched.record.owner_pid is not None

    @property
    def data_dir(self) -> Path:
        """The directory of the instance."""
        return self._plan.instance.root

    @property
    def pid(self) -> int:
        """The process id of the JVM; another one after a restart."""
        return self._launched.process.pid

    @property
    def has_ended(self) -> bool:
        """Whether the JVM runs no longer."""
        return self._launched.process.has_ended()

    @property
    def is_wanted(self) -> bool:
        """False once `stop` was called here, or the function `stop` in any process."""
        record = server_record.read(self._plan.instance)
        # The note may still be about an earlier server, which was stopped on purpose.
        asked = record is not None and record.pid == self.pid and record.stop_requested
        return not (self._stopping.is_set() or asked)

    @property
    def last_words(self) -> str:
        """How the server ended, and the line of its output that says most about it; one sentence."""
        log = self._plan.instance.console_log
        line = readiness.decisive_line(log)
        return f'Process {self.pid} ended ({self._launched.process.exit_status}); {log} says "{line}".'

    def stop(self) -> None:
        """End an owned server, in good order within the stop time-out; one that is not owned is left alone.

        A restart under way in another thread gives up first. Calling it again does nothing.
        """
        self._stopping.set()
        with self._lifecycle:
            if self.owned:
                launch.end(self._launched, self._plan)

    def restart(self) -> None:
        """Bring a server that died back, owned and at the same address; nothing if it lives or is not wanted.

        Raises: DatabaseNotStarted, also when `stop` comes between.
        """
        place, timeout_seconds = self._plan.instance, self._plan.config.start_timeout_seconds
        with (
            self._lifecycle,
            instance.locked(place, timeout_seconds=timeout_seconds, given_up=self._stopping),
        ):
            if not (self.is_wanted and self.has_ended):
                return
            _refuse_taken_over(place)
            self._launched = launch.owned(self._plan, given_up=self._stopping)


def start(
    config: LocalNeo4jConfig, *, progress: Progress = SILENT, given_up: threading.Event | None = None
) -> RunningServer:
    """Start a server that dies with this process, or join a detached one that runs on the same data.

    Setting `given_up` from another thread ends the start early; nothing that it began is left running.

    Raises: DownloadFailed, JavaMissing, DatabaseNotStarted, the last also once `given_up` is set.
    """
    given_up = given_up or threading.Event()

    def launch_owned(plan: Plan) -> Launched:
        return launch.owned(plan, given_up=given_up)

    return _start(config, launch_owned, Checkpoints(progress, given_up), given_up)


def start_detached(config: LocalNeo4jConfig, *, progress: Progress = SILENT) -> RunningServer:
    """Start a server that outlives this process, or join the one that runs; `stop` of this package ends it.

    Raises: DownloadFailed, JavaMissing, DatabaseNotStarted.
    """
    return _start(config, launch.detached, progress, threading.Event())


def _start(
    config: LocalNeo4jConfig,
    begin: Callable[[Plan], Launched],
    progress: Progress,
    given_up: threading.Event,
) -> RunningServer:
    place = Instance(config.data_dir.resolve())
    installation = prepare(config, progress=progress)
    with instance.locked(place, timeout_seconds=config.start_timeout_seconds, given_up=given_up):
        record = _found_running(place, config)
        if record is not None:
            return _join(config, installation, place, record, given_up=given_up)
        plan, password = _plan(config, installation, place, progress)
        progress.step(f"Starting Neo4j {NEO4J_VERSION}")
        return RunningServer(plan, begin(plan), password=password)


def _refuse_taken_over(place: Instance) -> None:
    record = server_record.running(place)
    if record is not None:
        raise DatabaseNotStarted(
            f"Another process, {record.owner_pid or record.pid}, has started Neo4j on {place.root} meanwhile."
        )


def _found_running(place: Instance, config: LocalNeo4jConfig) -> ServerRecord | None:
    record = server_record.running(place) or server_record.find_unrecorded(place)
    if record is None or record.owner_pid is None:
        return record
    if record.owner_is_alive:
        raise DatabaseNotStarted(
            f"Neo4j already runs on {place.root} as process {record.pid}, started by process"
            f" {record.owner_pid}; end that one, or run `./loci db stop`, or choose another data directory."
        )
    # Its owner is dead, so its watchdog is ending it this moment.
    DetachedProcess(record.pid).end(timeout_seconds=config.stop_timeout_seconds)
    return None


def _join(
    config: LocalNeo4jConfig,
    installation: Installation,
    place: Instance,
    record: ServerRecord,
    *,
    given_up: threading.Event,
) -> RunningServer:
    plan = Plan(
        config=config,
        installation=installation,
        instance=place,
        http_port=record.http_port,
        bolt_port=record.bolt_port,
    )
    process = DetachedProcess(record.pid)
    launch.await_ready(plan, process, given_up=given_up)
    return RunningServer(plan, Launched(process=process, record=record), password=instance.password(place))


def _plan(
    config: LocalNeo4jConfig, installation: Installation, place: Instance, progress: Progress
) -> tuple[Plan, str]:
    marker = instance.claim(place)
    http_port = ports.choose(wanted=config.http_port, remembered=marker.http_port, taken=config.bolt_port)
    bolt_port = ports.choose(wanted=config.bolt_port, remembered=marker.bolt_port, taken=http_port)
    instance.remember(place, replace(marker, http_port=http_port, bolt_port=bolt_port))
    plan = Plan(
        config=config, installation=installation, instance=place, http_port=http_port, bolt_port=bolt_port
    )
    password = instance.password(place)
    if not place.holds_databases:
        progress.step("Creating the database")
        launch.write_configuration(plan)
        admin.set_initial_password(installation, place, password)
    return plan, password
