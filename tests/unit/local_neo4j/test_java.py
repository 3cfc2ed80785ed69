"""Which Java is chosen, with executables that only pretend to be one."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import JavaMissing
from app.local_neo4j import java
from app.local_neo4j.config import LocalNeo4jConfig


def pretend(home: Path, version: str, *, vector: bool = True) -> Path:
    """A `bin/java` that answers --list-modules, and counts in `asked` how often it had to."""
    executable = home / "bin" / "java"
    executable.parent.mkdir(parents=True)
    module = f"echo jdk.incubator.vector@{version}" if vector else ":"
    executable.write_text(f'#!/bin/sh\necho x >> "{home}/asked"\necho java.base@{version}\n{module}\n')
    executable.chmod(0o755)
    return home


def config(
    tmp_path: Path, *, java_home: Path | None = None, system_java_home: Path | None = None, search: str = ""
) -> LocalNeo4jConfig:
    return LocalNeo4jConfig(
        data_dir=tmp_path / "data",
        cache_dir=tmp_path / "cache",
        java_home=java_home,
        system_java_home=system_java_home,
        search_path=search,
    )


def test_the_named_java_is_used_even_without_the_vector_module(tmp_path: Path) -> None:
    home = pretend(tmp_path / "jre", "21.0.4", vector=False)
    found = java.find(config(tmp_path, java_home=home))
    assert (found.executable, found.major, found.has_vector_module) == (home / "bin" / "java", 21, False)


def test_a_named_java_of_another_version_is_refused_with_both_versions(tmp_path: Path) -> None:
    home = pretend(tmp_path / "old", "17.0.2")
    with pytest.raises(JavaMissing, match=r"LOCI_JAVA_HOME .*Java 17\.0\.2.* needs Java 25 or 21"):
        java.find(config(tmp_path, java_home=home))


def test_a_named_directory_without_java_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JavaMissing, match="no working bin/java"):
        java.find(config(tmp_path, java_home=tmp_path))


def test_an_executable_that_is_no_java_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JavaMissing, match="no working bin/java"):
        java.find(config(tmp_path, java_home=pretend(tmp_path / "odd", "unknown")))


def test_java_home_comes_before_the_search_path(tmp_path: Path) -> None:
    home, other = pretend(tmp_path / "home", "21.0.1"), pretend(tmp_path / "path", "25")
    found = java.find(config(tmp_path, system_java_home=home, search=str(other / "bin")))
    assert found.executable == home / "bin" / "java"


def test_a_java_with_the_vector_module_comes_before_one_without(tmp_path: Path) -> None:
    home, other = pretend(tmp_path / "jre", "25", vector=False), pretend(tmp_path / "jdk", "25")
    found = java.find(config(tmp_path, system_java_home=home, search=str(other / "bin")))
    assert found.executable == other / "bin" / "java"


def test_an_unsuitable_java_on_the_path_is_passed_over(tmp_path: Path) -> None:
    other = pretend(tmp_path / "path", "17.0.2")
    assert java.find(config(tmp_path, search=str(other / "bin"))).major in java.SUPPORTED_MAJORS


def test_each_java_is_asked_once_until_it_changes(tmp_path: Path) -> None:
    home = pretend(tmp_path / "jdk", "25.0.1")
    for _ in range(3):
        java.find(config(tmp_path, java_home=home))
    assert (home / "asked").read_text().split() == ["x"]


@pytest.mark.parametrize("cache", ["file", "file/below"], ids=["a file", "below a file"])
def test_a_cache_that_cannot_be_used_does_not_matter_here(tmp_path: Path, cache: str) -> None:
    (tmp_path / "file").touch()
    home = pretend(tmp_path / "jdk", "25.0.1")
    found = java.find(replace(config(tmp_path, java_home=home), cache_dir=tmp_path / cache))
    assert found.executable == home / "bin" / "java"


def test_a_memory_that_cannot_be_read_does_not_matter_here(tmp_path: Path) -> None:
    (tmp_path / "cache" / "java.json").mkdir(parents=True)
    home = pretend(tmp_path / "jdk", "25.0.1")
    assert java.find(config(tmp_path, java_home=home)).executable == home / "bin" / "java"
