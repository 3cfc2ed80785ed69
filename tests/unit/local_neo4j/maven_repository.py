"""A small Maven repository on 127.0.0.1 that can misbehave, and a progress that remembers."""

import hashlib
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from app.local_neo4j.artifacts import Artifact, ArtifactLock


def artifact(path: str, content: bytes) -> Artifact:
    return Artifact(
        coordinates="a:b:1", path=path, size=len(content), sha256=hashlib.sha256(content).hexdigest()
    )


def lock_of(files: Mapping[str, bytes]) -> ArtifactLock:
    return ArtifactLock(
        neo4j_version="2026.08.1", artifacts=tuple(artifact(path, content) for path, content in files.items())
    )


class Recorder:
    """Keeps every report."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.reports: list[tuple[int, int]] = []

    def step(self, name: str) -> None:
        self.steps.append(name)

    def downloaded(self, *, done_bytes: int, total_bytes: int) -> None:
        self.reports.append((done_bytes, total_bytes))


class MavenRepository:
    """Serves `files`; `answers` holds statuses to give first, `cut` after how many bytes to hang up once."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)
        self.answers: list[int] = []
        self.cut: int | None = None
        self.ignores_ranges = False
        self.requests: list[tuple[str, str | None]] = []
        self.together: threading.Barrier | None = None
        repository = self

        class Answer(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                repository.answer(self)

            def log_message(self, format: str, *args: object) -> None:
                del format, args

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/maven2"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        wanted = request.headers.get("Range")
        self.requests.append((request.path, wanted))
        if self.together is not None:
            self.together.wait()
        content = self.files.get(request.path.removeprefix("/maven2/"))
        if self.answers or content is None:
            self._refuse(request, self.answers.pop(0) if self.answers else 404)
            return
        start = 0 if wanted is None or self.ignores_ranges else int(wanted[len("bytes=") : -1])
        self._send(request, content[start:], partial=start > 0)

    def _refuse(self, request: BaseHTTPRequestHandler, status: int) -> None:
        request.send_response(status)
        request.send_header("Content-Length", "0")
        request.end_headers()

    def _send(self, request: BaseHTTPRequestHandler, content: bytes, *, partial: bool) -> None:
        request.send_response(206 if partial else 200)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content if self.cut is None else content[: self.cut])
        if self.cut is not None:
            self.cut = None
            request.close_connection = True
