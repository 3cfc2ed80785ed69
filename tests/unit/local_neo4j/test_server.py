"""Who brings a server back and who ends it, with a program in the place of Java that only listens."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from app.errors import DatabaseNotStarted
from app.local_neo4j import launch, lifecycle, server_record
from app.local_neo4j.launch import Launched, Plan
from app.local_neo4j.server import RunningServer
from app.local_neo4j.server_process import DetachedProcess
from tests.unit.local_neo4j import pretended_neo4j

DEADLINE_SECONDS = 10.0


def until(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    made = pretended_neo4j.plan_of(tmp_path, pretended_neo4j.ANSWERS)
    yield made
    lifecycle.stop(made.config)


@pytest.fixture
def joined(plan: Plan) -> Iterator[RunningServer]:
    detached = launch.detached(plan)
    process = DetachedProcess(detached.process.pid)
    running = RunningServer(plan, Launched(process=process, record=detached.record), password="secret")
    yield running
    running.stop()
    process.end(timeout_seconds=DEADLINE_SECONDS)


def die(server: RunningServer) -> None:
    os.kill(server.pid, signal.SIGKILL)
    assert until(lambda: server.has_ended)


def test_a_joined_server_that_died_is_brought_back(joined: RunningServer) -> None:
    died = joined.pid
    die(joined)
    joined.restart()
    assert (joined.has_ended, joined.pid != died) == (False, True)


def test_a_joined_server_that_was_brought_back_is_ours_to_end(joined: RunningServer) -> None:
    die(joined)
    joined.restart()
    assert joined.owned
    joined.stop()
    assert gone(joined.pid)


def test_a_joined_server_that_lives_is_left_alone(joined: RunningServer) -> None:
    joined.stop()
    assert (joined.owned, joined.has_ended) == (False, False)


def test_a_joined_server_is_not_brought_back_once_it_was_left(joined: RunningServer) -> None:
    joined.stop()
    die(joined)
    joined.restart()
    assert joined.has_ended


def test_a_joined_server_that_was_stopped_is_not_brought_back(joined: RunningServer, plan: Plan) -> None:
    assert lifecycle.stop(plan.config)
    assert not joined.is_wanted
    joined.restart()
    assert joined.has_ended


def test_a_detached_server_that_was_stopped_has_the_status_stopped(joined: RunningServer, plan: Plan) -> None:
    del joined
    lifecycle.stop(plan.config)
    found = lifecycle.status(plan.config)
    assert (found.running, found.pid) == (False, None)


def test_a_start_after_a_stop_is_wanted_again(plan: Plan) -> None:
    launch.detached(plan)
    lifecycle.stop(plan.config)
    server = RunningServer(plan, launch.detached(plan), password="secret")
    assert server.is_wanted


def test_a_note_about_an_earlier_server_stops_nobody(joined: RunningServer, plan: Plan) -> None:
    record = server_record.read(plan.instance)
    assert record is not None
    server_record.write(plan.instance, replace(record, pid=record.pid + 1, stop_requested=True))
    assert joined.is_wanted


def test_a_launch_that_is_given_up_leaves_nothing_running(tmp_path: Path) -> None:
    plan = pretended_neo4j.plan_of(tmp_path, pretended_neo4j.HANGS)
    given_up, pids = threading.Event(), list[int]()

    def give_up() -> None:
        assert until(lambda: server_record.running(plan.instance) is not None)
        pids.append(lifecycle.status(plan.config).pid or 0)
        given_up.set()

    giver = threading.Thread(target=give_up)
    giver.start()
    with pytest.raises(DatabaseNotStarted, match="was stopped while it started"):
        launch.owned(plan, given_up=given_up)
    giver.join()
    assert gone(pids[0])
