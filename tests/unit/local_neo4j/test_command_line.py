"""What Neo4j and the JVM are told."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.local_neo4j import jvm, neo4j_conf
from app.local_neo4j.class_archive import ClassArchive
from app.local_neo4j.config import LocalNeo4jConfig
from app.local_neo4j.installation import Installation
from app.local_neo4j.instance import Instance
from app.local_neo4j.java import Java

FULL = Java(executable=Path("/jdk/bin/java"), version="25.0.3", has_vector_module=True)


@pytest.fixture
def config(tmp_path: Path) -> LocalNeo4jConfig:
    return LocalNeo4jConfig(data_dir=tmp_path, cache_dir=tmp_path, heap_mebibytes=300)


def arguments(config: LocalNeo4jConfig, java: Java, new_archive: Path | None = None) -> list[str]:
    installation = Installation(
        java=java,
        class_path=(Path("/a.jar"), Path("/b.jar")),
        archive=ClassArchive(file=Path("/classes.jsa"), base=Path("/base.jsa")),
    )
    return jvm.server_arguments(config, installation, Instance(config.data_dir), new_archive=new_archive)


def settings(config: LocalNeo4jConfig) -> dict[str, str]:
    text = neo4j_conf.text(config, root=config.data_dir, http_port=1, bolt_port=2)
    return dict(line.split("=", 1) for line in text.splitlines() if not line.startswith("#"))


def test_every_listener_is_on_the_loopback(config: LocalNeo4jConfig) -> None:
    addresses = {key: value for key, value in settings(config).items() if "_address" in key}
    assert len(addresses) == 6
    assert all(value.startswith("127.0.0.1") for value in addresses.values())


@pytest.mark.parametrize(
    "switch",
    [
        "dbms.usage_report.enabled",
        "client.allow_telemetry",
        "server.bolt.telemetry.enabled",
        "server.fleet_discovery.enabled",
        "dbms.fleet_manager.enabled",
    ],
)
def test_nothing_phones_home(config: LocalNeo4jConfig, switch: str) -> None:
    assert settings(config)[switch] == "false"


def test_memory_and_time_limits_are_the_configured_ones(config: LocalNeo4jConfig) -> None:
    found = settings(replace(config, page_cache_mebibytes=77, transaction_timeout_seconds=9))
    assert found["server.memory.pagecache.size"] == "77m"
    assert found["db.transaction.timeout"] == "9s"
    assert "-Xmx300m" in arguments(config, FULL)


def test_flags_follow_what_the_java_has(config: LocalNeo4jConfig) -> None:
    vector, memory = "--add-modules=jdk.incubator.vector", "--sun-misc-unsafe-memory-access=allow"
    assert {vector, memory} <= set(arguments(config, FULL))
    assert vector not in arguments(config, replace(FULL, has_vector_module=False))
    assert memory not in arguments(config, replace(FULL, version="21.0.4"))


def test_a_class_archive_is_written_or_read(config: LocalNeo4jConfig) -> None:
    writing, reading = arguments(config, FULL, Path("/new")), arguments(config, FULL)
    assert {"-XX:ArchiveClassesAtExit=/new", "-XX:SharedArchiveFile=/base.jsa"} <= set(writing)
    assert "-XX:SharedArchiveFile=/classes.jsa" in reading


def test_an_argument_file_quotes_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "arguments"
    jvm.write(path, ["-cp", 'a b\\c"d'])
    assert path.read_text() == '"-cp"\n"a b\\\\c\\"d"\n'
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_jvm_gets_none_of_our_environment(tmp_path: Path) -> None:
    assert set(jvm.environment(Instance(tmp_path))) == {"LC_ALL", "NEO4J_HOME", "NEO4J_CONF"}
