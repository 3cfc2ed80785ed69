"""First starts, second starts, joins, ends and sudden deaths, each on real processes."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from app import local_neo4j
from app.errors import DatabaseNotStarted
from app.local_neo4j import Change, LocalNeo4jConfig, ServerEvent
from tests.integration.local_neo4j.asking import ask
from tests.integration.local_neo4j.conftest import MakeConfig
from tests.integration.local_neo4j.waiting import gone, until, until_async

_PARENT = """
import sys, time
from pathlib import Path
from app import local_neo4j
server = local_neo4j.start(local_neo4j.LocalNeo4jConfig(
    data_dir=Path(sys.argv[1]), cache_dir=Path(sys.argv[2]), heap_mebibytes=256, page_cache_mebibytes=32))
print(server.pid, flush=True)
time.sleep(600)
"""


def kill_while_it_starts(config: LocalNeo4jConfig) -> None:
    """Let a start begin and kill its JVM as soon as that exists."""

    def kill() -> None:
        assert until(lambda: local_neo4j.status(config).running)
        os.kill(local_neo4j.status(config).pid or 0, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(DatabaseNotStarted, match=r"ended while it started: .*console\.log"):
        local_neo4j.start(config)
    killer.join()


async def test_an_instance_survives_a_killed_first_start_a_check_and_a_second_start(
    make_config: MakeConfig, tmp_path: Path
) -> None:
    config = make_config(tmp_path / "data with a space")
    await asyncio.to_thread(kill_while_it_starts, config)

    first = await asyncio.to_thread(local_neo4j.start, config)
    assert await asyncio.to_thread(ask, first, "CREATE (:Kept) RETURN 1") == [1]
    first.stop()
    assert (gone(first.pid), local_neo4j.status(config).running) == (True, False)

    report = await asyncio.to_thread(local_neo4j.check, config)
    assert report.ok, report.text

    second = await asyncio.to_thread(local_neo4j.start, config)
    assert (second.bolt_uri, second.browser_url) == (first.bolt_uri, first.browser_url)
    assert await asyncio.to_thread(ask, second, "MATCH (k:Kept) RETURN count(k)") == [1]

    # Stopping while supervision brings it back: nothing may be left running.
    events = list[ServerEvent]()
    supervising = asyncio.create_task(local_neo4j.supervise(second, report=events.append))
    os.kill(second.pid, signal.SIGKILL)
    assert await until_async(lambda: local_neo4j.status(config).pid not in {None, second.pid})
    restarted = local_neo4j.status(config).pid or 0
    await asyncio.to_thread(second.stop)
    await asyncio.wait_for(supervising, 30)
    assert events[-1].change is Change.STOPPED
    assert gone(restarted)


def test_a_detached_server_is_joined_left_alone_stopped_and_deleted(
    make_config: MakeConfig, tmp_path: Path
) -> None:
    config = make_config(tmp_path / "data")
    detached = local_neo4j.start_detached(config)
    joined = local_neo4j.start(config)
    assert (joined.pid, joined.owned, joined.password) == (detached.pid, False, detached.password)

    joined.stop()
    assert local_neo4j.status(config).running
    assert psutil.Process(detached.pid).ppid() != os.getpid()

    # Without its note it is found by its command line.
    (config.data_dir / "server.json").unlink()
    assert local_neo4j.start(config).pid == detached.pid
    assert local_neo4j.stop(config)
    assert gone(detached.pid)
    assert not local_neo4j.stop(config)

    assert local_neo4j.reset(config) == config.data_dir
    assert list(tmp_path.iterdir()) == []


async def test_a_detached_server_that_is_killed_comes_back_for_the_process_that_joined_it(
    make_config: MakeConfig, tmp_path: Path
) -> None:
    config = make_config(tmp_path / "data")
    detached = await asyncio.to_thread(local_neo4j.start_detached, config)
    joined = await asyncio.to_thread(local_neo4j.start, config)
    events = list[ServerEvent]()
    supervising = asyncio.create_task(local_neo4j.supervise(joined, report=events.append))
    os.kill(detached.pid, signal.SIGKILL)
    try:
        assert await until_async(lambda: len(events) == 2), events
        assert [event.change for event in events] == [Change.DIED, Change.RESTARTED]
        assert await asyncio.to_thread(ask, joined, "RETURN 1") == [1]
    finally:
        await asyncio.to_thread(joined.stop)
        await asyncio.wait_for(supervising, 30)
    assert gone(joined.pid)


def test_a_start_that_is_given_up_leaves_nothing_running(make_config: MakeConfig, tmp_path: Path) -> None:
    config, given_up = make_config(tmp_path / "data"), threading.Event()
    pids = list[int]()

    def give_up() -> None:
        assert until(lambda: local_neo4j.status(config).running)
        pids.append(local_neo4j.status(config).pid or 0)
        given_up.set()

    giver = threading.Thread(target=give_up)
    giver.start()
    with pytest.raises(DatabaseNotStarted, match="was stopped while it started"):
        local_neo4j.start(config, given_up=given_up)
    giver.join()
    assert gone(pids[0])


def test_a_killed_parent_takes_its_server_along_and_the_next_start_works(
    make_config: MakeConfig, tmp_path: Path
) -> None:
    config = make_config(tmp_path / "data")
    command = [sys.executable, "-c", _PARENT, config.data_dir, config.cache_dir]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    assert until(lambda: gone(pid), seconds=15.0)

    again = local_neo4j.start(config)
    assert again.owned
    # `stop` from elsewhere counts as a wish: supervision would not bring it back.
    assert local_neo4j.stop(config)
    assert (again.is_wanted, again.has_ended) == (False, True)
    again.stop()


def test_a_jvm_that_cannot_start_is_quoted(make_config: MakeConfig, tmp_path: Path) -> None:
    config = replace(make_config(tmp_path / "data"), heap_mebibytes=1_000_000_000)
    with pytest.raises(DatabaseNotStarted, match=r'"[^"]*heap[^"]*" \(all of it in .*console\.log\)'):
        local_neo4j.start(config)


def test_a_file_in_place_of_the_data_directory_is_a_clear_sentence(
    make_config: MakeConfig, tmp_path: Path
) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(DatabaseNotStarted, match="cannot be used"):
        local_neo4j.start(make_config(tmp_path / "data"))


def test_nothing_is_deleted_that_is_not_ours(make_config: MakeConfig, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(DatabaseNotStarted, match=r"thesis\.txt"):
        local_neo4j.reset(make_config(tmp_path))
    assert (tmp_path / "thesis.txt").exists()


def test_a_check_without_a_database_says_how_to_get_one(make_config: MakeConfig, tmp_path: Path) -> None:
    with pytest.raises(DatabaseNotStarted, match="no database"):
        local_neo4j.check(make_config(tmp_path / "data"))
