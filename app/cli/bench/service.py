"""The real service, started as a user would start it, on a disposable directory."""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psutil

from app.errors import DatabaseNotStarted

API_KEY = "key-of-the-benchmark"
_START_TIMEOUT_SECONDS = 300.0
_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """Memory of the two processes and the size of the database on disk."""

    service_mebibytes: float
    neo4j_mebibytes: float
    disk_mebibytes: float


@dataclass(slots=True, kw_only=True)
class BenchService:
    """A service process on its own data directory and port."""

    data_dir: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def base_url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> float:
        """Start it and wait until it is ready; the seconds that took."""
        began = time.monotonic()
        settings = {"LOCI_DATA_DIR": self.data_dir, "LOCI_API_KEY": API_KEY, "LOCI_LOG_LEVEL": "warning"}
        # `env` adds to the environment without this program having to read it.
        variables = [f"{name}={value}" for name, value in settings.items()]
        command = [
            "/usr/bin/env",
            *variables,
            sys.executable,
            "-m",
            "app.cli",
            "serve",
            f"--port={self.port}",
        ]
        log = (self.data_dir.parent / "service.log").open("ab")
        with log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603  # fixed command
        self._wait_until_ready(began + _START_TIMEOUT_SECONDS)
        return time.monotonic() - began

    def stop(self) -> None:
        """Stop it and its database."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=120)
            self.process = None

    def footprint(self) -> Footprint:
        """Resident memory and disk now."""
        if self.process is None:
            raise DatabaseNotStarted("The measured service is not running")
        service = psutil.Process(self.process.pid)
        children = [child for child in service.children(recursive=True) if "java" in child.name()]
        files = [path for path in self.data_dir.rglob("*") if path.is_file()]
        return Footprint(
            service_mebibytes=service.memory_info().rss / 2**20,
            neo4j_mebibytes=sum(child.memory_info().rss for child in children) / 2**20,
            disk_mebibytes=sum(path.stat().st_size for path in files) / 2**20,
        )

    def _wait_until_ready(self, deadline: float) -> None:
        while time.monotonic() < deadline:
            if self.process is not None and self.process.poll() is not None:
                break
            if self._is_ready():
                return
            time.sleep(_POLL_SECONDS)
        log = (self.data_dir.parent / "service.log").read_text(errors="replace")
        raise DatabaseNotStarted(f"The measured service did not start: {log[-500:]}")

    def _is_ready(self) -> bool:
        try:
            return httpx2.get(f"{self.base_url}/readyz", timeout=5).is_success
        except httpx2.TransportError:
            return False


@contextmanager
def disposable() -> Generator[BenchService]:
    """A service on a directory that is removed at the end, together with its database."""
    directory = Path(tempfile.mkdtemp(prefix="loci-bench-"))
    data_dir = directory / "data"
    data_dir.mkdir()
    service = BenchService(data_dir=data_dir, port=_free_port())
    try:
        yield service
    finally:
        service.stop()
        shutil.rmtree(directory, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
