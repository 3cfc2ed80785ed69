"""Where a start ends that nobody waits for any more."""

import threading
from pathlib import Path

import pytest

from app.errors import DatabaseNotStarted
from app.local_neo4j.download import FetchPolicy
from app.local_neo4j.giving_up import Checkpoints
from app.local_neo4j.jar_cache import JarCache
from tests.unit.local_neo4j.maven_repository import MavenRepository, Recorder, lock_of


def test_what_is_wanted_is_reported_as_it_is() -> None:
    recorder = Recorder()
    progress = Checkpoints(recorder, threading.Event())
    progress.step("one")
    progress.downloaded(done_bytes=1, total_bytes=2)
    assert (recorder.steps, recorder.reports) == (["one"], [(1, 2)])


def test_no_step_begins_once_it_is_given_up() -> None:
    recorder, given_up = Recorder(), threading.Event()
    given_up.set()
    with pytest.raises(DatabaseNotStarted, match="was stopped while it started"):
        Checkpoints(recorder, given_up).step("one")
    assert recorder.steps == []


class GivesUp(Recorder):
    """Wants no more once the first bytes have come."""

    def __init__(self, given_up: threading.Event) -> None:
        super().__init__()
        self._given_up = given_up

    def downloaded(self, *, done_bytes: int, total_bytes: int) -> None:
        super().downloaded(done_bytes=done_bytes, total_bytes=total_bytes)
        self._given_up.set()


def test_a_download_that_is_given_up_ends_there(repository: MavenRepository, tmp_path: Path) -> None:
    given_up = threading.Event()
    recorder = GivesUp(given_up)
    cache = JarCache(
        folder=tmp_path / "jars",
        lock=lock_of(repository.files),
        repository=repository.url,
        policy=FetchPolicy(workers=1),
    )
    with pytest.raises(DatabaseNotStarted, match="was stopped"):
        cache.fill(progress=Checkpoints(recorder, given_up))
    assert len(recorder.reports) == 1
