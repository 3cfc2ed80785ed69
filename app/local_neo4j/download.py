"""Fetches artefacts from a Maven repository and lets nothing through that does not match its digest.

Knows HTTP, `.part` files and retries; which artefacts are missing is decided in `jar_cache`.
"""

import hashlib
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx2

from app.errors import DownloadFailed
from app.local_neo4j.artifacts import Artifact
from app.local_neo4j.progress import Progress

MAVEN_CENTRAL = "https://repo1.maven.org/maven2"
_CHUNK_BYTES = 1 << 18
_TRANSIENT_STATUSES = frozenset({408, 416, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """Eight connections hide the latency of 226 small files; four attempts pause 3.5 s in all."""

    workers: int = 8
    attempts: int = 4
    first_pause_seconds: float = 0.5
    timeout_seconds: float = 30.0


class _TryAgain(Exception):
    """One attempt failed, another may not; the text is the reason."""


class _Meter:
    """Knows how far each artefact is and reports the sum, one report at a time."""

    def __init__(self, *, total_bytes: int, progress: Progress) -> None:
        self._total_bytes = total_bytes
        self._done_bytes = 0
        self._by_path: dict[str, int] = {}
        self._progress = progress
        self._lock = threading.Lock()

    def at(self, artifact: Artifact, done_bytes: int) -> None:
        with self._lock:
            self._done_bytes += done_bytes - self._by_path.get(artifact.path, 0)
            self._by_path[artifact.path] = done_bytes
            self._progress.downloaded(done_bytes=self._done_bytes, total_bytes=self._total_bytes)


def fetch_all(
    artifacts: Sequence[Artifact],
    *,
    folder: Path,
    repository: str,
    progress: Progress,
    policy: FetchPolicy | None = None,
) -> None:
    """Fetch each artefact to `folder / artifact.path`; whole, verified files appear there, or none.

    What an interrupted call left in `.part` files is continued. The first failure ends the others.

    Raises: DownloadFailed, OSError where `folder` cannot be written.
    """
    policy = policy or FetchPolicy()
    meter = _Meter(total_bytes=sum(one.size for one in artifacts), progress=progress)
    timeout = httpx2.Timeout(policy.timeout_seconds, pool=None)
    cancelled = threading.Event()
    with (
        httpx2.Client(timeout=timeout, follow_redirects=True) as client,
        ThreadPoolExecutor(policy.workers, thread_name_prefix="loci-download") as workers,
    ):
        fetch = _Fetch(client, folder, repository.rstrip("/"), meter, policy, cancelled)
        futures = [workers.submit(fetch, artifact) for artifact in artifacts]
        try:
            for future in futures:
                future.result()
        finally:
            cancelled.set()
            workers.shutdown(cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Fetch:
    """What the workers share; calling it fetches one artefact."""

    client: httpx2.Client
    folder: Path
    repository: str
    meter: _Meter
    policy: FetchPolicy
    cancelled: threading.Event

    def __call__(self, artifact: Artifact) -> None:
        reason = ""
        for attempt in range(self.policy.attempts):
            # The wait also ends a worker whose sibling has failed.
            pause_seconds = self.policy.first_pause_seconds * 2 ** (attempt - 1) if attempt else 0
            if self.cancelled.wait(pause_seconds):
                return
            try:
                return self._attempt(artifact)
            except (_TryAgain, httpx2.HTTPError) as error:
                reason = str(error) or type(error).__name__
            except httpx2.InvalidURL as error:
                raise self._failed(artifact, str(error)) from error
        raise self._failed(artifact, reason)

    def _attempt(self, artifact: Artifact) -> None:
        target = self.folder / artifact.path
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        received = _Received.resume(part, limit=artifact.size)
        if received.count < artifact.size:
            self._receive(artifact, received)
        if received.count < artifact.size:
            raise _TryAgain("the connection ended early")
        if received.count > artifact.size or received.digest.hexdigest() != artifact.sha256:
            part.unlink()
            raise _TryAgain("what came does not match the SHA-256 digest in artifacts.lock.json")
        os.replace(part, target)
        self.meter.at(artifact, artifact.size)

    def _receive(self, artifact: Artifact, received: "_Received") -> None:
        headers = {"Accept-Encoding": "identity"}
        if received.count:
            headers["Range"] = f"bytes={received.count}-"
        with self.client.stream("GET", f"{self.repository}/{artifact.path}", headers=headers) as response:
            self._accept(artifact, response, received)
            with received.part.open("ab") as file:
                # As it comes: a fixed chunk size would hold back, and lose, what a broken connection sent.
                for chunk in response.iter_raw():
                    if self.cancelled.is_set() or received.count > artifact.size:
                        return
                    file.write(chunk)
                    received.add(chunk)
                    self.meter.at(artifact, received.count)

    def _accept(self, artifact: Artifact, response: httpx2.Response, received: "_Received") -> None:
        status = response.status_code
        if status == 206:
            return
        if status in {200, 416}:
            # The server ignored the range, or it did not fit: everything comes from the start.
            received.restart()
        if status in _TRANSIENT_STATUSES:
            raise _TryAgain(f"the server answered {status}")
        if status != 200:
            raise self._failed(artifact, f"the server answered {status}")

    def _failed(self, artifact: Artifact, reason: str) -> DownloadFailed:
        self.cancelled.set()
        name = artifact.path.rsplit("/", 1)[-1]
        # Without a name and password, which a mirror's address may hold.
        host = urlsplit(self.repository).netloc.rpartition("@")[2] or self.repository
        return DownloadFailed(
            f"{name} could not be fetched from {host} ({reason}); check the network, name another Maven"
            " repository in LOCI_ARTIFACT_MIRROR, or copy a filled cache from another machine and set"
            " LOCI_OFFLINE=1."
        )


class _Received:
    """The bytes of one `.part` file and their running digest."""

    def __init__(self, part: Path) -> None:
        self.part = part
        self.count = 0
        self.digest = hashlib.sha256()

    @classmethod
    def resume(cls, part: Path, *, limit: int) -> "_Received":
        """Take up what an earlier attempt left, unless it is longer than the whole."""
        received = cls(part)
        if part.exists() and part.stat().st_size > limit:
            part.unlink()
        if part.exists():
            with part.open("rb") as file:
                while chunk := file.read(_CHUNK_BYTES):
                    received.add(chunk)
        return received

    def add(self, chunk: bytes) -> None:
        self.count += len(chunk)
        self.digest.update(chunk)

    def restart(self) -> None:
        self.part.unlink(missing_ok=True)
        self.count = 0
        self.digest = hashlib.sha256()
