"""How a directory becomes an instance, is recognised, continued after a crash, or refused."""

import json
import stat
import threading
from pathlib import Path

import pytest

from app.errors import DatabaseNotStarted
from app.local_neo4j import instance
from app.local_neo4j.config import NEO4J_VERSION
from app.local_neo4j.instance import Instance


@pytest.fixture
def place(tmp_path: Path) -> Instance:
    return Instance(tmp_path / "data")


def open_it(place: Instance) -> str:
    with instance.locked(place, timeout_seconds=5.0):
        instance.claim(place)
        return instance.password(place)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def give_it_databases(place: Instance) -> None:
    (place.root / "data" / "databases" / "system").mkdir(parents=True)


def test_directory_and_password_are_for_their_owner_only(place: Instance) -> None:
    open_it(place)
    assert (mode(place.root), mode(place.password_file)) == (0o700, 0o600)


def test_the_password_stays_the_same(place: Instance) -> None:
    assert open_it(place) == open_it(place)


def test_two_instances_have_different_passwords(tmp_path: Path) -> None:
    assert open_it(Instance(tmp_path / "a")) != open_it(Instance(tmp_path / "b"))


def test_a_first_start_cut_short_after_the_marker_is_continued(place: Instance) -> None:
    open_it(place)
    place.password_file.unlink()
    assert len(open_it(place)) == 40


def test_a_half_written_marker_of_a_first_start_is_replaced(place: Instance) -> None:
    place.root.mkdir()
    (place.root / "instance.json.123.tmp").write_text('{"made')
    (place.root / "server.lock").touch()
    open_it(place)
    assert place.marker is not None


def test_a_lost_password_is_a_clear_sentence(place: Instance) -> None:
    open_it(place)
    give_it_databases(place)
    place.password_file.unlink()
    with pytest.raises(DatabaseNotStarted, match=r"password is missing.*loci db reset"):
        open_it(place)


def test_a_lost_marker_beside_a_database_is_a_clear_sentence(place: Instance) -> None:
    open_it(place)
    give_it_databases(place)
    place.marker_file.write_text("{")
    with pytest.raises(DatabaseNotStarted, match=r"instance\.json is missing or damaged"):
        open_it(place)


def test_a_newer_database_is_refused_with_both_versions(place: Instance) -> None:
    open_it(place)
    place.marker_file.write_text(json.dumps({"made_by": "loci", "neo4j_version": "2027.01.0"}))
    with pytest.raises(DatabaseNotStarted, match=rf"2027\.01\.0, newer than the {NEO4J_VERSION}"):
        open_it(place)


def test_a_directory_with_other_things_in_it_is_refused_and_left_as_it_is(place: Instance) -> None:
    place.root.mkdir()
    (place.root / "thesis.txt").touch()
    with pytest.raises(DatabaseNotStarted, match=r"such as thesis\.txt"):
        open_it(place)
    assert [entry.name for entry in place.root.iterdir()] == ["thesis.txt"]


def test_a_file_in_place_of_the_directory_is_a_clear_sentence(place: Instance) -> None:
    place.root.touch()
    with pytest.raises(DatabaseNotStarted, match="data cannot be used"):
        open_it(place)


def test_a_directory_below_a_file_is_a_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseNotStarted, match="cannot be used"):
        open_it(Instance(tmp_path / "file" / "data"))


def test_a_second_process_that_is_busy_here_is_a_clear_sentence(place: Instance) -> None:
    with (
        instance.locked(place, timeout_seconds=1.0),
        pytest.raises(DatabaseNotStarted, match="Another process"),
        instance.locked(place, timeout_seconds=0.05),
    ):
        pass


def test_waiting_for_another_process_can_be_given_up(place: Instance) -> None:
    given_up = threading.Event()
    given_up.set()
    with (
        instance.locked(place, timeout_seconds=1.0),
        pytest.raises(DatabaseNotStarted, match="was stopped while it started"),
        instance.locked(place, timeout_seconds=60.0, given_up=given_up),
    ):
        pass
