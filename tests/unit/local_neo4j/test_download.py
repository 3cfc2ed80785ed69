"""What the downloader does with good, slow, broken and hostile repositories."""

import hashlib
import threading
from pathlib import Path

import pytest

from app.errors import DownloadFailed
from app.local_neo4j import download
from app.local_neo4j.artifacts import Artifact
from app.local_neo4j.download import FetchPolicy
from tests.unit.local_neo4j.maven_repository import MavenRepository, Recorder, lock_of

HASTY = FetchPolicy(first_pause_seconds=0.0, timeout_seconds=10.0)
ONE = "org/one/1/one-1.jar"


def fetch(repository: MavenRepository, folder: Path, *paths: str, progress: Recorder | None = None) -> None:
    artifacts = [one for one in lock_of(repository.files).artifacts if one.path in paths or not paths]
    download.fetch_all(
        artifacts,
        folder=folder,
        repository=repository.url,
        progress=progress or Recorder(),
        policy=HASTY,
    )


def test_every_file_arrives_whole_and_nothing_else_stays(repository: MavenRepository, tmp_path: Path) -> None:
    fetch(repository, tmp_path)
    found = {path.relative_to(tmp_path).as_posix(): path for path in tmp_path.rglob("*") if path.is_file()}
    assert {name: path.read_bytes() for name, path in found.items()} == repository.files


def test_files_are_fetched_side_by_side(repository: MavenRepository, tmp_path: Path) -> None:
    # Each request waits for the other: one after the other would never finish.
    repository.together = threading.Barrier(2, timeout=10.0)
    fetch(repository, tmp_path)
    assert len(repository.requests) == 2


def test_progress_grows_to_the_total(repository: MavenRepository, tmp_path: Path) -> None:
    recorder = Recorder()
    fetch(repository, tmp_path, progress=recorder)
    total = sum(map(len, repository.files.values()))
    done = [report[0] for report in recorder.reports]
    assert done == sorted(done)
    assert recorder.reports[-1] == (total, total)


def test_an_interrupted_file_is_continued_where_it_ended(repository: MavenRepository, tmp_path: Path) -> None:
    part = tmp_path / f"{ONE}.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(repository.files[ONE][:1_000])
    fetch(repository, tmp_path, ONE)
    assert repository.requests == [(f"/maven2/{ONE}", "bytes=1000-")]
    assert (tmp_path / ONE).read_bytes() == repository.files[ONE]


def test_a_connection_that_breaks_is_continued(repository: MavenRepository, tmp_path: Path) -> None:
    repository.cut = 100_000
    fetch(repository, tmp_path, ONE)
    assert [wanted for _, wanted in repository.requests] == [None, "bytes=100000-"]
    assert (tmp_path / ONE).read_bytes() == repository.files[ONE]


def test_a_server_without_ranges_sends_everything_again(repository: MavenRepository, tmp_path: Path) -> None:
    repository.cut = 100_000
    repository.ignores_ranges = True
    fetch(repository, tmp_path, ONE)
    assert (tmp_path / ONE).read_bytes() == repository.files[ONE]


def test_a_wrong_part_file_is_thrown_away(repository: MavenRepository, tmp_path: Path) -> None:
    part = tmp_path / f"{ONE}.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"wrong")
    fetch(repository, tmp_path, ONE)
    assert (tmp_path / ONE).read_bytes() == repository.files[ONE]


def test_a_busy_server_is_asked_again(repository: MavenRepository, tmp_path: Path) -> None:
    repository.answers = [503, 429, 500]
    fetch(repository, tmp_path, ONE)
    assert len(repository.requests) == 4


def test_content_that_does_not_match_is_refused_and_removed(
    repository: MavenRepository, tmp_path: Path
) -> None:
    wanted = Artifact(coordinates="a:b:1", path=ONE, size=150_000, sha256=hashlib.sha256(b"").hexdigest())
    with pytest.raises(DownloadFailed, match=r"one-1\.jar .*does not match the SHA-256"):
        download.fetch_all(
            [wanted], folder=tmp_path, repository=repository.url, progress=Recorder(), policy=HASTY
        )
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_more_bytes_than_expected_are_not_read_to_the_end(
    repository: MavenRepository, tmp_path: Path
) -> None:
    wanted = Artifact(coordinates="a:b:1", path=ONE, size=10, sha256="0" * 64)
    with pytest.raises(DownloadFailed, match="does not match"):
        download.fetch_all(
            [wanted], folder=tmp_path, repository=repository.url, progress=Recorder(), policy=HASTY
        )


def test_a_missing_file_is_not_asked_for_twice(repository: MavenRepository, tmp_path: Path) -> None:
    artifacts = lock_of(repository.files).artifacts
    del repository.files[ONE]
    with pytest.raises(DownloadFailed, match=r"one-1\.jar .* answered 404.*LOCI_ARTIFACT_MIRROR"):
        download.fetch_all(
            artifacts[:1], folder=tmp_path, repository=repository.url, progress=Recorder(), policy=HASTY
        )
    assert len(repository.requests) == 1


def test_a_repository_out_of_reach_is_named_with_the_ways_out(tmp_path: Path) -> None:
    artifacts = lock_of({ONE: b"one"}).artifacts
    with pytest.raises(DownloadFailed, match=r"127\.0\.0\.1:1 .*LOCI_ARTIFACT_MIRROR.*LOCI_OFFLINE"):
        download.fetch_all(
            artifacts,
            folder=tmp_path,
            repository="http://127.0.0.1:1",
            progress=Recorder(),
            policy=HASTY,
        )


def test_the_password_of_a_mirror_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed) as caught:
        download.fetch_all(
            lock_of({ONE: b"one"}).artifacts,
            folder=tmp_path,
            repository="http://ann:hidden@127.0.0.1:1",
            progress=Recorder(),
            policy=HASTY,
        )
    assert "hidden" not in str(caught.value)


def test_a_mirror_that_is_no_address_is_a_failed_download(tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match="nonsense"):
        download.fetch_all(
            lock_of({ONE: b"one"}).artifacts,
            folder=tmp_path,
            repository="nonsense",
            progress=Recorder(),
            policy=HASTY,
        )
