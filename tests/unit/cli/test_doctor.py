"""What doctor says before there is a database, which it must not create."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from app import settings
from app.cli import doctor
from app.cli.findings import Finding
from app.local_neo4j import SILENT


def examined(data_dir: Path, tmp_path: Path) -> Sequence[Finding]:
    """All findings with nothing cached and nothing to be downloaded, so that no server could start."""
    chosen = settings.load(data_dir=data_dir, cache_dir=tmp_path / "cache", offline=True)
    return [*doctor.examine(chosen, SILENT)]


def database(found: Sequence[Finding]) -> Finding:
    (one,) = [one for one in found if one.name == "database"]
    return one


@pytest.mark.parametrize("exists", [True, False], ids=["an empty directory", "no directory"])
def test_a_database_that_is_not_made_yet_is_well_and_not_made(tmp_path: Path, exists: bool) -> None:
    data_dir = tmp_path / "data"
    if exists:
        data_dir.mkdir()
    found = database(examined(data_dir, tmp_path))
    assert (found.ok, found.detail) == (True, "none yet; `./loci serve` makes it")
    assert data_dir.exists() == exists
    assert not exists or list(data_dir.iterdir()) == []


def test_a_directory_of_other_files_is_not_well_and_left_alone(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    (data_dir / "thesis.txt").write_text("not ours")
    found = database(examined(data_dir, tmp_path))
    assert not found.ok
    assert "LOCI_DATA_DIR" in found.remedy
    assert [path.name for path in data_dir.iterdir()] == ["thesis.txt"]


def test_a_data_directory_that_is_a_file_is_not_well(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    data_dir.write_text("")
    assert not database(examined(data_dir, tmp_path)).ok


def test_what_is_wrong_with_one_thing_does_not_hide_the_others(tmp_path: Path) -> None:
    found = {one.name: one.ok for one in examined(tmp_path / "data", tmp_path)}
    assert found["Java and Neo4j"] is False
    assert {"disk", "model", "port", "database"} <= set(found)
