"""When a note about a running server is believed."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.local_neo4j import instance, server_record
from app.local_neo4j.instance import Instance, Marker
from app.local_neo4j.server_record import ServerRecord


@pytest.fixture
def place(tmp_path: Path) -> Instance:
    return Instance(tmp_path)


def record_of(pid: int, *, owner: tuple[int | None, float] = (None, 0.0)) -> ServerRecord:
    return ServerRecord(
        pid=pid,
        owner_pid=owner[0],
        owner_started_at=owner[1],
        http_port=1,
        bolt_port=2,
        neo4j_version="2026.08.1",
    )


def pretend(place: Instance) -> "subprocess.Popen[bytes]":
    """A process with this instance's argument file on its command line."""
    return subprocess.Popen(
        [sys.executable, "-c", "input()", f"@{place.arguments_file}"], stdin=subprocess.PIPE
    )


def test_a_note_about_a_living_server_is_believed(place: Instance) -> None:
    with pretend(place) as server:
        server_record.write(place, record_of(server.pid))
        assert server_record.running(place) == record_of(server.pid)
        server.kill()


def test_a_note_about_a_dead_server_is_not(place: Instance) -> None:
    with pretend(place) as server:
        server.kill()
    server_record.write(place, record_of(server.pid))
    assert server_record.running(place) is None


def test_a_number_that_another_program_has_now_is_not_taken_for_the_server(place: Instance) -> None:
    server_record.write(place, record_of(os.getpid()))
    assert server_record.running(place) is None


def test_a_half_written_note_counts_for_nothing(place: Instance) -> None:
    place.record_file.write_text('{"pid": 1')
    assert server_record.running(place) is None


def test_a_server_without_a_note_is_found_by_its_command_line(place: Instance) -> None:
    instance.remember(place, Marker(neo4j_version="2026.08.1", http_port=1, bolt_port=2))
    with pretend(place) as server:
        assert server_record.find_unrecorded(place) == record_of(server.pid)
        server.kill()
        server.wait()
        assert server_record.find_unrecorded(place) is None


def test_the_owner_is_alive_while_it_is_the_same_process() -> None:
    ours = record_of(1, owner=server_record.this_process())
    assert ours.owner_is_alive
    assert not replace(ours, owner_started_at=ours.owner_started_at - 60.0).owner_is_alive
    assert not record_of(1).owner_is_alive


def test_only_the_note_about_that_process_is_taken_away(place: Instance) -> None:
    server_record.write(place, record_of(5))
    server_record.remove(place, pid=4)
    assert server_record.read(place) == record_of(5)
    server_record.remove(place, pid=5)
    assert server_record.read(place) is None
