"""A real HTTP server on this machine that answers as told, for a client that takes no transport."""

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Recorded:
    """A request as it came over the wire."""

    method: str
    target: str
    headers: dict[str, str]
    body: Any


@dataclass
class Script:
    """What to answer next, and what has come."""

    status: int = 200
    content: bytes = b"{}"
    url: str = ""
    requests: list[Recorded] = field(default_factory=list[Recorded])

    def answer(self, body: object, status: int = 200) -> None:
        """Answer with this from now on; None is an empty body."""
        self.status = status
        self.content = b"" if body is None else json.dumps(body).encode()

    @property
    def request(self) -> Recorded:
        """The only request that came."""
        (request,) = self.requests
        return request


@contextmanager
def serving() -> Generator[Script, None, None]:
    """A server for the length of the block."""
    script = Script()

    class Answering(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = json.loads(content) if content else None
            script.requests.append(Recorded(self.command, self.path, headers, body))
            self.send_response(script.status)
            if script.status != 204:
                self.send_header("Content-Length", str(len(script.content)))
            self.end_headers()
            self.wfile.write(script.content)

        do_GET = do_POST = do_DELETE = _answer

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        script.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield script
        finally:
            server.shutdown()
            thread.join()
