"""Where archives lie, and that losing one is no failure."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.local_neo4j import class_archive
from app.local_neo4j.java import Java

DUMPS = '#!/bin/sh\ntouch "${2#-XX:SharedArchiveFile=}"\n'
FAILS = "#!/bin/sh\nexit 1\n"


@pytest.fixture
def java(tmp_path: Path) -> Java:
    """A Java with an archive of its own classes."""
    own = tmp_path / "jdk" / "lib" / "server" / "classes.jsa"
    own.parent.mkdir(parents=True)
    own.touch()
    return Java(executable=tmp_path / "jdk" / "bin" / "java", version="25.0.3", has_vector_module=True)


def without_own(java: Java, tmp_path: Path, script: str) -> Java:
    executable = tmp_path / "jre" / "bin" / "java"
    executable.parent.mkdir(parents=True)
    executable.write_text(script)
    executable.chmod(0o755)
    return replace(java, executable=executable)


def test_each_java_and_class_path_has_an_archive_of_its_own(java: Java, tmp_path: Path) -> None:
    found = {
        class_archive.locate(one, path, folder=tmp_path).file
        for one in (java, replace(java, version="25.0.4"))
        for path in ([Path("/a.jar")], [Path("/b.jar")])
    }
    assert len(found) == 4


def test_a_java_with_an_archive_of_its_own_needs_no_base(java: Java, tmp_path: Path) -> None:
    assert class_archive.locate(java, [], folder=tmp_path).base is None


def test_a_java_without_one_gets_a_base(java: Java, tmp_path: Path) -> None:
    bare = without_own(java, tmp_path, DUMPS)
    base = class_archive.locate(bare, [], folder=tmp_path).base
    assert base is not None
    assert base.exists()
    assert class_archive.locate(bare, [], folder=tmp_path).base == base


def test_a_java_that_cannot_make_one_goes_without(java: Java, tmp_path: Path) -> None:
    assert class_archive.locate(without_own(java, tmp_path, FAILS), [], folder=tmp_path).base is None


def test_an_archive_that_was_not_written_is_no_failure(tmp_path: Path) -> None:
    class_archive.keep(tmp_path / "never", tmp_path / "classes.jsa")
    assert list(tmp_path.iterdir()) == []


def test_a_new_archive_replaces_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("new")
    (tmp_path / "classes.jsa").write_text("old")
    class_archive.keep(tmp_path / "new", tmp_path / "classes.jsa")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("classes.jsa", "new")]
