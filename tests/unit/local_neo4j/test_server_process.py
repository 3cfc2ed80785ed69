"""Owning, detaching and ending, with a shell script in the place of Java."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from app.local_neo4j import server_process
from app.local_neo4j.server_process import OwnedProcess

DEADLINE_SECONDS = 10.0
_PARENT = """
import sys, time
from pathlib import Path
from app.local_neo4j.server_process import OwnedProcess
folder = Path(sys.argv[1])
java, arguments, log = folder / "java", folder / "arguments", folder / "log"
owned = OwnedProcess(java, arguments, log=log, environment={}, grace_seconds=1)
print(owned.pid, flush=True)
time.sleep(600)
"""


def until(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def pretend(folder: Path, *, stubborn: bool = False) -> Path:
    """A program that runs until SIGTERM, or with `stubborn` until SIGKILL."""
    executable = folder / "java"
    trap = "trap '' TERM" if stubborn else "trap 'kill $!; exit 143' TERM"
    executable.write_text(f"#!/bin/sh\n{trap}\necho up\nwhile :; do sleep 600 & wait $!; done\n")
    executable.chmod(0o755)
    (folder / "arguments").touch()
    return executable


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Callable[..., OwnedProcess]]:
    processes: list[OwnedProcess] = []

    def start(*, stubborn: bool = False) -> OwnedProcess:
        log = tmp_path / "log"
        executable = pretend(tmp_path, stubborn=stubborn)
        process = OwnedProcess(executable, tmp_path / "arguments", log=log, environment={}, grace_seconds=1)
        processes.append(process)
        assert until(lambda: log.read_text() == "up\n")
        return process

    yield start
    for process in processes:
        process.end(timeout_seconds=0.1)


def test_it_ends_in_good_order_when_asked(started: Callable[..., OwnedProcess]) -> None:
    process = started()
    assert not process.has_ended()
    assert process.end(timeout_seconds=DEADLINE_SECONDS)
    assert process.has_ended()
    assert process.exit_status == "exit status 143"


def test_its_watchdog_is_not_taken_for_it(started: Callable[..., OwnedProcess], tmp_path: Path) -> None:
    process = started()
    words = {child.pid: child.cmdline() for child in psutil.Process().children()}
    assert [pid for pid, line in words.items() if f"@{tmp_path / 'arguments'}" in line] == [process.pid]


def test_one_that_does_not_listen_is_killed(started: Callable[..., OwnedProcess]) -> None:
    process = started(stubborn=True)
    assert not process.end(timeout_seconds=0.1)
    assert process.has_ended()


def test_its_watchdog_ends_with_it(started: Callable[..., OwnedProcess]) -> None:
    process = started()
    before = {child.pid for child in psutil.Process().children()}
    os.kill(process.pid, signal.SIGKILL)
    assert until(process.has_ended)
    after = {child.pid for child in psutil.Process().children()}
    assert len(before - after) == 2


def test_it_is_out_of_reach_of_the_terminal(started: Callable[..., OwnedProcess]) -> None:
    assert os.getsid(started().pid) != os.getsid(0)


@pytest.mark.parametrize("stubborn", [False, True], ids=["obedient", "stubborn"])
def test_it_dies_with_a_parent_that_is_killed(tmp_path: Path, stubborn: bool) -> None:
    pretend(tmp_path, stubborn=stubborn)
    with subprocess.Popen([sys.executable, "-c", _PARENT, tmp_path], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert until(lambda: (tmp_path / "log").read_text() == "up\n")
        parent.kill()
    assert until(lambda: gone(pid))


def test_a_detached_one_outlives_a_parent_and_ends_when_asked(tmp_path: Path) -> None:
    executable = pretend(tmp_path)
    process = server_process.start_detached(
        executable, tmp_path / "arguments", log=tmp_path / "log", environment={}
    )
    assert until(lambda: (tmp_path / "log").read_text() == "up\n")
    assert psutil.Process(process.pid).ppid() != os.getpid()
    assert not process.has_ended()
    assert process.end(timeout_seconds=DEADLINE_SECONDS)
    assert process.has_ended()


def test_a_detached_one_that_never_was_has_ended() -> None:
    with subprocess.Popen(["true"]) as process:
        process.wait()
    assert server_process.DetachedProcess(process.pid).has_ended()
