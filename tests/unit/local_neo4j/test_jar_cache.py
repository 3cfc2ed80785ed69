"""When the cache fetches, when it hashes, and what it says offline."""

import threading
from pathlib import Path

import pytest

from app.errors import DownloadFailed
from app.local_neo4j.download import FetchPolicy
from app.local_neo4j.jar_cache import JarCache
from tests.unit.local_neo4j.maven_repository import MavenRepository, Recorder, lock_of

ONE = "org/one/1/one-1.jar"


def cache_of(repository: MavenRepository, folder: Path, *, offline: bool = False) -> JarCache:
    return JarCache(
        folder=folder / "jars",
        lock=lock_of(repository.files),
        repository=repository.url,
        offline=offline,
        policy=FetchPolicy(first_pause_seconds=0.0),
    )


def test_the_class_path_has_the_order_of_the_lock(repository: MavenRepository, tmp_path: Path) -> None:
    class_path = cache_of(repository, tmp_path).fill()
    assert [path.relative_to(tmp_path / "jars").as_posix() for path in class_path] == list(repository.files)
    assert all(path.is_file() for path in class_path)


def test_a_filled_cache_asks_for_nothing_and_reports_nothing(
    repository: MavenRepository, tmp_path: Path
) -> None:
    cache_of(repository, tmp_path).fill()
    asked, recorder = len(repository.requests), Recorder()
    cache_of(repository, tmp_path).fill(progress=recorder)
    assert (len(repository.requests), recorder.steps, recorder.reports) == (asked, [], [])


@pytest.mark.parametrize("damage", [b"short", b"xne" * 50_000], ids=["another size", "another digest"])
def test_a_damaged_jar_is_fetched_again(repository: MavenRepository, tmp_path: Path, damage: bytes) -> None:
    jar = cache_of(repository, tmp_path).fill()[0]
    jar.write_bytes(damage)
    cache_of(repository, tmp_path).fill()
    assert jar.read_bytes() == repository.files[ONE]


def test_offline_a_damaged_jar_is_named(repository: MavenRepository, tmp_path: Path) -> None:
    jar = cache_of(repository, tmp_path).fill()[0]
    jar.write_bytes(b"damaged")
    with pytest.raises(DownloadFailed, match=rf"LOCI_OFFLINE .* 1 of 2 .*{ONE}"):
        cache_of(repository, tmp_path, offline=True).fill()


def test_offline_an_empty_cache_says_how_to_fill_it(repository: MavenRepository, tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match=r"2 of 2 .*with the network, or copy that folder"):
        cache_of(repository, tmp_path, offline=True).fill()
    assert repository.requests == []


def test_offline_a_copied_cache_is_verified_and_used(repository: MavenRepository, tmp_path: Path) -> None:
    for path, content in repository.files.items():
        (tmp_path / "jars" / path).parent.mkdir(parents=True)
        (tmp_path / "jars" / path).write_bytes(content)
    assert len(cache_of(repository, tmp_path, offline=True).fill()) == 2


def test_two_that_fill_one_cache_at_once_fetch_each_file_once(
    repository: MavenRepository, tmp_path: Path
) -> None:
    fillers = [threading.Thread(target=cache_of(repository, tmp_path).fill) for _ in range(3)]
    for filler in fillers:
        filler.start()
    for filler in fillers:
        filler.join()
    assert sorted(path for path, _ in repository.requests) == sorted(f"/maven2/{p}" for p in repository.files)


def test_a_cache_that_cannot_be_written_is_named(repository: MavenRepository, tmp_path: Path) -> None:
    (tmp_path / "jars").write_text("a file where the folder should be")
    with pytest.raises(DownloadFailed, match=r"jar cache .*jars cannot be used .*LOCI_CACHE_DIR"):
        cache_of(repository, tmp_path).fill()


def test_a_cache_below_a_file_is_named(repository: MavenRepository, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DownloadFailed, match=r"jar cache .*jars cannot be used .*LOCI_CACHE_DIR"):
        cache_of(repository, tmp_path / "file").fill()
