"""Writes `artifacts.lock.json` anew: `uv run python -m app.local_neo4j.relock`.

For whoever raises the Neo4j version: change `NEO4J_VERSION` in `config` and `BROWSER_VERSION` here,
run this, review the difference, commit it. Needs `mvn` and the network; Maven resolves the versions
into a temporary repository and checks each jar against the repository's own checksum. Users never need it.
"""

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from app.local_neo4j import artifacts
from app.local_neo4j.artifacts import Artifact, ArtifactLock
from app.local_neo4j.config import NEO4J_VERSION

BROWSER_VERSION = "5.24.0"
ROOTS = (
    ("org.neo4j", "neo4j", NEO4J_VERSION),
    ("org.neo4j.app", "neo4j-server", NEO4J_VERSION),
    ("org.neo4j.client", "neo4j-browser", BROWSER_VERSION),
)


def write_lock() -> ArtifactLock:
    """Resolve the three roots with Maven and write the lock file.

    Raises: FileNotFoundError without `mvn`, subprocess.CalledProcessError where Maven fails.
    """
    with tempfile.TemporaryDirectory(prefix="loci-relock-") as folder:
        repository = Path(folder).resolve() / "repository"
        jars = _resolve(Path(folder), repository)
        found = sorted((_describe(jar, repository) for jar in jars), key=lambda one: one.path)
    lock = ArtifactLock(neo4j_version=NEO4J_VERSION, artifacts=tuple(found))
    artifacts.LOCK_FILE.write_bytes(artifacts.ADAPTER.dump_json(lock, indent=1) + b"\n")
    return lock


def _resolve(folder: Path, repository: Path) -> list[Path]:
    maven = shutil.which("mvn")
    if maven is None:
        raise FileNotFoundError("mvn is not on the PATH")
    (folder / "pom.xml").write_text(_project())
    class_path = folder / "class_path"
    command = [maven, "--quiet", "--batch-mode", "--strict-checksums", f"-Dmaven.repo.local={repository}"]
    goal = ["dependency:build-classpath", "-Dmdep.includeScope=runtime", f"-Dmdep.outputFile={class_path}"]
    subprocess.run([*command, *goal], cwd=folder, check=True)  # noqa: S603  fixed words, no shell
    return [Path(entry) for entry in class_path.read_text().strip().split(":")]


def _project() -> str:
    dependencies = "".join(
        f"<dependency><groupId>{group}</groupId><artifactId>{name}</artifactId>"
        f"<version>{version}</version></dependency>"
        for group, name, version in ROOTS
    )
    return (
        "<project><modelVersion>4.0.0</modelVersion><groupId>loci</groupId><artifactId>relock</artifactId>"
        f"<version>1</version><packaging>pom</packaging><dependencies>{dependencies}</dependencies></project>"
    )


def _describe(jar: Path, repository: Path) -> Artifact:
    relative = jar.resolve().relative_to(repository)
    *group, name, version, file_name = relative.parts
    classifier = file_name.removeprefix(f"{name}-{version}").removesuffix(".jar").removeprefix("-")
    content = jar.read_bytes()
    return Artifact(
        coordinates=":".join(filter(None, (".".join(group), name, version, classifier))),
        path=relative.as_posix(),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


if __name__ == "__main__":
    write_lock()
