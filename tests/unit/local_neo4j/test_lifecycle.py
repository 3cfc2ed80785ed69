"""What looking at a directory says that holds no instance, or one that cannot be read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import DatabaseNotStarted
from app.local_neo4j import address, lifecycle, maintenance
from app.local_neo4j.config import LocalNeo4jConfig

LOOKS = [lifecycle.status, address.of_running]


def config(data_dir: Path) -> LocalNeo4jConfig:
    return LocalNeo4jConfig(data_dir=data_dir, cache_dir=data_dir)


@pytest.fixture(params=["", "below"], ids=["a file", "below a file"])
def no_directory(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    (tmp_path / "file").touch()
    return tmp_path / "file" / str(request.param)


def test_nothing_runs_where_there_is_no_directory(no_directory: Path) -> None:
    assert not lifecycle.status(config(no_directory)).running


def test_nothing_answers_where_there_is_no_directory(no_directory: Path) -> None:
    assert address.of_running(config(no_directory)) is None


def test_nothing_is_deleted_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert maintenance.reset(config(tmp_path / "file" / "below")) is None


@pytest.mark.parametrize("look", LOOKS, ids=["status", "address"])
def test_a_note_that_cannot_be_read_is_a_clear_sentence(
    tmp_path: Path, look: Callable[[LocalNeo4jConfig], object]
) -> None:
    (tmp_path / "server.json").mkdir()
    with pytest.raises(DatabaseNotStarted, match=r"cannot be used .*server\.json.*LOCI_DATA_DIR"):
        look(config(tmp_path))
