"""The jars on this machine: one folder per Neo4j version, shared by every checkout of this user.

A jar is hashed when it arrives and again only when its size or modification time changes, because
hashing all of them would take longer than the rest of a second start.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock
from pydantic import TypeAdapter

from app.errors import DownloadFailed
from app.local_neo4j import download, state_files
from app.local_neo4j.artifacts import Artifact, ArtifactLock
from app.local_neo4j.download import FetchPolicy
from app.local_neo4j.progress import SILENT, Progress


@dataclass(frozen=True, slots=True)
class _Seen:
    """A jar as it was when its digest was found right."""

    sha256: str
    size: int
    modified_ns: int


_SEEN = TypeAdapter(dict[str, _Seen])


@dataclass(frozen=True, slots=True, kw_only=True)
class JarCache:
    """Where the jars of one lock lie and where missing ones come from."""

    folder: Path
    lock: ArtifactLock
    repository: str = download.MAVEN_CENTRAL
    offline: bool = False
    policy: FetchPolicy | None = None

    def fill(self, *, progress: Progress = SILENT) -> tuple[Path, ...]:
        """Make every jar present and verified; the class path in the order of the lock.

        Two processes that fill the same cache at once take turns.

        Raises: DownloadFailed.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self._unverified():
                with FileLock(self.folder / "fill.lock"):
                    self._fill(progress)
        except OSError as error:
            raise DownloadFailed(
                f"The jar cache {self.folder} cannot be used ({error.strerror}); make it a writable"
                " directory, or choose another with LOCI_CACHE_DIR."
            ) from error
        return tuple(self._path(artifact) for artifact in self.lock.artifacts)

    def _fill(self, progress: Progress) -> None:
        missing = [one for one in self._unverified() if not self._matches(one)]
        if missing and self.offline:
            raise self._incomplete(missing)
        if missing:
            megabytes = sum(one.size for one in missing) / 1e6
            progress.step(
                f"Fetching Neo4j {self.lock.neo4j_version} ({len(missing)} files, {megabytes:.0f} MB)"
            )
            self._fetch(missing, progress)
        self._remember(self.lock.artifacts)

    def _fetch(self, missing: list[Artifact], progress: Progress) -> None:
        download.fetch_all(
            missing, folder=self.folder, repository=self.repository, progress=progress, policy=self.policy
        )

    def _unverified(self) -> list[Artifact]:
        seen = state_files.read(self._seen_file, _SEEN) or {}
        return [one for one in self.lock.artifacts if self._seen_now(one) != seen.get(one.path)]

    def _seen_now(self, artifact: Artifact) -> _Seen:
        try:
            status = self._path(artifact).stat()
        except FileNotFoundError:
            return _Seen(artifact.sha256, -1, -1)
        return _Seen(artifact.sha256, status.st_size, status.st_mtime_ns)

    def _matches(self, artifact: Artifact) -> bool:
        path = self._path(artifact)
        if not path.is_file() or path.stat().st_size != artifact.size:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == artifact.sha256

    def _remember(self, artifacts: Iterable[Artifact]) -> None:
        state_files.write(self._seen_file, _SEEN, {one.path: self._seen_now(one) for one in artifacts})

    def _incomplete(self, missing: list[Artifact]) -> DownloadFailed:
        return DownloadFailed(
            f"LOCI_OFFLINE is set, but {len(missing)} of {len(self.lock.artifacts)} Neo4j files are missing"
            f" from {self.folder} or damaged, the first is {missing[0].path}; run `./loci serve` once with"
            " the network, or copy that folder from a machine where it ran."
        )

    def _path(self, artifact: Artifact) -> Path:
        return self.folder / artifact.path

    @property
    def _seen_file(self) -> Path:
        return self.folder / "verified.json"
