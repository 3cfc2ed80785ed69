"""Waits until a starting server answers, and finds the sentence in its log that says why it does not."""

import http.client
import re
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.errors import DatabaseNotStarted
from app.local_neo4j import giving_up

_POLL_SECONDS = 0.05
_ANSWER_SECONDS = 5.0
_LOG_TAIL_BYTES = 64_000
_TIMESTAMP = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+[+-]\d{4}\s+")
# From the most to the least telling: the innermost exception names the cause, the others the effect.
_TELLING = (
    re.compile(r"^\s*Caused by: (?:[\w.$]+: )?(?P<reason>.*\S)"),
    re.compile(r"(?P<reason>java\.lang\.OutOfMemoryError.*\S)"),
    re.compile(r"ERROR\s+(?P<reason>.*\S)"),
    re.compile(r"^(?!WARNING)(?P<reason>.*\S)"),
)
# What a JVM that refuses its arguments says around the line that tells why.
_SAYS_NOTHING = frozenset(
    {
        "Error occurred during initialization of VM",
        "Error: Could not create the Java Virtual Machine.",
        "Error: A fatal exception has occurred. Program will exit.",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What has to happen, by when, and what would make waiting pointless."""

    http_port: int
    bolt_port: int
    console_log: Path
    timeout_seconds: float
    has_ended: Callable[[], bool]
    given_up: threading.Event


def wait(expected: Expectation) -> None:
    """Return as soon as Bolt accepts connections and the Browser answers.

    Raises: DatabaseNotStarted where the process ends, the time runs out or nobody wants it any more.
    """
    deadline = time.monotonic() + expected.timeout_seconds
    while not (_accepts(expected.bolt_port) and _serves_browser(expected.http_port)):
        if expected.has_ended():
            raise DatabaseNotStarted(f"Neo4j ended while it started: {_cause(expected.console_log)}")
        if time.monotonic() > deadline:
            waited = f"{expected.timeout_seconds:.0f} s"
            raise DatabaseNotStarted(f"Neo4j did not answer within {waited}: {_cause(expected.console_log)}")
        expected.given_up.wait(_POLL_SECONDS)
        giving_up.check(expected.given_up)


def _cause(console_log: Path) -> str:
    return f'"{decisive_line(console_log)}" (all of it in {console_log}).'


def decisive_line(console_log: Path) -> str:
    """The line of a server's output that says most about why it failed, without its time stamp."""
    try:
        tail = console_log.read_bytes()[-_LOG_TAIL_BYTES:].decode(errors="replace")
    except FileNotFoundError:
        return "it printed nothing"
    lines = [_TIMESTAMP.sub("", line) for line in tail.splitlines() if line not in _SAYS_NOTHING]
    for telling in _TELLING:
        for line in reversed(lines):
            if match := telling.search(line):
                return match["reason"]
    return "it printed nothing"


def _accepts(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=_ANSWER_SECONDS):
            return True
    except OSError:
        return False


def _serves_browser(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_ANSWER_SECONDS)
    try:
        connection.request("GET", "/browser/")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
