"""Which line of a log is quoted, and when waiting ends without an answer."""

import threading
from pathlib import Path

import pytest

from app.errors import DatabaseNotStarted
from app.local_neo4j import readiness
from app.local_neo4j.readiness import Expectation

FAILED_BIND = """\
WARNING: Using incubator modules: jdk.incubator.vector
2026-11-21 09:23:18.083+0000 INFO  Starting...
2026-11-21 09:23:19.000+0000 ERROR Failed to start Neo4j on 127.0.0.1:7474.
java.lang.RuntimeException: Error starting Neo4j database server
\tat org.neo4j.server.NeoBootstrapper.start(NeoBootstrapper.java:155)
Caused by: org.neo4j.kernel.lifecycle.LifecycleException: Component 'BoltServer' failed
Caused by: java.net.BindException: Address already in use
\t... 12 more
2026-11-21 09:23:20.000+0000 INFO  Stopped.
"""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (FAILED_BIND, "Address already in use"),
        ("2026-11-21 09:23:19.000+0000 ERROR Lock file is held\n2026 more\n", "Lock file is held"),
        (
            "Invalid maximum heap size: -Xmx0x\nError: Could not create the Java Virtual Machine.\n",
            "Invalid maximum heap size: -Xmx0x",
        ),
        (
            "Error occurred during initialization of VM\nCould not reserve enough space\n",
            "Could not reserve enough space",
        ),
        ("only this\n\n", "only this"),
        ("", "it printed nothing"),
    ],
)
def test_the_most_telling_line_is_found(tmp_path: Path, text: str, line: str) -> None:
    log = tmp_path / "console.log"
    log.write_text(text)
    assert readiness.decisive_line(log) == line


def expectation(log: Path, *, ended: bool = False, timeout_seconds: float = 10.0) -> Expectation:
    return Expectation(
        http_port=1,
        bolt_port=1,
        console_log=log,
        timeout_seconds=timeout_seconds,
        has_ended=lambda: ended,
        given_up=threading.Event(),
    )


def test_a_process_that_ends_is_an_error_that_quotes_and_names_its_log(tmp_path: Path) -> None:
    log = tmp_path / "console.log"
    log.write_text(FAILED_BIND)
    with pytest.raises(DatabaseNotStarted, match=rf'ended .*"Address already in use" \(all of it in {log}\)'):
        readiness.wait(expectation(log, ended=True))


def test_time_that_runs_out_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DatabaseNotStarted, match="did not answer within 0 s"):
        readiness.wait(expectation(tmp_path / "none", timeout_seconds=0.0))


def test_waiting_ends_when_nobody_wants_the_server_any_more(tmp_path: Path) -> None:
    expected = expectation(tmp_path / "none")
    expected.given_up.set()
    with pytest.raises(DatabaseNotStarted, match="was stopped"):
        readiness.wait(expected)
