"""The service behind its HTTP port, in this process, with a clock that can be set."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from datetime import datetime

import httpx2
import uvicorn
from pydantic import SecretStr

from app import main, wiring
from app.cli.evaluation.recall import sets
from app.local_neo4j import Progress
from app.settings import Settings

_API_KEY = "key-of-the-evaluation"
_TIMEOUT_SECONDS = 600.0
"""Of one request: a large batch may wait for the embedding model of a busy machine."""


class SettableClock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.moment = sets.UNDATED

    def now(self) -> datetime:
        """The moment it was last set to."""
        return self.moment


@asynccontextmanager
async def served(
    settings: Settings, *, clock: SettableClock, progress: Progress
) -> AsyncGenerator[httpx2.AsyncClient]:
    """A client of the service, which runs as long as the context, its database included.

    Raises: StartupError.
    """
    changed = {"api_key": SecretStr(_API_KEY), "request_timeout_seconds": _TIMEOUT_SECONDS}
    settings = settings.model_copy(update=changed)
    async with wiring.open_services(settings, progress=progress, clock=clock) as running:
        application = main.create_app(settings, services=running.services)
        async with _listening(uvicorn.Config(application, log_config=None, access_log=False)) as base_url:
            headers = {"Authorization": f"Bearer {_API_KEY}"}
            async with httpx2.AsyncClient(
                base_url=base_url, headers=headers, timeout=_TIMEOUT_SECONDS, trust_env=False
            ) as http:
                yield http


class _Server(uvicorn.Server):
    """Leaves the signals alone: Ctrl-C has to end the whole evaluation."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        """Capture nothing."""
        yield


@asynccontextmanager
async def _listening(config: uvicorn.Config) -> AsyncGenerator[str]:
    server = _Server(config)
    # asyncio turns Nagle's algorithm off only where the protocol is named; with it, answers wait 40 ms.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        # From here on requests wait until the server takes them, so that nobody has to wait for its start.
        listener.listen()
        serving = asyncio.ensure_future(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving
