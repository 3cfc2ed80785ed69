"""Command lines for the JVM, handed over in an argument file.

A file keeps the command line short and recognisable, and a password out of the process list.
Its syntax: https://docs.oracle.com/en/java/javase/25/docs/specs/man/java.html, "Argument Files".
"""

from collections.abc import Sequence
from pathlib import Path

from app.local_neo4j import state_files
from app.local_neo4j.config import LocalNeo4jConfig
from app.local_neo4j.installation import Installation
from app.local_neo4j.instance import Instance
from app.local_neo4j.java import Java

_OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
# The flags that Neo4j's own launcher passes, taken from conf/neo4j.conf of its distribution.
_SERVER_FLAGS = (
    "-XX:+UseG1GC",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+DisableExplicitGC",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dlog4j2.disable.jmx=true",
    "-Dorg.neo4j.shaded.lucene9.vectorization.upperJavaFeatureVersion=25",
)
# A database out of memory answers nothing any more; dead, it is started again.
_ON_FAILURE = ("-XX:+ExitOnOutOfMemoryError",)
_TOOL_FLAGS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m")


def environment(instance: Instance) -> dict[str, str]:
    """All that the JVM sees of an environment: no secrets of ours, and file names in UTF-8."""
    return {
        "LC_ALL": "C.UTF-8",
        "NEO4J_HOME": str(instance.root / "home"),
        "NEO4J_CONF": str(instance.conf_file.parent),
    }


def server_arguments(
    config: LocalNeo4jConfig, installation: Installation, instance: Instance, *, new_archive: Path | None
) -> list[str]:
    """The arguments that run the server in the foreground.

    With `new_archive` the JVM writes its parsed classes there when it ends; without, it reads the
    archive of the installation.
    """
    heap = f"{config.heap_mebibytes}m"
    archive = installation.archive.writing(new_archive) if new_archive else installation.archive.reading()
    return [
        f"-Xms{heap}",
        f"-Xmx{heap}",
        *_SERVER_FLAGS,
        *_ON_FAILURE,
        *_common(installation),
        *_vector(installation.java),
        *archive,
        # Complaints about an archive that does not fit go nowhere: it is then simply not used.
        "-Xlog:disable",
        f"-XX:ErrorFile={instance.root / 'logs' / 'hs_err_pid%p.log'}",
        "org.neo4j.server.Neo4jCommunity",
        f"--home-dir={instance.root / 'home'}",
        f"--config-dir={instance.conf_file.parent}",
        "--console-mode",
    ]


def tool_arguments(installation: Installation, *command: str) -> list[str]:
    """The arguments that run Neo4j's administration tool once."""
    return [*_TOOL_FLAGS, *_common(installation), "org.neo4j.cli.AdminTool", *command]


def write(path: Path, arguments: Sequence[str]) -> None:
    """Write an argument file, one quoted argument to a line, readable by its owner only."""
    state_files.write_text(path, "".join(f"{_quoted(argument)}\n" for argument in arguments))


def _common(installation: Installation) -> list[str]:
    flags = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED]
    flags += ["--enable-native-access=ALL-UNNAMED", "-Dfile.encoding=UTF-8"]
    if installation.java.major >= 25:
        flags.append("--sun-misc-unsafe-memory-access=allow")
    return [*flags, "-cp", ":".join(map(str, installation.class_path))]


def _vector(java: Java) -> list[str]:
    return ["--add-modules=jdk.incubator.vector"] if java.has_vector_module else []


def _quoted(argument: str) -> str:
    escaped = argument.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
